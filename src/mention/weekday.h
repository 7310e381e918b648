/* weekday.h - days of the week: 1 Sunday to 7 Saturday, English and Spanish. */
#ifndef MENTION_WEEKDAY_H
#define MENTION_WEEKDAY_H

#include "base/bytes.h"

/* For the name of a day (accents may be lost), or its first three or four English letters; else 0.
 */
uint8_t weekday_from_word(struct bytes word);
/* "Tuesday"; "" for 0 or beyond 7. Static. */
const char *weekday_word(uint8_t weekday);

#endif

/* doubt.h - does a run of scanned text look misread? A cheap share of odd words, no dictionary. */
#ifndef RECORD_DOUBT_H
#define RECORD_DOUBT_H

#include "base/bytes.h"

/* Four words or more, and more than a third of them odd: capitals inside, digits among letters,
 * symbols inside, letters of three or more without a vowel, or alphabets mixed. Words without a
 * letter are not counted. */
bool text_is_doubtful(struct bytes text);

#endif

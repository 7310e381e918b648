/* name_given.h - given names, English and Spanish, folded. A list that hints: not to be on it says
 * nothing. */
#ifndef MENTION_NAME_GIVEN_H
#define MENTION_NAME_GIVEN_H

#include "base/bytes.h"

bool name_is_given(struct bytes key);
bool name_given_is_sorted(void);

#endif

/* exemption.h - codes of withheld matter as a release prints them: B6, B5,B6, 1.4(D), B7(C), NR. */
#ifndef RECORD_EXEMPTION_H
#define RECORD_EXEMPTION_H

#include "base/bytes.h"

/* The code at the start of `text`: its length, or 0. A letter or digit must not follow. */
size_t exemption_len(struct bytes text);
/* Codes joined by commas, semicolons or blanks, and nothing else. */
bool is_exemptions(struct bytes text);
/* The next code at or after *at; *at moves behind it. Empty at the end. */
struct bytes exemption_next(struct bytes text, size_t *at);

#endif

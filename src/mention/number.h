/* number.h - a number as it is written, in digits or in words, English and Spanish, held exactly.
 *
 * "2,117", "3,5 millones", "1.4 billion", "12k", "twenty-five hundred", "half a million", "two and
 * a half million", "tres mil millones" (10^9), "two-thirds", "a dozen", "19th". Says nothing of
 * what is counted (mention/figure.h), nor whether it is a year.
 */
#ifndef MENTION_NUMBER_H
#define MENTION_NUMBER_H

#include "mention/figure_words.h"

/* amount / divisor; the divisor is at least 1. {0} is no quantity. */
struct quantity {
    __int128 amount;
    uint32_t divisor;
};

struct quantity quantity_make(int64_t amount, uint32_t divisor);
/* <0, 0, >0 by value. */
int quantity_compare(struct quantity a, struct quantity b);
struct quantity quantity_add(struct quantity a, struct quantity b);
/* The nearest multiple of `step` (halves away from zero); itself where the step is 0. */
struct quantity quantity_round(struct quantity value, struct quantity step);
/* "2,117", "1.4 billion", "2/3" and a NUL, as people write it. */
enum { QUANTITY_TEXT_MAX = 48 };
void quantity_write(struct quantity value, char out[QUANTITY_TEXT_MAX]);

struct number {
    struct quantity value;
    struct quantity step; /* of its last digit that is not 0, or of its scale: "30,000" 10,000 */
    size_t words;         /* words it takes */
    bool is_spelled;      /* in words */
    bool is_ordinal;
    bool is_decade; /* "1840s" */
    bool has_scale; /* million, mil, k ... */
    bool is_fraction;
    bool is_absurd;       /* beyond 10^24 */
    bool is_plain_digits; /* digits without any separator: may be a year */
};

/* Quick: false where no number may begin with the word. */
bool quantity_may_begin(const struct saying *saying, size_t at);
/* The number that begins at word `at` of the saying: words taken, or 0. A lone "one" is none. */
size_t quantity_read(const struct saying *saying, size_t at, struct number *number);

#endif

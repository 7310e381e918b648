/* doubt.h - does a run of scanned text look misread? A cheap share of odd words, no dictionary. */
#ifndef RECORD_DOUBT_H
#define RECORD_DOUBT_H

#include "text/span.h"

/* Four words or more, and more than a third of them odd: capitals inside, digits beside letters,
 * symbols inside, letters of three or more without a vowel, or alphabets mixed. Words without a
 * letter are not counted. */
bool text_is_doubtful(struct bytes text);

/* How much of a scan looks misread; {0} has seen nothing. Words are runs between blanks that hold a
 * letter, outside furniture. */
struct doubt {
    uint64_t words;
    uint64_t doubtful; /* of them, under SPAN_DOUBTFUL or odd by themselves */
};
/* Count a part; its spans are sorted. */
void doubt_count(struct doubt *doubt, struct bytes text, const struct span *spans, size_t count);
/* More than one word in ten is doubtful. */
bool doubt_is_noticeable(const struct doubt *doubt);

#endif

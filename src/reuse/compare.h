/* compare.h - how much of two passages is the same, in order, however far apart their beginnings
 * are. */
#ifndef REUSE_COMPARE_H
#define REUSE_COMPARE_H

#include "base/fault.h"
#include "reuse/winnow.h"

/* Words of b that stand in a in the same order (header lines apart), and in how many places the two
 * part. Anchored on shingles that stand once in each, the longest ascending row of them (patience
 * diff). Both 0 when they share no shingle. */
MUST_USE enum status stretches_compare(const struct stretch *a, const struct stretch *b,
                                       uint32_t *shared, uint32_t *differences,
                                       struct fault *fault);

#endif

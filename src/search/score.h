/* score.h - BM25 of one word or phrase in one part (Robertson and Zaragoza 2009; k1 1.2, b 0.75),
 * and the most it can be. */
#ifndef SEARCH_SCORE_H
#define SEARCH_SCORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Statistics of the snapshot. */
struct weights {
    const float *words; /* idf by query_word.id */
    float average;      /* body words of a part */
};

struct score_run {
    float weight, average;
    const uint32_t *parts, *counts;
    size_t len;
    const uint32_t *words; /* body words of part `base` and those behind it */
    uint32_t base;
};

#define SCORE_SATURATION   1.2f
#define SCORE_LENGTH_SHARE 0.75f

/* count and words are below 2^31: signed numbers become floats in one instruction. */
static inline float score_part(float weight, uint32_t count, uint32_t words, float average)
{
    const float least = SCORE_SATURATION * (1 - SCORE_LENGTH_SHARE);
    const float slope = SCORE_SATURATION * SCORE_LENGTH_SHARE / average;
    float times = (float)(int32_t)count;
    return weight * (SCORE_SATURATION + 1) * times /
           (times + (least + slope * (float)(int32_t)words));
}

/* No part with at most `count` occurrences and at least `words` words scores more; UINT32_MAX and 0
 * where nothing is known. A little more than the formula, for what rounding does. */
static inline float score_bound(float weight, uint32_t count, uint32_t words, float average)
{
    float most = count == UINT32_MAX ? weight * (SCORE_SATURATION + 1)
                                     : score_part(weight, count, words, average);
    return most * 1.00001f;
}

/* scores[i] of part parts[i] with counts[i] occurrences; words counts from part `base`. The one
 * decides by itself; the others are its kernels, which agree to the bit: vectors want AVX2. */
void score_parts(const struct score_run *run, float *scores);
void score_parts_scalar(const struct score_run *run, float *scores);
void score_parts_vector(const struct score_run *run, float *scores);
bool score_has_vectors(void);

#endif

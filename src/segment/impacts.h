/* impacts.h - what the parts of a block can score at most: a few pairs of a count and a length.
 *
 * For every part of the block one of the pairs has at least its count and at most its body words
 * (Ding and Suel 2011; the pairs are those of Lucene's impacts, fewer). Made from integers alone:
 * the same everywhere.
 */
#ifndef SEGMENT_IMPACTS_H
#define SEGMENT_IMPACTS_H

#include "base/buffer.h"
#include "base/cursor.h"

enum {
    IMPACTS = 4,
    IMPACT_BYTES = 3 * IMPACTS,
    IMPACT_COUNT_MAX = UINT8_MAX,  /* as often, or more often */
    IMPACT_WORDS_MAX = UINT16_MAX, /* as many words, or more */
};

struct impact {
    uint32_t count; /* UINT32_MAX: not known */
    uint32_t words;
};

/* The parts of a block, gathered. {0} is no valid one: begin it. */
struct impact_tally {
    uint32_t most;                         /* private from here */
    uint16_t fewest[IMPACT_COUNT_MAX + 1]; /* words of the shortest part by its count */
};
void impact_tally_begin(struct impact_tally *tally);
static inline void impact_tally_add(struct impact_tally *tally, uint32_t count, uint32_t words)
{
    uint32_t at = count < IMPACT_COUNT_MAX ? count : IMPACT_COUNT_MAX;
    uint16_t len = (uint16_t)(words < IMPACT_WORDS_MAX ? words : IMPACT_WORDS_MAX);
    tally->most = at > tally->most ? at : tally->most;
    tally->fewest[at] = len < tally->fewest[at] ? len : tally->fewest[at];
}
/* Append IMPACT_BYTES: for each pair its count (1 byte; 0: none), its words (2). The tally begins
 * anew. */
void impact_tally_put(struct impact_tally *tally, struct buffer *to);

/* Pairs of IMPACT_BYTES at `at`; answers how many. */
static inline size_t impacts_read(const uint8_t *at, struct impact impacts[IMPACTS])
{
    size_t len = 0;
    for (; len < IMPACTS && at[3 * len] > 0; len++) {
        uint32_t count = at[3 * len];
        impacts[len].count = count < IMPACT_COUNT_MAX ? count : UINT32_MAX;
        impacts[len].words = at[3 * len + 1] | (uint32_t)at[3 * len + 2] << 8;
    }
    return len;
}

#endif

/* listed.h - one posting list, its blocks entered in any order, each with the most it can score. */
#ifndef SEARCH_LISTED_H
#define SEARCH_LISTED_H

#include "search/score.h"
#include "segment/postings.h"

struct arena;

struct listed {
    const struct term *term; /* NULL: the segment has none; then nothing below is set */
    float weight;
    float *bounds;         /* by block: no part of it scores more; NULL before listed_weigh */
    float most;            /* of them all */
    uint32_t blocks;       /* how many */
    uint32_t entered;      /* the block whose parts these are, plus one */
    const uint32_t *parts; /* valid until another block is entered */
    size_t len;
    struct postings postings; /* private */
};

MUST_USE enum status listed_begin(struct listed *listed, const struct segment *segment,
                                  const struct term *term, float weight, struct fault *fault);
MUST_USE enum status listed_weigh(struct listed *listed, struct arena *arena, float average,
                                  struct fault *fault);
/* The first block whose last part is >= part; blocks: none. */
uint32_t listed_block(const struct listed *listed, uint32_t part);
static inline uint32_t listed_last(const struct listed *listed, uint32_t block)
{
    return postings_last(&listed->postings, block);
}
/* No part in [first, limit) scores more. */
float listed_top(const struct listed *listed, uint32_t first, uint32_t limit);
MUST_USE enum status listed_enter(struct listed *listed, uint32_t block, struct fault *fault);
/* Of the block entered. */
MUST_USE enum status listed_counts(struct listed *listed, const uint32_t **counts,
                                   struct fault *fault);
/* Where the first of its parts >= part lies in the block entered; len: none. */
size_t listed_at(const struct listed *listed, uint32_t part);
/* How often the part holds it; 0: not at all. */
MUST_USE enum status listed_count(struct listed *listed, uint32_t part, uint32_t *count,
                                  struct fault *fault);
/* All its parts into a set. */
MUST_USE enum status listed_add_all(struct listed *listed, uint64_t *bits, struct fault *fault);

#endif

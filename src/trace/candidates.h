/* candidates.h - pattern in, windows out: where might this quotation stand? The seam for another
 * store.
 *
 * Seeds are the rarest words, spread over the thirds and pieces of the quotation; every place where
 * they gather within the quotation's width is a window with the bits of the seeds that stand there.
 * Nothing is opened and nothing is ruled here. Source of the method: diagonal voting with upper
 * bounds (Turtle and Flood 1995 for the bound).
 */
#ifndef TRACE_CANDIDATES_H
#define TRACE_CANDIDATES_H

#include "trace/quote.h"

enum { CANDIDATES_MAX = 64, SEEDS_MAX = 32, SEEDS_ENOUGH = 8 };

struct stretch {
    size_t segment;
    uint32_t number;
    uint32_t low, high; /* word positions the quotation may cover */
    double bits;        /* of the seeds in it */
};

struct candidates {
    struct stretch at[CANDIDATES_MAX]; /* best first */
    size_t count;
    uint64_t places; /* where every word stands in order, literally; counted for short unmarked
                        quotations */
    double seeded;   /* bits of the seeds, all together */
    double unseeded; /* bits of the known words that were no seeds: what a window may hold beyond
                        its votes */
    uint64_t spent;  /* postings and positions read */
    bool budget_hit;
    bool is_whole; /* every known word was a seed: a larger budget finds nothing more */
};

/* What one search may cost. */
struct candidate_work {
    uint64_t limit; /* postings read at most, about; beyond sets budget_hit */
    size_t seeds;   /* so many are enough when they have bits; at most SEEDS_MAX */
    double share;   /* of the seeds' bits that a window must hold, and of the best window's */
};

MUST_USE enum status candidates_find(const struct source *source, const struct quote *quote,
                                     const struct candidate_work *work, struct arena *arena,
                                     struct candidates *candidates, struct fault *fault);

#endif

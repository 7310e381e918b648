/* former.h - segments of format 1, which are still read: what differs in their terms and lists.
 *
 * Called by terms.c, postings.c and stored.c where the version of the segment says so; merging
 * writes the present format.
 */
#ifndef SEGMENT_FORMER_H
#define SEGMENT_FORMER_H

#include "segment/postings.h"

enum {
    FORMER_TERM_BLOCK = 16,
    FORMER_ENTRY = 8,        /* bytes of an entry of the text table and of the term index */
    FORMER_SKIP_RECORD = 12, /* bytes of a block's entry in a skip table */
};

/* Entry i of a table, and the entry behind it (end_of_last behind the last): *start <= *end. */
MUST_USE enum status former_range(const struct segment *segment, int section, uint64_t i,
                                  uint64_t end_of_last, uint64_t *start, uint64_t *end,
                                  struct fault *fault);

/* The key of the term that follows in walk->rest, its numbers in walk->term; false when they break
 * the form. */
bool former_step(struct term_walk *walk);

MUST_USE enum status former_begin(struct postings *postings, struct fault *fault);
/* Last part and end of a block. */
struct postings_skip former_skip(const struct postings *postings, uint32_t block);
/* Parts and counts of a block; the positions are what follows them. */
bool former_block(struct postings *postings, struct bytes bytes, uint32_t block, uint64_t floor);
bool former_positions(struct postings *postings, uint32_t *to, size_t count);

#endif

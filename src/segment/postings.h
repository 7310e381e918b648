/* postings.h - walk the parts in which one term occurs, with its positions there.
 *
 * A list is blocks of up to 128 parts; positions stand apart and are decoded only when asked for,
 * from wherever the walk stands. A walk borrows the segment's mapping, allocates nothing, needs no
 * close.
 */
#ifndef SEGMENT_POSTINGS_H
#define SEGMENT_POSTINGS_H

#include "base/cursor.h"
#include "segment/bits.h"
#include "segment/impacts.h"
#include "segment/terms.h"

#define POSTINGS_END UINT32_MAX
enum { POSTINGS_BLOCK = 128 };

struct postings {
    uint32_t part;                 /* where the walk stands, or POSTINGS_END */
    uint32_t count;                /* occurrences in that part, >= 1 */
    const struct segment *segment; /* private from here */
    struct term term;
    uint64_t blocks_len;       /* bytes of all blocks of a long list */
    struct bytes skips;        /* a record for each of them */
    uint32_t record;           /* bytes of such a record */
    uint32_t blocks, block;    /* how many; the one that is decoded, plus one */
    uint32_t in_block, filled; /* where the walk stands in it; parts in it */
    uint64_t places;           /* positions of the block */
    uint64_t before;           /* positions of the block not yet stepped over */
    bool is_counted;           /* counts are */
    bool is_placed;            /* its positions are at hand */
    struct rice coded;         /* counts of the block, while they are not */
    struct rice positions;     /* where those of the current part begin, less `before` */
    struct rice ahead;         /* the same of the part behind, where all were read */
    uint32_t ahead_count;      /* positions between the two; 0: not known */
    struct cursor former;      /* in a segment of format 1: its positions */
    uint32_t parts[POSTINGS_BLOCK];
    uint32_t counts[POSTINGS_BLOCK];
};

/* Stands before the first part. */
MUST_USE enum status postings_begin(struct postings *postings, const struct segment *segment,
                                    const struct term *term, struct fault *fault);
MUST_USE enum status postings_next(struct postings *postings, struct fault *fault);
/* To the first part >= `part`; stays where it is when already there or beyond. */
MUST_USE enum status postings_seek(struct postings *postings, uint32_t part, struct fault *fault);
/* What a stretch of the list can score at most, known without decoding it. */
struct posting_bound {
    uint32_t
        last_part;  /* the stretch ends here; POSTINGS_END when no part >= the one asked follows */
    uint32_t count; /* no part of it holds the term more often; UINT32_MAX: not known */
    uint32_t words; /* no part of it has fewer body words; 0: not known */
};
/* Of the block in which the first part >= `part` stands; the walk stays where it is. */
MUST_USE enum status postings_bound(const struct postings *postings, uint32_t part,
                                    struct posting_bound *bound, struct fault *fault);
/* Decode the block in which the first part >= `part` stands and stand there; lends what of the
 * block begins there: *len parts and their counts, valid until the next step. *len 0 at the end. */
MUST_USE enum status postings_block(struct postings *postings, uint32_t part,
                                    const uint32_t **parts, const uint32_t **counts, size_t *len,
                                    struct fault *fault);
/* The same for blocks in any order, and only the parts; block < postings->blocks. Such a walk is
 * used for nothing else. */
MUST_USE enum status postings_enter(struct postings *postings, uint32_t block,
                                    const uint32_t **parts, size_t *len, struct fault *fault);
/* The counts of the block entered last, as many as parts. */
MUST_USE enum status postings_counts(struct postings *postings, const uint32_t **counts,
                                     struct fault *fault);
/* The last part of a block; what its parts can score at most: pairs (impacts.h), how many. Of any
 * list; a list of one block may not know its last part: then the segment's. */
uint32_t postings_last(const struct postings *postings, uint32_t block);
size_t postings_impacts(const struct postings *postings, uint32_t block,
                        struct impact impacts[IMPACTS]);
/* The word positions in the current part, ascending, written to `to` (at most room); *count as in
 * postings->count. */
MUST_USE enum status postings_positions(struct postings *postings, uint32_t *to, size_t room,
                                        struct fault *fault);

#endif

/* inside.h - an open segment, for the files of this room that read it. */
#ifndef SEGMENT_INSIDE_H
#define SEGMENT_INSIDE_H

#include "base/compress.h"
#include "base/file.h"
#include "segment/layout.h"
#include "segment/postings.h"

struct segment {
    char *name;
    struct mapping mapping;
    struct layout layout;
    struct bytes sums; /* 8 bytes a page of the body */
    _Atomic uint64_t
        *checked; /* a bit per page whose checksum matched; the only thing that changes */
    uint64_t seal;
    /* A decompressor nobody uses just now, or NULL: making one costs as much as a block. Taken and
     * put back by exchange, so that threads share it without waiting. On the heap, like `checked`.
     */
    _Atomic(struct decompressor *) *spare;
};

/* CORRUPT at byte `at` of a section. */
MUST_USE enum status segment_broken(const struct segment *segment, enum section section,
                                    uint64_t at, const char *why, struct fault *fault);

/* [at, at + len) of a section, its pages checked. CORRUPT when it leads outside or a checksum does
 * not match. */
MUST_USE enum status segment_lend(const struct segment *segment, enum section section, uint64_t at,
                                  uint64_t len, struct bytes *bytes, struct fault *fault);
/* Compare the checksum of one page; page < segment_pages. */
MUST_USE enum status segment_check_page(const struct segment *segment, uint64_t page,
                                        struct fault *fault);
uint64_t segment_pages(const struct segment *segment);
enum term_form {
    TERM_SINGLE, /* one place, told by the dictionary */
    TERM_SHORT,  /* one block, its positions behind it */
    TERM_LONG,   /* blocks and their skip table, positions in their own section */
    TERM_FORMER, /* of a segment of format 1 */
};

enum {
    SHORT_BITS = 5,         /* of a parameter in the head of a short list */
    BLOCK_HEAD = 3,         /* bytes before the parts of a block */
    BLOCK_PATCHED = 128,    /* flag of that width: some distances take more */
    BLOCK_SET = 64,         /* in place of the width of distances: a bit for each part */
    BLOCK_SET_MAX = 512,    /* bytes of such a set, at most */
    BLOCK_ONES = 255,       /* in place of the parameter of counts: all are 1 */
    SKIP_MOST = UINT16_MAX, /* a count as large or larger; as many words or more */
    TERM_CONTROL_LONG = 0x80,
    TERM_CONTROL_IMPACTS = 0x81, /* the skip table holds impacts */
};

/* A block's entry in the skip table of its list. */
struct postings_skip {
    uint32_t last;          /* the last part of the block */
    uint64_t end;           /* where it ends, from the first block on */
    uint32_t positions_end; /* where its positions end, from those of the first block on */
    uint32_t most;          /* no part of it holds the term more often; UINT32_MAX: not known */
    uint32_t fewest;        /* no part of it has fewer body words */
};
struct postings_skip postings_skip_at(const struct postings *postings, uint32_t block);

/* The pairs, in order. */
MUST_USE enum status pair_walk_begin(struct term_walk *walk, const struct segment *segment,
                                     struct fault *fault);
/* The last bit of what was read is in the last byte of its run. */
static inline bool run_is_filled(uint64_t bits, uint64_t len)
{
    return (bits + 7) / 8 == len;
}

MUST_USE enum status segment_record(const struct segment *segment, uint32_t part,
                                    struct part_record *record, struct fault *fault);
/* The bytes of a part's spans, and of its marks: all records of the segment follow one another. */
MUST_USE enum status segment_span_bytes(const struct segment *segment, uint32_t part,
                                        struct part_record *record, struct bytes *bytes,
                                        struct fault *fault);
MUST_USE enum status segment_mark_bytes(const struct segment *segment, uint32_t part,
                                        struct part_record *record, struct bytes *bytes,
                                        struct fault *fault);

/* The mark behind *mark; false in *found when none follows. CORRUPT when it breaks the format. */
MUST_USE enum status mark_next(const struct segment *segment, const struct part_record *record,
                               struct cursor *from, struct text_mark *mark, bool *found,
                               struct fault *fault);

/* Text of the whole segment, read block by block; keeps the last block. */
struct text_reader {
    const struct segment *segment;
    struct buffer block; /* private from here */
    uint64_t start, end; /* of the text of the block held */
};
/* Append [at, at + len) of the segment's text. */
MUST_USE enum status text_reader_read(struct text_reader *reader, uint64_t at, uint64_t len,
                                      struct buffer *to, struct fault *fault);
void text_reader_release(struct text_reader *reader);
/* The frame of the block in which byte `at` of the segment's text stands, and what of the text it
 * holds. */
MUST_USE enum status segment_text_frame(const struct segment *segment, uint64_t at,
                                        struct bytes *frame, uint64_t *start, uint64_t *end,
                                        struct fault *fault);

#endif

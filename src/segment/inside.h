/* inside.h - an open segment, for the files of this room that read it. */
#ifndef SEGMENT_INSIDE_H
#define SEGMENT_INSIDE_H

#include "base/compress.h"
#include "base/file.h"
#include "segment/layout.h"
#include "segment/terms.h"

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
/* Entry i of a table of TABLE_ENTRY numbers, and the entry behind it (end_of_last behind the last):
 * *start <= *end. */
MUST_USE enum status segment_range(const struct segment *segment, enum section table, uint64_t i,
                                   uint64_t end_of_last, uint64_t *start, uint64_t *end,
                                   struct fault *fault);

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
    uint64_t number;     /* of the block held, plus one */
};
/* Append [at, at + len) of the segment's text. */
MUST_USE enum status text_reader_read(struct text_reader *reader, uint64_t at, uint64_t len,
                                      struct buffer *to, struct fault *fault);
void text_reader_release(struct text_reader *reader);

#endif

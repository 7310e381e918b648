/* shapes.h - lengths and columns of a segment's parts as arrays, for walks that touch many of them.
 *
 * Filled chunk by chunk when first asked for, kept with the open segment, shared by threads: 12
 * bytes a part, 16 where documents have several parts.
 */
#ifndef ARCHIVE_SHAPES_H
#define ARCHIVE_SHAPES_H

#include "segment/segment.h"

enum { SHAPES_CHUNK = 4096, SHAPES_WORDS = SHAPES_CHUNK / 64 };

/* Parts [base, base + count); arrays and bits count from base. */
struct shape_chunk {
    uint32_t base, count;
    uint32_t first;  /* the first part >= base that begins a document; base + count: none */
    uint32_t limit;  /* behind the last part of the last document that begins here */
    uint32_t *heads; /* the first part of each part's document, as far as it stands in the segment;
                        NULL: every part here, and the one behind, begins one */
    uint64_t undated[SHAPES_WORDS]; /* without a date, or with an inferred one */
    uint64_t later[SHAPES_WORDS];   /* heads of documents that begin in another segment */
    uint32_t words[SHAPES_CHUNK];   /* body words */
    int32_t dates[SHAPES_CHUNK];
    uint8_t flags[SHAPES_CHUNK];
    uint8_t class_ranks[SHAPES_CHUNK];
    uint8_t kinds[SHAPES_CHUNK];
};

struct shapes;

/* The segment is borrowed and must live longer. */
MUST_USE enum status shapes_new(const struct segment *segment, struct shapes **shapes,
                                struct fault *fault);
void shapes_free(struct shapes *shapes);
CLOSER(shapes, shapes_free)
/* The chunk in which `part` stands (part < the segment's count); lent as long as the shapes are. */
MUST_USE enum status shapes_chunk(const struct shapes *shapes, uint32_t part,
                                  const struct shape_chunk **chunk, struct fault *fault);

#endif

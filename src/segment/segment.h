/* segment.h - an open segment: terms, postings, stored text, spans and columns, read from a
 * mapping.
 *
 * Immutable and shared by threads. Every page of the file is checked against its checksum at first
 * touch and every decode is bounds-checked: damage answers CORRUPT with file and offset, never a
 * wrong passage. Parts are numbered 0..count-1 locally; these numbers never leave the process.
 * Format: docs/FORMAT.md "Segment".
 */
#ifndef SEGMENT_SEGMENT_H
#define SEGMENT_SEGMENT_H

#include "base/arena.h"
#include "base/scoped.h"
#include "segment/columns.h"
#include "text/span.h"

struct segment;

/* CORRUPT when header, footer or tables are damaged; BAD_INPUT when a newer version wrote it (said
 * in words). */
MUST_USE enum status segment_open(int dir, const char *name, struct segment **segment,
                                  struct fault *fault);
void segment_close(struct segment *segment);
CLOSER(segment, segment_close)
/* Give the mapping's pages back to the system: for who walks all of it in little memory. */
void segment_rest(const struct segment *segment);

uint32_t segment_part_count(const struct segment *segment);
uint64_t segment_word_count(const struct segment *segment); /* body words of all parts */
uint64_t segment_seal(const struct segment *segment);       /* as answered by segment_writer_seal */
uint64_t segment_size(const struct segment *segment);       /* bytes of the file */
/* The version it was written in: SEGMENT_FORMAT, or a former one that is still read. */
enum { SEGMENT_FORMAT = 2 };
uint32_t segment_format(const struct segment *segment);

struct part_shape {
    struct columns columns;
    uint32_t words;    /* body word positions */
    uint32_t text_len; /* bytes */
};
MUST_USE enum status segment_part(const struct segment *segment, uint32_t part,
                                  struct part_shape *shape, struct fault *fault);

/* The local number of a document's part (1 is the first), or NOT_FOUND: binary search in a section
 * sorted by document and part (documents need not ascend in a segment after merges and re-readings;
 * a document stands at most once in a segment). */
MUST_USE enum status segment_find(const struct segment *segment, uint64_t document, uint32_t part,
                                  uint32_t *number, struct fault *fault);

/* Append bytes [start, start+len) of the part's text (clamped). */
MUST_USE enum status segment_text(const struct segment *segment, uint32_t part, uint32_t start,
                                  uint32_t len, struct buffer *to, struct fault *fault);
/* All spans of the part, sorted; from the arena. */
MUST_USE enum status segment_spans(const struct segment *segment, uint32_t part,
                                   struct arena *arena, struct span **spans, size_t *count,
                                   struct fault *fault);

/* Where to begin tokenising to meet body word `position` of the part: a token start at or before it
 * (at most 512 words before), with the positions there (tokenizer_resume). */
struct text_mark {
    uint32_t byte;
    uint32_t position;
    uint32_t furniture_position;
};
MUST_USE enum status segment_mark(const struct segment *segment, uint32_t part, uint32_t position,
                                  struct text_mark *mark, struct fault *fault);

/* Recompute every checksum and walk every structure; CORRUPT names the first damage. text: also
 * decompress all text. */
MUST_USE enum status segment_verify(const struct segment *segment, bool text, struct fault *fault);

#endif

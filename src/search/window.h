/* window.h - the documents of a segment, 4,096 parts at a time: queries are answered window by
 * window, so that what they gather stays in the first cache and time is looked at often.
 *
 * A document belongs to the window in which its first part stands (its head).
 */
#ifndef SEARCH_WINDOW_H
#define SEARCH_WINDOW_H

#include "archive/shapes.h"
#include "search/bits.h"

enum { WINDOW = SHAPES_CHUNK, WINDOW_WORDS = SHAPES_WORDS };

struct window {
    const struct shapes *shapes;
    const uint64_t *seen_parts; /* of the whole segment */
    uint32_t parts;             /* of the segment */
    const struct shape_chunk *chunk;
    uint32_t base;               /* heads from base to base + WINDOW - 1; bits count from here */
    uint32_t first, limit;       /* the parts of its documents: [first, limit) */
    bool is_flat;                /* each of them is a document of its own */
    bool is_whole;               /* each of them is seen */
    uint64_t seen[WINDOW_WORDS]; /* parts from base on */
};

/* To the window that holds `part`. shapes, seen_parts and parts are set. */
MUST_USE enum status window_enter(struct window *window, uint32_t part, struct fault *fault);
/* Of any part of the segment: its head, its body words. */
MUST_USE enum status window_head(const struct window *window, uint32_t part, uint32_t *head,
                                 uint32_t *words, struct fault *fault);
/* Every part of the segment is seen, and a document of its own. shapes, seen_parts and parts are
 * set. */
MUST_USE enum status window_is_plain(const struct window *window, bool *plain, struct fault *fault);
/* Of a head in the window: behind the last part of its document. */
uint32_t window_end(const struct window *window, uint32_t head);
/* Heads of the documents of which any part is seen. */
MUST_USE enum status window_heads(const struct window *window, uint64_t heads[WINDOW_WORDS],
                                  struct fault *fault);

#endif

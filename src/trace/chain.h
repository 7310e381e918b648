/* chain.h - which exact runs of a quotation stand in a window in one order, and the band they leave
 * for the alignment. */
#ifndef TRACE_CHAIN_H
#define TRACE_CHAIN_H

#include "trace/quote.h"
#include "trace/window.h"

enum { ANCHORS_MAX = 160 };

struct anchor {
    uint32_t node; /* first node of the run */
    uint32_t word; /* first word of the window */
    uint32_t len;
    double bits;
};

/* For each row (nodes before it, 0..count) the source words [low, high] the alignment may look at.
 */
struct band {
    uint32_t *low, *high;
    size_t cells;
};

MUST_USE enum status chain_band(const struct quote *quote, const struct window *window,
                                struct arena *arena, struct band *band, struct fault *fault);

#endif

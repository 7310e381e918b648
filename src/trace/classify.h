/* classify.h - the steps of an alignment become differences: words first, then what stands between
 * them, byte by byte. */
#ifndef TRACE_CLASSIFY_H
#define TRACE_CLASSIFY_H

#include "trace/align.h"
#include "trace/difference.h"

struct difference_list {
    struct difference *at;
    size_t count, room; /* room: private */
    struct arena *arena;
};

/* One passage held against one quotation (or a piece of it). */
struct comparison {
    const struct source *source;
    const struct quote *quote;
    const struct window *window;
    const struct alignment *alignment;
    uint8_t passage;
    bool is_first, is_last; /* the passage holds the quotation's beginning, its end */
};

MUST_USE enum status classify(const struct comparison *comparison, struct difference_list *list,
                              struct fault *fault);
MUST_USE enum status difference_list_add(struct difference_list *list, struct difference difference,
                                         struct fault *fault);

#endif

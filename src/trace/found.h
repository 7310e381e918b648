/* found.h - windows opened, looked through and aligned: what a quotation may be, best first. */
#ifndef TRACE_FOUND_H
#define TRACE_FOUND_H

#include "trace/candidates.h"
#include "trace/evidence.h"
#include "trace/trace.h"

struct found {
    struct window window;
    struct alignment alignment;
    double bits;      /* evidence */
    double support;   /* from the rest of the story */
    uint32_t surface; /* surface_differences */
    bool is_copy;     /* of a better one */
};

struct found_list {
    struct found at[CANDIDATES_MAX];
    size_t count;
    uint64_t places;
    bool budget_hit;
    bool is_full;  /* as many windows as are kept: a wider search finds none better */
    double most;   /* bits of the best window's words, in whatever order */
    double unseen; /* no place that was not looked at holds more bits */
};

/* Look for a quotation (or a piece of one) and align what was found; everything is the arena's. */
MUST_USE enum status found_search(const struct source *source, const struct quote *quote,
                                  const struct trace_options *options, struct arena *arena,
                                  struct found_list *list, struct fault *fault);
/* Support a document has. */
double found_support(const struct trace_options *options, uint64_t document);

#endif

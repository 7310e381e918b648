/* splice.h - a quotation whose halves stand in two places: which halves, and where the other one
 * stands. */
#ifndef TRACE_SPLICE_H
#define TRACE_SPLICE_H

#include "trace/found.h"

struct splice {
    bool is_found;
    struct pattern patterns[2]; /* the halves, in the order of the story */
    struct quote quotes[2];
    struct found *halves[2];
    uint32_t mark; /* node between them, or UINT32_MAX where nothing is marked */
};

/* Whether two places explain the quotation better than `best` does alone. Everything is the
 * arena's. */
MUST_USE enum status splice_find(const struct source *source, const struct quote *quote,
                                 const struct trace_options *options, const struct found *best,
                                 struct arena *arena, struct splice *splice, struct fault *fault);

#endif

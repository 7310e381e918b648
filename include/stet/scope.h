/* scope.h - what the person who asks may see.
 *
 * Whatever is answered within a scope (hits, counts, facets, names, what refers to what) is worked
 * out from the collections in it alone: nothing tells that others exist.
 */
#ifndef STET_SCOPE_H
#define STET_SCOPE_H

#include <stdbool.h>
#include <stddef.h>

/* Zero value: everything. */
struct stet_scope {
    bool is_limited;                /* only these; none of them: nothing */
    const char *const *collections; /* names; those that do not exist are passed over */
    size_t collection_count;
};

#endif

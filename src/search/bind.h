/* bind.h - names of collections in a query become their numbers. */
#ifndef SEARCH_BIND_H
#define SEARCH_BIND_H

#include "catalog/catalog.h"
#include "search/query.h"

struct collection_filter {
    uint64_t *ids;
    size_t count;
};

/* BAD_INPUT names the nearest collection when there is none of a name. Arrays from the arena. */
MUST_USE enum status collections_from_names(const struct catalog *catalog, const char *const *names,
                                            size_t count, struct arena *arena,
                                            struct collection_filter *filter, struct fault *fault);
/* The same, where only those of `may` (NULL: all) can be seen: another is as one that is not there.
 */
MUST_USE enum status collection_within(const struct catalog *catalog,
                                       const struct collection_filter *may, struct bytes name,
                                       struct arena *arena, uint64_t *id, struct fault *fault);
MUST_USE enum status query_bind_within(const struct catalog *catalog,
                                       const struct collection_filter *may, struct query *query,
                                       struct fault *fault);
/* Of every NODE_COLLECTION; BAD_INPUT as above. */
MUST_USE enum status query_bind(const struct catalog *catalog, struct query *query,
                                struct fault *fault);

#endif

/* viewer.h - what one person may see of an archive, and what of it was asked for.
 *
 * Everything that is answered to somebody is taken from `snapshot`, and whatever the catalog names
 * beside it (who refers, twins, paths) passes viewer_sees first.
 */
#ifndef SEARCH_VIEWER_H
#define SEARCH_VIEWER_H

#include <stet/search.h>

#include "archive/snapshot.h"
#include "search/bind.h"

struct viewer {
    struct snapshot *snapshot; /* of the collections asked for, as far as they may be seen */
    const struct catalog *catalog;
    bool is_limited;
    struct collection_filter may;    /* where is_limited; of the arena, ascending as given */
    struct collection_filter within; /* what the snapshot is of; none: everything */
};

/* collections NULL: all that may be seen. BAD_INPUT as for a collection that does not exist when
 * one of them may not be seen. The arena must outlive the viewer. */
MUST_USE enum status viewer_open(struct archive *archive, const struct stet_scope *scope,
                                 const char *const *collections, size_t count, struct arena *arena,
                                 struct viewer *viewer, struct fault *fault);
void viewer_release(struct viewer *viewer);
static inline const struct collection_filter *viewer_may(const struct viewer *viewer)
{
    return viewer->is_limited ? &viewer->may : NULL;
}
bool viewer_sees_collection(const struct viewer *viewer, uint64_t collection);
/* Whether the document stands in any collection that may be seen. */
MUST_USE enum status viewer_sees(const struct viewer *viewer, uint64_t document, bool *sees,
                                 struct fault *fault);
/* Keep of `ids` those that are seen. */
MUST_USE enum status viewer_keep(const struct viewer *viewer, uint64_t *ids, size_t *count,
                                 struct fault *fault);
/* The paths of its files in collections that may be seen, as catalog_paths says them. */
MUST_USE enum status viewer_paths(const struct viewer *viewer, uint64_t document,
                                  struct arena *arena, struct bytes **paths, size_t *count,
                                  struct fault *fault);

#endif

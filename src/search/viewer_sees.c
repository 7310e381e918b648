#include "catalog/lookup.h"
#include "search/viewer.h"

enum status viewer_sees(const struct viewer *viewer, uint64_t document, bool *sees,
                        struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    uint64_t *collections = NULL;
    size_t count = 0;
    *sees = !viewer->is_limited;
    if (*sees)
        return OK;
    TRY(catalog_memberships(viewer->catalog, document, &arena, &collections, &count, fault));
    for (size_t i = 0; i < count && !*sees; i++)
        *sees = viewer_sees_collection(viewer, collections[i]);
    return OK;
}

enum status viewer_keep(const struct viewer *viewer, uint64_t *ids, size_t *count,
                        struct fault *fault)
{
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        bool sees;
        TRY(viewer_sees(viewer, ids[i], &sees, fault));
        if (sees)
            ids[kept++] = ids[i];
    }
    *count = kept;
    return OK;
}

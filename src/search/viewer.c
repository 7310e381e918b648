#include "search/viewer.h"

#include "catalog/lookup.h"

/* No collection has it: a scope of it alone is empty, where one of nothing would be everything. */
static const uint64_t no_collection = UINT64_MAX;

bool viewer_sees_collection(const struct viewer *viewer, uint64_t collection)
{
    for (size_t i = 0; i < viewer->may.count; i++)
        if (viewer->may.ids[i] == collection)
            return true;
    return !viewer->is_limited;
}

static enum status fill_may(struct viewer *viewer, const struct stet_scope *scope,
                            struct arena *arena, struct fault *fault)
{
    struct collection_filter *may = &viewer->may;
    may->ids = arena_alloc_many(arena, scope->collection_count + 1, sizeof *may->ids);
    if (may->ids == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < scope->collection_count; i++) {
        struct collection_row row;
        enum status found = catalog_collection_named(
            viewer->catalog, bytes_from_string(scope->collections[i]), arena, &row, fault);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        may->ids[may->count++] = row.id;
    }
    return OK;
}

static enum status fill_within(struct viewer *viewer, const char *const *collections, size_t count,
                               struct arena *arena, struct fault *fault)
{
    struct collection_filter *within = &viewer->within;
    if (collections == NULL || count == 0) {
        *within = viewer->may;
    } else {
        within->ids = arena_alloc_many(arena, count, sizeof *within->ids);
        if (within->ids == NULL)
            return no_memory(fault);
        for (size_t i = 0; i < count; i++)
            TRY(collection_within(viewer->catalog, viewer_may(viewer),
                                  bytes_from_string(collections[i]), arena, &within->ids[i],
                                  fault));
        within->count = count;
    }
    if (!viewer->is_limited || within->count > 0)
        return OK;
    within->ids = arena_alloc(arena, sizeof *within->ids);
    if (within->ids == NULL)
        return no_memory(fault);
    within->ids[within->count++] = no_collection;
    return OK;
}

static enum status open_all(struct archive *archive, const struct stet_scope *scope,
                            const char *const *collections, size_t count, struct arena *arena,
                            struct viewer *viewer, struct fault *fault)
{
    CLOSED(snapshot_drop) struct snapshot *all = NULL;
    TRY(snapshot_open(archive, NULL, &all, fault));
    viewer->catalog = snapshot_catalog(all);
    viewer->is_limited = scope->is_limited;
    if (scope->is_limited)
        TRY(fill_may(viewer, scope, arena, fault));
    TRY(fill_within(viewer, collections, count, arena, fault));
    if (viewer->within.count == 0) {
        viewer->snapshot = take(all);
        return OK;
    }
    struct scope within = { .collections = viewer->within.ids,
                            .collection_count = viewer->within.count };
    return snapshot_open(archive, &within, &viewer->snapshot, fault);
}

enum status viewer_open(struct archive *archive, const struct stet_scope *scope,
                        const char *const *collections, size_t count, struct arena *arena,
                        struct viewer *viewer, struct fault *fault)
{
    static const struct stet_scope everything;
    *viewer = (struct viewer){ 0 };
    return open_all(archive, scope != NULL ? scope : &everything, collections, count, arena, viewer,
                    fault);
}

void viewer_release(struct viewer *viewer)
{
    snapshot_drop(viewer->snapshot);
    *viewer = (struct viewer){ 0 };
}

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

static enum status path_print(struct arena *arena, struct bytes collection,
                              const struct ledger_row *row, struct bytes *path, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer whole = { 0 };
    buffer_append_bytes(&whole, collection);
    buffer_u8(&whole, '/');
    buffer_append_bytes(&whole, row->root);
    if (row->root.len > 0 && row->path.len > 0)
        buffer_u8(&whole, '/');
    buffer_append_bytes(&whole, row->path);
    TRY(buffer_check(&whole, fault));
    *path = arena_copy(arena, buffer_bytes(&whole));
    return path->at != NULL ? OK : no_memory(fault);
}

static struct bytes collection_name(const struct collection_row *rows, size_t count, uint64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return rows[i].name;
    return (struct bytes){ 0 };
}

static enum status seen_paths(const struct viewer *viewer, const struct hash *original,
                              struct arena *arena, struct bytes **paths, size_t *count,
                              struct fault *fault)
{
    struct ledger_row *rows = NULL;
    struct collection_row *collections = NULL;
    size_t found = 0, named = 0;
    TRY(ledger_rows_of(viewer->catalog, original, arena, &rows, &found, fault));
    TRY(catalog_collection_rows(viewer->catalog, arena, &collections, &named, fault));
    *paths = arena_alloc_many(arena, found + 1, sizeof **paths);
    if (*paths == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < found; i++) {
        if (!viewer_sees_collection(viewer, rows[i].collection))
            continue;
        struct bytes name = collection_name(collections, named, rows[i].collection);
        TRY(path_print(arena, name, &rows[i], &(*paths)[(*count)++], fault));
    }
    return OK;
}

enum status viewer_paths(const struct viewer *viewer, uint64_t document, struct arena *arena,
                         struct bytes **paths, size_t *count, struct fault *fault)
{
    struct document_row row;
    *count = 0;
    if (!viewer->is_limited)
        return catalog_paths(viewer->catalog, document, arena, paths, count, fault);
    TRY(catalog_document(viewer->catalog, document, arena, &row, fault));
    if (row.purged_at == 0)
        return seen_paths(viewer, &row.original, arena, paths, count, fault);
    *paths = NULL;
    return OK;
}

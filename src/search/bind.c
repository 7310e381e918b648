#include "search/bind.h"

#include "catalog/lookup.h"
#include "search/filter.h"

static bool may_see(const struct collection_filter *may, uint64_t id)
{
    for (size_t i = 0; may != NULL && i < may->count; i++)
        if (may->ids[i] == id)
            return true;
    return may == NULL;
}

static enum status refuse_collection(const struct catalog *catalog,
                                     const struct collection_filter *may, struct bytes name,
                                     struct arena *arena, struct fault *fault)
{
    struct collection_row *rows = NULL;
    size_t count = 0, seen = 0;
    TRY(catalog_collections(catalog, arena, &rows, &count, fault));
    const char **names = arena_alloc_many(arena, count + 1, sizeof *names);
    if (names == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        if (!may_see(may, rows[i].id))
            continue;
        names[seen] = arena_string(arena, rows[i].name);
        if (names[seen++] == NULL)
            return no_memory(fault);
    }
    const char *near = name_near(name, names, seen);
    return fail(fault, BAD_INPUT, "no collection is called \"%.*s\"%s%s%s",
                (int)(name.len > 80 ? 80 : name.len), (const char *)name.at,
                near != NULL ? ": did you mean \"" : "", near != NULL ? near : "",
                near != NULL ? "\"?" : "");
}

enum status collection_within(const struct catalog *catalog, const struct collection_filter *may,
                              struct bytes name, struct arena *arena, uint64_t *id,
                              struct fault *fault)
{
    struct collection_row row;
    enum status found = catalog_collection_named(catalog, name, arena, &row, fault);
    if (found == NOT_FOUND || (found == OK && !may_see(may, row.id)))
        return refuse_collection(catalog, may, name, arena, fault);
    TRY(found);
    *id = row.id;
    return OK;
}

enum status collections_from_names(const struct catalog *catalog, const char *const *names,
                                   size_t count, struct arena *arena,
                                   struct collection_filter *filter, struct fault *fault)
{
    filter->ids = arena_alloc_many(arena, count + 1, sizeof *filter->ids);
    if (filter->ids == NULL)
        return no_memory(fault);
    for (filter->count = 0; filter->count < count; filter->count++)
        TRY(collection_within(catalog, NULL, bytes_from_string(names[filter->count]), arena,
                              &filter->ids[filter->count], fault));
    return OK;
}

static enum status bind_node(const struct catalog *catalog, const struct collection_filter *may,
                             struct arena *arena, struct node *node, struct fault *fault)
{
    if (node->kind == NODE_COLLECTION)
        TRY(collection_within(catalog, may, node->name, arena, &node->collection, fault));
    for (struct node *child = node->first; child != NULL; child = child->next)
        TRY(bind_node(catalog, may, arena, child, fault));
    return OK;
}

enum status query_bind_within(const struct catalog *catalog, const struct collection_filter *may,
                              struct query *query, struct fault *fault)
{
    return bind_node(catalog, may, query->arena, query->root, fault);
}

enum status query_bind(const struct catalog *catalog, struct query *query, struct fault *fault)
{
    return query_bind_within(catalog, NULL, query, fault);
}

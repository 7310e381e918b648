#include "catalog/inside.h"

#include "base/grow.h"

enum status query_each(const struct catalog *catalog, enum query query, const char *types,
                       const struct row *with, row_visitor *visit, void *context,
                       struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(query_begin(catalog, query, types, with, fault));
    for (;;) {
        struct row row;
        enum status found = query_next(catalog, query, &arena, &row, fault);
        if (found == OK)
            found = visit(context, &row, fault);
        if (found != OK) {
            query_end(catalog, query);
            return found == NOT_FOUND ? OK : found;
        }
        arena_clear(&arena);
    }
}

static enum status gather(const struct catalog *catalog, enum query query, struct arena *arena,
                          struct row **rows, size_t *count, struct fault *fault)
{
    size_t room = 0;
    for (;;) {
        if (!GROW(*rows, room, *count))
            return no_memory(fault);
        enum status found = query_next(catalog, query, arena, &(*rows)[*count], fault);
        if (found != OK)
            return found == NOT_FOUND ? OK : found;
        (*count)++;
    }
}

enum status query_rows(const struct catalog *catalog, enum query query, const char *types,
                       const struct row *with, struct arena *arena, struct row **rows,
                       size_t *count, struct fault *fault)
{
    FREED struct row *found = NULL;
    size_t number = 0;
    TRY(query_begin(catalog, query, types, with, fault));
    enum status gathered = gather(catalog, query, arena, &found, &number, fault);
    query_end(catalog, query);
    TRY(gathered);
    struct row *kept = arena_alloc_many(arena, number + 1, sizeof *kept);
    if (kept == NULL)
        return no_memory(fault);
    memcpy(kept, found, number * sizeof *kept);
    *rows = kept;
    *count = number;
    return OK;
}

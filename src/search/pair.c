#include <stet/pair.h>

#include <stdlib.h>

#include "catalog/lookup.h"
#include "search/answer.h"
#include "text/clean.h"

enum { MOST_UNLESS_SAID = 10 };

/* The pair is its first member: that is how it is freed. */
struct paired {
    struct stet_pair pair;
    struct arena arena;
    struct stet_answer *sides[STET_SIDES]; /* NULL: no collection of that side */
};

void stet_pair_free(const struct stet_pair *pair)
{
    struct paired *paired = (struct paired *)(uintptr_t)pair;
    if (paired == NULL)
        return;
    for (int side = 0; side < STET_SIDES; side++)
        stet_answer_free(paired->sides[side]);
    arena_release(&paired->arena);
    free(paired);
}

static bool is_within(const struct viewer *viewer, uint64_t collection)
{
    for (size_t i = 0; i < viewer->within.count; i++)
        if (viewer->within.ids[i] == collection)
            return true;
    return viewer->within.count == 0;
}

/* The names of the collections of one side, among those that were asked for and may be seen. */
static enum status side_names(const struct viewer *viewer, enum stet_side side, struct arena *arena,
                              const char ***names, size_t *count, struct fault *fault)
{
    struct collection_row *rows = NULL;
    size_t row_count = 0;
    TRY(catalog_collection_rows(viewer->catalog, arena, &rows, &row_count, fault));
    *names = arena_alloc_many(arena, row_count + 1, sizeof **names);
    *count = 0;
    if (*names == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < row_count; i++) {
        if (rows[i].is_public != (side == STET_PUBLIC) || !is_within(viewer, rows[i].id))
            continue;
        (*names)[*count] = arena_string(arena, rows[i].name);
        if ((*names)[(*count)++] == NULL)
            return no_memory(fault);
    }
    return OK;
}

static enum status ask_side(struct archive *archive, const struct stet_query *asked,
                            const struct viewer *viewer, enum stet_side side, struct paired *paired,
                            struct fault *fault)
{
    struct stet_query query = *asked;
    const char **names = NULL;
    uint64_t most = asked->skip + (asked->most > 0 ? asked->most : MOST_UNLESS_SAID);
    TRY(side_names(viewer, side, &paired->arena, &names, &query.collection_count, fault));
    if (query.collection_count == 0)
        return OK;
    query.collections = names;
    query.order = asked->order == STET_BY_DATE_DOWN ? STET_BY_DATE_DOWN : STET_BY_DATE;
    query.skip = 0;
    query.most = most < UINT32_MAX ? (uint32_t)most : UINT32_MAX;
    TRY(stet_search(archive, &query, &paired->sides[side], fault));
    paired->pair.total[side] = stet_answer_total(paired->sides[side]);
    paired->pair.undated[side] = stet_answer_undated(paired->sides[side]);
    paired->pair.is_cut |= stet_answer_is_cut(paired->sides[side]);
    paired->pair.understood = stet_answer_understood(paired->sides[side]);
    return OK;
}

/* Stated dates, then inferred ones, then none: the order of a search by date. */
static int date_class(const struct stet_hit *hit)
{
    return hit->date[0] == '\0' ? 2 : hit->date[0] == '~' ? 1 : 0;
}

static bool stands_before(const struct stet_hit *a, const struct stet_hit *b, enum stet_order order)
{
    if (date_class(a) != date_class(b))
        return date_class(a) < date_class(b);
    int compared = strcmp(a->date, b->date);
    return order == STET_BY_DATE_DOWN ? compared >= 0 : compared <= 0;
}

static enum status merge(const struct stet_query *asked, struct paired *paired, struct fault *fault)
{
    size_t at[STET_SIDES] = { 0 }, most = asked->most > 0 ? asked->most : MOST_UNLESS_SAID;
    struct stet_pair_entry *entries = arena_alloc_many(&paired->arena, most, sizeof *entries);
    if (entries == NULL)
        return no_memory(fault);
    for (uint64_t i = 0; i < asked->skip + most; i++) {
        const struct stet_hit *hits[STET_SIDES];
        for (int side = 0; side < STET_SIDES; side++)
            hits[side] =
                paired->sides[side] != NULL ? stet_answer_hit(paired->sides[side], at[side]) : NULL;
        if (hits[STET_PRIVATE] == NULL && hits[STET_PUBLIC] == NULL)
            break;
        bool is_private = hits[STET_PUBLIC] == NULL ||
                          (hits[STET_PRIVATE] != NULL &&
                           stands_before(hits[STET_PRIVATE], hits[STET_PUBLIC], asked->order));
        enum stet_side side = is_private ? STET_PRIVATE : STET_PUBLIC;
        at[side]++;
        if (i >= asked->skip)
            entries[paired->pair.count++] = (struct stet_pair_entry){ side, *hits[side] };
    }
    paired->pair.at = entries;
    return OK;
}

static enum status fill(struct archive *archive, const struct stet_query *asked,
                        struct paired *paired, struct fault *fault)
{
    SCOPED(viewer_release) struct viewer viewer = { 0 };
    paired->pair.understood = "";
    TRY(viewer_open(archive, &asked->scope, asked->collections, asked->collection_count,
                    &paired->arena, &viewer, fault));
    for (int side = 0; side < STET_SIDES; side++)
        TRY(ask_side(archive, asked, &viewer, (enum stet_side)side, paired, fault));
    return merge(asked, paired, fault);
}

enum stet_status stet_pair_make(struct stet_archive *archive, const struct stet_query *query,
                                const struct stet_pair **pair, struct stet_fault *fault)
{
    struct paired *paired = calloc(1, sizeof *paired);
    *pair = NULL;
    if (paired == NULL)
        return no_memory(fault);
    enum status filled = fill(archive, query, paired, fault);
    if (filled == OK)
        *pair = &paired->pair;
    else
        stet_pair_free(&paired->pair);
    return filled;
}

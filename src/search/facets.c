#include <stet/facets.h>

#include <stdlib.h>

#include "base/clock.h"
#include "catalog/lookup.h"
#include "search/facets_count.h"
#include "search/filter.h"
#include "text/clean.h"

enum { VALUES_UNLESS_SAID = 20, LANGUAGES = 3 };

/* The facets are its first member: that is how they are freed. */
struct faceted {
    struct stet_facets facets;
    struct arena arena;
};

void stet_facets_free(const struct stet_facets *facets)
{
    struct faceted *faceted = (struct faceted *)(uintptr_t)facets;
    if (faceted == NULL)
        return;
    arena_release(&faceted->arena);
    free(faceted);
}

const char *stet_facet_name(enum stet_facet facet)
{
    static const char *const names[] = { "collection", "kind",  "origin",  "class",
                                         "year",       "month", "language" };
    return (unsigned)facet < STET_FACETS ? names[facet] : "";
}

/* A value in quotation marks as the query language takes it: one that stands in it is left out. */
static const char *quoted_term(struct arena *arena, const char *field, const char *value)
{
    SCOPED(buffer_release) struct buffer term = { 0 };
    buffer_print(&term, "%s:\"", field);
    for (const char *at = value; *at != '\0'; at++)
        buffer_u8(&term, *at == '"' ? ' ' : (uint8_t)*at);
    buffer_append_text(&term, "\"");
    const char *made = term.failed ? NULL : arena_string(arena, buffer_bytes(&term));
    return made != NULL ? made : "";
}

static const char *printed(const char *made)
{
    return made != NULL ? made : "";
}

static void say_class(struct arena *arena, int64_t rank, struct stet_facet_value *value)
{
    static const char *const words[] = { "none", "unclassified", "confidential", "secret",
                                         "topsecret" };
    value->value = rank == 0 ? "none" : class_filter_word((uint8_t)rank);
    value->term = rank >= 0 && rank < 5 ? printed(arena_print(arena, "class:%s", words[rank])) : "";
}

static void say(const struct facet_counts *counts, enum stet_facet facet, int64_t key,
                struct arena *arena, struct stet_facet_value *value)
{
    static const char *const languages[LANGUAGES] = { "", "English", "Spanish" };
    switch (facet) {
    case STET_FACET_COLLECTION:
        value->value = clean_line(arena, counts->collections[key].name);
        value->term = quoted_term(arena, "collection", value->value);
        return;
    case STET_FACET_KIND:
        value->value = kind_word((enum document_kind)key);
        value->term = printed(arena_print(arena, "kind:%s", value->value));
        return;
    case STET_FACET_ORIGIN:
        value->value = clean_line(arena, counts->origins[key - 1].value);
        value->term = quoted_term(arena, "origin", value->value);
        return;
    case STET_FACET_CLASS:
        say_class(arena, key, value);
        return;
    case STET_FACET_YEAR:
        value->value = printed(arena_print(arena, "%04d", (int)key));
        value->term = printed(arena_print(arena, "date:%s", value->value));
        return;
    case STET_FACET_MONTH:
        value->value =
            printed(arena_print(arena, "%04d-%02d", (int)(key / 12), (int)(key % 12) + 1));
        value->term = printed(arena_print(arena, "date:%s", value->value));
        return;
    case STET_FACET_LANGUAGE:
        value->value = key > 0 && key < LANGUAGES ? languages[key] : "";
        value->term = "";
        return;
    case STET_FACETS:
        return;
    }
}

static int by_count(const void *a, const void *b)
{
    const struct tally_slot *left = a, *right = b;
    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return (left->key > right->key) - (left->key < right->key);
}

static int by_key(const void *a, const void *b)
{
    const struct tally_slot *left = a, *right = b;
    return (left->key > right->key) - (left->key < right->key);
}

static enum status list_make(const struct facet_counts *counts, enum stet_facet facet, size_t most,
                             struct arena *arena, struct stet_facet_list *list, struct fault *fault)
{
    const struct tally *tally = &counts->tallies[facet];
    FREED struct tally_slot *slots = calloc(tally->used + 1, sizeof *slots);
    if (slots == NULL)
        return no_memory(fault);
    size_t count = 0;
    for (size_t i = 0; i < tally->room; i++)
        if (tally->at[i].count > 0)
            slots[count++] = tally->at[i];
    qsort(slots, count, sizeof *slots, by_count);
    *list = (struct stet_facet_list){ .distinct = count, .without = tally->without };
    list->count = count < most ? count : most;
    if (facet == STET_FACET_YEAR || facet == STET_FACET_MONTH)
        qsort(slots, list->count, sizeof *slots, by_key);
    struct stet_facet_value *values = arena_alloc_many(arena, list->count + 1, sizeof *values);
    if (values == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < list->count; i++) {
        say(counts, facet, slots[i].key, arena, &values[i]);
        values[i].count = slots[i].count;
        values[i].inferred = slots[i].inferred;
    }
    list->at = values;
    return OK;
}

/* No word at all: every document. */
static enum status everything(struct arena *arena, struct query *query, struct fault *fault)
{
    *query = (struct query){ .arena = arena, .nodes = 1 };
    query->root = arena_alloc(arena, sizeof *query->root);
    if (query->root == NULL)
        return no_memory(fault);
    *query->root = (struct node){ .kind = NODE_CLASS, .field = NO_FIELD, .is_at_least = true };
    return OK;
}

static enum status count_all(struct facet_counts *counts, const struct stet_query *asked,
                             struct arena *arena, struct stet_facets *facets, struct fault *fault)
{
    struct query query;
    SCOPED(matching_release) struct matching matching = { 0 };
    struct match_wanted wanted = { .budget_ns = asked->budget_ms * UINT64_C(1000000),
                                   .stop = asked->stop,
                                   .seen = facet_counts_add,
                                   .context = counts };
    struct bytes text = bytes_from_string(asked->text != NULL ? asked->text : "");
    if (bytes_trim(text).len == 0)
        TRY(everything(arena, &query, fault));
    else
        TRY(query_parse(text, asked->exact, arena, &query, fault));
    TRY(query_bind_within(counts->viewer->catalog, viewer_may(counts->viewer), &query, fault));
    TRY(match_query(counts->viewer->snapshot, &query, &wanted, &matching, fault));
    facets->total = matching.total;
    facets->is_cut = matching.is_cut;
    return OK;
}

static enum status fill(struct archive *archive, const struct stet_query *asked, unsigned wanted,
                        size_t most, struct faceted *faceted, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(viewer_release) struct viewer viewer = { 0 };
    SCOPED(facet_counts_release)
    struct facet_counts counts = { .viewer = &viewer, .wanted = wanted };
    struct collection_row *rows = NULL;
    TRY(viewer_open(archive, &asked->scope, asked->collections, asked->collection_count, &arena,
                    &viewer, fault));
    TRY(catalog_collection_rows(viewer.catalog, &arena, &rows, &counts.collection_count, fault));
    counts.collections = rows;
    TRY(count_all(&counts, asked, &arena, &faceted->facets, fault));
    for (int i = 0; i < STET_FACETS; i++)
        if (wanted & 1U << i)
            TRY(list_make(&counts, (enum stet_facet)i, most > 0 ? most : VALUES_UNLESS_SAID,
                          &faceted->arena, &faceted->facets.lists[i], fault));
    return OK;
}

enum stet_status stet_facets_make(struct stet_archive *archive, const struct stet_query *query,
                                  unsigned wanted, size_t most, const struct stet_facets **facets,
                                  struct stet_fault *fault)
{
    struct faceted *faceted = calloc(1, sizeof *faceted);
    *facets = NULL;
    if (faceted == NULL)
        return no_memory(fault);
    enum status filled = fill(archive, query, wanted, most, faceted, fault);
    if (filled == OK)
        *facets = &faceted->facets;
    else
        stet_facets_free(&faceted->facets);
    return filled;
}

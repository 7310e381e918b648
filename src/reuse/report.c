#include "reuse/report.h"

#include <stdlib.h>

#include "base/clock.h"
#include "reuse/compare.h"
#include "text/clean.h"

struct reading {
    struct merge order, formulas;
    struct tape places;
    struct arena arena; /* of the cluster that is lent */
    struct quoted first, other;
    struct stet_reuse_cluster cluster;
};

/* A node of the cluster in hand; nodes of one document's copies are shown as one place. */
struct standing {
    struct node node;
    uint32_t document, copies;
    uint32_t rank; /* in the order of the tape */
};

enum status reading_begin(struct reuse *reuse, struct fault *fault)
{
    struct sorting order = reuse_sorting(reuse, SORT_ORDER);
    struct sorting formulas = reuse_sorting(reuse, SORT_FORMULAS);
    struct reading *reading = calloc(1, sizeof *reading);
    if (reading == NULL)
        return no_memory(fault);
    reading->places.fd = -1;
    reuse->reading = reading;
    TRY(merge_begin(&reading->order, &order, (uint32_t)reuse->figures[FIGURE_ORDER_RUNS], fault));
    TRY(merge_begin(&reading->formulas, &formulas, (uint32_t)reuse->figures[FIGURE_FORMULA_RUNS],
                    fault));
    return tape_open(reuse->dir, TAPE_PLACES, sizeof(struct node), &reading->places, fault);
}

void reading_end(struct reuse *reuse)
{
    struct reading *reading = take(reuse->reading);
    if (reading == NULL)
        return;
    merge_release(&reading->order);
    merge_release(&reading->formulas);
    tape_release(&reading->places);
    arena_release(&reading->arena);
    quoted_release(&reading->first);
    quoted_release(&reading->other);
    free(reading);
}

static const char *date_text(const struct census_document *document, struct arena *arena)
{
    int year, month, day;
    const char *mark = document->dating == DATING_INFERRED ? "~" : "", *made;
    if (document->dating != DATING_STATED && document->dating != DATING_INFERRED)
        return "";
    date_from_days(document->date, &year, &month, &day);
    if (document->date_flags & COLUMN_DATE_YEAR)
        made = arena_print(arena, "%s%04d", mark, year);
    else if (document->date_flags & COLUMN_DATE_MONTH)
        made = arena_print(arena, "%s%04d-%02d", mark, year, month);
    else
        made = arena_print(arena, "%s%04d-%02d-%02d", mark, year, month, day);
    return made != NULL ? made : "";
}

static enum status fill_date(struct reuse *reuse, uint32_t document, struct stet_reuse_place *place,
                             struct fault *fault)
{
    const struct census_document *of = &reuse->census.documents[document];
    struct arena *arena = &reuse->reading->arena;
    bool is_dated;
    TRY(census_is_dated(&reuse->census, document, &is_dated, fault));
    place->date = date_text(of, arena);
    place->date_basis = "";
    if (of->dating != DATING_INFERRED)
        return OK;
    struct field_list fields = { 0 };
    TRY(catalog_fields(snapshot_catalog(reuse->snapshot), of->id, arena, &fields, fault));
    const struct field *date = field_list_find(&fields, FIELD_DATE);
    place->date_basis =
        date != NULL && date->from.len > 0 ? clean_line(arena, date->from) : "worked out";
    return OK;
}

static enum status document_name(const struct reuse *reuse, uint32_t document, const char **name,
                                 struct fault *fault)
{
    struct document_row row;
    struct arena *arena = &reuse->reading->arena;
    TRY(catalog_document(snapshot_catalog(reuse->snapshot), reuse->census.documents[document].id,
                         arena, &row, fault));
    *name = clean_line(arena, row.name);
    return OK;
}

static int compare_numbers(const void *a, const void *b)
{
    uint32_t of_a = *(const uint32_t *)a, of_b = *(const uint32_t *)b;
    return of_a < of_b ? -1 : of_a > of_b;
}

/* The documents of a run of standings and their twins, each once, in order. */
static enum status list_documents(const struct census *census, const struct standing *run,
                                  size_t count, struct arena *arena, uint32_t **documents,
                                  size_t *document_count, struct fault *fault)
{
    size_t room = 0, filled = 0, kept = 0;
    uint32_t twins;
    for (size_t i = 0; i < count; i++) {
        census_twins(census, run[i].document, &twins);
        room += twins;
    }
    uint32_t *list = arena_alloc_many(arena, room + 1, sizeof *list);
    if (list == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        const uint32_t *of = census_twins(census, run[i].document, &twins);
        for (uint32_t k = 0; k < twins; k++)
            list[filled++] = of[k];
    }
    qsort(list, filled, sizeof *list, compare_numbers);
    for (size_t i = 0; i < filled; i++)
        if (kept == 0 || list[kept - 1] != list[i])
            list[kept++] = list[i];
    *documents = list;
    *document_count = kept;
    return OK;
}

/* The copies of the place's document. */
static enum status fill_copies(struct reuse *reuse, const struct standing *run, size_t count,
                               struct stet_reuse_place *place, struct fault *fault)
{
    struct arena *arena = &reuse->reading->arena;
    uint32_t *documents = NULL;
    size_t document_count = 0;
    TRY(list_documents(&reuse->census, run, count, arena, &documents, &document_count, fault));
    const char **also = arena_alloc_many(arena, document_count + 1, sizeof *also);
    if (also == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < document_count; i++) {
        uint8_t sides = reuse->census.documents[documents[i]].sides;
        place->is_from |= (sides & SIDE_FROM) != 0;
        place->is_to |= (sides & SIDE_TO) != 0;
        if (documents[i] != run[0].document)
            TRY(document_name(reuse, documents[i], &also[place->also_count++], fault));
    }
    place->also = also;
    return OK;
}

static enum status compare_with_first(struct reading *reading, struct stet_reuse_place *place,
                                      struct fault *fault)
{
    struct stretch first = { reading->first.words, reading->first.count };
    struct stretch other = { reading->other.words, reading->other.count };
    return stretches_compare(&first, &other, &place->words, &place->differences, fault);
}

/* The earliest of the copies stands for them. */
static enum status fill_place(struct reuse *reuse, const struct standing *run, size_t count,
                              struct stet_reuse_place *place, struct fault *fault)
{
    struct reading *reading = reuse->reading;
    bool is_first = run[0].rank == 0;
    struct quoted *quoted = is_first ? &reading->first : &reading->other;
    TRY(quoted_open(reuse, &run[0].node, is_first, quoted, fault));
    place->address =
        arena_string(&reading->arena, bytes_make(quoted->address.at, quoted->address.len - 1));
    if (place->address == NULL)
        return no_memory(fault);
    if (is_first)
        place->words = quoted->text_words;
    else
        TRY(compare_with_first(reading, place, fault));
    TRY(document_name(reuse, run[0].document, &place->name, fault));
    TRY(fill_date(reuse, run[0].document, place, fault));
    return fill_copies(reuse, run, count, place, fault);
}

static int compare_copies(const void *a, const void *b)
{
    const struct standing *of_a = a, *of_b = b;
    if (of_a->copies != of_b->copies)
        return of_a->copies < of_b->copies ? -1 : 1;
    return of_a->rank < of_b->rank ? -1 : of_a->rank > of_b->rank;
}

struct run {
    uint32_t rank;
    size_t first, count;
};

static int compare_runs(const void *a, const void *b)
{
    const struct run *of_a = a, *of_b = b;
    return of_a->rank < of_b->rank ? -1 : of_a->rank > of_b->rank;
}

static enum status fill_places(struct reuse *reuse, struct standing *at, size_t count,
                               struct fault *fault)
{
    struct reading *reading = reuse->reading;
    size_t run_count = 0;
    struct run *runs = arena_alloc_many(&reading->arena, count + 1, sizeof *runs);
    if (runs == NULL)
        return no_memory(fault);
    qsort(at, count, sizeof *at, compare_copies);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || at[i].copies != at[i - 1].copies)
            runs[run_count++] = (struct run){ at[i].rank, i, 0 };
        runs[run_count - 1].count++;
    }
    qsort(runs, run_count, sizeof *runs, compare_runs);
    struct stet_reuse_place *places =
        arena_alloc_many(&reading->arena, run_count + 1, sizeof *places);
    if (places == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < run_count; i++)
        TRY(fill_place(reuse, at + runs[i].first, runs[i].count, &places[i], fault));
    reading->cluster.places = places;
    reading->cluster.place_count = run_count;
    reading->cluster.text = (const char *)reading->first.line.at;
    return OK;
}

static struct standing standing_from_node(const struct reuse *reuse, const struct node *node,
                                          uint32_t rank)
{
    uint32_t document = reuse->census.parts[node->part].document;
    return (struct standing){ *node, document, census_copies(&reuse->census, document), rank };
}

static bool is_of_census(const struct reuse *reuse, const struct node *node)
{
    return node->part < reuse->census.part_count &&
           reuse->census.parts[node->part].document != CENSUS_NONE;
}

static enum status fill_cluster(struct reuse *reuse, const uint64_t *record, struct fault *fault)
{
    struct reading *reading = reuse->reading;
    size_t count = record[5] >> 32;
    reading->cluster =
        (struct stet_reuse_cluster){ .class = (enum stet_reuse_class)(record[0] >> 32),
                                     .words = (uint32_t)record[6],
                                     .bits = (uint32_t)(record[6] >> 32),
                                     .documents = (uint32_t)record[5] };
    struct standing *at = arena_alloc_many(&reading->arena, count + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        struct node node;
        TRY(tape_read(&reading->places, record[4] + i, 1, &node, fault));
        if (!is_of_census(reuse, &node))
            return corrupt(fault, reading->places.name, UINT64_MAX, "a place of no document");
        at[i] = standing_from_node(reuse, &node, (uint32_t)i);
    }
    return fill_places(reuse, at, count, fault);
}

static enum status fill_formula(struct reuse *reuse, const uint64_t *record, struct fault *fault)
{
    struct node node = { (uint32_t)(record[1] >> 32), (uint32_t)record[1], (uint32_t)record[2] };
    if (!is_of_census(reuse, &node))
        return corrupt(fault, "reuse/formulas", UINT64_MAX, "a place of no document");
    struct standing at = standing_from_node(reuse, &node, 0);
    reuse->reading->cluster = (struct stet_reuse_cluster){ .class = STET_REUSE_FORMULA,
                                                           .words = node.end - node.start,
                                                           .documents = UINT64_MAX - record[0] };
    return fill_places(reuse, &at, 1, fault);
}

enum stet_status stet_reuse_next(struct stet_reuse *reuse, unsigned classes,
                                 const struct stet_reuse_cluster **cluster,
                                 struct stet_fault *fault)
{
    struct reading *reading = reuse->reading;
    const uint64_t *record;
    *cluster = NULL;
    arena_clear(&reading->arena);
    do
        TRY(merge_next(&reading->order, &record, fault));
    while (record != NULL && (classes >> (record[0] >> 32) & 1) == 0);
    if (record != NULL) {
        TRY(fill_cluster(reuse, record, fault));
        *cluster = &reading->cluster;
        return OK;
    }
    if ((classes >> STET_REUSE_FORMULA & 1) == 0)
        return OK;
    TRY(merge_next(&reading->formulas, &record, fault));
    if (record == NULL)
        return OK;
    TRY(fill_formula(reuse, record, fault));
    *cluster = &reading->cluster;
    return OK;
}

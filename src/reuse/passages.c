/* Stage 4: clusters of places get a class, a first place and their rank. */
#include "reuse/clusters.h"

#include <stdlib.h>

#include "base/grow.h"

/* A cluster that so many documents hold, most of them of one series, is boilerplate. */
enum { BOILERPLATE_DOCUMENTS = 12, BOILERPLATE_SHARE = 4 };

struct member {
    struct node node;
    uint32_t copies; /* first of the document's copies */
    uint64_t document, series;
    int64_t date; /* INT64_MAX: none that stands */
};

struct ranking {
    struct reuse *reuse;
    const struct clusters *clusters;
    struct sorter order;
    struct tape_writer places;
    struct member *at; /* of the cluster in hand */
    size_t count, room;
};

static void ranking_release(struct ranking *ranking)
{
    sorter_release(&ranking->order);
    tape_writer_release(&ranking->places);
    free(ranking->at);
}

static int compare_members(const void *a, const void *b)
{
    const struct member *of_a = a, *of_b = b;
    if (of_a->date != of_b->date)
        return of_a->date < of_b->date ? -1 : 1;
    if (of_a->document != of_b->document)
        return of_a->document < of_b->document ? -1 : 1;
    if (of_a->node.part != of_b->node.part)
        return of_a->node.part < of_b->node.part ? -1 : 1;
    return of_a->node.start < of_b->node.start ? -1 : of_a->node.start > of_b->node.start;
}

static int compare_copies(const void *a, const void *b)
{
    const struct member *of_a = a, *of_b = b;
    if (of_a->copies != of_b->copies)
        return of_a->copies < of_b->copies ? -1 : 1;
    return of_a->series < of_b->series ? -1 : of_a->series > of_b->series;
}

static int compare_series(const void *a, const void *b)
{
    const struct member *of_a = a, *of_b = b;
    return of_a->series < of_b->series ? -1 : of_a->series > of_b->series;
}

/* One member for each document, copies counting as one: moved to the front of a copy of the list.
 * Answers how many, and how many the largest series has. */
static enum status count_documents(const struct ranking *ranking, uint32_t *documents,
                                   uint32_t *largest, struct fault *fault)
{
    FREED struct member *each = malloc((ranking->count + 1) * sizeof *each);
    uint32_t count = 0, run = 0;
    if (each == NULL)
        return no_memory(fault);
    memcpy(each, ranking->at, ranking->count * sizeof *each);
    qsort(each, ranking->count, sizeof *each, compare_copies);
    for (size_t i = 0; i < ranking->count; i++)
        if (i == 0 || each[i].copies != each[i - 1].copies)
            each[count++] = each[i];
    qsort(each, count, sizeof *each, compare_series);
    *largest = 0;
    for (uint32_t i = 0; i < count; i++) {
        run = i > 0 && each[i].series == each[i - 1].series ? run + 1 : 1;
        *largest = run > *largest ? run : *largest;
    }
    *documents = count;
    return OK;
}

static enum stet_reuse_class class_of(uint32_t documents, uint32_t largest)
{
    if (documents == 1)
        return STET_REUSE_COPIES;
    bool is_many = documents >= BOILERPLATE_DOCUMENTS;
    return is_many && BOILERPLATE_SHARE * largest >= (BOILERPLATE_SHARE - 1) * documents
               ? STET_REUSE_BOILERPLATE
               : STET_REUSE_PASSAGE;
}

/* 16 bytes of the name, as numbers that sort as it does. */
static enum status name_key(const struct reuse *reuse, uint64_t document, uint64_t key[2],
                            struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_row row;
    TRY(catalog_document(snapshot_catalog(reuse->snapshot), document, &arena, &row, fault));
    for (size_t i = 0; i < 16; i++)
        key[i / 8] = key[i / 8] << 8 | (i < row.name.len ? row.name.at[i] : 0);
    return OK;
}

static enum status write_cluster(struct ranking *ranking, uint32_t cluster, struct fault *fault)
{
    struct reuse *reuse = ranking->reuse;
    uint32_t documents = 0, largest = 0;
    if (ranking->count == 0)
        return OK;
    qsort(ranking->at, ranking->count, sizeof *ranking->at, compare_members);
    TRY(count_documents(ranking, &documents, &largest, fault));
    enum stet_reuse_class class = class_of(documents, largest);
    uint32_t words = ranking->clusters->shared[cluster] & ~BETWEEN_DOCUMENTS;
    uint32_t bits = ranking->clusters->bits[cluster] & ~BETWEEN_DOCUMENTS;
    const struct member *first = &ranking->at[0];
    uint64_t record[7] = { (uint64_t) class << 32 | (UINT32_MAX - words),
                           0,
                           0,
                           (uint64_t)first->node.part << 32 | first->node.start,
                           ranking->places.count,
                           (uint64_t)ranking->count << 32 | documents,
                           (uint64_t)bits << 32 | words };
    TRY(name_key(reuse, first->document, record + 1, fault));
    for (size_t i = 0; i < ranking->count; i++)
        TRY(tape_write(&ranking->places, &ranking->at[i].node, fault));
    ranking->count = 0;
    reuse->figures[FIGURE_PASSAGES + class]++;
    return sorter_add(&ranking->order, record, fault);
}

static enum status add_member(struct ranking *ranking, struct node node, struct fault *fault)
{
    struct census *census = &ranking->reuse->census;
    uint32_t document = census->parts[node.part].document;
    const struct census_document *of = &census->documents[document];
    bool is_dated;
    TRY(census_is_dated(census, document, &is_dated, fault));
    if (!GROW(ranking->at, ranking->room, ranking->count))
        return no_memory(fault);
    ranking->at[ranking->count++] = (struct member){ .node = node,
                                                     .copies = census_copies(census, document),
                                                     .document = of->id,
                                                     .series = of->series,
                                                     .date = is_dated ? of->date : INT64_MAX };
    return OK;
}

static enum status rank_clusters(struct ranking *ranking, struct merge *members,
                                 struct fault *fault)
{
    const uint64_t *record;
    uint32_t cluster = 0;
    TRY(reuse_go_on(ranking->reuse, "ranking", 0, ranking->clusters->count, fault));
    for (;;) {
        TRY(merge_next(members, &record, fault));
        if (record == NULL)
            return write_cluster(ranking, cluster, fault);
        uint32_t here = (uint32_t)(record[0] >> 32);
        if (here != cluster) {
            TRY(write_cluster(ranking, cluster, fault));
            TRY(reuse_go_on(ranking->reuse, "ranking", here, ranking->clusters->count, fault));
        }
        cluster = here;
        struct node node = { (uint32_t)record[0], (uint32_t)(record[1] >> 32),
                             (uint32_t)record[1] };
        TRY(add_member(ranking, node, fault));
    }
}

static enum status sort_members(struct reuse *reuse, const struct clusters *clusters,
                                uint32_t *runs, struct fault *fault)
{
    SCOPED(sorter_release) struct sorter sorter = { 0 };
    SCOPED(tape_release) struct tape nodes = { .fd = -1 };
    struct sorting of = reuse_sorting(reuse, SORT_MEMBERS);
    TRY(tape_open(reuse->dir, TAPE_NODES, sizeof(struct node), &nodes, fault));
    TRY(sorter_begin(&sorter, &of, reuse_memory(reuse, 1) / 4, fault));
    for (uint32_t i = 0; i < clusters->count; i++) {
        struct node node;
        TRY(tape_read(&nodes, i, 1, &node, fault));
        uint64_t record[2] = { (uint64_t)clusters_first(clusters, i) << 32 | node.part,
                               (uint64_t)node.start << 32 | node.end };
        TRY(sorter_add(&sorter, record, fault));
    }
    TRY(sorter_end(&sorter, fault));
    *runs = sorter.runs;
    return OK;
}

static enum status make_passages(struct reuse *reuse, struct fault *fault)
{
    SCOPED(clusters_release) struct clusters clusters = { 0 };
    SCOPED(ranking_release)
    struct ranking ranking = { .reuse = reuse, .clusters = &clusters, .places.fd = -1 };
    SCOPED(merge_release) struct merge members = { 0 };
    struct sorting from = reuse_sorting(reuse, SORT_MEMBERS);
    struct sorting order = reuse_sorting(reuse, SORT_ORDER);
    uint32_t runs;
    TRY(clusters_make(reuse, &clusters, fault));
    TRY(sort_members(reuse, &clusters, &runs, fault));
    TRY(merge_begin(&members, &from, runs, fault));
    TRY(sorter_begin(&ranking.order, &order, reuse_memory(reuse, 1) / 8, fault));
    TRY(tape_create(reuse->dir, TAPE_PLACES, sizeof(struct node), &ranking.places, fault));
    TRY(rank_clusters(&ranking, &members, fault));
    TRY(tape_end(&ranking.places, fault));
    TRY(sorter_end(&ranking.order, fault));
    reuse->figures[FIGURE_ORDER_RUNS] = ranking.order.runs;
    sorting_remove(&from, runs);
    return OK;
}

static enum status add_formula(struct sorter *sorter, const struct node *formula, uint64_t places,
                               struct fault *fault)
{
    uint64_t record[3] = { UINT64_MAX - places, (uint64_t)formula->part << 32 | formula->start,
                           formula->end };
    return places == 0 ? OK : sorter_add(sorter, record, fault);
}

/* Shingles above the band whose first places lie side by side are one formula. */
static enum status join_formulas(struct merge *dropped, struct sorter *sorter, struct fault *fault)
{
    struct node formula = { 0 };
    uint64_t places = 0;
    const uint64_t *record;
    for (;;) {
        TRY(merge_next(dropped, &record, fault));
        if (record == NULL)
            return add_formula(sorter, &formula, places, fault);
        struct node here = { (uint32_t)(record[0] >> 32), (uint32_t)record[0],
                             (uint32_t)record[0] + SHINGLE_WORDS };
        if (places > 0 && here.part == formula.part && here.start <= formula.end + WINNOW) {
            formula.end = here.end;
            places = record[1] > places ? record[1] : places;
            continue;
        }
        TRY(add_formula(sorter, &formula, places, fault));
        formula = here;
        places = record[1];
    }
}

static enum status make_formulas(struct reuse *reuse, struct fault *fault)
{
    SCOPED(sorter_release) struct sorter sorter = { 0 };
    SCOPED(merge_release) struct merge dropped = { 0 };
    struct sorting from = reuse_sorting(reuse, SORT_DROPPED);
    struct sorting of = reuse_sorting(reuse, SORT_FORMULAS);
    uint32_t runs = (uint32_t)reuse->figures[FIGURE_DROPPED_RUNS];
    TRY(merge_begin(&dropped, &from, runs, fault));
    TRY(sorter_begin(&sorter, &of, reuse_memory(reuse, 1), fault));
    TRY(join_formulas(&dropped, &sorter, fault));
    TRY(sorter_end(&sorter, fault));
    reuse->figures[FIGURE_FORMULA_RUNS] = sorter.runs;
    return OK;
}

enum status stage_passages(struct reuse *reuse, struct fault *fault)
{
    TRY(make_passages(reuse, fault));
    return make_formulas(reuse, fault);
}

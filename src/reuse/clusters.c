#include "reuse/clusters.h"

#include <stdlib.h>

#include "base/grow.h"

/* A place as its first match brought it; it is written once its part is done. */
struct anchor {
    struct node node;
    uint32_t end; /* of the first match */
};

struct sweeping {
    struct reuse *reuse;
    struct sorter ends;
    struct tape_writer nodes;
    struct anchor *at; /* of the part in hand */
    size_t count, room;
    size_t open; /* anchors before it end before anything that can follow */
    uint32_t written;
};

static void sweeping_release(struct sweeping *sweeping)
{
    sorter_release(&sweeping->ends);
    tape_writer_release(&sweeping->nodes);
    free(sweeping->at);
}

static enum status end_part(struct sweeping *sweeping, struct fault *fault)
{
    for (size_t i = 0; i < sweeping->count; i++)
        TRY(tape_write(&sweeping->nodes, &sweeping->at[i].node, fault));
    sweeping->written += (uint32_t)sweeping->count;
    sweeping->count = sweeping->open = 0;
    return OK;
}

static bool is_one_place(const struct anchor *anchor, const struct node *node)
{
    uint32_t of_anchor = anchor->end - anchor->node.start, of_node = node->end - node->start;
    uint32_t end = anchor->end < node->end ? anchor->end : node->end;
    uint32_t longer = of_anchor > of_node ? of_anchor : of_node;
    return end > node->start && 2 * (uint64_t)(end - node->start) >= longer;
}

static enum status find_anchor(struct sweeping *sweeping, const struct node *node, size_t *found,
                               struct fault *fault)
{
    while (sweeping->open < sweeping->count && sweeping->at[sweeping->open].end <= node->start)
        sweeping->open++;
    for (size_t i = sweeping->open; i < sweeping->count; i++)
        if (is_one_place(&sweeping->at[i], node)) {
            if (node->end > sweeping->at[i].node.end)
                sweeping->at[i].node.end = node->end;
            *found = i;
            return OK;
        }
    if (!GROW(sweeping->at, sweeping->room, sweeping->count))
        return no_memory(fault);
    *found = sweeping->count;
    sweeping->at[sweeping->count++] = (struct anchor){ *node, node->end };
    return OK;
}

static enum status sweep(struct sweeping *sweeping, struct merge *places, struct fault *fault)
{
    const uint64_t *record;
    uint32_t part = CENSUS_NONE;
    for (;;) {
        TRY(merge_next(places, &record, fault));
        if (record == NULL)
            return end_part(sweeping, fault);
        struct node node = { (uint32_t)(record[0] >> 32), (uint32_t)record[0],
                             UINT32_MAX - (uint32_t)record[1] };
        if (node.part != part) {
            TRY(end_part(sweeping, fault));
            TRY(reuse_go_on(sweeping->reuse, "joining places", node.part,
                            sweeping->reuse->census.part_count, fault));
        }
        part = node.part;
        size_t found = 0;
        TRY(find_anchor(sweeping, &node, &found, fault));
        uint64_t end[2] = { record[2], sweeping->written + found };
        TRY(sorter_add(&sweeping->ends, end, fault));
    }
}

static enum status sort_places(struct reuse *reuse, uint32_t *runs, struct fault *fault)
{
    SCOPED(sorter_release) struct sorter sorter = { 0 };
    SCOPED(tape_release) struct tape matches = { .fd = -1 };
    struct sorting of = reuse_sorting(reuse, SORT_PLACES);
    TRY(tape_open(reuse->dir, TAPE_MATCHES, sizeof(struct match), &matches, fault));
    TRY(sorter_begin(&sorter, &of, reuse_memory(reuse, 1), fault));
    for (uint64_t number = 0;; number++) {
        const void *record;
        TRY(tape_next(&matches, &record, fault));
        if (record == NULL)
            break;
        struct match match;
        memcpy(&match, record, sizeof match);
        uint64_t a[3] = { (uint64_t)match.a_part << 32 | match.a_start, UINT32_MAX - match.a_end,
                          2 * number };
        uint64_t b[3] = { (uint64_t)match.b_part << 32 | match.b_start, UINT32_MAX - match.b_end,
                          2 * number + 1 };
        TRY(sorter_add(&sorter, a, fault));
        TRY(sorter_add(&sorter, b, fault));
    }
    TRY(sorter_end(&sorter, fault));
    *runs = sorter.runs;
    return OK;
}

static enum status make_nodes(struct reuse *reuse, uint32_t *node_count, uint32_t *end_runs,
                              struct fault *fault)
{
    SCOPED(sweeping_release) struct sweeping sweeping = { .reuse = reuse, .nodes.fd = -1 };
    SCOPED(merge_release) struct merge places = { 0 };
    struct sorting from = reuse_sorting(reuse, SORT_PLACES);
    struct sorting ends = reuse_sorting(reuse, SORT_ENDS);
    uint32_t runs;
    TRY(sort_places(reuse, &runs, fault));
    TRY(merge_begin(&places, &from, runs, fault));
    TRY(sorter_begin(&sweeping.ends, &ends, reuse_memory(reuse, 1), fault));
    TRY(tape_create(reuse->dir, TAPE_NODES, sizeof(struct node), &sweeping.nodes, fault));
    TRY(sweep(&sweeping, &places, fault));
    TRY(tape_end(&sweeping.nodes, fault));
    TRY(sorter_end(&sweeping.ends, fault));
    *node_count = sweeping.written;
    *end_runs = sweeping.ends.runs;
    sorting_remove(&from, runs);
    return OK;
}

uint32_t clusters_first(const struct clusters *clusters, uint32_t node)
{
    while (clusters->first[node] != node) {
        clusters->first[node] = clusters->first[clusters->first[node]];
        node = clusters->first[node];
    }
    return node;
}

static uint32_t most_of(uint32_t a, uint32_t b, uint32_t c)
{
    uint32_t most = a > b ? a : b;
    return most > c ? most : c;
}

/* What copies share says less than what documents share. */
static uint32_t weight_of(const struct census *census, const struct match *match)
{
    uint32_t a = census->parts[match->a_part].document, b = census->parts[match->b_part].document;
    return census_copies(census, a) != census_copies(census, b) ? BETWEEN_DOCUMENTS : 0;
}

static void join(struct clusters *clusters, uint32_t a, uint32_t b, uint32_t shared, uint32_t bits)
{
    uint32_t first_a = clusters_first(clusters, a), first_b = clusters_first(clusters, b);
    uint32_t first = first_a < first_b ? first_a : first_b, other = first_a + first_b - first;
    clusters->first[other] = first;
    clusters->shared[first] = most_of(clusters->shared[first], clusters->shared[other], shared);
    clusters->bits[first] = most_of(clusters->bits[first], clusters->bits[other], bits);
}

/* The two ends of each match follow one another, in the order of the matches. */
static enum status join_ends(struct reuse *reuse, struct clusters *clusters, uint32_t runs,
                             struct fault *fault)
{
    SCOPED(merge_release) struct merge ends = { 0 };
    SCOPED(tape_release) struct tape matches = { .fd = -1 };
    struct sorting of = reuse_sorting(reuse, SORT_ENDS);
    TRY(tape_open(reuse->dir, TAPE_MATCHES, sizeof(struct match), &matches, fault));
    TRY(merge_begin(&ends, &of, runs, fault));
    for (;;) {
        const void *record;
        const uint64_t *end;
        TRY(tape_next(&matches, &record, fault));
        if (record == NULL)
            break;
        struct match match;
        memcpy(&match, record, sizeof match);
        uint64_t nodes[2] = { 0 };
        for (int i = 0; i < 2; i++) {
            TRY(merge_next(&ends, &end, fault));
            if (end == NULL || end[1] >= clusters->count)
                return corrupt(fault, "reuse/ends", UINT64_MAX, "a match has lost its place");
            nodes[i] = end[1];
        }
        uint32_t weight = weight_of(&reuse->census, &match);
        join(clusters, (uint32_t)nodes[0], (uint32_t)nodes[1], weight | match.shared,
             weight | match.bits);
    }
    sorting_remove(&of, runs);
    return OK;
}

enum status clusters_make(struct reuse *reuse, struct clusters *clusters, struct fault *fault)
{
    uint32_t runs;
    TRY(make_nodes(reuse, &clusters->count, &runs, fault));
    size_t count = (size_t)clusters->count + 1;
    if (count * 3 * sizeof(uint32_t) > reuse_memory(reuse, 1) * 3 / 4)
        return fail(fault, OVER_LIMIT,
                    "%u places share text: more than fit the memory; give more --memory, or ask "
                    "for longer passages",
                    clusters->count);
    clusters->first = calloc(count, sizeof *clusters->first);
    clusters->shared = calloc(count, sizeof *clusters->shared);
    clusters->bits = calloc(count, sizeof *clusters->bits);
    if (clusters->first == NULL || clusters->shared == NULL || clusters->bits == NULL)
        return no_memory(fault);
    for (uint32_t i = 0; i < clusters->count; i++)
        clusters->first[i] = i;
    return join_ends(reuse, clusters, runs, fault);
}

void clusters_release(struct clusters *clusters)
{
    free(clusters->first);
    free(clusters->shared);
    free(clusters->bits);
    *clusters = (struct clusters){ 0 };
}

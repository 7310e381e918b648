#include "trace/found.h"

#include <stdlib.h>

enum {
    OPENED_MIN = 3,
    OPENED_MAX = 24,
    ALIGNED_MAX = 8,
    RAISED = 10,
    POSTINGS_DEFAULT = 200000,
    CELLS_SPENT_MAX = 400000
};
static const double tie_bits = 3, candidate_bits = 45;
/* A probe counts every word of the quotation that its window holds: no alignment there can say
 * more. What lies this far below the best alignment is neither a tie nor a rival. */
/* A window that cannot reach this much, nor this share of the quotation, can be no trace whatever
 * it holds. */
static const double hopeless_bits = 60, hopeless_share = 0.45;
static const double least_bits = 38, worth_bits = 30, explained_share = 0.8;

struct probe {
    const struct stretch *stretch;
    struct window window;
    double bits;
};

/* The hashes of a window's words: open addressing, 0 is empty. */
struct hash_set {
    uint64_t *at;
    size_t mask;
};

static enum status hash_set_make(struct hash_set *set, const struct window *window,
                                 struct arena *arena, struct fault *fault)
{
    size_t room = 64;
    while (room < window->count * 6)
        room *= 2;
    set->mask = room - 1;
    set->at = arena_alloc_many(arena, room, sizeof *set->at);
    if (set->at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < window->count; i++) {
        size_t at = window->words[i].canonical & set->mask;
        while (set->at[at] != 0 && set->at[at] != window->words[i].canonical)
            at = (at + 1) & set->mask;
        set->at[at] = window->words[i].canonical;
    }
    return OK;
}

static bool hash_set_holds(const struct hash_set *set, uint64_t hash)
{
    size_t at = hash & set->mask;
    while (set->at[at] != 0 && set->at[at] != hash)
        at = (at + 1) & set->mask;
    return set->at[at] != 0;
}

static enum status probe_open(const struct source *source, const struct quote *quote,
                              const struct stretch *stretch, struct arena *arena,
                              struct probe *probe, struct fault *fault)
{
    struct hash_set set;
    uint32_t high = stretch->high;
    probe->stretch = stretch;
    probe->bits = 0;
    if (high - stretch->low > WINDOW_WORDS_MAX)
        high = stretch->low + WINDOW_WORDS_MAX;
    TRY(window_open(source, stretch->segment, stretch->number, stretch->low, high, arena,
                    &probe->window, fault));
    TRY(hash_set_make(&set, &probe->window, arena, fault));
    for (size_t i = 0; i < quote->count; i++)
        if (node_is_word(&quote->nodes[i]) && hash_set_holds(&set, quote->of[i].canonical))
            probe->bits += quote->of[i].bits;
    return OK;
}

static int by_probe(const void *a, const void *b)
{
    const struct probe *one = a, *other = b;
    if (one->bits != other->bits)
        return one->bits > other->bits ? -1 : 1;
    return one->stretch < other->stretch ? -1 : one->stretch > other->stretch;
}

static int by_evidence(const void *a, const void *b)
{
    const struct found *one = a, *other = b;
    double x = one->bits + one->support, y = other->bits + other->support;
    if (x != y)
        return x > y ? -1 : 1;
    if (one->surface != other->surface)
        return one->surface < other->surface ? -1 : 1;
    if (one->window.part.date != other->window.part.date)
        return one->window.part.date < other->window.part.date ? -1 : 1;
    if (one->window.part.document != other->window.part.document)
        return one->window.part.document < other->window.part.document ? -1 : 1;
    if (one->window.part.part != other->window.part.part)
        return one->window.part.part < other->window.part.part ? -1 : 1;
    return one->alignment.first + one->window.first < other->alignment.first + other->window.first
               ? -1
               : 1;
}

double found_support(const struct trace_options *options, uint64_t document)
{
    for (size_t i = 0; options != NULL && i < options->support_count; i++)
        if (options->support[i].document == document)
            return options->support[i].bits;
    return 0;
}

/* Two windows may have met in one passage. */
static bool is_same_passage(const struct found *a, const struct found *b)
{
    return a->window.segment == b->window.segment && a->window.number == b->window.number &&
           a->window.first + a->alignment.first < b->window.first + b->alignment.last &&
           b->window.first + b->alignment.first < a->window.first + a->alignment.last;
}

static void found_list_unite(struct found_list *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++)
            known = is_same_passage(&list->at[k], &list->at[i]);
        if (!known)
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

static enum status found_align(const struct quote *quote, const struct trace_options *options,
                               const struct probe *probe, struct arena *arena,
                               struct found_list *list, size_t *cells, struct fault *fault)
{
    struct found *found = &list->at[list->count];
    *found = (struct found){ .window = probe->window };
    TRY(align(quote, &found->window, arena, &found->alignment, fault));
    *cells += found->alignment.cells;
    if (!found->alignment.is_found || found->alignment.last <= found->alignment.first)
        return OK;
    found->bits = evidence_bits(quote, &found->alignment);
    found->surface = surface_differences(quote, &found->window, &found->alignment);
    found->support = found_support(options, found->window.part.document);
    list->count++;
    return OK;
}

/* Open the best windows, align the best of those; ties beyond are aligned too: they may be copies.
 */
static enum status found_from_candidates(const struct source *source, const struct quote *quote,
                                         const struct trace_options *options,
                                         const struct candidates *candidates, struct arena *arena,
                                         struct found_list *list, struct fault *fault)
{
    struct probe *probes = arena_alloc_many(arena, CANDIDATES_MAX, sizeof *probes);
    size_t opened = 0, cells = 0;
    double best = 0, most = 0;
    if (probes == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < candidates->count; i++) {
        bool ties = candidates->at[i].bits >= candidates->at[0].bits - tie_bits;
        bool helped = options != NULL && options->support_count > 0;
        if (opened >= OPENED_MAX && !ties && !helped)
            break;
        double reach = candidates->at[i].bits + candidates->unseeded;
        bool is_hopeless = reach < hopeless_bits && reach < hopeless_share * quote->bits;
        if (is_hopeless && opened > 0 && !helped)
            break;
        bool is_explained = most >= explained_share * quote->bits;
        if (is_explained && opened >= OPENED_MIN && !helped &&
            candidates->at[i].bits < candidates->at[0].bits - worth_bits)
            break;
        TRY(probe_open(source, quote, &candidates->at[i], arena, &probes[opened], fault));
        probes[opened].bits += found_support(options, probes[opened].window.part.document);
        most = probes[opened].bits > most ? probes[opened].bits : most;
        opened++;
    }
    qsort(probes, opened, sizeof *probes, by_probe);
    for (size_t i = 0; i < opened; i++) {
        if (list->count >= ALIGNED_MAX && probes[i].bits < probes[0].bits - tie_bits)
            break;
        if (probes[i].bits < best - worth_bits || (i > 0 && probes[i].bits < least_bits))
            break;
        TRY(found_align(quote, options, &probes[i], arena, list, &cells, fault));
        if (cells > CELLS_SPENT_MAX)
            break;
        for (size_t k = 0; k < list->count; k++)
            best = list->at[k].bits > best ? list->at[k].bits : best;
    }
    qsort(list->at, list->count, sizeof *list->at, by_evidence);
    found_list_unite(list);
    return OK;
}

/* More equal places than are kept: a formula of many documents. Only its other words can part them.
 */
static bool is_crowded(const struct candidates *candidates)
{
    return candidates->count == CANDIDATES_MAX && !candidates->is_whole &&
           candidates->at[CANDIDATES_MAX - 1].bits >= candidates->at[0].bits - tie_bits;
}

enum status found_search(const struct source *source, const struct quote *quote,
                         const struct trace_options *options, struct arena *arena,
                         struct found_list *list, struct fault *fault)
{
    struct candidates *candidates = arena_alloc(arena, sizeof *candidates);
    uint64_t budget = options != NULL && options->postings_budget > 0 ? options->postings_budget
                                                                      : POSTINGS_DEFAULT;
    if (candidates == NULL)
        return no_memory(fault);
    *list = (struct found_list){ 0 };
    for (int round = 0; round < 2; round++, budget *= RAISED) {
        struct candidate_work work = { budget, budget * RAISED, SEEDS_ENOUGH };
        TRY(candidates_find(source, quote, &work, arena, candidates, fault));
        if (is_crowded(candidates)) {
            work.seeds = SEEDS_MAX;
            TRY(candidates_find(source, quote, &work, arena, candidates, fault));
        }
        list->count = 0;
        TRY(found_from_candidates(source, quote, options, candidates, arena, list, fault));
        list->places = candidates->places;
        list->budget_hit = candidates->budget_hit;
        bool is_poor = list->count == 0 || list->at[0].bits < candidate_bits;
        if (!is_poor || quote->bits < candidate_bits || candidates->is_whole)
            break;
    }
    return OK;
}

#include "trace/found.h"

#include <stdlib.h>

enum {
    OPENED_MAX = 24,
    TIES_MAX = 32,
    ALIGNED_MAX = 8,
    NEAR_RAISED = 5,
    RAISED = 10,
    POSTINGS_DEFAULT = 200000,
    CELLS_SPENT_MAX = 400000
};
static const double tie_bits = 3, candidate_bits = 45;
/* What a window must hold of the seeds in the first search, and in the second where that found too
 * little. */
static const double narrow_bits = 28, narrow_most = 0.85;
static const double near_share = 0.5, far_share = 0.25, lead_bits = 20;
/* A probe counts every word of the quotation that its window holds: no alignment there can say
 * more. What lies this far below the best alignment is neither a tie nor a rival. */
/* A window that cannot reach this much, nor this share of the quotation, can be no trace whatever
 * it holds. */
static const double hopeless_bits = 60, hopeless_share = 0.45;
static const double least_bits = 38, worth_bits = 22, explained_share = 0.8;

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
    if (list->count == CANDIDATES_MAX)
        return OK;
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

/* Stretches that were opened: a wider search meets those of the narrower again. */
struct seen {
    struct stretch at[3 * CANDIDATES_MAX];
    size_t count;
};

/* The windows of one search, opened and aligned as far as they may matter. */
struct opening {
    const struct source *source;
    const struct quote *quote;
    const struct trace_options *options;
    const struct candidates *candidates;
    struct arena *arena;
    struct found_list *list;
    struct seen *seen; /* of all rounds */
    size_t opened, aligned, cells;
    double best, most; /* evidence of the best alignment; bits of the best probe */
};

static bool is_helped(const struct opening *opening)
{
    return opening->options != NULL && opening->options->support_count > 0;
}

/* Windows come best first: whether this one, and so all behind it, can say nothing new. */
static bool is_beyond(const struct opening *opening, const struct stretch *stretch)
{
    const struct stretch *first = &opening->candidates->at[0];
    double reach = stretch->bits + opening->candidates->unseeded;
    bool ties = stretch->bits >= first->bits - tie_bits;
    if (opening->opened == 0 || is_helped(opening))
        return false;
    if (opening->cells > CELLS_SPENT_MAX || opening->opened >= (ties ? TIES_MAX : OPENED_MAX))
        return true;
    if (reach < hopeless_bits && reach < hopeless_share * opening->quote->bits)
        return true;
    bool is_explained = opening->most >= explained_share * opening->quote->bits;
    return reach < opening->best - worth_bits ||
           (is_explained && stretch->bits < first->bits - worth_bits);
}

static bool was_opened(const struct seen *seen, const struct stretch *stretch)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->at[i].segment == stretch->segment && seen->at[i].number == stretch->number &&
            seen->at[i].low <= stretch->low && seen->at[i].high >= stretch->high)
            return true;
    return false;
}

static enum status opening_align(struct opening *opening, const struct probe *probe,
                                 struct fault *fault)
{
    struct found_list *list = opening->list;
    bool ties = probe->bits >= opening->most - tie_bits;
    if (opening->aligned > 0 &&
        (probe->bits < opening->best - worth_bits || probe->bits < least_bits))
        return OK;
    if (opening->aligned >= ALIGNED_MAX && !ties)
        return OK;
    opening->aligned++;
    size_t before = list->count;
    TRY(found_align(opening->quote, opening->options, probe, opening->arena, list, &opening->cells,
                    fault));
    if (list->count > before && list->at[before].bits > opening->best)
        opening->best = list->at[before].bits;
    return OK;
}

/* Open one window more and align it, if it may hold as much as is needed by now. */
static enum status opening_next(struct opening *opening, const struct stretch *stretch,
                                struct fault *fault)
{
    struct probe probe;
    opening->opened++;
    if (was_opened(opening->seen, stretch))
        return OK;
    TRY(probe_open(opening->source, opening->quote, stretch, opening->arena, &probe, fault));
    opening->seen->at[opening->seen->count++] = *stretch;
    probe.bits += found_support(opening->options, probe.window.part.document);
    opening->most = probe.bits > opening->most ? probe.bits : opening->most;
    return opening_align(opening, &probe, fault);
}

static enum status found_from_candidates(const struct source *source, const struct quote *quote,
                                         const struct trace_options *options,
                                         const struct candidates *candidates, struct seen *seen,
                                         struct arena *arena, struct found_list *list,
                                         struct fault *fault)
{
    struct opening opening = { .source = source,
                               .quote = quote,
                               .options = options,
                               .candidates = candidates,
                               .arena = arena,
                               .list = list,
                               .seen = seen };
    for (size_t i = 0; i < list->count; i++)
        opening.best = list->at[i].bits > opening.best ? list->at[i].bits : opening.best;
    opening.most = list->most;
    for (size_t i = 0; i < candidates->count; i++) {
        if (is_beyond(&opening, &candidates->at[i]))
            break;
        TRY(opening_next(&opening, &candidates->at[i], fault));
    }
    list->most = opening.most;
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

/* One search: windows that hold `share` of the seeds' bits; what holds less is unseen. */
static enum status search_round(const struct source *source, const struct quote *quote,
                                const struct trace_options *options,
                                const struct candidate_work *work, struct seen *seen,
                                struct arena *arena, struct found_list *list, struct fault *fault)
{
    struct candidates *candidates = arena_alloc(arena, sizeof *candidates);
    if (candidates == NULL)
        return no_memory(fault);
    TRY(candidates_find(source, quote, work, arena, candidates, fault));
    if (is_crowded(candidates)) {
        struct candidate_work wider = *work;
        wider.seeds = SEEDS_MAX;
        TRY(candidates_find(source, quote, &wider, arena, candidates, fault));
    }
    TRY(found_from_candidates(source, quote, options, candidates, seen, arena, list, fault));
    list->places = candidates->places;
    list->budget_hit = candidates->budget_hit;
    list->is_full = candidates->count == CANDIDATES_MAX && !candidates->budget_hit;
    list->unseen = candidates->unseeded + work->share * candidates->seeded;
    return OK;
}

/* Whether the best leads all that was not looked at, or a wider search would find no more. */
static bool is_settled(const struct found_list *list, const struct quote *quote)
{
    if (list->count == 0)
        return false;
    double bits = list->at[0].bits;
    return bits >= list->unseen + lead_bits ||
           (bits >= candidate_bits * 2 && bits >= list->unseen + tie_bits) ||
           (bits >= quote->bits - tie_bits && bits >= list->unseen + tie_bits);
}

/* Narrow first: most quotations stand almost whole, and the longer lists are then not read. Where a
 * narrow search fills its list, a wider one could only meet what holds less. */
enum status found_search(const struct source *source, const struct quote *quote,
                         const struct trace_options *options, struct arena *arena,
                         struct found_list *list, struct fault *fault)
{
    uint64_t budget = options != NULL && options->postings_budget > 0 ? options->postings_budget
                                                                      : POSTINGS_DEFAULT;
    double narrow = quote->bits > 0 ? 1 - narrow_bits / quote->bits : 0;
    double shares[] = { narrow < narrow_most ? narrow : narrow_most, near_share, far_share };
    bool is_helped = options != NULL && options->support_count > 0;
    struct seen *seen = arena_alloc(arena, sizeof *seen);
    *list = (struct found_list){ 0 };
    if (seen == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < 3; i += is_helped ? 2 : 1) {
        struct candidate_work work = { budget * (i < 2 ? NEAR_RAISED : RAISED), SEEDS_ENOUGH,
                                       shares[i] };
        if (i == 0 && narrow <= near_share)
            continue;
        TRY(search_round(source, quote, options, &work, seen, arena, list, fault));
        if (list->is_full || quote->bits < candidate_bits ||
            (!is_helped && is_settled(list, quote)))
            break;
    }
    return OK;
}

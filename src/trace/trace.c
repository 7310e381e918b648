#include "trace/tracer.h"

#include <math.h>
#include <stdlib.h>

#include "trace/classify.h"
#include "trace/found.h"
#include "trace/passage.h"
#include "trace/punctuation.h"
#include "trace/splice.h"

enum {
    WORDS_MAX = 2000,
    NODES_MAX = 4000,
    SCRATCH_KEPT = 4 << 20,
    CLEAR_WORDS = 5,
    LITERAL_WORDS = 6
};

static const double traced_bits = 90, probable_below = 20, candidate_bits = 45;
/* With so many bits, most of what the quotation has, and so far before the next place, a short one
 * is probable too. */
static const double clear_bits = 40, clear_share = 0.58, clear_lead = 20;
/* With so many bits the same words are no accident: one is a copy of the other. */
static const double copied_bits = 150, same_bits = 0.5;
static const double bits_per_tenfold = 3.3, tie_bits = 3, near_bits = 15, kept_within = 60;

struct tracer {
    struct source source;
    void (*close)(void *self);
    struct arena scratch; /* of one quotation */
};

/* One quotation under trace. */
struct tracing {
    struct tracer *tracer;
    const struct trace_options *options;
    struct quote quote;
    struct found_list *list;
    struct splice splice;
    struct arena *arena; /* the answer's */
    struct trace *trace;
};

enum status tracer_new_over(struct source source, void (*close)(void *self), struct tracer **tracer,
                            struct fault *fault)
{
    *tracer = calloc(1, sizeof **tracer);
    if (*tracer == NULL)
        return no_memory(fault);
    (*tracer)->source = source;
    (*tracer)->close = close;
    return OK;
}

void tracer_free(struct tracer *tracer)
{
    if (tracer == NULL)
        return;
    if (tracer->close != NULL)
        tracer->close(tracer->source.self);
    arena_release(&tracer->scratch);
    free(tracer);
}

const struct source *tracer_source(const struct tracer *tracer)
{
    return &tracer->source;
}

double tracer_word_bits(struct tracer *tracer, struct bytes key)
{
    double bits = 0;
    uint64_t occurrences, parts;
    if (quote_word_bits(&tracer->source, key, &bits, &occurrences, &parts, NULL) != OK)
        return 0;
    return bits;
}

/* 90 bits on the scale of 10^8 words, 3.3 more for each tenfold beyond (quote.h says how bits are
 * scaled). */
static double threshold_of(const struct tracing *tracing)
{
    if (tracing->options != NULL && tracing->options->threshold_bits > 0)
        return tracing->options->threshold_bits;
    double tenfold = log10((double)tracing->tracer->source.words / 1e8);
    return tenfold > 0 ? traced_bits + bits_per_tenfold * tenfold : traced_bits;
}

/* Where a candidate's literal text is lent from: one copy of the words around its passage. */
struct lent_text {
    struct bytes copy;
    uint32_t start; /* byte of the part where the copy begins */
};

static enum status lend_text(const struct found *found, struct arena *arena, struct lent_text *lent,
                             struct fault *fault)
{
    const struct window *window = &found->window;
    uint32_t first = found->alignment.first, last = found->alignment.last;
    uint32_t low = first > PASSAGE_AROUND ? first - PASSAGE_AROUND : 0;
    uint32_t high =
        last + PASSAGE_AROUND < window->count ? last + PASSAGE_AROUND : (uint32_t)window->count - 1;
    uint32_t start = low > 0 ? window->words[low].start : 0;
    uint32_t end = high + 1 < window->count ? window->words[high].end : (uint32_t)window->text.len;
    lent->copy = arena_copy(arena, window_bytes(window, start, end));
    lent->start = window->base + start;
    return lent->copy.at == NULL ? no_memory(fault) : OK;
}

/* Differences point into the window, which dies with the scratch. */
static void relend(struct difference_list *list, size_t from, const struct lent_text *lent)
{
    for (size_t i = from; i < list->count; i++) {
        struct difference *difference = &list->at[i];
        difference->source_words = bytes_slice(lent->copy, difference->source_start - lent->start,
                                               difference->source_end - difference->source_start);
    }
}

static enum status classify_passage(struct tracing *tracing, const struct quote *quote,
                                    const struct found *found, uint8_t index, uint8_t total,
                                    struct candidate *candidate, struct difference_list *list,
                                    struct fault *fault)
{
    struct comparison comparison = { .source = &tracing->tracer->source,
                                     .quote = quote,
                                     .window = &found->window,
                                     .alignment = &found->alignment,
                                     .passage = index,
                                     .is_first = index == 0,
                                     .is_last = index + 1 == total };
    struct lent_text lent;
    size_t before = list->count;
    TRY(passage_make(quote, &found->window, &found->alignment, tracing->arena,
                     &candidate->passages[index], fault));
    candidate->passage_count = index + 1u;
    TRY(classify(&comparison, list, fault));
    TRY(lend_text(found, tracing->arena, &lent, fault));
    relend(list, before, &lent);
    candidate->is_doubtful |=
        (found->window.words[found->alignment.first].state & WORD_DOUBTFUL) ||
        (found->window.words[found->alignment.last - 1].state & WORD_DOUBTFUL);
    return OK;
}

static enum status candidate_speaker(struct tracing *tracing, const struct found *found,
                                     struct candidate *candidate, struct fault *fault)
{
    struct bytes speaker;
    candidate->is_quoting = passage_is_quoted(&found->window, &found->alignment, &speaker);
    if (speaker.len == 0)
        return OK;
    candidate->inner_speaker = arena_copy(tracing->arena, speaker);
    return candidate->inner_speaker.at == NULL ? no_memory(fault) : OK;
}

static enum status candidate_make(struct tracing *tracing, const struct found *found,
                                  struct candidate *candidate, struct fault *fault)
{
    struct difference_list list = { .arena = tracing->arena };
    *candidate = (struct candidate){ .bits = found->bits, .cost = found->alignment.cost };
    TRY(classify_passage(tracing, &tracing->quote, found, 0, 1, candidate, &list, fault));
    candidate->differences = list.at;
    candidate->difference_count = list.count;
    candidate->cuts_in = passage_cuts_in(&found->window, &found->alignment);
    candidate->cuts_out = passage_cuts_out(&found->window, &found->alignment);
    return candidate_speaker(tracing, found, candidate, fault);
}

static bool stands_before(const struct passage *a, const struct passage *b)
{
    return a->document == b->document &&
           (a->part < b->part || (a->part == b->part && a->end <= b->start));
}

/* The two halves' join: what is marked and in order is an omission, the rest a splice. */
static enum status report_join(struct tracing *tracing, const struct candidate *candidate,
                               struct difference_list *list, struct fault *fault)
{
    const struct splice *splice = &tracing->splice;
    const struct passage *one = &candidate->passages[0], *other = &candidate->passages[1];
    bool in_order = stands_before(one, other);
    const struct node *mark =
        splice->mark != UINT32_MAX ? &tracing->quote.nodes[splice->mark] : NULL;
    struct difference join = { .class = in_order ? DIFFERENCE_M1 : DIFFERENCE_M2,
                               .passage = 1,
                               .story_start = splice->patterns[0].end,
                               .story_end = splice->patterns[1].start,
                               .source_start = other->start,
                               .source_end = other->start };
    if (mark != NULL && mark->kind == NODE_ELLIPSIS) {
        join.class = in_order ? DIFFERENCE_O2 : DIFFERENCE_M2;
        join.marking = in_order ? MARKED : MARKED_WRONGLY;
    } else if (mark != NULL && in_order) {
        join.class = DIFFERENCE_O5;
        join.flags = DIFFERENCE_CONTENT_GAP;
    }
    if (!in_order && one->document == other->document)
        join.flags |= DIFFERENCE_REVERSED;
    if (in_order && one->part == other->part) {
        const struct found *first = splice->halves[0], *second = splice->halves[1];
        join.words = second->window.first + second->alignment.first - first->window.first -
                     first->alignment.last;
    }
    join.story_words = bytes_slice(tracing->quote.pattern->story, join.story_start,
                                   join.story_end - join.story_start);
    return difference_list_add(list, join, fault);
}

static enum status candidate_spliced(struct tracing *tracing, struct candidate *candidate,
                                     struct fault *fault)
{
    const struct splice *splice = &tracing->splice;
    struct difference_list list = { .arena = tracing->arena };
    *candidate = (struct candidate){ .bits = splice->halves[0]->bits + splice->halves[1]->bits - 12,
                                     .cost = splice->halves[0]->alignment.cost +
                                             splice->halves[1]->alignment.cost };
    for (uint8_t half = 0; half < 2; half++)
        TRY(classify_passage(tracing, &splice->quotes[half], splice->halves[half], half, 2,
                             candidate, &list, fault));
    TRY(report_join(tracing, candidate, &list, fault));
    candidate->differences = list.at;
    candidate->difference_count = list.count;
    candidate->cuts_in = passage_cuts_in(&splice->halves[0]->window, &splice->halves[0]->alignment);
    candidate->cuts_out =
        passage_cuts_out(&splice->halves[1]->window, &splice->halves[1]->alignment);
    return candidate_speaker(tracing, splice->halves[0], candidate, fault);
}

/* Copies of the best stand with it; what ties with it elsewhere is told apart. */
static enum status unite_copies(struct tracing *tracing, struct candidate *best,
                                struct fault *fault)
{
    struct found_list *list = tracing->list;
    uint64_t *copies = arena_alloc_many(tracing->arena, list->count + 1, sizeof *copies);
    if (copies == NULL)
        return no_memory(fault);
    const struct found *first = &list->at[0];
    for (size_t i = 1; i < list->count; i++) {
        struct found *found = &list->at[i];
        uint64_t document = found->window.part.document;
        bool is_same = first->bits >= copied_bits && found->bits > first->bits - same_bits;
        if (found->bits < first->bits - near_bits ||
            !(is_same || passages_are_copies(&first->window, &first->alignment, &found->window,
                                             &found->alignment)))
            continue;
        found->is_copy = true;
        bool known = document == first->window.part.document;
        for (size_t k = 0; k < best->copy_count && !known; k++)
            known = copies[k] == document;
        if (!known)
            copies[best->copy_count++] = document;
    }
    best->copies = copies;
    return OK;
}

/* Bits by which the best stands before the next that is no copy. */
static double lead_of(const struct found_list *list, bool *elsewhere)
{
    *elsewhere = false;
    for (size_t i = 1; i < list->count; i++) {
        if (list->at[i].is_copy || list->at[i].surface > list->at[0].surface)
            continue;
        *elsewhere = list->at[i].window.part.document != list->at[0].window.part.document;
        /* A document that is supported elsewhere in the story does not come nearer by that. */
        double lead = list->at[0].bits - list->at[i].bits;
        double helped = lead + list->at[0].support - list->at[i].support;
        return helped > lead ? helped : lead;
    }
    return INFINITY;
}

static bool is_literal(const struct found *found)
{
    for (size_t i = 0; i < found->alignment.count; i++) {
        enum step_kind kind = found->alignment.steps[i].kind;
        if (kind != STEP_MATCH && kind != STEP_PASSED && kind != STEP_LITERAL)
            return false;
    }
    return true;
}

/* The quotation stands in this one place and its copies, word for word, and an exact count of all
 * places says so: what is common in its words does not make it doubtful. */
static bool stands_once(const struct tracing *tracing)
{
    const struct found_list *list = tracing->list;
    if (list->count == 0 || list->places == 0 || list->budget_hit || tracing->splice.is_found ||
        tracing->quote.words < LITERAL_WORDS || !is_literal(&list->at[0]))
        return false;
    size_t seen = 1;
    for (size_t i = 1; i < list->count; i++) {
        if (!list->at[i].is_copy && is_literal(&list->at[i]))
            return false;
        seen += list->at[i].is_copy;
    }
    return list->places <= seen;
}

static enum trace_reach reach_of(const struct tracing *tracing, double bits)
{
    const struct found_list *list = tracing->list;
    double threshold = threshold_of(tracing);
    bool elsewhere = false;
    double lead = lead_of(list, &elsewhere);
    bool spliced = tracing->splice.is_found;
    bool is_clear = list->count > 0 && !spliced && tracing->quote.words >= CLEAR_WORDS &&
                    bits >= clear_bits && bits >= clear_share * tracing->quote.bits &&
                    (lead >= clear_lead || !elsewhere);
    if (is_clear && bits < threshold)
        return TRACE_PROBABLE;
    if (bits >= candidate_bits && bits < threshold && stands_once(tracing))
        return TRACE_PROBABLE;
    if (list->count == 0 || bits < candidate_bits)
        return tracing->quote.bits < candidate_bits || tracing->quote.words <= 2 ? TRACE_TOO_COMMON
                                                                                 : TRACE_NOTHING;
    bits += list->at[0].support;
    if (tracing->quote.words <= 2 && list->at[0].support <= 0)
        return TRACE_TOO_COMMON;
    if (bits >= threshold - probable_below && lead < tie_bits && elsewhere && !spliced)
        return TRACE_AMBIGUOUS;
    if (bits >= threshold)
        return TRACE_TRACED;
    if (bits >= threshold - probable_below && (lead >= near_bits || !elsewhere))
        return TRACE_PROBABLE;
    return TRACE_CANDIDATES_ONLY;
}

static enum status answer(struct tracing *tracing, struct fault *fault)
{
    struct trace *trace = tracing->trace;
    struct found_list *list = tracing->list;
    trace->places = list->places;
    trace->budget_hit |= list->budget_hit;
    if (list->count > 0) {
        struct candidate *best = &trace->candidates[0];
        if (tracing->splice.is_found)
            TRY(candidate_spliced(tracing, best, fault));
        else
            TRY(candidate_make(tracing, &list->at[0], best, fault));
        trace->candidate_count = 1;
        if (!tracing->splice.is_found)
            TRY(unite_copies(tracing, best, fault));
    }
    for (size_t i = 1; i < list->count && trace->candidate_count < TRACE_CANDIDATES; i++)
        if (!list->at[i].is_copy && list->at[i].bits > list->at[0].bits - kept_within &&
            list->at[i].bits > 0) {
            TRY(candidate_make(tracing, &list->at[i], &trace->candidates[trace->candidate_count],
                               fault));
            trace->candidate_count++;
        }
    trace->reach = reach_of(tracing, trace->candidate_count > 0 ? trace->candidates[0].bits : 0);
    return OK;
}

/* At most WORDS_MAX words are traced: the rest of a longer one is cut, and budget_hit says so. */
static struct pattern cut_pattern(const struct pattern *pattern, bool *cut)
{
    struct pattern shorter = *pattern;
    uint32_t words = 0;
    size_t count = 0;
    while (count < pattern->count && count < NODES_MAX && words < WORDS_MAX)
        words += node_is_word(&pattern->nodes[count++]);
    *cut = count < pattern->count;
    if (!*cut)
        return shorter;
    shorter.count = count;
    shorter.words = words;
    shorter.end = pattern->nodes[count - 1].end;
    return shorter;
}

enum status tracer_trace(struct tracer *tracer, const struct pattern *pattern,
                         const struct trace_options *options, struct arena *arena,
                         struct trace *trace, struct fault *fault)
{
    struct tracing tracing = {
        .tracer = tracer, .options = options, .arena = arena, .trace = trace
    };
    *trace = (struct trace){ .reach = TRACE_TOO_COMMON };
    if (tracer->scratch.total > SCRATCH_KEPT)
        arena_release(&tracer->scratch);
    arena_clear(&tracer->scratch);
    struct pattern shorter = cut_pattern(pattern, &trace->budget_hit);
    TRY(quote_make(&tracing.quote, &shorter, &tracer->source, &tracer->scratch, fault));
    trace->verbatim_bits = tracing.quote.bits;
    tracing.list = arena_alloc(&tracer->scratch, sizeof *tracing.list);
    if (tracing.list == NULL)
        return no_memory(fault);
    if (tracing.quote.words > 0)
        TRY(found_search(&tracer->source, &tracing.quote, options, &tracer->scratch, tracing.list,
                         fault));
    if (tracing.list->count > 0)
        TRY(splice_find(&tracer->source, &tracing.quote, options, &tracing.list->at[0],
                        &tracer->scratch, &tracing.splice, fault));
    return answer(&tracing, fault);
}

#include "search/evaluate.h"

#include <math.h>

#include "base/clock.h"
#include "base/grow.h"

static const uint64_t budget_unless_said = UINT64_C(5000000000);

/* The best so far as a heap, the worst of them on top. */
struct ranking {
    enum stet_order order;
    uint64_t most;
    struct match *at;
    size_t count, room;
    uint64_t *split; /* documents seen that stand in several segments */
    size_t split_count, split_room;
};

static int date_group(const struct match *match)
{
    return match->date == COLUMN_NO_DATE ? 2 : match->flags & COLUMN_DATE_INFERRED ? 1 : 0;
}

/* Negative when a stands before b. */
static int ranking_compare(const struct ranking *ranking, const struct match *a,
                           const struct match *b)
{
    if (ranking->order == STET_BY_RANK) {
        if (a->is_furniture != b->is_furniture)
            return a->is_furniture ? 1 : -1;
        if (a->score != b->score)
            return a->score > b->score ? -1 : 1;
    } else {
        int groups = date_group(a) - date_group(b);
        if (groups != 0)
            return groups;
        if (a->date != b->date)
            return (a->date < b->date) == (ranking->order == STET_BY_DATE) ? -1 : 1;
    }
    return a->document < b->document ? -1 : a->document > b->document;
}

static void swap(struct match *a, struct match *b)
{
    struct match held = *a;
    *a = *b;
    *b = held;
}

static void sift_down(struct ranking *ranking, size_t at, size_t count)
{
    for (;;) {
        size_t worst = at, left = 2 * at + 1;
        for (size_t child = left; child < left + 2 && child < count; child++)
            if (ranking_compare(ranking, &ranking->at[child], &ranking->at[worst]) > 0)
                worst = child;
        if (worst == at)
            return;
        swap(&ranking->at[at], &ranking->at[worst]);
        at = worst;
    }
}

static enum status ranking_add(struct ranking *ranking, const struct match *match,
                               struct fault *fault)
{
    if (ranking->count == ranking->most) {
        if (ranking->most == 0 || ranking_compare(ranking, match, &ranking->at[0]) > 0)
            return OK;
        ranking->at[0] = *match;
        sift_down(ranking, 0, ranking->count);
        return OK;
    }
    if (!GROW(ranking->at, ranking->room, ranking->count))
        return no_memory(fault);
    size_t at = ranking->count++;
    ranking->at[at] = *match;
    while (at > 0 && ranking_compare(ranking, &ranking->at[at], &ranking->at[(at - 1) / 2]) > 0) {
        swap(&ranking->at[at], &ranking->at[(at - 1) / 2]);
        at = (at - 1) / 2;
    }
    return OK;
}

/* Best first. */
static void ranking_sort(struct ranking *ranking)
{
    for (size_t count = ranking->count; count > 1; count--) {
        swap(&ranking->at[0], &ranking->at[count - 1]);
        sift_down(ranking, 0, count - 1);
    }
}

/* Whether a document whose parts stand in several segments was counted already. */
static enum status ranking_knows(struct ranking *ranking, uint64_t document, bool *is_known,
                                 struct fault *fault)
{
    *is_known = false;
    for (size_t i = 0; i < ranking->split_count && !*is_known; i++)
        *is_known = ranking->split[i] == document;
    if (*is_known)
        return OK;
    if (!GROW(ranking->split, ranking->split_room, ranking->split_count))
        return no_memory(fault);
    ranking->split[ranking->split_count++] = document;
    return OK;
}

static enum status rank_found(const struct evaluation *evaluation, const struct found *found,
                              struct ranking *ranking, struct matching *matching,
                              struct fault *fault)
{
    struct part_shape last, shape;
    if (evaluation->parts == 0)
        return OK;
    TRY(segment_part(evaluation->segment, evaluation->parts - 1, &last, fault));
    for (uint32_t head = bits_next(found->any, 0, evaluation->parts); head != BITS_END;
         head = bits_next(found->any, head + 1, evaluation->parts)) {
        TRY(segment_part(evaluation->segment, head, &shape, fault));
        const struct columns *columns = &shape.columns;
        bool is_known = false;
        if (columns->part > 1 || columns->document == last.columns.document)
            TRY(ranking_knows(ranking, columns->document, &is_known, fault));
        if (is_known)
            continue;
        struct match match = {
            .score = evaluation->scores[head],
            .document = columns->document,
            .segment = (uint32_t)evaluation->plan->index,
            .head = head,
            .date = columns->date,
            .flags = columns->flags,
            .is_furniture = !bits_has(found->body, head),
        };
        matching->total++;
        matching->undated += date_group(&match) > 0;
        TRY(ranking_add(ranking, &match, fault));
    }
    return OK;
}

static enum status match_segment(const struct snapshot *snapshot, const struct query *query,
                                 const struct plan *plan, const struct weights *weights,
                                 struct budget *budget, struct ranking *ranking,
                                 struct matching *matching, struct fault *fault)
{
    struct evaluation evaluation = {
        .plan = plan,
        .segment = plan->segment,
        .seen = snapshot_seen(snapshot, plan->index),
        .parts = segment_part_count(plan->segment),
        .weights = weights,
        .budget = budget,
        .surfaces = { .segment = plan->segment },
    };
    SCOPED(found_release) struct found found = { 0 };
    FREED float *scores = calloc((size_t)evaluation.parts + 1, sizeof *scores);
    if (scores == NULL)
        return no_memory(fault);
    evaluation.scores = scores;
    TRY(found_new(&evaluation, &found, fault));
    enum status evaluated = evaluate(&evaluation, query->root, NULL, &found, fault);
    surfaces_release(&evaluation.surfaces);
    TRY(evaluated);
    return rank_found(&evaluation, &found, ranking, matching, fault);
}

static enum status plan_all(const struct snapshot *snapshot, const struct query *query,
                            struct matching *matching, struct weights *weights, struct fault *fault)
{
    SCOPED(planner_release) struct planner planner = { 0 };
    uint64_t parts = 0;
    matching->plan_count = snapshot_segment_count(snapshot);
    matching->plans =
        arena_alloc_many(query->arena, matching->plan_count + 1, sizeof *matching->plans);
    float *idf = arena_alloc_many(query->arena, query->words + 1, sizeof *idf);
    if (matching->plans == NULL || idf == NULL)
        return no_memory(fault);
    TRY(planner_begin(&planner, query, fault));
    for (size_t i = 0; i < matching->plan_count; i++) {
        const struct segment *segment = snapshot_segment(snapshot, i);
        parts += segment_part_count(segment);
        TRY(plan_make(&planner, segment, i, &matching->plans[i], fault));
    }
    for (uint32_t i = 0; i < query->words; i++) {
        double with = (double)(planner.word_parts[i] < parts ? planner.word_parts[i] : parts);
        idf[i] = (float)log(1 + ((double)parts - with + 0.5) / (with + 0.5));
    }
    uint64_t seen = snapshot_part_total(snapshot);
    double average = seen > 0 ? (double)snapshot_word_total(snapshot) / (double)seen : 1;
    *weights = (struct weights){ idf, average > 1 ? (float)average : 1 };
    return OK;
}

static enum status match_all(const struct snapshot *snapshot, const struct query *query,
                             const struct match_wanted *wanted, struct ranking *ranking,
                             struct matching *matching, struct fault *fault)
{
    struct weights weights;
    uint64_t budget_ns = wanted->budget_ns > 0 ? wanted->budget_ns : budget_unless_said;
    struct budget budget = { .deadline = clock_monotonic() + budget_ns };
    TRY(plan_all(snapshot, query, matching, &weights, fault));
    for (size_t i = 0; i < matching->plan_count; i++)
        TRY(match_segment(snapshot, query, &matching->plans[i], &weights, &budget, ranking,
                          matching, fault));
    matching->is_cut = budget.is_cut;
    return OK;
}

enum status match_query(const struct snapshot *snapshot, const struct query *query,
                        const struct match_wanted *wanted, struct matching *matching,
                        struct fault *fault)
{
    struct ranking ranking = { .order = wanted->order };
    *matching = (struct matching){ 0 };
    if (__builtin_add_overflow(wanted->skip, wanted->most, &ranking.most))
        ranking.most = UINT64_MAX;
    enum status matched = match_all(snapshot, query, wanted, &ranking, matching, fault);
    free(ranking.split);
    if (matched != OK) {
        free(ranking.at);
        return matched;
    }
    ranking_sort(&ranking);
    uint64_t skip = wanted->skip < ranking.count ? wanted->skip : ranking.count;
    matching->count = ranking.count - (size_t)skip;
    if (matching->count > 0)
        memmove(ranking.at, ranking.at + skip, matching->count * sizeof *ranking.at);
    matching->at = ranking.at;
    return OK;
}

void matching_release(struct matching *matching)
{
    free(matching->at);
    *matching = (struct matching){ 0 };
}

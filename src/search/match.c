#include "search/match.h"

#include <math.h>

#include "base/clock.h"
#include "search/direct.h"
#include "search/evaluate.h"
#include "search/ranking.h"

static const uint64_t budget_unless_said = UINT64_C(5000000000);

/* Documents that stand in several segments count where they are met first. */
static enum status drop_known(const struct window *window, const struct segment *segment,
                              struct ranking *ranking, struct found *found, struct fault *fault)
{
    uint64_t split[WINDOW_WORDS];
    uint32_t last, words;
    memcpy(split, window->chunk->later, sizeof split);
    TRY(window_head(window, window->parts - 1, &last, &words, fault));
    if (last - window->base < WINDOW)
        bits_add(split, last - window->base);
    for (size_t i = 0; i < WINDOW_WORDS; i++)
        split[i] &= found->any[i];
    for (uint32_t at = bits_next(split, 0, WINDOW); at != BITS_END;
         at = bits_next(split, at + 1, WINDOW)) {
        struct part_shape shape;
        bool is_known;
        TRY(segment_part(segment, window->base + at, &shape, fault));
        TRY(ranking_knows(ranking, shape.columns.document, &is_known, fault));
        if (!is_known)
            continue;
        bits_remove(found->any, at);
        bits_remove(found->body, at);
    }
    return OK;
}

static enum status rank_one(const struct evaluation *evaluation, uint32_t at, bool is_furniture,
                            struct ranking *ranking, struct fault *fault)
{
    const struct scene *scene = &evaluation->scene;
    struct part_shape shape;
    struct match match = {
        .score = evaluation->is_scored ? (double)evaluation->scores[at] : 0,
        .segment = (uint32_t)scene->plan->index,
        .head = scene->window.base + at,
        .date = scene->window.chunk->dates[at],
        .flags = scene->window.chunk->flags[at],
        .is_furniture = is_furniture,
    };
    if (!ranking_may_take(ranking, &match))
        return OK;
    TRY(segment_part(scene->plan->segment, match.head, &shape, fault));
    match.document = shape.columns.document;
    return ranking_add(ranking, &match, fault);
}

static enum status rank_window(const struct evaluation *evaluation, const struct found *found,
                               struct ranking *ranking, struct fault *fault)
{
    float threshold = ranking_threshold(ranking);
    bool is_full = threshold >= 0;
    const float *scores = evaluation->scores;
    if (ranking->most == 0 || (is_full && !evaluation->is_scored))
        return OK;
    for (size_t i = 0; i < WINDOW_WORDS; i++) {
        for (uint64_t rest = is_full ? found->body[i] : found->any[i]; rest != 0;
             rest &= rest - 1) {
            uint32_t at = (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(rest);
            if (is_full && scores[at] < threshold)
                continue;
            TRY(rank_one(evaluation, at, !bits_has(found->body, at), ranking, fault));
        }
        threshold = ranking_threshold(ranking);
        is_full = threshold >= 0;
    }
    return OK;
}

/* A window that time ran out on is not counted: what it lacks may be what NOT would have removed.
 */
static enum status rank_windows(struct evaluation *evaluation, const struct node *root,
                                struct ranking *ranking, struct matching *matching,
                                struct fault *fault)
{
    struct window *window = &evaluation->scene.window;
    struct budget *budget = evaluation->scene.budget;
    for (uint32_t from = 0; !budget_look(budget); from = window->limit) {
        struct found found;
        uint32_t head;
        TRY(evaluation_next(evaluation, root, from, &head, fault));
        if (head == BITS_END)
            return OK;
        TRY(evaluation_window(evaluation, root, head, ranking_threshold(ranking), &found, fault));
        if (budget->is_cut)
            return OK;
        TRY(drop_known(window, evaluation->scene.plan->segment, ranking, &found, fault));
        matching->total += bits_count(found.any, WINDOW_WORDS);
        if (matching->wanted->seen != NULL)
            TRY(matching->wanted->seen(matching->wanted->context, evaluation->scene.plan->index,
                                       window, found.any, fault));
        if (ranking->order != STET_BY_RANK)
            matching->undated += bits_count_shared(found.any, window->chunk->undated, WINDOW_WORDS);
        TRY(rank_window(evaluation, &found, ranking, fault));
    }
    return OK;
}

/* The last document may go on in another segment: it must not be counted there again. */
static enum status remember_last(const struct segment *segment, struct ranking *ranking,
                                 struct fault *fault)
{
    struct part_shape shape;
    bool is_known;
    TRY(segment_part(segment, segment_part_count(segment) - 1, &shape, fault));
    return ranking_knows(ranking, shape.columns.document, &is_known, fault);
}

/* Of one word the total is often known beforehand; then only the best are looked for. */
static enum status match_windows(struct evaluation *evaluation, const struct node *root,
                                 struct ranking *ranking, struct matching *matching,
                                 struct fault *fault)
{
    struct scene *scene = &evaluation->scene;
    struct source_total counted = { 0 };
    uint64_t before = matching->total;
    if (ranking->order == STET_BY_RANK && !scene->only_best && matching->wanted->seen == NULL)
        TRY(evaluation_count(evaluation, root, &counted, fault));
    scene->only_best |= counted.is_known;
    TRY(rank_windows(evaluation, root, ranking, matching, fault));
    if (!counted.is_known || scene->budget->is_cut)
        return OK;
    matching->total = before + counted.parts;
    return counted.has_last ? remember_last(scene->plan->segment, ranking, fault) : OK;
}

struct question {
    const struct snapshot *snapshot;
    const struct query *query;
    const struct match_wanted *wanted;
    struct weights weights;
    struct budget budget;
    struct ranking ranking;
};

static void question_release(struct question *question)
{
    ranking_release(&question->ranking);
}

/* Whether the segment could be answered from its lists at once. */
static enum status match_directly(struct question *question, const struct plan *plan,
                                  struct matching *matching, bool *done, struct fault *fault)
{
    const struct snapshot *snapshot = question->snapshot;
    struct direct direct = {
        .snapshot = snapshot,
        .plan = plan,
        .weights = &question->weights,
        .budget = &question->budget,
        .arena = question->query->arena,
        .ranking = &question->ranking,
        .window = { .shapes = snapshot_shapes(snapshot, plan->index),
                    .seen_parts = snapshot_seen(snapshot, plan->index),
                    .parts = segment_part_count(plan->segment) },
        .only_best = question->wanted->only_best,
    };
    TRY(direct_match(&direct, question->query->root, done, fault));
    if (!*done)
        return OK;
    matching->total += direct.total;
    return direct.has_last ? remember_last(plan->segment, &question->ranking, fault) : OK;
}

static enum status match_segment(struct question *question, const struct plan *plan,
                                 struct matching *matching, struct fault *fault)
{
    const struct snapshot *snapshot = question->snapshot;
    SCOPED(evaluation_release)
    struct evaluation evaluation = {
        .scene = { .snapshot = snapshot,
                   .plan = plan,
                   .weights = &question->weights,
                   .budget = &question->budget,
                   .surfaces = { .segment = plan->segment },
                   .window = { .shapes = snapshot_shapes(snapshot, plan->index),
                               .seen_parts = snapshot_seen(snapshot, plan->index),
                               .parts = segment_part_count(plan->segment) },
                   .only_best = question->wanted->only_best && question->ranking.most > 0 &&
                                question->wanted->order == STET_BY_RANK },
    };
    bool is_done;
    if (evaluation.scene.window.parts == 0)
        return OK;
    if (question->wanted->seen == NULL) {
        TRY(match_directly(question, plan, matching, &is_done, fault));
        if (is_done)
            return OK;
    }
    bool is_scored = question->wanted->order == STET_BY_RANK && question->ranking.most > 0;
    TRY(evaluation_begin(&evaluation, question->query, is_scored, fault));
    return match_windows(&evaluation, question->query->root, &question->ranking, matching, fault);
}

static enum status plan_all(struct question *question, struct matching *matching,
                            struct fault *fault)
{
    const struct snapshot *snapshot = question->snapshot;
    const struct query *query = question->query;
    SCOPED(planner_release) struct planner planner = { 0 };
    uint64_t parts = 0;
    matching->plan_count = snapshot_segment_count(snapshot);
    matching->plans =
        arena_alloc_many(query->arena, matching->plan_count + 1, sizeof *matching->plans);
    float *idf = arena_alloc_many(query->arena, query->words + 1, sizeof *idf);
    if (matching->plans == NULL || idf == NULL)
        return no_memory(fault);
    TRY(planner_begin(&planner, query, &question->budget, fault));
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
    question->weights = (struct weights){ idf, average > 1 ? (float)average : 1 };
    return OK;
}

/* The page asked for moves to the caller. */
static void take_page(struct question *question, struct matching *matching)
{
    struct ranking *ranking = &question->ranking;
    ranking_sort(ranking);
    uint64_t skip = question->wanted->skip;
    skip = skip < ranking->count ? skip : ranking->count;
    matching->count = ranking->count - (size_t)skip;
    if (matching->count > 0)
        memmove(ranking->at, ranking->at + skip, matching->count * sizeof *ranking->at);
    matching->at = take(ranking->at);
}

enum status match_query(const struct snapshot *snapshot, const struct query *query,
                        const struct match_wanted *wanted, struct matching *matching,
                        struct fault *fault)
{
    uint64_t budget_ns = wanted->budget_ns > 0 ? wanted->budget_ns : budget_unless_said;
    SCOPED(question_release)
    struct question question = {
        .snapshot = snapshot,
        .query = query,
        .wanted = wanted,
        .budget = { .deadline = clock_monotonic() + budget_ns, .stop = wanted->stop },
        .ranking = { .order = wanted->order },
    };
    *matching = (struct matching){ .wanted = wanted };
    if (wanted->most > 0 &&
        __builtin_add_overflow(wanted->skip, wanted->most, &question.ranking.most))
        question.ranking.most = UINT64_MAX;
    TRY(plan_all(&question, matching, fault));
    for (size_t i = 0; i < matching->plan_count; i++)
        TRY(match_segment(&question, &matching->plans[i], matching, fault));
    matching->is_cut = question.budget.is_cut;
    matching->wanted = NULL;
    matching->is_least = wanted->only_best && wanted->most > 0 && wanted->order == STET_BY_RANK;
    take_page(&question, matching);
    return OK;
}

void matching_release(struct matching *matching)
{
    free(matching->at);
    *matching = (struct matching){ 0 };
}

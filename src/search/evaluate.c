#include "search/evaluate.h"

#include "base/clock.h"

/* What a node needs in one segment. */
struct step {
    struct source *source;        /* of words and NEAR; NULL: nothing of it is here */
    const struct node **children; /* of AND, the cheapest first */
    size_t child_count;
};

static bool has_source(const struct node *node)
{
    return node->kind == NODE_WORDS || node->kind == NODE_NEAR;
}

static uint64_t sum_parts(const struct planned_term *terms, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += terms[i].term.parts;
    return sum;
}

/* A guess at the documents that a node leads to; the cheapest of an AND goes first. */
static uint64_t cost_of(const struct evaluation *evaluation, const struct node *node)
{
    uint64_t cost = node->kind == NODE_OR ? 0 : UINT64_MAX / 4;
    if (node->kind == NODE_NOT)
        return UINT64_MAX;
    if (node->kind >= NODE_DATE)
        return UINT64_MAX / 2;
    for (size_t i = 0; i < node->word_count; i++) {
        const struct planned_word *planned = &evaluation->scene.plan->words[node->words[i].id];
        uint64_t parts = sum_parts(planned->body, planned->body_count) +
                         sum_parts(planned->furniture, planned->furniture_count);
        cost = parts < cost ? parts : cost;
    }
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        uint64_t inner = cost_of(evaluation, child);
        if (node->kind == NODE_OR)
            cost = inner > UINT64_MAX / 4 - cost ? UINT64_MAX / 4 : cost + inner;
        else
            cost = inner < cost ? inner : cost;
    }
    return node->word_count > 1 ? cost * 2 : cost;
}

/* Insertion keeps those of one cost in their order; an AND has few children. */
static enum status order_children(const struct evaluation *evaluation, const struct node *node,
                                  struct step *step, struct arena *arena, struct fault *fault)
{
    size_t count = 0;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        count++;
    step->children = arena_alloc_many(arena, count, sizeof *step->children);
    uint64_t *costs = arena_alloc_many(arena, count, sizeof *costs);
    if (step->children == NULL || costs == NULL)
        return no_memory(fault);
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        uint64_t cost = cost_of(evaluation, child);
        size_t at = step->child_count++;
        for (; at > 0 && costs[at - 1] > cost; at--) {
            costs[at] = costs[at - 1];
            step->children[at] = step->children[at - 1];
        }
        costs[at] = cost;
        step->children[at] = child;
    }
    return OK;
}

static enum status steps_make(struct evaluation *evaluation, const struct node *node,
                              struct arena *arena, struct fault *fault)
{
    struct step *step = &evaluation->steps[node->id];
    if (has_source(node))
        return source_new(&evaluation->scene, node, &step->source, fault);
    if (node->kind == NODE_AND)
        TRY(order_children(evaluation, node, step, arena, fault));
    for (const struct node *child = node->first; child != NULL; child = child->next)
        TRY(steps_make(evaluation, child, arena, fault));
    return OK;
}

enum status evaluation_begin(struct evaluation *evaluation, const struct query *query, bool scored,
                             struct fault *fault)
{
    evaluation->nodes = query->nodes;
    evaluation->steps = arena_alloc_many(query->arena, query->nodes, sizeof *evaluation->steps);
    if (scored)
        evaluation->scores = arena_alloc_many(query->arena, WINDOW, sizeof *evaluation->scores);
    if (evaluation->steps == NULL || (scored && evaluation->scores == NULL))
        return no_memory(fault);
    return steps_make(evaluation, query->root, query->arena, fault);
}

void evaluation_release(struct evaluation *evaluation)
{
    for (uint32_t i = 0; evaluation->steps != NULL && i < evaluation->nodes; i++)
        source_free(evaluation->steps[i].source);
    surfaces_release(&evaluation->scene.surfaces);
}

static enum status next_of_source(struct evaluation *evaluation, struct source *source,
                                  uint32_t from, uint32_t *head, struct fault *fault)
{
    uint32_t part, words;
    *head = BITS_END;
    if (source == NULL)
        return OK;
    TRY(source_next(source, from, &part, fault));
    if (part == POSTINGS_END)
        return OK;
    return window_head(&evaluation->scene.window, part, head, &words, fault);
}

enum status evaluation_next(struct evaluation *evaluation, const struct node *node, uint32_t from,
                            uint32_t *head, struct fault *fault)
{
    struct step *step = &evaluation->steps[node->id];
    uint32_t next;
    if (has_source(node))
        return next_of_source(evaluation, step->source, from, head, fault);
    *head = from < evaluation->scene.window.parts ? from : BITS_END;
    if (node->kind == NODE_AND)
        for (size_t i = 0; i < step->child_count && *head != BITS_END; i++) {
            TRY(evaluation_next(evaluation, step->children[i], *head, &next, fault));
            *head = next > *head ? next : *head;
        }
    if (node->kind != NODE_OR)
        return OK;
    *head = BITS_END;
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        TRY(evaluation_next(evaluation, child, from, &next, fault));
        *head = next < *head ? next : *head;
    }
    return OK;
}

/* A date of a month or a year stands for all its days. */
static int32_t last_day(int32_t date, uint8_t flags)
{
    int year, month, day;
    if ((flags & (COLUMN_DATE_YEAR | COLUMN_DATE_MONTH)) == 0)
        return date;
    date_from_days(date, &year, &month, &day);
    if (flags & COLUMN_DATE_YEAR || month == 12)
        return days_from_date(year, 12, 31);
    return days_from_date(year, month + 1, 1) - 1;
}

static bool date_fits(const struct node *node, int32_t date, uint8_t flags)
{
    if (date == COLUMN_NO_DATE || node->is_undated)
        return date == COLUMN_NO_DATE && node->is_undated;
    return date <= node->to && last_day(date, flags) >= node->from;
}

static bool filter_fits(const struct node *node, const struct shape_chunk *chunk, uint32_t at)
{
    if (node->kind == NODE_DATE)
        return date_fits(node, chunk->dates[at], chunk->flags[at]);
    if (node->kind == NODE_CLASS)
        return chunk->class_ranks[at] == node->rank ||
               (node->is_at_least && chunk->class_ranks[at] > node->rank);
    return node->kind != NODE_KIND || chunk->kinds[at] == node->document_kind;
}

/* A collection is a set already. */
static enum status add_members(struct evaluation *evaluation, const struct node *node,
                               const uint64_t *within, struct found *found, struct fault *fault)
{
    const struct scene *scene = &evaluation->scene;
    const uint64_t *parts;
    TRY(snapshot_collection(scene->snapshot, scene->plan->index, node->collection, &parts, fault));
    parts += scene->window.base / 64;
    size_t words = (scene->window.chunk->count + (size_t)63) / 64;
    for (size_t i = 0; i < words; i++) {
        found->body[i] |= within[i] & parts[i];
        found->any[i] |= within[i] & parts[i];
    }
    return OK;
}

/* Every document that the filter takes; all of them for a node that is no filter. */
static enum status add_filtered(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    uint64_t heads[WINDOW_WORDS];
    if (within == NULL) {
        TRY(window_heads(&evaluation->scene.window, heads, fault));
        within = heads;
    }
    if (node->kind == NODE_COLLECTION)
        return add_members(evaluation, node, within, found, fault);
    const struct shape_chunk *chunk = evaluation->scene.window.chunk;
    for (uint32_t at = bits_next(within, 0, WINDOW); at != BITS_END;
         at = bits_next(within, at + 1, WINDOW)) {
        if (!filter_fits(node, chunk, at))
            continue;
        bits_add(found->body, at);
        bits_add(found->any, at);
    }
    return OK;
}

static void found_remove(struct found *from, const uint64_t *removed)
{
    for (size_t i = 0; i < WINDOW_WORDS; i++) {
        from->body[i] &= ~removed[i];
        from->any[i] &= ~removed[i];
    }
}

static void found_add(struct found *to, const struct found *more)
{
    for (size_t i = 0; i < WINDOW_WORDS; i++) {
        to->body[i] |= more->body[i];
        to->any[i] |= more->any[i];
    }
}

static void found_keep(struct found *to, const struct found *with)
{
    for (size_t i = 0; i < WINDOW_WORDS; i++) {
        to->body[i] &= with->body[i];
        to->any[i] &= with->any[i];
    }
}

static bool found_nothing(const struct found *found)
{
    uint64_t all = 0;
    for (size_t i = 0; i < WINDOW_WORDS; i++)
        all |= found->any[i];
    return all == 0;
}

static enum status evaluate(struct evaluation *evaluation, const struct node *node,
                            const uint64_t *within, struct found *found, struct fault *fault);

static enum status evaluate_not(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    struct found all = { 0 }, denied = { 0 };
    float *scores = evaluation->scene.scores;
    TRY(add_filtered(evaluation, node, within, &all, fault));
    evaluation->scene.scores = NULL;
    TRY(evaluate(evaluation, node->first, all.any, &denied, fault));
    evaluation->scene.scores = scores;
    found_remove(&all, denied.body);
    found_add(found, &all);
    return OK;
}

static enum status evaluate_all(struct evaluation *evaluation, const struct step *step,
                                const uint64_t *within, struct found *kept, struct fault *fault)
{
    for (size_t i = 0; i < step->child_count; i++) {
        struct found next = { 0 };
        const uint64_t *among = i == 0 ? within : kept->any;
        if (i > 0 && found_nothing(kept))
            return OK;
        TRY(evaluate(evaluation, step->children[i], among, &next, fault));
        if (i == 0)
            *kept = next;
        else
            found_keep(kept, &next);
    }
    return OK;
}

/* Inside OR, what only some branches of an AND gave must not count. */
static enum status evaluate_and(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    struct found kept = { 0 };
    const struct step *step = &evaluation->steps[node->id];
    float *scores = evaluation->scene.scores;
    if (scores == NULL || evaluation->either == 0) {
        TRY(evaluate_all(evaluation, step, within, &kept, fault));
        found_add(found, &kept);
        return OK;
    }
    FREED float *own = calloc(WINDOW, sizeof *own);
    if (own == NULL)
        return no_memory(fault);
    evaluation->scene.scores = own;
    TRY(evaluate_all(evaluation, step, within, &kept, fault));
    evaluation->scene.scores = scores;
    for (uint32_t at = bits_next(kept.body, 0, WINDOW); at != BITS_END;
         at = bits_next(kept.body, at + 1, WINDOW))
        scores[at] += own[at];
    found_add(found, &kept);
    return OK;
}

static enum status evaluate_or(struct evaluation *evaluation, const struct node *node,
                               const uint64_t *within, struct found *found, struct fault *fault)
{
    evaluation->either++;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        TRY(evaluate(evaluation, child, within, found, fault));
    evaluation->either--;
    return OK;
}

static enum status evaluate(struct evaluation *evaluation, const struct node *node,
                            const uint64_t *within, struct found *found, struct fault *fault)
{
    struct source *source = evaluation->steps[node->id].source;
    switch (node->kind) {
    case NODE_AND:
        return evaluate_and(evaluation, node, within, found, fault);
    case NODE_OR:
        return evaluate_or(evaluation, node, within, found, fault);
    case NODE_NOT:
        return evaluate_not(evaluation, node, within, found, fault);
    case NODE_NEAR:
    case NODE_WORDS:
        return source == NULL ? OK : source_add(source, &evaluation->scene, within, found, fault);
    case NODE_DATE:
    case NODE_CLASS:
    case NODE_KIND:
    case NODE_COLLECTION:
        return add_filtered(evaluation, node, within, found, fault);
    }
    return OK;
}

/* The most that a document of the window can score. */
static enum status top_of(struct evaluation *evaluation, const struct node *node, float *top,
                          struct fault *fault)
{
    struct source *source = evaluation->steps[node->id].source;
    *top = 0;
    if (node->kind == NODE_NOT)
        return OK;
    if (has_source(node))
        return source == NULL ? OK : source_top(source, &evaluation->scene, top, fault);
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        float more;
        TRY(top_of(evaluation, child, &more, fault));
        *top += more;
    }
    return OK;
}

enum status evaluation_window(struct evaluation *evaluation, const struct node *root, uint32_t head,
                              float threshold, struct found *found, struct fault *fault)
{
    struct scene *scene = &evaluation->scene;
    TRY(window_enter(&scene->window, head, fault));
    memset(found, 0, sizeof *found);
    scene->threshold = threshold;
    scene->top = 0;
    evaluation->is_scored = evaluation->scores != NULL;
    if (evaluation->is_scored && threshold >= 0) {
        TRY(top_of(evaluation, root, &scene->top, fault));
        evaluation->is_scored = scene->top >= threshold;
    }
    scene->scores = evaluation->is_scored ? evaluation->scores : NULL;
    if (evaluation->is_scored)
        memset(evaluation->scores, 0, WINDOW * sizeof *evaluation->scores);
    else if (scene->only_best && threshold >= 0)
        return OK;
    return evaluate(evaluation, root, NULL, found, fault);
}

enum { WINDOW_SHARE = 16 };

enum status evaluation_count(const struct evaluation *evaluation, const struct node *root,
                             struct source_total *total, struct fault *fault)
{
    const struct scene *scene = &evaluation->scene;
    const struct source *source = evaluation->steps[root->id].source;
    *total = (struct source_total){ 0 };
    if (root->kind != NODE_WORDS || source == NULL)
        return OK;
    TRY(source_count(source, scene, total, fault));
    if (total->parts <= scene->window.parts / WINDOW_SHARE)
        total->is_known = false;
    return total->is_known ? window_is_plain(&scene->window, &total->is_known, fault) : OK;
}

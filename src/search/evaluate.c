#include "search/evaluate.h"

#include "base/clock.h"

static size_t bit_words(const struct evaluation *evaluation)
{
    return ((size_t)evaluation->parts + 63) / 64 + 1;
}

enum status found_new(const struct evaluation *evaluation, struct found *found, struct fault *fault)
{
    found->body = calloc(bit_words(evaluation), sizeof *found->body);
    found->any = calloc(bit_words(evaluation), sizeof *found->any);
    return found->body == NULL || found->any == NULL ? no_memory(fault) : OK;
}

void found_release(struct found *found)
{
    free(found->body);
    free(found->any);
    *found = (struct found){ 0 };
}

/* A date of a month or a year stands for all its days. */
static int32_t last_day(const struct columns *columns)
{
    int year, month, day;
    if ((columns->flags & (COLUMN_DATE_YEAR | COLUMN_DATE_MONTH)) == 0)
        return columns->date;
    date_from_days(columns->date, &year, &month, &day);
    if (columns->flags & COLUMN_DATE_YEAR || month == 12)
        return days_from_date(year, 12, 31);
    return days_from_date(year, month + 1, 1) - 1;
}

static bool is_member(const struct node *node, uint64_t document)
{
    size_t low = 0, high = node->document_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (node->documents[middle] < document)
            low = middle + 1;
        else
            high = middle;
    }
    return low < node->document_count && node->documents[low] == document;
}

static bool filter_takes(const struct node *node, const struct columns *columns)
{
    switch (node->kind) {
    case NODE_DATE:
        if (columns->date == COLUMN_NO_DATE || node->is_undated)
            return columns->date == COLUMN_NO_DATE && node->is_undated;
        return columns->date <= node->to && last_day(columns) >= node->from;
    case NODE_CLASS:
        return columns->class_rank == node->rank ||
               (node->is_at_least && columns->class_rank > node->rank);
    case NODE_KIND:
        return columns->kind == node->document_kind;
    case NODE_COLLECTION:
        return is_member(node, columns->document);
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
    case NODE_NEAR:
    case NODE_WORDS:
        break;
    }
    return true;
}

/* Every document that the filter takes; all of them for a node that is no filter. */
static enum status add_filtered(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    const uint64_t *from = within != NULL ? within : evaluation->seen;
    for (uint32_t part = bits_next(from, 0, evaluation->parts);
         part != BITS_END && !budget_spent(evaluation->budget);
         part = bits_next(from, part + 1, evaluation->parts)) {
        struct part_shape shape;
        uint32_t head = part;
        if (within != NULL)
            TRY(segment_part(evaluation->segment, part, &shape, fault));
        else
            TRY(document_head(evaluation->segment, part, &shape, &head, fault));
        if (!filter_takes(node, &shape.columns))
            continue;
        bits_add(found->body, head);
        bits_add(found->any, head);
    }
    return OK;
}

static void found_remove(const struct evaluation *evaluation, struct found *from,
                         const uint64_t *removed)
{
    for (size_t i = 0; i < bit_words(evaluation); i++) {
        from->body[i] &= ~removed[i];
        from->any[i] &= ~removed[i];
    }
}

static void found_add(const struct evaluation *evaluation, struct found *to,
                      const struct found *more)
{
    for (size_t i = 0; i < bit_words(evaluation); i++) {
        to->body[i] |= more->body[i];
        to->any[i] |= more->any[i];
    }
}

/* When time is over, what NOT would have removed is not known: nothing is left rather than a wrong
 * hit. */
static void found_clear_if_cut(const struct evaluation *evaluation, struct found *found)
{
    if (evaluation->budget->is_cut)
        found_remove(evaluation, found, found->any);
}

static enum status evaluate_not(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    SCOPED(found_release) struct found all = { 0 };
    SCOPED(found_release) struct found denied = { 0 };
    TRY(found_new(evaluation, &all, fault));
    TRY(found_new(evaluation, &denied, fault));
    TRY(add_filtered(evaluation, node, within, &all, fault));
    evaluation->silent++;
    TRY(evaluate(evaluation, node->first, all.any, &denied, fault));
    evaluation->silent--;
    found_remove(evaluation, &all, denied.body);
    found_clear_if_cut(evaluation, &all);
    found_add(evaluation, found, &all);
    return OK;
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
        const struct planned_word *planned = &evaluation->plan->words[node->words[i].id];
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

struct ordered {
    const struct node *node;
    uint64_t cost;
    size_t turn;
};

static int by_cost(const void *a, const void *b)
{
    const struct ordered *left = a, *right = b;
    if (left->cost != right->cost)
        return left->cost < right->cost ? -1 : 1;
    return left->turn < right->turn ? -1 : 1;
}

static enum status order_children(const struct evaluation *evaluation, const struct node *node,
                                  struct ordered **ordered, size_t *count, struct fault *fault)
{
    *count = 0;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        ++*count;
    *ordered = calloc(*count, sizeof **ordered);
    if (*ordered == NULL)
        return no_memory(fault);
    size_t i = 0;
    for (const struct node *child = node->first; child != NULL; child = child->next, i++)
        (*ordered)[i] = (struct ordered){ child, cost_of(evaluation, child), i };
    qsort(*ordered, *count, sizeof **ordered, by_cost);
    return OK;
}

/* Keep in `to` what is in `with` too. */
static void found_keep(const struct evaluation *evaluation, struct found *to,
                       const struct found *with)
{
    for (size_t i = 0; i < bit_words(evaluation); i++) {
        to->body[i] &= with->body[i];
        to->any[i] &= with->any[i];
    }
}

static enum status evaluate_and(struct evaluation *evaluation, const struct node *node,
                                const uint64_t *within, struct found *found, struct fault *fault)
{
    FREED struct ordered *ordered = NULL;
    size_t count = 0;
    SCOPED(found_release) struct found kept = { 0 };
    TRY(order_children(evaluation, node, &ordered, &count, fault));
    TRY(found_new(evaluation, &kept, fault));
    for (size_t i = 0; i < count; i++) {
        SCOPED(found_release) struct found next = { 0 };
        if (i > 0 && bits_next(kept.any, 0, evaluation->parts) == BITS_END)
            return OK;
        TRY(found_new(evaluation, &next, fault));
        TRY(evaluate(evaluation, ordered[i].node, i == 0 ? within : kept.any, &next, fault));
        if (i == 0)
            found_add(evaluation, &kept, &next);
        else
            found_keep(evaluation, &kept, &next);
    }
    found_add(evaluation, found, &kept);
    return OK;
}

enum status evaluate(struct evaluation *evaluation, const struct node *node, const uint64_t *within,
                     struct found *found, struct fault *fault)
{
    switch (node->kind) {
    case NODE_AND:
        return evaluate_and(evaluation, node, within, found, fault);
    case NODE_OR:
        for (const struct node *child = node->first; child != NULL; child = child->next)
            TRY(evaluate(evaluation, child, within, found, fault));
        return OK;
    case NODE_NOT:
        return evaluate_not(evaluation, node, within, found, fault);
    case NODE_NEAR:
    case NODE_WORDS:
        return evaluate_words(evaluation, node, within, found, fault);
    case NODE_DATE:
    case NODE_CLASS:
    case NODE_KIND:
    case NODE_COLLECTION:
        return add_filtered(evaluation, node, within, found, fault);
    }
    return OK;
}

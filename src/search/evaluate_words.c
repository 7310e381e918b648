#include "search/evaluate.h"

#include "base/clock.h"

static const float saturation = 1.2f, length_share = 0.75f;

enum { TICKS_BETWEEN_LOOKS = 2048 };

bool budget_spent(struct budget *budget)
{
    if (++budget->ticks % TICKS_BETWEEN_LOOKS == 0 && clock_monotonic() >= budget->deadline)
        budget->is_cut = true;
    return budget->is_cut;
}

enum status document_head(const struct segment *segment, uint32_t part, struct part_shape *shape,
                          uint32_t *head, struct fault *fault)
{
    struct part_shape first;
    TRY(segment_part(segment, part, shape, fault));
    *head = part;
    uint32_t before = shape->columns.part - 1;
    if (shape->columns.part <= 1)
        return OK;
    if (before <= part) {
        TRY(segment_part(segment, part - before, &first, fault));
        if (first.columns.document == shape->columns.document) {
            *head = part - before;
            return OK;
        }
    }
    while (*head > 0) {
        TRY(segment_part(segment, *head - 1, &first, fault));
        if (first.columns.document != shape->columns.document)
            return OK;
        --*head;
    }
    return OK;
}

/* The score that one word or phrase gives: of the best part of each document. */
struct tally {
    struct evaluation *evaluation;
    float weight;
    uint32_t head;
    float best;
};

static void tally_end(struct tally *tally)
{
    if (tally->best > 0 && tally->evaluation->silent == 0)
        tally->evaluation->scores[tally->head] += tally->best;
    tally->best = 0;
}

static void tally_part(struct tally *tally, uint32_t head, uint32_t occurrences, uint32_t words)
{
    if (head != tally->head) {
        tally_end(tally);
        tally->head = head;
    }
    float average = tally->evaluation->weights->average;
    float length = 1 - length_share + length_share * (float)words / average;
    float times = (float)occurrences;
    float score = tally->weight * times * (saturation + 1) / (times + saturation * length);
    tally->best = score > tally->best ? score : tally->best;
}

/* Where to go on after a part: past documents that are not among `within`. */
static uint32_t next_target(const struct evaluation *evaluation, const uint64_t *within,
                            uint32_t part, uint32_t head)
{
    if (within == NULL)
        return part + 1;
    uint32_t next = bits_next(within, head, evaluation->parts);
    return next == BITS_END ? POSTINGS_END : next > part ? next : part + 1;
}

static enum status add_term(struct evaluation *evaluation, const struct term *term, float weight,
                            const uint64_t *within, uint64_t *body, uint64_t *any,
                            struct fault *fault)
{
    struct postings postings;
    struct tally tally = { .evaluation = evaluation, .weight = weight };
    TRY(postings_begin(&postings, evaluation->segment, term, fault));
    TRY(postings_seek(&postings, within != NULL ? bits_next(within, 0, evaluation->parts) : 0,
                      fault));
    while (postings.part != POSTINGS_END && !budget_spent(evaluation->budget)) {
        struct part_shape shape;
        uint32_t head, part = postings.part;
        TRY(document_head(evaluation->segment, part, &shape, &head, fault));
        if (within != NULL && !bits_has(within, head)) {
            TRY(postings_seek(&postings, next_target(evaluation, within, part, head + 1), fault));
            continue;
        }
        if (bits_has(evaluation->seen, part)) {
            bits_add(any, head);
            if (body != NULL) {
                bits_add(body, head);
                tally_part(&tally, head, postings.count, shape.words);
            }
        }
        TRY(postings_next(&postings, fault));
    }
    tally_end(&tally);
    return OK;
}

static enum status add_word(struct evaluation *evaluation, const struct query_word *word,
                            const uint64_t *within, struct found *found, struct fault *fault)
{
    const struct planned_word *planned = &evaluation->plan->words[word->id];
    float weight = evaluation->weights->words[word->id];
    for (size_t i = 0; i < planned->body_count; i++)
        TRY(add_term(evaluation, &planned->body[i].term, weight * planned->body[i].weight, within,
                     found->body, found->any, fault));
    for (size_t i = 0; i < planned->furniture_count; i++)
        TRY(add_term(evaluation, &planned->furniture[i].term, 0, within, NULL, found->any, fault));
    return OK;
}

static float weight_of(const struct evaluation *evaluation, const struct node *node)
{
    float sum = 0;
    for (size_t i = 0; i < node->word_count; i++)
        sum += evaluation->weights->words[node->words[i].id];
    for (const struct node *child = node->first; child != NULL; child = child->next)
        sum += weight_of(evaluation, child);
    return sum;
}

static enum status add_walk(struct evaluation *evaluation, struct walk *walk,
                            const uint64_t *within, struct found *found, struct fault *fault)
{
    bool is_body = walk->space == WALK_BODY;
    struct tally tally = { .evaluation = evaluation, .weight = weight_of(evaluation, walk->node) };
    uint32_t target = within != NULL ? bits_next(within, 0, evaluation->parts) : 0;
    for (;;) {
        struct part_shape shape;
        uint32_t head;
        TRY(walk_seek(walk, target, fault));
        if (walk->part == POSTINGS_END || budget_spent(evaluation->budget))
            break;
        TRY(document_head(evaluation->segment, walk->part, &shape, &head, fault));
        target = walk->part + 1;
        if (within != NULL && !bits_has(within, head)) {
            target = next_target(evaluation, within, walk->part, head + 1);
            continue;
        }
        if (!bits_has(evaluation->seen, walk->part))
            continue;
        TRY(walk_read(walk, fault));
        if (walk->count == 0)
            continue;
        bits_add(found->any, head);
        if (is_body) {
            bits_add(found->body, head);
            tally_part(&tally, head, (uint32_t)walk->count, shape.words);
        }
    }
    tally_end(&tally);
    return OK;
}

static bool is_simple_word(const struct node *node)
{
    return node->kind == NODE_WORDS && node->word_count == 1 && !node->words[0].is_exact;
}

enum status evaluate_words(struct evaluation *evaluation, const struct node *node,
                           const uint64_t *within, struct found *found, struct fault *fault)
{
    if (is_simple_word(node))
        return add_word(evaluation, &node->words[0], within, found, fault);
    for (int space = WALK_BODY; space <= WALK_FURNITURE; space++) {
        CLOSED(walk_free) struct walk *walk = NULL;
        TRY(walk_new(evaluation->plan, node, (enum walk_space)space, &evaluation->surfaces, false,
                     &walk, fault));
        if (walk != NULL)
            TRY(add_walk(evaluation, walk, within, found, fault));
    }
    return OK;
}

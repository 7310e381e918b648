#include "search/direct.h"

#include "search/budget.h"

static bool is_one_list(const struct direct *direct, const struct node *node)
{
    if (node->kind != NODE_WORDS || node->word_count != 1 || node->words[0].is_exact)
        return false;
    const struct planned_word *planned = &direct->plan->words[node->words[0].id];
    return planned->body_count <= 1 && planned->furniture_count <= 1;
}

static bool add_child(struct direct *direct, const struct node *node,
                      const struct node *words[DIRECT_WORDS], const struct node *sets[DIRECT_SETS])
{
    if (node->kind == NODE_COLLECTION && !direct->is_either && direct->set_count < DIRECT_SETS) {
        sets[direct->set_count++] = node;
        return true;
    }
    if (direct->count == DIRECT_WORDS || !is_one_list(direct, node))
        return false;
    words[direct->count++] = node;
    return true;
}

static bool gather_words(struct direct *direct, const struct node *root,
                         const struct node *words[DIRECT_WORDS],
                         const struct node *sets[DIRECT_SETS])
{
    /* Pruned OR was tried, by stretches and by the words that documents hold: windows are as quick.
     */
    direct->is_either = root->kind == NODE_OR;
    if (direct->is_either && direct->ranking->most > 0)
        return false;
    if (root->kind != NODE_AND && root->kind != NODE_OR)
        return add_child(direct, root, words, sets) && direct->count == 1;
    for (const struct node *child = root->first; child != NULL; child = child->next)
        if (!add_child(direct, child, words, sets))
            return false;
    return direct->count > 0;
}

static uint64_t cost_of(const struct direct *direct, const struct node *node)
{
    const struct planned_word *planned = &direct->plan->words[node->words[0].id];
    return (planned->body_count > 0 ? (uint64_t)planned->body->term.parts : 0) +
           (planned->furniture_count > 0 ? (uint64_t)planned->furniture->term.parts : 0);
}

/* The rarest of an AND first, as evaluate.c sums them. */
static void order_words(const struct direct *direct, const struct node *words[DIRECT_WORDS])
{
    for (size_t i = 1; i < direct->count && !direct->is_either; i++) {
        const struct node *held = words[i];
        size_t at = i;
        for (; at > 0 && cost_of(direct, words[at - 1]) > cost_of(direct, held); at--)
            words[at] = words[at - 1];
        words[at] = held;
    }
}

static enum status begin_word(struct direct *direct, const struct node *node,
                              struct direct_word *word, struct fault *fault)
{
    const struct plan *plan = direct->plan;
    const struct planned_word *planned = &plan->words[node->words[0].id];
    float weight = direct->weights->words[node->words[0].id];
    const struct term *body = planned->body_count > 0 ? &planned->body->term : NULL;
    const struct term *furniture = planned->furniture_count > 0 ? &planned->furniture->term : NULL;
    weight *= body != NULL ? planned->body->weight : 0;
    TRY(listed_begin(&word->body, plan->segment, body, weight, fault));
    TRY(listed_begin(&word->furniture, plan->segment, furniture, 0, fault));
    if (direct->ranking->most == 0)
        return OK;
    return listed_weigh(&word->body, direct->arena, direct->weights->average, fault);
}

enum status direct_chunk(struct direct *direct, uint32_t part, struct fault *fault)
{
    return shapes_chunk(direct->window.shapes, part, &direct->chunk, fault);
}

enum status direct_rank(struct direct *direct, uint32_t part, float score, bool is_furniture,
                        struct fault *fault)
{
    uint32_t words;
    struct part_shape shape;
    TRY(direct_len(direct, part, &words, fault));
    uint32_t at = part - direct->chunk->base;
    struct match match = {
        .score = (double)score,
        .segment = (uint32_t)direct->plan->index,
        .head = part,
        .date = direct->chunk->dates[at],
        .flags = direct->chunk->flags[at],
        .is_furniture = is_furniture,
    };
    if (!ranking_may_take(direct->ranking, &match))
        return OK;
    TRY(segment_part(direct->plan->segment, part, &shape, fault));
    match.document = shape.columns.document;
    return ranking_add(direct->ranking, &match, fault);
}

static bool is_in_sets(const struct direct *direct, uint32_t part)
{
    for (size_t i = 0; i < direct->set_count; i++)
        if (!bits_has(direct->sets[i], part))
            return false;
    return true;
}

/* Of any part: whether it is found, whether in the body, its score. */
struct sight {
    bool is_found, is_body;
    float score;
};

static enum status look_at(struct direct *direct, uint32_t part, struct sight *sight,
                           struct fault *fault)
{
    size_t any = 0, bodies = 0;
    uint32_t words, count, elsewhere;
    sight->score = 0;
    TRY(direct_len(direct, part, &words, fault));
    for (size_t i = 0; i < direct->count; i++) {
        struct direct_word *word = &direct->words[i];
        TRY(listed_count(&word->body, part, &count, fault));
        elsewhere = count;
        if (count == 0)
            TRY(listed_count(&word->furniture, part, &elsewhere, fault));
        else
            sight->score += score_part(word->body.weight, count, words, direct->weights->average);
        bodies += count > 0;
        any += elsewhere > 0;
    }
    size_t least = direct->is_either ? 1 : direct->count;
    sight->is_body = bodies >= least;
    sight->is_found = any >= least && is_in_sets(direct, part);
    return OK;
}

/* Documents for which furniture is needed: all parts of furniture lists, one by one. */
static enum status add_few(struct direct *direct, struct fault *fault)
{
    struct sight sight;
    uint32_t part = 0;
    while (!budget_spent(direct->budget)) {
        uint32_t next = POSTINGS_END;
        for (size_t i = 0; i < direct->count; i++) {
            struct listed *listed = &direct->words[i].furniture;
            uint32_t block = listed->term != NULL ? listed_block(listed, part) : listed->blocks;
            if (block == listed->blocks)
                continue;
            TRY(listed_enter(listed, block, fault));
            size_t at = listed_at(listed, part);
            if (at < listed->len && listed->parts[at] < next)
                next = listed->parts[at];
        }
        if (next == POSTINGS_END)
            break;
        part = next + 1;
        TRY(look_at(direct, next, &sight, fault));
        if (!sight.is_found || sight.is_body)
            continue;
        direct->total++;
        if (direct->ranking->most > 0)
            TRY(direct_rank(direct, next, sight.score, true, fault));
    }
    return OK;
}

static size_t set_words(const struct direct *direct)
{
    return ((size_t)direct->window.parts + 63) / 64 + 1;
}

static enum status set_new(const struct direct *direct, uint64_t **set, struct fault *fault)
{
    *set = calloc(set_words(direct), sizeof **set);
    return *set != NULL ? OK : no_memory(fault);
}

/* found: what the query finds anywhere; body: in the body alone. */
static enum status make_sets(struct direct *direct, uint64_t *found, uint64_t *body,
                             struct fault *fault)
{
    FREED uint64_t *here = NULL, *there = NULL;
    size_t words = set_words(direct);
    TRY(set_new(direct, &here, fault));
    TRY(set_new(direct, &there, fault));
    for (size_t i = 0; i < direct->count && !budget_spent(direct->budget); i++) {
        bool joins = i > 0 && !direct->is_either;
        uint64_t *to = joins ? here : body, *any = joins ? there : found;
        if (joins) {
            memset(here, 0, words * sizeof *here);
            memset(there, 0, words * sizeof *there);
        }
        TRY(listed_add_all(&direct->words[i].body, to, fault));
        TRY(listed_add_all(&direct->words[i].furniture, any, fault));
        for (size_t j = 0; j < words; j++) {
            any[j] |= to[j];
            if (joins) {
                found[j] &= any[j];
                body[j] &= to[j];
            }
        }
    }
    for (size_t i = 0; i < direct->set_count; i++)
        for (size_t j = 0; j + 1 < words; j++)
            found[j] &= direct->sets[i][j];
    return OK;
}

static enum status rank_furniture(struct direct *direct, const uint64_t *found,
                                  const uint64_t *body, struct fault *fault)
{
    struct sight sight;
    for (uint32_t part = bits_next(found, 0, direct->window.parts); part != BITS_END;
         part = bits_next(found, part + 1, direct->window.parts)) {
        if (bits_has(body, part))
            continue;
        TRY(look_at(direct, part, &sight, fault));
        TRY(direct_rank(direct, part, sight.score, true, fault));
    }
    return OK;
}

static enum status add_many(struct direct *direct, struct fault *fault)
{
    FREED uint64_t *found = NULL, *body = NULL;
    TRY(set_new(direct, &found, fault));
    TRY(set_new(direct, &body, fault));
    TRY(make_sets(direct, found, body, fault));
    direct->total = bits_count(found, set_words(direct));
    return ranking_threshold(direct->ranking) < 0 && direct->ranking->most > 0
               ? rank_furniture(direct, found, body, fault)
               : OK;
}

static uint64_t furniture_parts(const struct direct *direct)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < direct->count; i++)
        if (direct->words[i].furniture.term != NULL)
            sum += direct->words[i].furniture.term->parts;
    return sum;
}

static uint64_t body_parts(const struct direct *direct)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < direct->count; i++)
        if (direct->words[i].body.term != NULL)
            sum += direct->words[i].body.term->parts;
    return sum;
}

/* A part looked up takes as long as so many parts of whole lists. */
enum { LOOK_COST = 24 };

static bool is_ranked_full(const struct direct *direct)
{
    return direct->ranking->most == 0 || ranking_threshold(direct->ranking) >= 0;
}

static enum status find_all(struct direct *direct, struct fault *fault)
{
    uint64_t furniture = furniture_parts(direct);
    bool is_single = direct->count == 1 && direct->set_count == 0;
    bool is_counted = !direct->only_best || direct->ranking->most == 0;
    bool in_sets = furniture * LOOK_COST > body_parts(direct) + furniture;
    bool is_summed = is_counted && !is_single && (direct->is_either || in_sets);
    if (is_single) {
        if (direct->ranking->most > 0)
            TRY(direct_one(direct, fault));
        if (direct->words->body.term != NULL)
            direct->total = direct->words->body.term->parts;
    } else if (!direct->is_either && (direct->ranking->most > 0 || !is_summed)) {
        TRY(direct_all(direct, is_counted && !is_summed, fault));
    }
    if (direct->budget->is_cut || (furniture == 0 && !is_summed))
        return OK;
    if (!is_counted && is_ranked_full(direct))
        return OK;
    return is_summed || in_sets ? add_many(direct, fault) : add_few(direct, fault);
}

static enum status begin(struct direct *direct, const struct node *const *words,
                         const struct node *const *sets, struct fault *fault)
{
    for (size_t i = 0; i < direct->set_count; i++)
        TRY(snapshot_collection(direct->snapshot, direct->plan->index, sets[i]->collection,
                                &direct->sets[i], fault));
    for (size_t i = 0; i < direct->count; i++)
        TRY(begin_word(direct, words[i], &direct->words[i], fault));
    return OK;
}

enum status direct_match(struct direct *direct, const struct node *root, bool *done,
                         struct fault *fault)
{
    const struct node *words[DIRECT_WORDS], *sets[DIRECT_SETS];
    struct sight sight;
    *done = false;
    if (!gather_words(direct, root, words, sets))
        return OK;
    bool is_plain;
    TRY(window_is_plain(&direct->window, &is_plain, fault));
    if (!is_plain || direct->ranking->order != STET_BY_RANK)
        return OK;
    order_words(direct, words);
    FREED struct direct_word *room = malloc(direct->count * sizeof *room);
    if (room == NULL)
        return no_memory(fault);
    direct->words = room;
    TRY(begin(direct, words, sets, fault));
    *done = true;
    TRY(find_all(direct, fault));
    if (snapshot_segment_count(direct->snapshot) > 1) {
        TRY(look_at(direct, direct->window.parts - 1, &sight, fault));
        direct->has_last = sight.is_found;
    }
    direct->words = NULL;
    return OK;
}

#include "search/expand.h"

#include "base/scoped.h"

static bool node_has_stem(const struct node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (node->words[i].match == WORD_STEM)
            return true;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        if (node_has_stem(child))
            return true;
    return false;
}

enum status planner_begin(struct planner *planner, const struct query *query, struct budget *budget,
                          struct fault *fault)
{
    *planner = (struct planner){ .query = query, .budget = budget };
    planner->word_parts =
        arena_alloc_many(query->arena, query->words + 1, sizeof *planner->word_parts);
    if (planner->word_parts == NULL)
        return no_memory(fault);
    for (int i = 0; i < STEM_LANGUAGES && node_has_stem(query->root); i++)
        TRY(stemmer_new((enum stem_language)i, &planner->stemmers[i], fault));
    return OK;
}

void planner_release(struct planner *planner)
{
    for (int i = 0; i < STEM_LANGUAGES; i++)
        if (planner->stemmers[i] != NULL)
            stemmer_free(planner->stemmers[i]);
}

static enum status keep(struct planner *planner, const struct expansions *found,
                        struct planned_term **kept, size_t *count, struct fault *fault)
{
    *kept = arena_alloc_many(planner->query->arena, found->count + 1, sizeof **kept);
    if (*kept == NULL)
        return no_memory(fault);
    if (found->count > 0)
        memcpy(*kept, found->at, found->count * sizeof **kept);
    *count = found->count;
    return OK;
}

static enum status plan_word(struct planner *planner, struct plan *plan, int field,
                             const struct query_word *word, struct fault *fault)
{
    uint8_t lead[TERM_KEY_MAX];
    struct bytes none = { 0 };
    struct planned_word *planned = &plan->words[word->id];
    SCOPED(expansions_release) struct expansions body = { 0 };
    SCOPED(expansions_release) struct expansions furniture = { 0 };
    size_t lead_len =
        field == NO_FIELD ? 0 : term_key_field_word((enum field_name)field, none, lead);
    TRY(expand_word(planner, plan->segment, bytes_make(lead, lead_len), word, &body, fault));
    TRY(keep(planner, &body, &planned->body, &planned->body_count, fault));
    for (size_t i = 0; i < body.count; i++)
        planner->word_parts[word->id] += body.at[i].term.parts;
    if (field != NO_FIELD)
        return OK;
    lead_len = term_key_furniture(none, lead);
    TRY(expand_word(planner, plan->segment, bytes_make(lead, lead_len), word, &furniture, fault));
    return keep(planner, &furniture, &planned->furniture, &planned->furniture_count, fault);
}

static enum status plan_node(struct planner *planner, struct plan *plan, const struct node *node,
                             struct fault *fault)
{
    for (size_t i = 0; i < node->word_count; i++)
        TRY(plan_word(planner, plan, node->field, &node->words[i], fault));
    for (const struct node *child = node->first; child != NULL; child = child->next)
        TRY(plan_node(planner, plan, child, fault));
    return OK;
}

enum status plan_make(struct planner *planner, const struct segment *segment, size_t index,
                      struct plan *plan, struct fault *fault)
{
    *plan = (struct plan){ .segment = segment, .index = index };
    plan->words =
        arena_alloc_many(planner->query->arena, planner->query->words + 1, sizeof *plan->words);
    if (plan->words == NULL)
        return no_memory(fault);
    return plan_node(planner, plan, planner->query->root, fault);
}

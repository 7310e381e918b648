/* Phrases: which lists stand for one, and where it is in a part. */
#include "search/walk_inside.h"

#include <string.h>

#include "base/grow.h"

static bool is_same_word(const struct query_word *a, const struct query_word *b)
{
    return a->match == b->match && a->distance == b->distance && a->languages == b->languages &&
           bytes_equal(a->key, b->key);
}

/* What may stand for words of a phrase: every word, and every pair of which there is a list. */
struct choice {
    struct term pair; /* parts > 0: there is one of this word and the next */
    uint64_t parts;   /* of the word alone */
    uint64_t cost;    /* least parts of lists that hold all words before this one */
    bool from_before; /* reached by the pair that ends here, which begins two words before */
    bool overlaps;    /* and that pair's first word is covered by another */
    size_t same;      /* the first word that is the same one */
};

static bool may_pair(const struct walk *walk, size_t i)
{
    const struct node *node = walk->node;
    const struct query_word *word = &node->words[i], *next = word + 1;
    return walk->space == WALK_BODY && node->field == NO_FIELD && i + 1 < node->word_count &&
           word->match == WORD_PLAIN && next->match == WORD_PLAIN &&
           next->offset == word->offset + 1;
}

static enum status choices_make(const struct plan *plan, const struct walk *walk, bool partly,
                                struct choice *choices, bool *whole, struct fault *fault)
{
    const struct node *node = walk->node;
    *whole = true;
    for (size_t i = 0; i < node->word_count && *whole; i++) {
        const struct planned_word *planned = &plan->words[node->words[i].id];
        bool is_body = walk->space == WALK_BODY;
        const struct planned_term *terms = is_body ? planned->body : planned->furniture;
        size_t count = is_body ? planned->body_count : planned->furniture_count;
        for (size_t j = 0; j < count; j++)
            choices[i].parts += terms[j].term.parts;
        *whole = count > 0;
        while (!is_same_word(&node->words[choices[i].same], &node->words[i]))
            choices[i].same++;
    }
    for (size_t i = 0; i + 1 < node->word_count && *whole && !partly; i++) {
        if (!may_pair(walk, i))
            continue;
        enum status asked = segment_pair(plan->segment, node->words[i].key, node->words[i + 1].key,
                                         &choices[i].pair, fault);
        if (asked != OK && asked != NOT_FOUND)
            return asked;
        if (asked == NOT_FOUND)
            choices[i].pair = (struct term){ 0 };
    }
    return OK;
}

/* The cheapest lists that hold every word, by the words before. */
static void choices_weigh(struct choice *choices, size_t words)
{
    for (size_t i = 1; i <= words; i++) {
        struct choice *here = &choices[i];
        here->cost = choices[i - 1].cost + choices[i - 1].parts;
        if (i < 2 || choices[i - 2].pair.parts == 0)
            continue;
        uint64_t pair = choices[i - 2].pair.parts;
        here->overlaps = choices[i - 1].cost < choices[i - 2].cost;
        uint64_t cost = pair + (here->overlaps ? choices[i - 1].cost : choices[i - 2].cost);
        here->from_before = cost < here->cost;
        here->cost = here->from_before ? cost : here->cost;
    }
}

static size_t rarest_pair(const struct choice *choices, size_t words)
{
    size_t rarest = SIZE_MAX;
    for (size_t i = 0; i + 1 < words; i++)
        if (choices[i].pair.parts > 0 &&
            (rarest == SIZE_MAX || choices[i].pair.parts < choices[rarest].pair.parts))
            rarest = i;
    return rarest;
}

static bool is_same_pair(const struct node *node, size_t a, size_t b)
{
    return is_same_word(&node->words[a], &node->words[b]) &&
           is_same_word(&node->words[a + 1], &node->words[b + 1]);
}

/* Elements that were added before lend their child. */
static struct walk *lent_child(const struct walk *walk, const size_t *firsts, size_t first,
                               bool is_pair, const bool *pairs)
{
    const struct node *node = walk->node;
    for (size_t i = 0; i < walk->element_count; i++) {
        if (pairs[i] != is_pair)
            continue;
        bool is_same = is_pair ? is_same_pair(node, firsts[i], first)
                               : is_same_word(&node->words[firsts[i]], &node->words[first]);
        if (is_same)
            return walk->elements[i].child;
    }
    return NULL;
}

struct cover {
    const struct plan *plan;
    struct walk *walk;
    const struct choice *choices;
    size_t *firsts; /* of each element: its first word */
    bool *pairs;    /* whether it is a pair */
    bool partly;
};

static enum status add_element(struct cover *cover, size_t first, bool is_pair, struct fault *fault)
{
    struct walk *walk = cover->walk;
    const struct query_word *word = &walk->node->words[first];
    struct walk *child = lent_child(walk, cover->firsts, first, is_pair, cover->pairs);
    if (child == NULL) {
        TRY(is_pair ? walk_new_pair(cover->plan, walk, &cover->choices[first].pair, &child, fault)
                    : walk_new_word(cover->plan, walk, word, cover->partly, &child, fault));
        walk->children[walk->child_count++] = child;
    }
    size_t at = walk->element_count;
    cover->firsts[at] = first;
    cover->pairs[at] = is_pair;
    walk->elements[walk->element_count++] = (struct element){ child, word->offset };
    return OK;
}

static enum status cover_words(struct cover *cover, struct fault *fault)
{
    size_t words = cover->walk->node->word_count, lead = rarest_pair(cover->choices, words);
    if (lead != SIZE_MAX)
        TRY(add_element(cover, lead, true, fault));
    for (size_t i = words; i > 0;) {
        const struct choice *here = &cover->choices[i];
        size_t first = here->from_before ? i - 2 : i - 1;
        if (!here->from_before || first != lead)
            TRY(add_element(cover, first, here->from_before, fault));
        i = here->from_before && here->overlaps ? i - 1 : first;
    }
    return OK;
}

static void order_elements(struct walk *walk)
{
    for (size_t i = 1; i < walk->element_count; i++) {
        struct element held = walk->elements[i];
        size_t at = i;
        for (; at > 0 && walk->elements[at - 1].child->parts > held.child->parts; at--)
            walk->elements[at] = walk->elements[at - 1];
        walk->elements[at] = held;
    }
}

enum status phrase_fill(const struct plan *plan, struct walk *walk, bool partly, bool *whole,
                        struct fault *fault)
{
    size_t words = walk->node->word_count;
    FREED struct choice *choices = calloc(words + 1, sizeof *choices);
    FREED size_t *firsts = calloc(words + 1, sizeof *firsts);
    FREED bool *pairs = calloc(words + 1, sizeof *pairs);
    walk->children = calloc(words + 1, sizeof *walk->children);
    walk->elements = calloc(words + 1, sizeof *walk->elements);
    if (choices == NULL || firsts == NULL || pairs == NULL || walk->children == NULL ||
        walk->elements == NULL)
        return no_memory(fault);
    TRY(choices_make(plan, walk, partly, choices, whole, fault));
    if (!*whole)
        return OK;
    choices_weigh(choices, words);
    struct cover cover = { plan, walk, choices, firsts, pairs, partly };
    TRY(cover_words(&cover, fault));
    order_elements(walk);
    return OK;
}

/* Keep the starts (counted from the first word) at which the element follows. */
static void keep_followed(struct walk *walk, const struct element *element)
{
    const struct walk *child = element->child;
    size_t kept = 0, at = 0;
    for (size_t i = 0; i < walk->position_count; i++) {
        uint64_t wanted = (uint64_t)walk->positions[i] + element->offset;
        while (at < child->position_count && child->positions[at] < wanted)
            at++;
        if (at == child->position_count)
            break;
        if (child->positions[at] == wanted)
            walk->positions[kept++] = walk->positions[i];
    }
    walk->position_count = kept;
}

static enum status lead_starts(struct walk *walk, struct fault *fault)
{
    const struct element *lead = &walk->elements[0];
    TRY(walk_read_positions(lead->child, fault));
    if (!grow_items((void **)&walk->positions, &walk->positions_room, lead->child->position_count,
                    sizeof *walk->positions))
        return no_memory(fault);
    for (size_t i = 0; i < lead->child->position_count; i++)
        if (lead->child->positions[i] >= lead->offset)
            walk->positions[walk->position_count++] = lead->child->positions[i] - lead->offset;
    return OK;
}

/* Rare words first: where they do not agree, the positions of the others are never read. */
enum status phrase_starts(struct walk *walk, struct fault *fault)
{
    walk->position_count = 0;
    TRY(lead_starts(walk, fault));
    for (size_t i = 1; i < walk->element_count && walk->position_count > 0; i++) {
        const struct element *element = &walk->elements[i];
        TRY(walk_seek(element->child, walk->part, fault));
        if (element->child->part != walk->part) {
            walk->position_count = 0;
            break;
        }
        TRY(walk_read_positions(element->child, fault));
        keep_followed(walk, element);
    }
    return OK;
}

/* The first part from `part` on that the two rarest share. */
enum status phrase_seek(struct walk *walk, uint32_t part, struct fault *fault)
{
    struct walk *lead = walk->elements[0].child;
    struct walk *second = walk->element_count > 1 ? walk->elements[1].child : lead;
    for (;;) {
        TRY(walk_seek(lead, part, fault));
        if (second == lead || lead->part == POSTINGS_END)
            break;
        TRY(walk_seek(second, lead->part, fault));
        if (second->part == lead->part)
            break;
        part = second->part;
        if (part == POSTINGS_END) {
            walk->part = POSTINGS_END;
            return OK;
        }
    }
    walk->part = lead->part;
    return OK;
}

static enum status first_start(struct walk *walk, const struct element *element, uint64_t *start,
                               struct fault *fault)
{
    struct walk *word = element->child;
    uint32_t position;
    *start = UINT64_MAX;
    if (word->list_count != 1)
        return OK;
    TRY(walk_seek(word, walk->part, fault));
    if (word->part != walk->part)
        return OK;
    if (word->read == word->part + 1)
        position = word->positions[0];
    else
        TRY(postings_positions(&word->lists[0], &position, 1, fault));
    *start = position >= element->offset ? position - element->offset : UINT64_MAX;
    return OK;
}

/* Whether the first positions of all words follow one another already. */
enum status phrase_begins(struct walk *walk, bool *begins, struct fault *fault)
{
    uint64_t first;
    *begins = false;
    TRY(first_start(walk, &walk->elements[0], &first, fault));
    for (size_t i = 1; i < walk->element_count && first != UINT64_MAX; i++) {
        uint64_t start;
        TRY(first_start(walk, &walk->elements[i], &start, fault));
        if (start != first)
            return OK;
    }
    *begins = first != UINT64_MAX;
    return OK;
}

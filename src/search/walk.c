#include "search/walk_inside.h"

#include "base/grow.h"

static bool is_word(const struct walk *walk)
{
    return walk->lists != NULL;
}

static bool is_phrase(const struct walk *walk)
{
    return walk->elements != NULL;
}

void walk_free(struct walk *walk)
{
    if (walk == NULL)
        return;
    for (size_t i = 0; i < walk->child_count; i++)
        walk_free(walk->children[i]);
    free(walk->children);
    free(walk->elements);
    free(walk->lists);
    free(walk->positions);
    free(walk->stretches);
    free(walk);
}

static enum status lists_new(const struct walk *like, size_t count, struct walk **walk,
                             struct fault *fault)
{
    CLOSED(walk_free) struct walk *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->node = like->node;
    made->space = like->space;
    made->lists = malloc(count * sizeof *made->lists);
    if (made->lists == NULL)
        return no_memory(fault);
    made->list_count = count;
    *walk = take(made);
    return OK;
}

enum status walk_new_pair(const struct plan *plan, const struct walk *like, const struct term *pair,
                          struct walk **walk, struct fault *fault)
{
    CLOSED(walk_free) struct walk *made = NULL;
    TRY(lists_new(like, 1, &made, fault));
    TRY(postings_begin(made->lists, plan->segment, pair, fault));
    made->parts = pair->parts;
    *walk = take(made);
    return OK;
}

enum status walk_new_word(const struct plan *plan, const struct walk *like,
                          const struct query_word *word, bool partly, struct walk **walk,
                          struct fault *fault)
{
    const struct planned_word *planned = &plan->words[word->id];
    bool is_body = like->space == WALK_BODY;
    const struct planned_term *terms = is_body ? planned->body : planned->furniture;
    size_t count = is_body ? planned->body_count : planned->furniture_count;
    CLOSED(walk_free) struct walk *made = NULL;
    if (count > WALK_TERMS_MAX && !partly)
        return fail(
            fault, OVER_LIMIT,
            "more than %d different words fit \"%.*s\" inside a phrase or NEAR: add letters",
            WALK_TERMS_MAX, (int)word->typed.len, (const char *)word->typed.at);
    count = count > WALK_TERMS_MAX ? WALK_TERMS_MAX : count;
    TRY(lists_new(like, count, &made, fault));
    for (size_t i = 0; i < count; i++) {
        TRY(postings_begin(&made->lists[i], plan->segment, &terms[i].term, fault));
        made->parts += terms[i].term.parts;
    }
    *walk = take(made);
    return OK;
}

static enum status branches_fill(const struct plan *plan, struct walk *walk, bool partly,
                                 bool *whole, struct fault *fault)
{
    size_t count = 0;
    for (const struct node *child = walk->node->first; child != NULL; child = child->next)
        count++;
    walk->children = calloc(count, sizeof *walk->children);
    if (walk->children == NULL)
        return no_memory(fault);
    for (const struct node *child = walk->node->first; child != NULL; child = child->next) {
        struct walk **made = &walk->children[walk->child_count];
        TRY(walk_new(plan, child, walk->space, walk->surfaces, partly, made, fault));
        walk->child_count += *made != NULL;
    }
    *whole = walk->node->kind == NODE_NEAR ? walk->child_count == count : walk->child_count > 0;
    return OK;
}

enum status walk_new(const struct plan *plan, const struct node *node, enum walk_space space,
                     struct surfaces *surfaces, bool partly, struct walk **walk,
                     struct fault *fault)
{
    bool whole = false;
    *walk = NULL;
    CLOSED(walk_free) struct walk *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->node = node;
    made->space = space;
    made->surfaces = surfaces;
    if (node->kind == NODE_WORDS)
        TRY(phrase_fill(plan, made, partly, &whole, fault));
    else
        TRY(branches_fill(plan, made, partly, &whole, fault));
    if (whole)
        *walk = take(made);
    return OK;
}

static enum status seek_first(struct walk *walk, uint32_t part, struct fault *fault)
{
    uint32_t least = POSTINGS_END;
    for (size_t i = 0; i < walk->list_count; i++) {
        TRY(postings_seek(&walk->lists[i], part, fault));
        least = walk->lists[i].part < least ? walk->lists[i].part : least;
    }
    for (size_t i = 0; i < walk->child_count; i++) {
        TRY(walk_seek(walk->children[i], part, fault));
        least = walk->children[i]->part < least ? walk->children[i]->part : least;
    }
    walk->part = least;
    return OK;
}

/* The first part that all children share. */
static enum status seek_all(struct walk *walk, uint32_t part, struct fault *fault)
{
    for (size_t agreed = 0, i = 0; agreed < walk->child_count; i = (i + 1) % walk->child_count) {
        struct walk *child = walk->children[i];
        TRY(walk_seek(child, part, fault));
        agreed = child->part == part ? agreed + 1 : 1;
        part = child->part;
        if (part == POSTINGS_END)
            break;
    }
    walk->part = part;
    return OK;
}

enum status walk_seek(struct walk *walk, uint32_t part, struct fault *fault)
{
    if (walk->list_count == 1) {
        TRY(postings_seek(walk->lists, part, fault));
        walk->part = walk->lists->part;
        return OK;
    }
    if (is_phrase(walk))
        return phrase_seek(walk, part, fault);
    if (is_word(walk) || walk->node->kind == NODE_OR)
        return seek_first(walk, part, fault);
    return seek_all(walk, part, fault);
}

static bool add_stretch(struct walk *walk, uint32_t first, uint32_t last)
{
    if (!GROW(walk->stretches, walk->room, walk->count))
        return false;
    walk->stretches[walk->count++] = (struct stretch){ first, last };
    return true;
}

static int by_first(const void *a, const void *b)
{
    const struct stretch *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return left->last < right->last ? -1 : left->last > right->last;
}

static void sort_stretches(struct walk *walk)
{
    size_t kept = 0;
    if (walk->count > 1)
        qsort(walk->stretches, walk->count, sizeof *walk->stretches, by_first);
    for (size_t i = 0; i < walk->count; i++)
        if (kept == 0 || by_first(&walk->stretches[kept - 1], &walk->stretches[i]) != 0)
            walk->stretches[kept++] = walk->stretches[i];
    walk->count = kept;
}

static int by_position(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static void sort_positions(struct walk *walk)
{
    size_t kept = 0;
    qsort(walk->positions, walk->position_count, sizeof *walk->positions, by_position);
    for (size_t i = 0; i < walk->position_count; i++)
        if (kept == 0 || walk->positions[kept - 1] != walk->positions[i])
            walk->positions[kept++] = walk->positions[i];
    walk->position_count = kept;
}

enum status walk_read_positions(struct walk *walk, struct fault *fault)
{
    size_t lists = 0;
    if (walk->read == walk->part + 1)
        return OK;
    walk->position_count = 0;
    for (size_t i = 0; i < walk->list_count; i++) {
        struct postings *list = &walk->lists[i];
        if (list->part != walk->part)
            continue;
        if (!grow_items((void **)&walk->positions, &walk->positions_room,
                        walk->position_count + list->count, sizeof *walk->positions))
            return no_memory(fault);
        TRY(postings_positions(list, walk->positions + walk->position_count, list->count, fault));
        walk->position_count += list->count;
        lists++;
    }
    if (lists > 1)
        sort_positions(walk);
    walk->read = walk->part + 1;
    return OK;
}

static enum status read_phrase(struct walk *walk, struct fault *fault)
{
    uint32_t length = walk->node->words[walk->node->word_count - 1].offset;
    TRY(phrase_starts(walk, fault));
    for (size_t i = 0; i < walk->position_count; i++)
        if (!add_stretch(walk, walk->positions[i], walk->positions[i] + length))
            return no_memory(fault);
    return OK;
}

static bool has_exact_word(const struct node *node)
{
    for (size_t i = 0; i < node->word_count; i++)
        if (node->words[i].is_exact)
            return true;
    return false;
}

static enum status keep_exact(struct walk *walk, struct fault *fault)
{
    const struct node *node = walk->node;
    if (!has_exact_word(node) || walk->count == 0 || walk->surfaces == NULL ||
        node->field != NO_FIELD)
        return OK;
    TRY(surfaces_load(walk->surfaces, walk->part, fault));
    size_t kept = 0;
    for (size_t i = 0; i < walk->count; i++) {
        bool fits = true;
        for (size_t j = 0; j < node->word_count && fits; j++)
            fits =
                !node->words[j].is_exact ||
                surface_is(walk->surfaces, walk->space == WALK_FURNITURE,
                           walk->stretches[i].first + node->words[j].offset, node->words[j].typed);
        if (fits)
            walk->stretches[kept++] = walk->stretches[i];
    }
    walk->count = kept;
    return OK;
}

static enum status read_any(struct walk *walk, struct fault *fault)
{
    for (size_t i = 0; i < walk->child_count; i++) {
        struct walk *child = walk->children[i];
        if (child->part != walk->part)
            continue;
        TRY(walk_read(child, fault));
        for (size_t j = 0; j < child->count; j++)
            if (!add_stretch(walk, child->stretches[j].first, child->stretches[j].last))
                return no_memory(fault);
    }
    sort_stretches(walk);
    return OK;
}

/* Every stretch of `left` with each of `right` that begins behind it, at most `near` words later.
 */
static enum status pair_up(struct walk *walk, const struct walk *left, const struct walk *right,
                           struct fault *fault)
{
    size_t low = 0;
    for (size_t i = 0; i < left->count; i++) {
        const struct stretch *a = &left->stretches[i];
        while (low < right->count && right->stretches[low].first <= a->first)
            low++;
        for (size_t j = low; j < right->count; j++) {
            const struct stretch *b = &right->stretches[j];
            if (b->first > (uint64_t)a->last + walk->node->near + 1)
                break;
            if (b->first <= a->last)
                continue;
            if (!add_stretch(walk, a->first, b->last))
                return no_memory(fault);
            break;
        }
    }
    return OK;
}

static enum status read_near(struct walk *walk, struct fault *fault)
{
    TRY(walk_read(walk->children[0], fault));
    TRY(walk_read(walk->children[1], fault));
    TRY(pair_up(walk, walk->children[0], walk->children[1], fault));
    TRY(pair_up(walk, walk->children[1], walk->children[0], fault));
    sort_stretches(walk);
    return OK;
}

enum status walk_read(struct walk *walk, struct fault *fault)
{
    if (walk->read == walk->part + 1)
        return OK;
    walk->count = 0;
    if (walk->part == POSTINGS_END)
        return OK;
    if (is_phrase(walk)) {
        TRY(read_phrase(walk, fault));
        TRY(keep_exact(walk, fault));
    } else if (walk->node->kind == NODE_OR)
        TRY(read_any(walk, fault));
    else
        TRY(read_near(walk, fault));
    walk->read = walk->part + 1;
    return OK;
}

enum status walk_holds(struct walk *walk, bool *holds, struct fault *fault)
{
    *holds = false;
    if (is_phrase(walk) && walk->part != POSTINGS_END && !has_exact_word(walk->node))
        TRY(phrase_begins(walk, holds, fault));
    if (*holds)
        return OK;
    TRY(walk_read(walk, fault));
    *holds = walk->count > 0;
    return OK;
}

static uint64_t occurrences_here(const struct walk *word)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < word->list_count; i++)
        if (word->lists[i].part == word->part)
            sum += word->lists[i].count;
    return sum;
}

uint32_t walk_count_most(const struct walk *walk)
{
    uint64_t most = UINT32_MAX;
    for (size_t i = 0; i < walk->element_count && i < 2; i++) {
        uint64_t here = occurrences_here(walk->elements[i].child);
        most = here < most ? here : most;
    }
    return (uint32_t)most;
}

#include "search/sighting.h"

#include "base/grow.h"

enum { SIGHTINGS_MAX = 20000, PARTS_MAX = 4096 };

void sighting_list_release(struct sighting_list *sightings)
{
    free(sightings->at);
    *sightings = (struct sighting_list){ 0 };
}

/* One look at the parts [head, end) of a document. */
struct look {
    const struct plan *plan;
    enum walk_space space;
    struct surfaces surfaces;
    uint32_t head, end;
    uint32_t *nodes; /* per part: nodes seen there; NULL when sightings are gathered */
    struct sighting_list *sightings;
};

static bool is_inside(const struct stretch *stretch, const struct walk *near)
{
    for (size_t i = 0; i < near->count; i++)
        if (stretch->first >= near->stretches[i].first && stretch->last <= near->stretches[i].last)
            return true;
    return false;
}

static enum status gather(struct look *look, const struct walk *walk, const struct walk *near,
                          struct fault *fault)
{
    struct sighting_list *to = look->sightings;
    for (size_t i = 0; i < walk->count && to->count < SIGHTINGS_MAX; i++) {
        const struct stretch *stretch = &walk->stretches[i];
        if (near != NULL && !is_inside(stretch, near))
            continue;
        if (!GROW(to->at, to->room, to->count))
            return no_memory(fault);
        to->at[to->count++] = (struct sighting){ stretch->first, stretch->last, walk->node->id };
    }
    return OK;
}

static enum status look_at(struct look *look, const struct node *node, const struct walk *near,
                           struct fault *fault);

static enum status look_inside(struct look *look, const struct node *node, const struct walk *near,
                               struct fault *fault)
{
    for (const struct node *child = node->first; child != NULL; child = child->next)
        TRY(look_at(look, child, near, fault));
    return OK;
}

static enum status look_along(struct look *look, const struct node *node, const struct walk *near,
                              struct fault *fault)
{
    CLOSED(walk_free) struct walk *walk = NULL;
    TRY(walk_new(look->plan, node, look->space, &look->surfaces, true, &walk, fault));
    if (walk == NULL)
        return OK;
    for (uint32_t next = look->head;; next = walk->part + 1) {
        TRY(walk_seek(walk, next, fault));
        if (walk->part >= look->end)
            return OK;
        TRY(walk_read(walk, fault));
        if (walk->count == 0)
            continue;
        if (look->nodes != NULL) {
            look->nodes[walk->part - look->head]++;
            continue;
        }
        if (node->kind == NODE_NEAR)
            return look_inside(look, node, walk, fault);
        return gather(look, walk, near, fault);
    }
}

static enum status look_at(struct look *look, const struct node *node, const struct walk *near,
                           struct fault *fault)
{
    if (node->kind == NODE_NOT || node->kind >= NODE_DATE)
        return OK;
    if (node->kind == NODE_WORDS && node->field != NO_FIELD)
        return OK;
    if (node->kind == NODE_AND || node->kind == NODE_OR)
        return look_inside(look, node, near, fault);
    return look_along(look, node, near, fault);
}

static int by_first(const void *a, const void *b)
{
    const struct sighting *left = a, *right = b;
    if (left->first != right->first)
        return left->first < right->first ? -1 : 1;
    return left->last < right->last ? -1 : left->last > right->last;
}

static enum status document_end(const struct segment *segment, const struct match *match,
                                uint32_t *end, struct fault *fault)
{
    struct part_shape shape;
    for (*end = match->head + 1; *end < segment_part_count(segment); ++*end) {
        TRY(segment_part(segment, *end, &shape, fault));
        if (shape.columns.document != match->document || *end - match->head >= PARTS_MAX)
            break;
    }
    return OK;
}

/* The part that shows most of what was asked. */
static enum status choose_part(struct look *look, const struct query *query, bool *is_seen,
                               struct fault *fault)
{
    FREED uint32_t *nodes = calloc(look->end - look->head, sizeof *nodes);
    if (nodes == NULL)
        return no_memory(fault);
    look->nodes = nodes;
    TRY(look_at(look, query->root, NULL, fault));
    look->nodes = NULL;
    uint32_t best = 0;
    for (uint32_t i = 0; i < look->end - look->head; i++)
        if (nodes[i] > nodes[best])
            best = i;
    *is_seen = nodes[best] > 0;
    look->head += best;
    look->end = look->head + 1;
    return OK;
}

static enum status look_once(struct look *look, const struct query *query, bool *is_seen,
                             struct fault *fault)
{
    struct sighting_list *sightings = look->sightings;
    *is_seen = true;
    if (look->end > look->head + 1)
        TRY(choose_part(look, query, is_seen, fault));
    sightings->part = look->head;
    if (*is_seen)
        TRY(look_at(look, query->root, NULL, fault));
    *is_seen = sightings->count > 0;
    if (*is_seen)
        qsort(sightings->at, sightings->count, sizeof *sightings->at, by_first);
    return OK;
}

enum status sighting_list_find(const struct plan *plan, const struct query *query,
                               const struct match *match, struct sighting_list *sightings,
                               struct fault *fault)
{
    bool is_seen = false;
    *sightings = (struct sighting_list){ .part = match->head };
    for (int space = WALK_BODY; space <= WALK_FURNITURE && !is_seen; space++) {
        struct look look = { .plan = plan,
                             .space = (enum walk_space)space,
                             .head = match->head,
                             .surfaces = { .segment = plan->segment },
                             .sightings = sightings };
        TRY(document_end(plan->segment, match, &look.end, fault));
        enum status looked = look_once(&look, query, &is_seen, fault);
        surfaces_release(&look.surfaces);
        TRY(looked);
        sightings->is_furniture = is_seen && space == WALK_FURNITURE;
    }
    return OK;
}

enum status sighting_list_part(const struct plan *plan, const struct query *query, uint32_t part,
                               struct sighting_list *sightings, struct fault *fault)
{
    bool is_seen = false;
    *sightings = (struct sighting_list){ .part = part };
    for (int space = WALK_BODY; space <= WALK_FURNITURE && !is_seen; space++) {
        struct look look = { .plan = plan,
                             .space = (enum walk_space)space,
                             .head = part,
                             .end = part + 1,
                             .surfaces = { .segment = plan->segment },
                             .sightings = sightings };
        enum status looked = look_once(&look, query, &is_seen, fault);
        surfaces_release(&look.surfaces);
        TRY(looked);
        sightings->is_furniture = is_seen && space == WALK_FURNITURE;
    }
    return OK;
}

void sighting_list_window(const struct sighting_list *sightings, const struct query *query,
                          uint32_t words, size_t *first, size_t *count)
{
    FREED uint32_t *shown = calloc(query->nodes + 1, sizeof *shown);
    uint64_t best = 0;
    size_t end = 0, distinct = 0;
    *first = *count = 0;
    if (shown == NULL)
        return;
    for (size_t i = 0; i < sightings->count; i++) {
        while (end < sightings->count &&
               sightings->at[end].last < (uint64_t)sightings->at[i].first + words)
            distinct += shown[sightings->at[end++].node]++ == 0;
        if (end <= i)
            end = i + 1;
        else if (((uint64_t)distinct << 32) + (end - i) > best) {
            best = ((uint64_t)distinct << 32) + (end - i);
            *first = i;
            *count = end - i;
        }
        if (shown[sightings->at[i].node] > 0)
            distinct -= --shown[sightings->at[i].node] == 0;
    }
    if (*count == 0 && sightings->count > 0)
        *count = 1;
}

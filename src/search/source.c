#include "search/source.h"

enum { SIDE_BY_SIDE = 64, SEEK_COST = 8 };

/* One term, walked along with the windows. */
struct stream {
    struct postings postings;
    struct term term;
    float weight;
    float most; /* it scores nowhere more */
    float top;  /* nor, in the window of source_top, more than this */
};

/* All of many terms, gathered beforehand: by head, over the whole segment. */
struct gathered {
    uint64_t *body, *any;
    float *scores;
    uint32_t parts;
    float most;
};

struct source {
    struct stream *body, *furniture;
    size_t body_count, furniture_count;
    struct gathered gathered;
    struct walk *walks[2]; /* by walk_space */
    float weight, most;    /* of the walks */
    float top;
};

void source_free(struct source *source)
{
    if (source == NULL)
        return;
    free(source->body);
    free(source->furniture);
    free(source->gathered.body);
    free(source->gathered.any);
    free(source->gathered.scores);
    walk_free(source->walks[WALK_BODY]);
    walk_free(source->walks[WALK_FURNITURE]);
    free(source);
}
CLOSER(source, source_free)

static enum status streams_open(const struct scene *scene, const struct planned_term *terms,
                                size_t count, float weight, struct stream **streams, size_t *opened,
                                struct fault *fault)
{
    if (count == 0)
        return OK;
    *streams = malloc(count * sizeof **streams);
    if (*streams == NULL)
        return no_memory(fault);
    for (*opened = 0; *opened < count; ++*opened) {
        const struct planned_term *term = &terms[*opened];
        struct stream *stream = &(*streams)[*opened];
        stream->term = term->term;
        stream->weight = weight * term->weight;
        stream->most = score_bound(stream->weight, term->term.most, term->term.fewest,
                                   scene->weights->average);
        TRY(postings_begin(&stream->postings, scene->plan->segment, &term->term, fault));
    }
    return OK;
}

/* The score that one term gives to a document: of its best part. */
struct tally {
    float *scores; /* NULL: none wanted */
    uint32_t head;
    float best;
};

static void tally_end(struct tally *tally)
{
    if (tally->best > 0)
        tally->scores[tally->head] += tally->best;
    tally->best = 0;
}

static void tally_add(struct tally *tally, uint32_t head, float score)
{
    if (tally->scores == NULL)
        return;
    if (head != tally->head)
        tally_end(tally);
    tally->head = head;
    tally->best = score > tally->best ? score : tally->best;
}

static enum status gather_term(struct scene *scene, const struct planned_term *term, float weight,
                               struct gathered *gathered, bool is_body, struct fault *fault)
{
    struct postings postings;
    struct tally tally = { .scores = is_body ? gathered->scores : NULL };
    TRY(postings_begin(&postings, scene->plan->segment, &term->term, fault));
    TRY(postings_seek(&postings, 0, fault));
    while (postings.part != POSTINGS_END && !budget_spent(scene->budget)) {
        uint32_t head, words;
        if (bits_has(scene->window.seen_parts, postings.part)) {
            TRY(window_head(&scene->window, postings.part, &head, &words, fault));
            bits_add(gathered->any, head);
            if (is_body)
                bits_add(gathered->body, head);
            tally_add(
                &tally, head,
                score_part(weight * term->weight, postings.count, words, scene->weights->average));
        }
        TRY(postings_next(&postings, fault));
    }
    tally_end(&tally);
    return OK;
}

static enum status gather(struct scene *scene, const struct planned_word *planned, float weight,
                          struct source *source, struct fault *fault)
{
    struct gathered *gathered = &source->gathered;
    gathered->parts = scene->window.parts;
    size_t words = (size_t)gathered->parts / 64 + 1;
    gathered->body = calloc(words, sizeof *gathered->body);
    gathered->any = calloc(words, sizeof *gathered->any);
    gathered->scores = calloc((size_t)gathered->parts + 1, sizeof *gathered->scores);
    if (gathered->body == NULL || gathered->any == NULL || gathered->scores == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < planned->body_count; i++) {
        TRY(gather_term(scene, &planned->body[i], weight, gathered, true, fault));
        gathered->most += score_bound(weight * planned->body[i].weight, planned->body[i].term.most,
                                      planned->body[i].term.fewest, scene->weights->average);
    }
    for (size_t i = 0; i < planned->furniture_count; i++)
        TRY(gather_term(scene, &planned->furniture[i], 0, gathered, false, fault));
    return OK;
}

static enum status word_open(struct scene *scene, const struct query_word *word,
                             struct source *source, struct fault *fault)
{
    const struct planned_word *planned = &scene->plan->words[word->id];
    float weight = scene->weights->words[word->id];
    if (planned->body_count + planned->furniture_count > SIDE_BY_SIDE)
        return gather(scene, planned, weight, source, fault);
    TRY(streams_open(scene, planned->body, planned->body_count, weight, &source->body,
                     &source->body_count, fault));
    return streams_open(scene, planned->furniture, planned->furniture_count, 0, &source->furniture,
                        &source->furniture_count, fault);
}

static float weight_of(const struct scene *scene, const struct node *node)
{
    float sum = 0;
    for (size_t i = 0; i < node->word_count; i++)
        sum += scene->weights->words[node->words[i].id];
    for (const struct node *child = node->first; child != NULL; child = child->next)
        sum += weight_of(scene, child);
    return sum;
}

static bool is_simple_word(const struct node *node)
{
    return node->kind == NODE_WORDS && node->word_count == 1 && !node->words[0].is_exact;
}

static enum status source_fill(struct scene *scene, const struct node *node, struct source *source,
                               struct fault *fault)
{
    if (is_simple_word(node))
        return word_open(scene, &node->words[0], source, fault);
    for (int space = WALK_BODY; space <= WALK_FURNITURE; space++)
        TRY(walk_new(scene->plan, node, (enum walk_space)space, &scene->surfaces, false,
                     &source->walks[space], fault));
    source->weight = weight_of(scene, node);
    source->most = score_bound(source->weight, UINT32_MAX, 0, scene->weights->average);
    return OK;
}

enum status source_new(struct scene *scene, const struct node *node, struct source **source,
                       struct fault *fault)
{
    CLOSED(source_free) struct source *made = calloc(1, sizeof *made);
    *source = NULL;
    if (made == NULL)
        return no_memory(fault);
    TRY(source_fill(scene, node, made, fault));
    bool is_there = made->body_count + made->furniture_count > 0 || made->gathered.any != NULL ||
                    made->walks[WALK_BODY] != NULL || made->walks[WALK_FURNITURE] != NULL;
    if (is_there)
        *source = take(made);
    return OK;
}

static enum status streams_next(struct stream *streams, size_t count, uint32_t part, uint32_t *next,
                                struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        TRY(postings_seek(&streams[i].postings, part, fault));
        *next = streams[i].postings.part < *next ? streams[i].postings.part : *next;
    }
    return OK;
}

enum status source_next(struct source *source, uint32_t part, uint32_t *next, struct fault *fault)
{
    *next = POSTINGS_END;
    TRY(streams_next(source->body, source->body_count, part, next, fault));
    TRY(streams_next(source->furniture, source->furniture_count, part, next, fault));
    if (source->gathered.any != NULL)
        *next = bits_next(source->gathered.any, part, source->gathered.parts);
    for (int space = WALK_BODY; space <= WALK_FURNITURE; space++) {
        struct walk *walk = source->walks[space];
        if (walk == NULL)
            continue;
        TRY(walk_seek(walk, part, fault));
        *next = walk->part < *next ? walk->part : *next;
    }
    return OK;
}

static enum status stream_top(struct stream *stream, const struct scene *scene, struct fault *fault)
{
    struct posting_bound bound;
    float top = 0;
    for (uint32_t part = scene->window.first; part < scene->window.limit;
         part = bound.last_part + 1) {
        TRY(postings_bound(&stream->postings, part, &bound, fault));
        if (bound.last_part == POSTINGS_END)
            break;
        float score =
            score_bound(stream->weight, bound.count, bound.words, scene->weights->average);
        top = score > top ? score : top;
        if (top >= stream->most)
            break;
    }
    stream->top = top < stream->most ? top : stream->most;
    return OK;
}

enum status source_top(struct source *source, const struct scene *scene, float *top,
                       struct fault *fault)
{
    *top = source->walks[WALK_BODY] != NULL ? source->most : 0;
    *top += source->gathered.most;
    for (size_t i = 0; i < source->body_count; i++) {
        TRY(stream_top(&source->body[i], scene, fault));
        *top += source->body[i].top;
    }
    source->top = *top;
    return OK;
}

enum { FURNITURE_SHARE = 8 };

enum status source_count(const struct source *source, const struct scene *scene,
                         struct source_total *total, struct fault *fault)
{
    struct postings body, furniture = { .part = POSTINGS_END };
    uint32_t last = scene->window.parts - 1;
    *total = (struct source_total){ 0 };
    if (source->body_count != 1 || source->furniture_count > 1)
        return OK;
    total->parts = source->body[0].term.parts;
    const struct term *marks = source->furniture_count == 1 ? &source->furniture[0].term : NULL;
    if (marks != NULL && (uint64_t)marks->parts * FURNITURE_SHARE >= total->parts)
        return OK;
    TRY(postings_begin(&body, scene->plan->segment, &source->body[0].term, fault));
    if (marks != NULL) {
        TRY(postings_begin(&furniture, scene->plan->segment, marks, fault));
        TRY(postings_seek(&furniture, 0, fault));
    }
    while (furniture.part != POSTINGS_END) {
        TRY(postings_seek(&body, furniture.part, fault));
        total->parts += body.part != furniture.part;
        total->has_last |= furniture.part == last;
        TRY(postings_next(&furniture, fault));
    }
    TRY(postings_seek(&body, last, fault));
    total->has_last |= body.part == last;
    total->is_known = true;
    return OK;
}

static size_t count_below(const uint32_t *parts, size_t len, uint32_t limit)
{
    if (len == 0 || parts[len - 1] < limit)
        return len;
    size_t low = 0, high = len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (parts[middle] < limit)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Where every part is a document. */
static void score_flat(const struct scene *scene, float weight, const uint32_t *parts,
                       const uint32_t *counts, size_t len)
{
    const uint32_t base = scene->window.base, *words = scene->window.chunk->words;
    const float average = scene->weights->average;
    float *scores = scene->scores;
    for (size_t i = 0; i < len; i++) {
        uint32_t at = parts[i] - base;
        scores[at] += score_part(weight, counts[i], words[at], average);
    }
}

static enum status add_part(struct scene *scene, struct tally *tally, float weight, uint32_t part,
                            uint32_t count, uint64_t *bits, struct fault *fault)
{
    uint32_t head, words;
    if (!bits_has(scene->window.seen_parts, part))
        return OK;
    TRY(window_head(&scene->window, part, &head, &words, fault));
    head -= scene->window.base;
    bits_add(bits, head);
    if (tally->scores != NULL)
        tally_add(tally, head, score_part(weight, count, words, scene->weights->average));
    return OK;
}

/* Whether documents of the block at `part` can be among those wanted, by all that the query may
 * give them; *last: of the block's parts. */
static enum status is_wanted(const struct stream *stream, const struct scene *scene, uint32_t part,
                             bool *wanted, uint32_t *last, struct fault *fault)
{
    struct posting_bound bound;
    *wanted = true;
    *last = part;
    if (scene->threshold < 0)
        return OK;
    TRY(postings_bound(&stream->postings, part, &bound, fault));
    float most = score_bound(stream->weight, bound.count, bound.words, scene->weights->average);
    *wanted = scene->top - stream->top + most >= scene->threshold;
    *last = bound.last_part;
    return OK;
}

/* All of the window, block by block. */
static enum status add_blocks(struct stream *stream, struct scene *scene, uint64_t *bits,
                              bool is_scored, struct fault *fault)
{
    const struct window *window = &scene->window;
    struct tally tally = { .scores = is_scored ? scene->scores : NULL };
    for (uint32_t from = window->first; from < window->limit;) {
        const uint32_t *parts, *counts;
        size_t len;
        bool wanted = false;
        uint32_t last;
        if (is_scored)
            TRY(is_wanted(stream, scene, from, &wanted, &last, fault));
        if (is_scored && !wanted && scene->only_best) {
            if (last >= window->limit)
                break;
            from = last + 1;
            continue;
        }
        TRY(postings_block(&stream->postings, from, &parts, &counts, &len, fault));
        size_t inside = count_below(parts, len, window->limit);
        if (inside == 0)
            break;
        if (window->is_flat) {
            bits_add_all(bits, parts, inside, window->base);
            if (wanted)
                score_flat(scene, stream->weight, parts, counts, inside);
        }
        for (size_t i = 0; i < inside && !window->is_flat; i++)
            TRY(add_part(scene, &tally, stream->weight, parts[i], counts[i], bits, fault));
        if (inside < len)
            break;
        from = parts[inside - 1] + 1;
    }
    tally_end(&tally);
    return OK;
}

/* Only the documents of `within`, one by one. */
static enum status add_some(struct stream *stream, struct scene *scene, const uint64_t *within,
                            uint64_t *bits, bool is_scored, struct fault *fault)
{
    struct tally tally = { .scores = is_scored ? scene->scores : NULL };
    const struct window *window = &scene->window;
    for (uint32_t at = bits_next(within, 0, WINDOW); at != BITS_END;
         at = bits_next(within, at + 1, WINDOW)) {
        uint32_t end = window_end(window, window->base + at);
        TRY(postings_seek(&stream->postings, window->base + at, fault));
        while (stream->postings.part < end) {
            TRY(add_part(scene, &tally, stream->weight, stream->postings.part,
                         stream->postings.count, bits, fault));
            TRY(postings_next(&stream->postings, fault));
        }
        if (stream->postings.part >= window->limit)
            break;
        if (stream->postings.part >= window->base + WINDOW)
            continue;
        uint32_t head, words;
        TRY(window_head(window, stream->postings.part, &head, &words, fault));
        if (head - window->base > at + 1)
            at = head - window->base - 1;
    }
    tally_end(&tally);
    return OK;
}

/* Nothing but what scores enough is looked for. */
static bool is_best_known(const struct scene *scene)
{
    return scene->only_best && scene->threshold >= 0;
}

static enum status add_stream(struct stream *stream, struct scene *scene, const uint64_t *within,
                              size_t some, uint64_t *bits, bool is_scored, struct fault *fault)
{
    (void)budget_spent(scene->budget);
    uint64_t here = (uint64_t)stream->term.parts * WINDOW / (scene->window.parts + 1);
    if (within != NULL && some * SEEK_COST < here)
        return add_some(stream, scene, within, bits, is_scored, fault);
    return add_blocks(stream, scene, bits, is_scored, fault);
}

static enum status add_streams(struct source *source, struct scene *scene, const uint64_t *within,
                               struct found *found, struct fault *fault)
{
    size_t some = within != NULL ? bits_count(within, WINDOW_WORDS) : 0;
    struct found here = { 0 };
    for (size_t i = 0; i < source->body_count; i++)
        TRY(add_stream(&source->body[i], scene, within, some, here.body, scene->scores != NULL,
                       fault));
    for (size_t i = 0; i < source->furniture_count && !is_best_known(scene); i++)
        TRY(add_stream(&source->furniture[i], scene, within, some, here.any, false, fault));
    for (size_t i = 0; i < WINDOW_WORDS; i++) {
        uint64_t seen = scene->window.is_flat ? scene->window.seen[i] : ~UINT64_C(0);
        found->body[i] |= here.body[i] & seen;
        found->any[i] |= (here.any[i] | here.body[i]) & seen;
    }
    return OK;
}

static void add_gathered(const struct gathered *gathered, const struct scene *scene,
                         struct found *found)
{
    const struct window *window = &scene->window;
    size_t first = window->base / 64, words = (size_t)gathered->parts / 64 + 1 - first;
    for (size_t i = 0; i < WINDOW_WORDS && i < words; i++) {
        found->body[i] |= gathered->body[first + i];
        found->any[i] |= gathered->any[first + i];
        for (uint64_t rest = gathered->body[first + i]; rest != 0 && scene->scores != NULL;
             rest &= rest - 1) {
            size_t at = i * 64 + (size_t)__builtin_ctzll(rest);
            scene->scores[at] += gathered->scores[window->base + at];
        }
    }
}

/* Heads that a walk need not look at. */
static bool is_skipped(uint32_t at, const uint64_t *within, const uint64_t *without)
{
    return (within != NULL && !bits_has(within, at)) || (without != NULL && bits_has(without, at));
}

/* Whether what stands in the part can make its document one of those wanted. */
static bool may_reach(const struct source *source, const struct walk *walk,
                      const struct scene *scene, uint32_t words)
{
    if (scene->threshold < 0)
        return true;
    float most = score_bound(source->weight, walk_count_most(walk), words, scene->weights->average);
    return scene->top - source->most + most >= scene->threshold;
}

static enum status add_walk(struct source *source, struct walk *walk, struct scene *scene,
                            const uint64_t *within, struct found *found, struct fault *fault)
{
    const struct window *window = &scene->window;
    bool is_body = walk->space == WALK_BODY;
    const uint64_t *without = is_body ? NULL : found->body;
    struct tally tally = { .scores = is_body ? scene->scores : NULL };
    for (uint32_t target = window->first; target < window->limit;) {
        uint32_t head, words;
        TRY(walk_seek(walk, target, fault));
        if (walk->part >= window->limit || budget_spent(scene->budget))
            break;
        TRY(window_head(window, walk->part, &head, &words, fault));
        target = walk->part + 1;
        head -= window->base;
        if (is_skipped(head, within, without)) {
            uint32_t next = within != NULL ? bits_next(within, head + 1, WINDOW) : head;
            if (next == BITS_END)
                break;
            target = next > head && window->base + next > target ? window->base + next : target;
            continue;
        }
        if (!bits_has(window->seen_parts, walk->part))
            continue;
        bool is_scored = tally.scores != NULL && may_reach(source, walk, scene, words);
        bool holds = false;
        if (!is_scored && is_best_known(scene) && tally.scores != NULL)
            continue;
        TRY(is_scored ? walk_read(walk, fault) : walk_holds(walk, &holds, fault));
        if (is_scored ? walk->count == 0 : !holds)
            continue;
        bits_add(found->any, head);
        if (is_body)
            bits_add(found->body, head);
        if (is_scored)
            tally_add(
                &tally, head,
                score_part(source->weight, (uint32_t)walk->count, words, scene->weights->average));
    }
    tally_end(&tally);
    return OK;
}

enum status source_add(struct source *source, struct scene *scene, const uint64_t *within,
                       struct found *found, struct fault *fault)
{
    if (source->gathered.any != NULL)
        add_gathered(&source->gathered, scene, found);
    else if (source->body_count + source->furniture_count > 0)
        TRY(add_streams(source, scene, within, found, fault));
    for (int space = WALK_BODY; space <= WALK_FURNITURE; space++)
        if (source->walks[space] != NULL && (space == WALK_BODY || !is_best_known(scene)))
            TRY(add_walk(source, source->walks[space], scene, within, found, fault));
    return OK;
}

#include "check/names_found.h"

#include "text/tokenize.h"
#include "trace/tracer.h"

enum { STEPS_MAX = 20000, POSITIONS_MAX = 4096 };

enum status found_words_make(struct bytes text, struct arena *arena, struct found_words *words,
                             struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    words->count = 0;
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (words->count < FOUND_WORDS_MAX && tokenizer_next(&tokenizer, &token)) {
        if (token.flags & TOKEN_EXTRA)
            continue;
        struct bytes key = arena_copy(arena, token_key(&token));
        if (key.at == NULL)
            return no_memory(fault);
        words->keys[words->count++] = key;
    }
    return OK;
}

/* One phrase on its way through one segment. */
struct search {
    const struct source *source;
    size_t segment;
    const struct found_words *words;
    struct walk *walks[FOUND_WORDS_MAX];
    size_t lead; /* the word that fewest parts hold */
    size_t most, per_part;
    uint32_t steps;
    uint32_t positions[2][POSITIONS_MAX];
    struct found_places *places;
};

/* Walks over all words; *ready false when one does not occur. */
static enum status search_begin(struct search *search, struct arena *arena, bool *ready,
                                struct fault *fault)
{
    uint32_t fewest = UINT32_MAX;
    *ready = false;
    for (size_t i = 0; i < search->words->count; i++) {
        uint64_t occurrences;
        uint32_t parts;
        TRY(search->source->term(search->source->self, search->segment, search->words->keys[i],
                                 &occurrences, &parts, fault));
        if (parts == 0)
            return OK;
        if (parts < fewest) {
            fewest = parts;
            search->lead = i;
        }
    }
    for (size_t i = 0; i < search->words->count; i++) {
        TRY(search->source->walk(search->source->self, search->segment, search->words->keys[i],
                                 arena, &search->walks[i], fault));
        if (search->walks[i] == NULL)
            return OK;
    }
    *ready = true;
    return OK;
}

/* Bring all walks to one part, from that of the lead on. */
static enum status search_align(struct search *search, struct fault *fault)
{
    struct walk *lead = search->walks[search->lead];
    for (size_t i = 0; i < search->words->count && lead->part != WALK_END;) {
        struct walk *walk = search->walks[i];
        if (walk->part < lead->part)
            TRY(search->source->seek(search->source->self, walk, lead->part, fault));
        if (walk->part == lead->part) {
            i++;
            continue;
        }
        uint32_t to = walk->part;
        if (to == WALK_END) {
            lead->part = WALK_END;
            return OK;
        }
        TRY(search->source->seek(search->source->self, lead, to, fault));
        i = 0;
        if (++search->steps > STEPS_MAX) {
            search->places->is_cut = true;
            lead->part = WALK_END;
        }
    }
    return OK;
}

/* Keep the starts for which word i stands at start + i. */
static size_t keep_followed(uint32_t *starts, size_t count, const uint32_t *positions,
                            size_t others, uint32_t offset)
{
    size_t kept = 0, k = 0;
    for (size_t i = 0; i < count; i++) {
        while (k < others && positions[k] < starts[i] + offset)
            k++;
        if (k < others && positions[k] == starts[i] + offset)
            starts[kept++] = starts[i];
    }
    return kept;
}

static enum status search_part(struct search *search, struct fault *fault)
{
    uint32_t *starts = search->positions[0], *others = search->positions[1];
    size_t count = search->walks[0]->count;
    if (count > POSITIONS_MAX)
        return OK;
    TRY(search->source->positions(search->source->self, search->walks[0], starts, fault));
    for (size_t i = 1; i < search->words->count && count > 0; i++) {
        if (search->walks[i]->count > POSITIONS_MAX)
            return OK;
        TRY(search->source->positions(search->source->self, search->walks[i], others, fault));
        count = keep_followed(starts, count, others, search->walks[i]->count, (uint32_t)i);
    }
    struct found_places *places = search->places;
    for (size_t i = 0; i < count && i < search->per_part && places->count < search->most; i++)
        places->at[places->count++] =
            (struct found_place){ search->segment, search->walks[0]->part, starts[i] };
    return OK;
}

static enum status search_segment(struct search *search, struct arena *arena, struct fault *fault)
{
    bool ready;
    TRY(search_begin(search, arena, &ready, fault));
    if (!ready)
        return OK;
    struct walk *lead = search->walks[search->lead];
    for (;;) {
        TRY(search_align(search, fault));
        if (lead->part == WALK_END || search->places->count >= search->most)
            return OK;
        if (search->source->sees(search->source->self, search->segment, lead->part))
            TRY(search_part(search, fault));
        if (++search->steps > STEPS_MAX) {
            search->places->is_cut = true;
            return OK;
        }
        TRY(search->source->seek(search->source->self, lead, lead->part + 1, fault));
    }
}

enum status found_phrase(const struct run *run, const struct found_words *words, size_t most,
                         size_t per_part, struct found_places *places, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    const struct source *source = tracer_source(run->tracer);
    struct search *search = arena_alloc(&arena, sizeof *search);
    if (search == NULL)
        return no_memory(fault);
    *places = (struct found_places){ .count = 0 };
    search->source = source;
    search->words = words;
    search->most = most < FOUND_PLACES_MAX ? most : FOUND_PLACES_MAX;
    search->per_part = per_part;
    search->places = places;
    for (size_t i = 0; words->count > 0 && i < source->segments && places->count < search->most;
         i++) {
        search->segment = i;
        TRY(search_segment(search, &arena, fault));
    }
    return OK;
}

enum status found_count(const struct run *run, struct bytes key, uint64_t *parts,
                        struct fault *fault)
{
    const struct source *source = tracer_source(run->tracer);
    *parts = 0;
    for (size_t i = 0; i < source->segments; i++) {
        uint64_t occurrences;
        uint32_t here;
        TRY(source->term(source->self, i, key, &occurrences, &here, fault));
        *parts += here;
    }
    return OK;
}

enum status found_window(const struct run *run, const struct found_place *place, uint32_t before,
                         uint32_t behind, struct arena *arena, struct window *window,
                         struct fault *fault)
{
    uint32_t low = place->position > before ? place->position - before : 0;
    return window_open(tracer_source(run->tracer), place->segment, place->number, low,
                       place->position + behind, arena, window, fault);
}

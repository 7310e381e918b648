#include "trace/candidates.h"

#include <stdlib.h>

#include "trace/variants.h"

enum {
    SEED_KEYS = 6,
    ELLIPSIS_WORDS = 400,
    GAPS_WORDS_MAX = 3000,
    SLACK = 8,
    PART_HITS_MAX = 50000,
    PLACES_WORDS_MAX = 12,
};

struct seed {
    size_t node;          /* first use in the quotation */
    uint32_t first, last; /* word offsets of its first and last use */
    uint32_t piece_first, piece_last;
    double bits;
    uint64_t occurrences;
    struct bytes keys[SEED_KEYS];
    size_t key_count;
    struct walk *walks[SEED_KEYS];
    size_t walk_count;
    bool is_chosen;
};

struct hit {
    uint32_t position;
    uint32_t seed;
};

static const double bits_enough = 120, literal_bits = 0.5;

struct vote {
    const struct source *source;
    const struct quote *quote;
    struct arena *arena;
    struct candidates *candidates;
    struct seed *seeds;
    size_t seed_count;
    uint32_t width;
    uint32_t gap; /* source words one ellipsis may stand for */
    double floor;
    uint64_t limit;
    struct hit *hits;
    size_t hit_room;
    uint32_t *positions;
    size_t position_room;
    bool counts_places;
};

static int by_rarity(const void *a, const void *b)
{
    const struct seed *one = a, *other = b;
    if (one->occurrences != other->occurrences)
        return one->occurrences < other->occurrences ? -1 : 1;
    return one->node < other->node ? -1 : 1;
}

static int by_position(const void *a, const void *b)
{
    const struct hit *one = a, *other = b;
    if (one->position != other->position)
        return one->position < other->position ? -1 : 1;
    return one->seed < other->seed ? -1 : one->seed > other->seed;
}

static int by_bits(const void *a, const void *b)
{
    const struct stretch *one = a, *other = b;
    if (one->bits != other->bits)
        return one->bits > other->bits ? -1 : 1;
    if (one->segment != other->segment)
        return one->segment < other->segment ? -1 : 1;
    if (one->number != other->number)
        return one->number < other->number ? -1 : 1;
    return one->low < other->low ? -1 : one->low > other->low;
}

static enum status seed_add_key(struct vote *vote, struct seed *seed, struct bytes key,
                                struct fault *fault)
{
    double bits;
    uint64_t occurrences, parts;
    if (seed->key_count == SEED_KEYS)
        return OK;
    TRY(quote_word_bits(vote->source, key, &bits, &occurrences, &parts, fault));
    if (occurrences == 0)
        return OK;
    struct bytes copy = arena_copy(vote->arena, key);
    if (copy.at == NULL)
        return no_memory(fault);
    seed->keys[seed->key_count++] = copy;
    seed->occurrences += occurrences;
    return OK;
}

/* The word itself, its damaged or joined readings, its other spellings. */
static enum status seed_make(struct vote *vote, struct seed *seed, size_t node, struct fault *fault)
{
    const struct node *word = &vote->quote->nodes[node];
    const struct quote_node *of = &vote->quote->of[node];
    *seed = (struct seed){ .node = node,
                           .first = of->word,
                           .last = of->word,
                           .piece_first = of->piece,
                           .piece_last = of->piece,
                           .bits = of->bits };
    for (size_t k = 0; k < word->key_count; k++)
        TRY(seed_add_key(vote, seed, word->keys[k], fault));
    char spellings[256];
    size_t count = variant_spellings(word->keys[0], spellings, sizeof spellings);
    const char *at = spellings;
    for (size_t i = 0; i < count; i++, at += strlen(at) + 1)
        TRY(seed_add_key(vote, seed, bytes_from_string(at), fault));
    return OK;
}

static struct seed *seed_of_hash(struct vote *vote, uint64_t hash, size_t *table, size_t mask,
                                 size_t *slot)
{
    size_t at = hash & mask;
    while (table[at] != 0) {
        struct seed *seed = &vote->seeds[table[at] - 1];
        if (vote->quote->of[seed->node].hash == hash)
            return seed;
        at = (at + 1) & mask;
    }
    *slot = at;
    return NULL;
}

/* One seed for each different word, known to the archive in some form. */
static enum status vote_gather(struct vote *vote, struct fault *fault)
{
    const struct quote *quote = vote->quote;
    size_t room = 16, slot = 0;
    while (room < quote->count * 2)
        room *= 2;
    size_t *table = arena_alloc_many(vote->arena, room, sizeof *table);
    vote->seeds = arena_alloc_many(vote->arena, quote->words + 1u, sizeof *vote->seeds);
    if (table == NULL || vote->seeds == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < quote->count; i++) {
        if (!node_is_word(&quote->nodes[i]))
            continue;
        struct seed *seed = seed_of_hash(vote, quote->of[i].hash, table, room - 1, &slot);
        if (seed != NULL) {
            seed->last = quote->of[i].word;
            seed->piece_last = quote->of[i].piece;
            continue;
        }
        TRY(seed_make(vote, &vote->seeds[vote->seed_count], i, fault));
        table[slot] = ++vote->seed_count;
    }
    return OK;
}

static uint64_t choose(struct seed *seed, uint64_t spent, size_t *chosen)
{
    if (seed->is_chosen)
        return spent;
    seed->is_chosen = true;
    ++*chosen;
    return spent + seed->occurrences;
}

/* The rarest of a stretch of the quotation: words [low, high), or one piece. */
static struct seed *rarest_between(struct vote *vote, uint32_t low, uint32_t high)
{
    for (size_t i = 0; i < vote->seed_count; i++)
        if (vote->seeds[i].first >= low && vote->seeds[i].first < high &&
            vote->seeds[i].occurrences > 0)
            return &vote->seeds[i];
    return NULL;
}

static struct seed *rarest_of_piece(struct vote *vote, uint32_t piece)
{
    for (size_t i = 0; i < vote->seed_count; i++)
        if (vote->seeds[i].piece_first == piece && vote->seeds[i].occurrences > 0)
            return &vote->seeds[i];
    return NULL;
}

/* Sorted by rarity before; afterwards the chosen stand in front. */
static void vote_choose(struct vote *vote, uint64_t budget, size_t enough)
{
    size_t chosen = 0;
    uint64_t spent = 0;
    uint32_t words = vote->quote->words;
    qsort(vote->seeds, vote->seed_count, sizeof *vote->seeds, by_rarity);
    for (uint32_t piece = 0; piece < vote->quote->pieces && piece < 6; piece++) {
        struct seed *seed = rarest_of_piece(vote, piece);
        if (seed != NULL && (chosen == 0 || spent + seed->occurrences <= budget))
            spent = choose(seed, spent, &chosen);
    }
    for (uint32_t third = 0; third < 3; third++) {
        struct seed *seed = rarest_between(vote, words * third / 3, words * (third + 1) / 3);
        if (seed != NULL && (chosen == 0 || spent + seed->occurrences <= budget))
            spent = choose(seed, spent, &chosen);
    }
    double bits = 0;
    for (size_t i = 0; i < vote->seed_count; i++)
        bits += vote->seeds[i].is_chosen ? vote->seeds[i].bits : 0;
    for (size_t i = 0; i < vote->seed_count && chosen < SEEDS_MAX; i++) {
        struct seed *seed = &vote->seeds[i];
        /* Enough to know a passage by, even with some of them changed; longer lists add time, not
         * candidates. */
        if (chosen >= enough && bits >= bits_enough)
            break;
        if (!seed->is_chosen)
            bits += seed->bits;
        if (seed->occurrences > 0 && (chosen < 2 || spent + seed->occurrences <= budget))
            spent = choose(seed, spent, &chosen);
    }
    size_t kept = 0, known = 0;
    for (size_t i = 0; i < vote->seed_count; i++)
        known += vote->seeds[i].occurrences > 0;
    vote->candidates->is_whole = chosen == known;
    vote->candidates->unseeded = 0;
    for (size_t i = 0; i < vote->seed_count; i++)
        if (!vote->seeds[i].is_chosen && vote->seeds[i].occurrences > 0)
            vote->candidates->unseeded += vote->seeds[i].bits;
    for (size_t i = 0; i < vote->seed_count; i++)
        if (vote->seeds[i].is_chosen)
            vote->seeds[kept++] = vote->seeds[i];
    vote->counts_places =
        kept == vote->seed_count && words == vote->quote->count && words <= PLACES_WORDS_MAX;
    vote->seed_count = kept;
}

static void candidates_keep(struct vote *vote, struct stretch stretch)
{
    struct candidates *kept = vote->candidates;
    if (stretch.bits < vote->floor)
        return;
    if (kept->count == CANDIDATES_MAX) {
        if (stretch.bits <= kept->at[CANDIDATES_MAX - 1].bits)
            return;
        kept->count--;
    }
    size_t at = kept->count;
    while (at > 0 && kept->at[at - 1].bits < stretch.bits) {
        kept->at[at] = kept->at[at - 1];
        at--;
    }
    kept->at[at] = stretch;
    kept->count++;
}

/* The bits a window must have to be kept still. */
static double vote_needed(const struct vote *vote)
{
    const struct candidates *kept = vote->candidates;
    return kept->count == CANDIDATES_MAX ? kept->at[CANDIDATES_MAX - 1].bits : vote->floor;
}

/* Where the words lie as far apart as printed, the literal place comes before looser ones; less
 * than a tie's bits. */
static double looseness(uint32_t apart, uint32_t printed)
{
    uint32_t off = apart > printed ? apart - printed : printed - apart;
    return off < 100 ? off * 0.01 : 1;
}

static void vote_emit(struct vote *vote, size_t segment, uint32_t part, const struct hit *left,
                      const struct hit *right, double bits)
{
    const struct seed *from = &vote->seeds[left->seed], *to = &vote->seeds[right->seed];
    uint32_t before = from->last + SLACK + from->piece_last * vote->gap;
    uint32_t after = vote->quote->words - to->first + SLACK +
                     (vote->quote->pieces - 1 - to->piece_first) * vote->gap;
    struct stretch stretch = { .segment = segment, .number = part, .bits = bits };
    stretch.low = left->position > before ? left->position - before : 0;
    stretch.high = right->position + after;
    if (vote->quote->pieces == 1)
        stretch.bits -= looseness(right->position - left->position, to->first - from->first);
    candidates_keep(vote, stretch);
}

/* Slide over the sorted hits of one part; each gathering gives one window, at its best. */
static void vote_slide(struct vote *vote, size_t segment, uint32_t part, size_t count)
{
    uint32_t held[SEEDS_MAX] = { 0 };
    double bits = 0, best = 0;
    size_t left = 0, best_left = 0, best_right = 0;
    const struct hit *hits = vote->hits;
    for (size_t right = 0; right < count; right++) {
        if (held[hits[right].seed]++ == 0)
            bits += vote->seeds[hits[right].seed].bits;
        while (hits[right].position - hits[left].position > vote->width) {
            if (--held[hits[left].seed] == 0)
                bits -= vote->seeds[hits[left].seed].bits;
            left++;
        }
        if (best > 0 && left > best_right) {
            vote_emit(vote, segment, part, &hits[best_left], &hits[best_right], best);
            best = 0;
        }
        bool is_tighter =
            bits > best - 0.001 && hits[right].position - hits[left].position <
                                       hits[best_right].position - hits[best_left].position;
        if (bits > best + 0.001 || is_tighter) {
            best = bits;
            best_left = left;
            best_right = right;
        }
    }
    if (best > 0)
        vote_emit(vote, segment, part, &hits[best_left], &hits[best_right], best);
}

static bool hit_stands(const struct vote *vote, size_t count, uint32_t position, uint32_t seed)
{
    struct hit wanted = { position, seed };
    return bsearch(&wanted, vote->hits, count, sizeof wanted, by_position) != NULL;
}

/* A literal place comes before all where the same words only gather. */
static void vote_keep_place(struct vote *vote, size_t segment, uint32_t part, uint32_t position)
{
    struct stretch stretch = { .segment = segment, .number = part, .bits = literal_bits };
    for (size_t i = 0; i < vote->seed_count; i++)
        stretch.bits += vote->seeds[i].bits;
    stretch.low = position > SLACK ? position - SLACK : 0;
    stretch.high = position + vote->quote->words + SLACK;
    candidates_keep(vote, stretch);
}

/* Places where all words stand in order. */
static void vote_count_places(struct vote *vote, size_t segment, uint32_t part, size_t count)
{
    const struct quote *quote = vote->quote;
    uint32_t of_word[PLACES_WORDS_MAX] = { 0 };
    for (size_t i = 0; i < quote->count; i++)
        for (uint32_t s = 0; s < vote->seed_count; s++)
            if (quote->of[vote->seeds[s].node].hash == quote->of[i].hash)
                of_word[quote->of[i].word] = s;
    for (size_t h = 0; h < count; h++) {
        if (vote->hits[h].seed != of_word[0])
            continue;
        uint32_t w = 1;
        while (w < quote->words && hit_stands(vote, count, vote->hits[h].position + w, of_word[w]))
            w++;
        if (w < quote->words)
            continue;
        vote->candidates->places++;
        vote_keep_place(vote, segment, part, vote->hits[h].position);
    }
}

static enum status vote_read(struct vote *vote, struct walk *walk, uint32_t seed, size_t *count,
                             struct fault *fault)
{
    if (*count + walk->count > PART_HITS_MAX)
        return OK;
    if (walk->count > vote->position_room) {
        vote->position_room = (size_t)walk->count * 2;
        vote->positions =
            arena_alloc_many(vote->arena, vote->position_room, sizeof *vote->positions);
    }
    if (*count + walk->count > vote->hit_room) {
        size_t room = (*count + walk->count) * 2;
        struct hit *hits = arena_alloc_many(vote->arena, room, sizeof *hits);
        if (hits != NULL && *count > 0)
            memcpy(hits, vote->hits, *count * sizeof *hits);
        vote->hits = hits;
        vote->hit_room = room;
    }
    if (vote->positions == NULL || vote->hits == NULL)
        return no_memory(fault);
    TRY(vote->source->positions(vote->source->self, walk, vote->positions, fault));
    for (uint32_t i = 0; i < walk->count; i++)
        vote->hits[(*count)++] = (struct hit){ vote->positions[i], seed };
    vote->candidates->spent += walk->count;
    return OK;
}

static enum status vote_part(struct vote *vote, size_t segment, uint32_t part, struct fault *fault)
{
    size_t count = 0;
    for (uint32_t s = 0; s < vote->seed_count; s++)
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++)
            if (vote->seeds[s].walks[k]->part == part)
                TRY(vote_read(vote, vote->seeds[s].walks[k], s, &count, fault));
    qsort(vote->hits, count, sizeof *vote->hits, by_position);
    if (count > 0)
        vote_slide(vote, segment, part, count);
    if (vote->counts_places && count >= vote->quote->words)
        vote_count_places(vote, segment, part, count);
    return OK;
}

static enum status vote_open_walks(struct vote *vote, size_t segment, struct fault *fault)
{
    for (size_t s = 0; s < vote->seed_count; s++) {
        struct seed *seed = &vote->seeds[s];
        seed->walk_count = 0;
        for (size_t k = 0; k < seed->key_count; k++) {
            struct walk *walk = NULL;
            TRY(vote->source->walk(vote->source->self, segment, seed->keys[k], vote->arena, &walk,
                                   fault));
            if (walk != NULL)
                seed->walks[seed->walk_count++] = walk;
        }
    }
    return OK;
}

/* The lowest part any walk stands at, and the most bits it can hold. */
static uint32_t vote_lowest(const struct vote *vote, double *most)
{
    uint32_t lowest = WALK_END;
    for (size_t s = 0; s < vote->seed_count; s++)
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++)
            if (vote->seeds[s].walks[k]->part < lowest)
                lowest = vote->seeds[s].walks[k]->part;
    *most = 0;
    for (size_t s = 0; s < vote->seed_count; s++)
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++)
            if (vote->seeds[s].walks[k]->part == lowest) {
                *most += vote->seeds[s].bits;
                break;
            }
    return lowest;
}

static enum status vote_step(struct vote *vote, uint32_t part, struct fault *fault)
{
    for (size_t s = 0; s < vote->seed_count; s++)
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++) {
            struct walk *walk = vote->seeds[s].walks[k];
            if (walk->part != part)
                continue;
            TRY(vote->source->seek(vote->source->self, walk, part + 1, fault));
            vote->candidates->spent++;
        }
    return OK;
}

static enum status vote_segment(struct vote *vote, size_t segment, struct fault *fault)
{
    double most = 0;
    TRY(vote_open_walks(vote, segment, fault));
    for (;;) {
        uint32_t part = vote_lowest(vote, &most);
        if (part == WALK_END)
            return OK;
        if (vote->candidates->spent >= vote->limit) {
            vote->candidates->budget_hit = true;
            return OK;
        }
        if (most + literal_bits >= vote_needed(vote) &&
            vote->source->sees(vote->source->self, segment, part))
            TRY(vote_part(vote, segment, part, fault));
        TRY(vote_step(vote, part, fault));
    }
}

enum status candidates_find(const struct source *source, const struct quote *quote,
                            const struct candidate_work *work, struct arena *arena,
                            struct candidates *candidates, struct fault *fault)
{
    struct vote vote = { .source = source,
                         .quote = quote,
                         .arena = arena,
                         .candidates = candidates,
                         .limit = work->limit };
    *candidates = (struct candidates){ 0 };
    TRY(vote_gather(&vote, fault));
    vote_choose(&vote, work->budget, work->seeds);
    uint32_t gaps = quote->pieces - 1;
    vote.gap = gaps == 0 ? 0 : GAPS_WORDS_MAX / gaps;
    if (vote.gap > ELLIPSIS_WORDS)
        vote.gap = ELLIPSIS_WORDS;
    vote.width = quote->words + quote->words / 4 + SLACK + gaps * vote.gap;
    double total = 0;
    for (size_t i = 0; i < vote.seed_count; i++)
        total += vote.seeds[i].bits;
    vote.floor = total * 0.25 < 25 ? total * 0.25 : 25;
    for (size_t s = 0; s < source->segments && !candidates->budget_hit; s++)
        TRY(vote_segment(&vote, s, fault));
    qsort(candidates->at, candidates->count, sizeof *candidates->at, by_bits);
    return OK;
}

#include "trace/candidates.h"

#include <float.h>
#include <stdlib.h>

#include "trace/variants.h"

enum {
    SEED_KEYS = 6,
    USES_MAX = 4,
    ELLIPSIS_WORDS = 400,
    GAPS_WORDS_MAX = 3000,
    SLACK = 8,
    SHIFTED = 3,
    PART_HITS_MAX = 50000,
    PLACES_WORDS_MAX = 12,
    INSERTED_MAX = 24,
};

/* One word of the quotation: where it is used there, and its walks through a segment. */
struct seed {
    size_t node;              /* first use in the quotation */
    uint32_t uses[USES_MAX];  /* word offsets */
    uint8_t pieces[USES_MAX]; /* of each use, held at 255 */
    size_t use_count;
    double bits;
    uint64_t occurrences;
    struct bytes keys[SEED_KEYS];
    size_t key_count;
    struct walk *walks[SEED_KEYS];
    size_t walk_count;
    bool is_chosen;
};

static const double bits_enough = 120, literal_bits = 0.5, rounding_bits = 0.001;

/* A hit is one number: where the quotation would begin (plus START_BIAS), the seed, its use.
 * Sorted, they stand by diagonal. */
enum { HIT_SHIFT = 16, SEED_SHIFT = 4, USE_MASK = 15, START_BIAS = 1 << 20 };

static uint64_t hit_start(uint64_t hit)
{
    return hit >> HIT_SHIFT;
}

static uint32_t hit_seed(uint64_t hit)
{
    return (uint32_t)(hit & 0xffff) >> SEED_SHIFT;
}

struct vote {
    const struct source *source;
    const struct quote *quote;
    struct arena *arena;
    struct candidates *candidates;
    struct seed *seeds; /* rarest first */
    size_t seed_count;
    size_t essential; /* seeds [0, essential) decide which parts are looked at */
    double *behind;   /* bits of seeds [i, count) */
    uint32_t width;   /* by so much the starts of one window may differ */
    uint32_t gap;     /* source words one ellipsis may stand for */
    double floor, share;
    uint64_t limit;
    uint64_t *hits, *spare;
    size_t count, hit_room;
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

static void seed_use(struct seed *seed, const struct quote_node *of)
{
    if (seed->use_count == USES_MAX)
        return;
    seed->uses[seed->use_count] = of->word;
    seed->pieces[seed->use_count] = (uint8_t)(of->piece < 255 ? of->piece : 255);
    seed->use_count++;
}

/* The word itself, its damaged or joined readings, its other spellings. */
static enum status seed_make(struct vote *vote, struct seed *seed, size_t node, struct fault *fault)
{
    const struct node *word = &vote->quote->nodes[node];
    const struct quote_node *of = &vote->quote->of[node];
    *seed = (struct seed){ .node = node, .bits = of->bits };
    seed_use(seed, of);
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
            seed_use(seed, &quote->of[i]);
            continue;
        }
        TRY(seed_make(vote, &vote->seeds[vote->seed_count], i, fault));
        table[slot] = ++vote->seed_count;
    }
    return OK;
}

static void choose(struct seed *seed, size_t *chosen, double *bits)
{
    if (seed == NULL || seed->is_chosen || seed->occurrences == 0 || *chosen == SEEDS_MAX)
        return;
    seed->is_chosen = true;
    *bits += seed->bits;
    ++*chosen;
}

/* The rarest of a stretch of the quotation: words [low, high). */
static struct seed *rarest_between(struct vote *vote, uint32_t low, uint32_t high)
{
    for (size_t i = 0; i < vote->seed_count; i++)
        if (vote->seeds[i].uses[0] >= low && vote->seeds[i].uses[0] < high &&
            vote->seeds[i].occurrences > 0)
            return &vote->seeds[i];
    return NULL;
}

static struct seed *rarest_of_piece(struct vote *vote, uint32_t piece)
{
    for (size_t i = 0; i < vote->seed_count; i++)
        if (vote->seeds[i].pieces[0] == piece && vote->seeds[i].occurrences > 0)
            return &vote->seeds[i];
    return NULL;
}

/* What a window may hold beyond its votes, and whether a larger search would know more words. */
static void vote_settle(struct vote *vote)
{
    struct candidates *candidates = vote->candidates;
    size_t kept = 0, known = 0, uses = 0;
    for (size_t i = 0; i < vote->seed_count; i++) {
        const struct seed *seed = &vote->seeds[i];
        known += seed->occurrences > 0;
        if (!seed->is_chosen && seed->occurrences > 0)
            candidates->unseeded += seed->bits;
        if (!seed->is_chosen)
            continue;
        uses += seed->use_count;
        vote->seeds[kept++] = *seed;
    }
    candidates->is_whole = kept == known;
    vote->counts_places =
        uses == vote->quote->words && vote->quote->pieces == 1 && uses <= PLACES_WORDS_MAX;
    vote->seed_count = kept;
    for (size_t i = kept; i-- > 0;)
        vote->behind[i] = vote->behind[i + 1] + vote->seeds[i].bits;
    candidates->seeded = vote->behind[0];
}

/* All words of a short quotation; of a longer one the rarest, spread over its pieces and thirds:
 * enough to know a passage by, even with some of them changed. Longer lists add time, not
 * candidates. */
static enum status vote_choose(struct vote *vote, size_t enough, struct fault *fault)
{
    size_t chosen = 0;
    double bits = 0;
    uint32_t words = vote->quote->words;
    vote->behind = arena_alloc_many(vote->arena, vote->seed_count + 1, sizeof *vote->behind);
    if (vote->behind == NULL)
        return no_memory(fault);
    qsort(vote->seeds, vote->seed_count, sizeof *vote->seeds, by_rarity);
    for (uint32_t piece = 0; piece < vote->quote->pieces && piece < 6; piece++)
        choose(rarest_of_piece(vote, piece), &chosen, &bits);
    for (uint32_t third = 0; third < 3; third++)
        choose(rarest_between(vote, words * third / 3, words * (third + 1) / 3), &chosen, &bits);
    for (size_t i = 0; i < vote->seed_count; i++)
        if (words <= PLACES_WORDS_MAX || chosen < enough || bits < bits_enough)
            choose(&vote->seeds[i], &chosen, &bits);
    vote_settle(vote);
    return OK;
}

static void candidates_keep(struct candidates *kept, struct stretch stretch)
{
    if (kept->count == CANDIDATES_MAX)
        kept->count--;
    size_t at = kept->count;
    while (at > 0 && kept->at[at - 1].bits < stretch.bits) {
        kept->at[at] = kept->at[at - 1];
        at--;
    }
    kept->at[at] = stretch;
    kept->count++;
}

/* What a window must hold to be kept now: so many bits, and more than those of the last kept. */
struct bar {
    double least, last;
};

static struct bar vote_bar(const struct vote *vote)
{
    const struct candidates *kept = vote->candidates;
    double literal = vote->counts_places ? literal_bits : 0;
    double share = kept->count > 0 ? kept->at[0].bits * vote->share : 0;
    double last = kept->count < CANDIDATES_MAX ? -DBL_MAX : kept->at[CANDIDATES_MAX - 1].bits;
    return (struct bar){ (share > vote->floor ? share : vote->floor) - literal, last - literal };
}

/* Whether a window that holds at most so many bits may still be kept. */
static bool vote_may_keep(const struct vote *vote, double most)
{
    struct bar bar = vote_bar(vote);
    return most >= bar.least && most > bar.last;
}

/* A window that may be kept holds one of these seeds: only their parts are walked. */
static void vote_part_essential(struct vote *vote)
{
    while (vote->essential > 1 && !vote_may_keep(vote, vote->behind[vote->essential - 1]))
        vote->essential--;
}

struct gathering {
    size_t left, right; /* hits [left, right] */
    double bits;
};

static uint8_t piece_of(const struct vote *vote, uint64_t hit)
{
    return vote->seeds[hit_seed(hit)].pieces[hit & USE_MASK];
}

/* All words of the quotation on the diagonal of one hit. */
static bool stands_literally(const struct vote *vote, size_t at, size_t count)
{
    uint64_t start = hit_start(vote->hits[at]), before = 0;
    uint32_t uses = 0;
    while (at > 0 && hit_start(vote->hits[at - 1]) == start)
        at--;
    for (; at < count && hit_start(vote->hits[at]) == start; at++) {
        uses += uses == 0 || vote->hits[at] != before;
        before = vote->hits[at];
    }
    return uses == vote->quote->words;
}

static void vote_emit(struct vote *vote, size_t segment, uint32_t part,
                      const struct gathering *found)
{
    const uint64_t *hits = vote->hits;
    uint64_t low = hit_start(hits[found->left]), high = hit_start(hits[found->right]);
    uint32_t first = UINT8_MAX, last = 0;
    double bits = found->bits;
    /* Where the words lie as far apart as printed, the literal place comes before looser ones;
     * less than a tie's bits. */
    if (vote->quote->pieces == 1)
        bits -= high - low < 100 ? (double)(high - low) * 0.01 : 1;
    if (low == high && vote->counts_places && stands_literally(vote, found->left, vote->count))
        bits += literal_bits;
    if (!vote_may_keep(vote, bits) || (vote->candidates->count == CANDIDATES_MAX &&
                                       bits <= vote->candidates->at[CANDIDATES_MAX - 1].bits))
        return;
    for (size_t i = found->left; i <= found->right; i++) {
        first = piece_of(vote, hits[i]) < first ? piece_of(vote, hits[i]) : first;
        last = piece_of(vote, hits[i]) > last ? piece_of(vote, hits[i]) : last;
    }
    uint64_t before = START_BIAS + SLACK + (uint64_t)first * vote->gap;
    uint64_t after = vote->quote->words + SLACK;
    if (last + 1u < vote->quote->pieces)
        after += (uint64_t)(vote->quote->pieces - 1 - last) * vote->gap;
    struct stretch stretch = { .segment = segment, .number = part, .bits = bits };
    stretch.low = low > before ? (uint32_t)(low - before) : 0;
    stretch.high = high + after > START_BIAS ? (uint32_t)(high + after - START_BIAS) : 0;
    candidates_keep(vote->candidates, stretch);
    vote_part_essential(vote);
}

/* Slide over the hits of one part, sorted by where the quotation would begin; each gathering gives
 * one window, at its best. */
static void vote_slide(struct vote *vote, size_t segment, uint32_t part, size_t count)
{
    uint32_t held[SEEDS_MAX] = { 0 };
    double bits = 0;
    size_t left = 0;
    struct gathering best = { 0 };
    const uint64_t *hits = vote->hits;
    for (size_t right = 0; right < count; right++) {
        if (held[hit_seed(hits[right])]++ == 0)
            bits += vote->seeds[hit_seed(hits[right])].bits;
        while (hit_start(hits[right]) - hit_start(hits[left]) > vote->width) {
            if (--held[hit_seed(hits[left])] == 0)
                bits -= vote->seeds[hit_seed(hits[left])].bits;
            left++;
        }
        while (left < right && held[hit_seed(hits[left])] > 1)
            held[hit_seed(hits[left++])]--;
        if (best.bits > 0 && left > best.right) {
            vote_emit(vote, segment, part, &best);
            best.bits = 0;
        }
        bool is_tighter = bits > best.bits - 0.001 &&
                          hit_start(hits[right]) - hit_start(hits[left]) <
                              hit_start(hits[best.right]) - hit_start(hits[best.left]);
        if (bits > best.bits + 0.001 || is_tighter)
            best = (struct gathering){ left, right, bits };
    }
    if (best.bits > 0)
        vote_emit(vote, segment, part, &best);
}

static void vote_count_places(struct vote *vote, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool begins = i == 0 || hit_start(vote->hits[i]) != hit_start(vote->hits[i - 1]);
        vote->candidates->places += begins && stands_literally(vote, i, count);
    }
}

static void hits_insert(uint64_t *hits, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t hit = hits[i];
        size_t at = i;
        for (; at > 0 && hits[at - 1] > hit; at--)
            hits[at] = hits[at - 1];
        hits[at] = hit;
    }
}

/* Merge sort from the bottom: the lists it is made of are sorted already. */
static void hits_sort(struct vote *vote, size_t count)
{
    for (size_t i = 0; i < count; i += INSERTED_MAX)
        hits_insert(vote->hits + i, count - i < INSERTED_MAX ? count - i : INSERTED_MAX);
    for (size_t run = INSERTED_MAX; run < count; run *= 2) {
        const uint64_t *from = vote->hits;
        uint64_t *to = vote->spare;
        for (size_t low = 0; low < count; low += 2 * run) {
            size_t middle = low + run < count ? low + run : count;
            size_t high = low + 2 * run < count ? low + 2 * run : count;
            size_t a = low, b = middle;
            while (a < middle || b < high)
                *to++ = b == high || (a < middle && from[a] <= from[b]) ? from[a++] : from[b++];
        }
        uint64_t *swapped = vote->hits;
        vote->hits = vote->spare;
        vote->spare = swapped;
    }
}

static enum status hits_room(struct vote *vote, size_t held, size_t more, struct fault *fault)
{
    if (held + more <= vote->hit_room)
        return OK;
    size_t room = (held + more) * 2;
    uint64_t *hits = arena_alloc_many(vote->arena, room, sizeof *hits);
    uint64_t *spare = arena_alloc_many(vote->arena, room, sizeof *spare);
    if (hits == NULL || spare == NULL)
        return no_memory(fault);
    if (held > 0)
        memcpy(hits, vote->hits, held * sizeof *hits);
    vote->hits = hits;
    vote->spare = spare;
    vote->hit_room = room;
    return OK;
}

static enum status vote_positions(struct vote *vote, struct walk *walk, struct fault *fault)
{
    if (walk->count > vote->position_room) {
        vote->position_room = (size_t)walk->count * 2;
        vote->positions =
            arena_alloc_many(vote->arena, vote->position_room, sizeof *vote->positions);
        if (vote->positions == NULL)
            return no_memory(fault);
    }
    vote->candidates->spent += walk->count;
    return vote->source->positions(vote->source->self, walk, vote->positions, fault);
}

/* The first of sorted positions [at, count) that is not below `least`. */
static uint32_t position_from(const uint32_t *positions, uint32_t at, uint32_t count,
                              uint64_t least)
{
    uint32_t step = 1, high;
    if (at == count || positions[at] >= least)
        return at;
    while (count - at > step && positions[at + step] < least) {
        at += step;
        step *= 2;
    }
    high = count - at > step ? at + step : count;
    while (high - at > 1) {
        uint32_t middle = at + (high - at) / 2;
        if (positions[middle] < least)
            at = middle;
        else
            high = middle;
    }
    return high;
}

/* Hits of positions (a start less `from`) that may meet one of the first `near` hits, which are
 * sorted; they are put behind `count`. */
static size_t hits_near(struct vote *vote, size_t near, uint32_t positions, uint64_t from,
                        uint64_t tag, size_t count)
{
    uint64_t *hits = vote->hits;
    uint32_t at = 0;
    for (size_t beside = 0; beside < near && at < positions; beside++) {
        uint64_t meets = hit_start(hits[beside]), first = from + vote->width;
        at = position_from(vote->positions, at, positions, meets > first ? meets - first : 0);
        for (; at < positions && vote->positions[at] + from <= meets + vote->width; at++)
            hits[count++] = (vote->positions[at] + from) << HIT_SHIFT | tag;
    }
    return count;
}

/* The hits of one walk; where `near` is not 0, only those that may meet one of the first `near`,
 * sorted, hits. */
static enum status vote_read(struct vote *vote, struct walk *walk, uint32_t s, size_t near,
                             size_t *count, struct fault *fault)
{
    const struct seed *seed = &vote->seeds[s];
    if (*count + (size_t)walk->count * seed->use_count > PART_HITS_MAX) {
        vote->candidates->budget_hit = true;
        return OK;
    }
    TRY(hits_room(vote, *count, (size_t)walk->count * seed->use_count, fault));
    TRY(vote_positions(vote, walk, fault));
    for (size_t use = 0; use < seed->use_count; use++) {
        uint64_t from = START_BIAS - seed->uses[use];
        uint64_t tag = (uint64_t)s << SEED_SHIFT | use;
        if (near > 0) {
            *count = hits_near(vote, near, walk->count, from, tag, *count);
            continue;
        }
        for (uint32_t i = 0; i < walk->count; i++)
            vote->hits[(*count)++] = (vote->positions[i] + from) << HIT_SHIFT | tag;
    }
    return OK;
}

/* Keep only hits of windows that may still be kept with all seeds from `s` on. */
static size_t hits_prune(struct vote *vote, size_t count, size_t s)
{
    uint32_t held[SEEDS_MAX] = { 0 };
    uint64_t *hits = vote->hits, *spare = vote->spare;
    double bits = vote->behind[s] + rounding_bits;
    size_t left = 0, kept = 0, done = 0;
    struct bar bar = vote_bar(vote);
    for (size_t right = 0; right < count; right++) {
        if (held[hit_seed(hits[right])]++ == 0)
            bits += vote->seeds[hit_seed(hits[right])].bits;
        while (hit_start(hits[right]) - hit_start(hits[left]) > vote->width) {
            if (--held[hit_seed(hits[left])] == 0)
                bits -= vote->seeds[hit_seed(hits[left])].bits;
            left++;
        }
        if (bits < bar.least || bits <= bar.last)
            continue;
        for (done = done > left ? done : left; done <= right; done++)
            spare[kept++] = hits[done];
    }
    vote->hits = spare;
    vote->spare = hits;
    return kept;
}

/* Seed after seed, rarest first: the long lists of common words are read only where the rarer ones
 * leave a window that may be kept. */
static enum status vote_part(struct vote *vote, size_t segment, uint32_t part, struct fault *fault)
{
    size_t count = 0, essential = vote->essential;
    for (uint32_t s = 0; s < vote->seed_count; s++) {
        size_t before = count;
        if (s == essential) {
            hits_sort(vote, count);
            before = count = hits_prune(vote, count, s);
        }
        if (s >= essential && count == 0)
            return OK;
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++)
            if (vote->seeds[s].walks[k]->part == part)
                TRY(vote_read(vote, vote->seeds[s].walks[k], s, s < essential ? 0 : before, &count,
                              fault));
        if (s < essential)
            continue;
        hits_sort(vote, count);
        count = hits_prune(vote, count, s + 1);
    }
    if (essential == vote->seed_count)
        hits_sort(vote, count);
    vote->count = count;
    if (vote->counts_places && count >= vote->quote->words)
        vote_count_places(vote, count);
    if (count > 0)
        vote_slide(vote, segment, part, count);
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

/* The lowest part that a walk of an essential seed stands at, and the bits of those there. */
static uint32_t vote_lowest(const struct vote *vote, double *most)
{
    uint32_t lowest = WALK_END;
    *most = 0;
    for (size_t s = 0; s < vote->essential; s++) {
        uint32_t nearest = WALK_END;
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++)
            if (vote->seeds[s].walks[k]->part < nearest)
                nearest = vote->seeds[s].walks[k]->part;
        if (nearest < lowest)
            *most = 0;
        lowest = nearest < lowest ? nearest : lowest;
        *most += nearest == lowest && nearest != WALK_END ? vote->seeds[s].bits : 0;
    }
    return lowest;
}

/* Whether the other seeds, taken there one after the other, leave the part enough to be read. */
static enum status vote_may_hold(struct vote *vote, uint32_t part, double most, bool *may,
                                 struct fault *fault)
{
    *may = false;
    for (size_t s = vote->essential; s < vote->seed_count; s++) {
        bool stands = false;
        if (!vote_may_keep(vote, most + vote->behind[s] + rounding_bits))
            return OK;
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++) {
            struct walk *walk = vote->seeds[s].walks[k];
            if (walk->part < part) {
                TRY(vote->source->seek(vote->source->self, walk, part, fault));
                vote->candidates->spent++;
            }
            stands = stands || walk->part == part;
        }
        most += stands ? vote->seeds[s].bits : 0;
    }
    *may = vote_may_keep(vote, most + rounding_bits);
    return OK;
}

static enum status vote_step(struct vote *vote, uint32_t part, struct fault *fault)
{
    for (size_t s = 0; s < vote->essential; s++)
        for (size_t k = 0; k < vote->seeds[s].walk_count; k++) {
            struct walk *walk = vote->seeds[s].walks[k];
            if (walk->part > part)
                continue;
            TRY(vote->source->seek(vote->source->self, walk, part + 1, fault));
            vote->candidates->spent++;
        }
    return OK;
}

static enum status vote_segment(struct vote *vote, size_t segment, struct fault *fault)
{
    TRY(vote_open_walks(vote, segment, fault));
    for (;;) {
        double most = 0;
        bool may = false;
        uint32_t part = vote_lowest(vote, &most);
        if (part == WALK_END)
            return OK;
        if (vote->candidates->spent >= vote->limit) {
            vote->candidates->budget_hit = true;
            return OK;
        }
        TRY(vote_may_hold(vote, part, most, &may, fault));
        if (may && vote->source->sees(vote->source->self, segment, part))
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
                         .share = work->share,
                         .limit = work->limit };
    *candidates = (struct candidates){ 0 };
    TRY(vote_gather(&vote, fault));
    TRY(vote_choose(&vote, work->seeds, fault));
    if (vote.seed_count == 0)
        return OK;
    uint32_t gaps = quote->pieces - 1;
    vote.gap = gaps == 0 ? 0 : GAPS_WORDS_MAX / gaps;
    if (vote.gap > ELLIPSIS_WORDS)
        vote.gap = ELLIPSIS_WORDS;
    vote.width = quote->words / 6 + SHIFTED + gaps * vote.gap;
    vote.floor = vote.behind[0] * work->share;
    vote.essential = vote.seed_count;
    vote_part_essential(&vote);
    for (size_t s = 0; s < source->segments && !candidates->budget_hit; s++)
        TRY(vote_segment(&vote, s, fault));
    qsort(candidates->at, candidates->count, sizeof *candidates->at, by_bits);
    return OK;
}

#include "search/expand.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/utf8.h"

enum { STEPS_BEFORE_LEAP = 24, DISTANCE_FAR = 100 };

static const float distance_weight[] = { 1.0f, 0.6f, 0.3f };

void expansions_release(struct expansions *expansions)
{
    free(expansions->at);
    *expansions = (struct expansions){ 0 };
}

static enum status take_term(struct expansions *to, const struct term_walk *walk, float weight,
                             const struct query_word *word, struct fault *fault)
{
    if (to->count >= EXPANSIONS_MAX)
        return fail(fault, OVER_LIMIT,
                    "more than %d different words fit \"%.*s\" with its operator: add letters",
                    EXPANSIONS_MAX, (int)word->typed.len, (const char *)word->typed.at);
    if (!GROW(to->at, to->room, to->count))
        return no_memory(fault);
    to->at[to->count++] = (struct planned_term){ walk->term, weight };
    return OK;
}

static bool has_prefix(struct bytes key, struct bytes prefix)
{
    return key.len >= prefix.len && (prefix.len == 0 || memcmp(key.at, prefix.at, prefix.len) == 0);
}

/* lead + first `len` bytes of key; answers the length. */
static struct bytes lead_and_key(struct bytes lead, struct bytes key, uint8_t out[TERM_KEY_MAX])
{
    size_t len = lead.len;
    if (len > 0)
        memcpy(out, lead.at, len);
    struct bytes fits = bytes_slice(key, 0, TERM_KEY_MAX - len);
    if (fits.len > 0)
        memcpy(out + len, fits.at, fits.len);
    return bytes_make(out, len + fits.len);
}

static enum status expand_prefix(const struct segment *segment, struct bytes lead,
                                 const struct query_word *word, struct expansions *to,
                                 struct fault *fault)
{
    uint8_t room[TERM_KEY_MAX];
    struct bytes prefix = lead_and_key(lead, word->key, room);
    struct term_walk walk;
    TRY(term_walk_begin(&walk, segment, prefix, fault));
    while (!walk.ended && has_prefix(walk.key, prefix)) {
        TRY(take_term(to, &walk, 1.0f, word, fault));
        TRY(term_walk_next(&walk, fault));
    }
    return OK;
}

static enum status expand_stem(struct stemmer *stemmer, const struct segment *segment,
                               struct bytes lead, const struct query_word *word,
                               struct expansions *to, struct fault *fault)
{
    uint8_t room[TERM_KEY_MAX], kept[FOLD_KEY_MAX];
    struct bytes stem = stemmer_stem(stemmer, word->key);
    stem.len = stem.len < sizeof kept ? stem.len : sizeof kept;
    memcpy(kept, stem.at, stem.len);
    stem.at = kept;
    size_t shared = 0;
    while (shared < stem.len && shared < word->key.len && kept[shared] == word->key.at[shared])
        shared++;
    /* A stemmer changes the end of a word: the last letter of the stem may not be one of the word.
     */
    if (shared > 2)
        shared--;
    struct bytes prefix = lead_and_key(lead, bytes_slice(word->key, 0, shared), room);
    struct term_walk walk;
    TRY(term_walk_begin(&walk, segment, prefix, fault));
    while (!walk.ended && has_prefix(walk.key, prefix)) {
        struct bytes key = bytes_slice(walk.key, lead.len, walk.key.len);
        if (bytes_equal(stemmer_stem(stemmer, key), stem))
            TRY(take_term(to, &walk, 1.0f, word, fault));
        TRY(term_walk_next(&walk, fault));
    }
    return OK;
}

/* Rows of the distance table, one per letter of the key before; kept while keys share letters. */
struct fuzzy {
    uint32_t wanted[FUZZY_KEY_MAX];
    size_t wanted_len;
    unsigned most;
    uint8_t rows[FUZZY_KEY_MAX + 1][FUZZY_KEY_MAX + 1];
    uint32_t letters[FUZZY_KEY_MAX]; /* of the key, as far as rows are good */
    size_t byte_ends[FUZZY_KEY_MAX];
    size_t good; /* rows 0 to good are those of `letters` */
};

static void fuzzy_begin(struct fuzzy *fuzzy, const struct query_word *word)
{
    size_t at = 0, len;
    fuzzy->wanted_len = fuzzy->good = 0;
    fuzzy->most = word->distance;
    while (at < word->key.len && fuzzy->wanted_len < FUZZY_KEY_MAX) {
        fuzzy->wanted[fuzzy->wanted_len++] = utf8_decode(word->key, at, &len);
        at += len;
    }
    for (size_t j = 0; j <= fuzzy->wanted_len; j++)
        fuzzy->rows[0][j] = (uint8_t)j;
}

static uint8_t least(uint8_t a, uint8_t b)
{
    return a < b ? a : b;
}

/* Fill row i (of letter i-1); answers its smallest value. */
static unsigned fuzzy_row(struct fuzzy *fuzzy, size_t i)
{
    const uint8_t *above = fuzzy->rows[i - 1];
    uint8_t *row = fuzzy->rows[i];
    uint32_t letter = fuzzy->letters[i - 1];
    row[0] = (uint8_t)i;
    unsigned smallest = row[0];
    for (size_t j = 1; j <= fuzzy->wanted_len; j++) {
        uint8_t best = above[j - 1] + (letter != fuzzy->wanted[j - 1]);
        best = least(best, least(above[j], row[j - 1]) + 1);
        if (i > 1 && j > 1 && letter == fuzzy->wanted[j - 2] &&
            fuzzy->letters[i - 2] == fuzzy->wanted[j - 1])
            best = least(best, fuzzy->rows[i - 2][j - 2] + 1);
        row[j] = best;
        smallest = best < smallest ? best : smallest;
    }
    return smallest;
}

/* The distance of the key; when its first letters alone are too far, *dead is the bytes of them. */
static unsigned fuzzy_distance(struct fuzzy *fuzzy, struct bytes key, size_t *dead)
{
    size_t at = 0, i = 0, len;
    bool shared = true;
    *dead = 0;
    while (at < key.len) {
        if (i == FUZZY_KEY_MAX)
            return DISTANCE_FAR;
        uint32_t letter = utf8_decode(key, at, &len);
        at += len;
        shared = shared && i < fuzzy->good && fuzzy->letters[i] == letter;
        i++;
        if (shared)
            continue;
        fuzzy->letters[i - 1] = letter;
        fuzzy->good = i;
        if (fuzzy_row(fuzzy, i) > fuzzy->most) {
            fuzzy->good = i - 1;
            *dead = at;
            return DISTANCE_FAR;
        }
    }
    fuzzy->good = i;
    return fuzzy->rows[i][fuzzy->wanted_len];
}

/* To the first key behind all that begin with prefix. */
static enum status leap(struct term_walk *walk, struct bytes prefix, struct fault *fault)
{
    uint8_t room[TERM_KEY_MAX];
    struct bytes from = lead_and_key((struct bytes){ 0 }, prefix, room);
    for (int i = 0; i < STEPS_BEFORE_LEAP; i++) {
        TRY(term_walk_next(walk, fault));
        if (walk->ended || !has_prefix(walk->key, from))
            return OK;
    }
    while (from.len > 0 && room[from.len - 1] == 0xFF)
        from.len--;
    if (from.len == 0) {
        walk->ended = true;
        return OK;
    }
    room[from.len - 1]++;
    const struct segment *segment = walk->segment;
    return term_walk_begin(walk, segment, from, fault);
}

/* The marks of furniture, fields and pairs stand before all words. */
static bool is_mark(struct bytes lead, struct bytes key)
{
    return lead.len == 0 && key.len > 0 && key.at[0] < 0x20;
}

static enum status leap_marks(struct term_walk *walk, struct fault *fault)
{
    static const uint8_t behind_marks[] = { 0x20 };
    const struct segment *segment = walk->segment;
    return term_walk_begin(walk, segment, bytes_make(behind_marks, 1), fault);
}

static enum status expand_fuzzy(const struct planner *planner, const struct segment *segment,
                                struct bytes lead, const struct query_word *word,
                                struct expansions *to, struct fault *fault)
{
    struct fuzzy fuzzy;
    struct term_walk walk;
    fuzzy_begin(&fuzzy, word);
    TRY(term_walk_begin(&walk, segment, lead, fault));
    while (!walk.ended && has_prefix(walk.key, lead) && !budget_spent(planner->budget)) {
        size_t dead;
        struct bytes key = bytes_slice(walk.key, lead.len, walk.key.len);
        if (is_mark(lead, key)) {
            TRY(leap_marks(&walk, fault));
            continue;
        }
        unsigned distance = fuzzy_distance(&fuzzy, key, &dead);
        if (distance <= fuzzy.most)
            TRY(take_term(to, &walk, distance_weight[distance], word, fault));
        if (dead == 0)
            TRY(term_walk_next(&walk, fault));
        else
            TRY(leap(&walk, bytes_slice(walk.key, 0, lead.len + dead), fault));
    }
    return OK;
}

/* States behind each letter of the key before; kept while keys share letters. */
struct matcher {
    const struct regex *regex;
    struct regex_states states[FUZZY_KEY_MAX + 1];
    uint32_t letters[FUZZY_KEY_MAX];
    size_t good;
};

/* Whether the key fits; when nothing that begins so can, *dead is the bytes of its beginning. */
static bool matcher_takes(struct matcher *matcher, struct bytes key, size_t *dead)
{
    size_t at = 0, i = 0, len;
    bool shared = true;
    *dead = 0;
    for (; at < key.len && i < FUZZY_KEY_MAX; i++) {
        uint32_t letter = utf8_decode(key, at, &len);
        at += len;
        shared = shared && i < matcher->good && matcher->letters[i] == letter;
        if (shared)
            continue;
        matcher->letters[i] = letter;
        matcher->good = i + 1;
        if (!regex_step(matcher->regex, i > 0 ? &matcher->states[i] : NULL, letter,
                        &matcher->states[i + 1])) {
            matcher->good = i;
            *dead = at;
            return false;
        }
    }
    matcher->good = i;
    return at >= key.len && regex_accepts(matcher->regex, i > 0 ? &matcher->states[i] : NULL);
}

static enum status expand_regex(const struct planner *planner, const struct segment *segment,
                                struct bytes lead, const struct query_word *word,
                                struct expansions *to, struct fault *fault)
{
    uint8_t room[TERM_KEY_MAX];
    struct matcher matcher = { .regex = word->regex };
    struct bytes from = lead_and_key(lead, regex_lead(word->regex), room);
    struct term_walk walk;
    TRY(term_walk_begin(&walk, segment, from, fault));
    while (!walk.ended && has_prefix(walk.key, from) && !budget_spent(planner->budget)) {
        size_t dead;
        struct bytes key = bytes_slice(walk.key, lead.len, walk.key.len);
        if (is_mark(lead, key)) {
            TRY(leap_marks(&walk, fault));
            continue;
        }
        if (matcher_takes(&matcher, key, &dead))
            TRY(take_term(to, &walk, 1.0f, word, fault));
        if (dead == 0)
            TRY(term_walk_next(&walk, fault));
        else
            TRY(leap(&walk, bytes_slice(walk.key, 0, lead.len + dead), fault));
    }
    return OK;
}

static enum status expand_plain(const struct segment *segment, struct bytes lead,
                                const struct query_word *word, struct expansions *to,
                                struct fault *fault)
{
    uint8_t room[TERM_KEY_MAX];
    struct term_walk found;
    enum status asked =
        segment_term(segment, lead_and_key(lead, word->key, room), &found.term, fault);
    if (asked == NOT_FOUND)
        return OK;
    return asked == OK ? take_term(to, &found, 1.0f, word, fault) : asked;
}

static int by_place(const void *a, const void *b)
{
    const struct planned_term *left = a, *right = b;
    return left->term.at < right->term.at ? -1 : left->term.at > right->term.at;
}

/* Two languages may find the same term. */
static void drop_doubles(struct expansions *to)
{
    size_t kept = 0;
    if (to->count > 1)
        qsort(to->at, to->count, sizeof *to->at, by_place);
    for (size_t i = 0; i < to->count; i++)
        if (kept == 0 || to->at[kept - 1].term.at != to->at[i].term.at)
            to->at[kept++] = to->at[i];
    to->count = kept;
}

enum status expand_word(const struct planner *planner, const struct segment *segment,
                        struct bytes lead, const struct query_word *word, struct expansions *to,
                        struct fault *fault)
{
    switch (word->match) {
    case WORD_PLAIN:
        return expand_plain(segment, lead, word, to, fault);
    case WORD_PREFIX:
        return expand_prefix(segment, lead, word, to, fault);
    case WORD_FUZZY:
        return expand_fuzzy(planner, segment, lead, word, to, fault);
    case WORD_REGEX:
        return expand_regex(planner, segment, lead, word, to, fault);
    case WORD_STEM:
        for (int i = 0; i < STEM_LANGUAGES; i++)
            if (word->languages & 1 << i)
                TRY(expand_stem(planner->stemmers[i], segment, lead, word, to, fault));
        drop_doubles(to);
        return OK;
    }
    return OK;
}

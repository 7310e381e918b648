#include "segment/pairs.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"
#include "segment/dictionary.h"

/* Bytes of memory that the pairs of one group take, and what a pair's place takes there at most. */
enum { GROUP_BUDGET = 32 << 20, PLACE_COST = 4 };

/* A word at a place where another stands already. */
struct extra {
    uint32_t position;
    uint16_t id; /* of the word, plus one */
};

struct pairing {
    const struct frequent *frequent;
    struct places *const *places;
    size_t count;
    size_t first, last; /* the group: first words of the pairs made now */
    struct dictionary *dictionary;
    struct word **words; /* of each pair of the group, or NULL */
    uint16_t *ids;       /* at each position of the part: of the word, plus one, or 0 */
    struct extra *extras;
    size_t extra_count, extra_room;
};

bool pairs_want(struct bytes key, uint64_t occurrences, uint64_t words)
{
    return key.at[0] >= 0x20 && key.len <= FOLD_KEY_MAX && occurrences >= PAIR_LEAST &&
           occurrences >= words / PAIR_SHARE;
}

static void pairing_release(struct pairing *pairing)
{
    dictionary_free(pairing->dictionary);
    free((void *)pairing->words);
    free(pairing->ids);
    free(pairing->extras);
}

static struct word *pair_word(struct pairing *pairing, size_t first, size_t second)
{
    const struct frequent *a = &pairing->frequent[first], *b = &pairing->frequent[second];
    uint8_t key[TERM_KEY_MAX];
    size_t len = term_key_pair(bytes_make(a->key, a->key_len), bytes_make(b->key, b->key_len), key);
    return dictionary_word(pairing->dictionary, bytes_make(key, len));
}

/* first and second: ids plus one. */
static bool add_pair(struct pairing *pairing, uint16_t first, uint16_t second, uint32_t part,
                     uint32_t position)
{
    size_t a = first - 1u, b = second - 1u;
    if (a < pairing->first || a >= pairing->last)
        return true;
    struct word **word = &pairing->words[(a - pairing->first) * pairing->count + b];
    if (*word == NULL)
        *word = pair_word(pairing, a, b);
    return *word != NULL && word_add(pairing->dictionary, *word, part, position);
}

static enum status set_ids(struct pairing *pairing, size_t word, struct fault *fault)
{
    const struct places *places = pairing->places[word];
    uint16_t id = (uint16_t)(word + 1);
    for (uint32_t i = 0; i < places->count; i++) {
        uint32_t position = places->positions[i];
        if (pairing->ids[position] == 0) {
            pairing->ids[position] = id;
            continue;
        }
        if (!GROW(pairing->extras, pairing->extra_room, pairing->extra_count))
            return no_memory(fault);
        pairing->extras[pairing->extra_count++] = (struct extra){ position, id };
    }
    return OK;
}

static bool add_plain(struct pairing *pairing, uint32_t part, uint32_t words)
{
    const uint16_t *ids = pairing->ids;
    for (uint32_t i = 0; i + 1 < words; i++) {
        if (ids[i] != 0 && ids[i + 1] != 0 && !add_pair(pairing, ids[i], ids[i + 1], part, i))
            return false;
    }
    return true;
}

static int by_position(const void *left, const void *right)
{
    const struct extra *a = left, *b = right;
    return a->position != b->position ? (a->position < b->position ? -1 : 1) : a->id - b->id;
}

/* Where places are shared: all words of a place with all of the next. The extras are sorted. */
static bool add_shared(struct pairing *pairing, uint32_t part, uint32_t words)
{
    const struct extra *extras = pairing->extras;
    size_t here = 0, count = pairing->extra_count;
    for (uint32_t i = 0; i + 1 < words; i++) {
        size_t next = here, end;
        while (next < count && extras[next].position == i)
            next++;
        for (end = next; end < count && extras[end].position == i + 1;)
            end++;
        for (size_t a = here; a <= next && pairing->ids[i] != 0; a++) {
            uint16_t first = a < next ? extras[a].id : pairing->ids[i];
            for (size_t b = next; b <= end && pairing->ids[i + 1] != 0; b++) {
                uint16_t second = b < end ? extras[b].id : pairing->ids[i + 1];
                if (!add_pair(pairing, first, second, part, i))
                    return false;
            }
        }
        here = next;
    }
    return true;
}

static enum status pair_part(struct pairing *pairing, uint32_t part, uint32_t words,
                             struct fault *fault)
{
    bool is_met = false;
    pairing->extra_count = 0;
    for (size_t i = 0; i < pairing->count; i++) {
        struct places *places = pairing->places[i];
        if (places->part != part)
            continue;
        if (!is_met)
            memset(pairing->ids, 0, ((size_t)words + 1) * sizeof *pairing->ids);
        is_met = true;
        if (places->positions[places->count - 1] >= words)
            return corrupt(fault, "a segment", UINT64_MAX,
                           "a word stands behind the end of its part");
        TRY(set_ids(pairing, i, fault));
        TRY(places->next(places, fault));
    }
    if (!is_met)
        return OK;
    if (pairing->extra_count > 0)
        qsort(pairing->extras, pairing->extra_count, sizeof *pairing->extras, by_position);
    bool is_added = pairing->extra_count > 0 ? add_shared(pairing, part, words)
                                             : add_plain(pairing, part, words);
    return is_added ? OK : no_memory(fault);
}

static enum status write_group(struct pairing *pairing, struct term_writer *terms,
                               struct fault *fault)
{
    FREED const struct word **words = NULL;
    SCOPED(word_walk_release) struct word_walk walk = { 0 };
    size_t count;
    TRY(dictionary_sorted(pairing->dictionary, &words, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(term_writer_word(terms, words[i], &walk, fault));
    dictionary_clear(pairing->dictionary);
    return OK;
}

/* As many first words as the budget allows, one at least. */
static void choose_group(struct pairing *pairing)
{
    uint64_t sum = pairing->frequent[pairing->first].occurrences;
    pairing->last = pairing->first + 1;
    while (pairing->last < pairing->count) {
        sum += pairing->frequent[pairing->last].occurrences;
        if (sum > GROUP_BUDGET / PLACE_COST)
            break;
        pairing->last++;
    }
}

static enum status pair_group(struct pairing *pairing, const uint32_t *words, uint32_t parts,
                              struct fault *fault)
{
    size_t pairs = (pairing->last - pairing->first) * pairing->count;
    free((void *)take(pairing->words));
    pairing->words = calloc(pairs, sizeof *pairing->words);
    if (pairing->words == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < pairing->count; i++) {
        TRY(pairing->places[i]->begin(pairing->places[i], fault));
        TRY(pairing->places[i]->next(pairing->places[i], fault));
    }
    for (uint32_t part = 0; part < parts; part++)
        TRY(pair_part(pairing, part, words[part], fault));
    return OK;
}

enum status pairs_write(struct term_writer *terms, const struct frequent *frequent,
                        struct places *const *places, size_t count, const uint32_t *words,
                        uint32_t parts, struct fault *fault)
{
    SCOPED(pairing_release)
    struct pairing pairing = { .frequent = frequent, .places = places, .count = count };
    uint32_t most = 0;
    for (uint32_t part = 0; part < parts; part++)
        most = words[part] > most ? words[part] : most;
    pairing.ids = calloc((size_t)most + 1, sizeof *pairing.ids);
    if (pairing.ids == NULL)
        return no_memory(fault);
    TRY(dictionary_new(&pairing.dictionary, fault));
    for (pairing.first = 0; pairing.first < count; pairing.first = pairing.last) {
        choose_group(&pairing);
        TRY(pair_group(&pairing, words, parts, fault));
        TRY(write_group(&pairing, terms, fault));
    }
    return OK;
}

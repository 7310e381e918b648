#include "segment/pairs.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"

/* Bytes of memory that the places of one group of pairs take. */
enum { GROUP_BUDGET = 64 << 20 };

bool pairs_want(struct bytes key, uint64_t occurrences, uint64_t words)
{
    return key.at[0] >= 0x20 && key.at[0] < 0xff && key.len <= FOLD_KEY_MAX &&
           occurrences >= PAIR_LEAST && occurrences >= words / PAIR_SHARE;
}

static void pairing_release(struct pairing *pairing)
{
    free(pairing->ends);
    free(pairing->met);
    free(pairing->places);
    free(pairing->positions);
}

/* Pairs from `low` on, as many as the budget allows; one at least. Their counts become starts. */
static uint64_t choose_group(struct pairing *pairing)
{
    uint64_t sum = 0, all = pairing->count * pairing->count;
    size_t pair = pairing->low;
    for (; pair < all; pair++) {
        uint64_t more = pairing->ends[pair];
        if (pair > pairing->low && (sum + more) * sizeof *pairing->places > GROUP_BUDGET)
            break;
        pairing->ends[pair] = sum;
        sum += more;
    }
    pairing->high = pair;
    return sum;
}

static enum status write_pair(struct pairing *pairing, struct term_writer *terms, size_t pair,
                              const struct pair_place *at, const struct pair_place *end,
                              struct fault *fault)
{
    const struct frequent *first = &pairing->frequent[pair / pairing->count];
    const struct frequent *second = &pairing->frequent[pair % pairing->count];
    uint8_t key[TERM_KEY_MAX];
    size_t len = term_key_pair(bytes_make(first->key, first->key_len),
                               bytes_make(second->key, second->key_len), key);
    TRY(term_writer_key(terms, bytes_make(key, len), fault));
    while (at < end) {
        uint32_t part = at->part, count = 0;
        for (; at < end && at->part == part; at++)
            pairing->positions[count++] = at->position;
        TRY(term_writer_part(terms, part, pairing->positions, count, fault));
    }
    return OK;
}

static enum status write_group(struct pairing *pairing, struct term_writer *terms,
                               struct fault *fault)
{
    uint64_t start = 0;
    for (size_t pair = pairing->low; pair < pairing->high; pair++) {
        uint64_t end = pairing->ends[pair];
        if (end > start)
            TRY(write_pair(pairing, terms, pair, pairing->places + start, pairing->places + end,
                           fault));
        start = end;
    }
    return OK;
}

static enum status make_group(struct pairing *pairing, struct term_writer *terms, pair_scan *scan,
                              void *context, struct fault *fault)
{
    uint64_t places = choose_group(pairing);
    free(take(pairing->places));
    free(take(pairing->positions));
    pairing->places = malloc((places + 1) * sizeof *pairing->places);
    pairing->positions = malloc((places + 1) * sizeof *pairing->positions);
    if (pairing->places == NULL || pairing->positions == NULL)
        return no_memory(fault);
    if (pairing->met_count > PAIRS_MET_MAX)
        TRY(scan(context, pairing, fault));
    for (size_t i = 0; pairing->met_count <= PAIRS_MET_MAX && i < pairing->met_count; i++)
        pairing_place(pairing, pairing->met[i]);
    return write_group(pairing, terms, fault);
}

enum status pairs_write(struct term_writer *terms, const struct frequent *frequent, size_t count,
                        pair_scan *scan, void *context, struct fault *fault)
{
    SCOPED(pairing_release) struct pairing pairing = { .frequent = frequent, .count = count };
    if (count == 0)
        return OK;
    pairing.ends = calloc(count * count, sizeof *pairing.ends);
    pairing.met = malloc(PAIRS_MET_MAX * sizeof *pairing.met);
    if (pairing.ends == NULL || pairing.met == NULL)
        return no_memory(fault);
    TRY(scan(context, &pairing, fault));
    for (; pairing.low < count * count; pairing.low = pairing.high)
        TRY(make_group(&pairing, terms, scan, context, fault));
    return OK;
}

/* A word at a place where another stands already. */
struct extra {
    uint32_t position;
    uint16_t id; /* of the word, plus one */
};

/* One part at a time: which frequent word stands at each position. */
struct lattice {
    const struct listed_pairs *lists;
    struct pairing *pairing;
    uint32_t part, words;
    uint16_t *ids; /* at each position of the word, plus one, or 0 */
    struct extra *extras;
    size_t extra_count, extra_room;
};

static void lattice_release(struct lattice *lattice)
{
    free(lattice->ids);
    free(lattice->extras);
}

static enum status set_ids(struct lattice *lattice, size_t word, struct fault *fault)
{
    const struct places *places = lattice->lists->places[word];
    uint16_t id = (uint16_t)(word + 1);
    for (uint32_t i = 0; i < places->count; i++) {
        uint32_t position = places->positions[i];
        if (lattice->ids[position] == 0) {
            lattice->ids[position] = id;
            continue;
        }
        if (!GROW(lattice->extras, lattice->extra_room, lattice->extra_count))
            return no_memory(fault);
        lattice->extras[lattice->extra_count++] = (struct extra){ position, id };
    }
    return OK;
}

static void see(struct lattice *lattice, uint16_t first, uint16_t second, uint32_t position)
{
    pairing_see(lattice->pairing, first - 1u, second - 1u, lattice->part, position);
}

static void see_plain(struct lattice *lattice)
{
    const uint16_t *ids = lattice->ids;
    for (uint32_t i = 0; i + 1 < lattice->words; i++) {
        if (ids[i] != 0 && ids[i + 1] != 0)
            see(lattice, ids[i], ids[i + 1], i);
    }
}

static int by_position(const void *left, const void *right)
{
    const struct extra *a = left, *b = right;
    return a->position != b->position ? (a->position < b->position ? -1 : 1) : a->id - b->id;
}

/* Where places are shared: all words of a place with all of the next. The extras are sorted. */
static void see_shared(struct lattice *lattice)
{
    const struct extra *extras = lattice->extras;
    const uint16_t *ids = lattice->ids;
    size_t here = 0, count = lattice->extra_count;
    for (uint32_t i = 0; i + 1 < lattice->words; i++) {
        size_t next = here, end;
        while (next < count && extras[next].position == i)
            next++;
        for (end = next; end < count && extras[end].position == i + 1;)
            end++;
        for (size_t a = here; a <= next && ids[i] != 0; a++) {
            for (size_t b = next; b <= end && ids[i + 1] != 0; b++)
                see(lattice, a < next ? extras[a].id : ids[i], b < end ? extras[b].id : ids[i + 1],
                    i);
        }
        here = next;
    }
}

static enum status see_part(struct lattice *lattice, struct fault *fault)
{
    const struct listed_pairs *lists = lattice->lists;
    bool is_met = false;
    lattice->extra_count = 0;
    for (size_t i = 0; i < lists->count; i++) {
        struct places *places = lists->places[i];
        if (places->part != lattice->part)
            continue;
        if (!is_met)
            memset(lattice->ids, 0, ((size_t)lattice->words + 1) * sizeof *lattice->ids);
        is_met = true;
        if (places->positions[places->count - 1] >= lattice->words)
            return corrupt(fault, "a segment", UINT64_MAX,
                           "a word stands behind the end of its part");
        TRY(set_ids(lattice, i, fault));
        TRY(places->next(places, fault));
    }
    if (lattice->extra_count > 0)
        qsort(lattice->extras, lattice->extra_count, sizeof *lattice->extras, by_position);
    if (is_met)
        (lattice->extra_count > 0 ? see_shared : see_plain)(lattice);
    return OK;
}

enum status pairs_scan_lists(void *context, struct pairing *pairing, struct fault *fault)
{
    const struct listed_pairs *lists = context;
    SCOPED(lattice_release) struct lattice lattice = { .lists = lists, .pairing = pairing };
    uint32_t most = 0;
    for (uint32_t part = 0; part < lists->parts; part++)
        most = lists->words[part] > most ? lists->words[part] : most;
    lattice.ids = calloc((size_t)most + 1, sizeof *lattice.ids);
    if (lattice.ids == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < lists->count; i++) {
        TRY(lists->places[i]->begin(lists->places[i], fault));
        TRY(lists->places[i]->next(lists->places[i], fault));
    }
    for (; lattice.part < lists->parts; lattice.part++) {
        lattice.words = lists->words[lattice.part];
        TRY(see_part(&lattice, fault));
    }
    return OK;
}

/* pairs.h - where two frequent words stand side by side: a list for each such pair of a segment.
 *
 * Made from the places of the frequent words alone, so that building and merging give the same. The
 * owner shows all pairs in order: once, and where they do not fit a budget of memory once more for
 * each group of pairs that does.
 */
#ifndef SEGMENT_PAIRS_H
#define SEGMENT_PAIRS_H

#include "segment/term_writer.h"

/* A body word whose pairs with others of its kind get lists. */
struct frequent {
    uint64_t occurrences;
    uint8_t key_len;
    uint8_t key[FOLD_KEY_MAX];
};

/* Whether a key is of one: a body word that stands PAIR_LEAST times or more and is PAIR_SHARE-th of
 * all words. */
enum { PAIR_LEAST = 1024, PAIR_SHARE = 320 };
bool pairs_want(struct bytes key, uint64_t occurrences, uint64_t words);

struct pair_place {
    uint32_t part;
    uint32_t position;
};

struct pair_met {
    struct pair_place at;
    uint32_t pair;
};

struct pairing {
    const struct frequent *frequent; /* private, all */
    size_t count;
    size_t low, high;     /* the group: pairs made now; none while they are counted */
    uint64_t *ends;       /* of each pair: how many; then where its places in the group end */
    struct pair_met *met; /* while they are counted: as many as fit */
    size_t met_count;
    struct pair_place *places;
    uint32_t *positions;
};

enum { PAIRS_MET_MAX = 4 << 20 };

static inline void pairing_place(struct pairing *pairing, struct pair_met met)
{
    if (pairing->high > 0) {
        if (met.pair >= pairing->low && met.pair < pairing->high)
            pairing->places[pairing->ends[met.pair]++] = met.at;
        return;
    }
    pairing->ends[met.pair]++;
    if (pairing->met_count < PAIRS_MET_MAX)
        pairing->met[pairing->met_count] = met;
    pairing->met_count++;
}

/* Frequent word `second` stands behind `first`, which stands at the position. For each pair, parts
 * and positions ascend. */
static inline void pairing_see(struct pairing *pairing, size_t first, size_t second, uint32_t part,
                               uint32_t position)
{
    size_t pair = first * pairing->count + second;
    pairing_place(pairing, (struct pair_met){ { part, position }, (uint32_t)pair });
}

/* Show all pairs: the owner's. */
typedef enum status pair_scan(void *context, struct pairing *pairing, struct fault *fault);
MUST_USE enum status pairs_write(struct term_writer *terms, const struct frequent *frequent,
                                 size_t count, pair_scan *scan, void *context, struct fault *fault);

/* The places of one frequent word, part after part. Owners put it first in a struct of their own.
 */
struct places {
    uint32_t part; /* POSTINGS_END behind the last */
    uint32_t count;
    const uint32_t *positions; /* valid until the next step */
    /* Stand before the first part; step. */
    enum status (*begin)(struct places *places, struct fault *fault);
    enum status (*next)(struct places *places, struct fault *fault);
};

/* A scan for owners of lists: context is one. Memory: 2 bytes a word of the largest part. */
struct listed_pairs {
    struct places *const *places; /* of each frequent word, in order */
    size_t count;
    const uint32_t *words; /* body words of each part */
    uint32_t parts;
};
pair_scan pairs_scan_lists;

#endif

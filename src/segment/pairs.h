/* pairs.h - where two frequent words stand side by side: a list for each such pair of a segment.
 *
 * Made from the lists of the frequent words alone, so that building and merging give the same.
 * Memory: 2 bytes a word of the largest part, and the pairs of as many first words as fit a budget;
 * the lists are walked once for each such group.
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
enum { PAIR_LEAST = 1024, PAIR_SHARE = 400 };
bool pairs_want(struct bytes key, uint64_t occurrences, uint64_t words);

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

/* Write all pairs. places: of each frequent word, in order of keys; words: body words of each
 * part. */
MUST_USE enum status pairs_write(struct term_writer *terms, const struct frequent *frequent,
                                 struct places *const *places, size_t count, const uint32_t *words,
                                 uint32_t parts, struct fault *fault);

#endif

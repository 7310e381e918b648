/* variant_words.h - the words that have another spelling or house form, one row each, sorted by
 * word.
 *
 * To add a group: a row for each of its words, with the word that stands for them all; a test holds
 * the order.
 */
#ifndef TRACE_VARIANT_WORDS_H
#define TRACE_VARIANT_WORDS_H

#include "trace/variants.h"

struct variant_word {
    const char *word;
    const char *canonical; /* the same for all words of a group */
    uint8_t len;           /* of the word */
    enum variant_kind kind;
};

extern const struct variant_word variant_words[];
extern const size_t variant_word_count;

/* The row of a folded key, or NULL. */
const struct variant_word *variant_word_find(struct bytes key);

#endif

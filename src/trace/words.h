/* words.h - small closed tables of English and Spanish words that bear on what a change means. Keys
 * are folded. */
#ifndef TRACE_WORDS_H
#define TRACE_WORDS_H

#include "base/bytes.h"

enum word_class {
    WORD_FUNCTION = 1,     /* articles, prepositions, pronouns, auxiliaries, conjunctions */
    WORD_NEGATION = 2,     /* not, never, cannot, dont */
    WORD_MODAL = 4,        /* may, will, must */
    WORD_QUANTITY = 8,     /* some, all, few, only */
    WORD_AGENT = 16,       /* he, they, we */
    WORD_CONDITION = 32,   /* if, unless, allegedly */
    WORD_ATTRIBUTION = 64, /* denied, claimed, according */
    WORD_LIMIT = 128,      /* but, however, except: what a lost tail may begin with */
    WORD_FILLER = 256,     /* um, uh */
    WORD_CUE = 512,        /* said, told, wrote */
};

/* All classes of the key, 0 for most words. */
unsigned word_classes(struct bytes key);
/* A word that says what is meant, not how the sentence holds together. */
static inline bool word_is_content(struct bytes key)
{
    return (word_classes(key) & (WORD_FUNCTION | WORD_FILLER)) == 0;
}

#endif

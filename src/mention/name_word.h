/* name_word.h - words with what a recogniser of names asks of them: case, possessives, what stands
 * before.
 *
 * Not the words of the index (text/tokenize.h): hyphens part words here, a dot may belong to an
 * initial or an abbreviation, and a possessive 's is not part of the word. Knows nothing of names.
 */
#ifndef MENTION_NAME_WORD_H
#define MENTION_NAME_WORD_H

#include "base/bytes.h"

enum { NAME_KEY_MAX = 40 };

enum name_gap {
    NAME_GAP_NONE, /* nothing, or an apostrophe */
    NAME_GAP_BLANK,
    NAME_GAP_LINE, /* one line end */
    NAME_GAP_HYPHEN,
    NAME_GAP_COMMA,
    NAME_GAP_STOP,  /* . ! ? : ; that ends a sentence or clause */
    NAME_GAP_OTHER, /* quotation marks, parentheses, dashes, signs */
    NAME_GAP_BREAK, /* a blank line, or the start of the text */
};

enum name_word_flag {
    NAME_WORD_CAPITAL = 1,
    NAME_WORD_ALL_CAPS = 2, /* two or more letters, none small */
    NAME_WORD_INITIAL = 4,  /* one capital letter, with or without a dot */
    NAME_WORD_DOT = 8,      /* a dot right behind, which may abbreviate */
    NAME_WORD_NUMBER = 16,  /* holds a digit */
    NAME_WORD_POSSESSIVE = 32,
    NAME_WORD_CAPS_BUT_S = 64, /* DTOs */
};

struct name_word {
    uint32_t start, end; /* bytes, without dot and possessive */
    uint32_t next;       /* where the next word is looked for */
    enum name_gap gap;   /* before it */
    uint8_t flags;
    uint8_t key_len;
    uint8_t key[NAME_KEY_MAX]; /* folded; a longer word is cut */
};

/* The first word at or after `at`, which ends before `high`; the gap is that from `at` on. False
 * when there is none. Text is valid UTF-8. */
bool name_word_next(struct bytes text, uint32_t at, uint32_t high, struct name_word *word);
/* The last word that ends at or before `at` and begins at or after `low`; gap: between it and `at`.
 */
bool name_word_before(struct bytes text, uint32_t at, uint32_t low, struct name_word *word);

static inline struct bytes name_word_key(const struct name_word *word)
{
    return (struct bytes){ word->key, word->key_len };
}

#endif

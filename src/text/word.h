/* word.h - one part of a word as it stands in the text: a run of letters, a number, a dotted
 * abbreviation, an ideograph.
 *
 * Knows nothing of spans, positions or hyphens: tokenize.c cuts the text at span edges and puts
 * parts together.
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "text/tokenize.h"

enum { WORD_EXTRAS = 3 };

/* A folded key as it grows; once a character does not fit, nothing more is taken. */
struct key {
    uint8_t len;
    bool is_full;
    uint8_t at[FOLD_KEY_MAX];
};

struct word {
    uint32_t end; /* one past its last byte */
    uint32_t letters;
    uint32_t capitals;
    uint32_t digits;
    uint16_t flags;     /* of enum token_flag, without EXTRA, FURNITURE, SENTENCE and HYPHEN */
    bool ends_sentence; /* its last bytes hold a stop that closes a sentence */
    uint8_t extra_count;
    struct key key;
    struct key extras[WORD_EXTRAS];
};

struct character {
    uint32_t code;
    uint32_t len;
    struct char_traits traits;
};

struct character character_at(struct bytes text, size_t at);
/* A letter, digit or ideograph: what begins a word. */
bool character_is_word(const struct character *character);
bool is_word_at(struct bytes text, size_t at);

void key_append(struct key *key, struct bytes folded);

/* The word that begins at `at` (a letter, digit or ideograph). Text is cut where no word may go on;
 * bytes before `at` are looked at for context. */
void word_read(struct bytes text, uint32_t at, struct word *word);

/* Bytes of the hyphen at `at` ("-", U+2010, U+2011, and a soft hyphen at a line end), or 0. */
uint32_t hyphen_at(struct bytes text, size_t at);

/* number.c: the number whose first ASCII digits are [at, digits_end): widens word over groups and
 * decimals. */
void number_read(struct bytes text, uint32_t at, uint32_t digits_end, struct word *word);

#endif

/* figure_words.h - the words of a text with what stands between them, as recognisers of figures,
 * periods and descriptions walk over them.
 *
 * Words are those of text/tokenize.h without extras and furniture; a possessive is its owner
 * ("Oriana's" -> oriana). No archive; one form for archive and story.
 */
#ifndef MENTION_FIGURE_WORDS_H
#define MENTION_FIGURE_WORDS_H

#include "base/arena.h"
#include "base/fault.h"
#include "text/span.h"

/* What stands between a word and the one before it. */
enum said_gap {
    GAP_COMMA = 1,
    GAP_STOP = 2,  /* . ! ? that is no part of an abbreviation or number */
    GAP_PAUSE = 4, /* ; : or a dash */
    GAP_OPEN = 8,
    GAP_CLOSE = 16,
    GAP_QUOTE = 32,
    GAP_HYPHEN = 64,
    GAP_SLASH = 128,
    GAP_MONEY = 256, /* $ and other signs of money */
    GAP_PERCENT = 512,
    GAP_HASH = 1024,
    GAP_EDGE = 2048,  /* a sentence, paragraph or heading begins */
    GAP_GLUED = 4096, /* one single byte stands between, no blank */
};
/* A phrase does not go on over these. */
enum { GAP_BREAKS = GAP_STOP | GAP_PAUSE | GAP_OPEN | GAP_CLOSE | GAP_QUOTE | GAP_EDGE };

struct said {
    uint32_t start, end; /* bytes of the text */
    struct bytes key;    /* folded; empty for the end mark */
    uint16_t flags;      /* enum token_flag */
    uint16_t gap;        /* enum said_gap, before it */
    bool is_possessive;
};

/* at[count] is an end mark: an empty key, and what stands behind the last word as its gap. */
struct saying {
    struct bytes text;
    struct said *at;
    size_t count;
    bool is_spanish; /* by its small words */
};

/* The words of all of the text; everything from the arena. Text must be valid UTF-8. */
MUST_USE enum status saying_make(struct bytes text, const struct span *spans, size_t span_count,
                                 struct arena *arena, struct saying *saying, struct fault *fault);
/* The first word that begins at or after byte `at`. */
size_t saying_find(const struct saying *saying, uint32_t at);

static inline bool said_is(const struct saying *saying, size_t index, const char *word)
{
    return index < saying->count && bytes_is(saying->at[index].key, word);
}
/* Whether the key is one of a list of words separated by single blanks. */
bool word_is_among(struct bytes key, const char *list);
static inline bool said_is_among(const struct saying *saying, size_t index, const char *list)
{
    return index < saying->count && word_is_among(saying->at[index].key, list);
}
/* Articles, pronouns, prepositions, auxiliaries and their like, English and Spanish: words that
 * tell nothing of what is spoken about. */
bool word_is_small(struct bytes key);

#endif

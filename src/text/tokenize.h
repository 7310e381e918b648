/* tokenize.h - what is a word, and where? One tokenizer for archive, query and story.
 *
 * Rules (docs/FORMAT.md "Words" states them): every token knows its
 * bytes; dotted abbreviations are one word ("U.S." = "U. S." = "US" -> us); inner apostrophes are
 * dropped (don't -> dont), and damaged ones (DON,T  country,s  don`t  &open  time,8) give the clean
 * key first and the raw key as an extra at the same position; digit groups are joined (250,000 =
 * 250.000 = 250 000 -> 250000; 3.5 stays "3.5"); a hyphen compound takes as many positions as parts
 * and its joined key is an extra at the first; a line-end hyphen gives the joined word as one
 * position and its parts as extras there. A possessive has its owner as an extra (country's ->
 * countrys, country). One mark and three digits is always a group (2.500 and 1.125 -> 2500 and
 * 1125), 10:56 and 9/11 are two words, $3.5bn is 3.5 and bn. Furniture takes positions of its own
 * space, and no sentence begins there. Keys longer than FOLD_KEY_MAX are cut.
 */
#ifndef TEXT_TOKENIZE_H
#define TEXT_TOKENIZE_H

#include "text/fold.h"
#include "text/span.h"

enum token_flag {
    TOKEN_EXTRA = 1,         /* a further key at the same position as the token before */
    TOKEN_FURNITURE = 2,     /* stands in furniture: position counts in the furniture space */
    TOKEN_NUMBER = 4,        /* begins with a digit */
    TOKEN_CAPITAL = 8,       /* first letter is a capital */
    TOKEN_ALL_CAPS = 16,     /* two or more letters, all capitals */
    TOKEN_SENTENCE = 32,     /* first word of a sentence, paragraph or heading */
    TOKEN_ABBREVIATION = 64, /* written with dots */
    TOKEN_DAMAGED = 128,     /* the clean key was read through damage */
    TOKEN_HYPHEN = 256,      /* joined to the next position by a hyphen */
};

struct token {
    uint32_t start; /* bytes of the part: first */
    uint32_t end; /* one past the last, surface form included whole (the final dot of "U.S." too) */
    uint32_t position; /* words before it in its space (body or furniture) */
    uint16_t flags;
    uint8_t key_len;
    uint8_t key[FOLD_KEY_MAX];
};

/* A value type on the caller's stack. */
struct tokenizer {
    struct bytes text;        /* private */
    const struct span *spans; /* private: the part's spans, sorted; only SPAN_FURNITURE, PARAGRAPH
                                 and HEADING matter */
    size_t span_count;        /* private */
    size_t next_span;         /* private */
    uint32_t at;              /* private */
    uint32_t limit;           /* private: where the next span edge stands */
    uint32_t position;        /* private: next body position */
    uint32_t furniture_position; /* private */
    uint32_t furniture_end;      /* private */
    uint32_t block_end;    /* private: end of the last paragraph or heading begun, or UINT32_MAX */
    uint32_t tail;         /* private: rest of a word broken over furniture, already handed out */
    uint32_t tail_end;     /* private */
    bool sentence;         /* private: the next word opens a sentence */
    bool has_paragraphs;   /* private: else a blank line is an edge */
    bool joined;           /* private: a hyphen joins the next word to the one before */
    bool is_without;       /* private: sentences are not asked for */
    uint8_t gap;           /* private: enum gap, what stands since the last word */
    uint8_t lines;         /* private: line ends since anything else */
    uint8_t waiting;       /* private: extras not yet handed out */
    uint8_t handed;        /* private */
    struct token queue[8]; /* private */
};

/* Begin at the start of a part. Text must be valid UTF-8 and outlive the tokenizer, as must the
 * spans. */
void tokenizer_begin(struct tokenizer *tokenizer, struct bytes text, const struct span *spans,
                     size_t span_count);

/* Directly behind tokenizer_begin: TOKEN_SENTENCE is not wanted, which is quicker. */
void tokenizer_skip_sentences(struct tokenizer *tokenizer);

/* Begin in the middle: at byte `at`, which a token once began (segment marks), with its positions
 * in both spaces. Reads again from the start of the paragraph; of one that began over 8 kB before,
 * only the last 8 kB. */
void tokenizer_resume(struct tokenizer *tokenizer, struct bytes text, const struct span *spans,
                      size_t span_count, uint32_t at, uint32_t position,
                      uint32_t furniture_position);

/* The next token in text order; false at the end. Extras follow their token. */
bool tokenizer_next(struct tokenizer *tokenizer, struct token *token);

static inline struct bytes token_key(const struct token *token)
{
    return (struct bytes){ token->key, token->key_len };
}

#endif

/* statements_shelf.h - the sentences of a story beside the sentences of the documents it was traced
 * to or names by number: which of them says the same.
 *
 * Sentences are compared by the bits of the words they share (small words and numbers left out,
 * endings cut): what is found here is offered or read closely by the judges of figures, dates and
 * statements, never ruled on by itself. Made once a check, in its arena.
 */
#ifndef CHECK_STATEMENTS_SHELF_H
#define CHECK_STATEMENTS_SHELF_H

#include "check/held.h"
#include "mention/figure.h"

enum { SHELF_PARTS_MAX = 64, SHELF_WORDS_MAX = 400000, SHELF_NAMED_MAX = 16 };

struct shelf_sentence {
    size_t first, end;    /* words of the saying */
    uint32_t start, stop; /* bytes */
    uint32_t paragraph;   /* story: index of its paragraph; part: byte where its own begins */
    bool has_quotation;   /* story: words of a traced quotation stand in it */
    bool gives_document;  /* story: the sentence gives its words to a document */
    bool has_cue;         /* story: a verb of saying, or "according to" */
};

struct shelf_text {
    struct saying saying;
    uint32_t *stems; /* per word: what is compared, 0 for small words and numbers */
    struct shelf_sentence *sentences;
    size_t sentence_count;
    struct figure_list figures;
};

/* A part of a document on the shelf. */
struct shelf_part {
    const struct held *held;
    struct shelf_text text;
    uint32_t first_sentence; /* of all sentences on the shelf */
};

/* A document that the story names by its number. */
struct shelf_named {
    uint64_t document;
    uint32_t at; /* byte of the story */
};

struct shelf {
    struct run *run;
    struct shelf_text story;
    struct shelf_part *parts;
    size_t part_count;
    struct held_passage *passages; /* of all quotations, in story order */
    size_t passage_count;
    struct shelf_named named[SHELF_NAMED_MAX];
    size_t named_count;
    int32_t written_on;      /* days since 1970, or INT32_MIN when not known */
    struct bytes written_by; /* how that is known, in words; empty when it is not */
    uint32_t sentence_count; /* private: of all parts */
    uint32_t *bucket_ends;   /* private */
    uint32_t *entry_stems;   /* private */
    uint32_t *entry_at;      /* private: sentence of all */
    float *bits;             /* private: per word of the story */
    bool *compared;          /* private: per word of the story */
    float *scores;           /* private: per sentence, 0 between questions */
};

/* Words, sentences and figures of a text; from the arena. */
MUST_USE enum status shelf_text_make(struct shelf_text *text, struct bytes bytes,
                                     const struct span *spans, size_t span_count,
                                     struct arena *arena, struct fault *fault);
/* The shelf of this check; made at the first call, then kept. */
MUST_USE enum status shelf_open(struct run *run, struct shelf **shelf, struct fault *fault);

/* A sentence of a part that shares words with one of the story. */
struct likeness {
    const struct shelf_part *part;
    const struct shelf_sentence *sentence;
    double bits;    /* of the words shared */
    double whole;   /* of all words of the story's sentence that are compared */
    uint32_t words; /* shared, different ones */
    bool is_beside; /* a quotation of this or a neighbouring paragraph of the story traced to its
                       document, or such a paragraph names it by its number */
};
/* The likest sentences of all parts for a sentence of the story, best first; words inside of
 * traced quotations are not compared. Answers how many. */
size_t shelf_likest(struct shelf *shelf, const struct shelf_sentence *sentence, struct likeness *to,
                    size_t room);

/* Words of a story sentence that stand in a sentence of a part. */
bool shelf_shares(const struct shelf_part *part, const struct shelf_sentence *sentence,
                  uint32_t stem);
/* The sentence of the text that covers a byte, or NULL. */
const struct shelf_sentence *shelf_sentence_at(const struct shelf_text *text, uint32_t at);
/* Whether a word of a story sentence is compared: no small word, none of saying and writing, not
 * inside a traced quotation, its first time in the sentence. */
bool shelf_compares(const struct shelf *shelf, size_t word);
double shelf_word_bits(struct shelf *shelf, size_t word);
/* What of a folded word is compared: its stem as a number, 0 for a small word or a number. */
uint32_t shelf_stem(struct bytes key, uint16_t flags);

/* Cite a run of words of a part. */
MUST_USE enum status shelf_cite(struct shelf *shelf, const struct shelf_part *part, uint32_t start,
                                uint32_t end, struct cited *cited, struct fault *fault);

#endif

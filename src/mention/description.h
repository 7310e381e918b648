/* description.h - documents as a story describes them: "a secret Jan. 29, 2010 assessment by the US
 * embassy", "a confidential cable from Port Leone", "an e-mail to Dorath of May 3".
 *
 * A noun for a document with at least one thing said of it: classification, date, origin, sender,
 * recipient. "The cable" alone is none. Nothing here says which document is meant.
 */
#ifndef MENTION_DESCRIPTION_H
#define MENTION_DESCRIPTION_H

#include "mention/period.h"

enum described_kind {
    DESCRIBED_DOCUMENT, /* document, message, note, report, assessment: any kind may be called so */
    DESCRIBED_CABLE,
    DESCRIBED_EMAIL,
    DESCRIBED_MEMO,
};

/* A run of words of the saying; empty when end is 0. */
struct words_named {
    size_t first, end;
};

struct description {
    uint32_t start, end; /* bytes: from its article to its last word */
    size_t first, last;  /* words; `last` is one past */
    size_t noun;
    enum described_kind kind;
    bool is_plural;
    uint8_t class_rank; /* as class_rank() of text/field.h; 0 when not said */
    struct words_named class_words;
    struct period date;        /* words 0 when not said */
    struct words_named origin; /* "the US embassy in X", a place */
    bool is_embassy;           /* the origin is called an embassy, */
    bool is_consulate;         /* or a consulate */
    struct words_named recipient;
};

/* The description whose noun is word `noun`, or false. */
bool description_read(const struct saying *saying, size_t noun, struct description *description);

#endif

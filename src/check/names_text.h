/* names_text.h - where a name of the story stands in a document's text, word beside word.
 *
 * The name leads: a word of the text that is the same as one of its parts is an anchor, and its
 * neighbours are held against the other parts. So text in capitals, lists and broken lines are as
 * good as running text. Initials and particles are stepped over on both sides. No archive here.
 */
#ifndef CHECK_NAMES_TEXT_H
#define CHECK_NAMES_TEXT_H

#include "base/arena.h"
#include "base/fault.h"
#include "mention/name_compare.h"

/* The words of one text, read once. Lent from an arena. */
struct name_text {
    struct bytes text;
    const struct name_word *words;
    const uint32_t *hashes; /* of their keys */
    size_t count;
};

enum { NAME_TEXT_MAX = 1 << 20 }; /* bytes; what is longer is read so far */

MUST_USE enum status name_text_make(struct bytes text, struct arena *arena, struct name_text *made,
                                    struct fault *fault);

enum sighting_kind {
    SIGHTING_NONE,
    SIGHTING_PART,    /* one part, and what stands beside it is no part of a name */
    SIGHTING_SURNAME, /* two parts and more agree from the first on, then another word follows */
    SIGHTING_SHORTER, /* two parts and more, one behind the other; the others are not there */
    SIGHTING_SLIP,    /* one part differs by a slip or a transliteration, another agrees */
    SIGHTING_SAME,
};

struct name_sighting {
    enum sighting_kind kind;
    uint32_t start, end; /* bytes of the text: from the first to the last part that is there */
    size_t word;         /* index of the anchor; where to go on from */
    uint8_t same;        /* parts that agree */
    uint8_t part;        /* SLIP: which part differs, index into name->parts */
    uint32_t other_start, other_end; /* SLIP, SURNAME: the text's word in its place */
    enum spelling spelling;
    bool is_capital_text; /* the text's words are in capitals throughout */
};

/* The next sighting at or after word `from`; kind NONE at the end. */
void name_text_next(const struct name_text *text, const struct name *name, size_t from,
                    struct name_sighting *sighting);
/* The best sighting of all: SAME, else SLIP and so on; the first of equals. */
void name_text_best(const struct name_text *text, const struct name *name,
                    struct name_sighting *sighting);

/* Runs of blanks and line ends become one blank; NULL is nothing. */
void words_flatten(char *words);

#endif

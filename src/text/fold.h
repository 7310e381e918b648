/* fold.h - the one normal form of words, for archive and story alike (docs/FORMAT.md, "Folded
 * key").
 *
 * NFKC, case fold, marks stripped, curly to straight, ligatures opened, soft hyphen and zero-width
 * removed; beyond Unicode's tables, every decimal digit becomes ASCII, stroked letters lose the
 * stroke, ayn and hamza marks vanish. The tables are generated from utf8proc by tools/generate-fold
 * and frozen: FOLD_VERSION stands in every segment.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/bytes.h"

enum { FOLD_VERSION = 1, FOLD_KEY_MAX = 64 };

enum char_class {
    CHAR_OTHER, /* punctuation, symbols, controls */
    CHAR_SPACE,
    CHAR_LETTER,
    CHAR_DIGIT,
    CHAR_MARK,      /* combining: belongs to the letter before */
    CHAR_INVISIBLE, /* soft hyphen, zero width, joiners, bidi controls */
    CHAR_IDEOGRAPH, /* a word by itself */
};

struct char_traits {
    enum char_class class;
    bool is_upper;
    const uint8_t
        *fold; /* folded bytes, may be more than one letter, or none; NULL: the character itself */
    uint8_t fold_len; /* bytes of it, also when it is the character itself */
};

struct char_traits char_traits(uint32_t code);

/* The folded form of a run of text without regard to word rules; at most room bytes, cut at a whole
 * character. Answers its length. */
size_t fold_text(struct bytes text, uint8_t *out, size_t room);

#endif

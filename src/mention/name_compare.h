/* name_compare.h - how two names, and two spellings of one word, compare. Accents and case never
 * count: keys are folded.
 *
 * A slip is one letter left out, added or changed, two letters that changed places, or, in words of
 * eight letters and more, two such. Words under four letters have no slips. Variants are ways to
 * write one foreign word in Latin letters (Qadhafi, Gaddafi; Ali Khamenei, Khamanei is a slip).
 */
#ifndef MENTION_NAME_COMPARE_H
#define MENTION_NAME_COMPARE_H

#include "mention/name.h"

enum spelling {
    SPELLING_SAME,
    SPELLING_VARIANT, /* a transliteration */
    SPELLING_LEFT_OUT,
    SPELLING_ADDED,
    SPELLING_CHANGED,
    SPELLING_SWAPPED,
    SPELLING_TWO,   /* two letters differ */
    SPELLING_OTHER, /* another word */
};

/* The spelling of `written` against `known`. */
enum spelling spelling_compare(struct bytes written, struct bytes known);
/* Only the ending differs as in plurals and the names of peoples (Mexico, Mexican; official,
 * officials). */
bool spelling_is_inflected(struct bytes a, struct bytes b);
static inline bool spelling_is_slip(enum spelling spelling)
{
    return spelling >= SPELLING_LEFT_OUT && spelling <= SPELLING_TWO;
}
/* "n and m changed places", "the first i is left out"; "" where there is nothing to say. Answers
 * the length; cut to room. */
size_t spelling_words(struct bytes written, struct bytes known, char *out, size_t room);

enum name_match {
    NAME_SAME,
    NAME_FULLER,  /* all parts of the known name, and more */
    NAME_SHORTER, /* parts of the known name, in its order */
    NAME_SLIP,    /* one part differs by a slip, another is the same */
    NAME_VARIANT, /* the same but for transliteration */
    NAME_ORDER,   /* the same parts in another order */
    NAME_SURNAME, /* the same given name, another surname */
    NAME_OTHER,
};

/* `written` against `known`; links are passed over, an initial agrees with any part it begins. */
enum name_match name_compare(const struct name *written, const struct name *known);

#endif

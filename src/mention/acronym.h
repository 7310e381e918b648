/* acronym.h - acronyms as they are used, and the pairs that introduce them: "Port Workers' Union
 * (PWU)", "PWU (Port Workers' Union)", "special operations forces (SOF)".
 *
 * What an acronym stands for is never worked out from initials: bodies keep those of another
 * language. Initials only tell how far back a phrase in small letters reaches. Text in capitals
 * throughout has no acronyms.
 */
#ifndef MENTION_ACRONYM_H
#define MENTION_ACRONYM_H

#include "mention/name_word.h"

enum { ACRONYM_MAX = 10 };

struct acronym {
    uint32_t start, end;           /* bytes of the text; a plural s is not part of it */
    uint32_t full_start, full_end; /* what it stands for; equal where none is given beside it */
    bool is_introduced; /* stands in parentheses behind words, or words in parentheses behind it */
    uint8_t len;
    char letters[ACRONYM_MAX + 1]; /* capitals and digits */
};

struct acronym_reader {
    struct bytes text;
    uint32_t at, end;
};

/* The next acronym of the reader's range, in text order. */
bool acronym_next(struct acronym_reader *reader, struct acronym *acronym);

/* How two acronyms differ, for a slip: neighbours that changed places, or one letter of three and
 * more. */
bool acronym_is_slip(const struct acronym *written, const struct acronym *known);
/* Acronyms that every reader knows (US, UN, FBI) and that need no introduction. */
bool acronym_is_common(const struct acronym *acronym);
/* A phrase without the people or country it begins with: "Mexican Port Authority". */
struct bytes acronym_core(struct bytes full);
/* Whether two phrases have the same core of words: case, accents, articles and possessives aside.
 */
bool acronym_same_words(struct bytes a, struct bytes b);

#endif

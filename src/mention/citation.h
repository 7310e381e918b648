/* citation.h - where a story says its words come from: "(LJ, Nov. 25)", "(El Faro, Port Leone, Dec.
 * 2; La Marea, Dec. 3)", "see Update #1057", "26PORTLEONE12", "C06900101", links.
 *
 * Abbreviations are introduced by "La Marea (LM)" before them; a name whose initials they are is
 * offered, never taken for an introduction.
 */
#ifndef MENTION_CITATION_H
#define MENTION_CITATION_H

#include "mention/period.h"

enum citation_kind {
    CITATION_SOURCE, /* a paper or agency, with a date, in brackets */
    CITATION_ISSUE,  /* "see Update #1057" */
    CITATION_NUMBER, /* the number a document gives itself */
    CITATION_LINK,
};

struct citation {
    enum citation_kind kind;
    uint32_t start, end;         /* bytes */
    size_t name_first, name_end; /* words: "LJ", "La Jornada", "Update", the number */
    bool is_abbreviation;        /* capitals alone, 2 to 6 */
    uint32_t number;             /* of an issue */
    struct period date;          /* of a source; words 0 when none */
};

struct citation_list {
    struct citation *at;
    size_t count;
};
MUST_USE enum status citations_find(const struct saying *saying, struct arena *arena,
                                    struct citation_list *list, struct fault *fault);

/* Whether "Name (ABC)" or "ABC (Name)" stands before word `before` for the abbreviation at `at`. */
bool citation_is_introduced(const struct saying *saying, size_t at, size_t before);
/* The run of capitalised words anywhere in the saying whose initials are the abbreviation at `at`;
 * false when there is none. */
bool citation_fitting_name(const struct saying *saying, size_t at, size_t *first, size_t *end);

#endif

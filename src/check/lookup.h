/* lookup.h - does the archive hold these words, and where first? Asked of the index, within the
 * scope of the check. */
#ifndef CHECK_LOOKUP_H
#define CHECK_LOOKUP_H

#include "archive/snapshot.h"

enum { LOOKUP_DOCUMENTS = 8 };

struct lookup {
    uint64_t total;                       /* documents that match */
    bool is_cut;                          /* at least that many: the budget was spent */
    uint64_t documents[LOOKUP_DOCUMENTS]; /* the best, at most */
    size_t count;
};

/* The words one behind the other, folded (case, accents and points do not matter). No words: total
 * 0. */
MUST_USE enum status lookup_phrase(const struct snapshot *snapshot, struct bytes words,
                                   struct lookup *lookup, struct fault *fault);
/* A query of docs/search.md. BAD_INPUT, OVER_LIMIT: as query_parse. */
MUST_USE enum status lookup_query(const struct snapshot *snapshot, struct bytes query,
                                  struct lookup *lookup, struct fault *fault);

/* Where the words (folded keys one behind the other) first stand in a text at or after `from`;
 * false when they do not. */
bool lookup_words(struct bytes text, struct bytes words, uint32_t from, uint32_t *start,
                  uint32_t *end);

#endif

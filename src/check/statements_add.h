/* statements_add.h - statements and their words, as the judges of figures, dates, lists,
 * descriptions, attributed statements and citations add them. */
#ifndef CHECK_STATEMENTS_ADD_H
#define CHECK_STATEMENTS_ADD_H

#include "check/kinds.h"
#include "check/statements_shelf.h"

struct ruled {
    enum statement_kind kind;
    uint32_t start, end; /* bytes of the story */
    enum check_verdict verdict;
    enum stet_severity severity;
    const char *message;           /* may be NULL */
    bool is_unexpected;            /* nobody gives it to the documents */
    const struct shelf_part *part; /* where it stands, or NULL */
    uint32_t source_start, source_end;
    bool is_difference; /* the words of both stand beside each other */
};

MUST_USE enum status ruled_add(struct shelf *shelf, const struct ruled *ruled, struct fault *fault);
/* Words of a text on one line, at most 80 bytes, for a message; from the arena, "" when memory runs
 * out. */
const char *ruled_words(struct arena *arena, struct bytes text, uint32_t start, uint32_t end);

#endif

/* lists.h - lists of the story against the lists of the paragraphs it was traced to: members that
 * were dropped. docs/statements.md. */
#ifndef CHECK_LISTS_H
#define CHECK_LISTS_H

#include "check/statements_shelf.h"

MUST_USE enum status lists_judge(struct run *run, struct fault *fault);

enum { LIST_MEMBERS_MAX = 24 };
struct list_member {
    size_t first, end; /* words that name it */
};
struct source_list {
    struct list_member at[LIST_MEMBERS_MAX];
    size_t count;
    size_t first, end; /* words */
};
/* The list that begins with or behind word `from` of a sentence: three members or more, commas and
 * a last "and" or "or"; false when there is none. Unit-tested. */
bool list_find(const struct shelf_text *text, const struct shelf_sentence *sentence, size_t from,
               struct source_list *list);

#endif

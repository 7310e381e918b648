/* expand.h - the terms of a dictionary that a word with *, ~ or % means.
 *
 * Fuzzy: optimal string alignment (Damerau 1964; rows shared by common prefixes as in Ukkonen
 * 1985), walked down the sorted dictionary; whole ranges of keys whose first letters are already
 * too far are leapt over.
 */
#ifndef SEARCH_EXPAND_H
#define SEARCH_EXPAND_H

#include "search/plan.h"

struct expansions {
    struct planned_term *at; /* heap */
    size_t count;
    size_t room;
};
void expansions_release(struct expansions *expansions);

/* lead: what stands before every key of the space searched: nothing, the furniture mark, or mark
 * and field. */
MUST_USE enum status expand_word(const struct planner *planner, const struct segment *segment,
                                 struct bytes lead, const struct query_word *word,
                                 struct expansions *to, struct fault *fault);

#endif

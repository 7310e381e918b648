/* plan.h - the words of a query as terms of one segment: looked up, or gathered from its
 * dictionary.
 *
 * A word with *, ~ or % becomes many terms. Work is bounded: OVER_LIMIT, naming the word, when too
 * many terms fit.
 */
#ifndef SEARCH_PLAN_H
#define SEARCH_PLAN_H

#include "search/budget.h"
#include "search/query.h"
#include "segment/terms.h"
#include "text/fold.h"

enum { EXPANSIONS_MAX = 250000, FUZZY_KEY_MAX = FOLD_KEY_MAX };

struct planned_term {
    struct term term;
    float weight; /* 1, less for a word that only resembles */
};

struct planned_word {
    struct planned_term *body; /* or of the field */
    struct planned_term *furniture;
    size_t body_count, furniture_count;
};

struct plan {
    const struct segment *segment;
    size_t index;               /* of the segment in its snapshot */
    struct planned_word *words; /* by query_word.id */
};

struct planner {
    const struct query *query;
    struct budget *budget; /* walks through the dictionary end when it is spent */
    struct stemmer *stemmers[STEM_LANGUAGES];
    uint64_t *word_parts; /* by query_word.id: parts that hold it, over all segments planned */
};

MUST_USE enum status planner_begin(struct planner *planner, const struct query *query,
                                   struct budget *budget, struct fault *fault);
void planner_release(struct planner *planner);
/* The terms of one segment; from the query's arena. */
MUST_USE enum status plan_make(struct planner *planner, const struct segment *segment, size_t index,
                               struct plan *plan, struct fault *fault);

#endif

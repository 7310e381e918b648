/* evaluate.h - the documents of one segment for which a query is true. */
#ifndef SEARCH_EVALUATE_H
#define SEARCH_EVALUATE_H

#include "search/bits.h"
#include "search/match.h"

struct budget {
    uint64_t deadline; /* clock_monotonic */
    uint32_t ticks;
    bool is_cut;
};

/* Count a step of work; true when the time is over. */
bool budget_spent(struct budget *budget);

/* Statistics of the snapshot. */
struct weights {
    const float *words; /* idf by query_word.id */
    float average;      /* body words of a part */
};

/* Heads of documents, found in their body (or fields), or anywhere. */
struct found {
    uint64_t *body, *any;
};

struct evaluation {
    const struct plan *plan;
    const struct segment *segment;
    const uint64_t *seen;
    uint32_t parts;
    const struct weights *weights;
    struct budget *budget;
    struct surfaces surfaces;
    float *scores;   /* by head */
    unsigned silent; /* > 0: inside NOT, nothing scores */
};

MUST_USE enum status found_new(const struct evaluation *evaluation, struct found *found,
                               struct fault *fault);
void found_release(struct found *found);
/* Add to `found` the documents for which node is true; those in `within` only, unless it is NULL.
 */
MUST_USE enum status evaluate(struct evaluation *evaluation, const struct node *node,
                              const uint64_t *within, struct found *found, struct fault *fault);

/* evaluate_words.c: a node of words, or NEAR. */
MUST_USE enum status evaluate_words(struct evaluation *evaluation, const struct node *node,
                                    const uint64_t *within, struct found *found,
                                    struct fault *fault);

#endif

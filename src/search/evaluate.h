/* evaluate.h - the documents of one segment for which a query is true, window by window.
 *
 * A document's score is the sum over the words and phrases that stand in its body; inside OR, those
 * of an AND count where it is true of the body.
 */
#ifndef SEARCH_EVALUATE_H
#define SEARCH_EVALUATE_H

#include "search/source.h"

struct evaluation {
    struct scene scene;
    float *scores;      /* by head of the window in hand; NULL when none are wanted */
    bool is_scored;     /* the window in hand is: else no document of it reaches the threshold */
    struct step *steps; /* private from here; by node id */
    uint32_t nodes;
    unsigned either; /* > 0: inside OR, where an AND scores only what it keeps */
};

/* scene: plan, weights, budget, and window's shapes, seen_parts and parts are set. `scored`: by
 * rank. */
MUST_USE enum status evaluation_begin(struct evaluation *evaluation, const struct query *query,
                                      bool scored, struct fault *fault);
void evaluation_release(struct evaluation *evaluation);
/* The first head >= `from` (a head) for which it may be true, BITS_END. */
MUST_USE enum status evaluation_next(struct evaluation *evaluation, const struct node *node,
                                     uint32_t from, uint32_t *head, struct fault *fault);
/* The total of the segment, where the query is one word, and counting is quicker than gathering;
 * all parts are documents of their own, and seen. */
MUST_USE enum status evaluation_count(const struct evaluation *evaluation, const struct node *root,
                                      struct source_total *total, struct fault *fault);
/* All of the window of `head`: what is found, and evaluation->scores where is_scored. Documents
 * that score less than `threshold` may be scored too low; all are found. */
MUST_USE enum status evaluation_window(struct evaluation *evaluation, const struct node *root,
                                       uint32_t head, float threshold, struct found *found,
                                       struct fault *fault);

#endif

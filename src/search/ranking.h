/* ranking.h - the best documents so far, as a heap with the worst of them on top. */
#ifndef SEARCH_RANKING_H
#define SEARCH_RANKING_H

#include "search/match.h"

struct ranking {
    enum stet_order order;
    uint64_t most;
    struct match *at;
    size_t count;
    size_t room; /* private from here */
    uint64_t *split;
    size_t split_count, split_room;
};
void ranking_release(struct ranking *ranking);

/* Documents that score less cannot enter; -1: all may. By rank only. */
float ranking_threshold(const struct ranking *ranking);
/* Whether a document with these can enter, whatever its number. */
bool ranking_may_take(const struct ranking *ranking, const struct match *match);
/* match->document is known by now. */
MUST_USE enum status ranking_add(struct ranking *ranking, const struct match *match,
                                 struct fault *fault);
/* Best first; afterwards nothing may be added. */
void ranking_sort(struct ranking *ranking);
/* Whether a document whose parts stand in several segments was counted before; from now on it is.
 */
MUST_USE enum status ranking_knows(struct ranking *ranking, uint64_t document, bool *is_known,
                                   struct fault *fault);

/* 0: a stated date, 1: an inferred one, 2: none. */
int date_group(const struct match *match);

#endif

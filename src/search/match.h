/* match.h - query to documents and places: the seam behind which segments are read.
 *
 * A document matches when the query is true of it as a whole: words of one AND may stand in
 * different parts. BM25 (Robertson and Zaragoza 2009; k1 1.2, b 0.75), statistics of the snapshot.
 * A word found only in furniture makes a document match, after all that match in their body; NOT
 * looks at the body alone.
 */
#ifndef SEARCH_MATCH_H
#define SEARCH_MATCH_H

#include <stet/search.h>

#include "archive/snapshot.h"
#include "search/query.h"
#include "search/walk.h"

struct window;
/* A window in which documents match: heads counts from window->base, WINDOW_WORDS words. */
typedef enum status match_seen(void *context, size_t segment, const struct window *window,
                               const uint64_t *heads, struct fault *fault);

struct match_wanted {
    enum stet_order order;
    uint64_t skip;
    uint32_t most;      /* 0: only the total */
    uint64_t budget_ns; /* 0: 5 seconds */
    bool only_best;     /* by rank: what cannot be among the best is not counted; total is then "at
                           least" */
    const int *stop;  /* the matching ends, cut, when another thread makes it not 0; NULL: never */
    match_seen *seen; /* meets every document once; no shortcut is taken then. NULL: nobody */
    void *context;
};

struct match {
    double score;
    uint64_t document;
    uint32_t segment; /* index in the snapshot */
    uint32_t head;    /* the document's first part there */
    int32_t date;     /* as in columns */
    uint8_t flags;
    bool is_furniture; /* found in furniture only */
};

/* Answers, best first, and what is needed to find their places. {0} is empty. */
struct matching {
    struct match *at; /* those wanted: `skip` are left out */
    size_t count;
    uint64_t total;     /* documents */
    uint64_t undated;   /* of them without a date, or with an inferred one; counted by date only */
    bool is_cut;        /* the budget was spent: total is "at least" */
    bool is_least;      /* so it is because only the best were wanted */
    struct plan *plans; /* one a segment, in the query's arena */
    size_t plan_count;
    const struct match_wanted *wanted; /* private: while it is matched */
};

MUST_USE enum status match_query(const struct snapshot *snapshot, const struct query *query,
                                 const struct match_wanted *wanted, struct matching *matching,
                                 struct fault *fault);
void matching_release(struct matching *matching);

#endif

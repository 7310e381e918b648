/* source.h - where a node of words (or NEAR) is found in one segment, window by window. */
#ifndef SEARCH_SOURCE_H
#define SEARCH_SOURCE_H

#include "search/match.h"
#include "search/score.h"
#include "search/window.h"

/* Heads of documents of a window, found in their body (or fields), or anywhere; bits count from the
 * window's base. body is within any. */
struct found {
    uint64_t body[WINDOW_WORDS], any[WINDOW_WORDS];
};

/* What all sources of a segment share. */
struct scene {
    const struct snapshot *snapshot;
    const struct plan *plan;
    const struct weights *weights;
    struct budget *budget;
    struct surfaces surfaces;
    struct window window;
    float *scores;   /* by head of the window; NULL: nobody asks */
    float threshold; /* documents that score less are not wanted; < 0: all are */
    float top;       /* no document of the window scores more */
    bool only_best;  /* documents below the threshold, and furniture, need not be found */
};

struct source;

/* *source is NULL when nothing of the node is in the segment. scene->plan, weights and budget are
 * set, the window need not be. */
MUST_USE enum status source_new(struct scene *scene, const struct node *node,
                                struct source **source, struct fault *fault);
void source_free(struct source *source);

/* The first part >= `part` that may hold it, never back; POSTINGS_END. */
MUST_USE enum status source_next(struct source *source, uint32_t part, uint32_t *next,
                                 struct fault *fault);
/* No document of the scene's window scores more by it. */
MUST_USE enum status source_top(struct source *source, const struct scene *scene, float *top,
                                struct fault *fault);
struct source_total {
    bool is_known;
    bool has_last; /* the segment's last part holds it */
    uint64_t parts;
};
/* How many parts hold it, seen or not, where that is cheaper to say than to gather: of one word, of
 * which few stand in furniture. */
MUST_USE enum status source_count(const struct source *source, const struct scene *scene,
                                  struct source_total *total, struct fault *fault);
/* Add what the window holds of it, and the scores; heads in `within` only (or more, where that is
 * cheaper), unless it is NULL. Windows ascend. */
MUST_USE enum status source_add(struct source *source, struct scene *scene, const uint64_t *within,
                                struct found *found, struct fault *fault);

#endif

/* direct.h - queries of a word, of words with AND and collections, and how many documents hold any
 * of some words: answered from their lists at once, where every part of a segment is seen and a
 * document of its own.
 *
 * The best documents and the total are the same that evaluate.h finds window by window; here blocks
 * that cannot hold one of the best are never decoded, and the total is counted without scoring.
 * Block-max pruning: Ding and Suel 2011.
 */
#ifndef SEARCH_DIRECT_H
#define SEARCH_DIRECT_H

#include "search/listed.h"
#include "search/ranking.h"
#include "search/window.h"

enum { DIRECT_WORDS = 8, DIRECT_SETS = 4 };

struct direct_word {
    struct listed body, furniture;
};

struct direct {
    const struct snapshot *snapshot;
    const struct plan *plan;
    const struct weights *weights;
    struct budget *budget;
    struct arena *arena;
    struct ranking *ranking;
    struct window window;      /* shapes, seen_parts, parts */
    bool only_best;            /* total is then "at least" */
    struct direct_word *words; /* private from here; in the order in which scores are summed */
    size_t count;
    bool is_either;                    /* OR: only counted */
    const uint64_t *sets[DIRECT_SETS]; /* collections, which all must hold it */
    size_t set_count;
    const struct shape_chunk *chunk;
    uint64_t total;
    bool has_last; /* the segment's last part holds it */
};

/* *done is false, and nothing was added, where the query or the segment is not of this kind. Else
 * direct->total is the segment's, and the best are in the ranking. */
MUST_USE enum status direct_match(struct direct *direct, const struct node *root, bool *done,
                                  struct fault *fault);

/* direct_one.c, direct_all.c: rank the best documents that hold the one word, or all, in their
 * body. direct_all adds to the total what it finds: everything, where finds_all. */
MUST_USE enum status direct_all(struct direct *direct, bool finds_all, struct fault *fault);
MUST_USE enum status direct_one(struct direct *direct, struct fault *fault);
/* For these files: a document for the ranking. */
MUST_USE enum status direct_rank(struct direct *direct, uint32_t part, float score,
                                 bool is_furniture, struct fault *fault);
MUST_USE enum status direct_chunk(struct direct *direct, uint32_t part, struct fault *fault);
/* Body words of a part. */
MUST_USE static inline enum status direct_len(struct direct *direct, uint32_t part, uint32_t *words,
                                              struct fault *fault)
{
    if (direct->chunk == NULL || part - direct->chunk->base >= direct->chunk->count)
        TRY(direct_chunk(direct, part, fault));
    *words = direct->chunk->words[part - direct->chunk->base];
    return OK;
}
/* Whether something that scores so much at most may be among the best. */
static inline bool direct_wants(const struct direct *direct, float most)
{
    return direct->ranking->most > 0 && most >= ranking_threshold(direct->ranking);
}

#endif

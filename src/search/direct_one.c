/* One word: the blocks that promise most first, until no other can hold one of the best. */
#include "search/budget.h"
#include "search/direct.h"

enum { SEEDS = 12 };

/* Parts of a block that lie in one chunk of lengths. */
static enum status rank_run(struct direct *direct, const struct score_run *run, struct fault *fault)
{
    float scores[POSTINGS_BLOCK], threshold = ranking_threshold(direct->ranking);
    score_parts(run, scores);
    for (size_t i = 0; i < run->len; i++) {
        if (scores[i] < threshold)
            continue;
        TRY(direct_rank(direct, run->parts[i], scores[i], false, fault));
        threshold = ranking_threshold(direct->ranking);
    }
    return OK;
}

static enum status rank_block(struct direct *direct, struct listed *listed, uint32_t block,
                              struct fault *fault)
{
    const uint32_t *counts;
    TRY(listed_enter(listed, block, fault));
    TRY(listed_counts(listed, &counts, fault));
    listed->bounds[block] = -1;
    for (size_t from = 0, end; from < listed->len; from = end) {
        TRY(shapes_chunk(direct->window.shapes, listed->parts[from], &direct->chunk, fault));
        const struct shape_chunk *chunk = direct->chunk;
        uint32_t limit = chunk->base + chunk->count;
        end = listed->parts[listed->len - 1] < limit ? listed->len : listed_at(listed, limit);
        struct score_run run = { listed->weight,       direct->weights->average,
                                 listed->parts + from, counts + from,
                                 end - from,           chunk->words,
                                 chunk->base };
        TRY(rank_run(direct, &run, fault));
    }
    return OK;
}

enum status direct_one(struct direct *direct, struct fault *fault)
{
    struct listed *listed = &direct->words->body;
    if (listed->term == NULL)
        return OK;
    for (size_t i = 0; i < SEEDS; i++) {
        uint32_t best = 0;
        for (uint32_t block = 1; block < listed->blocks; block++)
            best = listed->bounds[block] > listed->bounds[best] ? block : best;
        if (listed->bounds[best] < 0 || !direct_wants(direct, listed->bounds[best]))
            return OK;
        TRY(rank_block(direct, listed, best, fault));
    }
    for (uint32_t block = 0; block < listed->blocks && !budget_spent(direct->budget); block++)
        if (listed->bounds[block] >= 0 && direct_wants(direct, listed->bounds[block]))
            TRY(rank_block(direct, listed, block, fault));
    return OK;
}

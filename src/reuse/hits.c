/* Stage 2: places of one shingle meet; a shingle with more places than the band is a formula. */
#include "reuse/inside.h"

#include <stdlib.h>

struct occurrence {
    uint32_t part, word;
};

/* The places of one shingle, copies of a document left out; all of them are counted. */
struct gathering {
    struct reuse *reuse;
    struct sorter hits, dropped;
    struct occurrence *at; /* one more than the band */
    uint32_t count;
    uint64_t shingle, places;
};

static void gathering_release(struct gathering *gathering)
{
    sorter_release(&gathering->hits);
    sorter_release(&gathering->dropped);
    free(gathering->at);
}

/* A twin that stands on the same side says nothing new. */
static bool is_repeated(const struct gathering *gathering, uint32_t part)
{
    const struct census *census = &gathering->reuse->census;
    const struct census_document *of = census_of_part(census, part);
    for (uint32_t i = 0; i < gathering->count; i++) {
        const struct census_document *kept = census_of_part(census, gathering->at[i].part);
        if (kept->twin == of->twin && kept->sides == of->sides)
            return kept != of;
    }
    return false;
}

static void gather(struct gathering *gathering, uint32_t part, uint32_t word)
{
    gathering->places++;
    if (gathering->count <= gathering->reuse->options.band && !is_repeated(gathering, part))
        gathering->at[gathering->count++] = (struct occurrence){ part, word };
}

static bool has_pair(const struct gathering *gathering)
{
    for (uint32_t i = 1; i < gathering->count; i++)
        if (census_pairs(&gathering->reuse->census, gathering->at[0].part, gathering->at[i].part))
            return true;
    for (uint32_t i = 1; i < gathering->count; i++)
        for (uint32_t k = i + 1; k < gathering->count; k++)
            if (census_pairs(&gathering->reuse->census, gathering->at[i].part,
                             gathering->at[k].part))
                return true;
    return false;
}

static enum status add_formula(struct gathering *gathering, struct fault *fault)
{
    if (!has_pair(gathering))
        return OK;
    uint64_t record[2] = { (uint64_t)gathering->at[0].part << 32 | gathering->at[0].word,
                           gathering->places };
    gathering->reuse->figures[FIGURE_FORMULAS]++;
    gathering->reuse->figures[FIGURE_FORMULA_PLACES] += gathering->places;
    return sorter_add(&gathering->dropped, record, fault);
}

static enum status add_hits(struct gathering *gathering, struct fault *fault)
{
    const struct census *census = &gathering->reuse->census;
    for (uint32_t i = 0; i < gathering->count; i++)
        for (uint32_t k = i + 1; k < gathering->count; k++) {
            const struct occurrence *a = &gathering->at[i], *b = &gathering->at[k];
            uint64_t record[2] = { (uint64_t)a->part << 32 | b->part,
                                   (uint64_t)a->word << 32 | b->word };
            if (census_pairs(census, a->part, b->part))
                TRY(sorter_add(&gathering->hits, record, fault));
        }
    return OK;
}

static enum status end_shingle(struct gathering *gathering, struct fault *fault)
{
    bool is_formula = gathering->count > gathering->reuse->options.band;
    enum status added = is_formula ? add_formula(gathering, fault) : add_hits(gathering, fault);
    gathering->count = 0;
    gathering->places = 0;
    return added;
}

static enum status walk(struct gathering *gathering, struct merge *shingles, struct fault *fault)
{
    struct reuse *reuse = gathering->reuse;
    const uint64_t *record;
    for (uint64_t done = 0;; done++) {
        TRY(merge_next(shingles, &record, fault));
        if (record == NULL)
            return end_shingle(gathering, fault);
        if (record[0] != gathering->shingle) {
            TRY(end_shingle(gathering, fault));
            TRY(reuse_go_on(reuse, "joining", done, reuse->figures[FIGURE_SHINGLES], fault));
        }
        gathering->shingle = record[0];
        gather(gathering, (uint32_t)(record[1] >> 32), (uint32_t)record[1]);
    }
}

enum status stage_hits(struct reuse *reuse, struct fault *fault)
{
    SCOPED(gathering_release) struct gathering gathering = { .reuse = reuse };
    SCOPED(merge_release) struct merge shingles = { 0 };
    struct sorting from = reuse_sorting(reuse, SORT_SHINGLES);
    struct sorting hits = reuse_sorting(reuse, SORT_HITS);
    struct sorting dropped = reuse_sorting(reuse, SORT_DROPPED);
    uint32_t runs = (uint32_t)reuse->figures[FIGURE_SHINGLE_RUNS];
    gathering.at = calloc((size_t)reuse->options.band + 1, sizeof *gathering.at);
    if (gathering.at == NULL)
        return no_memory(fault);
    TRY(sorter_begin(&gathering.hits, &hits, reuse_memory(reuse, 1) * 7 / 8, fault));
    TRY(sorter_begin(&gathering.dropped, &dropped, reuse_memory(reuse, 1) / 8, fault));
    TRY(merge_begin(&shingles, &from, runs, fault));
    TRY(walk(&gathering, &shingles, fault));
    TRY(sorter_end(&gathering.hits, fault));
    TRY(sorter_end(&gathering.dropped, fault));
    reuse->figures[FIGURE_HIT_RUNS] = gathering.hits.runs;
    reuse->figures[FIGURE_DROPPED_RUNS] = gathering.dropped.runs;
    sorting_remove(&from, runs);
    return OK;
}

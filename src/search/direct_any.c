/* One word, and OR: stretches of the segment, the most promising first, until no other can hold one
 * of the best. In a stretch, lists that together score too little to matter are only looked up for
 * documents that others found. */
#include "search/budget.h"
#include "search/direct.h"

enum { STRETCH = 2048, STRETCH_WORDS = STRETCH / 64, SEEDS = 12 };

struct stretches {
    struct direct *direct;
    size_t count;
    float *tops;  /* by stretch: the most a document there scores; < 0: done */
    float *lists; /* the same of each word's list, word after word */
    const struct shape_chunk *chunk;
    uint32_t base;                       /* of the stretch in hand */
    uint64_t found[STRETCH_WORDS];       /* by lists that were read */
    bool is_read[DIRECT_WORDS];          /* of the stretch */
    float scores[DIRECT_WORDS][STRETCH]; /* of the lists read; valid where found */
};

static enum status weigh(struct stretches *stretches, struct fault *fault)
{
    struct direct *direct = stretches->direct;
    size_t count = stretches->count;
    stretches->tops = arena_alloc_many(direct->arena, count, sizeof(float));
    stretches->lists = arena_alloc_many(direct->arena, count * direct->count, sizeof(float));
    if (stretches->tops == NULL || stretches->lists == NULL)
        return no_memory(fault);
    for (size_t word = 0; word < direct->count; word++) {
        const struct listed *listed = &direct->words[word].body;
        float *tops = stretches->lists + word * count;
        uint32_t first = 0;
        for (uint32_t block = 0; block < listed->blocks; block++) {
            uint32_t last = listed_last(listed, block);
            for (uint32_t i = first / STRETCH; i <= last / STRETCH && i < count; i++)
                tops[i] = listed->bounds[block] > tops[i] ? listed->bounds[block] : tops[i];
            first = last + 1;
        }
        for (size_t i = 0; i < count; i++)
            stretches->tops[i] += tops[i];
    }
    return OK;
}

static float top_of(const struct stretches *stretches, size_t stretch, size_t word)
{
    return stretches->lists[word * stretches->count + stretch];
}

/* What the block entered has inside the stretch. */
static enum status score_block(struct stretches *stretches, size_t word, struct fault *fault)
{
    struct listed *listed = &stretches->direct->words[word].body;
    const uint32_t *counts, *words = stretches->chunk->words;
    uint32_t base = stretches->base, chunk = stretches->chunk->base;
    size_t at = listed->parts[0] < base ? listed_at(listed, base) : 0;
    size_t end = listed->parts[listed->len - 1] >= base + STRETCH
                     ? listed_at(listed, base + STRETCH)
                     : listed->len;
    float weight = listed->weight, average = stretches->direct->weights->average;
    float *scores = stretches->scores[word];
    if (at >= end)
        return OK;
    TRY(listed_counts(listed, &counts, fault));
    bits_add_all(stretches->found, listed->parts + at, end - at, base);
    for (; at < end; at++) {
        uint32_t part = listed->parts[at];
        scores[part - base] = score_part(weight, counts[at], words[part - chunk], average);
    }
    return OK;
}

/* `others`: what the other lists add there at most. */
static enum status read_list(struct stretches *stretches, size_t word, float others,
                             struct fault *fault)
{
    struct direct *direct = stretches->direct;
    struct listed *listed = &direct->words[word].body;
    uint32_t last = stretches->base + STRETCH - 1;
    stretches->is_read[word] = true;
    if (listed->term == NULL)
        return OK;
    memset(stretches->scores[word], 0, sizeof *stretches->scores);
    for (uint32_t block = listed_block(listed, stretches->base); block < listed->blocks; block++) {
        if (direct_wants(direct, listed->bounds[block] + others)) {
            TRY(listed_enter(listed, block, fault));
            TRY(score_block(stretches, word, fault));
        }
        if (listed_last(listed, block) >= last)
            break;
    }
    return OK;
}

/* Read all lists but those that cannot lift a document to the threshold without the others; answers
 * what these add at most. */
static enum status read_lists(struct stretches *stretches, size_t stretch, float *rest,
                              struct fault *fault)
{
    struct direct *direct = stretches->direct;
    float threshold = ranking_threshold(direct->ranking);
    *rest = 0;
    memset(stretches->is_read, 0, sizeof stretches->is_read);
    bool is_left[DIRECT_WORDS] = { false };
    for (size_t round = 0; round + 1 < direct->count; round++) {
        size_t least = SIZE_MAX;
        for (size_t i = 0; i < direct->count; i++)
            if (!is_left[i] && (least == SIZE_MAX ||
                                top_of(stretches, stretch, i) < top_of(stretches, stretch, least)))
                least = i;
        if ((*rest + top_of(stretches, stretch, least)) * 1.0001f >= threshold)
            break;
        *rest += top_of(stretches, stretch, least);
        is_left[least] = true;
    }
    memset(stretches->found, 0, sizeof stretches->found);
    for (size_t i = 0; i < direct->count; i++) {
        float others = stretches->tops[stretch] - top_of(stretches, stretch, i);
        if (!is_left[i])
            TRY(read_list(stretches, i, others * 1.0001f, fault));
    }
    return OK;
}

static enum status rank_one(struct stretches *stretches, uint32_t at, float rest,
                            struct fault *fault)
{
    struct direct *direct = stretches->direct;
    uint32_t part = stretches->base + at;
    float score = 0, known = 0;
    for (size_t i = 0; i < direct->count; i++)
        known += stretches->is_read[i] ? stretches->scores[i][at] : 0;
    if (!direct_wants(direct, (known + rest) * 1.0001f))
        return OK;
    for (size_t i = 0; i < direct->count; i++) {
        uint32_t count;
        if (stretches->is_read[i]) {
            score += stretches->scores[i][at];
            continue;
        }
        TRY(listed_count(&direct->words[i].body, part, &count, fault));
        if (count > 0)
            score += score_part(direct->words[i].body.weight, count,
                                stretches->chunk->words[part - stretches->chunk->base],
                                direct->weights->average);
    }
    return direct_wants(direct, score) ? direct_rank(direct, part, score, false, fault) : OK;
}

static enum status rank_stretch(struct stretches *stretches, size_t stretch, struct fault *fault)
{
    float rest;
    struct direct *direct = stretches->direct;
    stretches->base = (uint32_t)stretch * STRETCH;
    TRY(shapes_chunk(direct->window.shapes, stretches->base, &stretches->chunk, fault));
    TRY(read_lists(stretches, stretch, &rest, fault));
    stretches->tops[stretch] = -1;
    for (uint32_t at = bits_next(stretches->found, 0, STRETCH); at != BITS_END;
         at = bits_next(stretches->found, at + 1, STRETCH))
        TRY(rank_one(stretches, at, rest, fault));
    return OK;
}

static size_t most_promising(const struct stretches *stretches)
{
    size_t best = 0;
    for (size_t i = 1; i < stretches->count; i++)
        if (stretches->tops[i] > stretches->tops[best])
            best = i;
    return best;
}

static enum status rank_any(struct stretches *stretches, struct fault *fault)
{
    struct direct *direct = stretches->direct;
    for (size_t i = 0; i < SEEDS; i++) {
        size_t best = most_promising(stretches);
        if (stretches->tops[best] <= 0 || !direct_wants(direct, stretches->tops[best]))
            return OK;
        TRY(rank_stretch(stretches, best, fault));
    }
    for (size_t i = 0; i < stretches->count && !budget_spent(direct->budget); i++)
        if (stretches->tops[i] > 0 && direct_wants(direct, stretches->tops[i]))
            TRY(rank_stretch(stretches, i, fault));
    return OK;
}

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

static enum status rank_word(struct direct *direct, struct listed *listed, struct fault *fault)
{
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

enum status direct_any(struct direct *direct, struct fault *fault)
{
    if (direct->count == 1)
        return direct->words->body.term == NULL ? OK
                                                : rank_word(direct, &direct->words->body, fault);
    struct stretches stretches;
    stretches.direct = direct;
    stretches.count = ((size_t)direct->window.parts + STRETCH - 1) / STRETCH;
    TRY(weigh(&stretches, fault));
    return rank_any(&stretches, fault);
}

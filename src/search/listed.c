#include "search/listed.h"

#include "base/arena.h"
#include "search/bits.h"

enum status listed_begin(struct listed *listed, const struct segment *segment,
                         const struct term *term, float weight, struct fault *fault)
{
    listed->term = term;
    listed->weight = weight;
    listed->bounds = NULL;
    listed->entered = 0;
    listed->blocks = 0;
    listed->most = 0;
    if (term == NULL)
        return OK;
    TRY(postings_begin(&listed->postings, segment, term, fault));
    listed->blocks = listed->postings.blocks;
    return OK;
}

enum status listed_weigh(struct listed *listed, struct arena *arena, float average,
                         struct fault *fault)
{
    if (listed->term == NULL)
        return OK;
    listed->bounds = arena_alloc_many(arena, listed->blocks, sizeof *listed->bounds);
    if (listed->bounds == NULL)
        return no_memory(fault);
    for (uint32_t block = 0; block < listed->blocks; block++) {
        struct impact impacts[IMPACTS];
        size_t len = postings_impacts(&listed->postings, block, impacts);
        float most = 0;
        for (size_t i = 0; i < len; i++) {
            float score = score_bound(listed->weight, impacts[i].count, impacts[i].words, average);
            most = score > most ? score : most;
        }
        if (len == 0)
            most = score_bound(listed->weight, UINT32_MAX, 0, average);
        listed->bounds[block] = most;
        listed->most = most > listed->most ? most : listed->most;
    }
    return OK;
}

uint32_t listed_block(const struct listed *listed, uint32_t part)
{
    uint32_t low = 0, high = listed->blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (listed_last(listed, middle) < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

float listed_top(const struct listed *listed, uint32_t first, uint32_t limit)
{
    float top = 0;
    if (listed->term == NULL)
        return 0;
    for (uint32_t block = listed_block(listed, first); block < listed->blocks; block++) {
        top = listed->bounds[block] > top ? listed->bounds[block] : top;
        if (listed_last(listed, block) >= limit - 1)
            break;
    }
    return top;
}

enum status listed_enter(struct listed *listed, uint32_t block, struct fault *fault)
{
    if (listed->entered == block + 1)
        return OK;
    listed->entered = 0;
    TRY(postings_enter(&listed->postings, block, &listed->parts, &listed->len, fault));
    listed->entered = block + 1;
    return OK;
}

enum status listed_counts(struct listed *listed, const uint32_t **counts, struct fault *fault)
{
    return postings_counts(&listed->postings, counts, fault);
}

size_t listed_at(const struct listed *listed, uint32_t part)
{
    const uint32_t *from = listed->parts;
    size_t len = listed->len;
    while (len > 1) {
        size_t half = len / 2;
        from = from[half - 1] < part ? from + half : from;
        len -= half;
    }
    return (size_t)(from - listed->parts) + (len > 0 && *from < part);
}

enum status listed_count(struct listed *listed, uint32_t part, uint32_t *count, struct fault *fault)
{
    const uint32_t *counts;
    *count = 0;
    if (listed->term == NULL)
        return OK;
    bool is_entered =
        listed->entered > 0 && part >= listed->parts[0] && part <= listed->parts[listed->len - 1];
    uint32_t block = is_entered ? listed->entered - 1 : listed_block(listed, part);
    if (block == listed->blocks)
        return OK;
    TRY(listed_enter(listed, block, fault));
    size_t at = listed_at(listed, part);
    if (at == listed->len || listed->parts[at] != part)
        return OK;
    TRY(listed_counts(listed, &counts, fault));
    *count = counts[at];
    return OK;
}

enum status listed_add_all(struct listed *listed, uint64_t *bits, struct fault *fault)
{
    if (listed->term == NULL)
        return OK;
    for (uint32_t block = 0; block < listed->blocks; block++) {
        TRY(listed_enter(listed, block, fault));
        bits_add_all(bits, listed->parts, listed->len, 0);
    }
    return OK;
}

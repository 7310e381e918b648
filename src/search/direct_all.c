/* AND: the documents of the rarest list, block by block, kept where all others hold them too. */
#include "search/budget.h"
#include "search/direct.h"

enum { MAP_PARTS = 1 << 14, MAP_SHARE = 8 };

/* Documents of one block of the first list that are still in. */
struct shared {
    size_t len;
    uint32_t parts[POSTINGS_BLOCK];
    uint8_t at[POSTINGS_BLOCK]; /* where they lie in that block */
    uint32_t counts[DIRECT_WORDS][POSTINGS_BLOCK];
    bool is_wanted; /* counts are */
    uint64_t map[MAP_PARTS / 64];
};

static void keep(struct shared *shared, size_t to, size_t from, size_t words)
{
    shared->parts[to] = shared->parts[from];
    shared->at[to] = shared->at[from];
    for (size_t word = 1; word < words && shared->is_wanted; word++)
        shared->counts[word][to] = shared->counts[word][from];
}

/* A document that the block entered of word `word` holds too. */
static enum status keep_found(struct direct *direct, struct shared *shared, size_t word, size_t to,
                              size_t from, size_t at, struct fault *fault)
{
    const uint32_t *counts;
    keep(shared, to, from, word);
    if (!shared->is_wanted)
        return OK;
    TRY(listed_counts(&direct->words[word].body, &counts, fault));
    shared->counts[word][to] = counts[at];
    return OK;
}

/* Few documents over much of the other list: look each of them up. */
static enum status keep_looked_up(struct direct *direct, struct shared *shared, size_t word,
                                  uint32_t block, struct fault *fault)
{
    struct listed *other = &direct->words[word].body;
    size_t kept = 0;
    for (size_t i = 0; i < shared->len; i++) {
        uint32_t part = shared->parts[i];
        if (listed_last(other, block) < part) {
            if (++block < other->blocks && listed_last(other, block) < part)
                block = listed_block(other, part);
            if (block >= other->blocks)
                break;
        }
        TRY(listed_enter(other, block, fault));
        size_t at = listed_at(other, part);
        if (at < other->len && other->parts[at] == part)
            TRY(keep_found(direct, shared, word, kept++, i, at, fault));
    }
    shared->len = kept;
    return OK;
}

/* Parts of the block entered that the map holds, which begins at `first` and ends with `last`. */
static size_t find_mapped(const struct shared *shared, const struct listed *other, uint32_t first,
                          uint32_t last, uint8_t found[POSTINGS_BLOCK])
{
    size_t count = 0;
    size_t at = other->parts[0] < first ? listed_at(other, first) : 0;
    size_t end = other->parts[other->len - 1] > last ? listed_at(other, last + 1) : other->len;
    for (; at < end; at++) {
        uint32_t bit = other->parts[at] - first;
        found[count] = (uint8_t)at;
        count += shared->map[bit >> 6] >> (bit & 63) & 1;
    }
    return count;
}

/* Both lists are as dense: a bit for each document, and the other list's parts looked up in them.
 */
static enum status keep_mapped(struct direct *direct, struct shared *shared, size_t word,
                               uint32_t block, struct fault *fault)
{
    struct listed *other = &direct->words[word].body;
    uint32_t first = shared->parts[0], last = shared->parts[shared->len - 1];
    size_t kept = 0, from = 0;
    memset(shared->map, 0, ((last - first) / 64 + 1) * sizeof *shared->map);
    bits_add_all(shared->map, shared->parts, shared->len, first);
    for (; block < other->blocks; block++) {
        uint8_t found[POSTINGS_BLOCK];
        TRY(listed_enter(other, block, fault));
        size_t count = find_mapped(shared, other, first, last, found);
        for (size_t i = 0; i < count; i++) {
            while (shared->parts[from] != other->parts[found[i]])
                from++;
            TRY(keep_found(direct, shared, word, kept++, from++, found[i], fault));
        }
        if (listed_last(other, block) >= last)
            break;
    }
    shared->len = kept;
    return OK;
}

static enum status keep_held(struct direct *direct, struct shared *shared, size_t word,
                             struct fault *fault)
{
    const struct listed *other = &direct->words[word].body;
    uint32_t first = shared->parts[0], last = shared->parts[shared->len - 1];
    uint32_t block = listed_block(other, first);
    if (block == other->blocks) {
        shared->len = 0;
        return OK;
    }
    uint64_t span = last - first + 1;
    uint64_t here = span * other->term->parts / direct->window.parts;
    bool is_mapped = span <= MAP_PARTS && here < MAP_SHARE * shared->len;
    return (is_mapped ? keep_mapped : keep_looked_up)(direct, shared, word, block, fault);
}

static void keep_in_sets(const struct direct *direct, struct shared *shared)
{
    for (size_t i = 0; i < direct->set_count; i++) {
        const uint64_t *set = direct->sets[i];
        size_t kept = 0, len = shared->len;
        for (size_t j = 0; j < len; j++) {
            uint32_t part = shared->parts[j];
            shared->parts[kept] = part;
            shared->at[kept] = shared->at[j];
            kept += bits_has(set, part);
        }
        shared->len = kept;
    }
}

static enum status rank_shared(struct direct *direct, struct shared *shared, struct fault *fault)
{
    const uint32_t *counts;
    float average = direct->weights->average;
    TRY(listed_counts(&direct->words[0].body, &counts, fault));
    for (size_t i = 0; i < shared->len; i++) {
        uint32_t words, part = shared->parts[i];
        TRY(direct_len(direct, part, &words, fault));
        float score = 0;
        score += score_part(direct->words[0].body.weight, counts[shared->at[i]], words, average);
        for (size_t word = 1; word < direct->count; word++)
            score += score_part(direct->words[word].body.weight, shared->counts[word][i], words,
                                average);
        if (direct_wants(direct, score))
            TRY(direct_rank(direct, part, score, false, fault));
    }
    return OK;
}

/* Documents of the block can be among the best. */
static bool is_wanted(const struct direct *direct, uint32_t block)
{
    const struct listed *lead = &direct->words[0].body;
    if (direct->ranking->most == 0)
        return false;
    float threshold = ranking_threshold(direct->ranking), most = lead->bounds[block];
    if (threshold < 0)
        return true;
    for (size_t i = 1; i < direct->count; i++)
        most += direct->words[i].body.most;
    if (most < threshold)
        return false;
    uint32_t first = block == 0 ? 0 : listed_last(lead, block - 1) + 1;
    most = lead->bounds[block];
    for (size_t i = 1; i < direct->count; i++)
        most += listed_top(&direct->words[i].body, first, listed_last(lead, block) + 1);
    return most >= threshold;
}

static void begin_shared(struct shared *shared, const struct listed *lead)
{
    shared->len = lead->len;
    memcpy(shared->parts, lead->parts, lead->len * sizeof *lead->parts);
    for (size_t i = 0; i < POSTINGS_BLOCK; i++)
        shared->at[i] = (uint8_t)i;
}

/* How many documents of the block entered a collection holds. */
static size_t count_in_set(const struct listed *listed, const uint64_t *set)
{
    size_t count = 0;
    for (size_t i = 0; i < listed->len; i++)
        count += bits_has(set, listed->parts[i]);
    return count;
}

static enum status add_block(struct direct *direct, struct shared *shared, uint32_t block,
                             struct fault *fault)
{
    struct listed *lead = &direct->words[0].body;
    TRY(listed_enter(lead, block, fault));
    if (!shared->is_wanted && direct->count == 1 && direct->set_count == 1) {
        direct->total += count_in_set(lead, direct->sets[0]);
        return OK;
    }
    begin_shared(shared, lead);
    keep_in_sets(direct, shared);
    for (size_t word = 1; word < direct->count && shared->len > 0; word++)
        TRY(keep_held(direct, shared, word, fault));
    direct->total += shared->len;
    return shared->is_wanted && shared->len > 0 ? rank_shared(direct, shared, fault) : OK;
}

/* Whether the collections may hold a document of the block: else it need not be decoded. */
static bool is_in_reach(const struct direct *direct, uint32_t block)
{
    const struct listed *lead = &direct->words[0].body;
    uint32_t first = block == 0 ? 0 : listed_last(lead, block - 1) + 1;
    uint32_t last = listed_last(lead, block), parts = direct->window.parts;
    uint32_t limit = last < parts ? last + 1 : parts; /* damage is told when it is decoded */
    for (size_t i = 0; i < direct->set_count; i++)
        if (bits_next(direct->sets[i], first, limit) == BITS_END)
            return false;
    return true;
}

enum status direct_all(struct direct *direct, bool finds_all, struct fault *fault)
{
    struct shared shared;
    for (size_t i = 0; i < direct->count; i++)
        if (direct->words[i].body.term == NULL)
            return OK;
    uint32_t blocks = direct->words[0].body.blocks;
    for (uint32_t block = 0; block < blocks && !budget_spent(direct->budget); block++) {
        if (!is_in_reach(direct, block))
            continue;
        shared.is_wanted = is_wanted(direct, block);
        if (shared.is_wanted || finds_all)
            TRY(add_block(direct, &shared, block, fault));
    }
    return OK;
}

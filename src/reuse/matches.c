/* Stage 3: the hits of two parts grow to passages; what is long and rare enough is a match. */
#include "reuse/inside.h"

#include <stdlib.h>

#include "base/grow.h"

enum { AROUND = 1024, COVERING = 64 };

/* Words of one part, or a window of them. */
struct side {
    uint32_t part;
    uint32_t first; /* word number of words[0] in the part */
    uint32_t count;
    uint32_t *words;
    size_t room;
};

struct matching {
    struct reuse *reuse;
    struct tape words;
    struct tape_writer out;
    struct side a, b;
    uint64_t *hits; /* a's word << 32 | b's */
    size_t count, room;
    struct common *found; /* of this pair */
    size_t found_count, found_room;
};

static void matching_release(struct matching *matching)
{
    tape_release(&matching->words);
    tape_writer_release(&matching->out);
    free(matching->a.words);
    free(matching->b.words);
    free(matching->hits);
    free(matching->found);
}

/* Load words [low, high) of the part, clamped. */
static enum status load(struct matching *matching, struct side *side, uint32_t part, uint32_t low,
                        uint32_t high, struct fault *fault)
{
    const struct census_part *of = &matching->reuse->census.parts[part];
    high = high < of->words ? high : of->words;
    low = low < high ? low : high;
    if (!grow_items((void **)&side->words, &side->room, (size_t)high - low + 1,
                    sizeof *side->words))
        return no_memory(fault);
    side->part = part;
    side->first = low;
    side->count = high - low;
    return tape_read(&matching->words, of->words_at + low, side->count, side->words, fault);
}

static enum status load_pair(struct matching *matching, uint32_t a, uint32_t b, struct fault *fault)
{
    uint32_t low = UINT32_MAX, high = 0;
    for (size_t i = 0; i < matching->count; i++) {
        uint32_t word = (uint32_t)matching->hits[i];
        low = word < low ? word : low;
        high = word > high ? word : high;
    }
    if (matching->a.part != a)
        TRY(load(matching, &matching->a, a, 0, UINT32_MAX, fault));
    low = low > AROUND ? low - AROUND : 0;
    high = high < UINT32_MAX - AROUND ? high + AROUND : UINT32_MAX;
    return load(matching, &matching->b, b, low, high, fault);
}

/* Whether one of the passages just found holds both words. */
static bool is_covered(const struct matching *matching, uint32_t a, uint32_t b)
{
    size_t least = matching->found_count > COVERING ? matching->found_count - COVERING : 0;
    for (size_t i = matching->found_count; i-- > least;) {
        const struct common *at = &matching->found[i];
        if (at->a_start <= a && a < at->a_end && at->b_start <= b && b < at->b_end)
            return true;
    }
    return false;
}

/* The window was too small when a passage grew up to its edge. */
static bool is_cut(const struct matching *matching, const struct common *common)
{
    const struct side *b = &matching->b;
    uint32_t words = matching->reuse->census.parts[b->part].words;
    return (common->b_start < COMMON_GAP + COMMON_AGAIN && b->first > 0) ||
           (common->b_end + COMMON_GAP + COMMON_AGAIN > b->count && b->first + b->count < words);
}

static enum status grow_hit(struct matching *matching, uint32_t at_a, uint32_t at_b,
                            struct common *common, struct fault *fault)
{
    struct side *b = &matching->b;
    struct stretch of_a = { matching->a.words, matching->a.count };
    for (bool again = true; again;) {
        struct stretch of_b = { b->words, b->count };
        common_grow(&of_a, &of_b, at_a, at_b - b->first, &matching->reuse->rarity, common);
        again = is_cut(matching, common);
        if (again)
            TRY(load(matching, b, b->part, 0, UINT32_MAX, fault));
    }
    common->b_start += b->first;
    common->b_end += b->first;
    return OK;
}

static enum status keep(struct matching *matching, const struct common *common, struct fault *fault)
{
    const struct stet_reuse_options *options = &matching->reuse->options;
    if (!GROW(matching->found, matching->found_room, matching->found_count))
        return no_memory(fault);
    matching->found[matching->found_count++] = *common;
    bool is_weak = common->shared < options->min_words || common->bits < (float)options->min_bits;
    matching->reuse->figures[is_weak ? FIGURE_WEAK : FIGURE_MATCHES]++;
    if (is_weak)
        return OK;
    struct match match = { matching->a.part, common->a_start,     common->a_end,
                           matching->b.part, common->b_start,     common->b_end,
                           common->shared,   common->differences, (uint32_t)common->bits };
    return tape_write(&matching->out, &match, fault);
}

static int compare_starts(const void *a, const void *b)
{
    const struct common *of_a = a, *of_b = b;
    return of_a->a_start < of_b->a_start ? -1 : of_a->a_start > of_b->a_start;
}

/* Words of a's part that stand in b's. */
static uint64_t shared_words(struct matching *matching)
{
    uint64_t shared = 0, until = 0;
    qsort(matching->found, matching->found_count, sizeof *matching->found, compare_starts);
    for (size_t i = 0; i < matching->found_count; i++) {
        const struct common *at = &matching->found[i];
        uint64_t start = at->a_start > until ? at->a_start : until;
        if (at->a_end > start) {
            shared += at->a_end - start;
            until = at->a_end;
        }
    }
    return shared;
}

/* A document that is almost all of another is its copy; so is an e-mail that holds most of one of
 * the same subject: a reply, a forward. */
static void look_for_copies(struct matching *matching)
{
    struct census *census = &matching->reuse->census;
    uint32_t a = census->parts[matching->a.part].document;
    uint32_t b = census->parts[matching->b.part].document;
    const struct census_document *of_a = &census->documents[a], *of_b = &census->documents[b];
    uint64_t shared = shared_words(matching);
    uint64_t most = of_a->words > of_b->words ? of_a->words : of_b->words;
    uint64_t least = of_a->words > of_b->words ? of_b->words : of_a->words;
    bool is_thread = of_a->kind == KIND_EMAIL && of_b->kind == KIND_EMAIL && of_a->subject != 0 &&
                     of_a->subject == of_b->subject && 2 * shared >= least;
    if (is_thread || 5 * shared >= 4 * most)
        census_join(census, a, b);
}

static enum status end_pair(struct matching *matching, uint32_t a, uint32_t b, struct fault *fault)
{
    if (matching->count == 0)
        return OK;
    matching->found_count = 0;
    matching->reuse->figures[FIGURE_PAIRS]++;
    TRY(load_pair(matching, a, b, fault));
    for (size_t i = 0; i < matching->count; i++) {
        uint32_t at_a = (uint32_t)(matching->hits[i] >> 32), at_b = (uint32_t)matching->hits[i];
        struct common common;
        if (is_covered(matching, at_a, at_b))
            continue;
        TRY(grow_hit(matching, at_a, at_b, &common, fault));
        if (common.a_end - common.a_start >= SHINGLE_WORDS)
            TRY(keep(matching, &common, fault));
    }
    matching->count = 0;
    if (matching->found_count > 0)
        look_for_copies(matching);
    return OK;
}

static enum status walk(struct matching *matching, struct merge *hits, struct fault *fault)
{
    struct reuse *reuse = matching->reuse;
    const uint64_t *record;
    uint64_t pair = 0;
    for (;;) {
        TRY(merge_next(hits, &record, fault));
        if (record == NULL)
            return end_pair(matching, (uint32_t)(pair >> 32), (uint32_t)pair, fault);
        if (record[0] != pair) {
            TRY(end_pair(matching, (uint32_t)(pair >> 32), (uint32_t)pair, fault));
            TRY(reuse_go_on(reuse, "comparing", record[0] >> 32, reuse->census.part_count, fault));
        }
        pair = record[0];
        if (!GROW(matching->hits, matching->room, matching->count))
            return no_memory(fault);
        matching->hits[matching->count++] = record[1];
    }
}

static enum status write_copies(const struct reuse *reuse, struct fault *fault)
{
    SCOPED(tape_writer_release) struct tape_writer copies = { .fd = -1 };
    TRY(tape_create(reuse->dir, TAPE_COPIES, sizeof(uint32_t), &copies, fault));
    for (uint32_t i = 0; i < reuse->census.document_count; i++) {
        uint32_t first = census_copies(&reuse->census, i);
        TRY(tape_write(&copies, &first, fault));
    }
    return tape_end(&copies, fault);
}

enum status stage_matches(struct reuse *reuse, struct fault *fault)
{
    SCOPED(matching_release)
    struct matching matching = {
        .reuse = reuse, .words.fd = -1, .out.fd = -1, .a.part = CENSUS_NONE, .b.part = CENSUS_NONE
    };
    SCOPED(merge_release) struct merge hits = { 0 };
    struct sorting from = reuse_sorting(reuse, SORT_HITS);
    uint32_t runs = (uint32_t)reuse->figures[FIGURE_HIT_RUNS];
    TRY(tape_open(reuse->dir, TAPE_WORDS, sizeof(uint32_t), &matching.words, fault));
    TRY(tape_keep(&matching.words, reuse_memory(reuse, 1) * 3 / 4, fault));
    TRY(tape_create(reuse->dir, TAPE_MATCHES, sizeof(struct match), &matching.out, fault));
    TRY(merge_begin(&hits, &from, runs, fault));
    TRY(walk(&matching, &hits, fault));
    TRY(tape_end(&matching.out, fault));
    TRY(write_copies(reuse, fault));
    sorting_remove(&from, runs);
    return OK;
}

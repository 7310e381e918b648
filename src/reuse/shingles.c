/* Stage 1: every word of every part becomes a number, and a few shingles stand for the text. */
#include "reuse/inside.h"

#include "text/tokenize.h"

struct shingling {
    struct reuse *reuse;
    struct sorter sorter;
    struct tape_writer words;
    struct buffer text;
    struct arena arena;
};

static void shingling_release(struct shingling *shingling)
{
    sorter_release(&shingling->sorter);
    tape_writer_release(&shingling->words);
    buffer_release(&shingling->text);
    arena_release(&shingling->arena);
}

static enum status add_word(struct shingling *shingling, struct winnow *winnow, uint32_t part,
                            struct bytes key, bool is_head, struct fault *fault)
{
    uint64_t hash = keyed64(key, shingling->reuse->key), record[2];
    uint32_t word = ((uint32_t)hash & ~WORD_IN_HEAD) | (is_head ? WORD_IN_HEAD : 0), first;
    rarity_count(&shingling->reuse->rarity, word);
    TRY(tape_write(&shingling->words, &word, fault));
    if (!winnow_add(winnow, hash, checksum64(key), &record[0], &first))
        return OK;
    record[1] = (uint64_t)part << 32 | first;
    shingling->reuse->figures[FIGURE_SHINGLES]++;
    return sorter_add(&shingling->sorter, record, fault);
}

static enum status read_part(struct shingling *shingling, uint32_t part, struct fault *fault)
{
    const struct reuse *reuse = shingling->reuse;
    struct winnow winnow = { 0 };
    struct tokenizer tokenizer;
    struct token token;
    struct span *spans;
    size_t segment, span_count;
    uint32_t number;
    census_place(&reuse->census, part, &segment, &number);
    buffer_clear(&shingling->text);
    arena_clear(&shingling->arena);
    TRY(snapshot_text(reuse->snapshot, segment, number, &shingling->text, fault));
    TRY(snapshot_spans(reuse->snapshot, segment, number, &shingling->arena, &spans, &span_count,
                       fault));
    struct head_walk head = { .spans = spans, .count = span_count };
    reuse_touch(shingling->reuse, shingling->text.len);
    tokenizer_begin(&tokenizer, buffer_bytes(&shingling->text), spans, span_count);
    while (tokenizer_next(&tokenizer, &token)) {
        if ((token.flags & (TOKEN_EXTRA | TOKEN_FURNITURE)) != 0)
            continue;
        bool is_head = head_covers(&head, token.start);
        TRY(add_word(shingling, &winnow, part, token_key(&token), is_head, fault));
    }
    if (winnow.count != reuse->census.parts[part].words)
        return corrupt(fault, "a segment", UINT64_MAX, "a part has other words than it says");
    return OK;
}

static enum status write_counts(struct reuse *reuse, struct fault *fault)
{
    SCOPED(tape_writer_release) struct tape_writer counts = { .fd = -1 };
    TRY(tape_create(reuse->dir, TAPE_COUNTS, sizeof(uint32_t), &counts, fault));
    for (uint32_t i = 0; i < RARITY_SLOTS; i++)
        TRY(tape_write(&counts, &reuse->rarity.counts[i], fault));
    return tape_end(&counts, fault);
}

enum status stage_shingles(struct reuse *reuse, struct fault *fault)
{
    SCOPED(shingling_release) struct shingling shingling = { .reuse = reuse, .words.fd = -1 };
    struct sorting of = reuse_sorting(reuse, SORT_SHINGLES);
    const struct census *census = &reuse->census;
    uint64_t done = 0;
    TRY(sorter_begin(&shingling.sorter, &of, reuse_memory(reuse, 1), fault));
    TRY(tape_create(reuse->dir, TAPE_WORDS, sizeof(uint32_t), &shingling.words, fault));
    for (uint32_t part = 0; part < census->part_count; part++) {
        if (census->parts[part].document == CENSUS_NONE)
            continue;
        TRY(reuse_go_on(reuse, "reading words", done, census->words, fault));
        TRY(read_part(&shingling, part, fault));
        done += census->parts[part].words;
    }
    TRY(tape_end(&shingling.words, fault));
    TRY(sorter_end(&shingling.sorter, fault));
    reuse->figures[FIGURE_SHINGLE_RUNS] = shingling.sorter.runs;
    return write_counts(reuse, fault);
}

#include "trace/quote.h"

#include <math.h>

#include "base/hash.h"
#include "trace/variants.h"
#include "trace/words.h"

static const double scale_words = 1e8;
static const double function_bits = 9;
static const double number_of_unknown = 0.5;

uint64_t key_hash(struct bytes key)
{
    return checksum64(key);
}

uint64_t key_canonical_hash(struct bytes key)
{
    uint8_t canonical[VARIANT_KEY_MAX];
    enum variant_kind kind;
    size_t len = variant_canonical(key, canonical, &kind);
    return checksum64(bytes_make(canonical, len));
}

static double bits_from_counts(uint64_t words, uint64_t occurrences, struct bytes key)
{
    double total = words > 16 ? (double)words : 16;
    double seen = occurrences > 0 ? (double)occurrences : number_of_unknown;
    double bits = log2(total / seen);
    if (total < scale_words)
        bits *= log2(scale_words) / log2(total);
    if (bits < 0)
        bits = 0;
    if (bits > function_bits && (word_classes(key) & WORD_FUNCTION) != 0)
        bits = function_bits;
    return bits;
}

enum status quote_word_bits(const struct source *source, struct bytes key, double *bits,
                            uint64_t *occurrences, uint64_t *parts, struct fault *fault)
{
    *occurrences = *parts = 0;
    for (size_t s = 0; s < source->segments; s++) {
        uint64_t here = 0;
        uint32_t held = 0;
        TRY(source->term(source->self, s, key, &here, &held, fault));
        *occurrences += here;
        *parts += held;
    }
    *bits = bits_from_counts(source->words, *occurrences, key);
    return OK;
}

static enum status quote_inner(struct quote *quote, size_t i, struct arena *arena,
                               struct fault *fault)
{
    const struct node *node = &quote->nodes[i];
    struct pattern inner = { 0 };
    if (node->inner_end <= node->inner_start || node->inner_end > quote->pattern->story.len)
        return OK;
    uint32_t end = node->inner_end;
    if (end - node->inner_start > 400)
        end = node->inner_start + 400;
    TRY(pattern_build(quote->pattern->story, node->inner_start, end, NULL, 0, arena, &inner,
                      fault));
    quote->of[i].inner = inner.nodes;
    quote->of[i].inner_count = inner.count < QUOTE_INNER_MAX ? inner.count : QUOTE_INNER_MAX;
    return OK;
}

/* How often each word was used before it: open hashing over the quotation's own words. */
struct uses {
    uint64_t *hashes;
    uint32_t *counts;
    size_t mask;
};

static uint32_t uses_count(struct uses *uses, uint64_t hash)
{
    size_t at = hash & uses->mask;
    while (uses->counts[at] != 0 && uses->hashes[at] != hash)
        at = (at + 1) & uses->mask;
    uses->hashes[at] = hash;
    return ++uses->counts[at];
}

static enum status uses_make(struct uses *uses, size_t count, struct arena *arena,
                             struct fault *fault)
{
    size_t room = 16;
    while (room < count * 2)
        room *= 2;
    uses->mask = room - 1;
    uses->hashes = arena_alloc_many(arena, room, sizeof *uses->hashes);
    uses->counts = arena_alloc_many(arena, room, sizeof *uses->counts);
    return uses->hashes == NULL || uses->counts == NULL ? no_memory(fault) : OK;
}

static enum status quote_word(struct quote *quote, size_t i, const struct source *source,
                              struct uses *uses, struct fault *fault)
{
    struct quote_node *of = &quote->of[i];
    struct bytes key = quote->nodes[i].keys[0];
    double bits = 0;
    TRY(quote_word_bits(source, key, &bits, &of->occurrences, &of->parts, fault));
    of->hash = key_hash(key);
    of->canonical = key_canonical_hash(key);
    of->bits = bits / uses_count(uses, of->hash);
    quote->bits += of->bits;
    quote->words++;
    return OK;
}

enum status quote_make(struct quote *quote, const struct pattern *pattern,
                       const struct source *source, struct arena *arena, struct fault *fault)
{
    struct uses uses;
    *quote = (struct quote){ .pattern = pattern, .nodes = pattern->nodes, .count = pattern->count };
    quote->of = arena_alloc_many(arena, pattern->count + 1, sizeof *quote->of);
    if (quote->of == NULL)
        return no_memory(fault);
    TRY(uses_make(&uses, pattern->count, arena, fault));
    for (size_t i = 0; i < quote->count; i++) {
        const struct node *node = &quote->nodes[i];
        quote->of[i].word = quote->words;
        quote->of[i].piece = quote->pieces;
        if (node_is_word(node))
            TRY(quote_word(quote, i, source, &uses, fault));
        else if (node->kind == NODE_ELLIPSIS || node->kind == NODE_GAP)
            quote->pieces++;
        else if (node->kind == NODE_BRACKET || node->kind == NODE_PARENTHESIS)
            TRY(quote_inner(quote, i, arena, fault));
    }
    quote->of[quote->count].word = quote->words;
    quote->of[quote->count].piece = quote->pieces;
    quote->pieces++;
    return OK;
}

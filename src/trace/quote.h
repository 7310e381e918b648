/* quote.h - a pattern made ready: bits, hashes and variants of each node, the words inside
 * brackets.
 *
 * Bits are stated on the scale of an archive of 10^8 words: an archive of N words gives a word that
 * stands there cf times log2(N/cf) * log2(10^8)/log2(N) bits (N < 10^8), so that one threshold fits
 * a folder of twenty cables and a million documents (docs/tracing.md). Function words
 * are held to QUOTE_FUNCTION_BITS in small archives. The k-th use of a word in one quotation counts
 * 1/k: "the" five thousand times is no evidence.
 */
#ifndef TRACE_QUOTE_H
#define TRACE_QUOTE_H

#include "trace/pattern.h"
#include "trace/source.h"

enum { QUOTE_INNER_MAX = 40 };

struct quote_node {
    double bits;          /* in this quotation: weighted by repetition; 0 for marks */
    uint64_t occurrences; /* of the primary key in the archive */
    uint64_t parts;
    uint64_t hash;            /* of the primary key */
    uint64_t canonical;       /* hash of variant_canonical */
    uint32_t word;            /* words of the quotation before this node */
    uint32_t piece;           /* ellipses and writer's gaps before this node */
    const struct node *inner; /* BRACKET, PARENTHESIS: words inside */
    size_t inner_count;
};

struct quote {
    const struct pattern *pattern;
    const struct node *nodes; /* of the pattern */
    struct quote_node *of;    /* beside it, one each */
    size_t count;
    uint32_t words, pieces;
    double bits; /* Q: all words verbatim */
};

MUST_USE enum status quote_make(struct quote *quote, const struct pattern *pattern,
                                const struct source *source, struct arena *arena,
                                struct fault *fault);
/* Bits of a key here, not weighted by repetition. */
MUST_USE enum status quote_word_bits(const struct source *source, struct bytes key, double *bits,
                                     uint64_t *occurrences, uint64_t *parts, struct fault *fault);
uint64_t key_hash(struct bytes key);
uint64_t key_canonical_hash(struct bytes key);
static inline bool node_is_word(const struct node *node)
{
    return node->kind == NODE_WORD || node->kind == NODE_CASE;
}

#endif

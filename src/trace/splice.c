#include "trace/splice.h"

static const double half_bits = 30, splice_gain_bits = 30, same_document_bits = 6;
static const double stranger_bits = 45, stranger_share = 0.75, share = 0.6;
enum { HALF_WORDS = 3 };

struct cut {
    uint32_t node; /* the second half begins here */
    bool first_explained;
    double explained, rest;
    uint32_t rest_words;
};

/* Where to cut: what one side has explained and the other has not, at most. */
static struct cut cut_of(const struct quote *quote, const bool *matched)
{
    struct cut best = { 0 };
    double left_yes = 0, left_no = 0, all_yes = 0, all_no = 0;
    uint32_t words = quote->words;
    for (size_t i = 0; i < quote->count; i++)
        *(matched[i] ? &all_yes : &all_no) += quote->of[i].bits;
    for (uint32_t i = 1; i < quote->count; i++) {
        *(matched[i - 1] ? &left_yes : &left_no) += quote->of[i - 1].bits;
        double right_no = all_no - left_no, right_yes = all_yes - left_yes;
        if (left_yes + right_no > best.explained + best.rest)
            best = (struct cut){ i, true, left_yes, right_no, words - quote->of[i].word };
        if (right_yes + left_no > best.explained + best.rest)
            best = (struct cut){ i, false, right_yes, left_no, quote->of[i].word };
    }
    return best;
}

/* Nodes [from, to) as a quotation of their own. */
static enum status half_make(const struct quote *quote, uint32_t from, uint32_t to,
                             const struct source *source, struct arena *arena,
                             struct pattern *pattern, struct quote *half, struct fault *fault)
{
    *pattern = *quote->pattern;
    pattern->nodes = quote->nodes + from;
    pattern->count = to - from;
    if (from > 0)
        pattern->start = quote->nodes[from].start;
    if (to < quote->count)
        pattern->end = quote->nodes[to - 1].end;
    pattern->words = quote->of[to].word - quote->of[from].word;
    return quote_make(half, pattern, source, arena, fault);
}

static bool is_mark(const struct quote *quote, uint32_t node)
{
    return node < quote->count &&
           (quote->nodes[node].kind == NODE_ELLIPSIS || quote->nodes[node].kind == NODE_GAP);
}

/* A half in another document must stand there almost whole: a joined quotation is a grave finding.
 */
static bool half_holds(const struct quote *half, const struct found *found, bool is_stranger)
{
    return found->bits >= (is_stranger ? stranger_bits : half_bits) &&
           found->bits >= (is_stranger ? stranger_share : share) * half->bits;
}

/* The best place of the half that was not explained: its own document first. */
static struct found *best_half(struct found_list *list, uint64_t document)
{
    struct found *best = NULL;
    double most = 0;
    for (size_t i = 0; i < list->count; i++) {
        struct found *found = &list->at[i];
        double bits =
            found->bits + (found->window.part.document == document ? same_document_bits : 0);
        if (best == NULL || bits > most) {
            best = found;
            most = bits;
        }
    }
    return best;
}

static enum status splice_lay(const struct source *source, const struct quote *quote,
                              const struct trace_options *options, const struct found *best,
                              const struct cut *cut, struct arena *arena, struct splice *splice,
                              struct fault *fault)
{
    uint32_t first_end = cut->node, second = cut->node;
    splice->mark = UINT32_MAX;
    if (is_mark(quote, cut->node)) {
        splice->mark = cut->node;
        second++;
    } else if (is_mark(quote, cut->node - 1)) {
        splice->mark = cut->node - 1;
        first_end--;
    }
    if (first_end == 0 || second >= quote->count)
        return OK;
    TRY(half_make(quote, 0, first_end, source, arena, &splice->patterns[0], &splice->quotes[0],
                  fault));
    TRY(half_make(quote, second, (uint32_t)quote->count, source, arena, &splice->patterns[1],
                  &splice->quotes[1], fault));
    int known = cut->first_explained ? 0 : 1;
    struct found_list *list = arena_alloc(arena, sizeof *list);
    struct found *kept = arena_alloc(arena, sizeof *kept);
    if (list == NULL || kept == NULL)
        return no_memory(fault);
    *kept = *best;
    TRY(align(&splice->quotes[known], &kept->window, arena, &kept->alignment, fault));
    if (!kept->alignment.is_found || kept->alignment.last <= kept->alignment.first)
        return OK;
    kept->bits = evidence_bits(&splice->quotes[known], &kept->alignment);
    TRY(found_search(source, &splice->quotes[1 - known], options, arena, list, fault));
    struct found *other = best_half(list, best->window.part.document);
    bool is_stranger = other != NULL && other->window.part.document != best->window.part.document;
    if (other == NULL || !half_holds(&splice->quotes[known], kept, is_stranger) ||
        !half_holds(&splice->quotes[1 - known], other, is_stranger))
        return OK;
    splice->halves[known] = kept;
    splice->halves[1 - known] = other;
    /* A furniture-like or doubled tail found anywhere is no splice: both halves must hold, and the
     * whole must be far better explained than by one place. */
    splice->is_found =
        kept->bits + other->bits > best->bits + best->alignment.cost + splice_gain_bits;
    return OK;
}

enum status splice_find(const struct source *source, const struct quote *quote,
                        const struct trace_options *options, const struct found *best,
                        struct arena *arena, struct splice *splice, struct fault *fault)
{
    *splice = (struct splice){ 0 };
    bool *matched = arena_alloc_many(arena, quote->count + 1, sizeof *matched);
    if (matched == NULL)
        return no_memory(fault);
    evidence_matched(quote, &best->alignment, matched);
    struct cut cut = cut_of(quote, matched);
    if (cut.node == 0 || cut.rest < half_bits || cut.rest_words < HALF_WORDS ||
        cut.explained < half_bits)
        return OK;
    return splice_lay(source, quote, options, best, &cut, arena, splice, fault);
}

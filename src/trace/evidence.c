#include "trace/evidence.h"

static const double lone_word_bits = 15;
enum { AROUND_WORDS = 12, COPIED_WORDS = 6 };

static double step_bits(const struct quote *quote, const struct step *step)
{
    double bits = 0;
    for (uint32_t i = 0; i < step->nodes; i++)
        bits += quote->of[step->node + i].bits;
    return step->kind == STEP_NOISE ? bits / 2 : bits;
}

static bool step_tells(const struct step *step)
{
    return step->kind == STEP_MATCH || step->kind == STEP_VARIANT || step->kind == STEP_NOISE ||
           step->kind == STEP_LETTERS || step->kind == STEP_JOINED;
}

double evidence_bits(const struct quote *quote, const struct alignment *alignment)
{
    double total = 0, run = 0;
    uint32_t words = 0;
    for (size_t i = 0; i <= alignment->count; i++) {
        const struct step *step = i < alignment->count ? &alignment->steps[i] : NULL;
        if (step != NULL && step_tells(step)) {
            run += step_bits(quote, step);
            words += step->nodes;
            continue;
        }
        if (step != NULL && step->kind == STEP_PASSED && quote->nodes[step->node].kind == NODE_SIC)
            continue;
        total += words == 1 && run < lone_word_bits && quote->words > 1 ? run / 2 : run;
        run = 0;
        words = 0;
    }
    return total - EVIDENCE_UNIT * alignment->cost;
}

void evidence_matched(const struct quote *quote, const struct alignment *alignment, bool *matched)
{
    memset(matched, 0, quote->count * sizeof *matched);
    for (size_t i = 0; i < alignment->count; i++)
        for (uint32_t k = 0; k < alignment->steps[i].nodes; k++)
            matched[alignment->steps[i].node + k] = step_tells(&alignment->steps[i]);
}

static bool is_blank(uint8_t byte)
{
    return byte <= ' ';
}

/* Equal but for blanks. */
static bool is_same_surface(struct bytes a, struct bytes b)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < a.len && is_blank(a.at[i]))
            i++;
        while (j < b.len && is_blank(b.at[j]))
            j++;
        if (i == a.len || j == b.len)
            return i == a.len && j == b.len;
        if (a.at[i++] != b.at[j++])
            return false;
    }
}

uint32_t surface_differences(const struct quote *quote, const struct window *window,
                             const struct alignment *alignment)
{
    uint32_t differences = 0;
    struct bytes story = quote->pattern->story;
    for (size_t i = 0; i + 1 < alignment->count; i++) {
        const struct step *step = &alignment->steps[i], *next = step + 1;
        if (step->kind != STEP_MATCH || next->kind != STEP_MATCH)
            continue;
        const struct node *from = &quote->nodes[step->node], *to = &quote->nodes[next->node];
        const struct window_word *word = &window->words[step->word];
        const struct window_word *behind = &window->words[next->word];
        if (to->start < from->start || behind->start < word->start)
            continue;
        struct bytes printed = bytes_slice(story, from->start, to->start - from->start);
        differences += !is_same_surface(printed, window_bytes(window, word->start, behind->start));
    }
    return differences;
}

/* How many words in a row are the same, going away from the passage. */
static uint32_t run_before(const struct window *a, const struct alignment *of_a,
                           const struct window *b, const struct alignment *of_b)
{
    uint32_t run = 0;
    while (run < of_a->first && run < of_b->first &&
           a->words[of_a->first - 1 - run].hash == b->words[of_b->first - 1 - run].hash)
        run++;
    return run;
}

static uint32_t run_after(const struct window *a, const struct alignment *of_a,
                          const struct window *b, const struct alignment *of_b)
{
    uint32_t run = 0;
    while (of_a->last + run < a->count && of_b->last + run < b->count &&
           a->words[of_a->last + run].hash == b->words[of_b->last + run].hash)
        run++;
    return run;
}

bool passages_are_copies(const struct window *a, const struct alignment *of_a,
                         const struct window *b, const struct alignment *of_b)
{
    uint32_t same = 0, seen = 0;
    if (run_before(a, of_a, b, of_b) + run_after(a, of_a, b, of_b) >= COPIED_WORDS)
        return true;
    for (uint32_t i = 1; i <= AROUND_WORDS && i <= of_a->first && i <= of_b->first; i++) {
        seen++;
        same += a->words[of_a->first - i].hash == b->words[of_b->first - i].hash;
    }
    for (uint32_t i = 0; i < AROUND_WORDS && of_a->last + i < a->count && of_b->last + i < b->count;
         i++) {
        seen++;
        same += a->words[of_a->last + i].hash == b->words[of_b->last + i].hash;
    }
    return seen == 0 ? a->part.words == b->part.words : same * 2 >= seen;
}

/* align.h - the whole quotation laid against a window at least cost: typed nodes, affine gaps, free
 * ends of the source.
 *
 * Costs are in units of docs/tracing.md; EVIDENCE_UNIT bits each. Dynamic programming over the band
 * of chain.h (Gotoh 1982 for the affine gaps); a gap beyond about seven words grows at almost no
 * cost, so that a joined passage is still one alignment.
 */
#ifndef TRACE_ALIGN_H
#define TRACE_ALIGN_H

#include "trace/chain.h"

enum step_kind {
    STEP_MATCH,    /* same key */
    STEP_VARIANT,  /* other spelling or form of the word */
    STEP_NOISE,    /* one slip away */
    STEP_LETTERS,  /* want[ed]: the letters outside the bracket agree */
    STEP_CHANGED,  /* another word */
    STEP_JOINED,   /* words joined or split */
    STEP_ADDED,    /* printed word without a source word */
    STEP_MISSED,   /* source word not printed, unmarked */
    STEP_FAR,      /* the same, in a long gap */
    STEP_SKIPPED,  /* source word under an ellipsis, a writer's gap or a withheld notice */
    STEP_PASSED,   /* a mark that takes no source word (or the end of its skipped words) */
    STEP_REPLACED, /* a bracket that stands for source words */
    STEP_LITERAL,  /* a bracket whose words stand in the source */
};

struct step {
    enum step_kind kind;
    uint32_t node, nodes; /* first node and how many */
    uint32_t word, words; /* first word of the window and how many */
};

struct alignment {
    struct step *steps;
    size_t count;
    double cost;
    size_t cells;         /* looked at: what it cost to find */
    uint32_t first, last; /* words of the window covered: [first, last) */
    bool is_found;        /* false: no way through the band */
};

MUST_USE enum status align(const struct quote *quote, const struct window *window,
                           struct arena *arena, struct alignment *alignment, struct fault *fault);

#endif

/* trace.h - where does this quotation come from? Candidates, chain, typed alignment, evidence in
 * bits, differences.
 *
 * docs/tracing.md is the design: seeds from rare words, votes over diagonals, chain, alignment; the
 * folded key finds, the literal text rules. Nothing here says whether it stands: verdicts and
 * severities are check/'s. Answers equal whatever finds the candidates (trace/candidates.h is the
 * seam).
 */
#ifndef TRACE_TRACE_H
#define TRACE_TRACE_H

#include "archive/snapshot.h"
#include "trace/difference.h"
#include "trace/pattern.h"

enum { TRACE_CANDIDATES = 8 };

/* One stretch of the quotation held against one stretch of a part. A splice has two. */
struct passage {
    uint64_t document;
    uint32_t part;
    size_t segment;      /* of the snapshot */
    uint32_t number;     /* local part number */
    uint32_t start, end; /* bytes of the part's text */
    uint32_t story_start, story_end;
    struct bytes before,
        after;         /* up to 12 source words around, literal, one line, lent from the arena */
    struct bytes text; /* the literal source text start..end, lent */
};

struct candidate {
    struct passage passages[2];
    size_t passage_count;
    double bits; /* evidence E */
    double cost; /* of the alignment */
    const struct difference *differences;
    size_t difference_count;
    const uint64_t *copies; /* other documents with the same passage, near copies of one cluster */
    size_t copy_count;
    bool is_doubtful;           /* the passage is doubtful text */
    bool is_quoting;            /* the passage stands inside quotation marks in the source */
    struct bytes inner_speaker; /* for is_quoting, where a cue names one; may be empty */
    bool cuts_in;               /* begins or ends in mid-sentence of the source */
    bool cuts_out;
};

enum trace_reach {
    TRACE_TRACED,          /* E at or over the threshold */
    TRACE_PROBABLE,        /* below it, nothing else near */
    TRACE_CANDIDATES_ONLY, /* needs support */
    TRACE_AMBIGUOUS,       /* equally good in unrelated documents */
    TRACE_TOO_COMMON,      /* too few bits in the quotation itself */
    TRACE_NOTHING,         /* enough bits, no evidence */
};

struct trace {
    enum trace_reach reach;
    double verbatim_bits; /* Q: what the quotation would have word for word */
    struct candidate candidates[TRACE_CANDIDATES]; /* best first */
    size_t candidate_count;
    uint64_t
        places; /* for common ones: how many places hold it literally, counted up to the budget */
    bool budget_hit; /* the posting budget ended the search: "not found" may not be said */
};

/* Evidence from the rest of the story: documents already traced by it, documents it names. */
struct trace_support {
    uint64_t document;
    double bits;
};

struct trace_options {
    double threshold_bits;    /* 0: 90 scaled to the archive (calibrated value of the catalog when
                                 there) */
    uint64_t postings_budget; /* 0: 200,000, raised to 2,000,000 when nothing is found */
    const struct trace_support *support;
    size_t support_count;
};

/* A tracer keeps what several quotations of a story share: decoded lists, opened text. One thread.
 */
struct tracer;
MUST_USE enum status tracer_new(struct snapshot *snapshot, struct tracer **tracer,
                                struct fault *fault);
void tracer_free(struct tracer *tracer);
CLOSER(tracer, tracer_free)

/* All memory of the answer is the arena's. */
MUST_USE enum status tracer_trace(struct tracer *tracer, const struct pattern *pattern,
                                  const struct trace_options *options, struct arena *arena,
                                  struct trace *trace, struct fault *fault);

/* Bits of one word here: -log2(occurrences / words of the snapshot), the unknown word's value for
 * an unknown one. */
double tracer_word_bits(struct tracer *tracer, struct bytes key);

#endif

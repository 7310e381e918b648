/* judge.h - from a trace to findings and a verdict. No archive: what it needs is handed in. */
#ifndef CHECK_JUDGE_H
#define CHECK_JUDGE_H

#include "check/statement.h"
#include "check/style.h"
#include "trace/trace.h"

/* How far a trace reaches by Q and E (docs/differences.md, "Not found"). */
enum reach_ruling {
    REACH_TRACED,
    REACH_PROBABLE,
    REACH_SEVERAL,
    REACH_NOT_FOUND,
    REACH_CANNOT_TELL
};

/* `is_supported`: the first candidate's document is already traced by this story. Not found: enough
 * bits to be recognised and next to no evidence (docs/tracing.md); bits are on the scale of an
 * archive of 10^8 words (trace/quote.h). */
enum reach_ruling reach_rule(const struct trace *trace, bool is_supported);

struct judgement {
    const struct story *story;
    const struct quotation *quotation;
    const struct trace *trace;
    enum reach_ruling reach;
    bool is_supported;
    bool
        is_nothing_read; /* no file in the scope gave a word: nothing can be said not to be found */
    enum style style;
    struct arena *arena;
};

/* Fill findings, verdict and severity; statement->cited is there already where the reach is TRACED,
 * PROBABLE or SEVERAL. */
MUST_USE enum status judge(const struct judgement *judgement, struct statement *statement,
                           struct fault *fault);

/* Who speaks: A1, A3, A4 and the table of lead-ins. True (and *finding filled) when there is
 * something to ask. */
bool speaker_judge(const struct judgement *judgement, const struct statement *statement,
                   struct finding *finding);
/* Whether the paragraph of the quotation names somebody by the last word of the name. */
bool story_names(const struct judgement *judgement, struct bytes name);

#endif

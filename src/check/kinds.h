/* kinds.h - the statements that a check looks for beside quotations: a judge each, in a table.
 *
 * A judge recognises its statements in run->answer->story, holds them against what the quotations
 * traced to (held.h) and against the archive (held.h, lookup.h), and adds each, those that stand
 * too, by run_add_statement. Judges run in the order of the table, after all quotations; they see
 * in run->answer->statements what was added before them, not yet in story order. To add a kind of
 * statement: a line in STATEMENT_KINDS (statement_kind.h), a judge in a file of its own, a row in
 * kinds.c.
 */
#ifndef CHECK_KINDS_H
#define CHECK_KINDS_H

#include "check/run.h"

/* What is inside marks is the alignment's: true where [start, end) touches the inside of a
 * quotation that is traced (terms are the writer's words). */
bool run_is_quoted(const struct run *run, uint32_t start, uint32_t end);

/* Copied; findings and cited are lent from run->arena. Findings worst first; verdict and severity
 * are the judge's. OVER_LIMIT never: beyond a bound the rest is dropped and answer->story.cut is
 * set. */
MUST_USE enum status run_add_statement(struct run *run, const struct statement *statement,
                                       struct fault *fault);
/* The same for a statement with one finding, or none where severity is STET_NONE and message is
 * empty. start, end: bytes of the story. cited: may be NULL. message: one sentence, lent. */
MUST_USE enum status run_add_finding(struct run *run, enum statement_kind kind, uint32_t start,
                                     uint32_t end, enum check_verdict verdict,
                                     enum stet_severity severity, const char *message,
                                     const struct cited *cited, struct fault *fault);

/* All judges, then everything into story order. */
MUST_USE enum status kinds_judge(struct run *run, struct fault *fault);

#endif

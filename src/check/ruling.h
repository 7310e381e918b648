/* ruling.h - what people decided of the statements of a story, found again in a new check.
 *
 * The fingerprint of a statement is BLAKE2b over its kind, its worst rule, its folded words and the
 * name of the document it was held against: it stays when the statement moves in the story, and
 * changes when its words, the finding or the source do. A ruling made on another reading of the
 * document is reopened.
 */
#ifndef CHECK_RULING_H
#define CHECK_RULING_H

#include "check/run.h"
#include <stet/ruling.h>

/* Of every statement, then the rulings of the archive and the identifiers of the baseline. */
MUST_USE enum status rulings_apply(struct run *run, struct fault *fault);

/* Nothing to do any more: ruled on, or known from the baseline. */
bool statement_is_settled(const struct statement *statement);

/* What stet_rule does, of an answer. */
MUST_USE enum status ruling_give(struct archive *archive, const struct check_answer *answer,
                                 uint32_t line, const char *id,
                                 const struct stet_ruling_given *given, size_t *count,
                                 struct fault *fault);

const char *ruling_word(enum stet_ruling ruling);

#endif

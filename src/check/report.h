/* report.h - an answer as people and programs read it. One file per form; document text is cleaned
 * here. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "check/statement.h"

enum { MEMO_WIDTH = 100 };

MUST_USE enum status report_memo(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
MUST_USE enum status report_line(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
MUST_USE enum status report_jsonl(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault);

/* "10MEXICO83#p15". Lent from the arena. */
const char *report_address(struct arena *arena, const struct cited *cited);
/* One clean line of document or story text, at most `most` bytes, cut with an ellipsis at its end.
 */
const char *report_words(struct arena *arena, struct bytes text, size_t most);
/* What stands before a message: "altered, unmarked", "acronym differs". */
const char *report_verdict(struct arena *arena, enum statement_kind kind,
                           enum check_verdict verdict);

#endif

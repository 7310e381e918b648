/* report.h - an answer as people and programs read it. One file per form; document text is cleaned
 * here. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "check/statement.h"

enum { MEMO_WIDTH = 100 };

/* Any of them: `report` says which. BAD_INPUT: there is no such report. */
MUST_USE enum status report_write(const struct check_answer *answer, enum stet_report report,
                                  unsigned flags, struct buffer *to, struct fault *fault);

MUST_USE enum status report_memo(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
MUST_USE enum status report_line(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
MUST_USE enum status report_jsonl(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault);

MUST_USE enum status report_json(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
MUST_USE enum status report_sarif(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault);
MUST_USE enum status report_html(const struct check_answer *answer, unsigned flags,
                                 struct buffer *to, struct fault *fault);
/* The story as Markdown with a footnote for every statement (annotated), or for what must change
 * only (checked). */
MUST_USE enum status report_annotated(const struct check_answer *answer, unsigned flags,
                                      struct buffer *to, struct fault *fault);
MUST_USE enum status report_checked(const struct check_answer *answer, unsigned flags,
                                    struct buffer *to, struct fault *fault);
/* The two as pages and as Word documents. */
MUST_USE enum status report_annotated_html(const struct check_answer *answer, unsigned flags,
                                           struct buffer *to, struct fault *fault);
MUST_USE enum status report_checked_html(const struct check_answer *answer, unsigned flags,
                                         struct buffer *to, struct fault *fault);
MUST_USE enum status report_annotated_docx(const struct check_answer *answer, unsigned flags,
                                           struct buffer *to, struct fault *fault);
MUST_USE enum status report_checked_docx(const struct check_answer *answer, unsigned flags,
                                         struct buffer *to, struct fault *fault);
/* CSV: what the archive cannot settle, with empty columns for people to fill in. */
MUST_USE enum status report_worksheet(const struct check_answer *answer, unsigned flags,
                                      struct buffer *to, struct fault *fault);
/* The same as a Word document, and the persons and bodies of the story with who answered. */
MUST_USE enum status report_worksheet_docx(const struct check_answer *answer, unsigned flags,
                                           struct buffer *to, struct fault *fault);
/* The documents used, as CSV and as BibTeX. */
MUST_USE enum status report_csv(const struct check_answer *answer, unsigned flags,
                                struct buffer *to, struct fault *fault);
MUST_USE enum status report_bibtex(const struct check_answer *answer, unsigned flags,
                                   struct buffer *to, struct fault *fault);
/* A unified diff of what is to be fixed. BAD_INPUT: the story is no plain text or Markdown. */
MUST_USE enum status report_unified(const struct check_answer *answer, unsigned flags,
                                    struct buffer *to, struct fault *fault);
/* W3C Web Annotations of the story, one for each traced quotation: TextQuoteSelector and
 * TextPositionSelector. */
MUST_USE enum status report_webannotation(const struct check_answer *answer, unsigned flags,
                                          struct buffer *to, struct fault *fault);

/* One statement as an object of docs/stet.check-1.schema.json, no line end; what would turn or
 * break a line is escaped. */
MUST_USE enum status report_statement(const struct check_answer *answer,
                                      const struct statement *statement, struct buffer *to,
                                      struct fault *fault);

/* A row of CSV (RFC 4180), with its line end. */
void report_row(struct buffer *to, const char *const *cells, size_t count);

/* The embargo, if there is one, at the head of every page. */
struct docx;
void report_docx_head(const struct check_answer *answer, struct docx *docx);

/* Written JSON with what turns or breaks a line escaped. */
void report_escape(struct bytes written, struct buffer *to);

/* A finding with its statement. */
struct report_entry {
    const struct statement *statement;
    const struct finding *finding;
};
/* All findings that are shown, in the order of the memo: those that stand first, worst first, then
 * as the story has them. */
MUST_USE enum status report_entries(const struct check_answer *answer, struct arena *arena,
                                    struct report_entry **entries, size_t *count,
                                    struct fault *fault);
/* "8 quotations: 6 word for word, ...; beside them 3 figures." */
void report_counts(const struct check_answer *answer, struct buffer *to);
/* Address, marking, date with its basis, origin, classification, copies: one line. */
const char *report_source_line(struct arena *arena, const struct statement *statement,
                               const struct cited *cited);
/* At most the last `most` bytes of the words that lead in, from a word's start. */
const char *report_lead_in(struct arena *arena, const struct cited *cited, size_t most);
/* "stet, J. Doe, 2026-11-05: the reason". The statement has a ruling. */
const char *report_ruling(struct arena *arena, const struct statement *statement);
/* What was not looked for, with commas. */
void report_unchecked(const struct check_answer *answer, struct buffer *to);

/* The day stands as it was given (include/stet/check.h), checked to be one. */
#define REPORT_EMBARGO "Embargoed until %.*s"
#define REPORT_EMBARGOED(answer) (int)(answer)->embargo.len, (const char *)(answer)->embargo.at

#define REPORT_DISCLAIMER                                                                          \
    "Compares words with documents held here. It does not say that a document is genuine, "        \
    "complete or true."

/* "10MEXICO83#p15". Lent from the arena. */
const char *report_address(struct arena *arena, const struct cited *cited);
/* One clean line of document or story text, at most `most` bytes, cut with an ellipsis at its end.
 */
const char *report_words(struct arena *arena, struct bytes text, size_t most);
/* What stands before a message: "altered, unmarked", "acronym differs". */
const char *report_verdict(struct arena *arena, enum statement_kind kind,
                           enum check_verdict verdict);

#endif

/* report_draft.h - the story with notes: which statements have one, where its sign stands, and what
 * it says. The forms of a draft (Markdown, HTML, Word) only write it down.
 */
#ifndef CHECK_REPORT_DRAFT_H
#define CHECK_REPORT_DRAFT_H

#include "check/report.h"

enum draft_kind {
    DRAFT_ANNOTATED, /* a note for every statement */
    DRAFT_CHECKED    /* for what must change only */
};

struct draft_note {
    uint32_t at; /* byte of the story before which the sign stands */
    const struct statement *statement;
};

/* In the order of their places. */
MUST_USE enum status draft_notes(const struct check_answer *answer, enum draft_kind kind,
                                 struct arena *arena, struct draft_note **notes, size_t *count,
                                 struct fault *fault);

/* Called with successive pieces of a note's text. */
typedef void draft_say(void *context, const char *text, bool is_strong);
void draft_note_say(const struct statement *statement, draft_say *say, void *context);

/* A stretch of the story that stands as one paragraph in a draft. */
struct draft_block {
    uint32_t start, end;
    bool is_heading;
};
/* The block at or behind `at`; false at the end of the story. */
bool draft_block_next(const struct check_answer *answer, uint32_t at, struct draft_block *block);

#endif

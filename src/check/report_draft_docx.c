#include "base/scoped.h"
#include "check/docx.h"
#include "check/report_draft.h"

static void say_word(void *context, const char *text, bool is_strong)
{
    (is_strong ? docx_strong : docx_text)(context, bytes_from_string(text));
}

static void write_note(struct docx *docx, const struct statement *statement)
{
    docx_note(docx);
    draft_note_say(statement, say_word, docx);
    docx_note_end(docx);
}

static enum status write_story(const struct check_answer *answer, enum draft_kind kind,
                               struct docx *docx, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct draft_note *notes = NULL;
    struct draft_block block;
    size_t count = 0, next = 0;
    struct bytes text = answer->story.text;
    TRY(draft_notes(answer, kind, &arena, &notes, &count, fault));
    for (uint32_t at = 0; draft_block_next(answer, at, &block); at = block.end) {
        docx_paragraph(docx, block.is_heading ? DOCX_HEADING : DOCX_PLAIN);
        uint32_t from = block.start;
        for (; next < count && notes[next].at <= block.end; next++) {
            if (notes[next].at > from)
                docx_text(docx, bytes_slice(text, from, notes[next].at - from));
            from = notes[next].at > from ? notes[next].at : from;
            write_note(docx, notes[next].statement);
        }
        docx_text(docx, bytes_slice(text, from, block.end - from));
        docx_paragraph_end(docx);
    }
    return OK;
}

static void write_line(struct docx *docx, struct bytes text)
{
    docx_paragraph(docx, DOCX_SMALL);
    docx_text(docx, text);
    docx_paragraph_end(docx);
}

static enum status write_draft(const struct check_answer *answer, enum draft_kind kind,
                               struct buffer *to, struct fault *fault)
{
    SCOPED(docx_release) struct docx docx = { 0 };
    SCOPED(buffer_release) struct buffer counts = { 0 };
    report_docx_head(answer, &docx);
    TRY(write_story(answer, kind, &docx, fault));
    report_counts(answer, &counts);
    write_line(&docx, bytes_from_string(REPORT_DISCLAIMER));
    write_line(&docx, buffer_bytes(&counts));
    return docx_write(&docx, to, fault);
}

enum status report_annotated_docx(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_ANNOTATED, to, fault);
}

enum status report_checked_docx(const struct check_answer *answer, unsigned flags,
                                struct buffer *to, struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_CHECKED, to, fault);
}

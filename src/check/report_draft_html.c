#include "base/scoped.h"
#include "check/report_draft.h"
#include "check/report_page.h"
#include "page/markup.h"

struct page {
    const struct check_answer *answer;
    struct buffer *to;
    struct buffer notes;
    size_t number;
};

static void say_html(void *context, const char *text, bool is_strong)
{
    struct buffer *to = context;
    buffer_append_text(to, is_strong ? "<strong>" : "");
    markup_string(to, text);
    buffer_append_text(to, is_strong ? "</strong>" : "");
}

static void write_note(struct page *page, const struct statement *statement)
{
    size_t number = ++page->number;
    bool is_beside =
        page->to->len > 6 && memcmp(page->to->at + page->to->len - 6, "</sup>", 6) == 0;
    buffer_append_text(page->to, is_beside ? "<sup>, </sup>" : "");
    buffer_print(page->to, "<sup><a id=\"s%zu\" href=\"#n%zu\">%zu</a></sup>", number, number,
                 number);
    buffer_print(&page->notes, "<li id=\"n%zu\">", number);
    draft_note_say(statement, say_html, &page->notes);
    buffer_print(&page->notes, " <a href=\"#s%zu\">back to %zu</a></li>\n", number, number);
}

static enum status write_story(struct page *page, enum draft_kind kind, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    const struct story *story = &page->answer->story;
    struct draft_note *notes = NULL;
    struct draft_block block;
    size_t count = 0, next = 0;
    TRY(draft_notes(page->answer, kind, &arena, &notes, &count, fault));
    for (uint32_t at = 0; draft_block_next(page->answer, at, &block); at = block.end) {
        uint32_t from = block.start;
        buffer_append_text(page->to, block.is_heading ? "<h2>" : "<p>");
        for (; next < count && notes[next].at <= block.end; next++) {
            uint32_t to = notes[next].at > from ? notes[next].at : from;
            markup_text(page->to, bytes_slice(story->text, from, to - from));
            from = to;
            write_note(page, notes[next].statement);
        }
        markup_text(page->to, bytes_slice(story->text, from, block.end - from));
        buffer_append_text(page->to, block.is_heading ? "</h2>\n" : "</p>\n");
    }
    return OK;
}

static enum status write_draft(const struct check_answer *answer, enum draft_kind kind,
                               struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer counts = { 0 };
    struct page page = { .answer = answer, .to = to };
    report_page_begin(answer, to);
    report_counts(answer, &counts);
    buffer_append_text(to, "<p>");
    markup_text(to, buffer_bytes(&counts));
    buffer_append_text(to, "</p>\n</header>\n<main>\n");
    enum status written = write_story(&page, kind, fault);
    if (page.number > 0)
        buffer_append_text(to, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">Notes</h2>\n"
                               "<ol>\n");
    buffer_append_bytes(to, buffer_bytes(&page.notes));
    buffer_append_text(to, page.number > 0 ? "</ol>\n</section>\n</main>\n" : "</main>\n");
    report_page_end(answer, to);
    bool failed = page.notes.failed || counts.failed;
    buffer_release(&page.notes);
    TRY(written);
    return failed ? no_memory(fault) : buffer_check(to, fault);
}

enum status report_annotated_html(const struct check_answer *answer, unsigned flags,
                                  struct buffer *to, struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_ANNOTATED, to, fault);
}

enum status report_checked_html(const struct check_answer *answer, unsigned flags,
                                struct buffer *to, struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_CHECKED, to, fault);
}

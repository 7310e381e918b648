#include "base/scoped.h"
#include "catalog/coverage_words.h"
#include "check/report.h"
#include "check/report_excerpt.h"
#include "check/report_page.h"
#include "page/markup.h"

struct page {
    const struct check_answer *answer;
    struct buffer *to;
    struct arena arena;
    struct report_entry *entries;
    size_t entry_count;
    bool with_source;
};

static void write_paragraph(struct page *page, const char *class, const char *text)
{
    buffer_print(page->to, "<p class=\"%s\">", class);
    markup_string(page->to, text);
    buffer_append_text(page->to, "</p>\n");
}

static void write_top(struct page *page)
{
    char held[1024];
    const struct check_answer *answer = page->answer;
    SCOPED(buffer_release) struct buffer counts = { 0 };
    report_page_begin(answer, page->to);
    const char *date = answer->date.len > 0
                           ? arena_print(&page->arena, "Taken as of %.*s. ", (int)answer->date.len,
                                         (const char *)answer->date.at)
                           : "Its date is not known. ";
    buffer_append_text(&counts, date != NULL ? date : "");
    report_counts(answer, &counts);
    buffer_append_text(page->to, "<p>");
    markup_text(page->to, buffer_bytes(&counts));
    buffer_append_text(page->to, "</p>\n");
    coverage_words(&answer->coverage, held, sizeof held);
    write_paragraph(page, "soft", held);
    if (answer->unread_count > 0) {
        buffer_append_text(page->to, "<p class=\"soft\">Not read in full: ");
        for (size_t i = 0; i < answer->unread_count && i < CHECK_UNREAD; i++) {
            buffer_append_text(page->to, i > 0 ? ", " : "");
            markup_string(page->to, report_words(&page->arena, answer->unread[i], 120));
        }
        if (answer->unread_count > CHECK_UNREAD)
            buffer_print(page->to, " and %zu more", answer->unread_count - CHECK_UNREAD);
        buffer_append_text(page->to, ".</p>\n");
    }
    if (answer->story.cut)
        write_paragraph(page, "soft", "The story holds too much: the rest was not looked at.");
    buffer_append_text(page->to, "</header>\n<main>\n");
}

/* del: printed in the story; ins: what the source has; both said in words, too. */
static void write_excerpt(struct page *page, const char *label, const char *tag,
                          const struct excerpt *excerpt)
{
    struct buffer *to = page->to;
    buffer_print(to, "<dt>%s</dt><dd>%s", label, excerpt->cut_before ? "…" : "");
    markup_text(to, excerpt->before);
    if (excerpt->words.len > 0) {
        buffer_print(to, "<%s>", tag);
        markup_text(to, excerpt->words);
        buffer_print(to, "</%s>", tag);
    }
    markup_text(to, excerpt->after);
    buffer_print(to, "%s</dd>\n", excerpt->cut_after ? "…" : "");
}

static void write_source(struct page *page, const struct report_entry *entry,
                         const struct cited *cited)
{
    struct excerpt excerpt = excerpt_of_source(cited, entry->finding);
    buffer_append_text(page->to, "<dl>\n");
    write_excerpt(page, "source", "ins", &excerpt);
    buffer_append_text(page->to, "</dl>\n");
    write_paragraph(page, "place", report_source_line(&page->arena, entry->statement, cited));
    if (cited->lead_in.len == 0)
        return;
    buffer_append_text(page->to, "<p class=\"place\">lead-in: “");
    markup_string(page->to, report_lead_in(&page->arena, cited, page->with_source ? 2000 : 160));
    buffer_append_text(page->to, "”</p>\n");
}

static void write_finding(struct page *page, size_t index)
{
    uint32_t line, column;
    const struct report_entry *entry = &page->entries[index];
    const struct finding *finding = entry->finding;
    const struct statement *statement = entry->statement;
    story_line_column(&page->answer->story, finding->story_start, &line, &column);
    buffer_print(page->to, "<article class=\"%s\" id=\"f%zu\">\n<h3>%zu. ",
                 severity_word(finding->severity), index + 1, index + 1);
    buffer_print(page->to,
                 "<span class=\"severity\">%s</span>: ", severity_word(finding->severity));
    markup_string(page->to, report_verdict(&page->arena, statement->kind, finding->verdict));
    buffer_print(page->to, " <a href=\"#s%zu\">line %u</a></h3>\n<p>", index + 1, line);
    markup_string(page->to, report_words(&page->arena, finding->message, 1000));
    buffer_append_text(page->to, "</p>\n<dl>\n");
    struct excerpt excerpt = excerpt_of_story(&page->answer->story, statement, finding);
    write_excerpt(page, "story", "del", &excerpt);
    buffer_append_text(page->to, "</dl>\n");
    for (size_t i = 0; i < statement->cited_count; i++)
        if (statement->cited_count == 1 || finding->verdict == CHECK_JOINED ||
            i == finding->passage)
            write_source(page, entry, &statement->cited[i]);
    for (size_t i = 0; i < statement->candidate_count && statement->cited_count == 0; i++) {
        struct cited place = { .name = statement->candidates[i].name,
                               .label = statement->candidates[i].label };
        buffer_append_text(page->to, "<p class=\"place\">candidate: ");
        markup_string(page->to, report_address(&page->arena, &place));
        buffer_append_text(page->to, "</p>\n");
    }
    buffer_append_text(page->to, "</article>\n");
}

static void write_findings(struct page *page)
{
    buffer_append_text(page->to,
                       "<section aria-labelledby=\"todo\">\n<h2 id=\"todo\">To do</h2>\n");
    for (size_t i = 0; i < page->entry_count; i++)
        write_finding(page, i);
    if (page->entry_count == 0)
        write_paragraph(page, "soft", "Nothing to do.");
    buffer_append_text(page->to, "</section>\n");
}

/* The number of the statement's first finding, or 0. */
static size_t number_of(const struct page *page, const struct statement *statement)
{
    for (size_t i = 0; i < page->entry_count; i++)
        if (page->entries[i].statement == statement)
            return i + 1;
    return 0;
}

static void write_marked(struct page *page, const struct statement *statement, struct bytes words)
{
    size_t number = number_of(page, statement);
    struct buffer *to = page->to;
    buffer_print(to, "<mark class=\"%s\">", number > 0 ? "found" : "stands");
    markup_text(to, words);
    buffer_append_text(to, "</mark>");
    if (number > 0) {
        buffer_append_text(to, "<sup>");
        for (size_t i = 0; i < page->entry_count; i++)
            if (page->entries[i].statement == statement)
                buffer_print(to, "<a id=\"s%zu\" href=\"#f%zu\">%s %zu</a> ", i + 1, i + 1,
                             severity_word(page->entries[i].finding->severity), i + 1);
        buffer_append_text(to, "</sup>");
    } else if (statement->cited_count > 0) {
        buffer_append_text(to, "<sup>");
        markup_string(to, report_address(&page->arena, &statement->cited[0]));
        buffer_append_text(to, "</sup>");
    }
}

/* The text with every statement marked; one inside another is marked by its anchors alone. */
static void write_story(struct page *page)
{
    const struct check_answer *answer = page->answer;
    uint32_t at = 0;
    buffer_append_text(page->to, "<section aria-labelledby=\"story\">\n<h2 id=\"story\">The story"
                                 "</h2>\n<div class=\"story\">");
    for (size_t i = 0; i < answer->count; i++) {
        const struct statement *statement = &answer->statements[i];
        if (statement->end <= statement->start || statement->verdict == CHECK_TERM)
            continue;
        uint32_t start = statement->start > at ? statement->start : at;
        uint32_t end = statement->end > start ? statement->end : start;
        markup_text(page->to, bytes_slice(answer->story.text, at, start - at));
        write_marked(page, statement, bytes_slice(answer->story.text, start, end - start));
        at = end;
    }
    markup_text(page->to, bytes_slice(answer->story.text, at, answer->story.text.len));
    buffer_append_text(page->to, "</div>\n</section>\n");
}

static void write_unexpected(struct page *page)
{
    bool any = false;
    for (size_t i = 0; i < page->answer->count; i++) {
        uint32_t line, column;
        const struct statement *statement = &page->answer->statements[i];
        if (!statement->is_unexpected)
            continue;
        if (!any)
            buffer_append_text(page->to, "<section aria-labelledby=\"elsewhere\">\n<h2 "
                                         "id=\"elsewhere\">Not expected in this archive, source "
                                         "elsewhere</h2>\n<ul>\n");
        any = true;
        story_line_column(&page->answer->story, statement->start, &line, &column);
        buffer_print(page->to, "<li>line %u: ", line);
        markup_string(page->to, report_words(&page->arena,
                                             bytes_slice(page->answer->story.text, statement->start,
                                                         statement->end - statement->start),
                                             400));
        buffer_append_text(page->to, "</li>\n");
    }
    buffer_append_text(page->to, any ? "</ul>\n</section>\n" : "");
}

enum status report_html(const struct check_answer *answer, unsigned flags, struct buffer *to,
                        struct fault *fault)
{
    struct page page = { .answer = answer,
                         .to = to,
                         .with_source = (flags & STET_REPORT_WITH_SOURCE) != 0 };
    enum status listed =
        report_entries(answer, &page.arena, &page.entries, &page.entry_count, fault);
    if (listed == OK) {
        write_top(&page);
        write_findings(&page);
        write_story(&page);
        write_unexpected(&page);
        buffer_append_text(to, "</main>\n");
        report_page_end(answer, to);
    }
    arena_release(&page.arena);
    TRY(listed);
    return buffer_check(to, fault);
}

#include "check/report.h"

#include "base/scoped.h"
#include "catalog/coverage_words.h"
#include "check/report_excerpt.h"

/* HEAD_WIDTH: columns before the message: line, severity and verdict. */
enum { INDENT = 5, HEAD_WIDTH = 40 };

/* A report being written. */
struct memo {
    const struct check_answer *answer;
    struct buffer *to;
    struct arena arena;
    bool colour;
    bool with_source;
};

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Columns a text takes, counted as code points. */
static size_t columns_of(const char *text, size_t len)
{
    size_t columns = 0;
    for (size_t i = 0; i < len; i++)
        columns += ((uint8_t)text[i] & 0xC0) != 0x80;
    return columns;
}

/* Words of one line, broken at blanks before the width is passed; what follows a break is indented.
 */
static void write_wrapped(struct memo *memo, size_t column, const char *text)
{
    bool opens = true;
    while (*text != '\0') {
        size_t len = strcspn(text, " ");
        size_t wide = columns_of(text, len);
        if (!opens && column + 1 + wide > MEMO_WIDTH) {
            buffer_print(memo->to, "\n%*s", INDENT, "");
            column = INDENT;
        } else if (!opens) {
            buffer_append_text(memo->to, " ");
            column++;
        }
        buffer_append(memo->to, text, len);
        column += wide;
        opens = false;
        text += len + (text[len] == ' ');
    }
    buffer_append_text(memo->to, "\n");
}

/* "Not found" rests on what was read: name what was not. */
static void write_unread(struct memo *memo)
{
    const struct check_answer *answer = memo->answer;
    size_t shown = answer->unread_count < CHECK_UNREAD ? answer->unread_count : CHECK_UNREAD;
    buffer_append_text(memo->to, "Not read in full: ");
    for (size_t i = 0; i < shown; i++)
        buffer_print(memo->to, "%s%s", i > 0 ? ", " : "",
                     report_words(&memo->arena, answer->unread[i], 120));
    if (answer->unread_count > shown)
        buffer_print(memo->to, " and %zu more (stet ledger --problems)",
                     answer->unread_count - shown);
    buffer_append_text(memo->to, ".\n");
}

static void write_head(struct memo *memo)
{
    char held[1024];
    const struct check_answer *answer = memo->answer;
    buffer_append_text(memo->to, REPORT_DISCLAIMER "\n");
    if (answer->embargo.len > 0)
        buffer_print(memo->to, REPORT_EMBARGO ".\n", REPORT_EMBARGOED(answer));
    SCOPED(buffer_release) struct buffer line = { 0 };
    struct buffer *to = memo->to;
    memo->to = &line;
    buffer_print(&line, "%s", report_words(&memo->arena, answer->story.name, 200));
    if (answer->date.len > 0)
        buffer_print(&line, ", taken as of %.*s%s%.*s%s", (int)answer->date.len,
                     (const char *)answer->date.at, answer->date_from.len > 0 ? " (" : "",
                     (int)answer->date_from.len, (const char *)answer->date_from.at,
                     answer->date_from.len > 0 ? ")" : "");
    else
        buffer_append_text(&line, ", its date not known");
    buffer_append_text(&line, ": ");
    report_counts(answer, &line);
    buffer_u8(&line, 0);
    memo->to = to;
    write_wrapped(memo, 0, line.failed ? "" : (const char *)line.at);
    if (answer->story.remark.len > 0) {
        buffer_append_text(memo->to, "As read: ");
        write_wrapped(memo, 9, report_words(&memo->arena, answer->story.remark, 400));
    }
    coverage_words(&answer->coverage, held, sizeof held);
    buffer_print(memo->to, "%s\n", held);
    if (answer->unread_count > 0)
        write_unread(memo);
    if (answer->left_out > 0)
        buffer_print(memo->to, "Left out: %zu document%s that hold%s this story itself.\n",
                     answer->left_out, plural(answer->left_out), answer->left_out == 1 ? "s" : "");
    if (answer->story.cut)
        buffer_append_text(memo->to,
                           "The story holds too many quotations: the rest was not looked at.\n");
}

static bool ends_in_blank(struct bytes text)
{
    return text.len > 0 && text.at[text.len - 1] <= ' ';
}

static bool begins_with_blank(struct bytes text)
{
    return text.len > 0 && text.at[0] <= ' ';
}

static void write_excerpt(struct memo *memo, const char *label, const struct excerpt *excerpt)
{
    struct arena *arena = &memo->arena;
    const char *words = report_words(arena, excerpt->words, 600);
    const char *on = memo->colour && *words ? "\033[1;4m" : "";
    const char *off = *on ? "\033[0m" : "";
    bool gap = ends_in_blank(excerpt->before) || begins_with_blank(excerpt->words);
    bool gap_after = ends_in_blank(excerpt->words) || begins_with_blank(excerpt->after);
    buffer_print(memo->to, "%*s%-7s %s%s%s", INDENT, "", label, excerpt->cut_before ? "…" : "",
                 report_words(arena, excerpt->before, 600), gap ? " " : "");
    buffer_print(memo->to, "%s%s%s%s", on, words, off, gap_after && (*words || !gap) ? " " : "");
    buffer_print(memo->to, "%s%s\n", report_words(arena, excerpt->after, 600),
                 excerpt->cut_after ? "…" : "");
}

static void write_address(struct memo *memo, const struct statement *statement,
                          const struct cited *cited)
{
    struct arena *arena = &memo->arena;
    buffer_print(memo->to, "%*s%s\n", INDENT, "", report_source_line(arena, statement, cited));
    if (cited->lead_in.len > 0) {
        size_t most = memo->with_source ? 2000 : 160;
        const char *words =
            arena_print(arena, "lead-in: \"%s\"", report_lead_in(arena, cited, most));
        buffer_print(memo->to, "%*s", INDENT, "");
        write_wrapped(memo, INDENT, words != NULL ? words : "");
    }
}

static void write_lines(struct memo *memo, const struct statement *statement,
                        const struct finding *finding, const struct cited *cited)
{
    struct excerpt excerpt = excerpt_of_source(cited, finding);
    write_excerpt(memo, "source", &excerpt);
    write_address(memo, statement, cited);
}

static void write_candidates(struct memo *memo, const struct statement *statement)
{
    for (size_t i = 0; i < statement->candidate_count; i++) {
        const struct cited_candidate *candidate = &statement->candidates[i];
        struct cited place = { .name = candidate->name, .label = candidate->label };
        buffer_print(memo->to, "     candidate  %s  (%.0f bits)\n",
                     report_address(&memo->arena, &place), candidate->bits);
    }
}

static void write_finding(struct memo *memo, const struct statement *statement,
                          const struct finding *finding)
{
    uint32_t line, column;
    static const char *const colours[] = { "", "", "\033[1m", "\033[1m", "\033[1;7m" };
    story_line_column(&memo->answer->story, finding->story_start, &line, &column);
    buffer_print(memo->to, "l.%-4u %s%-9s%s %-22s ", line,
                 memo->colour ? colours[finding->severity] : "", severity_word(finding->severity),
                 memo->colour ? "\033[0m" : "",
                 report_verdict(&memo->arena, statement->kind, finding->verdict));
    write_wrapped(memo, HEAD_WIDTH, report_words(&memo->arena, finding->message, 400));
    if (statement->ruling != NULL)
        buffer_print(memo->to, "%*sreopened, the document's text has changed since: %s\n", INDENT,
                     "", report_ruling(&memo->arena, statement));
    struct excerpt excerpt = excerpt_of_story(&memo->answer->story, statement, finding);
    write_excerpt(memo, "story", &excerpt);
    for (size_t i = 0; i < statement->cited_count; i++) {
        const struct cited *cited = &statement->cited[i];
        if (statement->cited_count > 1 && finding->verdict != CHECK_JOINED && i != finding->passage)
            continue;
        write_lines(memo, statement, finding, cited);
    }
    if (statement->verdict == CHECK_CANNOT_TELL || statement->verdict == CHECK_SEVERAL)
        write_candidates(memo, statement);
    arena_clear(&memo->arena);
    buffer_append_text(memo->to, "\n");
}

static enum status write_findings(struct memo *memo, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct report_entry *entries = NULL;
    size_t count = 0;
    TRY(report_entries(memo->answer, &arena, &entries, &count, fault));
    for (size_t i = 0; i < count; i++)
        write_finding(memo, entries[i].statement, entries[i].finding);
    if (count == 0)
        buffer_append_text(memo->to, "Nothing to do.\n\n");
    return OK;
}

static void write_standing(struct memo *memo)
{
    buffer_append_text(memo->to, "Stands:\n");
    for (size_t i = 0; i < memo->answer->count; i++) {
        const struct statement *statement = &memo->answer->statements[i];
        uint32_t line, column;
        if (statement->severity != STET_NONE || statement->is_unexpected ||
            statement->cited_count == 0)
            continue;
        story_line_column(&memo->answer->story, statement->start, &line, &column);
        buffer_print(memo->to, "l.%-4u %s  \"%s\"  %s\n", line,
                     report_verdict(&memo->arena, statement->kind, statement->verdict),
                     report_words(&memo->arena,
                                  bytes_slice(memo->answer->story.text, statement->start,
                                              statement->end - statement->start),
                                  60),
                     report_address(&memo->arena, &statement->cited[0]));
    }
    buffer_append_text(memo->to, "\n");
}

/* Decided before: listed, never silent. */
static void write_settled(struct memo *memo)
{
    size_t known = 0, ruled = 0;
    for (size_t i = 0; i < memo->answer->count; i++) {
        const struct statement *statement = &memo->answer->statements[i];
        uint32_t line, column;
        bool is_ruled = statement->ruling != NULL && !statement->ruling_is_stale;
        known += statement->is_known && !is_ruled && statement->severity > STET_NONE;
        if (!is_ruled)
            continue;
        story_line_column(&memo->answer->story, statement->start, &line, &column);
        buffer_print(memo->to, "%sl.%-4u %s (%s)\n", ruled++ == 0 ? "Ruled on:\n" : "", line,
                     report_ruling(&memo->arena, statement),
                     report_verdict(&memo->arena, statement->kind, statement->verdict));
    }
    if (known > 0)
        buffer_print(memo->to, "Known from the baseline: %zu statement%s with findings.\n", known,
                     plural(known));
    buffer_append_text(memo->to, known + ruled > 0 ? "\n" : "");
}

static void write_unexpected(struct memo *memo)
{
    size_t count = 0;
    for (size_t i = 0; i < memo->answer->count; i++)
        count += memo->answer->statements[i].is_unexpected;
    if (count == 0)
        return;
    buffer_print(memo->to, "Not expected in this archive, source elsewhere (%zu):\n", count);
    for (size_t i = 0; i < memo->answer->count; i++) {
        const struct statement *statement = &memo->answer->statements[i];
        uint32_t line, column;
        if (!statement->is_unexpected)
            continue;
        bool is_quotation = statement->kind == STATEMENT_QUOTATION;
        story_line_column(&memo->answer->story, statement->start, &line, &column);
        buffer_print(memo->to, "l.%-4u %s%s\"%s\"\n", line,
                     is_quotation ? "" : statement_kind_word(statement->kind),
                     is_quotation ? "" : " ",
                     report_words(&memo->arena,
                                  bytes_slice(memo->answer->story.text, statement->start,
                                              statement->end - statement->start),
                                  80));
    }
    buffer_append_text(memo->to, "\n");
}

static void write_unchecked(struct memo *memo)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    report_unchecked(memo->answer, &line);
    if (line.len == 0)
        return;
    buffer_u8(&line, 0);
    buffer_append_text(memo->to, "Not checked here: ");
    write_wrapped(memo, strlen("Not checked here: "), line.failed ? "" : (const char *)line.at);
}

/* What was folded, counted once by class. */
static void write_foot(struct memo *memo)
{
    const char *before = "Counted, no finding: ";
    bool any = false;
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        const char *code = difference_code((enum difference_class) class);
        size_t count = 0;
        for (size_t i = 0; i < memo->answer->count; i++)
            for (size_t k = 0; k < memo->answer->statements[i].finding_count; k++) {
                const struct finding *finding = &memo->answer->statements[i].findings[k];
                count += finding->folded && bytes_is(bytes_from_string(finding->code), code);
            }
        if (count == 0)
            continue;
        buffer_print(memo->to, "%s%zu %s", before, count,
                     difference_words((enum difference_class) class));
        before = ", ";
        any = true;
    }
    buffer_append_text(memo->to, any ? ".\n" : "");
    if (memo->answer->protected_count > 0 && !memo->with_source)
        buffer_append_text(memo->to,
                           "Names that documents ask to protect are masked (--with-source "
                           "shows them).\n");
    if (memo->answer->style != STYLE_STRICT)
        buffer_print(memo->to, "Style %s: our reading of the guide, not confirmed.\n",
                     style_name(memo->answer->style));
    write_unchecked(memo);
}

enum status report_memo(const struct check_answer *answer, unsigned flags, struct buffer *to,
                        struct fault *fault)
{
    struct memo memo = { .answer = answer,
                         .to = to,
                         .colour = (flags & STET_REPORT_COLOUR) != 0,
                         .with_source = (flags & STET_REPORT_WITH_SOURCE) != 0 };
    write_head(&memo);
    buffer_append_text(to, "\n");
    enum status written = write_findings(&memo, fault);
    if (written == OK && (flags & STET_REPORT_ALL))
        write_standing(&memo);
    if (written == OK) {
        write_settled(&memo);
        write_unexpected(&memo);
        write_foot(&memo);
    }
    arena_release(&memo.arena);
    TRY(written);
    return buffer_check(to, fault);
}

#include "check/report.h"

#include <stdlib.h>

#include "base/scoped.h"
#include "catalog/coverage_words.h"

/* HEAD_WIDTH: columns before the message: line, severity and verdict. */
enum { AROUND = 36, INDENT = 5, HEAD_WIDTH = 40 };

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

static void write_counts(struct memo *memo)
{
    size_t by_verdict[CHECK_VERDICT_COUNT] = { 0 }, unexpected = 0, quotations = 0;
    size_t by_kind[STATEMENT_KIND_COUNT] = { 0 };
    for (size_t i = 0; i < memo->answer->count; i++) {
        const struct statement *statement = &memo->answer->statements[i];
        by_kind[statement->kind]++;
        if (statement->kind != STATEMENT_QUOTATION)
            continue;
        quotations += statement->verdict != CHECK_TERM;
        unexpected += statement->is_unexpected;
        if (!statement->is_unexpected)
            by_verdict[statement->verdict]++;
    }
    buffer_print(memo->to, "%zu quotation%s", quotations, plural(quotations));
    const char *before = ": ";
    for (int i = 0; i < CHECK_TERM; i++)
        if (by_verdict[i] > 0) {
            buffer_print(memo->to, "%s%zu %s", before, by_verdict[i],
                         check_verdict_counted((enum check_verdict)i));
            before = ", ";
        }
    if (unexpected > 0)
        buffer_print(memo->to, "%s%zu not expected here", before, unexpected);
    if (by_verdict[CHECK_TERM] > 0)
        buffer_print(memo->to, "; %zu term%s left alone", by_verdict[CHECK_TERM],
                     plural(by_verdict[CHECK_TERM]));
    if (memo->answer->repeated > 0)
        buffer_print(memo->to, "; %zu repeated", memo->answer->repeated);
    before = "; beside them ";
    for (int kind = STATEMENT_QUOTATION + 1; kind < STATEMENT_KIND_COUNT; kind++)
        if (by_kind[kind] > 0) {
            buffer_print(memo->to, "%s%zu %s", before, by_kind[kind],
                         by_kind[kind] == 1 ? statement_kind_word((enum statement_kind)kind)
                                            : statement_kind_several((enum statement_kind)kind));
            before = ", ";
        }
    buffer_append_text(memo->to, ".");
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
    buffer_append_text(memo->to, "Compares words with documents held here. It does not say that a "
                                 "document is genuine, complete or true.\n");
    SCOPED(buffer_release) struct buffer line = { 0 };
    struct buffer *to = memo->to;
    memo->to = &line;
    buffer_print(&line, "%s", report_words(&memo->arena, answer->story.name, 200));
    if (answer->date.len > 0)
        buffer_print(&line, ", taken as of %.*s (--date)", (int)answer->date.len,
                     (const char *)answer->date.at);
    else
        buffer_append_text(&line, ", its date not known");
    buffer_append_text(&line, ": ");
    write_counts(memo);
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

/* Up to AROUND bytes of context on each side of a run, cut at words. */
struct excerpt {
    struct bytes before, words, after;
    bool cut_before, cut_after;
};

static size_t word_edge(struct bytes text, size_t at, bool forward)
{
    while (at > 0 && at < text.len && text.at[at] > ' ')
        at = forward ? at + 1 : at - 1;
    return at;
}

static struct excerpt excerpt_of(struct bytes text, size_t low, size_t high, size_t start,
                                 size_t end)
{
    size_t from = start > low + AROUND ? word_edge(text, start - AROUND, true) : low;
    size_t to = end + AROUND < high ? word_edge(text, end + AROUND, false) : high;
    from = from > start ? start : from;
    to = to < end ? end : to;
    return (struct excerpt){ bytes_slice(text, from, start - from),
                             bytes_slice(text, start, end - start),
                             bytes_slice(text, end, to - end), from > low, to < high };
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

/* The paragraph around, as far as it reaches. */
static void story_surroundings(const struct story *story, uint32_t at, uint32_t *low,
                               uint32_t *high)
{
    *low = *high = at;
    for (size_t i = 0; i < story->paragraph_count; i++)
        if (story->paragraphs[i].start <= at && at < story->paragraphs[i].end) {
            *low = story->paragraphs[i].start;
            *high = story->paragraphs[i].end;
        }
}

static void write_story_line(struct memo *memo, const struct statement *statement,
                             const struct finding *finding)
{
    const struct story *story = &memo->answer->story;
    uint32_t low = statement->start, high = statement->end;
    uint32_t start = finding->is_difference ? finding->story_start : statement->start;
    uint32_t end = finding->is_difference ? finding->story_end : statement->start;
    if (statement->kind != STATEMENT_QUOTATION) {
        story_surroundings(story, statement->start, &low, &high);
        start = finding->story_start;
        end = finding->story_end;
    }
    struct excerpt excerpt = excerpt_of(story->text, low, high, start, end);
    write_excerpt(memo, "story", &excerpt);
}

static void write_source_line(struct memo *memo, const struct cited *cited,
                              const struct finding *finding)
{
    size_t len = cited->text.len, start = 0, end = 0;
    if (finding->is_difference && finding->source_start >= cited->start &&
        finding->source_end <= cited->end && finding->source_end >= finding->source_start) {
        start = finding->source_start - cited->start;
        end = finding->source_end - cited->start;
    } else if (finding->is_difference && finding->source_start >= cited->end) {
        start = end = len;
    }
    if (end > len)
        start = end = 0;
    struct excerpt excerpt = excerpt_of(cited->shown, 0, len, start, end);
    excerpt.cut_before = excerpt.cut_before || cited->before.len > 0;
    write_excerpt(memo, "source", &excerpt);
}

static void write_address(struct memo *memo, const struct statement *statement,
                          const struct cited *cited)
{
    struct arena *arena = &memo->arena;
    buffer_print(memo->to, "     %s", report_address(arena, cited));
    if (cited->marking.len > 0)
        buffer_print(memo->to, " (%s)", report_words(arena, cited->marking, 40));
    if (cited->date.len > 0)
        buffer_print(memo->to, "  %s%s", cited->date_is_inferred ? "~" : "",
                     report_words(arena, cited->date, 20));
    if (cited->date_is_inferred)
        buffer_print(memo->to, " (%s)", report_words(arena, cited->date_from, 80));
    if (cited->origin.len > 0)
        buffer_print(memo->to, "  %s", report_words(arena, cited->origin, 60));
    if (cited->class.len > 0)
        buffer_print(memo->to, "  %s", report_words(arena, cited->class, 60));
    if (statement->copy_count > 0)
        buffer_print(memo->to, "  also in %zu cop%s", statement->copy_count,
                     statement->copy_count == 1 ? "y" : "ies");
    buffer_append_text(memo->to, "\n");
    if (cited->lead_in.len > 0) {
        size_t most = memo->with_source ? 2000 : 160;
        struct bytes lead = cited->lead_in;
        bool is_cut = lead.len > most;
        lead = is_cut ? bytes_slice(lead, word_edge(lead, lead.len - most, true), lead.len) : lead;
        const char *words = arena_print(arena, "lead-in: \"%s%s\"", is_cut ? "…" : "",
                                        report_words(arena, lead, 2000));
        buffer_print(memo->to, "%*s", INDENT, "");
        write_wrapped(memo, INDENT, words != NULL ? words : "");
    }
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
    write_story_line(memo, statement, finding);
    for (size_t i = 0; i < statement->cited_count; i++) {
        const struct cited *cited = &statement->cited[i];
        if (statement->cited_count > 1 && finding->verdict != CHECK_JOINED && i != finding->passage)
            continue;
        write_source_line(memo, cited, finding);
        write_address(memo, statement, cited);
    }
    if (statement->verdict == CHECK_CANNOT_TELL || statement->verdict == CHECK_SEVERAL)
        write_candidates(memo, statement);
    arena_clear(&memo->arena);
    buffer_append_text(memo->to, "\n");
}

/* A finding with its statement, to be put in the memo's order. */
struct entry {
    const struct statement *statement;
    const struct finding *finding;
};

static int in_memo_order(const void *left, const void *right)
{
    const struct entry *a = left, *b = right;
    if (a->finding->first != b->finding->first)
        return a->finding->first ? -1 : 1;
    if (a->finding->severity != b->finding->severity)
        return a->finding->severity > b->finding->severity ? -1 : 1;
    if (a->finding->story_start != b->finding->story_start)
        return a->finding->story_start < b->finding->story_start ? -1 : 1;
    return a->finding < b->finding ? -1 : a->finding > b->finding;
}

static enum status write_findings(struct memo *memo, struct fault *fault)
{
    size_t room = 0, count = 0;
    const struct check_answer *answer = memo->answer;
    for (size_t i = 0; i < answer->count; i++)
        room += answer->statements[i].finding_count;
    struct entry *entries = calloc(room + 1, sizeof *entries);
    if (entries == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < answer->statements[i].finding_count; k++) {
            const struct finding *finding = &answer->statements[i].findings[k];
            if (finding->severity > STET_NONE && !finding->folded)
                entries[count++] = (struct entry){ &answer->statements[i], finding };
        }
    if (count > 1)
        qsort(entries, count, sizeof *entries, in_memo_order);
    for (size_t i = 0; i < count; i++)
        write_finding(memo, entries[i].statement, entries[i].finding);
    if (count == 0)
        buffer_append_text(memo->to, "Nothing to do.\n\n");
    free(entries);
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
    const char *before = "Not checked here: ";
    for (int kind = 0; kind < STATEMENT_KIND_COUNT; kind++)
        if (!memo->answer->is_checked[kind]) {
            buffer_print(&line, "%s%s", before, statement_kind_several((enum statement_kind)kind));
            before = ", ";
        }
    if (line.len == 0)
        return;
    buffer_append_text(&line, ".");
    buffer_u8(&line, 0);
    write_wrapped(memo, 0, line.failed ? "" : (const char *)line.at);
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
        write_unexpected(&memo);
        write_foot(&memo);
    }
    arena_release(&memo.arena);
    TRY(written);
    return buffer_check(to, fault);
}

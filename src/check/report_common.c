#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/scoped.h"
#include "check/docx.h"
#include "check/report.h"
#include "check/report_excerpt.h"
#include "check/ruling.h"

void report_unchecked(const struct check_answer *answer, struct buffer *to)
{
    const char *before = "";
    for (int kind = 0; kind < STATEMENT_KIND_COUNT; kind++)
        if (!answer->is_checked[kind]) {
            buffer_print(to, "%s%s", before, statement_kind_several((enum statement_kind)kind));
            before = ", ";
        }
    buffer_print(to, "%swhether a quotation is a translation.", before);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void count_kinds(const struct check_answer *answer, struct buffer *to)
{
    size_t by_kind[STATEMENT_KIND_COUNT] = { 0 };
    const char *before = "; beside them ";
    for (size_t i = 0; i < answer->count; i++)
        by_kind[answer->statements[i].kind]++;
    for (int kind = STATEMENT_QUOTATION + 1; kind < STATEMENT_KIND_COUNT; kind++)
        if (by_kind[kind] > 0) {
            buffer_print(to, "%s%zu %s", before, by_kind[kind],
                         by_kind[kind] == 1 ? statement_kind_word((enum statement_kind)kind)
                                            : statement_kind_several((enum statement_kind)kind));
            before = ", ";
        }
}

void report_counts(const struct check_answer *answer, struct buffer *to)
{
    size_t by_verdict[CHECK_VERDICT_COUNT] = { 0 }, unexpected = 0, quotations = 0;
    for (size_t i = 0; i < answer->count; i++) {
        const struct statement *statement = &answer->statements[i];
        if (statement->kind != STATEMENT_QUOTATION)
            continue;
        quotations += statement->verdict != CHECK_TERM;
        unexpected += statement->is_unexpected;
        if (!statement->is_unexpected)
            by_verdict[statement->verdict]++;
    }
    buffer_print(to, "%zu quotation%s", quotations, plural(quotations));
    const char *before = ": ";
    for (int i = 0; i < CHECK_TERM; i++)
        if (by_verdict[i] > 0) {
            buffer_print(to, "%s%zu %s", before, by_verdict[i],
                         check_verdict_counted((enum check_verdict)i));
            before = ", ";
        }
    if (unexpected > 0)
        buffer_print(to, "%s%zu not expected here", before, unexpected);
    if (by_verdict[CHECK_TERM] > 0)
        buffer_print(to, "; %zu term%s left alone", by_verdict[CHECK_TERM],
                     plural(by_verdict[CHECK_TERM]));
    if (answer->repeated > 0)
        buffer_print(to, "; %zu repeated", answer->repeated);
    count_kinds(answer, to);
    buffer_append_text(to, ".");
}

const char *report_source_line(struct arena *arena, const struct statement *statement,
                               const struct cited *cited)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    buffer_append_text(&line, report_address(arena, cited));
    if (cited->marking.len > 0)
        buffer_print(&line, " (%s)", report_words(arena, cited->marking, 40));
    if (cited->date.len > 0)
        buffer_print(&line, "  %s%s", cited->date_is_inferred ? "~" : "",
                     report_words(arena, cited->date, 20));
    if (cited->date_is_inferred)
        buffer_print(&line, " (%s)", report_words(arena, cited->date_from, 80));
    if (cited->origin.len > 0)
        buffer_print(&line, "  %s", report_words(arena, cited->origin, 60));
    if (cited->class.len > 0)
        buffer_print(&line, "  %s", report_words(arena, cited->class, 60));
    if (statement->copy_count > 0)
        buffer_print(&line, "  also in %zu cop%s", statement->copy_count,
                     statement->copy_count == 1 ? "y" : "ies");
    char *made = line.failed ? NULL : arena_string(arena, buffer_bytes(&line));
    return made != NULL ? made : "";
}

const char *report_lead_in(struct arena *arena, const struct cited *cited, size_t most)
{
    struct bytes lead = cited->lead_in;
    if (lead.len <= most)
        return report_words(arena, lead, most);
    lead = bytes_slice(lead, excerpt_edge(lead, lead.len - most, true), lead.len);
    const char *made = arena_print(arena, "…%s", report_words(arena, lead, most));
    return made != NULL ? made : "";
}

static int in_memo_order(const void *left, const void *right)
{
    const struct report_entry *a = left, *b = right;
    if (a->finding->first != b->finding->first)
        return a->finding->first ? -1 : 1;
    if (a->finding->severity != b->finding->severity)
        return a->finding->severity > b->finding->severity ? -1 : 1;
    if (a->finding->story_start != b->finding->story_start)
        return a->finding->story_start < b->finding->story_start ? -1 : 1;
    if (a->statement != b->statement)
        return a->statement < b->statement ? -1 : 1;
    return a->finding < b->finding ? -1 : a->finding > b->finding;
}

enum status report_entries(const struct check_answer *answer, struct arena *arena,
                           struct report_entry **entries, size_t *count, struct fault *fault)
{
    size_t room = 0;
    *count = 0;
    for (size_t i = 0; i < answer->count; i++)
        room += answer->statements[i].finding_count;
    *entries = arena_alloc_many(arena, room + 1, sizeof **entries);
    if (*entries == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < answer->statements[i].finding_count; k++) {
            const struct finding *finding = &answer->statements[i].findings[k];
            if (finding->severity > STET_NONE && !finding->folded &&
                !statement_is_settled(&answer->statements[i]))
                (*entries)[(*count)++] = (struct report_entry){ &answer->statements[i], finding };
        }
    if (*count > 1)
        qsort(*entries, *count, sizeof **entries, in_memo_order);
    return OK;
}

const char *report_ruling(struct arena *arena, const struct statement *statement)
{
    char date[21];
    const struct ruling_row *row = statement->ruling;
    clock_format(row->made, date);
    const char *made =
        arena_print(arena, "%s, %s, %.10s: %s", ruling_word((enum stet_ruling)row->ruling),
                    report_words(arena, row->by, 80), date, report_words(arena, row->reason, 400));
    return made != NULL ? made : "";
}

void report_docx_head(const struct check_answer *answer, struct docx *docx)
{
    char line[64];
    if (answer->embargo.len == 0)
        return;
    snprintf(line, sizeof line, REPORT_EMBARGO, REPORT_EMBARGOED(answer));
    docx_head(docx, line);
}

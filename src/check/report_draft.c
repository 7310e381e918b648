#include "base/scoped.h"
#include "check/report.h"
#include "check/ruling.h"
#include "text/clean.h"

/* The story as Markdown with footnotes: for every statement, or for what must change only. */
struct draft {
    const struct check_answer *answer;
    struct buffer *to;
    struct buffer notes;
    struct arena arena;
    size_t number;
    bool is_checked_copy;
};

/* Footnote text: characters that Markdown would read are escaped. */
static void write_escaped(struct buffer *to, const char *text)
{
    for (; *text != '\0'; text++) {
        if (strchr("\\`*_[]<>#|", *text) != NULL)
            buffer_u8(to, '\\');
        buffer_u8(to, (uint8_t)*text);
    }
}

static void write_finding(struct draft *draft, const struct statement *statement,
                          const struct finding *finding)
{
    buffer_print(&draft->notes, "**%s**, ", severity_word(finding->severity));
    write_escaped(&draft->notes, report_verdict(&draft->arena, statement->kind, finding->verdict));
    buffer_append_text(&draft->notes, ": ");
    write_escaped(&draft->notes, report_words(&draft->arena, finding->message, 600));
}

static void write_note(struct draft *draft, const struct statement *statement)
{
    bool any = false;
    buffer_print(&draft->notes, "[^%zu]: ", draft->number);
    for (size_t i = 0; i < statement->finding_count; i++) {
        const struct finding *finding = &statement->findings[i];
        if (finding->folded || finding->severity == STET_NONE)
            continue;
        buffer_append_text(&draft->notes, any ? " " : "");
        write_finding(draft, statement, finding);
        buffer_append_text(&draft->notes, ".");
        any = true;
    }
    if (!any)
        write_escaped(&draft->notes,
                      statement->is_unexpected
                          ? "not expected in this archive, source elsewhere."
                          : report_verdict(&draft->arena, statement->kind, statement->verdict));
    if (statement->ruling != NULL) {
        buffer_append_text(&draft->notes, " Ruling: ");
        write_escaped(&draft->notes, report_ruling(&draft->arena, statement));
        buffer_append_text(&draft->notes, statement->ruling_is_stale ? " (reopened)." : ".");
    }
    for (size_t i = 0; i < statement->cited_count; i++) {
        buffer_append_text(&draft->notes, i > 0 ? "; " : " Source: ");
        write_escaped(&draft->notes,
                      report_source_line(&draft->arena, statement, &statement->cited[i]));
    }
    buffer_append_text(&draft->notes, "\n");
}

static bool is_noted(const struct draft *draft, const struct statement *statement)
{
    if (statement->verdict == CHECK_TERM || statement->end <= statement->start)
        return false;
    return !draft->is_checked_copy ||
           (statement->severity >= STET_QUERY && !statement_is_settled(statement));
}

/* A mark behind the closing mark of a quotation, not inside it. */
static uint32_t place_of(const struct statement *statement)
{
    return statement->quotation != NULL ? statement->quotation->outer_end : statement->end;
}

struct footnote {
    uint32_t at;
    const struct statement *statement;
};

/* By place, without disturbing what is in order already: statements come sorted by their start. */
static void sort(struct footnote *notes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct footnote held = notes[i];
        size_t at = i;
        for (; at > 0 && notes[at - 1].at > held.at; at--)
            notes[at] = notes[at - 1];
        notes[at] = held;
    }
}

static enum status write_story(struct draft *draft, struct fault *fault)
{
    const struct check_answer *answer = draft->answer;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct footnote *notes = arena_alloc_many(&arena, answer->count + 1, sizeof *notes);
    struct cleaner cleaner = cleaner_begin(draft->to, false);
    size_t count = 0;
    uint32_t at = 0;
    if (notes == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        if (is_noted(draft, &answer->statements[i]))
            notes[count++] =
                (struct footnote){ place_of(&answer->statements[i]), &answer->statements[i] };
    sort(notes, count);
    for (size_t i = 0; i < count; i++) {
        cleaner_add(&cleaner, bytes_slice(answer->story.text, at, notes[i].at - at));
        buffer_print(draft->to, "[^%zu]", ++draft->number);
        write_note(draft, notes[i].statement);
        at = notes[i].at;
    }
    cleaner_add(&cleaner, bytes_slice(answer->story.text, at, answer->story.text.len));
    return OK;
}

static enum status write_draft(const struct check_answer *answer, bool is_checked_copy,
                               struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer counts = { 0 };
    struct draft draft = { .answer = answer, .to = to, .is_checked_copy = is_checked_copy };
    enum status written = write_story(&draft, fault);
    report_counts(answer, &counts);
    buffer_append_text(to, "\n\n---\n\n" REPORT_DISCLAIMER "\n");
    buffer_append_bytes(to, buffer_bytes(&counts));
    buffer_append_text(to, "\n\n");
    buffer_append_bytes(to, buffer_bytes(&draft.notes));
    bool failed = draft.notes.failed;
    buffer_release(&draft.notes);
    arena_release(&draft.arena);
    TRY(written);
    return failed ? no_memory(fault) : buffer_check(to, fault);
}

enum status report_annotated(const struct check_answer *answer, unsigned flags, struct buffer *to,
                             struct fault *fault)
{
    (void)flags;
    return write_draft(answer, false, to, fault);
}

enum status report_checked(const struct check_answer *answer, unsigned flags, struct buffer *to,
                           struct fault *fault)
{
    (void)flags;
    return write_draft(answer, true, to, fault);
}

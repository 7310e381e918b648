#include "check/report_draft.h"

#include "base/scoped.h"
#include "check/ruling.h"
#include "text/clean.h"

/* The story as Markdown with footnotes. */
struct draft {
    const struct check_answer *answer;
    struct buffer *to;
    struct buffer notes;
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

static void say_markdown(void *context, const char *text, bool is_strong)
{
    struct buffer *to = context;
    buffer_append_text(to, is_strong ? "**" : "");
    write_escaped(to, text);
    buffer_append_text(to, is_strong ? "**" : "");
}

static void say_finding(const struct statement *statement, const struct finding *finding,
                        struct arena *arena, draft_say *say, void *context)
{
    say(context, severity_word(finding->severity), true);
    say(context, ", ", false);
    say(context, report_verdict(arena, statement->kind, finding->verdict), false);
    say(context, ": ", false);
    say(context, report_words(arena, finding->message, 600), false);
    say(context, ".", false);
}

static void say_ruling(const struct statement *statement, struct arena *arena, draft_say *say,
                       void *context)
{
    if (statement->ruling == NULL)
        return;
    say(context, " Ruling: ", false);
    say(context, report_ruling(arena, statement), false);
    say(context, statement->ruling_is_stale ? " (reopened)." : ".", false);
}

void draft_note_say(const struct statement *statement, draft_say *say, void *context)
{
    bool any = false;
    SCOPED(arena_release) struct arena arena = { 0 };
    for (size_t i = 0; i < statement->finding_count; i++) {
        const struct finding *finding = &statement->findings[i];
        if (finding->folded || finding->severity == STET_NONE)
            continue;
        say(context, any ? " " : "", false);
        say_finding(statement, finding, &arena, say, context);
        any = true;
    }
    if (!any) {
        say(context,
            statement->is_unexpected ? "not expected in this archive, source elsewhere"
                                     : report_verdict(&arena, statement->kind, statement->verdict),
            false);
        say(context, ".", false);
    }
    say_ruling(statement, &arena, say, context);
    for (size_t i = 0; i < statement->cited_count; i++) {
        say(context, i > 0 ? "; " : " Source: ", false);
        say(context, report_source_line(&arena, statement, &statement->cited[i]), false);
    }
}

static bool is_noted(enum draft_kind kind, const struct statement *statement)
{
    if (statement->verdict == CHECK_TERM || statement->end <= statement->start)
        return false;
    return kind == DRAFT_ANNOTATED ||
           (statement->severity >= STET_QUERY && !statement_is_settled(statement));
}

/* A mark behind the closing mark of a quotation, not inside it. */
static uint32_t place_of(const struct statement *statement)
{
    return statement->quotation != NULL ? statement->quotation->outer_end : statement->end;
}

/* By place, without disturbing what is in order already: statements come sorted by their start. */
static void sort(struct draft_note *notes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        struct draft_note held = notes[i];
        size_t at = i;
        for (; at > 0 && notes[at - 1].at > held.at; at--)
            notes[at] = notes[at - 1];
        notes[at] = held;
    }
}

enum status draft_notes(const struct check_answer *answer, enum draft_kind kind,
                        struct arena *arena, struct draft_note **notes, size_t *count,
                        struct fault *fault)
{
    *count = 0;
    *notes = arena_alloc_many(arena, answer->count + 1, sizeof **notes);
    if (*notes == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        if (is_noted(kind, &answer->statements[i]))
            (*notes)[(*count)++] =
                (struct draft_note){ place_of(&answer->statements[i]), &answer->statements[i] };
    sort(*notes, *count);
    return OK;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* The sign of a Markdown heading is blanked in the text. */
static bool has_heading_sign(const struct check_answer *answer, uint32_t at)
{
    while (at > 0 && answer->story.text.at[at - 1] == ' ')
        at--;
    return at < answer->printed.len && answer->printed.at[at] == '#' &&
           answer->story.text.at[at] == ' ';
}

bool draft_block_next(const struct check_answer *answer, uint32_t at, struct draft_block *block)
{
    const struct story *story = &answer->story;
    const struct bytes text = story->text;
    const struct story_paragraph *paragraph = NULL;
    while (at < text.len && is_blank(text.at[at]))
        at++;
    for (size_t i = 0; i < story->paragraph_count && paragraph == NULL; i++)
        if (story->paragraphs[i].end > at)
            paragraph = &story->paragraphs[i];
    if (at >= text.len)
        return false;
    uint32_t end = at;
    while (end < text.len && text.at[end] != '\n' && (paragraph == NULL || end < paragraph->start))
        end++;
    bool is_paragraph = paragraph != NULL && end >= paragraph->start;
    *block = (struct draft_block){ at, is_paragraph ? paragraph->end : end,
                                   (is_paragraph && paragraph->is_heading) ||
                                       has_heading_sign(answer, at) };
    return true;
}

static void write_note(struct draft *draft, size_t number, const struct statement *statement)
{
    buffer_print(&draft->notes, "[^%zu]: ", number);
    draft_note_say(statement, say_markdown, &draft->notes);
    buffer_append_text(&draft->notes, "\n");
}

static enum status write_story(struct draft *draft, enum draft_kind kind, struct fault *fault)
{
    const struct check_answer *answer = draft->answer;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct draft_note *notes = NULL;
    struct cleaner cleaner = cleaner_begin(draft->to, false);
    size_t count = 0;
    uint32_t at = 0;
    struct bytes text = answer->printed.len > 0 ? answer->printed : answer->story.text;
    TRY(draft_notes(answer, kind, &arena, &notes, &count, fault));
    for (size_t i = 0; i < count; i++) {
        cleaner_add(&cleaner, bytes_slice(text, at, notes[i].at - at));
        buffer_print(draft->to, "[^%zu]", i + 1);
        write_note(draft, i + 1, notes[i].statement);
        at = notes[i].at;
    }
    cleaner_add(&cleaner, bytes_slice(text, at, text.len - at));
    return OK;
}

static enum status write_draft(const struct check_answer *answer, enum draft_kind kind,
                               struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer counts = { 0 };
    struct draft draft = { .answer = answer, .to = to };
    enum status written = write_story(&draft, kind, fault);
    report_counts(answer, &counts);
    buffer_append_text(to, "\n\n---\n\n" REPORT_DISCLAIMER "\n");
    if (answer->embargo.len > 0)
        buffer_print(to, "**" REPORT_EMBARGO ".**\n", REPORT_EMBARGOED(answer));
    buffer_append_bytes(to, buffer_bytes(&counts));
    buffer_append_text(to, "\n\n");
    buffer_append_bytes(to, buffer_bytes(&draft.notes));
    bool failed = draft.notes.failed;
    buffer_release(&draft.notes);
    TRY(written);
    return failed ? no_memory(fault) : buffer_check(to, fault);
}

enum status report_annotated(const struct check_answer *answer, unsigned flags, struct buffer *to,
                             struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_ANNOTATED, to, fault);
}

enum status report_checked(const struct check_answer *answer, unsigned flags, struct buffer *to,
                           struct fault *fault)
{
    (void)flags;
    return write_draft(answer, DRAFT_CHECKED, to, fault);
}

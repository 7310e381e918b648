#include "check/report.h"
#include "check/report_excerpt.h"
#include "check/ruling.h"
#include "text/clean.h"

#include "base/scoped.h"

static const char *level_of(enum stet_severity severity)
{
    switch (severity) {
    case STET_FIX:
        return "error";
    case STET_IMPRECISE:
    case STET_QUERY:
        return "warning";
    case STET_NOTE:
    case STET_NONE:
        break;
    }
    return "note";
}

static int columns_of(const struct buffer *text)
{
    int columns = 0;
    for (size_t i = 0; i < text->len; i++)
        columns += (text->at[i] & 0xC0) != 0x80;
    return columns;
}

/* One clean line of an excerpt; where its words stand in it, in columns. */
static void write_shown(const struct excerpt *excerpt, struct buffer *line, int *start, int *end)
{
    struct cleaner cleaner = cleaner_begin(line, true);
    if (excerpt->cut_before)
        cleaner_sign(&cleaner, "…");
    cleaner_add(&cleaner, excerpt->before);
    cleaner_sign(&cleaner, "");
    *start = columns_of(line);
    cleaner_add(&cleaner, excerpt->words);
    *end = columns_of(line);
    cleaner_add(&cleaner, excerpt->after);
    if (excerpt->cut_after)
        cleaner_sign(&cleaner, "…");
    buffer_u8(line, 0);
}

static void write_ruler(int start, int end, struct buffer *to)
{
    buffer_print(to, "%6s | %*s", "", start, "");
    for (int i = start; i < end || i == start; i++)
        buffer_u8(to, i == end ? '^' : '~');
}

/* The compiler's shape on a terminal: the words of the story, a ruler, the words of the source. */
static void write_carets(const struct check_answer *answer, const struct statement *statement,
                         const struct finding *finding, uint32_t number, struct buffer *to)
{
    int start, end;
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(buffer_release) struct buffer line = { 0 };
    struct excerpt excerpt = excerpt_of_story(&answer->story, statement, finding);
    write_shown(&excerpt, &line, &start, &end);
    if (line.failed)
        return;
    buffer_print(to, "%6u | %s\n", number, (const char *)line.at);
    write_ruler(start, end, to);
    const char *words = report_words(&arena, excerpt_source_words(statement, finding), 200);
    if (finding->is_difference && *words != '\0')
        buffer_print(to, " source: %s", words);
    buffer_u8(to, '\n');
    if (statement->cited_count == 0)
        return;
    size_t at = finding->passage < statement->cited_count ? finding->passage : 0;
    excerpt = excerpt_of_source(&statement->cited[at], finding);
    buffer_clear(&line);
    write_shown(&excerpt, &line, &start, &end);
    if (!line.failed)
        buffer_print(to, "%6s | %s\n", "source", (const char *)line.at);
}

static void write_finding(const struct check_answer *answer, const struct statement *statement,
                          const struct finding *finding, size_t others, unsigned flags,
                          struct buffer *to)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    uint32_t line, column;
    char rule[64];
    story_line_column(&answer->story, finding->story_start, &line, &column);
    rule_write(statement_kind_word(statement->kind), finding->verdict, rule, sizeof rule);
    buffer_print(to, "%s:%u:%u: %s: %s", report_words(&arena, answer->story.name, 400), line,
                 column, level_of(finding->severity), report_words(&arena, finding->message, 400));
    if (statement->cited_count > 0) {
        size_t at = finding->passage < statement->cited_count ? finding->passage : 0;
        buffer_print(to, " (%s)", report_address(&arena, &statement->cited[at]));
    }
    if (others > 0)
        buffer_print(to, "; %zu more", others);
    buffer_print(to, " [%s]\n", rule);
    if (flags & STET_REPORT_CARETS)
        write_carets(answer, statement, finding, line, to);
}

/* The worst finding that is shown at all; NULL when there is none. */
static const struct finding *worst_of(const struct statement *statement, enum stet_severity least,
                                      size_t *others)
{
    const struct finding *worst = NULL;
    *others = 0;
    for (size_t i = 0; i < statement->finding_count; i++) {
        const struct finding *finding = &statement->findings[i];
        if (finding->severity < least || finding->folded)
            continue;
        if (worst == NULL)
            worst = finding;
        else
            *others += finding->severity >= STET_NOTE;
    }
    return worst;
}

static void write_embargo(const struct check_answer *answer, struct buffer *to)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    if (answer->embargo.len > 0)
        buffer_print(to, "%s:1:1: note: " REPORT_EMBARGO " [embargo]\n",
                     report_words(&arena, answer->story.name, 400), REPORT_EMBARGOED(answer));
}

enum status report_line(const struct check_answer *answer, unsigned flags, struct buffer *to,
                        struct fault *fault)
{
    write_embargo(answer, to);
    for (size_t i = 0; i < answer->count; i++) {
        const struct statement *statement = &answer->statements[i];
        size_t others = 0;
        enum stet_severity least = flags & STET_REPORT_ALL ? STET_NONE : STET_NOTE;
        const struct finding *worst = worst_of(statement, least, &others);
        if (worst != NULL && !statement_is_settled(statement))
            write_finding(answer, statement, worst, others, flags, to);
    }
    return buffer_check(to, fault);
}

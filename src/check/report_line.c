#include "check/report.h"
#include "check/ruling.h"

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

static void write_finding(const struct check_answer *answer, const struct statement *statement,
                          const struct finding *finding, size_t others, struct buffer *to)
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
            write_finding(answer, statement, worst, others, to);
    }
    return buffer_check(to, fault);
}

#include "check/kinds.h"

#include <stdlib.h>

#include "check/acronyms.h"
#include "check/citations.h"
#include "check/dates.h"
#include "check/descriptions.h"
#include "check/figures.h"
#include "check/lists.h"
#include "check/names_case.h"
#include "check/placeholders.h"
#include "check/risk.h"
#include "check/spelling.h"
#include "check/statements.h"

enum { STATEMENTS_MAX = 60000 };

struct kind_judge {
    enum status (*judge)(struct run *run, struct fault *fault);
    uint32_t kinds; /* a bit per statement_kind that it looks for */
};

static const struct kind_judge judges[] = {
    { placeholders_judge, 1u << STATEMENT_PLACEHOLDER },
    { risk_judge, 1u << STATEMENT_NAME },
    { names_judge, 1u << STATEMENT_NAME | 1u << STATEMENT_ROLE },
    { acronyms_judge, 1u << STATEMENT_ACRONYM },
    { spelling_judge, 1u << STATEMENT_SPELLING },
    { figures_judge, 1u << STATEMENT_FIGURE },
    { lists_judge, 1u << STATEMENT_LIST },
    { dates_judge, 1u << STATEMENT_DATE },
    { descriptions_judge, 1u << STATEMENT_DESCRIPTION },
    { statements_judge, 1u << STATEMENT_ATTRIBUTED },
    { citations_judge, 1u << STATEMENT_CITATION | 1u << STATEMENT_REFERENCE },
};

static const char *const kind_words[] = {
#define KIND_WORD(name, word, several) word,
    STATEMENT_KINDS(KIND_WORD)
#undef KIND_WORD
};
static const char *const kind_several[] = {
#define KIND_SEVERAL(name, word, several) several,
    STATEMENT_KINDS(KIND_SEVERAL)
#undef KIND_SEVERAL
};

const char *statement_kind_word(enum statement_kind kind)
{
    return kind < STATEMENT_KIND_COUNT ? kind_words[kind] : "unknown";
}

const char *statement_kind_several(enum statement_kind kind)
{
    return kind < STATEMENT_KIND_COUNT ? kind_several[kind] : "unknown";
}

bool run_is_quoted(const struct run *run, uint32_t start, uint32_t end)
{
    const struct story *story = &run->answer->story;
    for (size_t i = 0; i < story->quotation_count; i++) {
        const struct quotation *quotation = &story->quotations[i];
        if (quotation->kind == QUOTATION_TERM || quotation->start >= end || quotation->end <= start)
            continue;
        bool is_writers = false;
        for (size_t k = 0; k < quotation->mark_count; k++)
            is_writers = is_writers ||
                         (quotation->marks[k].kind == MARK_WRITER &&
                          quotation->marks[k].start <= start && quotation->marks[k].end >= end);
        if (!is_writers)
            return true;
    }
    return false;
}

/* What was left to be filled in states nothing else. */
static bool is_placeholder(const struct run *run, const struct statement *statement)
{
    const struct statement *all = run->answer->statements + run->first_placeholder;
    for (size_t i = 0; i < run->placeholder_count; i++)
        if (all[i].start <= statement->start && statement->end <= all[i].end)
            return true;
    return false;
}

enum status run_add_statement(struct run *run, const struct statement *statement,
                              struct fault *fault)
{
    struct check_answer *answer = run->answer;
    if (is_placeholder(run, statement))
        return OK;
    if (answer->count >= STATEMENTS_MAX) {
        answer->story.cut = true;
        return OK;
    }
    if (answer->count >= run->statement_room) {
        size_t room = run->statement_room * 2 + 64;
        struct statement *grown = arena_alloc_many(run->arena, room, sizeof *grown);
        if (grown == NULL)
            return no_memory(fault);
        if (answer->count > 0)
            memcpy(grown, answer->statements, answer->count * sizeof *grown);
        answer->statements = grown;
        run->statement_room = room;
    }
    answer->statements[answer->count++] = *statement;
    return OK;
}

enum status run_add_finding(struct run *run, enum statement_kind kind, uint32_t start, uint32_t end,
                            enum check_verdict verdict, enum stet_severity severity,
                            const char *message, const struct cited *cited, struct fault *fault)
{
    struct statement statement = {
        .kind = kind, .start = start, .end = end, .verdict = verdict, .severity = severity
    };
    if (cited != NULL)
        statement.cited[statement.cited_count++] = *cited;
    if (severity != STET_NONE || message[0] != '\0') {
        statement.findings = arena_alloc(run->arena, sizeof *statement.findings);
        if (statement.findings == NULL)
            return no_memory(fault);
        statement.findings[statement.finding_count++] =
            (struct finding){ .code = statement_kind_word(kind),
                              .severity = severity,
                              .verdict = verdict,
                              .story_start = start,
                              .story_end = end,
                              .message = bytes_from_string(message) };
    }
    return run_add_statement(run, &statement, fault);
}

static int in_story_order(const void *left, const void *right)
{
    const struct statement *a = left, *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

enum status kinds_judge(struct run *run, struct fault *fault)
{
    struct check_answer *answer = run->answer;
    answer->is_checked[STATEMENT_QUOTATION] = true;
    for (size_t i = 0; i < sizeof judges / sizeof *judges; i++) {
        if (judges[i].judge == NULL)
            continue;
        TRY(judges[i].judge(run, fault));
        for (int kind = 0; kind < STATEMENT_KIND_COUNT; kind++)
            if (judges[i].kinds & (1u << kind))
                answer->is_checked[kind] = true;
    }
    if (answer->count > 1)
        qsort(answer->statements, answer->count, sizeof *answer->statements, in_story_order);
    return OK;
}

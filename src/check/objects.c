#include "check/objects.h"

#include "base/clock.h"
#include "base/hash.h"
#include "check/report.h"
#include "check/risk.h"
#include "check/ruling.h"

enum { TEXT_MOST = 100000, LINE_MOST = 4000, RULE_MOST = 64 };

struct making {
    const struct check_answer *answer;
    struct arena *arena;
};

static const char *line_of(const struct making *making, struct bytes text)
{
    return report_words(making->arena, text, LINE_MOST);
}

static const char *date_of(const struct making *making, const struct cited *cited)
{
    const char *date = line_of(making, cited->date);
    const char *made = cited->date_is_inferred ? arena_print(making->arena, "~%s", date) : date;
    return made != NULL ? made : "";
}

static struct stet_source source_of(const struct making *making, const struct cited *cited)
{
    return (struct stet_source){
        .name = line_of(making, cited->name),
        .address = report_address(making->arena, cited),
        .part = cited->part,
        .reading = line_of(making, cited->reading),
        .label = line_of(making, cited->label),
        .marking = line_of(making, cited->marking),
        .date = date_of(making, cited),
        .date_basis = cited->date_is_inferred ? line_of(making, cited->date_from) : "",
        .origin = line_of(making, cited->origin),
        .class_name = line_of(making, cited->class),
        .start = cited->start,
        .end = cited->end,
        .before = line_of(making, cited->before),
        .text = report_words(making->arena, cited->text, TEXT_MOST),
        .after = line_of(making, cited->after),
        .lead_in = line_of(making, cited->lead_in),
    };
}

static struct stet_difference difference_of(const struct making *making,
                                            const struct finding *finding)
{
    static const char *const markings[] = { "no", "yes", "wrongly" };
    return (struct stet_difference){
        .code = finding->code != NULL ? finding->code : "",
        .marked = finding->is_difference ? markings[finding->marking] : "",
        .severity = finding->severity,
        .message = line_of(making, finding->message),
        .story_text = line_of(making, finding->story_words),
        .source_text = line_of(making, finding->source_words),
        .start = finding->story_start,
        .end = finding->story_end,
    };
}

static enum status fill_lists(const struct making *making, const struct statement *from,
                              struct stet_statement *to, struct fault *fault)
{
    struct arena *arena = making->arena;
    struct stet_source *sources = arena_alloc_many(arena, from->cited_count + 1, sizeof *sources);
    struct stet_difference *differences =
        arena_alloc_many(arena, from->finding_count + 1, sizeof *differences);
    struct stet_candidate *candidates =
        arena_alloc_many(arena, from->candidate_count + 1, sizeof *candidates);
    if (sources == NULL || differences == NULL || candidates == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < from->cited_count; i++)
        sources[to->source_count++] = source_of(making, &from->cited[i]);
    for (size_t i = 0; i < from->finding_count; i++)
        if (!from->findings[i].folded)
            differences[to->difference_count++] = difference_of(making, &from->findings[i]);
    for (size_t i = 0; i < from->candidate_count; i++)
        candidates[to->candidate_count++] =
            (struct stet_candidate){ line_of(making, from->candidates[i].name),
                                     line_of(making, from->candidates[i].label),
                                     from->candidates[i].bits };
    to->sources = sources;
    to->differences = differences;
    to->candidates = candidates;
    return OK;
}

static void fill_ruling(const struct making *making, const struct statement *from,
                        struct stet_statement *to)
{
    char date[21];
    to->ruled_by = to->ruled = to->reason = "";
    to->is_reopened = from->ruling_is_stale;
    if (from->ruling == NULL)
        return;
    clock_format(from->ruling->made, date);
    to->ruling = (enum stet_ruling)from->ruling->ruling;
    to->ruled_by = line_of(making, from->ruling->by);
    to->ruled = line_of(making, bytes_make(date, 10));
    to->reason = line_of(making, from->ruling->reason);
}

static enum status statement_make(const struct making *making, const struct statement *from,
                                  struct stet_statement *to, struct fault *fault)
{
    char digits[2 * FINGERPRINT_LEN + 1], rule[RULE_MOST];
    const struct story *story = &making->answer->story;
    hex_from_bytes(bytes_make(from->fingerprint, FINGERPRINT_LEN), digits);
    to->kind = from->verdict == CHECK_TERM ? "term" : statement_kind_word(from->kind);
    rule_write(to->kind, from->verdict, rule, sizeof rule);
    to->id = arena_string(making->arena, bytes_from_string(digits));
    to->rule = arena_string(making->arena, bytes_from_string(rule));
    if (to->id == NULL || to->rule == NULL)
        return no_memory(fault);
    to->verdict = check_verdict_words(from->verdict);
    to->message = from->finding_count > 0 && !from->findings[0].folded
                      ? line_of(making, from->findings[0].message)
                      : to->verdict;
    to->severity = from->severity;
    to->start = from->start;
    to->end = from->end;
    story_line_column(story, from->start, &to->line, &to->column);
    to->text = report_words(
        making->arena, bytes_slice(story->text, from->start, from->end - from->start), TEXT_MOST);
    to->copies = from->copy_count;
    to->is_unexpected = from->is_unexpected;
    fill_ruling(making, from, to);
    return fill_lists(making, from, to, fault);
}

static enum status make_all(const struct making *making, struct stet_statements *statements,
                            struct fault *fault)
{
    const struct check_answer *answer = making->answer;
    struct stet_statement *at = arena_alloc_many(making->arena, answer->count + 1, sizeof *at);
    statements->story = arena_string(making->arena, answer->story.text);
    statements->story_len = answer->story.text.len;
    if (at == NULL || statements->story == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < answer->count; i++)
        TRY(statement_make(making, &answer->statements[i], &at[i], fault));
    statements->at = at;
    statements->count = answer->count;
    return OK;
}

enum status objects_make(const struct check_answer *answer, struct arena *arena,
                         struct stet_statements *statements, struct fault *fault)
{
    struct check_answer masked = *answer;
    *statements = (struct stet_statements){ 0 };
    if (answer->protected_count > 0)
        TRY(risk_mask(answer, arena, &masked, fault));
    struct making making = { &masked, arena };
    return make_all(&making, statements, fault);
}

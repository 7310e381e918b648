#include "check/judge.h"

#include <stdio.h>

#include "base/grow.h"
#include "text/fold.h"

enum { FINDINGS_MAX = 256, SHOWN_WORDS = 120 };
static const double enough_bits = 90, few_bits = 45;

enum reach_ruling reach_rule(const struct trace *trace, bool is_supported, double scale)
{
    double found = trace->candidate_count > 0 ? trace->candidates[0].bits : 0;
    switch (trace->reach) {
    case TRACE_TRACED:
        return REACH_TRACED;
    case TRACE_PROBABLE:
        return REACH_PROBABLE;
    case TRACE_AMBIGUOUS:
        return is_supported ? REACH_PROBABLE : REACH_SEVERAL;
    case TRACE_CANDIDATES_ONLY:
        return is_supported ? REACH_PROBABLE : REACH_CANNOT_TELL;
    case TRACE_TOO_COMMON:
        return REACH_CANNOT_TELL;
    case TRACE_NOTHING:
        break;
    }
    if (trace->budget_hit || trace->verbatim_bits < few_bits * scale)
        return REACH_CANNOT_TELL;
    bool is_clear = trace->verbatim_bits >= enough_bits * scale && found < few_bits * scale;
    return is_clear || found < trace->verbatim_bits / 3 ? REACH_NOT_FOUND : REACH_CANNOT_TELL;
}

/* The last word of a run, folded. */
static struct bytes last_word(struct bytes words)
{
    words = bytes_trim(words);
    size_t from = words.len;
    while (from > 0 && words.at[from - 1] != ' ')
        from--;
    return bytes_slice(words, from, words.len);
}

bool story_names(const struct judgement *judgement, struct bytes name)
{
    uint8_t wanted[128], held[4096];
    const struct story_paragraph *paragraph =
        &judgement->story->paragraphs[judgement->quotation->paragraph];
    struct bytes around =
        bytes_slice(judgement->story->text, paragraph->start, paragraph->end - paragraph->start);
    size_t len = fold_text(last_word(name), wanted, sizeof wanted);
    size_t there = fold_text(around, held, sizeof held);
    return len > 2 && bytes_find(bytes_make(held, there), bytes_make(wanted, len), 0) != SIZE_MAX;
}

static struct circumstances circumstances_of(const struct judgement *judgement,
                                             const struct difference *difference)
{
    const struct candidate *best = &judgement->trace->candidates[0];
    struct circumstances around = { .is_doubtful = best->is_doubtful,
                                    .is_probable = judgement->reach == REACH_PROBABLE };
    around.names_inner_speaker =
        best->inner_speaker.len > 0 && story_names(judgement, best->inner_speaker);
    for (size_t i = 0; i < judgement->quotation->mark_count; i++) {
        const struct mark *mark = &judgement->quotation->marks[i];
        if (mark->kind == MARK_WRITER && difference->story_start >= mark->start &&
            difference->story_start <= mark->end)
            around.joins_at_gap = true;
    }
    return around;
}

static struct bytes short_words(struct bytes words)
{
    words = bytes_trim(words);
    return words.len <= SHOWN_WORDS ? words : bytes_slice(words, 0, SHOWN_WORDS);
}

/* What differs, in one sentence; the words are literal and cleaned by the report. */
static struct bytes message_of(const struct difference *difference, struct arena *arena)
{
    struct bytes story = short_words(difference->story_words),
                 source = short_words(difference->source_words);
    const char *what = difference_words(difference->class);
    char *made;
    if (story.len > 0 && source.len > 0)
        made = arena_print(arena, "%s: \"%.*s\" is printed \"%.*s\"", what, (int)source.len,
                           (const char *)source.at, (int)story.len, (const char *)story.at);
    else if (story.len > 0)
        made = arena_print(arena, "%s: \"%.*s\"", what, (int)story.len, (const char *)story.at);
    else if (source.len > 0)
        made = arena_print(arena, "%s: \"%.*s\"", what, (int)source.len, (const char *)source.at);
    else
        made = arena_print(arena, "%s", what);
    return bytes_from_string(made != NULL ? made : what);
}

static struct finding finding_of(const struct judgement *judgement,
                                 const struct difference *difference)
{
    struct circumstances around = circumstances_of(judgement, difference);
    struct severity_ruling ruling = severity_of(difference, &around);
    return (struct finding){ .code = difference_code(difference->class),
                             .severity = ruling.severity,
                             .verdict = ruling.verdict,
                             .first = ruling.first,
                             .folded = ruling.folded,
                             .is_difference = true,
                             .marking = difference->marking,
                             .story_start = difference->story_start,
                             .story_end = difference->story_end,
                             .source_start = difference->source_start,
                             .source_end = difference->source_end,
                             .passage = difference->passage,
                             .story_words = difference->story_words,
                             .source_words = difference->source_words,
                             .message = message_of(difference, judgement->arena) };
}

/* Worse first: severity, then what stands first in the memo, then the rank of the verdict. */
static bool is_worse(const struct finding *a, const struct finding *b)
{
    if (a->severity != b->severity)
        return a->severity > b->severity;
    if (a->first != b->first)
        return a->first;
    return verdict_outranks(a->verdict, b->verdict);
}

static void insert(struct statement *statement, const struct finding *finding)
{
    size_t at = statement->finding_count++;
    while (at > 0 && is_worse(finding, &statement->findings[at - 1])) {
        statement->findings[at] = statement->findings[at - 1];
        at--;
    }
    statement->findings[at] = *finding;
}

static void conclude(struct statement *statement)
{
    statement->verdict = CHECK_VERBATIM;
    statement->severity = STET_NONE;
    for (size_t i = 0; i < statement->finding_count; i++) {
        const struct finding *finding = &statement->findings[i];
        if (i == 0 || finding->severity > statement->severity ||
            (finding->severity == statement->severity &&
             verdict_outranks(finding->verdict, statement->verdict)))
            statement->verdict = finding->verdict;
        if (finding->severity > statement->severity)
            statement->severity = finding->severity;
        statement->first = statement->first || finding->first;
    }
}

static enum status judge_traced(const struct judgement *judgement, struct statement *statement,
                                struct fault *fault)
{
    const struct candidate *best = &judgement->trace->candidates[0];
    size_t count = best->difference_count < FINDINGS_MAX ? best->difference_count : FINDINGS_MAX;
    statement->findings =
        arena_alloc_many(judgement->arena, count + 2, sizeof *statement->findings);
    if (statement->findings == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        struct finding finding = finding_of(judgement, &best->differences[i]);
        insert(statement, &finding);
    }
    struct finding speaker;
    if (speaker_judge(judgement, statement, &speaker))
        insert(statement, &speaker);
    conclude(statement);
    return OK;
}

static enum status judge_alone(const struct judgement *judgement, struct statement *statement,
                               const char *code, enum check_verdict verdict,
                               enum stet_severity severity, const char *message,
                               struct fault *fault)
{
    statement->findings = arena_alloc(judgement->arena, sizeof *statement->findings);
    if (statement->findings == NULL)
        return no_memory(fault);
    statement->findings[0] = (struct finding){ .code = code,
                                               .verdict = verdict,
                                               .severity = severity,
                                               .story_start = judgement->quotation->start,
                                               .story_end = judgement->quotation->end,
                                               .message = bytes_from_string(message) };
    statement->finding_count = 1;
    statement->verdict = verdict;
    statement->severity = severity;
    return OK;
}

static const char *too_common(const struct judgement *judgement)
{
    if (judgement->trace->budget_hit)
        return "too many places to look through: the search was ended before it could say";
    if (judgement->trace->places > 0) {
        char *made = arena_print(judgement->arena,
                                 "too short or too common to say: its words stand in %s%llu places",
                                 judgement->trace->budget_hit ? "at least " : "",
                                 (unsigned long long)judgement->trace->places);
        if (made != NULL)
            return made;
    }
    return judgement->trace->candidate_count > 0 ? "too little evidence to say: see the candidates"
                                                 : "too short or too common to say";
}

enum status judge(const struct judgement *judgement, struct statement *statement,
                  struct fault *fault)
{
    statement->bits_verbatim = judgement->trace->verbatim_bits;
    statement->bits_found =
        judgement->trace->candidate_count > 0 ? judgement->trace->candidates[0].bits : 0;
    switch (judgement->reach) {
    case REACH_TRACED:
    case REACH_PROBABLE:
        return judge_traced(judgement, statement, fault);
    case REACH_SEVERAL:
        return judge_alone(judgement, statement, "N3", CHECK_SEVERAL, STET_QUERY,
                           "stands equally well in several unrelated documents", fault);
    case REACH_NOT_FOUND:
        statement->is_unexpected = !judgement->quotation->names_document;
        return judge_alone(judgement, statement, "N1", CHECK_NOT_FOUND,
                           statement->is_unexpected ? STET_NONE : STET_QUERY,
                           "stands in no document held here that was read", fault);
    case REACH_CANNOT_TELL:
        return judge_alone(judgement, statement, "N2", CHECK_CANNOT_TELL, STET_NOTE,
                           too_common(judgement), fault);
    }
    return OK;
}

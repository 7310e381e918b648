#include "check/judge.h"

#include <stdio.h>

#include "base/grow.h"
#include "story/scan.h"
#include "text/fold.h"

enum { FINDINGS_MAX = 256, SHOWN_WORDS = 120, CONTEXT_BEFORE = 1, CONTEXT_AFTER = 3 };
enum { PARAPHRASE_FINDINGS = 3, PARAPHRASE_PERCENT = 40 };
static const double enough_bits = 90, few_bits = 45;

enum reach_ruling reach_rule(const struct trace *trace, bool is_supported)
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
    if (trace->budget_hit || trace->verbatim_bits < few_bits)
        return REACH_CANNOT_TELL;
    bool is_clear = trace->verbatim_bits >= enough_bits && found < few_bits;
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

/* Half the quotation's weight or more is not there, and nothing says that it should be: a formula
 * shared with another text may be all that was found. */
static bool is_partial(const struct judgement *judgement)
{
    return judgement->trace->candidates[0].bits < judgement->trace->verbatim_bits / 2 &&
           !judgement->is_supported && !judgement->quotation->names_document;
}

/* One word in doubtful text makes its neighbours doubtful: a scan that breaks one word breaks the
 * next. */
static bool touches_doubt(const struct candidate *best)
{
    for (size_t i = 0; i < best->difference_count; i++)
        if (best->differences[i].flags & DIFFERENCE_DOUBTFUL)
            return true;
    return false;
}

static struct circumstances circumstances_of(const struct judgement *judgement,
                                             const struct difference *difference)
{
    const struct candidate *best = &judgement->trace->candidates[0];
    struct circumstances around = { .is_doubtful = best->is_doubtful || touches_doubt(best),
                                    .is_probable = judgement->reach == REACH_PROBABLE ||
                                                   judgement->quotation->is_unclosed ||
                                                   is_partial(judgement) };
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

/* A run with some words of context on both sides, within [low, high). */
static struct bytes with_context(struct bytes text, size_t low, size_t high, size_t start,
                                 size_t end)
{
    for (int words = 0; words < CONTEXT_BEFORE && start > low; words++) {
        while (start > low && text.at[start - 1] <= ' ')
            start--;
        while (start > low && text.at[start - 1] > ' ')
            start--;
    }
    for (int words = 0; words < CONTEXT_AFTER && end < high; words++) {
        while (end < high && text.at[end] <= ' ')
            end++;
        while (end < high && text.at[end] > ' ')
            end++;
    }
    return bytes_trim(bytes_slice(text, start, end - start));
}

/* Long runs lose their middle. */
static const char *shortened(struct arena *arena, struct bytes words)
{
    words = bytes_trim(words);
    if (words.len == 0)
        return "";
    size_t head = words.len, tail = words.len;
    if (words.len > SHOWN_WORDS) {
        head = SHOWN_WORDS / 2;
        tail = words.len - SHOWN_WORDS / 2;
        while (head > 0 && words.at[head] > ' ')
            head--;
        while (tail < words.len && words.at[tail] > ' ')
            tail++;
    }
    const char *made =
        arena_print(arena, "%.*s%s%.*s", (int)head, (const char *)words.at, tail > head ? " …" : "",
                    (int)(words.len - tail), (const char *)words.at + tail);
    return made != NULL ? made : "";
}

/* What differs is told by its words where they stand in both texts. */
static bool is_told_in_context(const struct difference *difference)
{
    switch ((int)difference->class) {
    case DIFFERENCE_V7:
    case DIFFERENCE_O4:
    case DIFFERENCE_O5:
    case DIFFERENCE_I1:
    case DIFFERENCE_S1:
    case DIFFERENCE_S2:
    case DIFFERENCE_S3:
    case DIFFERENCE_S4:
    case DIFFERENCE_S5:
    case DIFFERENCE_P1:
    case DIFFERENCE_P2:
    case DIFFERENCE_M3:
        return true;
    default:
        return false;
    }
}

/* The cited passage that holds the source's side of a difference, or NULL. */
static const struct cited *cited_of(const struct statement *statement,
                                    const struct difference *difference)
{
    if (difference->passage >= statement->cited_count)
        return NULL;
    const struct cited *cited = &statement->cited[difference->passage];
    bool inside = difference->source_start >= cited->start &&
                  difference->source_end >= difference->source_start &&
                  difference->source_end - cited->start <= cited->shown.len;
    return inside ? cited : NULL;
}

static const char *message_in_context(const struct judgement *judgement,
                                      const struct statement *statement,
                                      const struct difference *difference)
{
    const struct quotation *quotation = judgement->quotation;
    const struct cited *cited = cited_of(statement, difference);
    if (cited == NULL)
        return NULL;
    struct bytes story = with_context(judgement->story->text, quotation->start, quotation->end,
                                      difference->story_start, difference->story_end);
    struct bytes source =
        with_context(cited->shown, 0, cited->shown.len, difference->source_start - cited->start,
                     difference->source_end - cited->start);
    return arena_print(judgement->arena, "\"%s\" is printed \"%s\"",
                       shortened(judgement->arena, source), shortened(judgement->arena, story));
}

/* The source's words of a difference, without furniture where the passage holds them. */
static struct bytes shown_words(const struct statement *statement,
                                const struct difference *difference)
{
    const struct cited *cited = cited_of(statement, difference);
    if (cited == NULL)
        return difference->source_words;
    return bytes_slice(cited->shown, difference->source_start - cited->start,
                       difference->source_end - difference->source_start);
}

static const char *message_of_splice(const struct statement *statement, const char *what,
                                     struct arena *arena)
{
    const struct cited *a = &statement->cited[0], *b = &statement->cited[1];
    return arena_print(arena, "%s: %.*s#%.*s and %.*s#%.*s", what, (int)a->name.len,
                       (const char *)a->name.at, (int)a->label.len, (const char *)a->label.at,
                       (int)b->name.len, (const char *)b->name.at, (int)b->label.len,
                       (const char *)b->label.at);
}

/* What differs, in one sentence; the words are literal and cleaned by the report. */
static struct bytes message_of(const struct judgement *judgement, const struct statement *statement,
                               const struct difference *difference)
{
    struct arena *arena = judgement->arena;
    const char *what = difference_words(difference->class), *made = NULL;
    if (is_told_in_context(difference))
        made = message_in_context(judgement, statement, difference);
    bool joins = difference->class == DIFFERENCE_M1 || difference->class == DIFFERENCE_M2;
    if (joins && statement->cited_count == 2)
        made = message_of_splice(statement, what, arena);
    const char *story = shortened(arena, difference->story_words);
    const char *source = shortened(arena, shown_words(statement, difference));
    if (made == NULL && *story && *source)
        made = arena_print(arena, "%s: \"%s\" is printed \"%s\"", what, source, story);
    else if (made == NULL)
        made = *story || *source ? arena_print(arena, "%s: \"%s\"", what, *story ? story : source)
                                 : what;
    return bytes_from_string(made != NULL ? made : what);
}

static struct finding finding_of(const struct judgement *judgement,
                                 const struct statement *statement,
                                 const struct difference *difference)
{
    struct circumstances around = circumstances_of(judgement, difference);
    struct severity_ruling ruling = severity_of(difference, &around);
    style_apply(judgement->style, difference->class, &ruling);
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
                             .words = difference->words,
                             .story_words = difference->story_words,
                             .source_words = difference->source_words,
                             .message = message_of(judgement, statement, difference) };
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

/* Words left out, added or changed in the wording itself. */
static bool is_rewording(const struct finding *finding)
{
    return finding->is_difference && finding->severity >= STET_QUERY &&
           strchr("OIS", finding->code[0]) &&
           (finding->verdict == CHECK_ALTERED || finding->verdict == CHECK_DOUBTFUL);
}

/* Quotation marks around a paraphrase: so many words differ that one question stands for all of
 * them. */
static void paraphrase_fold(const struct judgement *judgement, struct statement *statement)
{
    size_t found = 0, kept = 0;
    uint32_t changed = 0;
    size_t words = words_count(judgement->story->text, judgement->quotation->start,
                               judgement->quotation->end, SIZE_MAX);
    for (size_t i = 0; i < statement->finding_count; i++)
        if (is_rewording(&statement->findings[i])) {
            found++;
            changed += statement->findings[i].words > 0 ? statement->findings[i].words : 1;
        }
    if (found < PARAPHRASE_FINDINGS || (size_t)changed * 100 < words * PARAPHRASE_PERCENT)
        return;
    for (size_t i = 0; i < statement->finding_count; i++)
        if (!is_rewording(&statement->findings[i]))
            statement->findings[kept++] = statement->findings[i];
    statement->finding_count = kept;
    const char *made = arena_print(judgement->arena,
                                   "%u words differ in a quotation of %zu: quotation "
                                   "marks round a paraphrase?",
                                   changed, words);
    struct finding question = { .code = "Q1",
                                .severity = STET_QUERY,
                                .verdict = CHECK_ALTERED,
                                .story_start = judgement->quotation->start,
                                .story_end = judgement->quotation->end,
                                .message = bytes_from_string(made != NULL ? made : "paraphrase?") };
    insert(statement, &question);
}

/* Words that differ in one doubtful passage are one thing to look at, not one query each. */
static void doubt_fold(const struct judgement *judgement, struct statement *statement)
{
    size_t kept = 0, count = 0;
    struct finding *first = NULL;
    for (size_t i = 0; i < statement->finding_count; i++) {
        struct finding *finding = &statement->findings[i];
        if (finding->verdict == CHECK_DOUBTFUL && count++ > 0)
            continue;
        statement->findings[kept] = *finding;
        if (finding->verdict == CHECK_DOUBTFUL)
            first = &statement->findings[kept];
        kept++;
    }
    statement->finding_count = kept;
    if (count < 2)
        return;
    char *made =
        arena_print(judgement->arena, "%.*s, and %zu more in text that a scan may have misread",
                    (int)first->message.len, (const char *)first->message.at, count - 1);
    if (made != NULL)
        first->message = bytes_from_string(made);
}

/* Folded, and the blanks run together. */
static size_t fold_flat(struct bytes text, uint8_t *to, size_t room)
{
    size_t len = fold_text(text, to, room), kept = 0;
    for (size_t i = 0; i < len; i++)
        if (to[i] > ' ')
            to[kept++] = to[i];
        else if (kept > 0 && to[kept - 1] != ' ')
            to[kept++] = ' ';
    while (kept > 0 && to[kept - 1] == ' ')
        kept--;
    return kept;
}

/* Words "added" by the story that stand there after all, in what was read as a page head or mark:
 * our reading may be wrong, the story is not. */
static bool stands_in_furniture(const struct cited *cited, struct bytes words)
{
    uint8_t wanted[512], around[4096], shown[4096];
    size_t len = fold_flat(words, wanted, sizeof wanted);
    size_t all = fold_flat(cited->around, around, sizeof around);
    size_t body = fold_flat(cited->shown, shown, sizeof shown);
    if (len < 3 || cited->around.len > 3000)
        return false;
    return bytes_find(bytes_make(around, all), bytes_make(wanted, len), 0) != SIZE_MAX &&
           bytes_find(bytes_make(shown, body), bytes_make(wanted, len), 0) == SIZE_MAX;
}

static void spare_furniture(struct statement *statement, struct finding *finding)
{
    bool is_added = finding->is_difference && strcmp(finding->code, "I1") == 0;
    if (!is_added || finding->passage >= statement->cited_count ||
        !stands_in_furniture(&statement->cited[finding->passage], finding->story_words))
        return;
    finding->severity = STET_NOTE;
    finding->verdict = CHECK_VERBATIM;
    finding->first = false;
    finding->message = bytes_from_string(
        "these words stand there in what was read as a page head or mark: look at the source");
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
        struct finding finding = finding_of(judgement, statement, &best->differences[i]);
        spare_furniture(statement, &finding);
        insert(statement, &finding);
    }
    paraphrase_fold(judgement, statement);
    doubt_fold(judgement, statement);
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
    if (judgement->is_nothing_read)
        return "nothing could be read in the documents held here";
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
        if (judgement->quotation->is_unclosed)
            return judge_alone(judgement, statement, "N2", CHECK_CANNOT_TELL, STET_NOTE,
                               "its closing mark is missing: where it ends cannot be told", fault);
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

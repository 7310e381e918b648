#include "check/figures.h"

#include <math.h>

#include "check/lookup.h"
#include "check/statements_add.h"
#include "text/tokenize.h"

enum { LIKEST = 16, WINDOW = 12, LOOKUPS_MAX = 8, LOOKUP_BYTES_MAX = 256 << 10 };
enum {
    FIX_WORDS = 4,
    QUERY_WORDS = 3,
    HARD_MIN = 13,
    BARE_MIN = 10,
    MONEY_MIN = 1000,
    ROUND_MIN = 100,
    SHARED_MIN = 2
};
static const double fix_share = 0.6, query_share = 0.5, fix_bits = 35, query_bits = 25;
static const double brief_share = 0.9, brief_bits = 18;
static const double all_share = 0.75, period_bits = 10, support_bits = 12, agree_bits = 24;

/* One figure of the story being judged. */
struct question {
    struct shelf *shelf;
    const struct figure *figure;
    const struct shelf_sentence *sentence;
    struct likeness likest[LIKEST];
    size_t likest_count;
};

/* A figure of a document held against it. */
struct answer {
    const struct shelf_part *part;
    const struct figure *figure;
    enum thing_relation thing;
    enum value_relation value;
    double bits, share; /* of the words of the figure's clause */
    uint32_t words;
    bool is_beside;
    bool is_paired; /* no other figure of its sentence may be meant */
};

static struct counted counted_of(const struct shelf_text *text, const struct figure *figure)
{
    return (struct counted){ text, figure };
}

/* A clause begins here: ", and revenue", "; the ships". */
static bool begins_clause(const struct saying *saying, size_t at)
{
    uint16_t gap = saying->at[at].gap;
    return (gap & GAP_PAUSE) != 0 ||
           ((gap & GAP_COMMA) != 0 &&
            said_is_among(saying, at,
                          "and but while which who although though as whereas with y pero"));
}

/* The clause around the figure, at most WINDOW words to each side. */
static void clause_around(const struct question *question, size_t *first, size_t *end)
{
    const struct saying *saying = &question->shelf->story.saying;
    size_t low = question->sentence->first, high = question->sentence->end;
    *first = question->figure->first;
    *end = *first + question->figure->words;
    for (size_t i = 0; i<WINDOW && * first> low && !begins_clause(saying, *first); i++)
        --*first;
    for (size_t i = 0; i < WINDOW && *end < high && !begins_clause(saying, *end); i++)
        ++*end;
}

/* The words around the figure, within its clause and outside of quotations, that stand in a
 * sentence of a part too. */
static void weigh_clause(const struct question *question, const struct likeness *likeness,
                         struct answer *answer)
{
    const struct shelf_text *story = &question->shelf->story;
    size_t first, end;
    double whole = 0;
    clause_around(question, &first, &end);
    for (size_t i = first; i < end; i++) {
        if (!shelf_compares(question->shelf, i))
            continue;
        double bits = shelf_word_bits(question->shelf, i);
        whole += bits;
        if (shelf_shares(likeness->part, likeness->sentence, story->stems[i])) {
            answer->bits += bits;
            answer->words++;
        }
    }
    answer->share = whole > 0 ? answer->bits / whole : 0;
    if (question->figure->period.words > 0 && answer->figure->period.words > 0 &&
        period_compare(&question->figure->period, &answer->figure->period) == PERIOD_SAME) {
        answer->bits += period_bits;
        answer->words++;
    }
}

static size_t figures_first(const struct shelf_text *text, const struct shelf_sentence *sentence)
{
    size_t low = 0, high = text->figures.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->figures.at[middle].first < sentence->first)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool may_be_meant(const struct question *question, const struct shelf_part *part,
                         const struct figure *figure)
{
    struct counted story = counted_of(&question->shelf->story, question->figure);
    struct counted source = counted_of(&part->text, figure);
    enum value_relation value = figures_values(question->figure, figure);
    bool same_unit = question->figure->unit == figure->unit || value != VALUE_OTHER ||
                     (question->figure->unit == FIGURE_MONEY && figure->thing_count == 0 &&
                      quantity_compare(figure->low, quantity_make(MONEY_MIN, 1)) >= 0);
    return same_unit && figures_things(&story, &source) != THING_OTHER;
}

/* Where a sentence of the source has several figures that may be meant, the one of the same period
 * or of the same turn is. */
static bool is_paired(const struct question *question, const struct likeness *likeness,
                      const struct figure *figure)
{
    const struct figure_list *list = &likeness->part->text.figures;
    size_t meant = 0, turn = 0, story_meant = 0, story_turn = 0, same_period = 0;
    for (size_t i = figures_first(&likeness->part->text, likeness->sentence);
         i < list->count && list->at[i].first < likeness->sentence->end; i++)
        if (may_be_meant(question, likeness->part, &list->at[i])) {
            turn += list->at[i].first < figure->first;
            meant++;
            same_period +=
                question->figure->period.words > 0 && list->at[i].period.words > 0 &&
                period_compare(&question->figure->period, &list->at[i].period) <= PERIOD_INSIDE;
        }
    if (meant <= 1)
        return true;
    bool is_same = question->figure->period.words > 0 && figure->period.words > 0 &&
                   period_compare(&question->figure->period, &figure->period) <= PERIOD_INSIDE;
    if (same_period == 1)
        return is_same;
    const struct shelf_text *story = &question->shelf->story;
    for (size_t i = figures_first(story, question->sentence);
         i < story->figures.count && story->figures.at[i].first < question->sentence->end; i++)
        if (story->figures.at[i].unit == question->figure->unit) {
            story_turn += story->figures.at[i].first < question->figure->first;
            story_meant++;
        }
    return story_meant == meant && story_turn == turn;
}

static bool is_better(const struct answer *a, const struct answer *b)
{
    if (b->figure == NULL || (a->value == VALUE_EQUAL) != (b->value == VALUE_EQUAL))
        return b->figure == NULL || a->value == VALUE_EQUAL;
    if ((a->value == VALUE_ROUNDED || a->value == VALUE_TRIMMED) !=
        (b->value == VALUE_ROUNDED || b->value == VALUE_TRIMMED))
        return a->value == VALUE_ROUNDED || a->value == VALUE_TRIMMED;
    return a->bits > b->bits;
}

static bool supports(const struct question *question, const struct answer *answer)
{
    if (question->figure->period.words > 0 && answer->figure->period.words > 0 &&
        period_compare(&question->figure->period, &answer->figure->period) == PERIOD_OTHER)
        return false;
    bool is_bare = question->figure->unit == FIGURE_COUNT && question->figure->thing_count == 0 &&
                   quantity_compare(question->figure->low, quantity_make(ROUND_MIN, 1)) < 0;
    if (answer->value == VALUE_TRIMMED &&
        (!answer->is_beside || answer->share < query_share || is_bare))
        return false;
    double needed =
        question->figure->is_span || answer->thing == THING_NEAR ? agree_bits : support_bits;
    return answer->thing == THING_SAME ? answer->bits >= needed / 2 : answer->bits >= needed;
}

static bool is_moved(const struct answer *answer)
{
    return answer->value == VALUE_SCALED || answer->value == VALUE_REUNITED;
}

/* Whether the source's sentence says what the story's says, so that the numbers must agree. The
 * same digits in another scale need fewer words. */
static bool restates(const struct question *question, const struct answer *answer)
{
    uint32_t words = is_moved(answer) ? QUERY_WORDS - 1 : QUERY_WORDS;
    double bits = is_moved(answer) ? query_bits * 2 / 3 : query_bits;
    bool is_brief = answer->words == QUERY_WORDS - 1 && answer->share >= brief_share &&
                    answer->bits >= brief_bits;
    bool is_alike = answer->words >= words && answer->share >= query_share && answer->bits >= bits;
    bool is_bare = question->figure->unit == FIGURE_COUNT && question->figure->thing_count == 0;
    bool is_small = quantity_compare(question->figure->low, quantity_make(BARE_MIN, 1)) < 0 ||
                    quantity_compare(answer->figure->low, quantity_make(BARE_MIN, 1)) < 0;
    if (is_bare && is_small)
        return false;
    if (!answer->is_beside || !answer->is_paired || (!is_alike && !is_brief))
        return false;
    if (question->figure->period.words > 0 && answer->figure->period.words > 0 &&
        period_compare(&question->figure->period, &answer->figure->period) == PERIOD_OTHER)
        return false;
    bool is_plain = question->figure->unit == FIGURE_COUNT && !question->figure->is_span &&
                    question->figure->thing_count > 0;
    return !is_plain || answer->thing == THING_SAME || is_moved(answer);
}

static bool is_fixed(const struct answer *answer)
{
    if (is_moved(answer))
        return answer->words >= QUERY_WORDS && answer->bits >= query_bits;
    bool is_all =
        answer->words >= QUERY_WORDS && answer->share >= all_share && answer->bits >= query_bits;
    bool is_most =
        answer->words >= FIX_WORDS && answer->share >= fix_share && answer->bits >= fix_bits;
    return is_all || is_most;
}

/* The best support, and the best contradiction. */
static void hold(const struct question *question, struct answer *best, struct answer *against)
{
    struct counted story = counted_of(&question->shelf->story, question->figure);
    for (size_t i = 0; i < question->likest_count; i++) {
        const struct likeness *likeness = &question->likest[i];
        const struct figure_list *list = &likeness->part->text.figures;
        for (size_t k = figures_first(&likeness->part->text, likeness->sentence);
             k < list->count && list->at[k].first < likeness->sentence->end; k++) {
            struct counted source = counted_of(&likeness->part->text, &list->at[k]);
            struct answer answer = { .part = likeness->part,
                                     .figure = &list->at[k],
                                     .thing = figures_things(&story, &source),
                                     .value = figures_values(question->figure, &list->at[k]),
                                     .is_beside = likeness->is_beside };
            if (!may_be_meant(question, likeness->part, &list->at[k]))
                continue;
            weigh_clause(question, likeness, &answer);
            answer.is_paired = is_paired(question, likeness, &list->at[k]);
            bool agrees = answer.value == VALUE_EQUAL || answer.value == VALUE_ROUNDED ||
                          answer.value == VALUE_TRIMMED;
            if (agrees && supports(question, &answer) && is_better(&answer, best))
                *best = answer;
            if (!agrees && restates(question, &answer) && is_better(&answer, against))
                *against = answer;
        }
    }
}

/* The same number of the same thing anywhere on the shelf: it may be meant instead. */
static bool stands_anywhere(const struct question *question, struct answer *found)
{
    struct counted story = counted_of(&question->shelf->story, question->figure);
    for (size_t p = 0; p < question->shelf->part_count; p++) {
        const struct shelf_part *part = &question->shelf->parts[p];
        for (size_t i = 0; i < part->text.figures.count; i++) {
            const struct figure *figure = &part->text.figures.at[i];
            struct counted source = counted_of(&part->text, figure);
            if (figures_values(question->figure, figure) != VALUE_EQUAL ||
                figures_things(&story, &source) != THING_SAME)
                continue;
            *found = (struct answer){ .part = part, .figure = figure, .value = VALUE_EQUAL };
            return true;
        }
    }
    return false;
}

/* Two figures of one sentence that make the story's together. */
static bool is_sum(const struct question *question, const struct figure **one,
                   const struct figure **two, const struct shelf_part **part)
{
    struct counted story = counted_of(&question->shelf->story, question->figure);
    for (size_t i = 0; i < question->likest_count; i++) {
        const struct likeness *likeness = &question->likest[i];
        const struct figure_list *list = &likeness->part->text.figures;
        size_t from = figures_first(&likeness->part->text, likeness->sentence);
        for (size_t a = from; a < list->count && list->at[a].first < likeness->sentence->end; a++)
            for (size_t b = a + 1; b < list->count && list->at[b].first < likeness->sentence->end;
                 b++) {
                struct figure sum = list->at[a];
                struct counted source = counted_of(&likeness->part->text, &list->at[b]);
                sum.low = sum.high = quantity_add(list->at[a].low, list->at[b].low);
                if (list->at[a].unit != list->at[b].unit || list->at[a].is_span ||
                    figures_things(&story, &source) != THING_SAME ||
                    figures_values(question->figure, &sum) != VALUE_EQUAL)
                    continue;
                *one = &list->at[a];
                *two = &list->at[b];
                *part = likeness->part;
                return true;
            }
    }
    return false;
}

static const char *figure_words(const struct question *question, const struct shelf_part *part,
                                const struct figure *figure)
{
    uint32_t end = figure->end;
    if (figure->thing_count > 0)
        end = part->text.saying.at[figure->thing[figure->thing_count - 1]].end;
    return ruled_words(question->shelf->run->arena, part->held->shown, figure->start, end);
}

static enum status add(const struct question *question, const struct answer *answer,
                       enum check_verdict verdict, enum stet_severity severity, const char *message,
                       struct fault *fault)
{
    const struct figure *figure = question->figure;
    struct ruled ruled = { .kind = STATEMENT_FIGURE,
                           .start = figure->start,
                           .end = figure->end,
                           .verdict = verdict,
                           .severity = severity,
                           .message = message };
    if (figure->thing_count > 0)
        ruled.end = question->shelf->story.saying.at[figure->thing[figure->thing_count - 1]].end;
    if (answer != NULL && answer->figure != NULL) {
        ruled.part = answer->part;
        ruled.source_start = answer->figure->start;
        ruled.source_end = answer->figure->end;
        if (answer->figure->thing_count > 0)
            ruled.source_end =
                answer->part->text.saying.at[answer->figure->thing[answer->figure->thing_count - 1]]
                    .end;
        ruled.is_difference = severity >= STET_QUERY;
    }
    ruled.is_unexpected = verdict == CHECK_NOT_FOUND && severity == STET_NONE;
    return ruled_add(question->shelf, &ruled, fault);
}

static enum status add_support(const struct question *question, const struct answer *best,
                               struct fault *fault)
{
    struct arena *arena = question->shelf->run->arena;
    if (best->value != VALUE_TRIMMED)
        return add(question, best, CHECK_AGREES, STET_NONE, NULL, fault);
    const char *said = arena_print(arena,
                                   "rounded without a word such as \"about\": the source "
                                   "has \"%s\"",
                                   figure_words(question, best->part, best->figure));
    return add(question, best, CHECK_ROUNDED, STET_IMPRECISE, said, fault);
}

static enum status add_against(const struct question *question, const struct answer *against,
                               struct fault *fault)
{
    struct arena *arena = question->shelf->run->arena;
    const char *source = figure_words(question, against->part, against->figure);
    if (is_moved(against)) {
        const char *said = arena_print(arena,
                                       "the same digits in another %s: the source has "
                                       "\"%s\"",
                                       against->value == VALUE_SCALED ? "scale" : "unit", source);
        return add(question, against, CHECK_UNIT, is_fixed(against) ? STET_FIX : STET_QUERY, said,
                   fault);
    }
    const char *said = arena_print(arena, "the source has \"%s\"", source);
    return add(question, against, CHECK_DIFFERS, is_fixed(against) ? STET_FIX : STET_QUERY, said,
               fault);
}

/* Another document beside says the same of another number, as plainly. */
static bool is_conflicting(const struct answer *best, const struct answer *against)
{
    return best->part->held->document != against->part->held->document && is_fixed(against) &&
           against->value == VALUE_OTHER && against->bits >= best->bits;
}

static enum status add_conflict(const struct question *question, const struct answer *best,
                                const struct answer *against, struct fault *fault)
{
    const char *said =
        arena_print(question->shelf->run->arena, "one document has \"%s\", another has \"%s\"",
                    figure_words(question, best->part, best->figure),
                    figure_words(question, against->part, against->figure));
    return add(question, against, CHECK_CONFLICTING, STET_QUERY, said, fault);
}

/* Large, of money, or a share: a reader would ask where it comes from. */
static bool is_hard(const struct figure *figure)
{
    bool is_large = quantity_compare(figure->low, quantity_make(HARD_MIN, 1)) >= 0;
    return !figure->is_span && figure->unit != FIGURE_PART &&
           (is_large || figure->unit != FIGURE_COUNT);
}

/* Ask the whole archive for the number with the thing near. */
static enum status look_up(const struct question *question, size_t *lookups, struct lookup *lookup,
                           struct fault *fault)
{
    const struct shelf_text *story = &question->shelf->story;
    const struct figure *figure = question->figure;
    struct run *run = question->shelf->run;
    SCOPED(buffer_release) struct buffer query = { 0 };
    *lookup = (struct lookup){ 0 };
    bool is_plain = figure->thing_count == 0 && figure->unit != FIGURE_MONEY;
    if (is_plain || figure->unit == FIGURE_PART || ++*lookups > LOOKUPS_MAX)
        return OK;
    buffer_u8(&query, '"');
    for (size_t i = figure->first; i < figure->first + figure->words; i++) {
        buffer_append_bytes(&query, story->saying.at[i].key);
        buffer_u8(&query, i + 1 < figure->first + figure->words ? ' ' : '"');
    }
    if (figure->thing_count > 0) {
        buffer_append_text(&query, " NEAR/6 \"");
        buffer_append_bytes(&query, story->saying.at[figure->thing[figure->head]].key);
        buffer_append_text(&query, "\"");
    }
    TRY(buffer_check(&query, fault));
    enum status asked = lookup_query(run->snapshot, buffer_bytes(&query), lookup, fault);
    return asked == BAD_INPUT || asked == OVER_LIMIT ? OK : asked;
}

/* Words of the story's sentence that stand in the figure's. */
static uint32_t shared_words(const struct question *question, const struct shelf_part *part,
                             const struct figure *figure)
{
    const struct shelf_sentence *there = shelf_sentence_at(&part->text, figure->start);
    uint32_t shared = 0;
    for (size_t i = question->sentence->first; there != NULL && i < question->sentence->end; i++)
        shared += shelf_compares(question->shelf, i) &&
                  shelf_shares(part, there, question->shelf->story.stems[i]);
    return shared;
}

/* The first of the documents found in which the figure really counts the same thing. */
static enum status read_found(const struct question *question, const struct lookup *lookup,
                              struct answer *found, struct fault *fault)
{
    struct run *run = question->shelf->run;
    struct counted story = counted_of(&question->shelf->story, question->figure);
    for (size_t i = 0; i < lookup->count && i < 2; i++) {
        const struct held *held = NULL;
        TRY(held_part(run, lookup->documents[i], 1, &held, fault));
        if (held == NULL || held->text.len > LOOKUP_BYTES_MAX)
            continue;
        struct shelf_part *part = arena_alloc(run->arena, sizeof *part);
        if (part == NULL)
            return no_memory(fault);
        part->held = held;
        TRY(shelf_text_make(&part->text, held->text, held->spans, held->span_count, run->arena,
                            fault));
        for (size_t k = 0; k < part->text.figures.count; k++) {
            struct counted source = counted_of(&part->text, &part->text.figures.at[k]);
            enum thing_relation thing = figures_things(&story, &source);
            if (figures_values(question->figure, source.figure) != VALUE_EQUAL ||
                thing == THING_OTHER ||
                (thing == THING_NEAR && shared_words(question, part, source.figure) < SHARED_MIN))
                continue;
            *found = (struct answer){ .part = part, .figure = source.figure };
            return OK;
        }
    }
    return OK;
}

static enum status add_unfound(const struct question *question, size_t *lookups,
                               struct fault *fault)
{
    struct lookup lookup;
    struct answer found = { 0 };
    bool is_given = question->sentence->gives_document;
    if (!is_hard(question->figure))
        return add(question, NULL, CHECK_CANNOT_TELL, STET_NONE, NULL, fault);
    TRY(look_up(question, lookups, &lookup, fault));
    TRY(read_found(question, &lookup, &found, fault));
    if (found.figure != NULL)
        return add(question, &found, is_given ? CHECK_ELSEWHERE : CHECK_AGREES,
                   is_given ? STET_NOTE : STET_NONE,
                   is_given ? "stands in a document that no quotation beside it comes from" : NULL,
                   fault);
    return add(question, NULL, CHECK_NOT_FOUND, is_given ? STET_QUERY : STET_NONE,
               is_given ? "given to a document, and no document held here that was read has this "
                          "number of it"
                        : NULL,
               fault);
}

static enum status judge_figure(struct question *question, size_t *lookups, struct fault *fault)
{
    struct answer best = { 0 }, against = { 0 };
    const struct figure *one, *two;
    const struct shelf_part *part;
    hold(question, &best, &against);
    if (best.figure != NULL && against.figure != NULL && is_conflicting(&best, &against))
        return add_conflict(question, &best, &against, fault);
    if (best.figure != NULL)
        return add_support(question, &best, fault);
    if (is_sum(question, &one, &two, &part)) {
        struct answer sum = { .part = part, .figure = one };
        const char *said =
            arena_print(question->shelf->run->arena, "a sum: \"%s\" and \"%s\"",
                        figure_words(question, part, one), figure_words(question, part, two));
        return add(question, &sum, CHECK_AGREES, STET_NONE, said, fault);
    }
    if (stands_anywhere(question, &best) && !is_fixed(&against))
        return add(question, &best, CHECK_AGREES, STET_NONE, NULL, fault);
    if (against.figure != NULL)
        return add_against(question, &against, fault);
    return add_unfound(question, lookups, fault);
}

enum status figures_judge(struct run *run, struct fault *fault)
{
    struct shelf *shelf = NULL;
    struct question question = { 0 };
    size_t lookups = 0;
    TRY(shelf_open(run, &shelf, fault));
    question.shelf = shelf;
    for (size_t i = 0; i < shelf->story.figures.count; i++) {
        const struct figure *figure = &shelf->story.figures.at[i];
        const struct shelf_sentence *sentence = shelf_sentence_at(&shelf->story, figure->start);
        if (sentence == NULL || run_is_quoted(run, figure->start, figure->end))
            continue;
        if (sentence != question.sentence)
            question.likest_count = shelf_likest(shelf, sentence, question.likest, LIKEST);
        question.sentence = sentence;
        question.figure = figure;
        TRY(judge_figure(&question, &lookups, fault));
    }
    return OK;
}

#include "check/dates.h"

#include <stdlib.h>

#include "base/clock.h"
#include "check/statements_add.h"
#include "mention/citation.h"
#include "mention/description.h"
#include "mention/weekday.h"

enum {
    LIKEST = 8,
    ANCHOR_REACH = 8,
    QUERY_WORDS = 3,
    FIX_WORDS = 4,
    PERIODS_MAX = 64,
    WEEKDAY_REACH = 200,
    YEARS_MAX = 64
};
static const double query_share = 0.6, fix_share = 0.7, query_bits = 30, fix_bits = 40;
static const double long_share = 0.5, year_share = 0.8;
static const double agree_bits = 16, outdone_share = 0.6;

struct dating {
    struct shelf *shelf;
    const struct shelf_sentence *sentence;
    struct period periods[PERIODS_MAX]; /* of the sentence, in order */
    size_t count;
    struct likeness likest[LIKEST]; /* of the sentence, */
    size_t likest_count;
    bool is_weighed;          /* once it was asked for */
    int16_t years[YEARS_MAX]; /* that the story names */
    size_t year_count;
};

uint8_t dates_weekday(const struct period *date, int32_t written_on)
{
    struct period whole = *date;
    int32_t days;
    if (whole.year == 0 && written_on != INT32_MIN)
        period_complete(&whole, written_on);
    if (!period_days(&whole, &days) || (date->year == 0 && abs(days - written_on) > WEEKDAY_REACH))
        return 0;
    return (uint8_t)(weekday_from_days(days) + 1);
}

bool dates_interval_fits(const struct period *relative, int32_t from, int32_t to)
{
    static const int32_t lengths[] = { 1, 7, 0, 0 }, rooms[] = { 0, 1, 3, 15 };
    int32_t count = relative->direction * relative->count, wanted;
    if (relative->unit <= PERIOD_WEEKS) {
        wanted = from + count * lengths[relative->unit];
    } else {
        int year, month, day;
        date_from_days(from, &year, &month, &day);
        int months = year * 12 + month - 1 + count * (relative->unit == PERIOD_YEARS ? 12 : 1);
        wanted = days_from_date(months / 12, months % 12 + 1, day > 28 ? 28 : day);
    }
    int32_t room = rooms[relative->unit];
    if (relative->is_loose)
        room = room * 2 + 2 + abs(wanted - from) / 4;
    return abs(wanted - to) <= room;
}

static enum status add(const struct dating *dating, const struct period *period,
                       enum check_verdict verdict, enum stet_severity severity, const char *message,
                       const struct likeness *likeness, const struct period *source,
                       struct fault *fault)
{
    struct ruled ruled = { .kind = STATEMENT_DATE,
                           .start = period->start,
                           .end = period->end,
                           .verdict = verdict,
                           .severity = severity,
                           .message = message };
    if (likeness != NULL) {
        ruled.part = likeness->part;
        ruled.source_start = source->start;
        ruled.source_end = source->end;
        ruled.is_difference = severity >= STET_QUERY;
    }
    return ruled_add(dating->shelf, &ruled, fault);
}

static bool fits_year(const struct period *period, int year)
{
    struct period whole = *period;
    whole.year = (int16_t)year;
    return period->weekday == dates_weekday(&whole, INT32_MIN);
}

/* A year that the story names, or that a document it was traced to has, makes the weekday right. */
static bool has_other_year(const struct dating *dating, const struct period *period)
{
    const struct check_answer *answer = dating->shelf->run->answer;
    if (period->year != 0)
        return false;
    for (size_t i = 0; i < dating->year_count; i++)
        if (fits_year(period, dating->years[i]))
            return true;
    for (size_t i = 0; i < answer->count; i++)
        for (size_t k = 0; k < answer->statements[i].cited_count; k++) {
            uint64_t year = 0;
            struct bytes date = bytes_slice(answer->statements[i].cited[k].date, 0, 4);
            if (bytes_to_number(date, &year) && year < 3000 && fits_year(period, (int)year))
                return true;
        }
    return false;
}

/* Impossible days and wrong weekdays; *said when there was something to say. */
static enum status judge_calendar(const struct dating *dating, const struct period *period,
                                  bool *said, struct fault *fault)
{
    struct arena *arena = dating->shelf->run->arena;
    *said = true;
    if (!period_is_possible(period))
        return add(dating, period, CHECK_DIFFERS, STET_FIX, "no calendar has this day", NULL, NULL,
                   fault);
    uint8_t weekday = dates_weekday(period, dating->shelf->written_on);
    if (period->kind == PERIOD_DAY && period->weekday != 0 && weekday != 0 &&
        weekday != period->weekday && !has_other_year(dating, period)) {
        struct bytes by = dating->shelf->written_by;
        const char *why = arena_print(
            arena, "that day is a %s%s%.*s%s", weekday_word(weekday),
            period->year == 0 ? " (its year by " : "", period->year == 0 ? (int)by.len : 0,
            by.len > 0 ? (const char *)by.at : "", period->year == 0 ? ")" : "");
        return add(dating, period, CHECK_WEEKDAY, STET_FIX, why, NULL, NULL, fault);
    }
    *said = false;
    return OK;
}

static bool whole_day(const struct dating *dating, const struct period *period, int32_t *days)
{
    struct period whole = *period;
    if (whole.year == 0 && dating->shelf->written_on != INT32_MIN)
        period_complete(&whole, dating->shelf->written_on);
    return period_days(&whole, days);
}

/* "On June 15, three days after the vote of June 11": two whole days and what is said to lie
 * between them, the second close behind the words "after" or "before". */
static enum status judge_interval(const struct dating *dating, size_t index, struct fault *fault)
{
    const struct period *relative = &dating->periods[index];
    const struct saying *saying = &dating->shelf->story.saying;
    int32_t day, anchor;
    if (relative->kind != PERIOD_RELATIVE || !relative->has_anchor || index == 0 ||
        index + 1 >= dating->count)
        return OK;
    const struct period *one = &dating->periods[index - 1], *two = &dating->periods[index + 1];
    size_t from = saying_find(saying, relative->end), to = saying_find(saying, two->start);
    if (to - from > ANCHOR_REACH || !whole_day(dating, one, &day) ||
        !whole_day(dating, two, &anchor))
        return OK;
    size_t behind = saying_find(saying, one->end), before = saying_find(saying, relative->start);
    for (size_t i = behind; i <= to; i++)
        if ((saying->at[i].gap & (GAP_BREAKS & ~GAP_STOP)) != 0)
            return OK;
    if (before - behind > 3)
        return OK;
    if (dates_interval_fits(relative, anchor, day))
        return add(dating, relative, CHECK_AGREES, STET_NONE, NULL, NULL, NULL, fault);
    const char *why = arena_print(dating->shelf->run->arena, "the two days lie %d day%s apart",
                                  abs(day - anchor), abs(day - anchor) == 1 ? "" : "s");
    return add(dating, relative, CHECK_INTERVAL, STET_FIX, why, NULL, NULL, fault);
}

static size_t periods_of(const struct saying *saying, size_t first, size_t end,
                         struct period *periods, size_t room)
{
    size_t count = 0;
    for (size_t at = first; at < end && count < room;) {
        size_t words = period_read(saying, at, &periods[count]);
        count += words > 0;
        at += words > 0 ? words : 1;
    }
    return count;
}

static bool is_comparable(const struct period *period)
{
    return period->kind == PERIOD_DAY || period->kind == PERIOD_MONTH ||
           period->kind == PERIOD_YEAR;
}

static bool is_met(const struct period *period, const struct period *among, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        enum period_relation relation = period_compare(period, &among[i]);
        if (is_comparable(&among[i]) && (relation == PERIOD_SAME || relation == PERIOD_INSIDE))
            return true;
    }
    return false;
}

/* Of one kind, and met by none of the others' dates; the last of them in *last. */
static size_t unmet(const struct period *periods, size_t count, enum period_kind kind,
                    const struct period *others, size_t other_count, struct period *last)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++)
        if (periods[i].kind == kind && !is_met(&periods[i], others, other_count)) {
            *last = periods[i];
            found++;
        }
    return found;
}

/* What a sentence of a part says of a date of the story's sentence. */
enum event_relation { EVENT_UNSAID, EVENT_SAME, EVENT_OTHER };

/* OTHER: all other dates of its kind meet one on the other side, and one is left on each. */
static enum event_relation compare_event(const struct dating *dating, const struct period *period,
                                         const struct likeness *likeness, struct period *source)
{
    struct period periods[PERIODS_MAX], left;
    size_t count = periods_of(&likeness->part->text.saying, likeness->sentence->first,
                              likeness->sentence->end, periods, PERIODS_MAX);
    for (size_t i = 0; i < count; i++)
        if (is_comparable(&periods[i]) && is_met(period, &periods[i], 1)) {
            *source = periods[i];
            return EVENT_SAME;
        }
    bool is_alone =
        unmet(dating->periods, dating->count, period->kind, periods, count, &left) == 1 &&
        unmet(periods, count, period->kind, dating->periods, dating->count, source) == 1;
    return is_alone && period_compare(period, source) == PERIOD_OTHER ? EVENT_OTHER : EVENT_UNSAID;
}

static bool restates(const struct likeness *likeness)
{
    bool is_most = likeness->words >= QUERY_WORDS && likeness->bits >= query_bits &&
                   likeness->bits >= likeness->whole * query_share;
    bool is_long = likeness->words >= FIX_WORDS && likeness->bits >= fix_bits &&
                   likeness->bits >= likeness->whole * long_share;
    return likeness->is_beside && (is_most || is_long);
}

/* A year is often added by the story: nearly all must be the same. */
static bool differs_firmly(const struct likeness *likeness, const struct period *period)
{
    double share = period->kind == PERIOD_YEAR ? year_share : fix_share;
    return likeness->words >= FIX_WORDS && likeness->bits >= fix_bits &&
           likeness->bits >= likeness->whole * share;
}

/* Against the sentences that say the same. */
static enum status judge_event(struct dating *dating, const struct period *period,
                               struct fault *fault)
{
    const struct likeness *likest = dating->likest;
    struct period source, against = { 0 };
    const struct likeness *opposed = NULL;
    if (!dating->is_weighed)
        dating->likest_count =
            shelf_likest(dating->shelf, dating->sentence, dating->likest, LIKEST);
    dating->is_weighed = true;
    for (size_t i = 0; i < dating->likest_count && likest[i].bits >= agree_bits; i++) {
        enum event_relation relation = compare_event(dating, period, &likest[i], &source);
        bool is_outdone = opposed != NULL && likest[i].bits < opposed->bits * outdone_share;
        if (relation == EVENT_SAME && !is_outdone)
            return add(dating, period, CHECK_AGREES, STET_NONE, NULL, &likest[i], &source, fault);
        if (relation == EVENT_OTHER && restates(&likest[i]) && opposed == NULL) {
            opposed = &likest[i];
            against = source;
        }
    }
    if (opposed == NULL) {
        bool fits = period->weekday != 0 &&
                    dates_weekday(period, dating->shelf->written_on) == period->weekday;
        return add(dating, period, fits ? CHECK_AGREES : CHECK_CANNOT_TELL, STET_NONE, NULL, NULL,
                   NULL, fault);
    }
    const char *why = arena_print(dating->shelf->run->arena, "the source has \"%s\"",
                                  ruled_words(dating->shelf->run->arena, opposed->part->held->shown,
                                              against.start, against.end));
    return add(dating, period, CHECK_DIFFERS,
               differs_firmly(opposed, period) ? STET_FIX : STET_QUERY, why, opposed, &against,
               fault);
}

/* Dates of descriptions and citations are judged with them. */
static bool is_of_document(const struct saying *saying, const struct shelf_sentence *sentence,
                           const struct citation_list *citations, const struct period *period)
{
    struct description said;
    for (size_t i = 0; i < citations->count; i++)
        if (citations->at[i].start <= period->start && citations->at[i].end >= period->end)
            return true;
    for (size_t i = sentence->first; i < sentence->end; i++)
        if (description_read(saying, i, &said) && said.start <= period->start &&
            said.end >= period->end)
            return true;
    return false;
}

static enum status judge_sentence(struct dating *dating, const struct citation_list *citations,
                                  struct fault *fault)
{
    const struct saying *saying = &dating->shelf->story.saying;
    dating->count = periods_of(saying, dating->sentence->first, dating->sentence->end,
                               dating->periods, PERIODS_MAX);
    for (size_t i = 0; i < dating->count; i++) {
        const struct period *period = &dating->periods[i];
        bool said = false;
        if (run_is_quoted(dating->shelf->run, period->start, period->end))
            continue;
        TRY(judge_calendar(dating, period, &said, fault));
        if (said || is_of_document(saying, dating->sentence, citations, period))
            continue;
        TRY(judge_interval(dating, i, fault));
        if (is_comparable(period))
            TRY(judge_event(dating, period, fault));
    }
    return OK;
}

static void note_years(struct dating *dating)
{
    const struct saying *saying = &dating->shelf->story.saying;
    struct period period;
    for (size_t at = 0; at < saying->count && dating->year_count < YEARS_MAX; at++) {
        size_t known = 0;
        if (period_read(saying, at, &period) == 0 || period.year == 0)
            continue;
        while (known < dating->year_count && dating->years[known] != period.year)
            known++;
        if (known == dating->year_count)
            dating->years[dating->year_count++] = period.year;
    }
}

enum status dates_judge(struct run *run, struct fault *fault)
{
    struct dating dating = { 0 };
    struct citation_list citations;
    TRY(shelf_open(run, &dating.shelf, fault));
    TRY(citations_find(&dating.shelf->story.saying, run->arena, &citations, fault));
    note_years(&dating);
    for (size_t i = 0; i < dating.shelf->story.sentence_count; i++) {
        dating.is_weighed = false;
        dating.sentence = &dating.shelf->story.sentences[i];
        TRY(judge_sentence(&dating, &citations, fault));
    }
    return OK;
}

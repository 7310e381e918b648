#include "mention/period.h"

#include <stdlib.h>

#include "base/clock.h"
#include "mention/date.h"
#include "mention/number.h"
#include "mention/weekday.h"
#include "text/tokenize.h"

enum { FIRST_YEAR = 1700, LAST_YEAR = 2099, FUTURE_COSTS = 3, LAST_DAY = 31 };

static const struct said *word_at(const struct saying *saying, size_t at)
{
    return &saying->at[at < saying->count ? at : saying->count];
}

/* A number of at most `digits` digits without marks, or 0. */
static uint32_t plain_number(const struct saying *saying, size_t at, size_t digits)
{
    const struct said *said = word_at(saying, at);
    uint32_t number = 0;
    if (said->key.len == 0 || said->key.len > digits || said->end - said->start != said->key.len)
        return 0;
    for (size_t i = 0; i < said->key.len; i++) {
        if (said->key.at[i] < '0' || said->key.at[i] > '9')
            return 0;
        number = number * 10 + (uint32_t)(said->key.at[i] - '0');
    }
    return number;
}

/* A day, "3" or "3rd". */
static uint8_t day_number(const struct saying *saying, size_t at)
{
    const struct said *said = word_at(saying, at);
    struct bytes key = said->key;
    if (key.len >= 3 && word_is_among(bytes_slice(key, key.len - 2, 2), "st nd rd th"))
        key.len -= 2;
    uint64_t number = 0;
    if (key.len == 0 || key.len > 2 || !bytes_to_number(key, &number))
        return 0;
    return (uint8_t)number;
}

/* "July 90" is a day that no calendar has; in "in July 90 men came" men are counted. */
static bool may_be_day(const struct saying *saying, size_t at)
{
    const struct said *next = word_at(saying, at + 1);
    bool is_counting = (next->gap & ~GAP_GLUED) == 0 && next->key.len > 0 &&
                       !word_is_small(next->key) && (next->flags & TOKEN_CAPITAL) == 0;
    bool is_on = at >= 2 && said_is(saying, at - 2, "on");
    return day_number(saying, at) <= LAST_DAY || is_on || !is_counting;
}

static uint8_t month_at(const struct saying *saying, size_t at)
{
    const struct said *said = word_at(saying, at);
    bool is_named = (said->flags & TOKEN_CAPITAL) != 0 || saying->is_spanish;
    return is_named && said->key.at != NULL ? month_from_word(said->key) : 0;
}

static int16_t year_at(const struct saying *saying, size_t at)
{
    uint32_t year = word_at(saying, at)->key.len == 4 ? plain_number(saying, at, 4) : 0;
    return year >= FIRST_YEAR && year <= LAST_YEAR ? (int16_t)year : 0;
}

/* Nothing but blanks, a comma or the dot of "Jan." before the word. */
static bool is_close(const struct saying *saying, size_t at)
{
    return at < saying->count &&
           (saying->at[at].gap & ~(GAP_COMMA | GAP_STOP | GAP_GLUED | GAP_EDGE)) == 0;
}

static bool is_next(const struct saying *saying, size_t at)
{
    return at < saying->count && (saying->at[at].gap & ~GAP_GLUED) == 0;
}

static size_t take_year(const struct saying *saying, size_t at, struct period *period)
{
    if (said_is_among(saying, at, "of de del") && year_at(saying, at + 1) != 0) {
        period->year = year_at(saying, at + 1);
        return 2;
    }
    if (!is_close(saying, at) || (saying->at[at].gap & (GAP_STOP | GAP_EDGE)) != 0)
        return 0;
    period->year = year_at(saying, at);
    return period->year != 0;
}

/* "Jan. 29, 2010", "January 29", "January 2010", "enero de 2010", "May" after "in". */
static size_t read_month_first(const struct saying *saying, size_t at, struct period *period)
{
    period->month = month_at(saying, at);
    if (period->month == 0)
        return 0;
    size_t words = 1;
    uint8_t day = is_close(saying, at + 1) ? day_number(saying, at + 1) : 0;
    bool is_counted =
        (word_at(saying, at + 1)->gap & (GAP_EDGE | GAP_COMMA)) != 0 || !may_be_day(saying, at + 1);
    if (day != 0 && !is_counted) {
        period->day = day;
        words++;
        bool is_span = (word_at(saying, at + words)->gap & GAP_HYPHEN) != 0;
        words += is_span && day_number(saying, at + words) > day; /* "June 3-4" */
    }
    words += take_year(saying, at + words, period);
    period->kind = period->day != 0 ? PERIOD_DAY : PERIOD_MONTH;
    bool is_alone = words == 1;
    if (!is_alone)
        return words;
    bool is_said = at > 0 && said_is_among(saying, at - 1,
                                           "in since by until till last next this early late mid "
                                           "during from between en desde hasta durante para of "
                                           "through before after");
    size_t len = word_at(saying, at)->key.len;
    return is_said && (len > 3 || period->month == 5) ? words : 0;
}

/* "29 January 2010", "29 de enero". */
static size_t read_day_first(const struct saying *saying, size_t at, struct period *period)
{
    period->day = day_number(saying, at);
    size_t words = 1;
    if (said_is_among(saying, at + 1, "de of"))
        words++;
    if (period->day == 0 || period->day > LAST_DAY || !is_next(saying, at + words))
        return 0;
    period->month = month_at(saying, at + words);
    if (period->month == 0)
        return 0;
    words++;
    period->kind = PERIOD_DAY;
    return words + take_year(saying, at + words, period);
}

/* What mention/date.h reads from digits: 2010-01-29, 1/29/2010, date-time groups. */
static size_t read_written(const struct saying *saying, size_t at, struct period *period)
{
    struct date date;
    const struct said *said = word_at(saying, at);
    if (said->key.len == 0 || (said->flags & TOKEN_NUMBER) == 0)
        return 0;
    size_t len = date_read(saying->text, said->start, &date);
    if (len == 0 || date.day == 0)
        return 0;
    period->kind = PERIOD_DAY;
    period->year = date.year;
    period->month = date.month;
    period->day = date.day;
    size_t end = saying_find(saying, said->start + (uint32_t)len);
    return end > at ? end - at : 0;
}

static size_t read_weekday(const struct saying *saying, size_t at, struct period *period)
{
    const struct said *said = word_at(saying, at);
    bool is_named = (said->flags & TOKEN_CAPITAL) != 0 || saying->is_spanish;
    uint8_t weekday = is_named && said->key.at != NULL ? weekday_from_word(said->key) : 0;
    if (weekday == 0 || (said->key.len <= 3 && !is_close(saying, at + 1)))
        return 0;
    struct period date = { 0 };
    size_t next = at + 1;
    if (said_is_among(saying, next, "the") && is_close(saying, next))
        next++;
    size_t words = is_close(saying, next) ? read_month_first(saying, next, &date) : 0;
    if (words == 0 && is_close(saying, next))
        words = read_day_first(saying, next, &date);
    if (words > 0 && date.kind == PERIOD_DAY) {
        *period = date;
        period->weekday = weekday;
        return next + words - at;
    }
    if (said->key.len <= 4)
        return 0;
    *period = (struct period){ .kind = PERIOD_WEEKDAY, .weekday = weekday };
    if (at > 0 && said_is_among(saying, at - 1, "last previous pasado"))
        period->direction = -1;
    if (at > 0 && said_is_among(saying, at - 1, "next following proximo"))
        period->direction = 1;
    return 1;
}

/* Plural nouns are counted: "2000 people", "1900 complaints". */
static bool counts_things(const struct saying *saying, size_t at)
{
    const struct said *next = word_at(saying, at + 1);
    bool is_amount = at > 0 && said_is_among(saying, at - 1,
                                             "over than nearly about some almost least roughly "
                                             "approximately unos casi");
    if (is_amount && year_at(saying, at + 1) == 0)
        return true;
    if ((next->gap & ~GAP_GLUED) != 0 || next->key.len == 0)
        return (next->gap & (GAP_PERCENT | GAP_HYPHEN)) != 0 && next->key.len > 0 &&
               next->key.at[0] >= 'a' && (next->flags & TOKEN_CAPITAL) == 0;
    if (word_is_small(next->key) || (next->flags & TOKEN_CAPITAL) != 0)
        return false;
    if (word_is_among(next->key, "people men women children dead troops police persons personas "
                                 "million percent dollars pesos mil"))
        return true;
    uint8_t last = next->key.at[next->key.len - 1];
    bool is_plural = next->key.len > 3 && last == 's' && next->key.at[next->key.len - 2] != 's';
    bool is_said = at > 0 && said_is_among(saying, at - 1,
                                           "in since of by during until to before after early late "
                                           "en desde durante hasta del the");
    return is_plural && !is_said;
}

static size_t read_year(const struct saying *saying, size_t at, struct period *period)
{
    const struct said *said = word_at(saying, at);
    struct number number;
    if ((said->flags & TOKEN_NUMBER) == 0)
        return 0;
    if (said->key.len == 5 && said->key.at[4] == 's' && quantity_read(saying, at, &number) == 1 &&
        number.is_decade && number.value.amount >= FIRST_YEAR) {
        period->kind = PERIOD_DECADE;
        period->year = (int16_t)number.value.amount;
        return 1;
    }
    int16_t year = year_at(saying, at);
    if (year == 0 || (said->gap & (GAP_MONEY | GAP_HASH)) != 0 || counts_things(saying, at))
        return 0;
    bool is_fraction = (word_at(saying, at + 1)->gap & (GAP_PERCENT | GAP_SLASH)) != 0 ||
                       ((said->gap & GAP_HYPHEN) != 0 && at > 0 && year_at(saying, at - 1) == 0 &&
                        month_at(saying, at - 1) == 0);
    if (is_fraction)
        return 0;
    period->kind = PERIOD_YEAR;
    period->year = year;
    return 1;
}

static bool unit_at(const struct saying *saying, size_t at, enum period_unit *unit)
{
    static const struct {
        const char *words;
        enum period_unit unit;
    } units[] = {
        { "day days dia dias", PERIOD_DAYS },
        { "week weeks semana semanas", PERIOD_WEEKS },
        { "month months mes meses", PERIOD_MONTHS },
        { "year years ano anos", PERIOD_YEARS },
    };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (said_is_among(saying, at, units[i].words)) {
            *unit = units[i].unit;
            return true;
        }
    return false;
}

static bool is_loose_before(const struct saying *saying, size_t at)
{
    return at > 0 && said_is_among(saying, at - 1,
                                   "about around nearly almost roughly approximately than over "
                                   "some under barely unos casi");
}

/* "three days later", "a week before", "four years ago", "dos meses despues". */
static size_t read_counted(const struct saying *saying, size_t at, struct period *period)
{
    struct number number;
    size_t words = quantity_read(saying, at, &number);
    if (words == 0 && said_is_among(saying, at, "a an one un una")) {
        number.value = quantity_make(1, 1);
        words = 1;
    }
    if (words == 0 || number.value.divisor != 1 || number.value.amount > 1000 ||
        !is_next(saying, at + words) || !unit_at(saying, at + words, &period->unit))
        return 0;
    words++;
    size_t verb = at + words;
    if (said_is_among(saying, verb, "or") || !is_next(saying, verb))
        return 0;
    bool is_before = said_is_among(saying, verb, "before prior antes"),
         is_after = said_is_among(saying, verb, "after following despues"),
         is_later = said_is_among(saying, verb, "later"),
         is_earlier = said_is_among(saying, verb, "earlier"),
         is_ago = said_is_among(saying, verb, "ago atras");
    if (!is_before && !is_after && !is_later && !is_earlier && !is_ago)
        return 0;
    period->kind = PERIOD_RELATIVE;
    period->count = (int32_t)number.value.amount;
    period->direction = is_after || is_later ? 1 : -1;
    period->is_from_story = is_ago;
    period->has_anchor = is_before || is_after;
    period->is_loose = is_loose_before(saying, at);
    return words + 1;
}

/* "last month", "the following day", "this year", "yesterday", "el mes pasado". */
static size_t read_turn(const struct saying *saying, size_t at, struct period *period)
{
    static const struct {
        const char *words;
        int8_t count;
        bool is_from_story;
    } turns[] = {
        { "last past", -1, true },
        { "this este esta", 0, true },
        { "next", 1, true },
        { "following siguiente", 1, false },
        { "previous preceding", -1, false },
    };
    if (said_is_among(saying, at, "yesterday today tomorrow ayer hoy")) {
        bool is_back = said_is_among(saying, at, "yesterday ayer");
        *period = (struct period){ .kind = PERIOD_RELATIVE, .unit = PERIOD_DAYS };
        period->count = said_is_among(saying, at, "today hoy") ? 0 : 1;
        period->direction = is_back ? -1 : 1;
        period->is_from_story = true;
        return 1;
    }
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        if (!said_is_among(saying, at, turns[i].words) || !is_next(saying, at + 1) ||
            !unit_at(saying, at + 1, &period->unit))
            continue;
        period->kind = PERIOD_RELATIVE;
        period->count = abs(turns[i].count);
        period->direction = turns[i].count < 0 ? -1 : 1;
        period->is_from_story = turns[i].is_from_story;
        if (turns[i].count == 1 && at > 0 && said_is(saying, at - 1, "the"))
            period->is_from_story = false;
        return 2;
    }
    return 0;
}

/* Digits, capitals, and the small words that some form begins with. */
static bool may_begin(const struct saying *saying, size_t at)
{
    const struct said *said = &saying->at[at];
    bool is_marked = (said->flags & (TOKEN_NUMBER | TOKEN_CAPITAL)) != 0;
    return is_marked || saying->is_spanish || quantity_may_begin(saying, at) ||
           (said->key.len >= 3 && strchr("aeflnpsty", said->key.at[0]) != NULL &&
            word_is_among(said->key, "last past this next following previous preceding yesterday "
                                     "today tomorrow"));
}

typedef size_t period_reader(const struct saying *saying, size_t at, struct period *period);

size_t period_read(const struct saying *saying, size_t at, struct period *period)
{
    static period_reader *const readers[] = { read_written,   read_weekday, read_month_first,
                                              read_day_first, read_counted, read_turn,
                                              read_year };
    if (at >= saying->count || !may_begin(saying, at))
        return 0;
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        struct period found = { 0 };
        size_t words = readers[i](saying, at, &found);
        if (words == 0)
            continue;
        found.words = words;
        found.start = saying->at[at].start;
        found.end = saying->at[at + words - 1].end;
        *period = found;
        return words;
    }
    return 0;
}

bool period_is_possible(const struct period *period)
{
    static const uint8_t longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (period->month == 0 || period->month > 12 || period->day == 0)
        return true;
    if (period->day > longest[period->month - 1])
        return false;
    int year = period->year;
    bool is_leap = year == 0 || (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return period->month != 2 || period->day < 29 || is_leap;
}

bool period_days(const struct period *period, int32_t *days)
{
    if (period->kind != PERIOD_DAY || period->year == 0 || !period_is_possible(period))
        return false;
    *days = days_from_date(period->year, period->month, period->day);
    return true;
}

enum period_relation period_compare(const struct period *a, const struct period *b)
{
    if (a->kind > PERIOD_DECADE || b->kind > PERIOD_DECADE)
        return PERIOD_CANNOT_TELL;
    if (a->kind == PERIOD_DECADE || b->kind == PERIOD_DECADE) {
        if (a->year == 0 || b->year == 0)
            return PERIOD_CANNOT_TELL;
        bool is_same = a->year - a->year % 10 == b->year - b->year % 10;
        return !is_same ? PERIOD_OTHER : a->kind == b->kind ? PERIOD_SAME : PERIOD_INSIDE;
    }
    if ((a->year != 0 && b->year != 0 && a->year != b->year) ||
        (a->month != 0 && b->month != 0 && a->month != b->month) ||
        (a->day != 0 && b->day != 0 && a->day != b->day))
        return PERIOD_OTHER;
    bool have_year = a->year != 0 && b->year != 0, have_month = a->month != 0 && b->month != 0;
    if (!have_year && !have_month)
        return PERIOD_CANNOT_TELL;
    return a->kind == b->kind && have_year ? PERIOD_SAME : PERIOD_INSIDE;
}

void period_complete(struct period *period, int32_t written_on)
{
    int year, month, day;
    if (period->year != 0 || period->month == 0 || period->kind > PERIOD_MONTH)
        return;
    date_from_days(written_on, &year, &month, &day);
    int32_t nearest = INT32_MAX;
    for (int near = year - 1; near <= year + 1; near++) {
        int32_t at = days_from_date(near, period->month, period->day == 0 ? 15 : period->day);
        int32_t away = at > written_on ? (at - written_on) * FUTURE_COSTS : written_on - at;
        if (away < nearest) {
            nearest = away;
            period->year = (int16_t)near;
        }
    }
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "base/clock.h"
#include "mention/period.h"
#include "mention/weekday.h"

static size_t first_period(const char *text, struct arena *arena, struct period *period)
{
    struct saying saying;
    size_t words = 0;
    assert_int_equal(saying_make(bytes_from_string(text), NULL, 0, arena, &saying, NULL), OK);
    for (size_t at = 0; at < saying.count && words == 0; at++)
        words = period_read(&saying, at, period);
    return words;
}

static void dates_may_lack_parts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum period_kind kind;
        int year, month, day, weekday;
    } rows[] = {
        { "on Jan. 29, 2010 it", PERIOD_DAY, 2010, 1, 29, 0 },
        { "on Dec. 2 by the", PERIOD_DAY, 0, 12, 2, 0 },
        { "Tuesday, March 3, 2026", PERIOD_DAY, 2026, 3, 3, 3 },
        { "in October 2009", PERIOD_MONTH, 2009, 10, 0, 0 },
        { "by January the army", PERIOD_MONTH, 0, 1, 0, 0 },
        { "el 29 de enero de 2010 en la", PERIOD_DAY, 2010, 1, 29, 0 },
        { "the 1910 Revolution", PERIOD_YEAR, 1910, 0, 0, 0 },
        { "the 1840s", PERIOD_DECADE, 1840, 0, 0, 0 },
        { "on June 31, 2026", PERIOD_DAY, 2026, 6, 31, 0 },
        { "last Tuesday", PERIOD_WEEKDAY, 0, 0, 0, 3 },
        { "3 March", PERIOD_DAY, 0, 3, 3, 0 },
        { "2026-03-03", PERIOD_DAY, 2026, 3, 3, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct period period = { 0 };
        assert_true(first_period(rows[i].text, &arena, &period) > 0);
        assert_int_equal(period.kind, rows[i].kind);
        assert_int_equal(period.year, rows[i].year);
        assert_int_equal(period.month, rows[i].month);
        assert_int_equal(period.day, rows[i].day);
        assert_int_equal(period.weekday, rows[i].weekday);
        arena_release(&arena);
    }
}

static void relative_times_count_from_something(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int count, direction;
        enum period_unit unit;
        bool from_story;
    } rows[] = {
        { "three days later", 3, 1, PERIOD_DAYS, false },
        { "a week before the vote", 1, -1, PERIOD_WEEKS, false },
        { "four years ago", 4, -1, PERIOD_YEARS, true },
        { "last month", 1, -1, PERIOD_MONTHS, true },
        { "the following month", 1, 1, PERIOD_MONTHS, false },
        { "yesterday", 1, -1, PERIOD_DAYS, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct period period = { 0 };
        assert_true(first_period(rows[i].text, &arena, &period) > 0);
        assert_int_equal(period.kind, PERIOD_RELATIVE);
        assert_int_equal(period.count, rows[i].count);
        assert_int_equal(period.direction, rows[i].direction);
        assert_int_equal(period.unit, rows[i].unit);
        assert_int_equal(period.is_from_story, rows[i].from_story);
        arena_release(&arena);
    }
}

static void what_says_no_time_is_none(void **state)
{
    (void)state;
    static const char *const rows[] = { "2000 people came", "He may march and decide",
                                        "the sun sat", "some 1900 complaints", "$2009 and #1999" };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct period period = { 0 };
        assert_int_equal(first_period(rows[i], &arena, &period), 0);
        arena_release(&arena);
    }
}

static void impossible_days_are_told(void **state)
{
    (void)state;
    struct period june = { .kind = PERIOD_DAY, .month = 6, .day = 31 };
    struct period leap = { .kind = PERIOD_DAY, .year = 2024, .month = 2, .day = 29 };
    assert_false(period_is_possible(&june));
    assert_true(period_is_possible(&leap));
    leap.year = 2026;
    assert_false(period_is_possible(&leap));
}

static void the_year_is_the_nearest_to_the_writing(void **state)
{
    (void)state;
    struct period december = { .kind = PERIOD_DAY, .month = 12, .day = 9 };
    period_complete(&december, days_from_date(2026, 6, 20));
    assert_int_equal(december.year, 2025);
    struct period june = { .kind = PERIOD_DAY, .month = 6, .day = 7 };
    period_complete(&june, days_from_date(2026, 6, 20));
    assert_int_equal(june.year, 2026);
    assert_string_equal(weekday_word(weekday_from_word(bytes_from_string("jueves"))), "Thursday");
}

static void periods_are_compared_by_their_parts(void **state)
{
    (void)state;
    struct period day = { .kind = PERIOD_DAY, .year = 2026, .month = 3, .day = 3 };
    struct period other = { .kind = PERIOD_DAY, .month = 3, .day = 13 };
    struct period year = { .kind = PERIOD_YEAR, .year = 2026 };
    struct period month = { .kind = PERIOD_MONTH, .month = 3 };
    assert_int_equal(period_compare(&day, &day), PERIOD_SAME);
    assert_int_equal(period_compare(&day, &other), PERIOD_OTHER);
    assert_int_equal(period_compare(&day, &year), PERIOD_INSIDE);
    assert_int_equal(period_compare(&year, &month), PERIOD_CANNOT_TELL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_may_lack_parts),
        cmocka_unit_test(relative_times_count_from_something),
        cmocka_unit_test(what_says_no_time_is_none),
        cmocka_unit_test(impossible_days_are_told),
        cmocka_unit_test(the_year_is_the_nearest_to_the_writing),
        cmocka_unit_test(periods_are_compared_by_their_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

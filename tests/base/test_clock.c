#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

static void known_days_have_their_numbers(void **state)
{
    (void)state;
    const struct {
        int year, month, day, days, weekday;
    } known[] = {
        { 1970, 1, 1, 0, 4 },      { 1969, 12, 31, -1, 3 },     { 2000, 2, 29, 11016, 2 },
        { 2010, 1, 29, 14638, 5 }, { 1600, 2, 29, -135081, 2 }, { 0, 3, 1, -719468, 3 },
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int32_t days = days_from_date(known[i].year, known[i].month, known[i].day);
        assert_int_equal(days, known[i].days);
        assert_int_equal(weekday_from_days(days), known[i].weekday);
    }
}

static void every_day_of_eight_centuries_comes_back(void **state)
{
    (void)state;
    for (int32_t days = -150000; days < 150000; days++) {
        int year, month, day;
        date_from_days(days, &year, &month, &day);
        assert_int_equal(days_from_date(year, month, day), days);
        assert_in_range(month, 1, 12);
        assert_in_range(day, 1, 31);
    }
}

static void times_are_written_in_utc(void **state)
{
    (void)state;
    char out[21];
    clock_format(0, out);
    assert_string_equal(out, "1970-01-01T00:00:00Z");
    clock_format(-1, out);
    assert_string_equal(out, "1969-12-31T23:59:59Z");
    clock_format(1793872800, out);
    assert_string_equal(out, "2026-11-05T10:00:00Z");
    clock_format(INT64_MAX, out);
    assert_string_equal(out, "9999-12-31T23:59:59Z");
    clock_format(INT64_MIN, out);
    assert_string_equal(out, "0000-01-01T00:00:00Z");
}

static void clocks_do_not_go_back(void **state)
{
    (void)state;
    uint64_t monotonic = clock_monotonic(), processor = clock_processor();
    assert_true(clock_monotonic() >= monotonic);
    assert_true(clock_processor() >= processor);
    assert_true(clock_wall() > 1700000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days_have_their_numbers),
        cmocka_unit_test(every_day_of_eight_centuries_comes_back),
        cmocka_unit_test(times_are_written_in_utc),
        cmocka_unit_test(clocks_do_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "check/dates.h"

static struct period day(int year, int month, int of_month)
{
    return (struct period){
        .kind = PERIOD_DAY, .year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)of_month
    };
}

static void weekdays_come_from_the_calendar(void **state)
{
    (void)state;
    struct period stated = day(2026, 3, 3), open = day(0, 6, 17), far = day(0, 11, 30);
    int32_t written_on = days_from_date(2026, 6, 20);
    assert_int_equal(dates_weekday(&stated, INT32_MIN), 3);
    assert_int_equal(dates_weekday(&open, written_on), 4);
    assert_int_equal(dates_weekday(&open, INT32_MIN), 0);
    assert_int_equal(dates_weekday(&far, written_on), 0);
}

static void intervals_have_the_room_that_people_give_them(void **state)
{
    (void)state;
    static const struct {
        int32_t count;
        enum period_unit unit;
        int8_t direction;
        bool is_loose;
        int32_t apart;
        bool fits;
    } rows[] = {
        { 3, PERIOD_DAYS, 1, false, 3, true },     { 3, PERIOD_DAYS, 1, false, 4, false },
        { 3, PERIOD_DAYS, -1, false, -3, true },   { 3, PERIOD_DAYS, -1, false, 3, false },
        { 1, PERIOD_WEEKS, -1, false, -8, true },  { 1, PERIOD_WEEKS, 1, false, 10, false },
        { 1, PERIOD_WEEKS, -1, true, -10, true },  { 2, PERIOD_MONTHS, 1, false, 61, true },
        { 2, PERIOD_MONTHS, 1, false, 90, false }, { 4, PERIOD_YEARS, -1, false, -1461, true },
    };
    int32_t from = days_from_date(2026, 6, 11);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct period relative = { .kind = PERIOD_RELATIVE,
                                   .count = rows[i].count,
                                   .unit = rows[i].unit,
                                   .direction = rows[i].direction,
                                   .is_loose = rows[i].is_loose };
        assert_int_equal(dates_interval_fits(&relative, from, from + rows[i].apart), rows[i].fits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekdays_come_from_the_calendar),
        cmocka_unit_test(intervals_have_the_room_that_people_give_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

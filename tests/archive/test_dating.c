#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "archive/dating.h"

static void a_canonical_number_is_taken_apart_and_nothing_else(void **state)
{
    (void)state;
    static const struct {
        const char *name, *post;
        unsigned year;
        uint64_t serial;
    } rows[] = {
        { "09SALINAS3061", "SALINAS", 9, 3061 },
        { "26PORTVERITY4", "PORTVERITY", 26, 4 },
        { "C05799999", NULL, 0, 0 },
        { "104-10068-10142", NULL, 0, 0 },
        { "09SALINAS", NULL, 0, 0 },
        { "", NULL, 0, 0 },
        { "09X", NULL, 0, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cable_number number;
        bool is_one = cable_number_from_name(bytes_from_string(rows[i].name), &number);
        assert_int_equal(is_one, rows[i].post != NULL);
        if (!is_one)
            continue;
        assert_true(bytes_is(number.post, rows[i].post));
        assert_int_equal(number.year, rows[i].year);
        assert_int_equal(number.serial, rows[i].serial);
    }
}

static void a_busy_post_may_spread_wider_than_a_small_one(void **state)
{
    (void)state;
    assert_int_equal(dating_reach(3061, 205), 44);
    assert_int_equal(dating_reach(20, 29), 10);
    assert_int_equal(dating_reach(0, 0), 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_canonical_number_is_taken_apart_and_nothing_else),
        cmocka_unit_test(a_busy_post_may_spread_wider_than_a_small_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/number.h"

static void numbers_are_exact(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value, *step;
    } rows[] = {
        { "2,117", "2,117", "1" },
        { "30,000", "30,000", "10,000" },
        { "1.4 billion", "1.4 billion", "100 million" },
        { "0.125", "0.125", "0.001" },
        { "1.125 million", "1.125 million", "1,000" },
        { "12k", "12,000", "1,000" },
        { "three hundred and six", "306", "1" },
        { "two million three hundred thousand five", "2,300,005", "1" },
        { "two-thirds of", "2/3", "" },
        { "a hundred", "100", "100" },
        { "half a dozen", "6", "1" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct saying saying;
        struct number number;
        char value[QUANTITY_TEXT_MAX], step[QUANTITY_TEXT_MAX] = "";
        assert_int_equal(
            saying_make(bytes_from_string(rows[i].text), NULL, 0, &arena, &saying, NULL), OK);
        assert_true(quantity_read(&saying, 0, &number) > 0);
        quantity_write(number.value, value);
        if (number.step.divisor != 0)
            quantity_write(number.step, step);
        assert_string_equal(value, rows[i].value);
        assert_string_equal(step, rows[i].step);
        arena_release(&arena);
    }
}

static void quantities_compare_by_value(void **state)
{
    (void)state;
    assert_int_equal(quantity_compare(quantity_make(1, 3), quantity_make(2, 6)), 0);
    assert_true(quantity_compare(quantity_make(1, 3), quantity_make(333, 1000)) > 0);
    struct quantity sum = quantity_add(quantity_make(1, 2), quantity_make(3, 10));
    assert_int_equal(quantity_compare(sum, quantity_make(8, 10)), 0);
    struct quantity rounded = quantity_round(quantity_make(7712, 1), quantity_make(100, 1));
    assert_int_equal(quantity_compare(rounded, quantity_make(7700, 1)), 0);
}

static void absurd_digits_are_no_number(void **state)
{
    (void)state;
    static const char *const rows[] = { "99999999999999999999999999", "10MEXICO83", "C05777817",
                                        "0.12345678901234567890",
                                        "99999999999999 trillion trillion" };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct saying saying;
        struct number number;
        assert_int_equal(saying_make(bytes_from_string(rows[i]), NULL, 0, &arena, &saying, NULL),
                         OK);
        assert_int_equal(quantity_read(&saying, 0, &number), 0);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(quantities_compare_by_value),
        cmocka_unit_test(absurd_digits_are_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

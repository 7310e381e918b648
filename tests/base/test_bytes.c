#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"

static struct bytes text(const char *string)
{
    return bytes_from_string(string);
}

static void slices_are_clamped(void **state)
{
    (void)state;
    assert_true(bytes_is(bytes_slice(text("harbour"), 3, 2), "bo"));
    assert_true(bytes_is(bytes_slice(text("harbour"), 3, SIZE_MAX), "bour"));
    assert_int_equal(bytes_slice(text("harbour"), 8, 1).len, 0);
    assert_int_equal(bytes_slice((struct bytes){ 0 }, 0, 5).len, 0);
}

static void order_is_by_unsigned_bytes_and_prefix_first(void **state)
{
    (void)state;
    assert_true(bytes_compare(text("a"), text("\xff")) < 0);
    assert_true(bytes_compare(text("abc"), text("ab")) > 0);
    assert_true(bytes_compare((struct bytes){ 0 }, text("a")) < 0);
    assert_int_equal(bytes_compare(text("ab"), text("ab")), 0);
}

static void needles_are_found_from_where_one_asks(void **state)
{
    (void)state;
    struct bytes in = text("the mine, the rail, the port");
    assert_int_equal(bytes_find(in, text("the"), 0), 0);
    assert_int_equal(bytes_find(in, text("the"), 1), 10);
    assert_int_equal(bytes_find(in, text("the"), 21), SIZE_MAX);
    assert_int_equal(bytes_find(in, text(""), in.len), in.len);
    assert_int_equal(bytes_find(in, text(""), in.len + 1), SIZE_MAX);
    assert_int_equal(bytes_find((struct bytes){ 0 }, text("a"), 0), SIZE_MAX);
    assert_int_equal(bytes_find_byte(in, 'p', 0), 24);
    assert_int_equal(bytes_find_byte(in, 'p', 25), SIZE_MAX);
    assert_int_equal(bytes_find_byte(in, 'p', 99), SIZE_MAX);
}

static void lines_end_in_three_ways(void **state)
{
    (void)state;
    const char *wanted[] = { "one", "two", "", "three", "four" };
    struct bytes in = text("one\ntwo\r\n\rthree\rfour"), line;
    size_t at = 0;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        assert_true(bytes_next_line(in, &at, &line));
        assert_true(bytes_is(line, wanted[i]));
    }
    assert_false(bytes_next_line(in, &at, &line));
    at = 0;
    assert_true(bytes_next_line(text("\n"), &at, &line));
    assert_false(bytes_next_line(text("\n"), &at, &line));
}

static void blanks_are_trimmed_at_both_ends(void **state)
{
    (void)state;
    assert_true(bytes_is(bytes_trim(text(" \t\r\n two words \n")), "two words"));
    assert_int_equal(bytes_trim(text(" \t ")).len, 0);
}

static void folding_is_ascii_only(void **state)
{
    (void)state;
    assert_true(bytes_equal_fold(text("SUBJECT"), text("subject")));
    assert_false(bytes_equal_fold(text("@"), text("`")));
    assert_false(bytes_equal_fold(text("\xc3\x81"), text("\xc3\xa1")));
    assert_true(bytes_has_prefix_fold(text("Subject: port"), "SUBJECT:"));
    assert_false(bytes_has_prefix_fold(text("Sub"), "SUBJECT:"));
    assert_true(bytes_has_prefix(text("Subject"), "Sub"));
}

static void only_whole_numbers_are_numbers(void **state)
{
    (void)state;
    const char *refused[] = {
        "", "-1", "+1", "1 ", "0x1", "18446744073709551616", "99999999999999999999"
    };
    uint64_t number = 5;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(bytes_to_number(text(refused[i]), &number));
    assert_int_equal(number, 5);
    assert_true(bytes_to_number(text("18446744073709551615"), &number));
    assert_int_equal(number, UINT64_MAX);
    assert_true(bytes_to_number(text("007"), &number));
    assert_int_equal(number, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_clamped),
        cmocka_unit_test(order_is_by_unsigned_bytes_and_prefix_first),
        cmocka_unit_test(needles_are_found_from_where_one_asks),
        cmocka_unit_test(lines_end_in_three_ways),
        cmocka_unit_test(blanks_are_trimmed_at_both_ends),
        cmocka_unit_test(folding_is_ascii_only),
        cmocka_unit_test(only_whole_numbers_are_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

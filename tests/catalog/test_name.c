#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "catalog/change.h"

#define CASE(name) static void name(void **state)

CASE(names_are_compared_without_case_blanks_and_padding)
{
    (void)state;
    static const char *const cases[][2] = {
        { "10VALDORIA83", "10VALDORIA83" },
        { "10 Valdoria 00083", "10VALDORIA83" },
        { "10VALDORIA0", "10VALDORIA0" },
        { "10VALDORIA000", "10VALDORIA0" },
        { "104-00068-1", "104-00068-1" },
        { "C05777817", "C5777817" },
        { "Carta a M\xc3\xa9nd\xc3\xa9z.txt", "CARTAAMENDEZ.TXT" },
        { " \t", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t once[FOLDED_NAME_MAX], twice[FOLDED_NAME_MAX];
        size_t len = name_fold(bytes_from_string(cases[i][0]), once);
        assert_true(bytes_is(bytes_make(once, len), cases[i][1]));
        size_t again = name_fold(bytes_make(once, len), twice);
        assert_true(bytes_equal(bytes_make(once, len), bytes_make(twice, again)));
    }
}

CASE(fields_come_back_and_every_truncation_is_refused)
{
    (void)state;
    struct field given[] = {
        { FIELD_TITLE, BASIS_STATED, bytes_from_string("Grain"), bytes_from_string("") },
        { FIELD_DATE, BASIS_INFERRED, bytes_from_string("1987"), bytes_from_string("the number") }
    };
    SCOPED(buffer_release) struct buffer blob = { 0 };
    SCOPED(arena_release) struct arena arena = { 0 };
    struct field_list fields;
    struct fault fault;
    fields_encode(given, 2, &blob);
    assert_int_equal(fields_decode(buffer_bytes(&blob), &arena, &fields, &fault), OK);
    assert_int_equal(fields.count, 2);
    assert_true(bytes_is(fields.at[1].from, "the number"));
    for (size_t len = 1; len < blob.len; len++)
        assert_int_equal(fields_decode(bytes_make(blob.at, len), &arena, &fields, &fault), CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_without_case_blanks_and_padding),
        cmocka_unit_test(fields_come_back_and_every_truncation_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/cursor.h"

static const uint8_t record[] = { 7, 0x34, 0x12, 1, 0, 0,    0, 2, 0,   0,
                                  0, 0,    0,    0, 0, 0x85, 1, 2, 'o', 'k' };

static bool read_record(struct bytes from)
{
    struct cursor cursor = cursor_from_bytes(from);
    uint8_t first = cursor_u8(&cursor);
    uint16_t second = cursor_u16(&cursor);
    uint32_t third = cursor_u32(&cursor);
    uint64_t fourth = cursor_u64(&cursor);
    uint32_t fifth = cursor_varint32(&cursor);
    struct bytes last = cursor_string(&cursor);
    if (cursor.bad)
        return false;
    assert_int_equal(first, 7);
    assert_int_equal(second, 0x1234);
    assert_int_equal(third, 1);
    assert_int_equal(fourth, 2);
    assert_int_equal(fifth, 133);
    assert_true(bytes_is(last, "ok"));
    return true;
}

static void a_whole_record_is_read(void **state)
{
    (void)state;
    assert_true(read_record(bytes_make(record, sizeof record)));
}

static void every_truncation_is_bad_and_none_is_read_past(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof record; len++) {
        uint8_t *exact = malloc(len > 0 ? len : 1);
        memcpy(exact, record, len);
        assert_false(read_record(bytes_make(exact, len)));
        free(exact);
    }
}

static void bad_sticks_and_answers_nothing(void **state)
{
    (void)state;
    const uint8_t wide[] = { 0xff, 0xff, 0xff, 0xff, 0x7f, 9, 9, 9, 9, 9, 9, 9, 9, 9 };
    struct cursor cursor = cursor_from_bytes(bytes_make(wide, sizeof wide));
    assert_int_equal(cursor_varint32(&cursor), 0);
    assert_true(cursor.bad);
    assert_int_equal(cursor_varint64(&cursor), 0);
    assert_int_equal(cursor_u8(&cursor), 0);
    assert_int_equal(cursor_bytes(&cursor, 1).len, 0);
    assert_int_equal(cursor_left(&cursor), 0);
}

static void varints_longer_than_64_bits_are_bad(void **state)
{
    (void)state;
    const struct {
        uint8_t at[11];
        bool bad;
        uint64_t value;
    } cases[] = {
        { { 255, 255, 255, 255, 255, 255, 255, 255, 255, 1 }, false, UINT64_MAX },
        { { 255, 255, 255, 255, 255, 255, 255, 255, 255, 2 }, true, 0 },
        { { 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 0 }, true, 0 },
        { { 0x85, 0x80, 0x00 }, false, 5 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct cursor cursor = cursor_from_bytes(bytes_make(cases[i].at, 11));
        assert_int_equal(cursor_varint64(&cursor), cases[i].value);
        assert_int_equal(cursor.bad, cases[i].bad);
    }
}

static void a_length_beyond_the_end_is_bad(void **state)
{
    (void)state;
    const uint8_t huge[] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 1, 'a' };
    struct cursor cursor = cursor_from_bytes(bytes_make(huge, sizeof huge));
    assert_int_equal(cursor_string(&cursor).len, 0);
    assert_true(cursor.bad);
}

static void nothing_at_all_can_be_read(void **state)
{
    (void)state;
    struct cursor cursor = cursor_from_bytes((struct bytes){ 0 });
    assert_int_equal(cursor_bytes(&cursor, 0).len, 0);
    assert_false(cursor.bad);
    assert_int_equal(cursor_u64(&cursor), 0);
    assert_true(cursor.bad);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_record_is_read),
        cmocka_unit_test(every_truncation_is_bad_and_none_is_read_past),
        cmocka_unit_test(bad_sticks_and_answers_nothing),
        cmocka_unit_test(varints_longer_than_64_bits_are_bad),
        cmocka_unit_test(a_length_beyond_the_end_is_bad),
        cmocka_unit_test(nothing_at_all_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

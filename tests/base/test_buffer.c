#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/cursor.h"
#include "base/scoped.h"

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer buffer = { 0 };
    buffer_u8(&buffer, 0xfe);
    buffer_u16(&buffer, 0x1234);
    buffer_u32(&buffer, 0x12345678);
    buffer_u64(&buffer, UINT64_C(0x123456789abcdef0));
    buffer_string(&buffer, bytes_from_string("customs house"));
    assert_int_equal(buffer.at[1], 0x34);
    struct cursor cursor = cursor_from_bytes(buffer_bytes(&buffer));
    assert_int_equal(cursor_u8(&cursor), 0xfe);
    assert_int_equal(cursor_u16(&cursor), 0x1234);
    assert_int_equal(cursor_u32(&cursor), 0x12345678);
    assert_int_equal(cursor_u64(&cursor), UINT64_C(0x123456789abcdef0));
    assert_true(bytes_is(cursor_string(&cursor), "customs house"));
    assert_false(cursor.bad);
    assert_int_equal(cursor_left(&cursor), 0);
}

static void varints_of_every_width_are_read_back(void **state)
{
    (void)state;
    for (unsigned shift = 0; shift < 64; shift++) {
        for (int64_t more = -1; more <= 1; more++) {
            uint64_t value = (UINT64_C(1) << shift) + (uint64_t)more;
            SCOPED(buffer_release) struct buffer buffer = { 0 };
            buffer_varint(&buffer, value);
            struct cursor cursor = cursor_from_bytes(buffer_bytes(&buffer));
            assert_int_equal(cursor_varint64(&cursor), value);
            assert_false(cursor.bad);
            assert_int_equal(cursor_left(&cursor), 0);
        }
    }
}

static void prints_grow_as_long_as_they_must(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer buffer = { 0 };
    for (int width = 0; width < 400; width++) {
        buffer_clear(&buffer);
        buffer_print(&buffer, "%*d", width, 7);
        assert_int_equal(buffer.len, width > 0 ? width : 1);
        assert_int_equal(buffer.at[buffer.len - 1], '7');
    }
}

static void an_impossible_size_sticks_until_asked(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer buffer = { 0 };
    struct fault fault;
    buffer_append_text(&buffer, "ab");
    assert_int_equal(buffer_check(&buffer, &fault), OK);
    assert_false(buffer_reserve(&buffer, SIZE_MAX));
    assert_false(buffer_reserve(&buffer, PTRDIFF_MAX));
    buffer_append_text(&buffer, "cd");
    assert_int_equal(buffer.len, 2);
    assert_int_equal(buffer_check(&buffer, &fault), NO_MEMORY);
    assert_null(buffer_take_string(&buffer));
    assert_int_equal(buffer_check(&buffer, &fault), OK);
}

static void a_taken_string_leaves_an_empty_buffer(void **state)
{
    (void)state;
    struct buffer buffer = { 0 };
    buffer_append_bytes(&buffer, bytes_make("lighter", 5));
    FREED char *string = buffer_take_string(&buffer);
    assert_string_equal(string, "light");
    assert_null(buffer.at);
    FREED char *nothing = buffer_take_string(&buffer);
    assert_string_equal(nothing, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(varints_of_every_width_are_read_back),
        cmocka_unit_test(prints_grow_as_long_as_they_must),
        cmocka_unit_test(an_impossible_size_sticks_until_asked),
        cmocka_unit_test(a_taken_string_leaves_an_empty_buffer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

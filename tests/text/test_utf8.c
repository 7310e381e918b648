#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include "text/utf8.h"

#include <utf8proc.h>

static struct bytes words(const char *string)
{
    return bytes_from_string(string);
}

static void every_code_point_is_written_and_read_back(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint8_t out[4];
        size_t len = 0;
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct bytes text = { out, utf8_encode(code, out) };
        assert_int_equal(utf8_decode(text, 0, &len), code);
        assert_int_equal(len, text.len);
        assert_int_equal(utf8_valid_prefix(text), text.len);
    }
}

static void malformed_bytes_end_the_valid_prefix(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {
        { "", 0 },
        { "plain text that is long enough", 30 },
        { "caf\xC3\xA9", 5 },
        { "caf\xC3", 3 },
        { "\x80", 0 },
        { "ab\xC0\x80", 2 },
        { "ab\xE0\x80\x80", 2 },
        { "ab\xED\xA0\x80", 2 },
        { "ab\xF4\x90\x80\x80", 2 },
        { "ab\xF0\x9F\x98", 2 },
        { "12345678\xFFzz", 8 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_valid_prefix(words(cases[i].text)), cases[i].valid);
}

static void every_truncation_of_a_character_is_bad(void **state)
{
    (void)state;
    for (size_t len = 1; len < 4; len++) {
        size_t taken = 0;
        assert_int_equal(utf8_decode(bytes_make("\xF0\x9F\x98\x80", len), 0, &taken), UTF8_BAD);
        assert_int_equal(taken, 1);
    }
}

static void each_bad_byte_is_repaired_once(void **state)
{
    (void)state;
    struct buffer to = { 0 };
    assert_int_equal(utf8_repair(words("a\xFF\xE2\x82z"), &to), 3);
    assert_true(bytes_is(buffer_bytes(&to), "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz"));
    buffer_release(&to);
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(utf8_count(words("Esp\xC3\xADritu")), 8);
}

static void widths_agree_with_the_library_that_made_them(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++)
        if (utf8_width(code) != utf8proc_charwidth((utf8proc_int32_t)code))
            refuse("width of U+%04X", code);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_is_written_and_read_back),
        cmocka_unit_test(malformed_bytes_end_the_valid_prefix),
        cmocka_unit_test(every_truncation_of_a_character_is_bad),
        cmocka_unit_test(each_bad_byte_is_repaired_once),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(widths_agree_with_the_library_that_made_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

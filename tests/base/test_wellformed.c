#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/wellformed.h"

static size_t encode(uint32_t code, uint8_t out[4])
{
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        out[i] = (uint8_t)(0x80 | (code & 0x3f));
    out[0] = (uint8_t)(0xf0 << (4 - len) | code);
    return len;
}

static void every_character_but_surrogates_is_well_formed(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x120000; code++) {
        uint8_t text[4];
        size_t len = encode(code, text);
        bool is_character = code < 0x110000 && (code < 0xd800 || code > 0xdfff);
        if (wellformed_len(bytes_make(text, len)) != (is_character ? len : 0))
            fail_msg("U+%04X", code);
        if (len > 1 && wellformed_len(bytes_make(text, len - 1)) != 0)
            fail_msg("U+%04X cut short", code);
    }
}

static void overlong_and_stray_bytes_are_not(void **state)
{
    (void)state;
    const char *bad[] = { "",
                          "\x80",
                          "\xc0\xaf",
                          "\xc1\x81",
                          "\xe0\x9f\xbf",
                          "\xf0\x8f\xbf\xbf",
                          "\xf5\x80\x80\x80",
                          "\xff",
                          "\xc3(",
                          "\xe2\x82(",
                          "\xf0\x9f\x98(" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(wellformed_len(bytes_from_string(bad[i])), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_but_surrogates_is_well_formed),
        cmocka_unit_test(overlong_and_stray_bytes_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

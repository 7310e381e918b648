#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include "text/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "text/utf8.h"

/* The library's own fold, again and again until it rests; an owned string. */
static char *library_fold(const uint8_t *text, size_t len)
{
    const utf8proc_option_t options = UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_IGNORE |
                                      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK;
    utf8proc_uint8_t *out = NULL;
    assert_true(utf8proc_map(text, (utf8proc_ssize_t)len, &out, options) >= 0);
    if (strlen((char *)out) == len && memcmp(out, text, len) == 0)
        return (char *)out;
    char *again = library_fold(out, strlen((char *)out));
    free(out);
    return again;
}

static bool is_in(uint32_t code, const uint32_t *list)
{
    for (; *list; list++)
        if (code == *list)
            return true;
    return false;
}

/* Where stet departs from Unicode on purpose. */
static bool is_departure(uint32_t code)
{
    static const uint32_t stroked[] = {
        0xC6,   0xE6,   0x152, 0x153,  0xD8,  0xF8,   0x141,   0x142,   0x110,   0x111,   0x126,
        0x127,  0x131,  0x166, 0x167,  0xD0,  0xF0,   0xDE,    0xFE,    0x1E2,   0x1E3,   0x1FC,
        0x1FD,  0x1FE,  0x1FF, 0x1D2D, 0x2C8, 0xA7F8, 0xA7F9,  0x10783, 0x1079E, 0x107A2, 0x107BD,
        0x1D4A, 0x1D9E, 0x149, 0x1E9A, 0x37A, 0x210F, 0x10795, 0x374,   0x1D6A4, 0
    };
    static const uint32_t marks[] = { 0x2018, 0x2019, 0x201A, 0x201B, 0x201C, 0x201D,
                                      0x201E, 0x201F, 0x2010, 0x2011, 0 };
    bool is_apostrophe = (code >= 0x2B9 && code <= 0x2BF) || code == 0xA78B || code == 0xA78C ||
                         code == 0xFF9E || code == 0xFF9F;
    return is_apostrophe || is_in(code, stroked) || is_in(code, marks) ||
           utf8proc_category((utf8proc_int32_t)code) == UTF8PROC_CATEGORY_ND;
}

static void every_code_point_folds_as_the_library_folds_it(void **state)
{
    (void)state;
    int wrong = 0;
    for (uint32_t code = 0x20; code <= 0x10FFFF; code++) {
        uint8_t text[4];
        uint8_t folded[64];
        bool is_control = code < 0xA0 && code > 0x7E;
        if ((code >= 0xD800 && code <= 0xDFFF) || is_control || is_departure(code))
            continue;
        struct bytes one = { text, utf8_encode(code, text) };
        char *expected = library_fold(text, one.len);
        struct bytes found = { folded, fold_text(one, folded, sizeof folded) };
        if (!bytes_is(found, expected)) {
            print_error("U+%04X: %.*s, not %s\n", code, (int)found.len, folded, expected);
            wrong++;
        }
        free(expected);
    }
    assert_int_equal(wrong, 0);
}

static void departures_are_the_listed_ones(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "\xC3\x86on", "aeon" },
        { "S\xC3\xB8ren", "soren" },
        { "\xC5\x81\xC3\xB3"
          "d\xC5\xBA",
          "lodz" },
        { "\xC3\xBEorn", "thorn" },
        { "\xC5\x92uvre", "oeuvre" },
        { "\xD9\xA3", "3" },
        { "Sa\xCA\xBFud", "saud" },
        { "\xE2\x80\x9Cso\xE2\x80\x9D", "\"so\"" },
        { "it\xE2\x80\x99s", "it's" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint8_t out[32];
        struct bytes found = { out, fold_text(bytes_from_string(cases[i][0]), out, sizeof out) };
        if (!bytes_is(found, cases[i][1]))
            refuse("%s: %.*s", cases[i][0], (int)found.len, out);
    }
}

static void folding_again_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        uint8_t text[4], once[64], twice[64];
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        struct bytes one = { once, fold_text(bytes_make(text, utf8_encode(code, text)), once,
                                             sizeof once) };
        if (!bytes_equal(one, bytes_make(twice, fold_text(one, twice, sizeof twice))))
            refuse("U+%04X", code);
    }
}

static void folding_stops_at_a_whole_character(void **state)
{
    (void)state;
    uint8_t out[5];
    assert_int_equal(fold_text(bytes_from_string("ab\xE6\x97\xA5\xE6\x9C\xAC"), out, sizeof out),
                     5);
    assert_int_equal(fold_text(bytes_from_string("ab\xE6\x97\xA5"), out, 4), 2);
    assert_int_equal(fold_text(bytes_from_string(""), out, 0), 0);
}

static void classes_are_what_a_tokenizer_needs(void **state)
{
    (void)state;
    static const struct {
        uint32_t code;
        enum char_class class;
    } cases[] = {
        { 'a', CHAR_LETTER },       { '7', CHAR_DIGIT },        { ' ', CHAR_SPACE },
        { '-', CHAR_OTHER },        { 0xE9, CHAR_LETTER },      { 0x301, CHAR_MARK },
        { 0xAD, CHAR_INVISIBLE },   { 0x200B, CHAR_INVISIBLE }, { 0x202F, CHAR_SPACE },
        { 0x65E5, CHAR_IDEOGRAPH }, { 0x1F600, CHAR_OTHER },    { 0xFF11, CHAR_DIGIT },
        { 0xFFFD, CHAR_OTHER },     { 0x110000, CHAR_OTHER },   { 0xB2, CHAR_OTHER },
        { 0, CHAR_OTHER },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(char_traits(cases[i].code).class, cases[i].class);
    assert_true(char_traits(0xC9).is_upper);
    assert_false(char_traits(0xE9).is_upper);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_folds_as_the_library_folds_it),
        cmocka_unit_test(departures_are_the_listed_ones),
        cmocka_unit_test(folding_again_changes_nothing),
        cmocka_unit_test(folding_stops_at_a_whole_character),
        cmocka_unit_test(classes_are_what_a_tokenizer_needs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "refuse.h"

#include "text/charset.h"

struct sample {
    const char *raw;
    size_t len;
    const char *declared;
    const char *text;
    const char *name;
    enum charset_basis basis;
    uint64_t replaced;
};

#define RAW(string) string, sizeof string - 1

static void check(const struct sample *sample)
{
    struct buffer to = { 0 };
    struct charset_guess guess;
    assert_int_equal(
        charset_to_utf8(bytes_make(sample->raw, sample->len), sample->declared, &to, &guess, NULL),
        OK);
    if (!bytes_is(buffer_bytes(&to), sample->text))
        refuse("%s: %.*s", sample->text, (int)to.len, to.at);
    assert_string_equal(guess.name, sample->name);
    assert_int_equal(guess.basis, sample->basis);
    assert_int_equal(guess.replaced, sample->replaced);
    buffer_release(&to);
}

static void marks_validity_and_declarations_are_believed_in_that_order(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        { RAW("plain"), NULL, "plain", "UTF-8", CHARSET_VALID_UTF8, 0 },
        { RAW(""), NULL, "", "UTF-8", CHARSET_VALID_UTF8, 0 },
        { RAW("caf\xC3\xA9"), "windows-1252", "caf\xC3\xA9", "UTF-8", CHARSET_VALID_UTF8, 0 },
        { RAW("\xEF\xBB\xBFok"), NULL, "ok", "UTF-8", CHARSET_MARK, 0 },
        { RAW("\xFF\xFEo\0k\0"), NULL, "ok", "UTF-16LE", CHARSET_MARK, 0 },
        { RAW("\xFE\xFF\0o\0k"), NULL, "ok", "UTF-16BE", CHARSET_MARK, 0 },
        { RAW("\xFF\xFE\0\0o\0\0\0"), NULL, "o", "UTF-32LE", CHARSET_MARK, 0 },
        { RAW("\xFF\xFE\x3D\xD8\0\xDE"), NULL, "\xF0\x9F\x98\x80", "UTF-16LE", CHARSET_MARK, 0 },
        { RAW("caf\xE9"), "ISO-8859-1", "caf\xC3\xA9", "windows-1252", CHARSET_DECLARED, 0 },
        { RAW("\x93so\x94"), "iso-8859-1", "\xE2\x80\x9Cso\xE2\x80\x9D", "windows-1252",
          CHARSET_DECLARED, 0 },
        { RAW("\xF1\xE0"), "KOI8-R", "\xD0\xAF\xD0\xAE", "KOI8-R", CHARSET_DECLARED, 0 },
        { RAW("\x1B$BF|K\\\x1B(B"), "ISO-2022-JP", "\xE6\x97\xA5\xE6\x9C\xAC", "ISO-2022-JP",
          CHARSET_DECLARED, 0 },
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        check(&samples[i]);
}

static void every_listed_charset_is_known(void **state)
{
    (void)state;
    static const char *const names[] = {
        "UTF-16LE",     "UTF-16BE",     "UTF-32LE",     "UTF-32BE",     "windows-1250",
        "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
        "windows-1256", "windows-1257", "windows-1258", "ISO-8859-1",   "ISO-8859-2",
        "ISO-8859-3",   "ISO-8859-4",   "ISO-8859-5",   "ISO-8859-6",   "ISO-8859-7",
        "ISO-8859-8",   "ISO-8859-9",   "ISO-8859-10",  "ISO-8859-13",  "ISO-8859-14",
        "ISO-8859-15",  "KOI8-R",       "KOI8-U",       "IBM437",       "IBM850",
        "IBM866",       "macintosh",    "Shift_JIS",    "EUC-JP",       "ISO-2022-JP",
        "GB18030",      "Big5",         "EUC-KR",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buffer to = { 0 };
        struct charset_guess guess;
        struct fault fault = { 0 };
        if (charset_to_utf8(bytes_make("\xE1\xE1", 2), names[i], &to, &guess, &fault) != OK)
            refuse("%s: %s", names[i], fault.words);
        assert_int_equal(guess.basis, CHARSET_DECLARED);
        buffer_release(&to);
    }
}

static void a_little_damage_leaves_utf8_what_it_is(void **state)
{
    (void)state;
    struct buffer raw = { 0 };
    struct buffer to = { 0 };
    struct charset_guess guess;
    for (int i = 0; i < 40; i++)
        buffer_append_text(&raw, "El se\xC3\xB1or ministro habl\xC3\xB3. ");
    buffer_append_text(&raw, "\xFF.");
    assert_int_equal(charset_to_utf8(buffer_bytes(&raw), NULL, &to, &guess, NULL), OK);
    assert_string_equal(guess.name, "UTF-8");
    assert_int_equal(guess.replaced, 1);
    buffer_release(&raw);
    buffer_release(&to);
}

static void a_single_byte_charset_is_guessed(void **state)
{
    (void)state;
    struct buffer raw = { 0 };
    struct buffer to = { 0 };
    struct charset_guess guess;
    for (int i = 0; i < 20; i++)
        buffer_append_text(
            &raw, "Le pr\xE9sident a d\xE9j\xE0 re\xE7u les d\xE9l\xE9gu\xE9s \xE0 l'h\xF4tel. ");
    assert_int_equal(charset_to_utf8(buffer_bytes(&raw), NULL, &to, &guess, NULL), OK);
    assert_int_equal(guess.basis, CHARSET_GUESSED);
    assert_true(bytes_find(buffer_bytes(&to), bytes_from_string("pr\xC3\xA9sident"), 0) !=
                SIZE_MAX);
    buffer_release(&raw);
    buffer_release(&to);
}

static void utf16_without_a_mark_is_seen(void **state)
{
    (void)state;
    static const struct sample sample = {
        RAW("T\0h\0e\0 \0p\0o\0s\0t\0"), NULL, "The post", "UTF-16LE", CHARSET_GUESSED, 0
    };
    check(&sample);
}

static void every_pair_of_bytes_is_read_as_something(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair += 7) {
        uint8_t raw[2] = { (uint8_t)(pair >> 8), (uint8_t)pair };
        struct buffer to = { 0 };
        struct charset_guess guess;
        assert_int_equal(charset_to_utf8(bytes_make(raw, 2), "no-such-charset", &to, &guess, NULL),
                         OK);
        buffer_release(&to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_validity_and_declarations_are_believed_in_that_order),
        cmocka_unit_test(every_listed_charset_is_known),
        cmocka_unit_test(a_little_damage_leaves_utf8_what_it_is),
        cmocka_unit_test(a_single_byte_charset_is_guessed),
        cmocka_unit_test(utf16_without_a_mark_is_seen),
        cmocka_unit_test(every_pair_of_bytes_is_read_as_something),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

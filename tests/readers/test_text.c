#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "memory_sink.h"
#include "readers/text_reader.h"

static void read_string(struct memory_sink *sink, const char *text)
{
    memory_sink_read(sink, &text_reader, bytes_from_string(text), 0, NULL);
}

static void plain_text_comes_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = { "The ships lie in the gulf.\r\n\tNone sails.\f\n", "x",
                                         "\n\n\n", "Avil\xc3\xa9s" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct memory_sink sink;
        read_string(&sink, texts[i]);
        assert_true(bytes_is(buffer_bytes(&sink.text), texts[i]));
        assert_int_equal(sink.verdict, VERDICT_FULL);
        assert_int_equal(sink.kind, KIND_TEXT);
        assert_int_equal(sink.parts, 1);
        memory_sink_release(&sink);
    }
}

static void an_empty_file_is_a_document_without_a_part(void **state)
{
    (void)state;
    struct memory_sink sink;
    read_string(&sink, "");
    assert_int_equal(sink.documents, 1);
    assert_int_equal(sink.parts, 0);
    assert_int_equal(sink.verdict, VERDICT_FULL);
    assert_string_equal(sink.reason, "empty file");
    memory_sink_release(&sink);
}

static void a_declared_charset_is_read_and_said(void **state)
{
    (void)state;
    struct memory_sink sink;
    memory_sink_read(&sink, &text_reader, bytes_from_string("\xd0\xd2\xc9\xd7\xc5\xd4"), 0,
                     "koi8-r");
    assert_true(bytes_is(buffer_bytes(&sink.text), "привет"));
    assert_non_null(strstr((char *)sink.fields.at, "charset=KOI8-R;"));
    memory_sink_release(&sink);
}

static void a_scan_with_many_misread_words_is_doubtful(void **state)
{
    (void)state;
    static const char head[] = "# SL-104\n\n## Page 1\n\nThe harbour master of Sulaco counted the "
                               "lighters at dawn and wrote down nine of them.\n\n";
    static const struct {
        const char *rest;
        enum verdict verdict;
        const char *reason;
    } rows[] = {
        { "All of them came back by night.\n", VERDICT_FULL, "" },
        { "l1ghtEr g0ld^ xqz tr@in\n", VERDICT_DOUBTFUL, "20 % of its words look misread" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        char text[400];
        snprintf(text, sizeof text, "%s%s", head, rows[i].rest);
        read_string(&sink, text);
        assert_int_equal(sink.kind, KIND_SCAN);
        assert_int_equal(sink.verdict, rows[i].verdict);
        assert_string_equal(sink.reason, rows[i].reason);
        memory_sink_release(&sink);
    }
}

static void damage_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *at;
        size_t len;
        enum verdict verdict;
        const char *reason;
    } rows[] = {
        { "a line with one\0NUL among its many words", 40, VERDICT_DOUBTFUL,
          "1 NUL byte replaced" },
        { "a line with one\1 control among its many words", 45, VERDICT_DOUBTFUL,
          "1 control byte" },
        { "caf\xe9", 4, VERDICT_DOUBTFUL, "charset guessed from few bytes" },
        { "\1\2\3\4\5\6", 6, VERDICT_FAILED, "no text: 6 control bytes among 6 characters" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &text_reader, bytes_make(rows[i].at, rows[i].len), 0, NULL);
        assert_string_equal(sink.reason, rows[i].reason);
        assert_int_equal(sink.verdict, rows[i].verdict);
        memory_sink_release(&sink);
    }
}

static void a_nul_becomes_a_replacement_character(void **state)
{
    (void)state;
    struct memory_sink sink;
    memory_sink_read(&sink, &text_reader, bytes_make("the gulf\0is still, and the town too", 35), 0,
                     NULL);
    assert_true(
        bytes_is(buffer_bytes(&sink.text), "the gulf\xef\xbf\xbdis still, and the town too"));
    memory_sink_release(&sink);
}

static uint32_t next_number(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

static void junk_is_never_read_in_full(void **state)
{
    (void)state;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        uint8_t junk[5000];
        uint32_t random = seed;
        size_t len = 64 + seed * 16;
        for (size_t i = 0; i < len; i++)
            junk[i] = (uint8_t)next_number(&random);
        struct memory_sink sink;
        memory_sink_read(&sink, &text_reader, bytes_make(junk, len), 0, NULL);
        assert_int_not_equal(sink.verdict, VERDICT_FULL);
        memory_sink_release(&sink);
    }
}

/* `unit` again and again, `len` bytes. */
static struct bytes repeated(const char *unit, size_t len)
{
    uint8_t *at = malloc(len);
    assert_non_null(at);
    for (size_t i = 0; i < len; i++)
        at[i] = (uint8_t)unit[i % strlen(unit)];
    return bytes_make(at, len);
}

static void long_text_is_cut_into_parts_and_loses_nothing(void **state)
{
    (void)state;
    static const char *const units[] = { "one line of the many\n", "no line ends here ", "\xc3\xa9",
                                         "x" };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t len = (PART_MAX + (5 << 20)) / strlen(units[i]) * strlen(units[i]);
        struct bytes item = repeated(units[i], len);
        struct memory_sink sink;
        memory_sink_read(&sink, &text_reader, item, 0, NULL);
        assert_int_equal(sink.parts, 2);
        assert_true(sink.longest_part <= PART_MAX);
        assert_true(bytes_equal(buffer_bytes(&sink.text), item));
        assert_int_equal(sink.verdict, VERDICT_FULL);
        memory_sink_release(&sink);
        free((void *)(uintptr_t)item.at);
    }
}

static void long_text_of_wide_characters_is_not_cut_inside_one(void **state)
{
    (void)state;
    static const char *const starts[] = { "", "\xff\xfe" };
    for (size_t i = 0; i < 2; i++) {
        struct buffer item = { 0 };
        struct memory_sink sink;
        buffer_append_text(&item, starts[i]);
        while (item.len < (10 << 20))
            buffer_append(&item, "g\0u\0l\0f\0\n\0", 10);
        memory_sink_read(&sink, &text_reader, buffer_bytes(&item), 0, NULL);
        assert_int_equal(sink.verdict, VERDICT_FULL);
        assert_int_equal(sink.text.len, item.len / 2 - i);
        assert_non_null(strstr((char *)sink.fields.at, "charset=UTF-16LE;"));
        memory_sink_release(&sink);
        buffer_release(&item);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_comes_as_it_is),
        cmocka_unit_test(an_empty_file_is_a_document_without_a_part),
        cmocka_unit_test(a_declared_charset_is_read_and_said),
        cmocka_unit_test(a_scan_with_many_misread_words_is_doubtful),
        cmocka_unit_test(damage_is_said),
        cmocka_unit_test(a_nul_becomes_a_replacement_character),
        cmocka_unit_test(junk_is_never_read_in_full),
        cmocka_unit_test(long_text_is_cut_into_parts_and_loses_nothing),
        cmocka_unit_test(long_text_of_wide_characters_is_not_cut_inside_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

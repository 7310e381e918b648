#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsed.h"

static enum stet_status parse_bytes(const void *at, size_t len, struct fault *fault,
                                    size_t *quotations, bool *cut)
{
    struct arena arena = { 0 };
    struct story story;
    enum stet_status code = story_parse(bytes_from_string("s.txt"), bytes_make(at, len),
                                        STORY_PLAIN, NULL, 0, &arena, &story, fault);
    *quotations = code == STET_OK ? story.quotation_count : 0;
    *cut = code == STET_OK && story.cut;
    arena_release(&arena);
    return code;
}

static void what_is_not_text_is_refused_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        const char *words;
    } rows[] = {
        { "", 0, "the story is empty" },
        { " \n\t ", 4, "the story is empty" },
        { "a\0b", 3, "the story holds NUL bytes: it is not text" },
        { "ab\xFF", 3, "the story is not valid UTF-8 at byte 2" },
        { "\x01\x02\x03 x", 5, "the story is full of control bytes: it is not text" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault fault = { 0 };
        size_t count = 0;
        bool cut = false;
        assert_int_equal(parse_bytes(rows[i].bytes, rows[i].len, &fault, &count, &cut),
                         STET_BAD_INPUT);
        assert_string_equal(fault.words, rows[i].words);
    }
}

static void lines_and_columns_count_from_one_in_code_points(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "ab\r\néñ\U0001F600x\n\nz", STORY_PLAIN);
    static const uint32_t rows[][3] = {
        { 0, 1, 1 }, { 1, 1, 2 }, { 4, 2, 1 }, { 12, 2, 4 }, { 15, 4, 1 }
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t line = 0, column = 0;
        story_line_column(&parsed.story, rows[i][0], &line, &column);
        assert_int_equal(line, rows[i][1]);
        assert_int_equal(column, rows[i][2]);
    }
}

static void long_lines_are_paragraphs_and_wrapped_ones_are_not(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "One line,\nand another.\n\nA second\nparagraph.\n", STORY_PLAIN);
    assert_int_equal(parsed.story.paragraph_count, 2);
    SCOPED(buffer_release) struct buffer text = { 0 };
    for (int i = 0; i < 3; i++)
        buffer_print(&text, "%0130d words.\n", i);
    FREED char *wide = buffer_take_string(&text);
    SCOPED(parsed_release) struct parsed other;
    parse_as(&other, wide, STORY_PLAIN);
    assert_int_equal(other.story.paragraph_count, 3);
}

/* Time must not explode: each of these was chosen to make a careless scanner read everything again
 * and again. */
static void hostile_texts_end(void **state)
{
    (void)state;
    static const char *const patterns[] = { "“",    "\"a ", " 'a", " ‘a “", "[",
                                            "“[x ", "`",    "](",  "<a" };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        SCOPED(buffer_release) struct buffer text = { 0 };
        while (text.len < 60000)
            buffer_append_text(&text, patterns[i]);
        FREED char *string = buffer_take_string(&text);
        SCOPED(parsed_release) struct parsed parsed;
        parse_as(&parsed, string, STORY_MARKDOWN);
        assert_int_equal(parsed.code, STET_OK);
    }
}

static void more_quotations_than_the_limit_are_said_to_be_cut(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer text = { 0 };
    for (int i = 0; i < STORY_QUOTATIONS_MAX + 5; i++)
        buffer_print(&text, "“a%d”\n\n", i);
    struct fault fault;
    size_t count = 0;
    bool cut = false;
    assert_int_equal(parse_bytes(text.at, text.len, &fault, &count, &cut), STET_OK);
    assert_int_equal(count, STORY_QUOTATIONS_MAX);
    assert_true(cut);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_text_is_refused_in_words),
        cmocka_unit_test(lines_and_columns_count_from_one_in_code_points),
        cmocka_unit_test(long_lines_are_paragraphs_and_wrapped_ones_are_not),
        cmocka_unit_test(hostile_texts_end),
        cmocka_unit_test(more_quotations_than_the_limit_are_said_to_be_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

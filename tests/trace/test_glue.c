#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "trace/glue.h"

static struct glue read_all(const char *text)
{
    struct glue glue;
    glue_read(&glue, bytes_from_string(text), 0, (uint32_t)strlen(text), NULL, 0);
    return glue;
}

struct held {
    const char *story;
    const char *source;
    const char *code; /* "" where nothing differs */
};

typedef enum glue_answer compare(const struct glue *, const struct glue *, enum difference_class *);

static void hold(const struct held *cases, size_t count, compare *of)
{
    for (size_t i = 0; i < count; i++) {
        struct glue story = read_all(cases[i].story), source = read_all(cases[i].source);
        enum difference_class class = DIFFERENCE_CLASSES;
        bool differs = of(&story, &source, &class) == GLUE_DIFFERS;
        assert_string_equal(differs ? difference_code(class) : "", cases[i].code);
    }
}

static enum glue_answer between(const struct glue *story, const struct glue *source,
                                enum difference_class *class)
{
    return glue_compare(story, source, false, class);
}

static enum glue_answer before_and(const struct glue *story, const struct glue *source,
                                   enum difference_class *class)
{
    return glue_compare(story, source, true, class);
}

static void signs_between_two_words_are_held(void **state)
{
    static const struct held cases[] = {
        { " ", "\n   ", "" },
        { " ", ", ", "P1" },
        { ", ", " ", "P1" },
        { "-", " ", "P2" },
        { " \xe2\x80\x94 ", " -- ", "V1" },
        { " \xe2\x80\x98", " \"", "V1" },
        { " ", " \"", "P3" },
        { ": ", "; ", "P1" },
        { "; ", " - ", "P2" },
        { ". ", ". ", "" },
        { " \"", " \xef\xbf\xbd", "V8" },
        { " - ", " ) ", "V8" },
        { " $", " ", "S2" },
        { " *", " ", "E1" },
        { "... ", "\xe2\x80\xa6 ", "V1" },
    };
    (void)state;
    hold(cases, sizeof cases / sizeof *cases, between);
}

static void a_serial_comma_is_house_style(void **state)
{
    static const struct held cases[] = { { " ", ", ", "P2" }, { ", ", " ", "P2" } };
    (void)state;
    hold(cases, sizeof cases / sizeof *cases, before_and);
}

static void the_host_sentence_may_set_its_own_comma_and_stop(void **state)
{
    static const struct held cases[] = {
        { ",", ". ", "V2" }, { ".", ", ", "V2" }, { "", "? ", "" },   { ".", "? ", "P1" },
        { "?", ". ", "P1" }, { ".", ". ", "" },   { ",", " ", "V2" },
    };
    (void)state;
    hold(cases, sizeof cases / sizeof *cases, glue_compare_end);
}

static void holes_reply_marks_and_invisible_signs_are_passed_over(void **state)
{
    static const char text[] = " \n> \n>> \xc2\xad[note] ";
    struct hole hole = { 10, 16 };
    struct glue glue;
    (void)state;
    glue_read(&glue, bytes_from_string(text), 0, (uint32_t)strlen(text), &hole, 1);
    assert_int_equal(glue.count, 0);
    assert_true(glue.blank);
}

static void more_signs_than_are_kept_end_quietly(void **state)
{
    struct glue glue = read_all(",;,;,;,;,;,;,;,;,;,;,;,;,;,;,;,;,;,;");
    (void)state;
    assert_int_equal(glue.count, GLUE_MAX);
    glue = read_all("\xf0\x9f\xff");
    assert_true(glue.count <= GLUE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_between_two_words_are_held),
        cmocka_unit_test(a_serial_comma_is_house_style),
        cmocka_unit_test(the_host_sentence_may_set_its_own_comma_and_stop),
        cmocka_unit_test(holes_reply_marks_and_invisible_signs_are_passed_over),
        cmocka_unit_test(more_signs_than_are_kept_end_quietly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

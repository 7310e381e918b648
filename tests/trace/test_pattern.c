#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "quotation_text.h"

static const char letters[] = "WC.GB(SX"; /* by enum node_kind */

static void marks_and_words_become_nodes_in_order(void **state)
{
    static const char *const cases[][2] = {
        { "[d]redging of the harbour", "CWWW" },
        { "want[ed] more [...] barges", "CW.W" },
        { "barges [flat ones] sank", "WBW" },
        { "the harbor [sic] was{” he said, “}closed", "WWSWGW" },
        { "the bank (of Velmora) refused ####", "WW(WX" },
        { "forces…ongoing", "W.W" },
        { "", "" },
        { "[…]", "." },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        struct pattern pattern;
        assert_int_equal(pattern_from_text(cases[i][0], &arena, &pattern, NULL), OK);
        assert_int_equal(pattern.count, strlen(cases[i][1]));
        for (size_t k = 0; k < pattern.count; k++)
            assert_int_equal(letters[pattern.nodes[k].kind], cases[i][1][k]);
    }
}

static void bracketed_letters_are_part_of_the_word(void **state)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct pattern pattern;
    (void)state;
    assert_int_equal(pattern_from_text("[D]redging", &arena, &pattern, NULL), OK);
    assert_true(bytes_is(pattern.nodes[0].keys[0], "dredging"));
    assert_int_equal(pattern.nodes[0].start, 0);
    assert_int_equal(pattern.nodes[0].end, 10);
    assert_int_equal(pattern.words, 1);
    assert_int_equal(pattern_from_text("[V]elmora's wharves", &arena, &pattern, NULL), OK);
    assert_int_equal(pattern.words, 2);
    assert_int_equal(pattern.nodes[0].end, 11);
}

static void what_lies_outside_the_story_is_refused_and_misfit_marks_are_left_out(void **state)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct pattern pattern;
    struct bytes story = bytes_from_string("two words");
    struct pattern_mark marks[] = { { NODE_ELLIPSIS, 5, 99, 0, 0 }, { NODE_BRACKET, 7, 4, 0, 0 } };
    (void)state;
    assert_int_equal(pattern_build(story, 0, 10, NULL, 0, &arena, &pattern, NULL), BAD_INPUT);
    assert_int_equal(pattern_build(story, 5, 4, NULL, 0, &arena, &pattern, NULL), BAD_INPUT);
    assert_int_equal(pattern_build(story, 0, 9, marks, 2, &arena, &pattern, NULL), OK);
    assert_int_equal(pattern.words, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_and_words_become_nodes_in_order),
        cmocka_unit_test(bracketed_letters_are_part_of_the_word),
        cmocka_unit_test(what_lies_outside_the_story_is_refused_and_misfit_marks_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/verdict.h"

struct row {
    enum difference_class class;
    unsigned flags;
    enum stet_severity severity;
    enum check_verdict verdict;
};

static struct severity_ruling rule_plain(const struct row *row)
{
    struct difference difference = { .class = row->class, .flags = (uint16_t)row->flags };
    struct circumstances around = { 0 };
    return severity_of(&difference, &around);
}

static void every_class_has_the_severity_of_the_table(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { DIFFERENCE_V1, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_V2, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_V3, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_V4, 0, STET_NONE, CHECK_MARKED },
        { DIFFERENCE_V6, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_V7, 0, STET_QUERY, CHECK_ALTERED },
        { DIFFERENCE_V8, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_B1, 0, STET_NONE, CHECK_MARKED },
        { DIFFERENCE_B2, 0, STET_NOTE, CHECK_MARKED },
        { DIFFERENCE_B3, 0, STET_QUERY, CHECK_BRACKET },
        { DIFFERENCE_B3, DIFFERENCE_NAME_OR_NUMBER, STET_FIX, CHECK_BRACKET },
        { DIFFERENCE_B4, 0, STET_NOTE, CHECK_MARKED },
        { DIFFERENCE_B5, 0, STET_NOTE, CHECK_MARKED },
        { DIFFERENCE_O1, 0, STET_NONE, CHECK_MARKED },
        { DIFFERENCE_O2, 0, STET_NOTE, CHECK_MARKED },
        { DIFFERENCE_O3, 0, STET_NONE, CHECK_MARKED },
        { DIFFERENCE_O3, DIFFERENCE_SAME_SENTENCE, STET_QUERY, CHECK_CUT },
        { DIFFERENCE_O4, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_O4, DIFFERENCE_FILLER, STET_NOTE, CHECK_ALTERED },
        { DIFFERENCE_O5, 0, STET_QUERY, CHECK_ALTERED },
        { DIFFERENCE_O5, DIFFERENCE_CONTENT_GAP, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_O6, 0, STET_NONE, CHECK_VERBATIM },
        { DIFFERENCE_O6, DIFFERENCE_HIDES_SENSE, STET_QUERY, CHECK_CUT },
        { DIFFERENCE_O7, 0, STET_NOTE, CHECK_VERBATIM },
        { DIFFERENCE_O7, DIFFERENCE_TAIL_LIMITS, STET_QUERY, CHECK_CUT },
        { DIFFERENCE_I1, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S1, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S2, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S3, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S4, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S5, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_S6, 0, STET_NOTE, CHECK_MARKED },
        { DIFFERENCE_P1, 0, STET_QUERY, CHECK_PUNCTUATION },
        { DIFFERENCE_P2, 0, STET_NOTE, CHECK_PUNCTUATION },
        { DIFFERENCE_P3, 0, STET_QUERY, CHECK_PUNCTUATION },
        { DIFFERENCE_M1, 0, STET_FIX, CHECK_JOINED },
        { DIFFERENCE_M2, 0, STET_FIX, CHECK_JOINED },
        { DIFFERENCE_M3, 0, STET_FIX, CHECK_ALTERED },
        { DIFFERENCE_M3, DIFFERENCE_DOUBLED_SOURCE, STET_NOTE, CHECK_ALTERED },
        { DIFFERENCE_E1, 0, STET_NOTE, CHECK_VERBATIM },
        { DIFFERENCE_K1, 0, STET_NONE, CHECK_MARKED },
        { DIFFERENCE_K2, 0, STET_FIX, CHECK_BRACKET },
        { DIFFERENCE_K3, 0, STET_QUERY, CHECK_WITHHELD },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct severity_ruling ruling = rule_plain(&rows[i]);
        if (ruling.severity != rows[i].severity || ruling.verdict != rows[i].verdict)
            assert_string_equal("as the table says", difference_code(rows[i].class));
    }
}

static void dots_alone_are_counted_and_other_forms_noted(void **state)
{
    (void)state;
    struct circumstances around = { 0 };
    struct difference difference = { .class = DIFFERENCE_V5,
                                     .story_words = bytes_from_string("US"),
                                     .source_words = bytes_from_string("U.S.") };
    assert_true(severity_of(&difference, &around).folded);
    difference.story_words = bytes_from_string("Gov.");
    difference.source_words = bytes_from_string("Governor");
    assert_int_equal(severity_of(&difference, &around).severity, STET_NOTE);
}

static void what_is_only_probable_gives_a_query_at_most(void **state)
{
    (void)state;
    struct circumstances around = { .is_probable = true };
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        struct difference difference = { .class = (enum difference_class) class, .flags = 0xFFFF };
        struct severity_ruling ruling = severity_of(&difference, &around);
        assert_true(ruling.severity <= STET_QUERY);
    }
}

static void doubtful_text_is_never_altered(void **state)
{
    (void)state;
    struct circumstances around = { .is_doubtful = true };
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        struct difference difference = { .class = (enum difference_class) class };
        struct severity_ruling ruling = severity_of(&difference, &around);
        if (ruling.severity > STET_NOTE)
            assert_int_not_equal(ruling.verdict, CHECK_ALTERED);
    }
    struct difference word = { .class = DIFFERENCE_S2, .flags = DIFFERENCE_DOUBTFUL };
    struct circumstances clear = { 0 };
    assert_int_equal(severity_of(&word, &clear).verdict, CHECK_DOUBTFUL);
    assert_int_equal(severity_of(&word, &clear).severity, STET_QUERY);
    struct difference comma = { .class = DIFFERENCE_P1 };
    assert_int_equal(severity_of(&comma, &around).severity, STET_NOTE);
}

static void what_stands_around_softens_some(void **state)
{
    (void)state;
    struct circumstances around = { .names_inner_speaker = true, .joins_at_gap = true };
    struct difference quoting = { .class = DIFFERENCE_P3 }, joined = { .class = DIFFERENCE_M1 };
    struct difference withheld = { .class = DIFFERENCE_K3, .marking = MARKED };
    assert_int_equal(severity_of(&quoting, &around).severity, STET_NONE);
    assert_int_equal(severity_of(&joined, &around).severity, STET_QUERY);
    assert_int_equal(severity_of(&withheld, &around).severity, STET_NONE);
    struct difference capitals = { .class = DIFFERENCE_E1,
                                   .source_words = bytes_from_string("THE PORT") };
    assert_int_equal(severity_of(&capitals, &around).severity, STET_NONE);
}

static void three_classes_stand_first_in_the_memo(void **state)
{
    (void)state;
    for (int class = 0; class < DIFFERENCE_CLASSES; class ++) {
        struct row row = { .class = (enum difference_class) class };
        bool first = class == DIFFERENCE_S3 || class == DIFFERENCE_M2 || class == DIFFERENCE_K3;
        assert_int_equal(rule_plain(&row).first, first);
    }
}

static void ties_are_broken_in_the_order_of_the_design(void **state)
{
    (void)state;
    static const enum check_verdict order[] = { CHECK_WITHHELD,   CHECK_JOINED, CHECK_ALTERED,
                                                CHECK_BRACKET,    CHECK_CUT,    CHECK_SPEAKER,
                                                CHECK_PUNCTUATION };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        for (size_t j = 0; j < sizeof order / sizeof *order; j++)
            assert_int_equal(verdict_outranks(order[i], order[j]), i < j);
}

static void rules_are_named_in_small_letters_and_hyphens(void **state)
{
    (void)state;
    static const struct {
        enum check_verdict verdict;
        const char *rule;
    } rows[] = {
        { CHECK_ALTERED, "quotation-altered-unmarked" },
        { CHECK_MARKED, "quotation-verbatim-changes-marked" },
        { CHECK_CUT, "quotation-cut-changes-sense" },
        { CHECK_NOT_FOUND, "quotation-not-found" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char rule[64];
        rule_write("quotation", rows[i].verdict, rule, sizeof rule);
        assert_string_equal(rule, rows[i].rule);
    }
    char narrow[6];
    assert_int_equal(rule_write("quotation", CHECK_ALTERED, narrow, sizeof narrow), 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_class_has_the_severity_of_the_table),
        cmocka_unit_test(dots_alone_are_counted_and_other_forms_noted),
        cmocka_unit_test(what_is_only_probable_gives_a_query_at_most),
        cmocka_unit_test(doubtful_text_is_never_altered),
        cmocka_unit_test(what_stands_around_softens_some),
        cmocka_unit_test(three_classes_stand_first_in_the_memo),
        cmocka_unit_test(ties_are_broken_in_the_order_of_the_design),
        cmocka_unit_test(rules_are_named_in_small_letters_and_hyphens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

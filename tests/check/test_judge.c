#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judged.h"

static void reach_follows_from_bits_and_support(void **state)
{
    (void)state;
    static const struct {
        enum trace_reach reach;
        double verbatim, found;
        bool budget_hit, supported;
        enum reach_ruling ruling;
    } rows[] = {
        { TRACE_TRACED, 200, 180, false, false, REACH_TRACED },
        { TRACE_PROBABLE, 100, 80, false, false, REACH_PROBABLE },
        { TRACE_AMBIGUOUS, 100, 95, false, false, REACH_SEVERAL },
        { TRACE_AMBIGUOUS, 100, 95, false, true, REACH_PROBABLE },
        { TRACE_CANDIDATES_ONLY, 100, 60, false, false, REACH_CANNOT_TELL },
        { TRACE_CANDIDATES_ONLY, 100, 60, false, true, REACH_PROBABLE },
        { TRACE_TOO_COMMON, 40, 40, false, false, REACH_CANNOT_TELL },
        { TRACE_NOTHING, 44, 0, false, false, REACH_CANNOT_TELL },
        { TRACE_NOTHING, 90, 44, false, false, REACH_NOT_FOUND },
        { TRACE_NOTHING, 90, 46, false, false, REACH_CANNOT_TELL },
        { TRACE_NOTHING, 200, 10, true, false, REACH_CANNOT_TELL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct trace trace = { .reach = rows[i].reach,
                               .verbatim_bits = rows[i].verbatim,
                               .budget_hit = rows[i].budget_hit,
                               .candidate_count = 1 };
        trace.candidates[0].bits = rows[i].found;
        assert_int_equal(reach_rule(&trace, rows[i].supported), rows[i].ruling);
    }
}

static void not_found_is_a_query_only_where_a_document_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        enum stet_severity severity;
        enum check_verdict verdict;
    } rows[] = {
        { "“The wells of Santa Brena were never dry,” the cable said.", STET_QUERY,
          CHECK_NOT_FOUND },
        { "“The wells of Santa Brena were never dry,” Orsini told a crowd.", STET_NONE,
          CHECK_NOT_FOUND },
        { "The cable said “the wells of Santa Brena were never", STET_NOTE, CHECK_CANNOT_TELL },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SCOPED(judged_release) struct judged judged;
        judged_begin(&judged, rows[i].story, "");
        judged.judgement.reach = REACH_NOT_FOUND;
        judged_end(&judged);
        assert_int_equal(judged.statement.severity, rows[i].severity);
        assert_int_equal(judged.statement.verdict, rows[i].verdict);
        assert_int_equal(judged.statement.is_unexpected,
                         rows[i].severity == STET_NONE && rows[i].verdict == CHECK_NOT_FOUND);
    }
}

static void the_worst_difference_gives_the_verdict(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    judged_begin(&judged, "“The wells, are half dry in May,” the cable said.",
                 "The wells are quite dry in May");
    judged_add(&judged, DIFFERENCE_P1, ", ", " ", 0);
    judged_add(&judged, DIFFERENCE_S2, "half", "quite", 1);
    judged_end(&judged);
    assert_int_equal(judged.statement.verdict, CHECK_ALTERED);
    assert_int_equal(judged.statement.severity, STET_FIX);
    assert_string_equal(judged.statement.findings[0].code, "S2");
    assert_true(bytes_is(judged.statement.findings[0].message,
                         "\"are quite dry in May\" is printed \"are half dry in May,\""));
}

static void many_rewordings_are_one_question(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    judged_begin(&judged, "“one red three blue five green seven,” the cable said.",
                 "one two three four five six seven");
    judged_add(&judged, DIFFERENCE_S2, "red", "two", 1);
    judged_add(&judged, DIFFERENCE_S2, "blue", "four", 1);
    judged_add(&judged, DIFFERENCE_S2, "green", "six", 1);
    judged_end(&judged);
    assert_int_equal(judged.statement.finding_count, 1);
    assert_string_equal(judged.statement.findings[0].code, "Q1");
    assert_int_equal(judged.statement.severity, STET_QUERY);
    assert_int_equal(judged.statement.verdict, CHECK_ALTERED);
}

static void half_a_quotation_that_nobody_gives_to_a_document_is_no_fix(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    judged_begin(&judged, "“The wells are half dry in May,” Orsini told a crowd.",
                 "The wells are quite dry in May");
    judged_add(&judged, DIFFERENCE_S2, "half", "quite", 1);
    judged.trace.candidates[0].bits = 50;
    judged_end(&judged);
    assert_int_equal(judged.statement.severity, STET_QUERY);
}

static void lead_ins_ask_who_speaks(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        const char *lead_in;
        const char *code; /* NULL: nothing to ask */
    } rows[] = {
        { "Vela said “the dam was sound and had been for years.”", "Minister Vela denied that",
          "A4" },
        { "Vela denied that “the dam was sound and had been for years.”",
          "Minister Vela denied that", NULL },
        { "A cable reported that Vela advised them to try “opening the dam in the dry months "
          "only.”",
          "Vela said that he would like to try", "A3" },
        { "A cable reported that Vela would like to try “opening the dam in the dry months only.”",
          "Vela said that he would like to try", NULL },
        { "“The dam was sound and had been for years,” Orsini said.",
          "On Monday Minister Vela said that", "A3" },
        { "“The dam was sound and had been for years,” Vela said.",
          "On Monday Minister Vela said that", NULL },
        { "“The dam was sound and had been for years,” the cable said.",
          "On Monday Minister Vela said that", NULL },
        { "The cable said the dam will “give way within ten years or twelve.”", "The dam may",
          "A3" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SCOPED(judged_release) struct judged judged;
        judged_begin(&judged, rows[i].story, "the dam");
        judged.statement.cited[0].lead_in = bytes_from_string(rows[i].lead_in);
        judged_end(&judged);
        const char *code =
            judged.statement.finding_count > 0 ? judged.statement.findings[0].code : "none";
        if (strcmp(code, rows[i].code ? rows[i].code : "none") != 0)
            assert_string_equal(code, rows[i].story);
        assert_true(judged.statement.severity <= STET_QUERY);
    }
}

static void a_speaker_inside_the_source_is_asked_for_by_name(void **state)
{
    (void)state;
    SCOPED(judged_release) struct judged judged;
    judged_begin(&judged, "“The dam was sound and had been for years,” Orsini said.",
                 "The dam was sound");
    judged.trace.candidates[0].is_quoting = true;
    judged.trace.candidates[0].inner_speaker = bytes_from_string("Minister Vela");
    judged_end(&judged);
    assert_string_equal(judged.statement.findings[0].code, "A1");
    assert_int_equal(judged.statement.verdict, CHECK_SPEAKER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reach_follows_from_bits_and_support),
        cmocka_unit_test(not_found_is_a_query_only_where_a_document_is_named),
        cmocka_unit_test(the_worst_difference_gives_the_verdict),
        cmocka_unit_test(many_rewordings_are_one_question),
        cmocka_unit_test(half_a_quotation_that_nobody_gives_to_a_document_is_no_fix),
        cmocka_unit_test(lead_ins_ask_who_speaks),
        cmocka_unit_test(a_speaker_inside_the_source_is_asked_for_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

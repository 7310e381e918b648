#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsed.h"

struct row {
    const char *story;
    const char *found;
};

static void rows_hold(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        SCOPED(parsed_release) struct parsed parsed;
        SCOPED(buffer_release) struct buffer found = { 0 };
        parse_as(&parsed, rows[i].story, STORY_PLAIN);
        assert_int_equal(parsed.code, STET_OK);
        quotations_print(&parsed, &found);
        FREED char *text = buffer_take_string(&found);
        assert_string_equal(text ? text : "", rows[i].found);
    }
}
#define ROWS_HOLD(rows) rows_hold(rows, sizeof(rows) / sizeof *(rows))

static void every_kind_of_mark_is_known(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "She said “we sail at dawn” and left.", "<we sail at dawn>" },
        { "She said \"we sail at dawn\" and left.", "<we sail at dawn>" },
        { "She said ‘we sail at dawn’ and left.", "<we sail at dawn>" },
        { "She said 'we sail at dawn' and left.", "<we sail at dawn>" },
        { "Dijo « zarpamos al alba » y salió.", "<zarpamos al alba>" },
        { "Dijo «zarpamos al alba» y salió.", "<zarpamos al alba>" },
        { "Er sagte „wir segeln heute“ und ging.", "<wir segeln heute>" },
        { "Er sagte »wir segeln heute« und ging.", "<wir segeln heute>" },
        { "She said ``we sail at dawn'' and left.", "<we sail at dawn>" },
        { "He said:\"We sail at dawn.\"", "<We sail at dawn.>" },
        { "(\"We sail.\")", "<We sail.>" },
    };
    ROWS_HOLD(rows);
}

static void nested_marks_stay_inside(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "He said “they call it ‘the long wall’ here” to me.",
          "<they call it ‘the long wall’ here>" },
        { "He said \"the \"big\" boat sank\" to me.", "<the \"big\" boat sank>" },
        { "He said ‘they call it “the wall” here’ to me.", "<they call it “the wall” here>" },
        { "He said “‘Go home,’ she told me.”", "<‘Go home,’ she told me.>" },
    };
    ROWS_HOLD(rows);
}

static void apostrophes_and_measures_are_no_marks(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "The dockers' strike of the '90s didn't end; rock 'n' roll did.", "" },
        { "The dockers’ strike of the ’90s didn’t end.", "" },
        { "The man was 6'2\" tall and wore a 7'11\" coat.", "" },
        { "\"He is 6'2\" tall,\" she said.", "<He is 6'2\" tall,>" },
        { "‘The dockers’ union was closed,’ he said.", "<The dockers’ union was closed,>" },
        { "He said “the dockers’ union isn’t closed” today.", "<the dockers’ union isn’t closed>" },
    };
    ROWS_HOLD(rows);
}

static void a_lost_mark_does_not_swallow_the_story(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "He said “we sail at dawn.\n\nNothing more was heard.", "<we sail at dawn.>" },
        { "He said “we sail. Then “nobody came” at all.", "<we sail. Then><nobody came>" },
        { "A ” alone, then “we sail”.", "<we sail>" },
        { "“”", "" },
        { "\"", "" },
    };
    ROWS_HOLD(rows);
}

static void a_paragraph_that_opens_again_goes_on(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed, "She wrote: “The port is shut.\n\n“The ships wait outside.”", STORY_PLAIN);
    assert_int_equal(parsed.story.quotation_count, 1);
    assert_int_equal(parsed.story.quotations[0].mark_count, 1);
    assert_int_equal(parsed.story.quotations[0].marks[0].kind, MARK_WRITER);
    assert_false(parsed.story.quotations[0].is_unclosed);
}

static void an_utterance_broken_by_the_writer_is_one(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "“The port is shut,” he said, “and the ships wait.”",
          "<The port is shut,” he said, “and the ships wait.>" },
        { "“The port is shut,” he said. “The ships wait.”",
          "<The port is shut,><The ships wait.>" },
        { "“The port is shut,” he said, “The ships wait.”",
          "<The port is shut,><The ships wait.>" },
        { "The “red” team, “blue” team.", "<red><blue>" },
        { "a mind of ‘Guarding the Gate'”—the old fort—”to a lighter force.” More “to a lighter” "
          "x.",
          "<Guarding the Gate><to a lighter force.><to a lighter>" },
        { "moved “from ‘Guarding the Gate'”—the old fort—”to a lighter force.”",
          "<from ‘Guarding the Gate'”—the old fort—”to a lighter force.>" },
    };
    ROWS_HOLD(rows);
}

static void terms_are_told_from_speech(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        enum quotation_kind kind;
        bool has_cue, names_document;
    } rows[] = {
        { "The so-called “war on fog” goes on, according to cables.", QUOTATION_TERM, false, true },
        { "“No way,” he said.", QUOTATION_SPOKEN, true, false },
        { "He said: “Never.”", QUOTATION_SPOKEN, true, false },
        { "The cable said the port “had been shut for five whole weeks” by then.", QUOTATION_SPOKEN,
          true, true },
        { "“The port is shut and stays shut,” the embassy wrote.", QUOTATION_SPOKEN, true, true },
        { "“El puerto sigue cerrado y sin barcos”, dijo Aldana.", QUOTATION_SPOKEN, true, false },
        { "“El puerto sigue cerrado y sin barcos”, según el cable.", QUOTATION_SPOKEN, true, true },
        { "Weeks before the cables came out, Aldana told a crowd it was “port against port, town "
          "on town.”",
          QUOTATION_SPOKEN, true, false },
        { "A memo reported a rift. They “believe the port will never open again.”",
          QUOTATION_SPOKEN, true, true },
        { "“The port is shut and stays shut” (10MEXICO83).", QUOTATION_SPOKEN, false, true },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        SCOPED(parsed_release) struct parsed parsed;
        parse_as(&parsed, rows[i].story, STORY_PLAIN);
        const struct quotation *quotation = &parsed.story.quotations[0];
        assert_int_equal(quotation->kind, rows[i].kind);
        if (quotation->has_cue != rows[i].has_cue ||
            quotation->names_document != rows[i].names_document)
            assert_string_equal("as the table says", rows[i].story);
    }
}

static void the_same_words_twice_are_one_finding(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed,
             "‘The port is shut for good now’\n\nShe said “The port is shut, for good now.”",
             STORY_PLAIN);
    assert_int_equal(parsed.story.quotation_count, 2);
    assert_int_equal(parsed.story.quotations[1].kind, QUOTATION_REPEATED);
    assert_int_equal(parsed.story.quotations[1].same_as, 0);
}

static void the_lead_is_the_sentence_around(void **state)
{
    (void)state;
    SCOPED(parsed_release) struct parsed parsed;
    parse_as(&parsed,
             "It rained. The cable said “the port is shut for now,” Aldana wrote. He left.",
             STORY_PLAIN);
    const struct quotation *quotation = &parsed.story.quotations[0];
    struct bytes lead = bytes_slice(parsed.story.text, quotation->lead_start,
                                    quotation->lead_end - quotation->lead_start);
    assert_true(bytes_is(lead, "The cable said “the port is shut for now,” Aldana wrote."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_mark_is_known),
        cmocka_unit_test(nested_marks_stay_inside),
        cmocka_unit_test(apostrophes_and_measures_are_no_marks),
        cmocka_unit_test(a_lost_mark_does_not_swallow_the_story),
        cmocka_unit_test(a_paragraph_that_opens_again_goes_on),
        cmocka_unit_test(an_utterance_broken_by_the_writer_is_one),
        cmocka_unit_test(terms_are_told_from_speech),
        cmocka_unit_test(the_same_words_twice_are_one_finding),
        cmocka_unit_test(the_lead_is_the_sentence_around),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

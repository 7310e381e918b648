#include "asked.h"

#include <stdio.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "record/doubt.h"
#include "record/exemption.h"
#include "record/marking.h"

static void kinds_are_told_by_content_not_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum document_kind kind;
    } cases[] = {
        { "Appears in these articles:", KIND_STUB },
        { "Friday, 13 March 2009, 15:53\nS E C R E T LIMA 000044\nSUBJECT: A\n", KIND_CABLE },
        { "E.O. 12958: N/A\nTAGS: PREL\nSUBJECT: A\n", KIND_CABLE },
        { "# 104-10000-10000\n\n## Page 1\n\nA memo.\n", KIND_SCAN },
        { "UNCLASSIFIED U.S. Department of State Case No. F-2014-1 Doc No. C05000001 Date: "
          "08/31/2015\n",
          KIND_EMAIL },
        { "The secretary said on Friday that confidential talks go on.\n", KIND_TEXT },
        { "", KIND_TEXT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct asked asked;
        asked_read(&asked, bytes_from_string(cases[i].text), "09LIMA44.txt");
        assert_int_equal(asked.document.kind, cases[i].kind);
        asked_release(&asked);
    }
}

static void a_stub_says_so_and_plain_text_has_paragraphs(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked, bytes_from_string("Appears in these articles:\n"), "stub.txt");
    FIELD_IS(FIELD_ANOMALY, 0, "nothing but the remnant of a failed download");
    asked_release(&asked);
    asked_read(&asked, bytes_from_string("One\ntwo.\n\n\nThree.\n"), "a/b.c/notes.final.txt");
    SPAN_IS(SPAN_PARAGRAPH, 0, "One\ntwo.");
    SPAN_IS(SPAN_PARAGRAPH, 1, "Three.");
    FIELD_IS(FIELD_ALIAS, 0, "notes.final");
    asked_release(&asked);
}

static void marks_come_from_a_closed_list(void **state)
{
    (void)state;
    static const char *const marks[][2] = {
        { "(C)", "C" },
        { "(S//NF)", "S/NF" },
        { "(C NF)", "C/NF" },
        { "(SNF)", "S/NF" },
        { "(SBU/NF)", "SBU/NF" },
        { "(C - ENTIRE TEXT)", "C" },
        { "(N/SF)", "S/NF" },
        { "(U//FOUO)", "U/FOUO" },
        { "(S/REL NATO)", "S/REL NATO" },
        { "(SECRET/REL FRANCE)", "S/REL FRANCE" },
        { "(u)", "U" },
        { "(U.S.)", "" },
        { "(UN)", "" },
        { "(EU)", "" },
        { "(CIA)", "" },
        { "(C", "" },
        { "()", "" },
        { "(Sr. Vega)", "" },
        { "(S, the minister)", "" },
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        char canonical[MARKING_MAX] = "";
        size_t len = marking_read(bytes_from_string(marks[i][0]), 0, canonical);
        assert_string_equal(len > 0 ? canonical : "", marks[i][1]);
        assert_true(len == 0 || len == strlen(marks[i][0]));
    }
}

static void exemption_codes_are_recognised_whole(void **state)
{
    (void)state;
    static const char *const codes[] = {
        "B6", "B5,B6", "B1,1.4(D), B6", "B7(C)", "NR", "1.4(B) B1"
    };
    static const char *const others[] = { "B60", "B", "Bus B6", "1.4", "", "B6 and more", "NRA" };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        assert_true(is_exemptions(bytes_from_string(codes[i])));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(is_exemptions(bytes_from_string(others[i])));
}

static const char scanned[] =
    "# DOCID-1\n\n## Page 1\n\nDate:\n\n8/27/2015\n\nRECORD NUMBER:\n\n178-10004-10213\n\n"
    "DATE: 05/23/1975\n\nNW 66000 Docld:32105805 Page 1\n\n---\n\n## Page 2\n\n"
    "The committee met in the morning and\n\nheard two witnesses.\n\n"
    "NUNBER Enn0 b1noche SEGR3T gEoRge q#rt\n";

static void a_sheet_may_state_its_date_on_the_line_below(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *date;
    } rows[] = {
        { "DATE\n\n08/28/1967\n\nPAGES\n\n1\n", "1967-08-28" },
        { "DATE :\n5/3/62\n", "1962-05-03" },
        { "DATE\n\n: 08/28/1967\n", "1967-08-28" },
        { "DATE\n\nPAGES\n\n08/28/1967\n", "" },
        { "DATE\n\n08/28/1967 to 09/01/1967\n", "" },
        { "Date\n\n08/28/1967\n", "" },
        { "DATE OF LAST REVIEW\n\n05/08/98\n", "" },
        { "\n## Page 2\n\nDATE\n\n9/9/71\n", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct asked asked;
        char text[200];
        snprintf(text, sizeof text, "# SL-1\n\n## Page 1\n\nTITLE\n\n%s", rows[i].sheet);
        asked_read(&asked, bytes_from_string(text), "sl-1.md");
        FIELD_IS(FIELD_DATE, 0, rows[i].date);
        asked_release(&asked);
    }
}

static void codes_are_no_misread_words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t doubtful;
    } rows[] = {
        { "sent by WH/3 and AX-579 at Sulaco", 0 },
        { "sent by W3H and thEn mAstEr of Sulaco", 3 },
        { "the ^barge^ l@y at 3 o'clock", 2 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct doubt doubt = { 0 };
        doubt_count(&doubt, bytes_from_string(rows[i].text), NULL, 0);
        assert_int_equal(doubt.doubtful, rows[i].doubtful);
    }
}

static void a_scan_gives_number_pages_and_doubt(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked, bytes_from_string(scanned), "docid-1.md");
    FIELD_IS(FIELD_NUMBER, 0, "178-10004-10213");
    FIELD_IS(FIELD_ALIAS, 0, "docid-1");
    FIELD_IS(FIELD_DATE, 0, "1975-05-23");
    FIELD_IS(FIELD_PAGES, 0, "2");
    VALUE_IS(SPAN_PAGE, 1, "2");
    assert_int_equal(asked_count(&asked, SPAN_DOUBTFUL), 1);
    SPAN_IS(SPAN_DOUBTFUL, 0, "NUNBER Enn0 b1noche SEGR3T gEoRge q#rt");
    asked_release(&asked);
}

static void a_number_in_the_file_name_alone_is_only_that(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked, bytes_from_string("# 104-10000-10000\n\n## Page 1\n\nA memo.\n"),
               "104-10000-10000_full.md");
    FIELD_IS(FIELD_NUMBER, 0, "104-10000-10000");
    assert_int_equal(asked_basis(&asked, FIELD_NUMBER), BASIS_FILE_NAME);
    FIELD_IS(FIELD_DATE, 0, "");
    asked_release(&asked);
}

/* Twice the text must not take much more than twice the time: asked of texts that would punish a
 * second look. */
static void hostile_text_stays_linear(void **state)
{
    (void)state;
    static const char *const units[] = { "REF:\n",  "X",
                                         " OF 001", "From:\n",
                                         "[",       "(",
                                         "- ",      "S E C R E T LIMA 000044\n",
                                         "MISSING", "PAGE 01 LIMA ",
                                         "¶1. (\n", "C O N F ",
                                         "\n",      "1-1" };
    static const char *const heads[] = { "S E C R E T LIMA 000044\nE.O. 12958: N/A\n",
                                         "Case No. F-2014-1 Doc No. C05000001 Date: 08/31/2015\n",
                                         "## Page 1\n" };
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (size_t head = 0; head < 3; head++) {
            struct buffer text = { 0 };
            struct asked asked;
            buffer_append_text(&text, heads[head]);
            while (text.len < 400000)
                buffer_append_text(&text, units[i]);
            uint64_t begun = clock_processor();
            asked_read(&asked, buffer_bytes(&text), "09LIMA44");
            assert_true(clock_processor() - begun < UINT64_C(2000000000));
            asked_release(&asked);
            buffer_release(&text);
        }
}

static void every_truncation_reads_inside(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof scanned; len++) {
        struct asked asked;
        asked_read(&asked, bytes_make(scanned, len), "x");
        asked_release(&asked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_are_told_by_content_not_by_name),
        cmocka_unit_test(a_stub_says_so_and_plain_text_has_paragraphs),
        cmocka_unit_test(marks_come_from_a_closed_list),
        cmocka_unit_test(exemption_codes_are_recognised_whole),
        cmocka_unit_test(a_sheet_may_state_its_date_on_the_line_below),
        cmocka_unit_test(codes_are_no_misread_words),
        cmocka_unit_test(a_scan_gives_number_pages_and_doubt),
        cmocka_unit_test(a_number_in_the_file_name_alone_is_only_that),
        cmocka_unit_test(hostile_text_stays_linear),
        cmocka_unit_test(every_truncation_reads_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

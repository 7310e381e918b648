#include "asked.h"

#include "base/buffer.h"

#define BANNER                                                                                     \
    "    UNCLASSIFIED U.S. Department of State Case No. F-2014-10001 Doc No. C05000001 Date: "     \
    "08/31/2015\n"
#define FAR                                                                                        \
    "                                                                                            " \
    "   "

static const char whole[] = BANNER
    "\n" FAR "RELEASE IN PART\n" FAR "B1,1.4(D),B6\n\n"
    "From:          Duarte, Ana M <duarteam@ports.example>\n"
    "Sent:          Sunday, December 13, 2009 10:56 AM\n"
    "To:            Marlow, Inez; Vega, Tomas\n"
    "Subject        Re: Dockers\n\n"
    "They come back tomorrow, says\n" FAR "B6\n"
    "the union.\n\n\n" BANNER "\f" BANNER "\n"
    "and the railway too.\n\n"
    "    Original Message ----\n"
    "From: Vega, Tomas\nTo: Duarte, Ana M\nSent: Sat Dec 12 10:54:53 2009\nSubject: Dockers\n\n"
    "Will they come back?" FAR "B5, B6\n\n"
    "On Dec 11, 2009, at 9:12 AM, Inez Marlow wrote:\n\nAsk them.\n" BANNER "\f";

static void the_first_header_gives_the_fields(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked, bytes_from_string(whole), "C05000001.txt");
    assert_int_equal(asked.document.kind, KIND_EMAIL);
    FIELD_IS(FIELD_NUMBER, 0, "C05000001");
    FIELD_IS(FIELD_CASE, 0, "F-2014-10001");
    FIELD_IS(FIELD_RELEASE, 0, "RELEASE IN PART");
    FIELD_IS(FIELD_FROM, 0, "Duarte, Ana M <duarteam@ports.example>");
    FIELD_IS(FIELD_TO, 1, "Vega, Tomas");
    FIELD_IS(FIELD_TO, 2, "");
    FIELD_IS(FIELD_TITLE, 0, "Re: Dockers");
    FIELD_IS(FIELD_SENT, 0, "Sunday, December 13, 2009 10:56 AM");
    FIELD_IS(FIELD_DATE, 0, "2009-12-13T10:56");
    FIELD_IS(FIELD_PAGES, 0, "2");
    asked_release(&asked);
}

static void codes_in_the_margin_are_withheld_not_text(void **state)
{
    (void)state;
    static const char *const codes[] = { "B1", "1.4(D)", "B6", "B5", "" };
    struct asked asked;
    asked_read(&asked, bytes_from_string(whole), "C05000001.txt");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        FIELD_IS(FIELD_EXEMPTION, i, codes[i]);
    assert_int_equal(asked_count(&asked, SPAN_WITHHELD), 2);
    VALUE_IS(SPAN_WITHHELD, 0, "B6");
    VALUE_IS(SPAN_WITHHELD, 1, "B5, B6");
    SPAN_IS(SPAN_PARAGRAPH, 2, "Will they come back?");
    asked_release(&asked);
}

static void every_message_of_the_chain_has_its_voice(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked, bytes_from_string(whole), "C05000001.txt");
    VALUE_IS(SPAN_VOICE, 0, "Duarte, Ana M <duarteam@ports.example>");
    VALUE_IS(SPAN_VOICE, 1, "Vega, Tomas");
    VALUE_IS(SPAN_VOICE, 2, "Inez Marlow");
    assert_int_equal(asked_count(&asked, SPAN_VOICE), 3);
    assert_null(strstr(asked_span(&asked, SPAN_VOICE, 0), "Original"));
    asked_release(&asked);
}

static void marks_on_two_lines_and_clock_times_run_into_years_are_read(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked,
               bytes_from_string(BANNER FAR
                                 "RELEASE\n" FAR
                                 "IN FULL\nFrom: H\nSent: Thursday, November 4, 20109:41 PM\nTo:\n"
                                 "Subject\n\nFine.\n"),
               "x");
    FIELD_IS(FIELD_RELEASE, 0, "RELEASE IN FULL");
    FIELD_IS(FIELD_DATE, 0, "2010-11-04T21:41");
    FIELD_IS(FIELD_TO, 0, "");
    FIELD_IS(FIELD_TITLE, 0, "");
    SPAN_IS(SPAN_PARAGRAPH, 0, "Fine.");
    asked_release(&asked);
}

static void the_committee_form_of_the_banner_is_furniture(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked,
               bytes_from_string("UNCLASSIFIED          STATE DEPT. - PRODUCED TO HOUSE "
                                 "SELECT\nU.S. Department of State   X\n"
                                 "Case No. F-2015-04841\nDoc No. C05000002\nDate: 05/13/2015" FAR
                                 "RELEASE IN\n" FAR
                                 "PART B6\n\nFrom: Sid\nRe: ports\n\nTwo parts.\n"),
               "x");
    FIELD_IS(FIELD_NUMBER, 0, "C05000002");
    FIELD_IS(FIELD_RELEASE, 0, "RELEASE IN PART");
    FIELD_IS(FIELD_EXEMPTION, 0, "B6");
    FIELD_IS(FIELD_FROM, 0, "");
    SPAN_IS(SPAN_PARAGRAPH, 0, "From: Sid\nRe: ports");
    asked_release(&asked);
}

static void a_signature_that_names_the_department_is_text(void **state)
{
    (void)state;
    struct asked asked;
    asked_read(&asked,
               bytes_from_string(BANNER
                                 "\nFrom: Duarte, Ana M\nSent: Sunday, December 13, 2009 10:56 AM\n"
                                 "Subject: Dockers\n\nInez Marlow\nHarbour Desk\n"
                                 "U.S. Department of State\nRoom 12\n" BANNER),
               "x");
    SPAN_IS(SPAN_PARAGRAPH, 0, "Inez Marlow\nHarbour Desk\nU.S. Department of State\nRoom 12");
    for (size_t i = 0; i < asked_count(&asked, SPAN_FURNITURE); i++)
        assert_null(strstr(asked_span(&asked, SPAN_FURNITURE, i), "Room"));
    for (size_t i = 0; i < asked_count(&asked, SPAN_FURNITURE); i++)
        assert_string_not_equal(asked_span(&asked, SPAN_FURNITURE, i), "U.S. Department of State");
    asked_release(&asked);
}

static void every_truncation_reads_inside(void **state)
{
    (void)state;
    for (size_t len = 0; len < sizeof whole; len++) {
        struct asked asked;
        asked_read(&asked, bytes_make(whole, len), "x");
        asked_release(&asked);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_header_gives_the_fields),
        cmocka_unit_test(codes_in_the_margin_are_withheld_not_text),
        cmocka_unit_test(every_message_of_the_chain_has_its_voice),
        cmocka_unit_test(marks_on_two_lines_and_clock_times_run_into_years_are_read),
        cmocka_unit_test(the_committee_form_of_the_banner_is_furniture),
        cmocka_unit_test(a_signature_that_names_the_department_is_text),
        cmocka_unit_test(every_truncation_reads_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

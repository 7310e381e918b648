#include "asked.h"

#include <stdio.h>

static void read_text(struct asked *asked, const char *text, const char *name)
{
    asked_read(asked, bytes_from_string(text), name);
}

static const char whole[] =
    "C O N F I D E N T I A L SECTION 01 OF 02 PUERTO CLARO 000118 \n \n"
    "SIPDIS \n \nSIPDIS \nNOFORN \n \n"
    "DEPT FOR WHA/CEN \n \n"
    "E.O. 12958: DECL: 03/14/2019 \n"
    "TAGS: PREL PGOVPHUM, ITECON QX\n"
    "SUBJECT: MINISTER OF PORTS DENIES STRIKE \n"
    "PUERTO CLARO 00000118 001.2 OF 002 \n"
    "WILL SPREAD TO THE RAILWAY (C)\n \n"
    "REF: A. LIMA 0044 \n     ¶B. 07 SAN RAFAEL 9 (NOTAL)\n"
    "¶C. VEGA-DUARTE EMAIL MARCH 2 \n \n"
    "Classified By: Ambassador Inez Marlow, reasons 1.4 (b) a\nnd (d). \n \n"
    "¶1. (C) SUMMARY: Minister Duarte told XXXXXXXXXXXX on March 12 that \n"
    "the dockers will return. End Summary. \n \n"
    "------------ \nThe Dockers \n------------ \n \n"
    "¶2. (S//NF) The union counts 4,100 members and its leaders \n \n"
    "PUERTO CLARO 00000118 002 OF 002 \n \n"
    "have met [Source removed] twice. \n"
    "-- They want bread. \n \n-- They want coal. \n \n"
    "A SECOND OPINION \n \n"
    "¶3. (U.S.) firms wait. \nMARLOW \n";

static void a_whole_cable_gives_its_fields(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, whole, "cables/09PUERTOCLARO118.txt");
    assert_int_equal(asked.document.kind, KIND_CABLE);
    FIELD_IS(FIELD_NUMBER, 0, "09PUERTOCLARO118");
    assert_int_equal(asked_basis(&asked, FIELD_NUMBER), BASIS_STATED);
    FIELD_IS(FIELD_ORIGIN, 0, "PUERTO CLARO");
    FIELD_IS(FIELD_DATE, 0, "2009-03-14");
    assert_int_equal(asked_basis(&asked, FIELD_DATE), BASIS_INFERRED);
    FIELD_IS(FIELD_CLASS, 0, "CONFIDENTIAL//NOFORN");
    FIELD_IS(FIELD_CAPTION, 0, "SIPDIS");
    FIELD_IS(FIELD_CAPTION, 1, "NOFORN");
    FIELD_IS(FIELD_CAPTION, 2, "");
    FIELD_IS(FIELD_TITLE, 0, "MINISTER OF PORTS DENIES STRIKE WILL SPREAD TO THE RAILWAY");
    FIELD_IS(FIELD_CLASSIFIED_BY, 0, "Ambassador Inez Marlow, reasons 1.4 (b) a nd (d).");
    FIELD_IS(FIELD_SIGNATURE, 0, "MARLOW");
    FIELD_IS(FIELD_SECTIONS, 0, "2");
    FIELD_IS(FIELD_ANOMALY, 0, "");
    FIELD_IS(FIELD_ALIAS, 0, "");
    asked_release(&asked);
}

static void references_and_tags_are_split(void **state)
{
    (void)state;
    static const char *const tags[] = { "PREL", "PGOV", "PHUM", "IT", "ECON", "QX", "" };
    struct asked asked;
    read_text(&asked, whole, "09PUERTOCLARO118.txt");
    FIELD_IS(FIELD_REF, 0, "09LIMA44");
    FIELD_IS(FIELD_REF, 1, "07SANRAFAEL9");
    FIELD_IS(FIELD_REF, 2, "VEGA-DUARTE EMAIL MARCH 2");
    FIELD_IS(FIELD_REF, 3, "");
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        FIELD_IS(FIELD_TAG, i, tags[i]);
    asked_release(&asked);
}

static void a_page_line_does_not_end_a_paragraph(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, whole, "09PUERTOCLARO118.txt");
    VALUE_IS(SPAN_PARAGRAPH, 0, "1");
    VALUE_IS(SPAN_PARAGRAPH, 2, "2");
    SPAN_IS(SPAN_PARAGRAPH, 2,
            "¶2. (S//NF) The union counts 4,100 members and its leaders \n \n"
            "PUERTO CLARO 00000118 002 OF 002 \n \nhave met [Source removed] twice. \n"
            "-- They want bread. \n \n-- They want coal.");
    asked_release(&asked);
}

static void headings_are_paragraphs_of_their_own(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, whole, "09PUERTOCLARO118.txt");
    SPAN_IS(SPAN_HEADING, 0, "The Dockers");
    SPAN_IS(SPAN_HEADING, 1, "A SECOND OPINION");
    SPAN_IS(SPAN_PARAGRAPH, 1, "The Dockers");
    VALUE_IS(SPAN_PARAGRAPH, 1, "");
    assert_int_equal(asked_count(&asked, SPAN_HEADING), 2);
    asked_release(&asked);
}

static void marks_are_canonical_and_the_country_is_none(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, whole, "09PUERTOCLARO118.txt");
    VALUE_IS(SPAN_PORTION, 0, "C");
    VALUE_IS(SPAN_PORTION, 1, "S/NF");
    assert_int_equal(asked_count(&asked, SPAN_PORTION), 2);
    SPAN_IS(SPAN_PARAGRAPH, 4, "¶3. (U.S.) firms wait.");
    asked_release(&asked);
}

static void withheld_words_keep_their_length(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, whole, "09PUERTOCLARO118.txt");
    SPAN_IS(SPAN_WITHHELD, 0, "XXXXXXXXXXXX");
    VALUE_IS(SPAN_WITHHELD, 0, "");
    VALUE_IS(SPAN_WITHHELD, 1, "Source removed");
    asked_release(&asked);
}

static void a_page_mark_inside_a_sentence_is_furniture(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked,
              "UNCLAS SECTION 01 OF 02 PUERTO CLARO 000118\n\nE.O. 12958: N/A\nTAGS: "
              "ECON\nSUBJECT: COAL\n\n"
              "¶1. The price fell in PUERTO CLARO 00000118 002 OF 002 March and rose in April.\n",
              "x.txt");
    SPAN_IS(SPAN_FURNITURE, 2, "PUERTO CLARO 00000118 002 OF 002");
    VALUE_IS(SPAN_PAGE, 1, "2");
    FIELD_IS(FIELD_NUMBER, 0, "");
    FIELD_IS(FIELD_ALIAS, 0, "PUERTOCLARO 118");
    asked_release(&asked);
}

struct dated {
    const char *text;
    const char *name;
    const char *date;
    enum field_basis basis;
};

static void dates_are_stated_or_say_what_from(void **state)
{
    (void)state;
    static const struct dated cases[] = {
        { "Friday, 13 March 2009, 15:53\nS E C R E T LIMA 000044\nEO 12958 DECL: 03/12/2019\nTAGS "
          "PREL\nSUBJECT: A\n",
          "", "2009-03-13T15:53", BASIS_STATED },
        { "S E C R E T LIMA 000044\nO P 121203Z MAR 09\nFM AMEMBASSY LIMA\n\nE.O. 12958: DECL: "
          "03/12/2019\nSUBJECT: A\n",
          "", "2009-03-12T12:03", BASIS_STATED },
        { "S E C R E T LIMA 000044\n\nE.O. 12958: DECL: 03/12/2034\nSUBJECT: A\n", "09LIMA44",
          "2009-03-12", BASIS_INFERRED },
        { "S E C R E T LIMA 000044\n\nE.O. 12958: DECL: 03/12/2029\nSUBJECT: A\n", "09LIMA44",
          "2009-03-12", BASIS_INFERRED },
        { "S E C R E T LIMA 000044\n\nE.O. 12958: DECL: 03/12/2019\nSUBJECT: A\n", "08LIMA44",
          "2008", BASIS_INFERRED },
        { "S E C R E T LIMA 000044\n\nE.O. 12958: DECL: 02/29/2020\nSUBJECT: A\n", "10LIMA44",
          "2010", BASIS_INFERRED },
        { "S E C R E T LIMA 000044\n\nE.O. 12958: DECL: MR\nSUBJECT: A\n", "10LIMA44", "2010",
          BASIS_INFERRED },
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct asked asked;
        read_text(&asked, cases[i].text, cases[i].name);
        FIELD_IS(FIELD_DATE, 0, cases[i].date);
        assert_int_equal(asked_basis(&asked, FIELD_DATE), cases[i].basis);
        asked_release(&asked);
    }
}

static void the_kind_of_an_unknown_post_is_read_from_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *line, *origin;
    } rows[] = {
        { "FM AMEMBASSY PORT LEONE", "Embassy Port Leone" },
        { "FM AMCONSUL PORT LEONE", "Consulate Port Leone" },
        { "FM AMCONGEN PORT LEONE 0012", "Consulate Port Leone" },
        { "FM USMISSION PORT LEONE", "US Mission Port Leone" },
        { "FM PORT LEONE", "PORT LEONE" },
        { "FM AMEMBASSY OTHER PLACE", "PORT LEONE" },
        { "TO AMEMBASSY PORT LEONE", "PORT LEONE" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct asked asked;
        char text[300];
        snprintf(text, sizeof text,
                 "S E C R E T PORT LEONE 000044\nO P 121203Z MAR 09\n%s\nTO SECSTATE WASHDC\n\n"
                 "E.O. 12958: N/A\nSUBJECT: A\n",
                 rows[i].line);
        read_text(&asked, text, "");
        FIELD_IS(FIELD_ORIGIN, 0, rows[i].origin);
        asked_release(&asked);
    }
}

static void another_posts_cable_is_said_to_be_one(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked, "S E C R E T LIMA 000044\n\nE.O. 12958: N/A\nSUBJECT: A\n\n1. (S) One.\n",
              "09QUITO12.txt");
    FIELD_IS(FIELD_NUMBER, 0, "09LIMA44");
    assert_int_equal(asked_basis(&asked, FIELD_NUMBER), BASIS_INFERRED);
    FIELD_IS(FIELD_ALIAS, 0, "09QUITO12");
    FIELD_IS(FIELD_ANOMALY, 0, "another post's cable: LIMA 44 under the name 09QUITO12");
    asked_release(&asked);
}

static void a_preview_before_the_cable_is_said(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked,
              "C O N F I D E N T I A L LIMA 000044\n\nE.O. 12958: DECL: 03/12/2019\nSUBJECT: "
              "HARBOUR DUES AND\n\n"
              "8/13/2009 8:54\n09LIMA44\nEmbassy Lima\n\n"
              "C O N F I D E N T I A L LIMA 000044\n\nE.O. 12958: DECL: 08/12/2019\nSUBJECT: "
              "HARBOUR DUES AND RAIL\n\n"
              "¶1. (C) Dues rise.\n",
              "09LIMA44");
    FIELD_IS(FIELD_TITLE, 0, "HARBOUR DUES AND RAIL");
    FIELD_IS(FIELD_DATE, 0, "2009-08-13T08:54");
    FIELD_IS(FIELD_ANOMALY, 0, "a broken preview stands before the cable");
    asked_release(&asked);
}

static void a_head_glued_into_one_line_is_taken_apart(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked,
              "Cable dated:2005-07-15T15:24:00S E C R E T SECTION 01 OF 03 TEL AVIV "
              "004403SIPDISE.O. 12958: DECL: 07/14/2015"
              "TAGS: PRELSUBJECT: HARBOURREF: 05 LIMA 7\n\n¶1. (S) Ships wait.\n",
              "");
    FIELD_IS(FIELD_NUMBER, 0, "05TELAVIV4403");
    FIELD_IS(FIELD_DATE, 0, "2005-07-15T15:24");
    FIELD_IS(FIELD_TITLE, 0, "HARBOUR");
    FIELD_IS(FIELD_REF, 0, "05LIMA7");
    asked_release(&asked);
}

static void a_cable_in_spanish_is_read_alike(void **state)
{
    (void)state;
    struct asked asked;
    read_text(&asked,
              "UNCLAS PUERTO CLARO 000007\n\nE.O. 12958: N/A\nTAGS: SOCI\nSUBJECT: LA HUELGA DEL "
              "PUERTO\n\n"
              "(U) El ministro dijo el 29 de enero que el acuerdo\n\nsigue en pie.\n\nLos obreros "
              "esperan.\n",
              "10PUERTOCLARO7.txt");
    SPAN_IS(SPAN_PARAGRAPH, 0,
            "(U) El ministro dijo el 29 de enero que el acuerdo\n\nsigue en pie.");
    SPAN_IS(SPAN_PARAGRAPH, 1, "Los obreros esperan.");
    VALUE_IS(SPAN_PORTION, 0, "U");
    asked_release(&asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_cable_gives_its_fields),
        cmocka_unit_test(references_and_tags_are_split),
        cmocka_unit_test(a_page_line_does_not_end_a_paragraph),
        cmocka_unit_test(headings_are_paragraphs_of_their_own),
        cmocka_unit_test(marks_are_canonical_and_the_country_is_none),
        cmocka_unit_test(withheld_words_keep_their_length),
        cmocka_unit_test(a_page_mark_inside_a_sentence_is_furniture),
        cmocka_unit_test(dates_are_stated_or_say_what_from),
        cmocka_unit_test(the_kind_of_an_unknown_post_is_read_from_its_line),
        cmocka_unit_test(another_posts_cable_is_said_to_be_one),
        cmocka_unit_test(a_preview_before_the_cable_is_said),
        cmocka_unit_test(a_head_glued_into_one_line_is_taken_apart),
        cmocka_unit_test(a_cable_in_spanish_is_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

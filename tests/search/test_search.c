#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include <stet/search.h>

#include "base/fault.h"
#include "shelf.h"

static const struct shelf_part parts[] = {
    { "87SORROW11",
      "number=87SORROW11;origin=Embassy Port "
      "Sorrow;date=1987-03-04;class=SECRET//NOFORN;tag=PGOV;tag=MARR;"
      "subject=HARBOUR STRIKE ENTERS THIRD WEEK",
      "## S E C R E T PORT SORROW 00000011\n\nThe harbour strike goes on. The General's "
      "decision-making is slow, and the "
      "army keeps to its barracks.\n\nHuman rights groups say that the army beat dockers. To be or "
      "not to be a colonel "
      "is the question.\n",
      0, false },
    { "87SORROW12",
      "number=87SORROW12;origin=Embassy Port "
      "Sorrow;date=~1987-05;class=CONFIDENTIAL;tag=ECON;ref=87SORROW11",
      "## C O N F I D E N T I A L banana\n\nBananas rot on the quay. The ministry has no "
      "dockers.\n\nThe Army said "
      "nothing of rights, human or other.\n",
      0, false },
    { "MEMO-4", "subject=Guano exports",
      "Guano exports fell in Vald\xC3\xA9s province. Exporters exported less; an export "
      "ban is near.\n\nThe decisionmaking of the ministry is not known. harbor strike\n",
      0, false },
    { "MEMO-4", "", "Annex: dockers of the guano quay, by name.\n", 0, false },
    { "GONE-1", "", "harbour strike ministry dockers guano\n", 0, true },
    { "90SORROW3", "number=90SORROW3;date=1990-12-31;class=UNCLASSIFIED;origin=Consulate Valdes",
      "A quiet year: strike, strike and strike again. Valdes sleeps.\n", 1, false },
};

static struct stet_fault fault;

static struct stet_answer *ask(const char *text)
{
    struct stet_answer *answer = NULL;
    struct stet_query query = { .text = text };
    enum stet_status asked = stet_search(shelf_archive(), &query, &answer, &fault);
    if (asked != STET_OK)
        printf("%s: %s\n", text, fault.words);
    assert_int_equal(asked, STET_OK);
    return answer;
}

static void names_of(const struct stet_answer *answer, char *names, size_t room)
{
    names[0] = '\0';
    for (size_t i = 0; i < stet_answer_count(answer); i++)
        snprintf(names + strlen(names), room - strlen(names), "%s%s", i > 0 ? " " : "",
                 stet_answer_hit(answer, i)->name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the documents that answer, sorted. */
static void expect(const char *text, const char *wanted)
{
    const char *names[10];
    char found[512] = "";
    struct stet_answer *answer = ask(text);
    for (size_t i = 0; i < stet_answer_count(answer); i++)
        names[i] = stet_answer_hit(answer, i)->name;
    qsort(names, stet_answer_count(answer), sizeof *names, by_name);
    for (size_t i = 0; i < stet_answer_count(answer); i++)
        strcat(strcat(found, i > 0 ? " " : ""), names[i]);
    if (strcmp(found, wanted) != 0)
        printf("%s\n  understood: %s\n", text, stet_answer_understood(answer));
    assert_string_equal(found, wanted);
    assert_int_equal(stet_answer_total(answer), stet_answer_count(answer));
    stet_answer_free(answer);
}

struct row {
    const char *text, *wanted;
};

static void expect_all(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        expect(rows[i].text, rows[i].wanted);
}
#define EXPECT_ALL(rows) expect_all(rows, sizeof(rows) / sizeof *(rows))

static void words_and_operators_find_what_they_say(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "banana", "87SORROW12" },
        { "quay ministry", "87SORROW12 MEMO-4" },
        { "harbour OR harbor", "87SORROW11 MEMO-4" },
        { "strike -harbour", "90SORROW3 MEMO-4" },
        { "strike NOT (harbour OR harbor)", "90SORROW3" },
        { "guano AND name", "MEMO-4" },
        { "nosuchword", "" },
        { "\"human rights\"", "87SORROW11" },
        { "\"to be or not to be\"", "87SORROW11" },
        { "\"be to not\"", "" },
        { "human NEAR/0 rights", "87SORROW11 87SORROW12" },
        { "rights NEAR/1 other", "" },
        { "rights NEAR/2 other", "87SORROW12" },
        { "(barracks OR quay) NEAR/3 (rot OR army)", "87SORROW11 87SORROW12" },
        { "decision-making", "87SORROW11 MEMO-4" },
        { "\"general's decision\"", "87SORROW11" },
        { "vald\xC3\xA9s", "90SORROW3 MEMO-4" },
        { "=Vald\xC3\xA9s", "MEMO-4" },
        { "=Army", "87SORROW12" },
        { "=\"The Army\"", "87SORROW12" },
        { "=General", "87SORROW11" },
    };
    EXPECT_ALL(rows);
}

static void words_may_be_widened(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "export", "MEMO-4" },
        { "banan*", "87SORROW12" },
        { "harbo*", "87SORROW11 MEMO-4" },
        { "\"human righ*\"", "87SORROW11" },
        { "harbour~", "87SORROW11 MEMO-4" },
        { "docekrs~", "87SORROW11 87SORROW12 MEMO-4" },
        { "dokcer~2", "87SORROW11 87SORROW12 MEMO-4" },
        { "sleeping%", "90SORROW3" },
        { "stem:exporting NEAR/3 provinces%", "MEMO-4" },
        { "/harbou?r/", "87SORROW11 MEMO-4" },
        { "/(Ban|gua)[a-z]+s?/", "87SORROW12 MEMO-4" },
        { "/vald\xC3\xA9s/", "90SORROW3 MEMO-4" },
        { "/str.k[^a-d]/ -harbour", "90SORROW3 MEMO-4" },
        { "/x|year|ann.{2}/", "90SORROW3 MEMO-4" },
        { "/(na){2}/ OR /ba(na){2,}s/", "87SORROW12" },
        { "origin:/so.*/", "87SORROW11 87SORROW12" },
        { "/human/ NEAR/0 /rights?/", "87SORROW11 87SORROW12" },
    };
    EXPECT_ALL(rows);
}

static void fields_and_filters_narrow(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "origin:sorrow strike", "87SORROW11" },
        { "origin:\"port sorrow\" army", "87SORROW11 87SORROW12" },
        { "tag:marr", "87SORROW11" },
        { "tag:\"pgov marr\"", "" },
        { "subject:guan*", "MEMO-4" },
        { "ref:87SORROW11", "87SORROW12" },
        { "number:87sorrow12", "87SORROW12" },
        { "87Sorrow12", "87SORROW12" },
        { "memo-14 OR 90sorrow3", "90SORROW3" },
        { "rights NEAR/3 87sorrow12", "" },
        { "class:secret", "87SORROW11" },
        { "class:confidential+", "87SORROW11 87SORROW12" },
        { "class:\"secret noforn\"", "87SORROW11" },
        { "class:none", "MEMO-4" },
        { "date:1987", "87SORROW11 87SORROW12" },
        { "date:1987-05-20..1987-05-21", "87SORROW12" },
        { "date:1987-06..", "90SORROW3" },
        { "date:none", "MEMO-4" },
        { "kind:cable date:1990-12-31", "90SORROW3" },
        { "kind:email", "" },
        { "collection:cables", "87SORROW12" },
        { "NOT date:1987", "90SORROW3 MEMO-4" },
    };
    EXPECT_ALL(rows);
}

static void furniture_stands_last_and_is_marked(void **state)
{
    (void)state;
    struct stet_answer *answer = ask("bananas OR sorrow");
    char names[256];
    names_of(answer, names, sizeof names);
    assert_string_equal(names, "87SORROW12 87SORROW11");
    stet_answer_free(answer);
    answer = ask("sorrow");
    assert_int_equal(stet_answer_total(answer), 1);
    assert_string_equal(stet_answer_hit(answer, 0)->snippet,
                        "[page head or mark] ## S E C R E T PORT \x02SORROW\x03 00000011");
    stet_answer_free(answer);
}

static void a_snippet_shows_the_words_and_their_paragraph(void **state)
{
    (void)state;
    struct stet_answer *answer = ask("\"human rights\" colonel");
    const struct stet_hit *hit = stet_answer_hit(answer, 0);
    assert_string_equal(hit->address, "87SORROW11#n2");
    assert_string_equal(hit->date, "1987-03-04");
    assert_string_equal(hit->origin, "Embassy Port Sorrow");
    assert_non_null(strstr(hit->snippet, "\x02Human rights\x03 groups say"));
    assert_non_null(strstr(hit->snippet, "a \x02"
                                         "colonel\x03 is"));
    stet_answer_free(answer);
    answer = ask("decision-making barracks");
    assert_non_null(strstr(stet_answer_hit(answer, 0)->snippet, "\x02"
                                                                "decision-making\x03 is slow"));
    stet_answer_free(answer);
    answer = ask("annex");
    assert_string_equal(stet_answer_hit(answer, 0)->address, "MEMO-4:2#n1");
    stet_answer_free(answer);
}

static void a_snippet_begins_where_words_begin(void **state)
{
    (void)state;
    static const struct shelf_part texts[] = {
        { "LAMP-1", "",
          "## 4. (C)\n\nThe keeper left.\n\n## 5. (C)\nNobody lit the zeppelin lamp.\n", 0, false },
        { "LAMP-2", "",
          "The keeper of the lamps at the northern mole was told about it in writing by two "
          "officers who had come from the capital. He did not answer them. Nobody has lit the big "
          "turbine lamp since, and the pilots of the harbour now wait for the morning outside.\n",
          0, false },
        { "LAMP-3", "",
          "One keeper of the lamps, said to have been told about it by a clerk and by two officers "
          "who came from the capital on a Monday, with nothing in their hands but a list, watches "
          "the gasometer lamp.\n",
          0, false },
    };
    static const struct {
        const char *query, *snippet;
    } rows[] = {
        { "zeppelin", "Nobody lit the \x02zeppelin\x03 lamp." },
        { "turbine",
          "\xE2\x80\xA6He did not answer them. Nobody has lit the big \x02turbine\x03 lamp "
          "since, and the pilots of the harbour now wait for the morning outside." },
        { "gasometer",
          "\xE2\x80\xA6"
          "and by two officers who came from the capital on a Monday, with nothing in their hands "
          "but a list, watches the \x02gasometer\x03 lamp." },
    };
    shelf_fill(texts, sizeof texts / sizeof *texts);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stet_answer *answer = ask(rows[i].query);
        assert_string_equal(stet_answer_hit(answer, 0)->snippet, rows[i].snippet);
        stet_answer_free(answer);
    }
    shelf_fill(parts, sizeof parts / sizeof *parts);
}

static void by_date_the_stated_stand_before_the_inferred_and_the_undated(void **state)
{
    (void)state;
    static const struct {
        enum stet_order order;
        const char *wanted;
    } rows[] = {
        { STET_BY_DATE, "87SORROW11 90SORROW3 87SORROW12 MEMO-4" },
        { STET_BY_DATE_DOWN, "90SORROW3 87SORROW11 87SORROW12 MEMO-4" },
    };
    for (size_t i = 0; i < 2; i++) {
        struct stet_answer *answer = NULL;
        char names[256];
        struct stet_query query = { .text = "the OR strike", .order = rows[i].order };
        assert_int_equal(stet_search(shelf_archive(), &query, &answer, &fault), STET_OK);
        names_of(answer, names, sizeof names);
        assert_string_equal(names, rows[i].wanted);
        assert_int_equal(stet_answer_undated(answer), 2);
        assert_string_equal(stet_answer_hit(answer, 2)->date, "~1987-05");
        stet_answer_free(answer);
    }
}

static void pages_go_on_without_end(void **state)
{
    (void)state;
    char all[2048] = "", names[256];
    for (uint64_t skip = 0; skip < 6; skip++) {
        struct stet_answer *answer = NULL;
        struct stet_query query = { .text = "the OR strike", .skip = skip, .most = 1 };
        assert_int_equal(stet_search(shelf_archive(), &query, &answer, &fault), STET_OK);
        assert_int_equal(stet_answer_total(answer), 4);
        names_of(answer, names, sizeof names);
        strcat(strcat(all, names), " ");
        stet_answer_free(answer);
    }
    static const char *const wanted[] = { "87SORROW11 ", "87SORROW12 ", "MEMO-4 ", "90SORROW3 " };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        assert_non_null(strstr(all, wanted[i]));
    assert_int_equal(strlen(all), strlen("87SORROW11 87SORROW12 MEMO-4 90SORROW3   "));
}

static void what_was_understood_is_said(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "Army  NEAR/5 \"Human Rights\" origin:sorrow class:secret+ date:1987..1988",
          "(army within 5 words of \"human rights\") AND origin:sorrow AND class secret or higher "
          "AND dated from 1987-01-01 "
          "to 1988-12-31 (~ dates too)" },
        { "a by OR -zz", "(a AND by) OR NOT zz; not in the archive: zz" },
        { "zebra* strike", "zebra* AND strike; not in the archive: zebra" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stet_answer *answer = ask(rows[i].text);
        assert_string_equal(stet_answer_understood(answer), rows[i].wanted);
        assert_string_equal(stet_answer_coverage(answer), "Held: 5 files.");
        stet_answer_free(answer);
    }
}

static void a_broken_query_is_refused_in_words(void **state)
{
    (void)state;
    static const struct row rows[] = {
        { "", "the query is empty" },
        { "army \"human rights",
          "a quotation mark opens here and is never closed (at character 6)" },
        { "army AND", "AND stands here with nothing to its right (at character 6)" },
        { "OR army", "OR stands here with nothing to its left (in small letters, or in quotes, it "
                     "is a word) (at character 1)" },
        { "(army", "a parenthesis opens here and is never closed (at character 1)" },
        { "army)", "a parenthesis closes here that was never opened (at character 5)" },
        { "x ()", "these parentheses are empty (at character 3)" },
        { "a NEAR/x b",
          "NEAR takes a number of words from 0 to 1000, as in NEAR/5 (at character 3)" },
        { "a NEAR/3", "NEAR stands here with nothing to its right (at character 3)" },
        { "a NEAR/3 (b c)",
          "NEAR takes words and phrases of the text, or (one OR other) of them (at character 3)" },
        { "orgin:sorrow", "there is no field \"orgin\": did you mean \"origin:\"; to search for "
                          "the words themselves" },
        { "sent:1987", "the field \"sent\" is shown but not searched" },
        { "kind:cabel", "there is no kind \"cabel\": did you mean \"cable\"" },
        { "date:1987..1986", "a date is written" },
        { "date:soon", "a date is written" },
        { "collection:cable", "no collection is called \"cable\": did you mean \"cables\"?" },
        { "h*bour", "a star may stand only behind a word" },
        { "a & b", "\"&\" holds no letter or digit to search for (at character 3)" },
        { "tag:(a b)", "a field takes a word or a phrase" },
        { "=army*", "exact words take no" },
        { "subject: guano", "nothing stands right behind subject:" },
        { "NOT", "NOT stands here with nothing to its right" },
        { "/(a/", "in the regular expression a parenthesis opens here and is never closed (at "
                  "character 2)" },
        { "/a)/", "a parenthesis closes here that was never opened" },
        { "/a**/", "nothing stands here to be repeated" },
        { "/[b-a]/", "a range ends before it begins" },
        { "/[a/", "a bracket opens here and is never closed" },
        { "/a{3,2}/", "repetitions are written {2}, {2,} or {2,5}" },
        { "/a{65}/", "more than 64 repetitions" },
        { "/(abcdefgh){40}/", "too long" },
        { "/a||b/", "letters are missing here" },
        { "=/ab/", "a regular expression is held against words without case" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stet_answer *answer = NULL;
        struct stet_query query = { .text = rows[i].text };
        assert_int_equal(stet_search(shelf_archive(), &query, &answer, &fault), STET_BAD_INPUT);
        if (strstr(fault.words, rows[i].wanted) == NULL && rows[i].text != NULL)
            printf("%s\n  wanted: %s\n  said: %s\n", rows[i].text, rows[i].wanted, fault.words);
        assert_non_null(strstr(fault.words, rows[i].wanted));
        assert_null(answer);
    }
}

static void too_much_is_refused_in_words(void **state)
{
    (void)state;
    char *many = calloc(1, 2 << 20);
    for (int i = 0; i < 10000; i++)
        strcat(many + 2 * i, "a ");
    char *nested = calloc(1, 2000);
    memset(nested, '(', 1000);
    const char *rows[] = { many, nested, "*", "a~2", "ab~" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stet_answer *answer = NULL;
        struct stet_query query = { .text = rows[i] };
        assert_int_equal(stet_search(shelf_archive(), &query, &answer, &fault), STET_OVER_LIMIT);
    }
    memset(many, 'x', 1 << 20);
    many[0] = many[(1 << 20) - 1] = '/';
    struct stet_answer *answer = NULL;
    struct stet_query query = { .text = many };
    assert_int_equal(stet_search(shelf_archive(), &query, &answer, &fault), STET_OVER_LIMIT);
    free(many);
    free(nested);
}

static int fill(void **state)
{
    if (shelf_make(state) != 0)
        return -1;
    shelf_fill(parts, sizeof parts / sizeof *parts);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_operators_find_what_they_say),
        cmocka_unit_test(words_may_be_widened),
        cmocka_unit_test(fields_and_filters_narrow),
        cmocka_unit_test(furniture_stands_last_and_is_marked),
        cmocka_unit_test(a_snippet_shows_the_words_and_their_paragraph),
        cmocka_unit_test(a_snippet_begins_where_words_begin),
        cmocka_unit_test(by_date_the_stated_stand_before_the_inferred_and_the_undated),
        cmocka_unit_test(pages_go_on_without_end),
        cmocka_unit_test(what_was_understood_is_said),
        cmocka_unit_test(a_broken_query_is_refused_in_words),
        cmocka_unit_test(too_much_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, fill, shelf_remove);
}

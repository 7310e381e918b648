#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/post_table.h"

static void check(const char *text, bool any_post, const char *expected)
{
    struct reference reference;
    char number[REFERENCE_MAX] = "";
    if (reference_read(bytes_from_string(text), 0, any_post, &reference) > 0)
        reference_write(&reference, 2009, number);
    assert_string_equal(number, expected);
}

static void numbers_of_known_posts_become_canonical(void **state)
{
    (void)state;
    static const char *const items[][2] = {
        { "05 LIMA 5397", "05LIMA5397" },
        { "LIMA 0012", "09LIMA12" },
        { "2005 BUCHAREST 2550", "05BUCHAREST2550" },
        { "96 THE HAGUE 01739", "96THEHAGUE1739" },
        { "SECSTATE 15228 (NOTAL)", "09STATE15228" },
        { "Secstate Washdc 7", "09STATE7" },
        { "RIO DE JAN 12", "09RIODEJANEIRO12" },
        { "PORT-AU-PRINCE 3", "09PORTAUPRINCE3" },
        { "0TTAWA 44", "09OTTAWA44" },
        { "(05) MOSCOW 12", "05MOSCOW12" },
        { "10MEXICO83", "10MEXICO83" },
        { "75 DHAKA 00292_b", "75DHAKA292" },
    };
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
        check(items[i][0], false, items[i][1]);
}

static void unknown_posts_count_only_where_numbers_are_expected(void **state)
{
    (void)state;
    check("PUERTO CLARO 118", true, "09PUERTOCLARO118");
    check("PUERTO CLARO 118", false, "");
    check("07 THE HAGUE 2012", true, "07THEHAGUE2012");
}

static void other_numbered_things_are_no_messages(void **state)
{
    (void)state;
    static const char *const items[] = {
        "IIR 6 897 0136 07", "JANUARY 29", "para 4",
        "DAILY REPORT 5",    "LIMA",       "LIMA 0",
        "LIMA 12/09",        "LIMA 1.5",   "MEXICO 00000083 002 OF 005",
        "the LIMA 5",        "",
    };
    for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
        check(items[i], true, "");
}

static void a_year_that_one_lacks_is_not_compared(void **state)
{
    (void)state;
    struct reference a = { 2005, "LIMA", true, 12 }, b = { 0, "LIMA", true, 12 },
                     c = { 2006, "LIMA", true, 12 };
    assert_true(reference_agrees(&a, &b));
    assert_false(reference_agrees(&a, &c));
}

static void tables_are_sorted_and_every_alias_has_its_post(void **state)
{
    (void)state;
    for (size_t i = 1; i < post_count; i++)
        assert_true(strcmp(posts[i - 1].name, posts[i].name) < 0);
    for (size_t i = 0; i < post_alias_count; i++) {
        assert_true(i == 0 || strcmp(post_aliases[i - 1].alias, post_aliases[i].alias) < 0);
        assert_non_null(post_from_name(bytes_from_string(post_aliases[i].alias)));
    }
}

static void a_post_has_its_kind(void **state)
{
    (void)state;
    assert_string_equal(post_from_name(bytes_from_string("the hague"))->origin,
                        "Embassy The Hague");
    assert_string_equal(post_from_name(bytes_from_string("AMCONSUL SAO PAULO"))->origin,
                        "Consulate Sao Paulo");
    assert_null(post_from_name(bytes_from_string("PUERTO CLARO")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_known_posts_become_canonical),
        cmocka_unit_test(unknown_posts_count_only_where_numbers_are_expected),
        cmocka_unit_test(other_numbered_things_are_no_messages),
        cmocka_unit_test(a_year_that_one_lacks_is_not_compared),
        cmocka_unit_test(tables_are_sorted_and_every_alias_has_its_post),
        cmocka_unit_test(a_post_has_its_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

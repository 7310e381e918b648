#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/field.h"

#include "base/clock.h"

static void every_field_is_found_by_its_word(void **state)
{
    (void)state;
    for (int i = 0; i < FIELD_NAMES; i++) {
        enum field_name name = FIELD_NAMES;
        assert_true(field_from_word(bytes_from_string(field_word((enum field_name)i)), &name));
        assert_int_equal(name, i);
    }
    enum field_name name;
    assert_false(field_from_word(bytes_from_string("colour"), &name));
    assert_true(field_is_searched(FIELD_TITLE));
    assert_false(field_is_searched(FIELD_DATE));
}

static void every_kind_is_found_by_its_word(void **state)
{
    (void)state;
    for (int i = 0; i < KIND_KINDS; i++) {
        enum document_kind kind = KIND_KINDS;
        assert_true(kind_from_word(bytes_from_string(kind_word((enum document_kind)i)), &kind));
        assert_int_equal(kind, i);
    }
}

static void the_first_field_of_a_name_is_found(void **state)
{
    (void)state;
    struct field_list list = { 0 };
    static const char *const tags[] = { "PREL", "PGOV" };
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(
            field_list_add(&list,
                           (struct field){ .name = FIELD_TAG, .value = bytes_from_string(tags[i]) },
                           NULL),
            OK);
    assert_true(bytes_is(field_list_find(&list, FIELD_TAG)->value, "PREL"));
    assert_null(field_list_find(&list, FIELD_TITLE));
    field_list_release(&list);
}

static void dates_are_read_with_their_precision(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int day[3];
        enum date_precision precision;
    } cases[] = {
        { "2010-01-29", { 2010, 1, 29 }, DATE_DAY },
        { "2010-01-29T10:00", { 2010, 1, 29 }, DATE_DAY },
        { "2010-02", { 2010, 2, 1 }, DATE_MONTH },
        { "1963", { 1963, 1, 1 }, DATE_YEAR },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days = 0;
        enum date_precision precision;
        assert_true(date_from_field(bytes_from_string(cases[i].value), &days, &precision));
        assert_int_equal(days, days_from_date(cases[i].day[0], cases[i].day[1], cases[i].day[2]));
        assert_int_equal(precision, cases[i].precision);
    }
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const cases[] = { "",         "10",         "2010-",        "2010-1",
                                         "2010-13",  "2010-02-30", "2010-01-29 x", "2010/01/29",
                                         "20100129", "2010-01-2" };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t days;
        enum date_precision precision;
        assert_false(date_from_field(bytes_from_string(cases[i]), &days, &precision));
    }
}

static void classifications_have_their_rank(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        uint8_t rank;
    } cases[] = {
        { "", 0 },
        { "ROUTINE", 0 },
        { "UNCLASSIFIED", 1 },
        { "UNCLAS//FOR OFFICIAL USE ONLY", 1 },
        { "SBU", 1 },
        { "CONFIDENTIAL", 2 },
        { "C O N F I D E N T I A L", 2 },
        { "Limited Official Use", 2 },
        { "SECRET//NOFORN", 3 },
        { "S/NF", 3 },
        { "TOP SECRET", 4 },
        { "TS", 4 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(class_rank(bytes_from_string(cases[i].value)), cases[i].rank);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_field_is_found_by_its_word),
        cmocka_unit_test(every_kind_is_found_by_its_word),
        cmocka_unit_test(the_first_field_of_a_name_is_found),
        cmocka_unit_test(dates_are_read_with_their_precision),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(classifications_have_their_rank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

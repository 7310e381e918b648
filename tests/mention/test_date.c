#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/date.h"

static void check_forms(const char *const forms[][2], size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct date date = { 0 };
        char written[DATE_TEXT_MAX] = "";
        struct bytes text = bytes_from_string(forms[i][0]);
        size_t len = date_read(text, 0, &date);
        if (len > 0)
            date_write(&date, written);
        assert_string_equal(written, forms[i][1]);
        assert_true(len <= text.len);
    }
}

static void every_written_form_is_read(void **state)
{
    (void)state;
    static const char *const forms[][2] = {
        { "291958Z JAN 10", "2010-01-29T19:58" },
        { "031203Z FEB 2009", "2009-02-03T12:03" },
        { "1/29/2010", "2010-01-29" },
        { "9/20/2006 14:38", "2006-09-20T14:38" },
        { "2020/01/29", "2020-01-29" },
        { "2009-04-10", "2009-04-10" },
        { "2002-11-15T12:40:00", "2002-11-15T12:40" },
        { "Friday, 23 February 2001, 15:53", "2001-02-23T15:53" },
        { "Sunday, December 13, 2009 10:56 AM", "2009-12-13T10:56" },
        { "Sunday, December 13, 2009 12:05 PM", "2009-12-13T12:05" },
        { "Sun Dec 13 10:54:53 2009", "2009-12-13T10:54" },
        { "Jan. 29, 2010", "2010-01-29" },
        { "29 de enero de 2010", "2010-01-29" },
        { "3 de marzo del 1998", "1998-03-03" },
        { "viernes, 29 de enero de 2010", "2010-01-29" },
        { "23 MAY 62", "2062-05-23" },
        { "March 2011", "2011-03" },
        { "November 4, 20109:41 PM", "2010-11-04T21:41" },
    };
    check_forms(forms, sizeof forms / sizeof forms[0]);
}

static void what_is_no_date_is_refused(void **state)
{
    (void)state;
    static const char *const forms[][2] = {
        { "2/30/2010", "" },
        { "13/13/2010", "" },
        { "31 de la calle", "" },
        { "271458Z", "" },
        { "Mayor 12, 2010", "" },
        { "May 12", "" },
        { "291958Z XXX 10", "" },
        { "1/2", "" },
        { "", "" },
        { "Sunday", "" },
        { "29 de enero", "" },
        { "2010-13-01", "" },
        { "120/12/2010", "" },
    };
    check_forms(forms, sizeof forms / sizeof forms[0]);
}

static void a_weekday_is_kept_as_written(void **state)
{
    (void)state;
    struct date date;
    assert_true(date_read(bytes_from_string("Monday, December 13, 2009"), 0, &date) > 0);
    assert_int_equal(date.weekday, 2);
    assert_true(date_read(bytes_from_string("291958Z JAN 10"), 0, &date) > 0);
    assert_true(date.is_group);
}

static void a_date_is_found_inside_text_at_a_word(void **state)
{
    (void)state;
    struct bytes text = bytes_from_string("the port 1200a closed on Jan. 29, 2010, and");
    struct date date;
    size_t at = 0;
    size_t len = date_find(text, &at, &date);
    assert_int_equal(at, 25);
    assert_int_equal(len, 13);
    at += len;
    assert_int_equal(date_find(text, &at, &date), 0);
}

static void every_truncation_reads_inside(void **state)
{
    (void)state;
    static const char *const forms[] = { "Sunday, December 13, 2009 10:56 AM", "R 291958Z JAN 10",
                                         "29 de enero de 2010" };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        for (size_t len = 0; len <= strlen(forms[i]); len++) {
            struct date date;
            struct bytes text = bytes_make(forms[i], len);
            assert_true(date_read(text, 0, &date) <= len);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_written_form_is_read),
        cmocka_unit_test(what_is_no_date_is_refused),
        cmocka_unit_test(a_weekday_is_kept_as_written),
        cmocka_unit_test(a_date_is_found_inside_text_at_a_word),
        cmocka_unit_test(every_truncation_reads_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/fault.h"
#include "base/wellformed.h"

static enum status pass_on(enum status given, bool *went_on)
{
    TRY(given);
    *went_on = true;
    return OK;
}

static void try_returns_a_failure_and_goes_on_after_ok(void **state)
{
    (void)state;
    bool went_on = false;
    assert_int_equal(pass_on(BUSY, &went_on), BUSY);
    assert_false(went_on);
    assert_int_equal(pass_on(OK, &went_on), OK);
    assert_true(went_on);
}

static void words_say_what_failed(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(fail(&fault, NOT_FOUND, "no document %s", "C-12"), NOT_FOUND);
    assert_int_equal(fault.code, NOT_FOUND);
    assert_string_equal(fault.words, "no document C-12");
    errno = ENOENT;
    assert_int_equal(fail_errno(&fault, IO_FAILED, "cannot open x"), IO_FAILED);
    assert_string_equal(fault.words, "cannot open x: No such file or directory");
    assert_int_equal(fail(NULL, BUSY, "nobody listens"), BUSY);
}

static void damage_names_file_and_offset(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(corrupt(&fault, "0001.seg", 4096, "bad checksum"), CORRUPT);
    assert_string_equal(fault.words, "0001.seg is damaged at byte 4096: bad checksum");
    assert_int_equal(corrupt(&fault, "0001.seg", UINT64_MAX, "no footer"), CORRUPT);
    assert_string_equal(fault.words, "0001.seg is damaged: no footer");
}

static void words_from_strangers_become_printable(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(fail(&fault, BAD_INPUT, "%s", "a\x1b[31m\n\xff\xc2\x9b\xc3\xa9"), BAD_INPUT);
    assert_string_equal(fault.words, "a?[31m?\?\?\?\xc3\xa9");
}

static void long_words_are_cut_between_characters(void **state)
{
    (void)state;
    struct fault fault;
    char name[700];
    for (size_t start = 0; start < 4; start++) {
        memset(name, 'x', sizeof name);
        for (size_t at = start; at + 3 < sizeof name; at += 3)
            memcpy(name + at, "\xe2\x82\xac", 3);
        name[sizeof name - 1] = '\0';
        assert_int_equal(fail(&fault, BAD_INPUT, "%s", name), BAD_INPUT);
        assert_in_range(strlen(fault.words), STET_FAULT_WORDS - 4, STET_FAULT_WORDS - 1);
        assert_null(strchr(fault.words, '?'));
    }
}

static void every_status_has_a_word(void **state)
{
    (void)state;
    for (int i = OK; i <= NO_MEMORY; i++)
        assert_string_not_equal(status_word((enum status)i), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(try_returns_a_failure_and_goes_on_after_ok),
        cmocka_unit_test(words_say_what_failed),
        cmocka_unit_test(damage_names_file_and_offset),
        cmocka_unit_test(words_from_strangers_become_printable),
        cmocka_unit_test(long_words_are_cut_between_characters),
        cmocka_unit_test(every_status_has_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

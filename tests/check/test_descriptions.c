#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "check/descriptions.h"

struct described {
    struct arena arena;
    struct saying saying;
    struct description said;
};

static void describe(struct described *described, const char *text)
{
    *described = (struct described){ 0 };
    assert_int_equal(
        saying_make(bytes_from_string(text), NULL, 0, &described->arena, &described->saying, NULL),
        OK);
    size_t at = 0;
    while (at < described->saying.count &&
           !description_read(&described->saying, at, &described->said))
        at++;
    assert_true(at < described->saying.count);
}

static struct field field(enum field_name name, const char *value, enum field_basis basis)
{
    return (struct field){ .name = name, .basis = basis, .value = bytes_from_string(value) };
}

static void stated_fields_differ_and_inferred_ones_never(void **state)
{
    (void)state;
    static const struct {
        const char *text, *date;
        enum field_basis basis;
        enum field_relation class, dated;
    } rows[] = {
        { "a secret cable of May 3, 2026", "2026-05-03T10:00", BASIS_STATED, FIELD_AGREES,
          FIELD_AGREES },
        { "a secret cable of May 3", "2026-05-03", BASIS_STATED, FIELD_AGREES, FIELD_AGREES },
        { "a secret cable of May 2026", "2026-05-03", BASIS_STATED, FIELD_AGREES, FIELD_AGREES },
        { "a confidential cable of May 4, 2026", "2026-05-03", BASIS_STATED, FIELD_DIFFERS,
          FIELD_DIFFERS },
        { "a secret cable of May 4, 2026", "2026-05-03", BASIS_INFERRED, FIELD_AGREES,
          FIELD_CONSISTENT },
        { "a cable from Port Leone", "2026-05-03", BASIS_STATED, FIELD_UNSAID, FIELD_UNSAID },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct described described;
        struct field at[] = { field(FIELD_CLASS, "SECRET", BASIS_STATED),
                              field(FIELD_DATE, rows[i].date, rows[i].basis) };
        struct field_list fields = { .at = at, .count = 2 };
        describe(&described, rows[i].text);
        assert_int_equal(description_class(&described.said, &fields), rows[i].class);
        assert_int_equal(description_date(&described.said, &fields, days_from_date(2026, 6, 20)),
                         rows[i].dated);
        arena_release(&described.arena);
    }
}

static void origins_and_kinds_are_compared_as_far_as_they_are_said(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum field_relation origin, kind;
    } rows[] = {
        { "a secret assessment by the US embassy", FIELD_AGREES, FIELD_UNSAID },
        { "a cable from Port Leone", FIELD_AGREES, FIELD_AGREES },
        { "a cable from the embassy in Santa Ildara", FIELD_DIFFERS, FIELD_AGREES },
        { "a cable from the consulate", FIELD_DIFFERS, FIELD_AGREES },
        { "a cable from General Aguasanta", FIELD_UNKNOWN, FIELD_AGREES },
        { "a confidential e-mail", FIELD_UNSAID, FIELD_DIFFERS },
    };
    struct field at[] = { field(FIELD_ORIGIN, "Embassy Port Leone", BASIS_STATED) };
    struct field_list fields = { .at = at, .count = 1 };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct described described;
        describe(&described, rows[i].text);
        assert_int_equal(
            description_origin(&described.saying, &described.said, &fields, KIND_CABLE),
            rows[i].origin);
        assert_int_equal(description_kind(&described.said, KIND_CABLE), rows[i].kind);
        arena_release(&described.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stated_fields_differ_and_inferred_ones_never),
        cmocka_unit_test(origins_and_kinds_are_compared_as_far_as_they_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

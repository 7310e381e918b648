#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mention/description.h"

static bool first_description(const char *text, struct arena *arena, struct saying *saying,
                              struct description *description)
{
    assert_int_equal(saying_make(bytes_from_string(text), NULL, 0, arena, saying, NULL), OK);
    for (size_t at = 0; at < saying->count; at++)
        if (description_read(saying, at, description))
            return true;
    return false;
}

static void fields_of_a_description_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *words;
        enum described_kind kind;
        uint8_t rank;
        int year, month, day;
        bool is_embassy, has_origin, has_recipient;
    } rows[] = {
        { "in a secret Jan. 29, 2026 assessment by the US embassy, he",
          "a secret Jan. 29, 2026 assessment by the US embassy", DESCRIBED_DOCUMENT, 3, 2026, 1, 29,
          true, true, false },
        { "A confidential Oct. 5, 2025 cable reported", "A confidential Oct. 5, 2025 cable",
          DESCRIBED_CABLE, 2, 2025, 10, 5, false, false, false },
        { "according to a secret cable of February 13.", "a secret cable of February 13",
          DESCRIBED_CABLE, 3, 0, 2, 13, false, false, false },
        { "a top secret telegram from Port Leone dated May 3, 2026 says",
          "a top secret telegram from Port Leone dated May 3, 2026", DESCRIBED_CABLE, 4, 2026, 5, 3,
          false, true, false },
        { "wrote in an e-mail to Colonel Lumbreras that", "an e-mail to Colonel Lumbreras",
          DESCRIBED_EMAIL, 0, 0, 0, 0, false, false, true },
        { "a cable from the embassy in Santa Ildara reported",
          "a cable from the embassy in Santa Ildara", DESCRIBED_CABLE, 0, 0, 0, 0, true, true,
          false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct saying saying;
        struct description said;
        assert_true(first_description(rows[i].text, &arena, &saying, &said));
        struct bytes words = bytes_slice(saying.text, said.start, said.end - said.start);
        char *copy = arena_string(&arena, words);
        assert_string_equal(copy, rows[i].words);
        assert_int_equal(said.kind, rows[i].kind);
        assert_int_equal(said.class_rank, rows[i].rank);
        assert_int_equal(said.date.year, rows[i].year);
        assert_int_equal(said.date.month, rows[i].month);
        assert_int_equal(said.date.day, rows[i].day);
        assert_int_equal(said.is_embassy, rows[i].is_embassy);
        assert_int_equal(said.origin.end > 0, rows[i].has_origin);
        assert_int_equal(said.recipient.end > 0, rows[i].has_recipient);
        arena_release(&arena);
    }
}

static void a_document_of_which_nothing_is_said_is_no_description(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "The cable recommended this.",         "the embassy wrote a report on fish",
        "A message came; he did not note it.", "a confidential source told us",
        "the cable television company",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena arena = { 0 };
        struct saying saying;
        struct description said;
        assert_false(first_description(rows[i], &arena, &saying, &said));
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_a_description_are_read),
        cmocka_unit_test(a_document_of_which_nothing_is_said_is_no_description),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

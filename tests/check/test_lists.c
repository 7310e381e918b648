#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>

#include "check/lists.h"

/* Members of the first list of a text, "|" between them. */
static void first_list(const char *text, char *out, size_t room)
{
    struct arena arena = { 0 };
    struct shelf_text made = { 0 };
    struct source_list list;
    size_t len = 0;
    out[0] = '\0';
    assert_int_equal(shelf_text_make(&made, bytes_from_string(text), NULL, 0, &arena, NULL), OK);
    if (list_find(&made, &made.sentences[0], made.sentences[0].first, &list))
        for (size_t i = 0; i < list.count; i++) {
            uint32_t start = made.saying.at[list.at[i].first].start;
            uint32_t end = made.saying.at[list.at[i].end - 1].end;
            len += (size_t)snprintf(out + len, room - len, "%s%.*s", i > 0 ? "|" : "",
                                    (int)(end - start), text + start);
        }
    arena_release(&arena);
}

static void lists_have_members(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "They suggested starting in Port Leone, Alcarra, and one other city with a plan.",
          "Port Leone|Alcarra|one other city" },
        { "He met Urreche, Quintral and Dalmau in March.", "Urreche|Quintral|Dalmau" },
        { "It asked for money, boats, fuel and time.", "money|boats|fuel|time" },
        { "After an illness, Urreche and Quintral left.", "" },
        { "It was new, resulting in many good and lasting jobs, and rain.", "" },
        { "He came, and he went.", "" },
        { "Port Leone and Alcarra are far.", "" },
        { "On June 3, the Army left the port and the yards.", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char found[256];
        first_list(rows[i][0], found, sizeof found);
        assert_string_equal(found, rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(lists_have_members) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

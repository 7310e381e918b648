#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "intake/escape.h"
#include "intake/seen.h"

static void what_a_terminal_could_obey_is_escaped(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "plain.txt", "plain.txt" },
        { "Mu\xC3\xB1oz", "Mu\xC3\xB1oz" },
        { "a\x1B[2Jb", "a\\x1B[2Jb" },
        { "\xFF", "\\xFF" },
        { "x\xE2\x80\xAEgnp", "x\\xE2\\x80\\xAEgnp" },
        { "", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char out[128];
        escape_path(bytes_from_string(rows[i][0]), out, sizeof out);
        assert_string_equal(out, rows[i][1]);
    }
}

static void a_long_name_is_cut_and_says_so(void **state)
{
    (void)state;
    char out[16];
    escape_path(bytes_from_string("abcdefghijklmnopqrstuvwxyz"), out, sizeof out);
    assert_string_equal(out + strlen(out) - 3, "...");
}

static void a_set_of_hashes_has_what_was_added_and_nothing_else(void **state)
{
    (void)state;
    struct seen seen = { 0 };
    for (uint32_t i = 0; i < 5000; i += 2) {
        struct hash hash = sha256_from_bytes(bytes_make(&i, sizeof i));
        assert_int_equal(seen_add(&seen, &hash, NULL), OK);
    }
    for (uint32_t i = 0; i < 5000; i++) {
        struct hash hash = sha256_from_bytes(bytes_make(&i, sizeof i));
        assert_int_equal(seen_has(&seen, &hash), i % 2 == 0);
    }
    assert_int_equal(seen.count, 2500);
    seen_release(&seen);
}

int main(void)
{
    struct fault fault;
    if (hash_start(&fault) != OK)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_terminal_could_obey_is_escaped),
        cmocka_unit_test(a_long_name_is_cut_and_says_so),
        cmocka_unit_test(a_set_of_hashes_has_what_was_added_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

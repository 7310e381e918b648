#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ask.h"
#include "sample.h"

static struct segment *segment;

static int prepare(void **state)
{
    if (folder_make(state) != 0)
        return 1;
    sample_seal("t", 0, 1, 200);
    segment = sample_open("t");
    return 0;
}

static int finish(void **state)
{
    segment_close(segment);
    return folder_remove(state);
}

static void every_key_is_found_by_itself_and_not_with_a_byte_more(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer keys = { 0 };
    ask_keys(segment, &keys);
    struct cursor from = cursor_from_bytes(buffer_bytes(&keys));
    uint32_t found = 0;
    while (cursor_left(&from) > 0) {
        uint8_t longer[TERM_KEY_MAX + 1];
        struct term term;
        struct bytes key = cursor_string(&from);
        assert_int_equal(segment_term(segment, key, &term, NULL), OK);
        memcpy(longer, key.at, key.len);
        longer[key.len] = 0;
        assert_int_equal(segment_term(segment, bytes_make(longer, key.len + 1), &term, NULL),
                         NOT_FOUND);
        found++;
    }
    assert_true(found > 1000);
}

static void a_walk_begins_at_the_first_key_not_before(void **state)
{
    (void)state;
    static const char *const cases[][2] = { { "hull1", "hull1" },
                                            { "salt", "salt" },
                                            { "salz", "sbu" },
                                            { "\x02", "\x02origin\x1f"
                                                      "almagre" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct term_walk walk;
        struct bytes wanted = bytes_from_string(cases[i][1]);
        assert_int_equal(term_walk_begin(&walk, segment, bytes_from_string(cases[i][0]), NULL), OK);
        assert_true(bytes_equal(bytes_slice(walk.key, 0, wanted.len), wanted));
    }
}

static void behind_the_last_key_a_walk_has_ended(void **state)
{
    (void)state;
    struct term_walk walk;
    assert_int_equal(term_walk_begin(&walk, segment, bytes_from_string("\xff"), NULL), OK);
    assert_true(walk.ended);
    assert_int_equal(term_walk_next(&walk, NULL), OK);
    assert_true(walk.ended);
}

static void impossible_keys_are_not_found(void **state)
{
    (void)state;
    uint8_t longest[TERM_KEY_MAX + 1] = { 'a' };
    struct term term;
    assert_int_equal(segment_term(segment, (struct bytes){ 0 }, &term, NULL), NOT_FOUND);
    assert_int_equal(segment_term(segment, bytes_make(longest, sizeof longest), &term, NULL),
                     NOT_FOUND);
    assert_int_equal(segment_term(segment, bytes_from_string("\x01"), &term, NULL), NOT_FOUND);
}

static void fields_are_found_by_word_and_by_value(void **state)
{
    (void)state;
    uint8_t key[TERM_KEY_MAX];
    struct term term;
    size_t len = term_key_field_word(FIELD_TAG, bytes_from_string("salt"), key);
    assert_int_equal(segment_term(segment, bytes_make(key, len), &term, NULL), OK);
    len = term_key_field_value(FIELD_ORIGIN, bytes_from_string("embassy ALMAGRE "), key);
    assert_int_equal(segment_term(segment, bytes_make(key, len), &term, NULL), OK);
    len = term_key_field_value(FIELD_DATE, bytes_from_string("2031-05-02"), key);
    assert_int_equal(segment_term(segment, bytes_make(key, len), &term, NULL), OK);
    len = term_key_field_word(FIELD_DATE, bytes_from_string("2031"), key);
    assert_int_equal(segment_term(segment, bytes_make(key, len), &term, NULL), NOT_FOUND);
}

static void a_long_value_is_cut_alike_when_stored_and_when_asked(void **state)
{
    (void)state;
    char value[600];
    uint8_t key[TERM_KEY_MAX];
    memset(value, 'a', sizeof value);
    size_t len = term_key_field_value(FIELD_TITLE, bytes_make(value, sizeof value), key);
    assert_int_equal(len, TERM_KEY_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_found_by_itself_and_not_with_a_byte_more),
        cmocka_unit_test(a_walk_begins_at_the_first_key_not_before),
        cmocka_unit_test(behind_the_last_key_a_walk_has_ended),
        cmocka_unit_test(impossible_keys_are_not_found),
        cmocka_unit_test(fields_are_found_by_word_and_by_value),
        cmocka_unit_test(a_long_value_is_cut_alike_when_stored_and_when_asked),
    };
    return cmocka_run_group_tests(tests, prepare, finish);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "base/hash.h"
#include "base/scoped.h"
#include "segment/dictionary.h"

static int start(void **state)
{
    (void)state;
    return hash_start(NULL) != OK;
}

static uint32_t number(struct dictionary *dictionary, struct bytes key)
{
    struct wanted wanted = { key, dictionary_first(key) };
    uint32_t given;
    assert_int_equal(dictionary_number(dictionary, &wanted, 1, &given, NULL), OK);
    return given;
}

enum { KEYS = 20000 };

static struct bytes key_make(uint32_t i, char room[200])
{
    int len = snprintf(room, 200, "%x%0*u", i * 2654435761u, (int)(i % 150), i);
    return bytes_make(room, (size_t)len);
}

static void keys_of_every_length_keep_their_numbers(void **state)
{
    (void)state;
    CLOSED(dictionary_free) struct dictionary *dictionary = NULL;
    char room[200];
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < KEYS; i++)
            assert_int_equal(number(dictionary, key_make(i, room)), i);
    assert_int_equal(dictionary_count(dictionary), KEYS);
    for (uint32_t i = 0; i < KEYS; i++)
        assert_true(bytes_equal(dictionary_key(dictionary, i), key_make(i, room)));
}

static void keys_come_out_sorted(void **state)
{
    (void)state;
    CLOSED(dictionary_free) struct dictionary *dictionary = NULL;
    FREED uint32_t *order = NULL;
    char room[200];
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (uint32_t i = 0; i < KEYS; i++)
        number(dictionary, key_make(i, room));
    assert_int_equal(dictionary_sorted(dictionary, &order, NULL), OK);
    for (size_t i = 1; i < KEYS; i++)
        assert_true(bytes_compare(dictionary_key(dictionary, order[i - 1]),
                                  dictionary_key(dictionary, order[i])) < 0);
}

static void zeros_at_the_end_of_a_key_count(void **state)
{
    (void)state;
    CLOSED(dictionary_free) struct dictionary *dictionary = NULL;
    static const uint8_t key[8] = "salt";
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (uint32_t len = 1; len <= sizeof key; len++)
        assert_int_equal(number(dictionary, bytes_make(key, len)), len - 1);
}

static void a_cleared_dictionary_is_a_new_one(void **state)
{
    (void)state;
    CLOSED(dictionary_free) struct dictionary *dictionary = NULL;
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    number(dictionary, bytes_from_string("salt"));
    dictionary_clear(dictionary);
    assert_int_equal(dictionary_memory(dictionary), 0);
    assert_int_equal(number(dictionary, bytes_from_string("port")), 0);
    assert_int_equal(dictionary_count(dictionary), 1);
    assert_true(bytes_is(dictionary_key(dictionary, 0), "port"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_every_length_keep_their_numbers),
        cmocka_unit_test(keys_come_out_sorted),
        cmocka_unit_test(zeros_at_the_end_of_a_key_count),
        cmocka_unit_test(a_cleared_dictionary_is_a_new_one),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}

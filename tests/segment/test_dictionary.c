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

static void add(struct dictionary *dictionary, struct bytes key, uint32_t part, uint32_t position)
{
    struct occurrence occurrence = { key, position };
    assert_int_equal(dictionary_add(dictionary, part, &occurrence, 1, NULL), OK);
}

static void keys_of_every_length_come_out_sorted(void **state)
{
    (void)state;
    enum { KEYS = 20000 };
    struct dictionary *dictionary;
    FREED const struct word **words = NULL;
    size_t count;
    char key[200];
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (uint32_t i = 0; i < KEYS; i++) {
        int len = snprintf(key, sizeof key, "%x%0*u", i * 2654435761u, (int)(i % 150), i);
        add(dictionary, bytes_make(key, (size_t)len), i, i);
    }
    assert_int_equal(dictionary_sorted(dictionary, &words, &count, NULL), OK);
    assert_int_equal(count, KEYS);
    for (size_t i = 1; i < count; i++)
        assert_true(bytes_compare(word_key(words[i - 1]), word_key(words[i])) < 0);
    dictionary_free(dictionary);
}

/* Positions of one word over a distance that makes one to five bytes of each number. */
static void a_long_list_is_read_back_as_it_was_added(void **state)
{
    (void)state;
    enum { COUNT = 30000 };
    struct dictionary *dictionary;
    FREED const struct word **words = NULL;
    SCOPED(word_walk_release) struct word_walk walk = { 0 };
    size_t count;
    bool found;
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (uint32_t i = 0; i < COUNT; i++)
        add(dictionary, bytes_from_string("quay"), i / 3, i % 3 * (i * 29u + 1));
    assert_int_equal(dictionary_sorted(dictionary, &words, &count, NULL), OK);
    assert_int_equal(word_walk_begin(&walk, words[0], NULL), OK);
    for (uint32_t i = 0; i < COUNT; i += 3) {
        assert_int_equal(word_walk_next(&walk, &found, NULL), OK);
        assert_true(found);
        assert_int_equal(walk.part, i / 3);
        assert_int_equal(walk.count, 3);
        for (uint32_t j = 0; j < 3; j++)
            assert_int_equal(walk.positions[j], j * ((i + j) * 29u + 1));
    }
    assert_int_equal(word_walk_next(&walk, &found, NULL), OK);
    assert_false(found);
    dictionary_free(dictionary);
}

static void one_place_counts_once(void **state)
{
    (void)state;
    struct dictionary *dictionary;
    FREED const struct word **words = NULL;
    SCOPED(word_walk_release) struct word_walk walk = { 0 };
    size_t count;
    bool found;
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    for (int i = 0; i < 3; i++)
        add(dictionary, bytes_from_string("salt"), 4, 9);
    assert_int_equal(dictionary_sorted(dictionary, &words, &count, NULL), OK);
    assert_int_equal(count, 1);
    assert_int_equal(word_walk_begin(&walk, words[0], NULL), OK);
    assert_int_equal(word_walk_next(&walk, &found, NULL), OK);
    assert_int_equal(walk.part, 4);
    assert_int_equal(walk.count, 1);
    dictionary_free(dictionary);
}

static void a_cleared_dictionary_is_a_new_one(void **state)
{
    (void)state;
    struct dictionary *dictionary;
    FREED const struct word **words = NULL;
    size_t count;
    assert_int_equal(dictionary_new(&dictionary, NULL), OK);
    add(dictionary, bytes_from_string("salt"), 0, 0);
    dictionary_clear(dictionary);
    assert_int_equal(dictionary_memory(dictionary), 0);
    add(dictionary, bytes_from_string("port"), 0, 0);
    assert_int_equal(dictionary_sorted(dictionary, &words, &count, NULL), OK);
    assert_int_equal(count, 1);
    assert_true(bytes_is(word_key(words[0]), "port"));
    dictionary_free(dictionary);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_of_every_length_come_out_sorted),
        cmocka_unit_test(a_long_list_is_read_back_as_it_was_added),
        cmocka_unit_test(one_place_counts_once),
        cmocka_unit_test(a_cleared_dictionary_is_a_new_one),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "search/bits.h"
#include "search/score.h"

enum { ROUNDS = 2000, WORDS = 67 };

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static size_t count_one_by_one(const uint64_t *bits, const uint64_t *with, size_t words)
{
    size_t sum = 0;
    for (uint32_t i = 0; i < words * 64; i++)
        sum += bits_has(bits, i) && (with == NULL || bits_has(with, i));
    return sum;
}

static void all_ways_to_count_agree(void **unused)
{
    (void)unused;
    uint64_t state = 20101205, bits[WORDS], with[WORDS];
    for (int round = 0; round < ROUNDS; round++) {
        size_t words = next(&state) % (WORDS + 1);
        for (size_t i = 0; i < WORDS; i++) {
            bits[i] = next(&state) & (round % 3 == 0 ? next(&state) & next(&state) : ~0ull);
            with[i] = round % 5 == 0 ? ~0ull : next(&state);
        }
        size_t wanted = count_one_by_one(bits, NULL, words);
        assert_int_equal(bits_count(bits, words), wanted);
        assert_int_equal(bits_count_plain(bits, NULL, words), wanted);
        wanted = count_one_by_one(bits, with, words);
        assert_int_equal(bits_count_shared(bits, with, words), wanted);
        assert_int_equal(bits_count_plain(bits, with, words), wanted);
    }
}

static void many_members_are_added_as_one_by_one(void **unused)
{
    (void)unused;
    uint64_t state = 7;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t many[WORDS] = { 0 }, single[WORDS] = { 0 };
        uint32_t members[128], base = (uint32_t)(next(&state) % 100000), at = base;
        size_t len = next(&state) % 129, room = (size_t)WORDS * 64 / 129;
        for (size_t i = 0; i < len; i++, at++) {
            at += (uint32_t)(next(&state) % room);
            members[i] = at;
            bits_add(single, at - base);
        }
        bits_add_all(many, members, len, base);
        assert_memory_equal(many, single, sizeof many);
    }
}

static void scores_of_vectors_are_those_of_one_part_after_the_other(void **unused)
{
    (void)unused;
    uint64_t state = 11;
    for (int round = 0; round < ROUNDS && score_has_vectors(); round++) {
        uint32_t parts[128], counts[128], words[2048];
        float one[128], many[128];
        size_t len = next(&state) % 129;
        for (size_t i = 0; i < 2048; i++)
            words[i] = (uint32_t)(next(&state) >> 33) >> next(&state) % 31;
        for (size_t i = 0; i < len; i++) {
            parts[i] = 70000 + (uint32_t)(i * 16 + next(&state) % 16);
            counts[i] = 1 + (uint32_t)(next(&state) % 300);
        }
        struct score_run run = { 3.7f, 311.5f, parts, counts, len, words, 70000 };
        score_parts_scalar(&run, one);
        score_parts_vector(&run, many);
        assert_memory_equal(one, many, len * sizeof *one);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_ways_to_count_agree),
        cmocka_unit_test(many_members_are_added_as_one_by_one),
        cmocka_unit_test(scores_of_vectors_are_those_of_one_part_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

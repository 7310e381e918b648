#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "segment/impacts.h"

enum { ROUNDS = 2000, MOST = 128 };

static uint64_t seed = 3;

static uint32_t next_below(uint32_t limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % limit;
}

static size_t put_and_read(const struct impact *parts, size_t len, struct impact impacts[IMPACTS])
{
    SCOPED(buffer_release) struct buffer to = { 0 };
    struct impact_tally tally;
    impact_tally_begin(&tally);
    for (size_t i = 0; i < len; i++)
        impact_tally_add(&tally, parts[i].count, parts[i].words);
    impact_tally_put(&tally, &to);
    assert_int_equal(to.len, IMPACT_BYTES);
    return impacts_read(to.at, impacts);
}

static void every_part_has_an_impact_above_it(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct impact parts[MOST], impacts[IMPACTS];
        uint32_t counts = 1 + next_below(400), words = 1 + next_below(90000);
        size_t len = 1 + next_below(MOST);
        for (size_t i = 0; i < len; i++)
            parts[i] = (struct impact){ 1 + next_below(counts), next_below(words) };
        size_t found = put_and_read(parts, len, impacts);
        for (size_t i = 0; i < len; i++) {
            bool holds = false;
            for (size_t j = 0; j < found; j++)
                holds |= impacts[j].count >= parts[i].count && impacts[j].words <= parts[i].words;
            assert_true(holds);
        }
    }
}

static void few_parts_are_told_exactly(void **state)
{
    (void)state;
    static const struct impact parts[] = { { 9, 700 }, { 1, 5 }, { 4, 90 }, { 3, 90 }, { 1, 80 } };
    struct impact impacts[IMPACTS];
    assert_int_equal(put_and_read(parts, 5, impacts), 3);
    assert_int_equal(impacts[0].count, 9);
    assert_int_equal(impacts[0].words, 700);
    assert_int_equal(impacts[1].count, 4);
    assert_int_equal(impacts[1].words, 90);
    assert_int_equal(impacts[2].count, 1);
    assert_int_equal(impacts[2].words, 5);
}

static void what_is_too_large_to_tell_is_not_known(void **state)
{
    (void)state;
    static const struct impact parts[] = { { 255, 70000 } };
    struct impact impacts[IMPACTS];
    assert_int_equal(put_and_read(parts, 1, impacts), 1);
    assert_int_equal(impacts[0].count, UINT32_MAX);
    assert_int_equal(impacts[0].words, IMPACT_WORDS_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_has_an_impact_above_it),
        cmocka_unit_test(few_parts_are_told_exactly),
        cmocka_unit_test(what_is_too_large_to_tell_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

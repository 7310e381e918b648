#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "segment/bits.h"

enum { MOST = 300 };

static uint64_t seed = 7;

static uint32_t next_random(void)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 32);
}

static uint32_t of_width(unsigned width)
{
    return width == 0 ? 0 : next_random() >> (32 - width);
}

/* Bytes with slack behind them; answers the length without it. */
static size_t with_slack(struct buffer *to)
{
    static const uint8_t slack[BITS_SLACK] = { 0xff, 0xff, 0xff };
    size_t len = to->len;
    buffer_append(to, slack, sizeof slack);
    assert_false(to->failed);
    return len;
}

static void both_kernels_read_what_was_written(void **state)
{
    (void)state;
    uint32_t values[MOST], scalar[MOST], vector[MOST];
    for (unsigned round = 0; round < 4000; round++) {
        SCOPED(buffer_release) struct buffer to = { 0 };
        struct bit_writer writer = { .to = &to };
        unsigned width = round % 33, before = round % 8;
        size_t count = next_random() % MOST;
        for (size_t i = 0; i < count; i++)
            values[i] = of_width(width);
        bits_put(&writer, 0, before);
        bits_put_all(&writer, values, count, width);
        bits_end(&writer);
        assert_int_equal(with_slack(&to), (before + count * width + 7) / 8);
        bits_read_scalar(to.at, before, width, scalar, count);
        assert_memory_equal(values, scalar, count * sizeof *values);
        if (width > 25 || !bits_have_vectors())
            continue;
        bits_read_vector(to.at, before, width, vector, count);
        assert_memory_equal(values, vector, count * sizeof *values);
    }
}

static void no_parameter_makes_a_run_much_shorter(void **state)
{
    (void)state;
    uint32_t values[MOST];
    for (unsigned round = 0; round < 300; round++) {
        uint64_t told, least = UINT64_MAX;
        for (size_t i = 0; i < MOST; i++)
            values[i] = of_width(round % 30);
        rice_parameter(values, MOST, &told);
        for (unsigned parameter = 0; parameter <= RICE_MAX; parameter++) {
            uint64_t bits = (uint64_t)MOST * (parameter + 1);
            for (size_t i = 0; i < MOST; i++)
                bits += values[i] >> parameter;
            least = bits < least ? bits : least;
        }
        assert_true(told == least);
    }
}

static void a_run_is_read_from_anywhere(void **state)
{
    (void)state;
    uint32_t values[MOST], read[MOST];
    for (unsigned round = 0; round < 600; round++) {
        SCOPED(buffer_release) struct buffer to = { 0 };
        struct bit_writer writer = { .to = &to };
        struct rice rice;
        uint64_t bits;
        unsigned before = round % 8, skipped = next_random() % MOST;
        for (size_t i = 0; i < MOST; i++)
            values[i] = of_width(next_random() % (1 + round % 24));
        unsigned parameter = rice_parameter(values, MOST, &bits);
        bits_put(&writer, 0, before);
        rice_put(&writer, values, MOST, parameter);
        bits_end(&writer);
        size_t len = with_slack(&to);
        assert_true(rice_begin(&rice, bytes_make(to.at, len), before, MOST, parameter));
        assert_true(rice_skip(&rice, skipped));
        assert_true(rice_read(&rice, read, MOST - skipped));
        assert_memory_equal(values + skipped, read, (MOST - skipped) * sizeof *values);
        assert_true(rice_end(&rice) == before + bits);
        assert_false(rice_skip(&rice, 1));
    }
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    uint32_t values[MOST], read[MOST];
    SCOPED(buffer_release) struct buffer to = { 0 };
    struct bit_writer writer = { .to = &to };
    struct rice rice;
    for (size_t i = 0; i < MOST; i++)
        values[i] = of_width(i % 11);
    rice_put(&writer, values, MOST, 5);
    bits_end(&writer);
    size_t whole = with_slack(&to);
    for (size_t len = 0; len < whole; len++) {
        struct bytes cut = bytes_make(to.at, len);
        assert_false(rice_begin(&rice, cut, 0, MOST, 5) && rice_read(&rice, read, MOST));
        assert_false(rice_begin(&rice, cut, 0, MOST, 5) && rice_skip(&rice, MOST));
    }
}

static void a_number_of_more_than_32_bits_is_refused(void **state)
{
    (void)state;
    static const uint8_t run[64 + BITS_SLACK] = { [20] = 1 };
    struct rice rice;
    uint32_t read;
    assert_true(rice_begin(&rice, bytes_make(run, 64), 0, 1, 26));
    assert_false(rice_read(&rice, &read, 1));
    assert_true(rice_begin(&rice, bytes_make(run, 64), 0, 1, 20));
    assert_true(rice_read(&rice, &read, 1));
    assert_int_equal(read, 140 << 20);
    assert_false(rice_begin(&rice, bytes_make(run, 64), 0, 1, RICE_MAX + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_kernels_read_what_was_written),
        cmocka_unit_test(no_parameter_makes_a_run_much_shorter),
        cmocka_unit_test(a_run_is_read_from_anywhere),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(a_number_of_more_than_32_bits_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "reuse/compare.h"
#include "reuse/winnow.h"

enum { LONGEST = 64 };

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

static size_t keep(const uint32_t *words, size_t count, uint64_t *kept)
{
    struct winnow winnow = { 0 };
    size_t filled = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t first;
        filled += winnow_add(&winnow, words[i], words[i], &kept[filled], &first);
    }
    return filled;
}

static void eight_words_leave_the_same_trace_wherever_they_stand(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        uint32_t words[2][LONGEST], shared[FOUND_WORDS];
        uint64_t kept[2][LONGEST];
        size_t counts[2], same = 0;
        for (int i = 0; i < FOUND_WORDS; i++)
            shared[i] = draw(&seed, 4);
        for (int side = 0; side < 2; side++) {
            for (int i = 0; i < LONGEST; i++)
                words[side][i] = 100 + draw(&seed, 1000) + 5000 * (uint32_t)side;
            memcpy(words[side] + draw(&seed, LONGEST - FOUND_WORDS), shared, sizeof shared);
            counts[side] = keep(words[side], LONGEST, kept[side]);
        }
        for (size_t i = 0; i < counts[0]; i++)
            for (size_t k = 0; k < counts[1]; k++)
                same += kept[0][i] == kept[1][k];
        assert_true(same > 0);
    }
}

static void about_two_of_five_shingles_are_kept(void **state)
{
    (void)state;
    enum { MANY = 20000 };
    static uint32_t words[MANY];
    static uint64_t kept[MANY];
    uint32_t seed = 3;
    for (int i = 0; i < MANY; i++)
        words[i] = draw(&seed, 1 << 20);
    size_t count = keep(words, MANY, kept);
    assert_in_range(count, MANY * 38 / 100, MANY * 42 / 100);
}

static void fewer_than_eight_words_leave_none(void **state)
{
    (void)state;
    static const uint32_t words[FOUND_WORDS] = { 1, 2, 3, 4, 5, 6, 7, 8 };
    uint64_t kept[LONGEST];
    assert_int_equal(keep(words, FOUND_WORDS - 1, kept), 0);
    assert_int_equal(keep(words, FOUND_WORDS, kept), 1);
}

/* Words are single letters. */
static struct stretch stretch_from_text(const char *text, uint32_t *words)
{
    struct stretch stretch = { words, (uint32_t)strlen(text) };
    for (uint32_t i = 0; i < stretch.count; i++)
        words[i] = (uint8_t)text[i];
    return stretch;
}

struct grown {
    const char *a, *b;
    uint32_t at_a, at_b;
    uint32_t a_start, a_end, b_start, b_end, shared, differences;
};

static void passages_grow_over_small_gaps_and_stop_at_large_ones(void **state)
{
    (void)state;
    static const struct grown cases[] = {
        { "abcdefgh", "abcdefgh", 3, 3, 0, 8, 0, 8, 8, 0 },
        { "xxabcdefgh", "abcdefghyy", 5, 3, 2, 10, 0, 8, 8, 0 },
        { "abcdefghijkl", "abcdeXfghijkl", 0, 0, 0, 12, 0, 13, 12, 1 },
        { "abcdefghijkl", "abcdXXghijkl", 9, 9, 0, 12, 0, 12, 10, 1 },
        { "abcdefghijkl", "abcdefXghYjkl", 0, 0, 0, 6, 0, 6, 6, 0 },
        { "abcdefgh0123456789Aijklmn", "abcdefghijklmn", 0, 0, 0, 8, 0, 8, 8, 0 },
        { "abcdefgh012345678ijklmn", "abcdefghijklmn", 0, 0, 0, 23, 0, 14, 14, 1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct grown *held = &cases[i];
        uint32_t words[2][LONGEST];
        struct stretch a = stretch_from_text(held->a, words[0]);
        struct stretch b = stretch_from_text(held->b, words[1]);
        struct common common;
        common_grow(&a, &b, held->at_a, held->at_b, NULL, &common);
        assert_int_equal(common.a_start, held->a_start);
        assert_int_equal(common.a_end, held->a_end);
        assert_int_equal(common.b_start, held->b_start);
        assert_int_equal(common.b_end, held->b_end);
        assert_int_equal(common.shared, held->shared);
        assert_int_equal(common.differences, held->differences);
    }
}

static void words_of_header_lines_are_passed_and_not_counted(void **state)
{
    (void)state;
    uint32_t words[2][LONGEST];
    struct stretch a = stretch_from_text("abcdefgh", words[0]);
    struct stretch b = stretch_from_text("abcdefgh", words[1]);
    struct common common;
    words[0][0] |= WORD_IN_HEAD;
    words[1][7] |= WORD_IN_HEAD;
    common_grow(&a, &b, 3, 3, NULL, &common);
    assert_int_equal(common.a_end - common.a_start, 8);
    assert_int_equal(common.shared, 6);
}

struct compared {
    const char *a, *b;
    uint32_t shared, differences;
};

static void what_two_passages_share_is_counted_in_order(void **state)
{
    (void)state;
    static const struct compared cases[] = {
        { "abcdefgh", "abcdefgh", 8, 0 },
        { "0123456789abcdefgh", "abcdefghXYZ", 8, 0 },
        { "abcdefgh", "ijklmnop", 0, 0 },
        { "abcdeXXXXXXXXXXXXXXfghij", "abcdeYYYYYYYYYYYYYYYYfghij", 10, 1 },
        { "abcdefXXXXXXXXXXXXXXghijklmn", "ghijklmnYYYYYYYYYYYYYYYYabcdef", 8, 0 },
        { "ababababab", "ababababab", 10, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t words[2][LONGEST], shared, differences;
        struct stretch a = stretch_from_text(cases[i].a, words[0]);
        struct stretch b = stretch_from_text(cases[i].b, words[1]);
        assert_int_equal(stretches_compare(&a, &b, &shared, &differences, NULL), OK);
        assert_int_equal(shared, cases[i].shared);
        assert_int_equal(differences, cases[i].differences);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_words_leave_the_same_trace_wherever_they_stand),
        cmocka_unit_test(about_two_of_five_shingles_are_kept),
        cmocka_unit_test(fewer_than_eight_words_leave_none),
        cmocka_unit_test(passages_grow_over_small_gaps_and_stop_at_large_ones),
        cmocka_unit_test(words_of_header_lines_are_passed_and_not_counted),
        cmocka_unit_test(what_two_passages_share_is_counted_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/scoped.h"

static void lent_memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    for (size_t len = 0; len < 3000; len += 7) {
        uint8_t *at = arena_alloc(&arena, len);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % 16, 0);
        for (size_t i = 0; i < len; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xff, len);
    }
}

static void a_cleared_arena_lends_zeroes_again_and_holds_one_block(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    for (int i = 0; i < 100; i++)
        memset(arena_alloc(&arena, 5000), 0xff, 5000);
    size_t before = arena.total;
    arena_clear(&arena);
    assert_true(arena.total < before);
    const uint8_t *at = arena_alloc(&arena, 5000);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(at[i], 0);
}

static void what_is_large_gets_a_block_of_its_own(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    uint8_t *small = arena_alloc(&arena, 1);
    memset(arena_alloc(&arena, 5000000), 1, 5000000);
    assert_ptr_equal(arena_alloc(&arena, 1), small + 16);
    arena_clear(&arena);
    assert_true(arena.total < 100000);
}

static void sizes_that_overflow_answer_null(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    assert_null(arena_alloc(&arena, SIZE_MAX));
    assert_null(arena_alloc_many(&arena, SIZE_MAX / 4, 8));
    assert_null(arena_string(&arena, (struct bytes){ NULL, SIZE_MAX }));
    assert_non_null(arena_alloc_many(&arena, 3, 8));
}

static void copies_end_in_a_nul(void **state)
{
    (void)state;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct bytes copy = arena_copy(&arena, bytes_make("Sulaco port", 6));
    assert_int_equal(copy.len, 6);
    assert_string_equal((const char *)copy.at, "Sulaco");
    assert_string_equal(arena_string(&arena, (struct bytes){ 0 }), "");
    assert_string_equal(arena_print(&arena, "%s-%d", "cable", 12), "cable-12");
}

static void a_released_arena_is_empty_again(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    arena_clear(&arena);
    arena_alloc(&arena, 10);
    arena_release(&arena);
    assert_null(arena.blocks);
    assert_int_equal(arena.total, 0);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lent_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(a_cleared_arena_lends_zeroes_again_and_holds_one_block),
        cmocka_unit_test(what_is_large_gets_a_block_of_its_own),
        cmocka_unit_test(sizes_that_overflow_answer_null),
        cmocka_unit_test(copies_end_in_a_nul),
        cmocka_unit_test(a_released_arena_is_empty_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

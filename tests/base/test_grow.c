#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/grow.h"
#include "base/scoped.h"

static void items_keep_their_values_while_the_array_grows(void **state)
{
    (void)state;
    FREED int *items = NULL;
    size_t room = 0;
    for (size_t count = 0; count < 1000; count++) {
        assert_true(GROW(items, room, count));
        assert_true(room > count);
        items[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
}

static void a_size_that_overflows_changes_nothing(void **state)
{
    (void)state;
    FREED int *items = NULL;
    size_t room = 0;
    assert_true(GROW(items, room, 0));
    int *before = items;
    size_t room_before = room;
    assert_false(grow_items((void **)&items, &room, SIZE_MAX / 2, sizeof *items));
    assert_ptr_equal(items, before);
    assert_int_equal(room, room_before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_keep_their_values_while_the_array_grows),
        cmocka_unit_test(a_size_that_overflows_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

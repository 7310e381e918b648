#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>

#include "base/scoped.h"

struct door {
    int *closed;
};

static void door_close(struct door *door)
{
    if (door != NULL)
        ++*door->closed;
}

CLOSER(door, door_close)

static void handles_are_closed_at_the_end_of_their_scope(void **state)
{
    (void)state;
    int closed = 0;
    struct door door = { &closed };
    {
        CLOSED(door_close) struct door *mine = &door;
        assert_ptr_equal(mine, &door);
    }
    assert_int_equal(closed, 1);
}

static void what_is_taken_is_not_closed(void **state)
{
    (void)state;
    int closed = 0;
    struct door door = { &closed };
    {
        CLOSED(door_close) struct door *mine = &door;
        assert_ptr_equal(take(mine), &door);
        assert_null(mine);
    }
    assert_int_equal(closed, 0);
}

static void descriptors_are_closed(void **state)
{
    (void)state;
    int seen;
    {
        CLOSED_FD int fd = open("/dev/null", O_RDONLY);
        CLOSED_FD int none = -1;
        assert_true(fd >= 0 && none < 0);
        seen = fd;
    }
    assert_int_equal(fcntl(seen, F_GETFD), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(handles_are_closed_at_the_end_of_their_scope),
        cmocka_unit_test(what_is_taken_is_not_closed),
        cmocka_unit_test(descriptors_are_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

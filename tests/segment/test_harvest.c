#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "segment/harvest.h"

/* Words 0, 1 and 2 in three parts of 3, 0 and 2 positions; word 3 is told. */
static const uint32_t part_words[] = { 3, 0, 2 };
static const uint32_t order[] = { 2, 0, 3, 1 };

static void fill(struct harvest *harvest)
{
    static const uint32_t body[] = {
        0, 1 | HARVEST_BESIDE, 0 | HARVEST_BESIDE, HARVEST_NONE, 2, 0, 1, 2 | HARVEST_BESIDE,
    };
    size_t count = sizeof body / sizeof *body;
    assert_true(harvest_reserve(harvest, count));
    memcpy(harvest->body, body, sizeof body);
    harvest->body_count = count;
    assert_true(harvest_tell(harvest, (struct told){ 3, 0, 7 }));
    assert_true(harvest_tell(harvest, (struct told){ 3, 0, 7 }));
    assert_true(harvest_tell(harvest, (struct told){ 3, 2, 1 }));
}

/* "part:position,position part:..." */
static void check_word(const struct sorted_harvest *sorted, size_t at, bool is_body,
                       const char *wanted)
{
    SCOPED(harvest_walk_release) struct harvest_walk walk = { 0 };
    SCOPED(buffer_release) struct buffer said = { 0 };
    size_t before = at > 0 ? sorted->ends[order[at - 1]] : 0;
    harvest_walk_begin(&walk, sorted, order[at], is_body, before);
    for (;;) {
        assert_int_equal(harvest_walk_next(&walk, NULL), OK);
        if (walk.part == POSTINGS_END)
            break;
        buffer_print(&said, " %u:", walk.part);
        for (uint32_t i = 0; i < walk.count; i++)
            buffer_print(&said, "%u,", walk.positions[i]);
    }
    assert_true(bytes_is(buffer_bytes(&said), wanted));
}

static void the_places_of_a_word_come_together(void **state)
{
    (void)state;
    SCOPED(harvest_release) struct harvest harvest = { 0 };
    SCOPED(sorted_harvest_release) struct sorted_harvest sorted = { 0 };
    fill(&harvest);
    assert_int_equal(harvest_sort(&harvest, order, 4, part_words, 3, &sorted, NULL), OK);
    check_word(&sorted, 0, true, " 0:2, 2:1,");
    check_word(&sorted, 1, true, " 0:0, 2:0,");
    check_word(&sorted, 2, false, " 0:7, 2:1,");
    check_word(&sorted, 3, true, " 0:0, 2:1,");
}

static void nothing_seen_is_nothing_found(void **state)
{
    (void)state;
    struct harvest none = { 0 };
    SCOPED(sorted_harvest_release) struct sorted_harvest sorted = { 0 };
    assert_int_equal(harvest_sort(&none, NULL, 0, NULL, 0, &sorted, NULL), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_places_of_a_word_come_together),
        cmocka_unit_test(nothing_seen_is_nothing_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

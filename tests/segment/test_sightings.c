#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "segment/sightings.h"

/* Words 0, 1 and 2 in three parts of 3, 0 and 2 positions; word 3 is told. */
static const uint32_t part_words[] = { 3, 0, 2 };
static const uint32_t order[] = { 2, 0, 3, 1 };

static void fill(struct sightings *sightings)
{
    static const uint32_t body[] = {
        0, 1 | SIGHTING_BESIDE, 0 | SIGHTING_BESIDE, SIGHTING_NONE, 2, 0, 1, 2 | SIGHTING_BESIDE,
    };
    size_t count = sizeof body / sizeof *body;
    assert_true(sightings_reserve(sightings, count));
    memcpy(sightings->body, body, sizeof body);
    sightings->body_count = count;
    assert_true(sightings_tell(sightings, (struct told){ 3, 0, 7 }));
    assert_true(sightings_tell(sightings, (struct told){ 3, 0, 7 }));
    assert_true(sightings_tell(sightings, (struct told){ 3, 2, 1 }));
}

/* "part:position,position part:..." */
static void check_word(const struct sorted_sightings *sorted, size_t at, bool is_body,
                       const char *wanted)
{
    SCOPED(sighting_walk_release) struct sighting_walk walk = { 0 };
    SCOPED(buffer_release) struct buffer said = { 0 };
    size_t before = at > 0 ? sorted->ends[order[at - 1]] : 0;
    sighting_walk_begin(&walk, sorted, order[at], is_body, before);
    for (;;) {
        assert_int_equal(sighting_walk_next(&walk, NULL), OK);
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
    SCOPED(sightings_release) struct sightings sightings = { 0 };
    SCOPED(sorted_sightings_release) struct sorted_sightings sorted = { 0 };
    fill(&sightings);
    assert_int_equal(sightings_sort(&sightings, order, 4, part_words, 3, &sorted, NULL), OK);
    check_word(&sorted, 0, true, " 0:2, 2:1,");
    check_word(&sorted, 1, true, " 0:0, 2:0,");
    check_word(&sorted, 2, false, " 0:7, 2:1,");
    check_word(&sorted, 3, true, " 0:0, 2:1,");
}

static void nothing_seen_is_nothing_found(void **state)
{
    (void)state;
    struct sightings none = { 0 };
    SCOPED(sorted_sightings_release) struct sorted_sightings sorted = { 0 };
    assert_int_equal(sightings_sort(&none, NULL, 0, NULL, 0, &sorted, NULL), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_places_of_a_word_come_together),
        cmocka_unit_test(nothing_seen_is_nothing_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

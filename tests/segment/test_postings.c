#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sample.h"

enum { PARTS = 700, POSITIONS = 64 };

static struct segment *segment;

static int prepare(void **state)
{
    if (folder_make(state) != 0)
        return 1;
    sample_seal("p", 0, 1, PARTS);
    segment = sample_open("p");
    return 0;
}

static int finish(void **state)
{
    segment_close(segment);
    return folder_remove(state);
}

static struct term find(const char *word)
{
    struct term term;
    assert_int_equal(segment_term(segment, bytes_from_string(word), &term, NULL), OK);
    return term;
}

static void begin(struct postings *postings, const struct term *term)
{
    assert_int_equal(postings_begin(postings, segment, term, NULL), OK);
}

static void next(struct postings *postings)
{
    assert_int_equal(postings_next(postings, NULL), OK);
}

/* The first part >= wanted by walking. */
static void walk_to(struct postings *postings, uint32_t wanted)
{
    next(postings);
    while (postings->part != POSTINGS_END && postings->part < wanted)
        next(postings);
}

static void check_same(struct postings *sought, struct postings *walked)
{
    uint32_t one[POSITIONS], two[POSITIONS];
    assert_int_equal(sought->part, walked->part);
    assert_int_equal(sought->count, walked->count);
    if (sought->part == POSTINGS_END)
        return;
    uint32_t count = sought->count < POSITIONS ? sought->count : POSITIONS;
    assert_int_equal(postings_positions(sought, one, POSITIONS, NULL), OK);
    assert_int_equal(postings_positions(walked, two, POSITIONS, NULL), OK);
    assert_memory_equal(one, two, count * sizeof *one);
}

static void seeking_lands_where_walking_does(void **state)
{
    (void)state;
    static const char *const words[] = { "the",  "penalba", "almagre", "brill",
                                         "quay", "us",      "hull17" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct term term = find(words[i]);
        for (uint32_t part = 0; part < PARTS + 5; part++) {
            struct postings sought, walked;
            begin(&sought, &term);
            begin(&walked, &term);
            assert_int_equal(postings_seek(&sought, part, NULL), OK);
            walk_to(&walked, part);
            check_same(&sought, &walked);
        }
    }
}

static void seeking_in_steps_meets_every_part_in_between(void **state)
{
    (void)state;
    struct term term = find("the");
    assert_true(term.parts > 3 * POSTINGS_BLOCK);
    for (uint32_t stride = 1; stride < 300; stride += 13) {
        struct postings sought, walked;
        begin(&sought, &term);
        begin(&walked, &term);
        for (uint32_t part = 0; part < PARTS + stride; part += stride) {
            assert_int_equal(postings_seek(&sought, part, NULL), OK);
            while (walked.part != POSTINGS_END && (walked.count == 0 || walked.part < part))
                next(&walked);
            check_same(&sought, &walked);
        }
        assert_int_equal(sought.part, POSTINGS_END);
    }
}

static void seeking_back_stays(void **state)
{
    (void)state;
    struct term term = find("the");
    struct postings postings;
    begin(&postings, &term);
    assert_int_equal(postings_seek(&postings, 300, NULL), OK);
    uint32_t part = postings.part;
    assert_int_equal(postings_seek(&postings, 2, NULL), OK);
    assert_int_equal(postings.part, part);
    next(&postings);
    assert_true(postings.part > part);
}

static void positions_can_be_asked_twice_and_in_part(void **state)
{
    (void)state;
    struct term term = find("the");
    struct postings postings;
    uint32_t all[4096], few[2];
    begin(&postings, &term);
    next(&postings);
    assert_true(postings.count > 2 && postings.count < 4096);
    assert_int_equal(postings_positions(&postings, few, 2, NULL), OK);
    assert_int_equal(postings_positions(&postings, all, 4096, NULL), OK);
    assert_memory_equal(few, all, sizeof few);
    for (uint32_t i = 1; i < postings.count; i++)
        assert_true(all[i] > all[i - 1]);
}

static void at_the_end_it_stays_there(void **state)
{
    (void)state;
    struct term term = find("the");
    struct postings postings;
    begin(&postings, &term);
    assert_int_equal(postings_seek(&postings, PARTS, NULL), OK);
    next(&postings);
    assert_int_equal(postings_seek(&postings, 1, NULL), OK);
    assert_int_equal(postings.part, POSTINGS_END);
}

/* What a block holds is at most what its bound says, and the block ends where the bound does. */
static void bounds_hold_what_their_blocks_hold(void **state)
{
    (void)state;
    static const char *const words[] = { "the", "penalba", "quay", "hull17" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct term term = find(words[i]);
        struct postings postings;
        struct posting_bound bound;
        const uint32_t *parts, *counts;
        size_t len = 1;
        uint32_t part = 0, met = 0;
        begin(&postings, &term);
        for (; len > 0; met += (uint32_t)len) {
            assert_int_equal(postings_bound(&postings, part, &bound, NULL), OK);
            assert_int_equal(postings_block(&postings, part, &parts, &counts, &len, NULL), OK);
            for (size_t j = 0; j < len; j++) {
                struct part_shape shape;
                assert_int_equal(segment_part(segment, parts[j], &shape, NULL), OK);
                assert_true(counts[j] <= bound.count && shape.words >= bound.words);
                assert_true(counts[j] <= term.most && shape.words >= term.fewest);
                assert_true(parts[j] >= part && parts[j] <= bound.last_part);
            }
            part = len > 0 ? parts[len - 1] + 1 : part;
        }
        assert_int_equal(met, term.parts);
        assert_int_equal(bound.last_part, POSTINGS_END);
    }
}

static void behind_the_last_part_no_bound_is_known(void **state)
{
    (void)state;
    struct term term = find("the");
    struct postings postings;
    struct posting_bound bound;
    begin(&postings, &term);
    assert_int_equal(postings_bound(&postings, PARTS, &bound, NULL), OK);
    assert_int_equal(bound.last_part, POSTINGS_END);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeking_lands_where_walking_does),
        cmocka_unit_test(seeking_in_steps_meets_every_part_in_between),
        cmocka_unit_test(seeking_back_stays),
        cmocka_unit_test(positions_can_be_asked_twice_and_in_part),
        cmocka_unit_test(at_the_end_it_stays_there),
        cmocka_unit_test(bounds_hold_what_their_blocks_hold),
        cmocka_unit_test(behind_the_last_part_no_bound_is_known),
    };
    return cmocka_run_group_tests(tests, prepare, finish);
}

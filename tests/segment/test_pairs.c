#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/grow.h"
#include "sample.h"
#include "segment/pairs.h"

enum { PARTS = 500, PLACES = 1 << 14 };

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

/* Where a list stands, part and position in one number. */
struct list {
    uint64_t *at;
    size_t count, room;
};

static void list_release(struct list *list)
{
    free(list->at);
}

static void read_list(const struct term *term, struct list *list)
{
    static uint32_t positions[PLACES];
    struct postings postings;
    assert_int_equal(postings_begin(&postings, segment, term, NULL), OK);
    for (;;) {
        assert_int_equal(postings_next(&postings, NULL), OK);
        if (postings.part == POSTINGS_END)
            return;
        assert_true(postings.count <= PLACES);
        assert_int_equal(postings_positions(&postings, positions, PLACES, NULL), OK);
        for (uint32_t i = 0; i < postings.count; i++) {
            assert_true(GROW(list->at, list->room, list->count));
            list->at[list->count++] = (uint64_t)postings.part << 32 | positions[i];
        }
    }
}

/* What of `first` stands directly before something of `second`. */
static void join(const struct list *first, const struct list *second, struct list *pairs)
{
    for (size_t i = 0, j = 0; i < first->count; i++) {
        while (j < second->count && second->at[j] < first->at[i] + 1)
            j++;
        if (j < second->count && second->at[j] == first->at[i] + 1) {
            assert_true(GROW(pairs->at, pairs->room, pairs->count));
            pairs->at[pairs->count++] = first->at[i];
        }
    }
}

static void check_pair(struct bytes first, struct bytes second, const struct list *wanted)
{
    struct term term;
    SCOPED(list_release) struct list found = { 0 };
    enum status asked = segment_pair(segment, first, second, &term, NULL);
    assert_int_equal(asked, wanted->count > 0 ? OK : NOT_FOUND);
    if (asked != OK)
        return;
    read_list(&term, &found);
    assert_int_equal(found.count, wanted->count);
    assert_int_equal(term.occurrences, wanted->count);
    assert_memory_equal(found.at, wanted->at, found.count * sizeof *found.at);
}

static void every_pair_of_frequent_words_has_its_list(void **state)
{
    (void)state;
    struct term_walk walk;
    struct list lists[64] = { 0 };
    uint8_t keys[64][TERM_KEY_MAX];
    size_t lens[64], count = 0, lists_met = 0;
    assert_int_equal(term_walk_begin(&walk, segment, bytes_from_string(" "), NULL), OK);
    for (; !walk.ended; assert_int_equal(term_walk_next(&walk, NULL), OK)) {
        if (!pairs_want(walk.key, walk.term.occurrences, segment_word_count(segment)))
            continue;
        assert_true(count < 64);
        memcpy(keys[count], walk.key.at, walk.key.len);
        lens[count] = walk.key.len;
        read_list(&walk.term, &lists[count++]);
    }
    assert_true(count > 10);
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            SCOPED(list_release) struct list wanted = { 0 };
            join(&lists[a], &lists[b], &wanted);
            lists_met += wanted.count > 0;
            check_pair(bytes_make(keys[a], lens[a]), bytes_make(keys[b], lens[b]), &wanted);
        }
    }
    assert_true(lists_met > 50);
    for (size_t i = 0; i < count; i++)
        list_release(&lists[i]);
}

static void a_pair_with_a_rare_word_has_none(void **state)
{
    (void)state;
    struct term term;
    assert_int_equal(
        segment_pair(segment, bytes_from_string("the"), bytes_from_string("hull17"), &term, NULL),
        NOT_FOUND);
    assert_int_equal(
        segment_pair(segment, (struct bytes){ 0 }, bytes_from_string("the"), &term, NULL),
        NOT_FOUND);
}

static void no_walk_meets_a_pair(void **state)
{
    (void)state;
    struct term_walk walk;
    assert_int_equal(term_walk_begin(&walk, segment, bytes_from_string("\xff"), NULL), OK);
    assert_true(walk.ended);
    assert_int_equal(segment_verify(segment, true, NULL), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_frequent_words_has_its_list),
        cmocka_unit_test(a_pair_with_a_rare_word_has_none),
        cmocka_unit_test(no_walk_meets_a_pair),
    };
    return cmocka_run_group_tests(tests, prepare, finish);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alike.h"
#include "ask.h"
#include "sample.h"
#include "segment/inside.h"

static void merging_gives_what_building_at_once_gives(void **state)
{
    (void)state;
    uint64_t merged;
    sample_seal("once", 0, 1, 300);
    sample_seal("m1", 0, 1, 130);
    sample_seal("m2", 130, 1, 0);
    sample_seal("m3", 130, 1, 170);
    CLOSED(segment_close) struct segment *first = sample_open("m1");
    CLOSED(segment_close) struct segment *second = sample_open("m2");
    CLOSED(segment_close) struct segment *third = sample_open("m3");
    struct merge_input inputs[] = { { first, NULL }, { second, NULL }, { third, NULL } };
    assert_int_equal(segment_merge(inputs, 3, 1, folder(), "merged", &merged, NULL), OK);
    CLOSED(segment_close) struct segment *one = sample_open("once");
    CLOSED(segment_close) struct segment *two = sample_open("merged");
    check_alike(one, two);
}

static void without_the_dead_it_is_as_if_they_had_never_been(void **state)
{
    (void)state;
    /* Of parts 0 to 199 in two segments the odd ones are dead. */
    uint64_t dead[2] = { 0xaaaaaaaaaaaaaaaau, 0xaaaaaaaaaaaaaaaau };
    uint64_t merged;
    sample_seal("even", 0, 2, 100);
    sample_seal("d1", 0, 1, 100);
    sample_seal("d2", 100, 1, 100);
    CLOSED(segment_close) struct segment *first = sample_open("d1");
    CLOSED(segment_close) struct segment *second = sample_open("d2");
    struct merge_input inputs[] = { { first, dead }, { second, dead } };
    assert_int_equal(segment_merge(inputs, 2, 1, folder(), "living", &merged, NULL), OK);
    CLOSED(segment_close) struct segment *one = sample_open("even");
    CLOSED(segment_close) struct segment *two = sample_open("living");
    check_alike(one, two);
}

static void a_merge_at_a_higher_level_answers_the_same(void **state)
{
    (void)state;
    SCOPED(oracle_release) struct oracle oracle = { 0 };
    uint64_t seal;
    sample_seal("l1", 0, 1, 60);
    CLOSED(segment_close) struct segment *first = sample_open("l1");
    struct merge_input inputs[] = { { first, NULL }, { first, NULL } };
    assert_int_equal(segment_merge(inputs, 2, 9, folder(), "l9", &seal, NULL), OK);
    CLOSED(segment_close) struct segment *merged = sample_open("l9");
    for (uint32_t i = 0; i < 120; i++)
        oracle_add(&oracle, i % 60, i);
    oracle_sort(&oracle);
    oracle_check(&oracle, merged);
    assert_int_equal(segment_verify(merged, true, NULL), OK);
    assert_int_equal(segment_part_count(merged), 120);
}

static void seal_texts(const char *name, const char *const *texts, size_t count)
{
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct columns columns = { 0 };
    uint64_t seal;
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    for (size_t i = 0; i < count; i++) {
        struct span span = { SPAN_VOICE, 0, 1, bytes_from_string(i == 1 ? "zygmundolo" : "envoy") };
        struct field field = { .name = FIELD_TITLE, .value = span.value };
        assert_int_equal(segment_writer_add(writer, &columns, bytes_from_string(texts[i]), &span, 1,
                                            &field, 1, NULL),
                         OK);
    }
    assert_int_equal(segment_writer_seal(writer, folder(), name, &seal, NULL), OK);
}

static bool stands_in(struct segment *segment, const char *name, const char *word)
{
    SCOPED(buffer_release) struct buffer file = sample_file(name);
    SCOPED(buffer_release) struct buffer text = { 0 };
    struct text_reader reader = { .segment = segment };
    assert_int_equal(text_reader_read(&reader, 0, segment->layout.text_len, &text, NULL), OK);
    text_reader_release(&reader);
    struct bytes needle = bytes_from_string(word);
    return bytes_find(buffer_bytes(&file), needle, 0) != SIZE_MAX ||
           bytes_find(buffer_bytes(&text), needle, 0) != SIZE_MAX;
}

static void the_words_of_a_dead_part_vanish_from_the_bytes(void **state)
{
    (void)state;
    static const char *const texts[] = { "The envoy left.", "The zygmundolo of Almagre.", "Salt." };
    static const uint64_t dead = 2;
    uint64_t seal;
    seal_texts("before", texts, 3);
    CLOSED(segment_close) struct segment *before = sample_open("before");
    assert_true(stands_in(before, "before", "zygmundolo"));
    struct merge_input input = { before, &dead };
    assert_int_equal(segment_merge(&input, 1, 1, folder(), "after", &seal, NULL), OK);
    CLOSED(segment_close) struct segment *after = sample_open("after");
    assert_false(stands_in(after, "after", "ygmundol"));
    assert_false(stands_in(after, "after", "lmagre"));
    assert_true(stands_in(after, "after", "envoy"));
    assert_int_equal(segment_part_count(after), 2);
    assert_int_equal(segment_verify(after, true, NULL), OK);
}

static void all_dead_leaves_an_empty_segment(void **state)
{
    (void)state;
    static const uint64_t dead = UINT64_MAX;
    uint64_t merged, empty = sample_seal("none", 0, 1, 0);
    sample_seal("all", 0, 1, 20);
    CLOSED(segment_close) struct segment *all = sample_open("all");
    struct merge_input input = { all, &dead };
    assert_int_equal(segment_merge(&input, 1, 1, folder(), "nothing", &merged, NULL), OK);
    assert_int_equal(merged, empty);
}

static void a_damaged_input_is_refused_and_nothing_is_left(void **state)
{
    (void)state;
    sample_seal("whole", 0, 1, 100);
    SCOPED(buffer_release) struct buffer file = sample_file("whole");
    CLOSED(segment_close) struct segment *damaged = NULL;
    uint64_t seal;
    file.at[LAYOUT_PAGE + 9] ^= 1;
    assert_int_equal(ask_open(buffer_bytes(&file), &damaged, NULL), OK);
    struct merge_input input = { damaged, NULL };
    assert_int_equal(segment_merge(&input, 1, 1, folder(), "worse", &seal, NULL), CORRUPT);
    struct segment *none;
    assert_int_equal(segment_open(folder(), "worse", &none, NULL), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merging_gives_what_building_at_once_gives),
        cmocka_unit_test(without_the_dead_it_is_as_if_they_had_never_been),
        cmocka_unit_test(a_merge_at_a_higher_level_answers_the_same),
        cmocka_unit_test(the_words_of_a_dead_part_vanish_from_the_bytes),
        cmocka_unit_test(all_dead_leaves_an_empty_segment),
        cmocka_unit_test(a_damaged_input_is_refused_and_nothing_is_left),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

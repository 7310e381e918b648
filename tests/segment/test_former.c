#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>

#include "alike.h"
#include "ask.h"
#include "base/file.h"
#include "sample.h"
#include "segment/layout.h"

enum { PARTS = 170 };

/* Sample parts 1, 3, 5, ... as format 1 wrote them. */
static struct buffer golden(void)
{
    struct buffer file = { 0 };
    assert_int_equal(file_read(AT_FDCWD, GOLDEN "/format-1.segment", 1 << 20, &file, NULL), OK);
    return file;
}

static struct segment *open_golden(void)
{
    SCOPED(buffer_release) struct buffer file = golden();
    struct segment *segment = NULL;
    assert_int_equal(ask_open(buffer_bytes(&file), &segment, NULL), OK);
    return segment;
}

static void every_term_part_and_position_of_format_1_is_read(void **state)
{
    (void)state;
    SCOPED(oracle_release) struct oracle oracle = { 0 };
    CLOSED(segment_close) struct segment *segment = open_golden();
    for (uint32_t i = 0; i < PARTS; i++)
        oracle_add(&oracle, 1 + 2 * i, i);
    oracle_sort(&oracle);
    oracle_check(&oracle, segment);
    assert_int_equal(segment_part_count(segment), PARTS);
    assert_int_equal(segment_verify(segment, true, NULL), OK);
}

static void merging_makes_the_present_format_of_it(void **state)
{
    (void)state;
    uint64_t seal;
    CLOSED(segment_close) struct segment *former = open_golden();
    struct merge_input input = { former, NULL };
    assert_int_equal(segment_merge(&input, 1, 1, folder(), "now", &seal, NULL), OK);
    sample_seal("fresh", 1, 2, PARTS);
    CLOSED(segment_close) struct segment *now = sample_open("now");
    CLOSED(segment_close) struct segment *fresh = sample_open("fresh");
    check_alike(fresh, now);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer file = golden();
    for (size_t len = 0; len < file.len; len += 7) {
        struct segment *segment = NULL;
        assert_int_equal(ask_open(bytes_make(file.at, len), &segment, NULL), CORRUPT);
    }
}

static void damage_under_a_true_checksum_never_leads_outside(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer file = golden();
    SCOPED(buffer_release) struct buffer copy = { 0 };
    SCOPED(buffer_release) struct buffer keys = { 0 };
    CLOSED(segment_close) struct segment *whole = open_golden();
    struct answers answers = { 0 };
    uint64_t seed = 5;
    size_t objected = 0;
    ask_keys(whole, &keys);
    for (int round = 0; round < 150; round++) {
        CLOSED(segment_close) struct segment *segment = NULL;
        buffer_clear(&copy);
        buffer_append_bytes(&copy, buffer_bytes(&file));
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        copy.at[(seed >> 20) % (copy.len - LAYOUT_TAIL)] ^= (uint8_t)(1u << (seed >> 60) % 8);
        ask_reseal(&copy);
        if (ask_open(buffer_bytes(&copy), &segment, NULL) != OK)
            continue;
        ask_all(segment, buffer_bytes(&keys), PARTS, &answers);
        objected += segment_verify(segment, true, NULL) != OK;
    }
    free(answers.at);
    assert_true(objected > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_part_and_position_of_format_1_is_read),
        cmocka_unit_test(merging_makes_the_present_format_of_it),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(damage_under_a_true_checksum_never_leads_outside),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ask.h"
#include "base/hash.h"
#include "sample.h"
#include "segment/inside.h"

/* A segment, what it answers, and a copy to damage. */
struct victim {
    struct buffer whole, copy, keys;
    uint32_t parts;
    struct answers truth, answers;
};

static void victim_make(struct victim *victim, uint32_t parts)
{
    *victim = (struct victim){ .parts = parts };
    sample_seal("victim", 1, 1, parts);
    CLOSED(segment_close) struct segment *segment = sample_open("victim");
    ask_keys(segment, &victim->keys);
    ask_all(segment, buffer_bytes(&victim->keys), parts, &victim->truth);
    for (size_t i = 0; i < victim->truth.count; i++)
        assert_int_equal(victim->truth.at[i].status, OK);
    victim->whole = sample_file("victim");
    buffer_append_bytes(&victim->copy, buffer_bytes(&victim->whole));
}

static void victim_release(struct victim *victim)
{
    buffer_release(&victim->whole);
    buffer_release(&victim->copy);
    buffer_release(&victim->keys);
    free(victim->truth.at);
    free(victim->answers.at);
}

/* Every answer is the true one or CORRUPT; answers how many are not the true one. */
static size_t count_damaged(struct victim *victim, const struct segment *segment)
{
    size_t damaged = 0;
    ask_all(segment, buffer_bytes(&victim->keys), victim->parts, &victim->answers);
    assert_int_equal(victim->answers.count, victim->truth.count);
    for (size_t i = 0; i < victim->truth.count; i++) {
        const struct answer *answer = &victim->answers.at[i];
        if (answer->status == OK) {
            assert_true(answer->sum == victim->truth.at[i].sum);
            continue;
        }
        assert_int_equal(answer->status, CORRUPT);
        damaged++;
    }
    return damaged;
}

static void check_damaged(struct victim *victim, struct bytes file)
{
    CLOSED(segment_close) struct segment *segment = NULL;
    struct fault fault;
    enum status opened = ask_open(file, &segment, &fault);
    if (opened != OK) {
        assert_int_equal(opened, CORRUPT);
        return;
    }
    count_damaged(victim, segment);
    assert_int_equal(segment_verify(segment, true, &fault), CORRUPT);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    victim_make(&victim, 6);
    for (size_t len = 0; len < victim.whole.len; len++) {
        struct segment *segment = NULL;
        assert_int_equal(ask_open(bytes_make(victim.whole.at, len), &segment, NULL), CORRUPT);
    }
}

static void a_byte_behind_the_end_is_refused(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    struct segment *segment = NULL;
    victim_make(&victim, 6);
    buffer_u8(&victim.copy, 0);
    assert_int_equal(ask_open(buffer_bytes(&victim.copy), &segment, NULL), CORRUPT);
}

static void every_flipped_bit_of_a_small_segment_is_found(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    victim_make(&victim, 2);
    for (size_t bit = 0; bit < victim.whole.len * 8; bit++) {
        victim.copy.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
        check_damaged(&victim, buffer_bytes(&victim.copy));
        victim.copy.at[bit / 8] ^= (uint8_t)(1u << bit % 8);
    }
}

static void a_flipped_bit_of_a_large_segment_costs_its_page_alone(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    size_t spared = 0, hurt = 0;
    victim_make(&victim, 300);
    assert_true(victim.whole.len / LAYOUT_PAGE >= 3);
    for (size_t at = 777; at < victim.whole.len; at += 4999) {
        CLOSED(segment_close) struct segment *segment = NULL;
        victim.copy.at[at] ^= 4;
        if (ask_open(buffer_bytes(&victim.copy), &segment, NULL) == OK) {
            size_t damaged = count_damaged(&victim, segment);
            spared += damaged < victim.truth.count;
            hurt += damaged > 0;
            assert_int_equal(segment_verify(segment, false, NULL), CORRUPT);
        }
        victim.copy.at[at] ^= 4;
    }
    assert_true(spared > 0 && hurt > 0);
}

static void damage_under_a_true_checksum_never_leads_outside(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    uint64_t seed = 99;
    size_t objected = 0;
    victim_make(&victim, 12);
    for (int round = 0; round < 4000; round++) {
        CLOSED(segment_close) struct segment *segment = NULL;
        memcpy(victim.copy.at, victim.whole.at, victim.whole.len);
        for (int flips = 0; flips < 1 + round % 3; flips++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            victim.copy.at[(seed >> 20) % (victim.whole.len - LAYOUT_TAIL)] ^=
                (uint8_t)(1u << (seed >> 60) % 8);
        }
        ask_reseal(&victim.copy);
        if (ask_open(buffer_bytes(&victim.copy), &segment, NULL) != OK)
            continue;
        ask_all(segment, buffer_bytes(&victim.keys), victim.parts, &victim.answers);
        objected += segment_verify(segment, true, NULL) != OK;
    }
    assert_true(objected > 1000);
}

/* A byte of the long list of `the`: of its blocks and skip table, or of its positions. */
static uint64_t byte_of_list(const struct segment *segment, const struct term *term, uint64_t seed)
{
    const struct extent *sections = segment->layout.sections;
    bool is_position = (seed >> 50 & 1) != 0;
    if (is_position)
        return sections[SECTION_POSITIONS].at + term->positions_at +
               (seed >> 20) % term->positions_len;
    return sections[SECTION_POSTINGS].at + term->list_at + (seed >> 20) % term->len;
}

static void damage_to_a_long_list_never_leads_outside(void **state)
{
    (void)state;
    static const uint8_t key[] = { 3, 't', 'h', 'e' };
    struct bytes keys = bytes_make(key, sizeof key);
    struct answers answers = { 0 };
    struct term term;
    uint64_t seed = 3;
    size_t objected = 0;
    sample_seal("long", 1, 2, 500);
    SCOPED(buffer_release) struct buffer file = sample_file("long");
    CLOSED(segment_close) struct segment *whole = sample_open("long");
    assert_int_equal(segment_term(whole, bytes_from_string("the"), &term, NULL), OK);
    assert_int_equal(term.form, TERM_LONG);
    for (int round = 0; round < 3000; round++) {
        CLOSED(segment_close) struct segment *segment = NULL;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        uint64_t at = byte_of_list(whole, &term, seed);
        file.at[at] ^= (uint8_t)(1u << (seed >> 60) % 8);
        ask_reseal(&file);
        assert_int_equal(ask_open(buffer_bytes(&file), &segment, NULL), OK);
        ask_all(segment, keys, 0, &answers);
        if (round % 10 == 0)
            objected += segment_verify(segment, false, NULL) != OK;
        file.at[at] ^= (uint8_t)(1u << (seed >> 60) % 8);
    }
    free(answers.at);
    assert_true(objected > 100);
}

static void a_newer_version_is_refused_in_words(void **state)
{
    (void)state;
    SCOPED(victim_release) struct victim victim;
    struct segment *segment = NULL;
    struct fault fault;
    victim_make(&victim, 1);
    victim.copy.at[victim.copy.len - LAYOUT_TAIL + 8] = LAYOUT_VERSION + 1;
    assert_int_equal(ask_open(buffer_bytes(&victim.copy), &segment, &fault), CORRUPT);
    ask_reseal(&victim.copy);
    assert_int_equal(ask_open(buffer_bytes(&victim.copy), &segment, &fault), BAD_INPUT);
    assert_non_null(strstr(fault.words, "newer"));
}

static void a_missing_file_is_not_found(void **state)
{
    (void)state;
    struct segment *segment = NULL;
    assert_int_equal(segment_open(folder(), "nowhere", &segment, NULL), NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(a_byte_behind_the_end_is_refused),
        cmocka_unit_test(every_flipped_bit_of_a_small_segment_is_found),
        cmocka_unit_test(a_flipped_bit_of_a_large_segment_costs_its_page_alone),
        cmocka_unit_test(damage_under_a_true_checksum_never_leads_outside),
        cmocka_unit_test(damage_to_a_long_list_never_leads_outside),
        cmocka_unit_test(a_newer_version_is_refused_in_words),
        cmocka_unit_test(a_missing_file_is_not_found),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

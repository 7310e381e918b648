#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "alike.h"
#include "ask.h"
#include "base/scoped.h"
#include "sample.h"
#include "segment/order.h"
#include "segment/term_writer.h"

enum { PARTS = 1100000, WORDS = 1 << 20 };

/* Lists of one term: how far it is to the next part, how many places it has there, and how far
 * those lie apart. */
struct shape {
    uint32_t parts;
    uint32_t step, leap; /* a leap after every hundredth step */
    uint32_t count, distance;
};

static uint32_t part_of(const struct shape *shape, uint32_t i)
{
    return i * shape->step + i / 100 * shape->leap;
}

static uint32_t count_of(const struct shape *shape, uint32_t i)
{
    return 1 + (i * 7u) % shape->count;
}

static void write_parts(struct sink *sink)
{
    SCOPED(order_release) struct order order = { 0 };
    SCOPED(buffer_release) struct buffer records = { 0 };
    struct part_record record = { .shape.words = WORDS };
    for (uint32_t i = 0; i < PARTS; i++) {
        record.shape.columns.document = i;
        order_add(&order, &record.shape.columns, i);
        part_record_encode(&record, &records);
    }
    sink_section(sink, SECTION_PARTS);
    sink_drain(sink, &records);
    assert_int_equal(order_write(&order, sink, NULL), OK);
    sink->layout.parts = PARTS;
    sink->layout.words = (uint64_t)PARTS * WORDS;
}

static void write_list(struct term_writer *terms, const struct shape *shape)
{
    static uint32_t positions[1 << 14];
    assert_int_equal(term_writer_key(terms, bytes_from_string("quay"), NULL), OK);
    for (uint32_t i = 0; i < shape->parts; i++) {
        uint32_t count = count_of(shape, i);
        for (uint32_t j = 0; j < count; j++)
            positions[j] = i % 5 + j * shape->distance;
        assert_int_equal(term_writer_part(terms, part_of(shape, i), positions, count, NULL), OK);
    }
}

static void seal_list(const struct shape *shape)
{
    SCOPED(sink_release) struct sink sink;
    SCOPED(term_writer_release) struct term_writer terms;
    FREED uint32_t *words = calloc(PARTS, sizeof *words);
    uint64_t sealed;
    for (uint32_t i = 0; i < PARTS; i++)
        words[i] = WORDS;
    assert_int_equal(sink_open(&sink, folder(), "list", NULL), OK);
    for (int section = SECTION_TEXT; section <= SECTION_POSITIONS; section++)
        sink_section(&sink, (enum section)section);
    term_writer_begin(&terms, &sink, words, UINT64_MAX);
    write_list(&terms, shape);
    const struct frequent *frequent;
    size_t count;
    assert_int_equal(term_writer_pairs(&terms, &frequent, &count, NULL), OK);
    assert_int_equal(term_writer_finish(&terms, NULL), OK);
    write_parts(&sink);
    assert_int_equal(sink_finish(&sink, &sealed, NULL), OK);
}

static void check_list(const struct shape *shape)
{
    static uint32_t positions[1 << 14];
    CLOSED(segment_close) struct segment *segment = sample_open("list");
    struct term term;
    struct postings postings;
    assert_int_equal(segment_term(segment, bytes_from_string("quay"), &term, NULL), OK);
    assert_int_equal(term.parts, shape->parts);
    assert_int_equal(postings_begin(&postings, segment, &term, NULL), OK);
    for (uint32_t i = 0; i < shape->parts; i++) {
        uint32_t count = count_of(shape, i);
        assert_int_equal(postings_next(&postings, NULL), OK);
        assert_int_equal(postings.part, part_of(shape, i));
        assert_int_equal(postings.count, count);
        if (i % 3 == 1)
            continue;
        assert_int_equal(postings_positions(&postings, positions, 1 << 14, NULL), OK);
        for (uint32_t j = 0; j < count; j++)
            assert_int_equal(positions[j], i % 5 + j * shape->distance);
    }
    assert_int_equal(postings_next(&postings, NULL), OK);
    assert_int_equal(postings.part, POSTINGS_END);
    assert_int_equal(segment_verify(segment, true, NULL), OK);
}

static void lists_of_every_shape_are_read_as_they_were_written(void **state)
{
    (void)state;
    static const struct shape shapes[] = {
        { 1, 1, 0, 1, 1 },           { 128, 1, 0, 1, 1 },       { 129, 1, 0, 1, 1 },
        { 1000, 1, 0, 3, 1 },        { 1000, 2, 0, 1, 1 },      { 1000, 9, 0, 40, 100 },
        { 1000, 9, 90000, 2, 1 },    { 300, 3000, 0, 300, 60 }, { 40, 2, 0, 9000, 3 },
        { 900, 1000, 70, 1, 70000 }, { 5000, 1, 200, 2, 900 },  { 2, 1000000, 0, 2, 1000000 },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        seal_list(&shapes[i]);
        check_list(&shapes[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_of_every_shape_are_read_as_they_were_written),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

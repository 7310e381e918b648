#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

#include "sample.h"
#include "text/tokenize.h"

enum { PARTS = 320 };

static void every_term_part_and_position_is_found_again(void **state)
{
    (void)state;
    CLOSED(segment_close) struct segment *segment = NULL;
    SCOPED(oracle_release) struct oracle oracle = { 0 };
    struct fault fault;
    uint64_t seal = sample_seal("a", 0, 1, PARTS);
    for (uint32_t i = 0; i < PARTS; i++)
        oracle_add(&oracle, i, i);
    oracle_sort(&oracle);
    segment = sample_open("a");
    assert_int_equal(segment_seal(segment), seal);
    assert_int_equal(segment_part_count(segment), PARTS);
    oracle_check(&oracle, segment);
    assert_int_equal(segment_verify(segment, true, &fault), OK);
}

static void check_spans(const struct segment *segment, uint32_t i, const struct sample_part *part)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct span *spans;
    size_t count;
    assert_int_equal(segment_spans(segment, i, &arena, &spans, &count, NULL), OK);
    assert_int_equal(count, part->spans.count);
    for (size_t s = 0; s < count; s++) {
        assert_int_equal(spans[s].kind, part->spans.at[s].kind);
        assert_int_equal(spans[s].start, part->spans.at[s].start);
        assert_int_equal(spans[s].end, part->spans.at[s].end);
        assert_true(bytes_equal(spans[s].value, part->spans.at[s].value));
    }
}

static void check_text(const struct segment *segment, uint32_t i, struct bytes text)
{
    static const uint32_t slices[][2] = {
        { 0, UINT32_MAX }, { 3, 10 }, { 5000, 9000 }, { 0, 0 }, { UINT32_MAX, 5 }
    };
    for (size_t s = 0; s < sizeof slices / sizeof *slices; s++) {
        SCOPED(buffer_release) struct buffer read = { 0 };
        assert_int_equal(segment_text(segment, i, slices[s][0], slices[s][1], &read, NULL), OK);
        assert_true(
            bytes_equal(buffer_bytes(&read), bytes_slice(text, slices[s][0], slices[s][1])));
    }
}

static void every_part_keeps_its_columns_text_and_spans(void **state)
{
    (void)state;
    sample_seal("b", 0, 1, PARTS);
    CLOSED(segment_close) struct segment *segment = sample_open("b");
    for (uint32_t i = 0; i < PARTS; i++) {
        SCOPED(sample_part_release) struct sample_part part;
        struct part_shape shape;
        sample_part_make(i, &part);
        assert_int_equal(segment_part(segment, i, &shape, NULL), OK);
        assert_memory_equal(&shape.columns, &part.columns, offsetof(struct columns, language) + 1);
        assert_int_equal(shape.text_len, part.text.len);
        check_spans(segment, i, &part);
        check_text(segment, i, buffer_bytes(&part.text));
    }
}

static void every_part_is_found_by_its_document_in_whatever_order_they_came(void **state)
{
    (void)state;
    uint32_t number;
    sample_seal("o", PARTS - 1, UINT32_MAX, PARTS);
    CLOSED(segment_close) struct segment *segment = sample_open("o");
    for (uint32_t i = 0; i < PARTS; i++) {
        assert_int_equal(segment_find(segment, i * 10u + 1, 1, &number, NULL), OK);
        assert_int_equal(number, PARTS - 1 - i);
        assert_int_equal(segment_find(segment, i * 10u + 1, 2, &number, NULL), NOT_FOUND);
        assert_int_equal(segment_find(segment, i * 10u, 1, &number, NULL), NOT_FOUND);
    }
    assert_int_equal(segment_verify(segment, true, NULL), OK);
}

static void check_mark(const struct segment *segment, const struct sample_part *part,
                       const struct token *wanted)
{
    struct text_mark mark;
    struct tokenizer tokenizer;
    struct token token;
    assert_int_equal(segment_mark(segment, 0, wanted->position, &mark, NULL), OK);
    assert_true(mark.position <= wanted->position && wanted->position - mark.position <= 512);
    tokenizer_resume(&tokenizer, buffer_bytes(&part->text), part->spans.at, part->spans.count,
                     mark.byte, mark.position, mark.furniture_position);
    do
        assert_true(tokenizer_next(&tokenizer, &token));
    while ((token.flags & (TOKEN_FURNITURE | TOKEN_EXTRA)) != 0 ||
           token.position < wanted->position);
    assert_int_equal(token.start, wanted->start);
    assert_int_equal(token.position, wanted->position);
    assert_true(bytes_equal(token_key(&token), token_key(wanted)));
}

static void from_a_mark_the_tokenizer_meets_the_word(void **state)
{
    (void)state;
    SCOPED(sample_part_release) struct sample_part part;
    struct tokenizer tokenizer;
    struct token token;
    uint32_t checked = 0;
    sample_seal("c", 40, 1, 1);
    CLOSED(segment_close) struct segment *segment = sample_open("c");
    sample_part_make(40, &part);
    tokenizer_begin(&tokenizer, buffer_bytes(&part.text), part.spans.at, part.spans.count);
    while (tokenizer_next(&tokenizer, &token)) {
        if ((token.flags & (TOKEN_FURNITURE | TOKEN_EXTRA)) == 0 && token.position % 7 == 0) {
            check_mark(segment, &part, &token);
            checked++;
        }
    }
    assert_true(checked > 400);
}

static void two_builds_give_the_same_bytes(void **state)
{
    (void)state;
    uint64_t one = sample_seal("d1", 0, 1, PARTS), two = sample_seal("d2", 0, 1, PARTS);
    SCOPED(buffer_release) struct buffer first = sample_file("d1");
    SCOPED(buffer_release) struct buffer second = sample_file("d2");
    assert_int_equal(one, two);
    assert_true(bytes_equal(buffer_bytes(&first), buffer_bytes(&second)));
}

static void a_writer_goes_on_after_a_seal_as_if_it_were_new(void **state)
{
    (void)state;
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct columns columns = { .document = 1 };
    uint64_t first, second;
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    for (int round = 0; round < 2; round++) {
        struct bytes text = bytes_from_string("The salt of Almagre");
        assert_int_equal(segment_writer_add(writer, &columns, text, NULL, 0, NULL, 0, NULL), OK);
        assert_true(segment_writer_memory(writer) > 0);
        assert_int_equal(segment_writer_text(writer), text.len);
        assert_int_equal(segment_writer_words(writer), 4);
        assert_int_equal(segment_writer_seal(writer, folder(), round ? "e2" : "e1",
                                             round ? &second : &first, NULL),
                         OK);
    }
    assert_int_equal(first, second);
}

static void an_empty_segment_opens_and_verifies(void **state)
{
    (void)state;
    struct term term;
    sample_seal("f", 0, 1, 0);
    CLOSED(segment_close) struct segment *segment = sample_open("f");
    assert_int_equal(segment_part_count(segment), 0);
    assert_int_equal(segment_word_count(segment), 0);
    assert_int_equal(segment_term(segment, bytes_from_string("salt"), &term, NULL), NOT_FOUND);
    assert_int_equal(segment_verify(segment, true, NULL), OK);
}

static void spans_outside_the_text_are_refused_and_leave_no_trace(void **state)
{
    (void)state;
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct columns columns = { 0 };
    struct bytes text = bytes_from_string("salt");
    const struct span cases[][2] = {
        { { SPAN_PAGE, 0, 5, { 0 } }, { SPAN_PAGE, 0, 0, { 0 } } },
        { { SPAN_PAGE, 3, 2, { 0 } }, { SPAN_PAGE, 3, 3, { 0 } } },
        { { SPAN_PAGE, 2, 3, { 0 } }, { SPAN_PAGE, 1, 3, { 0 } } },
    };
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(segment_writer_add(writer, &columns, text, cases[i], 2, NULL, 0, NULL),
                         BAD_INPUT);
    assert_int_equal(segment_writer_parts(writer), 0);
    assert_int_equal(segment_writer_text(writer), 0);
}

static void a_seal_that_cannot_be_written_can_be_tried_again(void **state)
{
    (void)state;
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct columns columns = { 0 };
    struct bytes text = bytes_from_string("Peñalba");
    uint64_t seal;
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    assert_int_equal(segment_writer_add(writer, &columns, text, NULL, 0, NULL, 0, NULL), OK);
    assert_int_equal(segment_writer_seal(writer, folder(), "no/such/g", &seal, NULL), IO_FAILED);
    assert_int_equal(segment_writer_seal(writer, folder(), "g", &seal, NULL), OK);
    CLOSED(segment_close) struct segment *segment = sample_open("g");
    check_text(segment, 0, text);
}

static void a_disk_that_refuses_leaves_nothing_and_loses_nothing(void **state)
{
    (void)state;
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct columns columns = { 0 };
    struct bytes text = bytes_from_string("Lorries at the quay of Peñalba");
    struct rlimit before, none;
    struct segment *segment = NULL;
    uint64_t seal;
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    assert_int_equal(segment_writer_add(writer, &columns, text, NULL, 0, NULL, 0, NULL), OK);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    for (none = before, none.rlim_cur = 0; none.rlim_cur < 400; none.rlim_cur += 50) {
        setrlimit(RLIMIT_FSIZE, &none);
        enum status sealed = segment_writer_seal(writer, folder(), "h", &seal, NULL);
        setrlimit(RLIMIT_FSIZE, &before);
        assert_int_equal(sealed, IO_FAILED);
        assert_int_equal(segment_open(folder(), "h", &segment, NULL), NOT_FOUND);
    }
    assert_int_equal(segment_writer_seal(writer, folder(), "h", &seal, NULL), OK);
    CLOSED(segment_close) struct segment *opened = sample_open("h");
    check_text(opened, 0, text);
}

static void nothing_but_the_segments_is_left_behind(void **state)
{
    (void)state;
    DIR *listing = fdopendir(openat(folder(), ".", O_RDONLY | O_DIRECTORY));
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;)
        assert_null(strstr(entry->d_name, ".tmp"));
    closedir(listing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_part_and_position_is_found_again),
        cmocka_unit_test(every_part_keeps_its_columns_text_and_spans),
        cmocka_unit_test(every_part_is_found_by_its_document_in_whatever_order_they_came),
        cmocka_unit_test(from_a_mark_the_tokenizer_meets_the_word),
        cmocka_unit_test(two_builds_give_the_same_bytes),
        cmocka_unit_test(a_writer_goes_on_after_a_seal_as_if_it_were_new),
        cmocka_unit_test(an_empty_segment_opens_and_verifies),
        cmocka_unit_test(spans_outside_the_text_are_refused_and_leave_no_trace),
        cmocka_unit_test(a_seal_that_cannot_be_written_can_be_tried_again),
        cmocka_unit_test(a_disk_that_refuses_leaves_nothing_and_loses_nothing),
        cmocka_unit_test(nothing_but_the_segments_is_left_behind),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}

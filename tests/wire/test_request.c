#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/hello.h"
#include "wire/request.h"

static struct batch_item two_items[] = {
    { FORMAT_TEXT, 0, 10, { (const uint8_t *)"a\xff.txt", 6 }, { 0 } },
    { FORMAT_HTML, 10, 90, { (const uint8_t *)"b.html", 6 }, { (const uint8_t *)"koi8-r", 6 } },
};
static const struct batch_request sample = { BATCH_KEEP_LINES, 512, 11000, 31000, 2, two_items };

static void a_request_comes_back_as_it_was(void **state)
{
    (void)state;
    struct buffer frame = { 0 };
    struct arena arena = { 0 };
    struct batch_request read;
    assert_int_equal(batch_request_encode(&sample, &frame, NULL), OK);
    assert_int_equal(batch_request_decode(buffer_bytes(&frame), &arena, &read, NULL), OK);
    assert_int_equal(read.count, 2);
    assert_int_equal(read.flags, BATCH_KEEP_LINES);
    assert_int_equal(read.memory_mib, 512);
    assert_int_equal(read.processor_ms, 11000);
    assert_int_equal(read.deadline_ms, 31000);
    assert_int_equal(read.items[1].offset, 10);
    assert_int_equal(read.items[1].len, 90);
    assert_true(bytes_equal(read.items[0].name, two_items[0].name));
    assert_true(bytes_is(read.items[1].charset, "koi8-r"));
    arena_release(&arena);
    buffer_release(&frame);
}

static void every_truncated_request_is_refused(void **state)
{
    (void)state;
    struct buffer frame = { 0 };
    struct arena arena = { 0 };
    struct batch_request read;
    assert_int_equal(batch_request_encode(&sample, &frame, NULL), OK);
    for (size_t len = 0; len < frame.len; len++)
        assert_int_equal(batch_request_decode((struct bytes){ frame.at, len }, &arena, &read, NULL),
                         BAD_INPUT);
    arena_release(&arena);
    buffer_release(&frame);
}

static void a_batch_of_none_or_too_many_is_refused(void **state)
{
    (void)state;
    struct buffer frame = { 0 };
    struct batch_request request = sample;
    request.count = 0;
    assert_int_equal(batch_request_encode(&request, &frame, NULL), OVER_LIMIT);
    request.count = BATCH_ITEMS_MAX + 1;
    assert_int_equal(batch_request_encode(&request, &frame, NULL), OVER_LIMIT);
    assert_int_equal(frame.len, 0);
}

static void a_report_comes_back_and_its_truncations_do_not(void **state)
{
    (void)state;
    const struct worker_report sent = { WORKER_REFUSED_CALL, -1, 123456789, 1 << 30 };
    struct worker_report read;
    struct buffer frame = { 0 };
    worker_report_encode(&sent, &frame);
    assert_int_equal(buffer_check(&frame, NULL), OK);
    assert_int_equal(worker_report_decode(buffer_bytes(&frame), &read, NULL), OK);
    assert_memory_equal(&read, &sent, sizeof read);
    for (size_t len = 0; len < frame.len; len++)
        assert_int_equal(worker_report_decode((struct bytes){ frame.at, len }, &read, NULL),
                         BAD_INPUT);
    frame.at[4] = WORKER_ENDS;
    assert_int_equal(worker_report_decode(buffer_bytes(&frame), &read, NULL), BAD_INPUT);
    buffer_release(&frame);
}

static void a_hello_comes_back_and_is_no_report(void **state)
{
    (void)state;
    const struct worker_hello sent = { true, bytes_from_string("seccomp filter: holds\n") };
    struct worker_hello read;
    struct worker_report report;
    struct buffer frame = { 0 };
    assert_int_equal(worker_hello_encode(&sent, &frame, NULL), OK);
    assert_int_equal(worker_hello_decode(buffer_bytes(&frame), &read, NULL), OK);
    assert_true(read.is_ready);
    assert_true(bytes_equal(read.words, sent.words));
    assert_int_equal(worker_report_decode(buffer_bytes(&frame), &report, NULL), BAD_INPUT);
    frame.at[4] = 2;
    assert_int_equal(worker_hello_decode(buffer_bytes(&frame), &read, NULL), BAD_INPUT);
    buffer_release(&frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_comes_back_as_it_was),
        cmocka_unit_test(every_truncated_request_is_refused),
        cmocka_unit_test(a_batch_of_none_or_too_many_is_refused),
        cmocka_unit_test(a_report_comes_back_and_its_truncations_do_not),
        cmocka_unit_test(a_hello_comes_back_and_is_no_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

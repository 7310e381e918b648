#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/span.h"

static const struct span sample = { SPAN_LINK, 300, 900, { (const uint8_t *)"09ORVANE12", 10 } };

static void a_span_survives_its_encoding(void **state)
{
    (void)state;
    struct buffer to = { 0 };
    struct span read;
    span_encode(&sample, &to);
    struct cursor from = cursor_from_bytes(buffer_bytes(&to));
    assert_true(span_decode(&from, 900, &read));
    assert_int_equal(read.kind, SPAN_LINK);
    assert_int_equal(read.start, 300);
    assert_int_equal(read.end, 900);
    assert_true(bytes_is(read.value, "09ORVANE12"));
    assert_int_equal(cursor_left(&from), 0);
    buffer_release(&to);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    struct buffer to = { 0 };
    span_encode(&sample, &to);
    for (size_t len = 0; len < to.len; len++) {
        struct span read;
        struct cursor from = cursor_from_bytes(bytes_make(to.at, len));
        assert_false(span_decode(&from, 900, &read));
    }
    buffer_release(&to);
}

static void spans_outside_the_text_and_unknown_kinds_are_refused(void **state)
{
    (void)state;
    static const struct {
        uint8_t at[8];
        size_t len;
        size_t text_len;
    } cases[] = {
        { { SPAN_KINDS, 0, 1, 0 }, 4, 10 },
        { { SPAN_PAGE, 11, 0, 0 }, 4, 10 },
        { { SPAN_PAGE, 5, 6, 0 }, 4, 10 },
        { { SPAN_PAGE, 5, 5, 1 }, 4, 10 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span read;
        struct cursor from = cursor_from_bytes(bytes_make(cases[i].at, cases[i].len));
        assert_false(span_decode(&from, cases[i].text_len, &read));
        assert_true(from.bad);
    }
}

static void sorting_puts_the_wider_span_first(void **state)
{
    (void)state;
    struct span_list list = { 0 };
    static const struct span spans[] = {
        { SPAN_FURNITURE, 5, 9, { 0 } },
        { SPAN_PARAGRAPH, 5, 40, { 0 } },
        { SPAN_PAGE, 0, 80, { 0 } },
    };
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(span_list_add(&list, spans[i], NULL), OK);
    span_list_sort(&list);
    assert_int_equal(list.at[0].kind, SPAN_PAGE);
    assert_int_equal(list.at[1].kind, SPAN_PARAGRAPH);
    assert_int_equal(list.at[2].kind, SPAN_FURNITURE);
    span_list_release(&list);
    assert_int_equal(list.count, 0);
}

static void the_innermost_span_covers(void **state)
{
    (void)state;
    static const struct span spans[] = {
        { SPAN_NOTE, 0, 50, { 0 } },
        { SPAN_NOTE, 10, 20, { 0 } },
        { SPAN_PAGE, 12, 14, { 0 } },
    };
    assert_ptr_equal(span_covering(spans, 3, SPAN_NOTE, 13), &spans[1]);
    assert_ptr_equal(span_covering(spans, 3, SPAN_NOTE, 20), &spans[0]);
    assert_null(span_covering(spans, 3, SPAN_NOTE, 50));
    assert_null(span_covering(spans, 3, SPAN_LINK, 13));
}

static void every_kind_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (int a = 0; a < SPAN_KINDS; a++)
        for (int b = 0; b < a; b++)
            assert_string_not_equal(span_kind_word((enum span_kind)a),
                                    span_kind_word((enum span_kind)b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_survives_its_encoding),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(spans_outside_the_text_and_unknown_kinds_are_refused),
        cmocka_unit_test(sorting_puts_the_wider_span_first),
        cmocka_unit_test(the_innermost_span_covers),
        cmocka_unit_test(every_kind_has_a_word_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

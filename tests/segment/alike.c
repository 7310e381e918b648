#include "alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "segment/inside.h"

void check_alike(struct segment *one, struct segment *two)
{
    SCOPED(buffer_release) struct buffer first = { 0 };
    SCOPED(buffer_release) struct buffer second = { 0 };
    struct bytes a, b;
    assert_int_equal(one->layout.text_len, two->layout.text_len);
    for (int i = SECTION_SPANS; i < SECTIONS; i++) {
        enum section section = (enum section)i;
        uint64_t len = one->layout.sections[i].len;
        assert_int_equal(len, two->layout.sections[i].len);
        assert_int_equal(segment_lend(one, section, 0, len, &a, NULL), OK);
        assert_int_equal(segment_lend(two, section, 0, len, &b, NULL), OK);
        assert_true(bytes_equal(a, b));
    }
    struct text_reader of_one = { .segment = one }, of_two = { .segment = two };
    assert_int_equal(text_reader_read(&of_one, 0, one->layout.text_len, &first, NULL), OK);
    assert_int_equal(text_reader_read(&of_two, 0, one->layout.text_len, &second, NULL), OK);
    text_reader_release(&of_one);
    text_reader_release(&of_two);
    assert_true(bytes_equal(buffer_bytes(&first), buffer_bytes(&second)));
    assert_int_equal(segment_verify(two, true, NULL), OK);
}

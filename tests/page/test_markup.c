#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/scoped.h"
#include "page/markup.h"

static const struct sample {
    const char *text, *written;
} samples[] = {
    { "The wells are dry.", "The wells are dry." },
    { "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
    { "\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;" },
    { "bell\x07 escape\x1B[31m delete\x7F", "bell escape[31m delete" },
    { "line\nand\ttab\r", "line\nand\ttab" },
    { "turn \xE2\x80\xAE back \xE2\x81\xA6 and \xD8\x9C", "turn  back  and " },
    { "next line \xC2\x85 is dropped, caf\xC3\xA9 stays",
      "next line  is dropped, caf\xC3\xA9 stays" },
    { "broken \xC3( \xFF \xE2\x82", "broken \xEF\xBF\xBD( \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD" },
    { "overlong \xC0\xBC \xE0\x80\xBC surrogate \xED\xA0\x80",
      "overlong \xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD surrogate "
      "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" },
};

static void text_becomes_markup_that_says_the_same_and_does_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct buffer made = { 0 };
        markup_string(&made, samples[i].text);
        FREED char *written = buffer_take_string(&made);
        assert_string_equal(written, samples[i].written);
    }
}

static void no_byte_opens_markup_or_leaves_an_attribute(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 65536; pair++) {
        uint8_t bytes[3] = { (uint8_t)(pair >> 8), (uint8_t)pair, 'x' };
        SCOPED(buffer_release) struct buffer made = { 0 };
        markup_attribute(&made, bytes_make(bytes, sizeof bytes));
        for (size_t i = 0; i < made.len; i++)
            assert_null(strchr("<>\"'", made.at[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_becomes_markup_that_says_the_same_and_does_nothing),
        cmocka_unit_test(no_byte_opens_markup_or_leaves_an_attribute),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "memory_sink.h"
#include "readers/html_entity.h"
#include "readers/html_reader.h"
#include "readers/html_text.h"

static void assert_text(const char *page, bool keep_lines, const char *text)
{
    struct html_text read = { 0 };
    assert_int_equal(html_to_text(bytes_from_string(page), keep_lines, &read, NULL), OK);
    buffer_u8(&read.text, '\0');
    assert_string_equal((char *)read.text.at, text);
    html_text_release(&read);
}

static const struct {
    const char *page;
    const char *text;
} pages[] = {
    { "plain", "plain" },
    { "<p>one</p><p>two</p>", "one\n\ntwo" },
    { "<P>one<P>two", "one\n\ntwo" },
    { "<div><div>one</div></div>two", "one\n\ntwo" },
    { "<ul><li>a<li>b</ul>c", "a\nb\n\nc" },
    { "a<br>b<br/><br />c", "a\nb\n\nc" },
    { "a  \n b", "a b" },
    { "so<b>me</b> <i>words</i>", "some words" },
    { "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc" },
    { "<pre>\n a\n  b\n</pre>c", " a\n  b\n\nc" },
    { "<pre>a\r\nb\rc</pre>", "a\nb\nc" },
    { "<code><pre>S E C R E T\n\n<a id='par1' href='#par1'>\xc2\xb6</a>1. (SBU) "
      "Calm.\n</pre></code>\n",
      "S E C R E T\n\n\xc2\xb6"
      "1. (SBU) Calm.\n" },
    { "TAGS: <a href='/tag/PGOV_0.html'>PGOV</a> <a href='x>y'>PREL</a>", "TAGS: PGOV PREL" },
    { "a<!-- b -- > <p> -->c", "ac" },
    { "a<!-->b<!--->c<!-- x --!>d", "abcd" },
    { "<!doctype html><?xml version='1'?>a</ b>c", "ac" },
    { "a<script>if (a</b/.test(c)) '<p>'</script>b<STYLE>p{}</Style >c", "abc" },
    { "5 < 6 and 7 <8> 9", "5 < 6 and 7 <8> 9" },
    { "write to <gould@mine.example> soon", "write to <gould@mine.example> soon" },
    { "a &amp; b &lt;c&gt; &quot;d&quot; &eacute; &#8220;e&#x201D; &#146;",
      "a & b <c> \"d\" \xc3\xa9 \xe2\x80\x9c"
      "e\xe2\x80\x9d \xe2\x80\x99" },
    { "&part of &and R&D; AT&T &ampere &lt 5 &nbsp.",
      "&part of &and R&D; AT&T &ampere < 5 \xc2\xa0." },
    { "&#0;&#55296;&#9999999999;&#x;&#;", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd&#x;&#;" },
    { "a<b c=\"d>e", "ae" },
    { "a <b with no end", "a <b with no end" },
    { "<textarea>\na\n b</textarea>", "a\n b" },
};

static void pages_become_the_text_a_reader_sees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        assert_text(pages[i].page, false, pages[i].text);
}

static void with_kept_lines_no_line_end_is_added_or_lost(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        const char *text;
    } rows[] = {
        { "<p>one</p>\n<p>two\nthree</p><p>four", "one \ntwo\nthree four" },
        { "<!--\n\n-->a<br>b<a\nhref=x>c</a>", "\n\na b\nc" },
        { "<script>\r\nx\r</script>d<pre>\ne", "\n\nd \ne" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_text(rows[i].page, true, rows[i].text);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct html_text read = { 0 };
        int ends = 0;
        const char *page = pages[i].page;
        assert_int_equal(html_to_text(bytes_from_string(page), true, &read, NULL), OK);
        for (size_t at = 0; page[at]; at++)
            ends += page[at] == '\n' || (page[at] == '\r' && page[at + 1] != '\n');
        for (size_t at = 0; at < read.text.len; at++)
            ends -= read.text.at[at] == '\n';
        assert_int_equal(ends, 0);
        html_text_release(&read);
    }
}

static void what_hides_the_rest_of_a_page_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *page;
        bool is_hidden;
    } rows[] = {
        { "a<!-- b", true },
        { "a<script>b", true },
        { "a<!b", true },
        { "a<b c='d", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &html_reader, bytes_from_string(rows[i].page), 0, NULL);
        assert_int_equal(sink.verdict, rows[i].is_hidden ? VERDICT_PARTIAL : VERDICT_DOUBTFUL);
        assert_true(sink.reason[0] != '\0');
        assert_int_equal(sink.sink.unread > 0, rows[i].is_hidden);
        memory_sink_release(&sink);
    }
}

static void a_hundred_thousand_levels_lose_nothing(void **state)
{
    (void)state;
    struct buffer page = { 0 };
    struct memory_sink sink;
    buffer_append_text(&page, "first");
    for (int i = 0; i < 100000; i++)
        buffer_append_text(&page, "<div><b>x");
    buffer_append_text(&page, "last");
    memory_sink_read(&sink, &html_reader, buffer_bytes(&page), 0, NULL);
    size_t count = 0;
    for (size_t i = 0; i < sink.text.len; i++)
        count += sink.text.at[i] == 'x';
    assert_int_equal(count, 100000);
    assert_true(bytes_find(buffer_bytes(&sink.text), bytes_from_string("last"), 0) != SIZE_MAX);
    assert_int_equal(sink.verdict, VERDICT_FULL);
    memory_sink_release(&sink);
    buffer_release(&page);
}

static void a_title_is_text_and_field(void **state)
{
    (void)state;
    struct memory_sink sink;
    memory_sink_read(&sink, &html_reader, bytes_from_string("<title> The\ngulf </title><p>Still."),
                     0, NULL);
    assert_true(bytes_is(buffer_bytes(&sink.text), "The gulf\n\nStill."));
    assert_int_equal(sink.kind, KIND_HTML);
    assert_non_null(strstr((char *)sink.fields.at, "subject=The gulf;"));
    memory_sink_release(&sink);
}

static void a_charset_declared_in_the_page_is_used(void **state)
{
    (void)state;
    assert_true(
        bytes_is(html_declared_charset(bytes_from_string("<meta charset=\"koi8-r\">")), "koi8-r"));
    assert_true(bytes_is(
        html_declared_charset(bytes_from_string("<meta content='text/html; charset=x'>")), "x"));
    assert_int_equal(html_declared_charset(bytes_from_string("charset=")).len, 0);
    struct memory_sink sink;
    memory_sink_read(&sink, &html_reader, bytes_from_string("<meta charset=koi8-r>\xc4\xc1"), 0,
                     NULL);
    assert_true(bytes_is(buffer_bytes(&sink.text), "да"));
    memory_sink_release(&sink);
}

static void kept_lines_carry_the_paragraphs_of_the_markup(void **state)
{
    (void)state;
    struct memory_sink sink;
    memory_sink_read(&sink, &html_reader, bytes_from_string("<p>one\n\nhalf</p><p>two</p>"),
                     BATCH_KEEP_LINES, NULL);
    assert_true(bytes_is(buffer_bytes(&sink.spans), "paragraph 0-9;paragraph 10-13;"));
    memory_sink_release(&sink);
}

static void no_cut_page_is_read_outside(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        for (size_t len = 0; len <= strlen(pages[i].page); len++)
            for (int keep = 0; keep < 2; keep++) {
                struct html_text read = { 0 };
                uint8_t *copy = malloc(len + 1);
                memcpy(copy + 1, pages[i].page, len);
                assert_int_equal(html_to_text(bytes_make(copy + 1, len), keep, &read, NULL), OK);
                html_text_release(&read);
                free(copy);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_become_the_text_a_reader_sees),
        cmocka_unit_test(with_kept_lines_no_line_end_is_added_or_lost),
        cmocka_unit_test(what_hides_the_rest_of_a_page_is_said),
        cmocka_unit_test(a_hundred_thousand_levels_lose_nothing),
        cmocka_unit_test(a_title_is_text_and_field),
        cmocka_unit_test(a_charset_declared_in_the_page_is_used),
        cmocka_unit_test(kept_lines_carry_the_paragraphs_of_the_markup),
        cmocka_unit_test(no_cut_page_is_read_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/scoped.h"
#include "memory_sink.h"
#include "readers/rtf_reader.h"

static const struct {
    const char *file;
    const char *text;
    const char *spans;
    const char *reason;
} rows[] = {
    { "{\\rtf1\\ansi One {\\b two}\\par\nThree\\line four\\par}", "One two\nThree\nfour\n",
      "paragraph 0-7;paragraph 8-18;", "" },
    { "{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 \\u233?\\uc2\\u8212--x\\uc0\\u55357\\u56832}",
      "caf\xc3\xa9 \xc3\xa9\xe2\x80\x94x\xf0\x9f\x98\x80\n", NULL, "" },
    { "{\\rtf1{\\fonttbl{\\f0 A;}{\\f1\\fcharset204 B;}}\\f1 \\'e4\\'e0{\\f0  \\'e4}}",
      "\xd0\xb4\xd0\xb0 \xc3\xa4\n", NULL, "" },
    { "{\\rtf1\\ansi\\f0{\\fonttbl{\\f0\\fcharset128 A;}}\\f0 \\'93\\'fa\\'96{\\*\\x y}\\'7b}",
      NULL, NULL, NULL },
    { "{\\rtf1 The {\\revised new}{\\deleted old} lamp\\par}", "The new lamp\nold\n",
      "paragraph 0-12;inserted 4-7;paragraph 0-3;deleted 0-3;",
      "tracked changes taken as accepted (1 inserted, 1 deleted); in parts of their own: deleted "
      "text" },
    { "{\\rtf1 Seen{\\v veiled}\\v\\v0  too\\par}", "Seen too\nveiled\n",
      "paragraph 0-8;paragraph 0-6;note 0-6;", "in parts of their own: hidden text" },
    { "{\\rtf1 Said{\\footnote\\chftn below}{\\*\\annotation why?}.\\par{\\header Head\\par}}",
      "Said.\nbelow\nwhy?\nHead\n", NULL,
      "in parts of their own: footnotes, comments, page heads and feet" },
    { "{\\rtf1\\trowd\\intbl a\\cell b\\cell\\row\\pard c}", "a\tb\t\nc\n",
      "paragraph 0-3;paragraph 5-6;", "" },
    { "{\\rtf1\\intbl a\\par b\\par\\cell{\\pard\\intbl c\\par}\\cell\\row}", "a\nb\tc\t\n", NULL,
      "" },
    { "{\\rtf1{\\*\\generator X;}{\\stylesheet{\\s0 Normal;}}{\\field{\\*\\fldinst DATE}"
      "{\\fldrslt May}}\\outlinelevel0 Head\\par}",
      "MayHead\n", "paragraph 0-7;heading 0-7;", "" },
    { "{\\rtf1 a\\bin3 }{}c\\par}", "ac\n", NULL, "" },
    { "{\\rtf1 \\ldblquote a\\rdblquote\\~b\\_c \\{d\\}\\\\}",
      "\xe2\x80\x9c"
      "a\xe2\x80\x9d\xc2\xa0"
      "b-c {d}\\\n",
      NULL, "" },
    { "{\\rtf1 {\\shp{\\*\\shpinst{\\sp{\\sn n}{\\sv 1}}{\\shptxt box\\par}}}x\\par}", "x\nbox\n",
      NULL, "in parts of their own: text boxes" },
};

static void control_words_become_text_and_what_stands_beside_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &rtf_reader, bytes_from_string(rows[i].file), 0, NULL);
        buffer_u8(&sink.text, 0);
        buffer_u8(&sink.spans, 0);
        if (rows[i].text)
            assert_string_equal((char *)sink.text.at, rows[i].text);
        if (rows[i].spans)
            assert_string_equal((char *)sink.spans.at, rows[i].spans);
        if (rows[i].reason)
            assert_string_equal(sink.reason, rows[i].reason);
        memory_sink_release(&sink);
    }
}

static void properties_are_fields(void **state)
{
    (void)state;
    struct memory_sink sink;
    memory_sink_read(
        &sink, &rtf_reader,
        bytes_from_string("{\\rtf1{\\info{\\title The {gulf}}{\\author A. G.}{\\creatim"
                          "\\yr2026\\mo2\\dy3}{\\company no}}x\\par}"),
        0, NULL);
    buffer_u8(&sink.fields, 0);
    assert_non_null(strstr((char *)sink.fields.at, "subject=The gulf;from=A. G.;date=2026-02-03;"));
    assert_true(bytes_is(buffer_bytes(&sink.text), "x\n"));
    memory_sink_release(&sink);
}

static void what_is_not_read_is_said(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer deep = { 0 };
    buffer_append_text(&deep, "{\\rtf1 first\\par ");
    for (int i = 0; i < 100000; i++)
        buffer_append_text(&deep, "{");
    buffer_append_text(&deep, "deep");
    for (int i = 0; i < 100000; i++)
        buffer_append_text(&deep, "}");
    buffer_append_text(&deep, "}");
    const struct {
        struct bytes file;
        const char *reason;
    } parts[] = {
        { bytes_from_string("{\\rtf1 cut short"), "the file is cut short" },
        { bytes_from_string("{\\rtf1 x{\\object{\\*\\objdata 00}}\\par}"),
          "1 file inside not read" },
        { buffer_bytes(&deep), "groups nested more than 200 deep" },
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct memory_sink sink;
        memory_sink_read(&sink, &rtf_reader, parts[i].file, 0, NULL);
        assert_int_equal(sink.verdict, VERDICT_PARTIAL);
        assert_string_equal(sink.reason, parts[i].reason);
        memory_sink_release(&sink);
    }
}

static void no_cut_file_is_read_outside(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t len = 0; len <= strlen(rows[i].file); len++) {
            struct memory_sink sink;
            uint8_t *copy = malloc(len + 1);
            memcpy(copy, rows[i].file, len);
            memory_sink_read(&sink, &rtf_reader, bytes_make(copy, len), 0, NULL);
            memory_sink_release(&sink);
            free(copy);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(control_words_become_text_and_what_stands_beside_it),
        cmocka_unit_test(properties_are_fields),
        cmocka_unit_test(what_is_not_read_is_said),
        cmocka_unit_test(no_cut_file_is_read_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

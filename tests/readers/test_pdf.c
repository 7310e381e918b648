#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/scoped.h"
#include "memory_sink.h"
#include "pdf_maker.h"
#include "readers/pdf_reader.h"
#include "readers/pdf_sample.h"

/* Lines of text from the upper left corner on, `leading` points apart. */
#define TEXT(words) "BT /F 12 Tf 72 700 Td 14 TL " words " ET"
#define HEAD        "BT /F 10 Tf 72 770 Td (Port Leone Review) Tj ET "

static struct pdf_maker maker;

static void read_made(struct memory_sink *sink, uint32_t flags)
{
    memory_sink_read(sink, &pdf_reader, buffer_bytes(&maker.out), flags, NULL);
    buffer_u8(&sink->text, 0);
    buffer_u8(&sink->spans, 0);
    buffer_u8(&sink->fields, 0);
}

static bool has(const struct buffer *in, const char *words)
{
    return strstr((const char *)in->at, words) != NULL;
}

static const struct {
    const char *content;
    const char *text;
    const char *spans;
} pages[] = {
    { TEXT("(One line) Tj"), "One line\n", "paragraph 0-8;page 0-9;" },
    { TEXT("(One line that) Tj T* (goes on. And) Tj T* (on.) Tj"),
      "One line that\ngoes on. And\non.\n", "page 0-31;paragraph 0-30;" },
    { TEXT("(First.) Tj 0 -40 Td (Second.) Tj"), "First.\n\nSecond.\n",
      "page 0-16;paragraph 0-6;paragraph 8-15;" },
    { TEXT("(From:) Tj 100 0 Td (Ana) Tj"), "From:\tAna\n", NULL },
    { TEXT("(a ) Tj (b) Tj"), "a b\n", NULL },
    { TEXT("(Cut by) Tj 0 -40 Td (a gap.) Tj"), "Cut by\na gap.\n", NULL },
};

static void a_page_becomes_lines_and_paragraphs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        struct memory_sink sink;
        pdf_maker_begin(&maker, "");
        pdf_maker_page(&maker, pages[i].content, "");
        pdf_maker_end(&maker, "");
        read_made(&sink, 0);
        assert_string_equal((char *)sink.text.at, pages[i].text);
        if (pages[i].spans && i > 0)
            assert_string_equal((char *)sink.spans.at, pages[i].spans);
        assert_int_equal(sink.verdict, VERDICT_FULL);
        assert_string_equal(sink.reason, "");
        memory_sink_release(&sink);
    }
}

static void make_three_pages(void)
{
    pdf_maker_begin(&maker, "");
    pdf_maker_page(&maker, HEAD TEXT("(The keeper of the lamps wrote) Tj T* (that the) Tj"), "");
    pdf_maker_page(&maker, HEAD TEXT("(lighter sank.) Tj"), "");
    pdf_maker_page(&maker, HEAD TEXT("(Nobody saw it.) Tj"), "");
    pdf_maker_end(&maker, "/Info<</Title(Gulf)/Author(A. G.)/CreationDate(D:20260203101500Z)>>");
}

static void what_repeats_on_pages_is_furniture_and_a_sentence_goes_on(void **state)
{
    (void)state;
    struct memory_sink sink;
    make_three_pages();
    read_made(&sink, 0);
    assert_string_equal((char *)sink.text.at,
                        "Port Leone Review\nThe keeper of the lamps wrote\nthat the\n\fPort Leone "
                        "Review\nlighter sank.\n\fPort Leone Review\nNobody saw it.\n");
    assert_true(has(&sink.spans, "furniture 0-17;"));
    assert_true(has(&sink.spans, "paragraph 18-89;"));
    assert_true(has(&sink.spans, "page 58-90;"));
    assert_true(has(&sink.fields, "pages=3;subject=Gulf;from=A. G.;date=2026-02-03;"));
    memory_sink_release(&sink);
}

static void a_story_is_read_without_what_repeats(void **state)
{
    (void)state;
    struct memory_sink sink;
    make_three_pages();
    read_made(&sink, BATCH_KEEP_LINES);
    assert_string_equal((char *)sink.text.at, "The keeper of the lamps wrote\nthat the\n\flighter "
                                              "sank.\n\n\fNobody saw it.\n");
    memory_sink_release(&sink);
}

static void what_is_not_read_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *root;
        const char *content;
        const char *more;
        enum verdict verdict;
        const char *reason;
    } rows[] = {
        { "", "", "", VERDICT_PARTIAL, "1 of 2 pages without text" },
        { "", "", "/Resources<</XObject<</I<</Subtype/Image>>>>>>", VERDICT_PARTIAL,
          "1 of 2 pages have no text layer (a scan?)" },
        { "", "BT /F 9 Tf 20 20 Td (SUL-0001) Tj ET",
          "/Resources<</Font<</F 3 0 "
          "R>>/XObject<</X<</Subtype/Form/Resources<</XObject<</I<</Subtype/Image>>>>>>>>"
          ">>>>",
          VERDICT_PARTIAL, "1 of 2 pages have no text layer (a scan?)" },
        { "/AcroForm<</XFA[]>>", TEXT("(x) Tj"), "", VERDICT_PARTIAL, "an XFA form not read" },
        { "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/UF(sums.xls)>>]>>>>", TEXT("(x) Tj"),
          "", VERDICT_PARTIAL, "1 attached file not read: sums.xls" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        pdf_maker_begin(&maker, rows[i].root);
        pdf_maker_page(&maker, TEXT("(Words.) Tj"), "");
        pdf_maker_page(&maker, rows[i].content, rows[i].more);
        pdf_maker_end(&maker, "");
        read_made(&sink, 0);
        assert_string_equal(sink.reason, rows[i].reason);
        assert_int_equal(sink.verdict, i == 0 ? VERDICT_FULL : rows[i].verdict);
        memory_sink_release(&sink);
    }
}

static void notes_and_headings_are_kept(void **state)
{
    (void)state;
    struct memory_sink sink;
    pdf_maker_begin(&maker, "/Outlines 4 0 R");
    pdf_maker_object(&maker, "<</First 5 0 R/Last 5 0 R/Count 1>>");
    pdf_maker_object(&maker, "<</Title(The  Gulf)/Parent 4 0 R/Dest[7 0 R/Fit]>>");
    pdf_maker_page(&maker, TEXT("(The Gulf) Tj T* (was still.) Tj"),
                   "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(Was it?)/T(Luz)>>]");
    pdf_maker_end(&maker, "");
    read_made(&sink, 0);
    assert_string_equal((char *)sink.text.at, "The Gulf\n\nwas still.\nWas it?\n");
    assert_true(has(&sink.spans, "heading 0-8;"));
    assert_true(has(&sink.spans, "note 0-7;"));
    assert_int_equal(sink.parts, 2);
    memory_sink_release(&sink);
}

static void a_cable_in_a_pdf_is_a_cable(void **state)
{
    (void)state;
    struct memory_sink sink;
    pdf_maker_begin(&maker, "");
    pdf_maker_page(&maker,
                   TEXT("(C O N F I D E N T I A L PORT LEONE 000012) Tj T* T* (SIPDIS) Tj T* T* "
                        "(E.O. 12958: DECL: 01/29/2036) Tj T* (TAGS: PREL) Tj T* (SUBJECT: THE "
                        "HARBOUR) Tj T* T* (1. \\(C\\) The lighter sank.) Tj T* T* (2. \\(C\\) "
                        "Nobody saw it.) Tj"),
                   "");
    pdf_maker_end(&maker, "/Info<</Title(scan0001)/CreationDate(D:20261001)>>");
    read_made(&sink, 0);
    assert_int_equal(sink.kind, KIND_CABLE);
    assert_true(has(&sink.fields, "subject=THE HARBOUR;"));
    assert_false(has(&sink.fields, "2026-10-01"));
    memory_sink_release(&sink);
}

static void a_lying_table_of_objects_is_mended_and_said(void **state)
{
    (void)state;
    struct memory_sink sink;
    make_three_pages();
    for (size_t i = 1; i <= maker.objects; i++)
        maker.offsets[i] += 33;
    pdf_maker_end(&maker, "");
    read_made(&sink, 0);
    assert_true(has(&sink.text, "lighter sank."));
    assert_int_equal(sink.verdict, VERDICT_DOUBTFUL);
    assert_non_null(strstr(sink.reason, "damaged"));
    memory_sink_release(&sink);
}

static void what_is_locked_or_no_pdf_fails_in_words(void **state)
{
    (void)state;
    static const char lock[] =
        "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<0102030405060708091011121314151617181920212223"
        "242526272829303132>/U<0102030405060708091011121314151617181920212223242526272829303132>>>"
        "/ID[<00><00>]";
    struct memory_sink sink;
    pdf_maker_begin(&maker, "");
    pdf_maker_page(&maker, TEXT("(Words.) Tj"), "");
    pdf_maker_end(&maker, lock);
    read_made(&sink, 0);
    assert_int_equal(sink.verdict, VERDICT_FAILED);
    assert_string_equal(sink.reason, "locked with a password");
    memory_sink_release(&sink);
    memory_sink_read(&sink, &pdf_reader, bytes_from_string("%PDF-1.7\nnothing"), 0, NULL);
    assert_int_equal(sink.verdict, VERDICT_FAILED);
    assert_non_null(strstr(sink.reason, "damaged"));
    memory_sink_release(&sink);
}

static void no_cut_or_flipped_pdf_is_read_outside(void **state)
{
    (void)state;
    size_t len = strlen(pdf_sample);
    for (size_t cut = 64; cut < len; cut += 64) {
        struct memory_sink sink;
        memory_sink_read(&sink, &pdf_reader, bytes_make(pdf_sample, cut), 0, NULL);
        assert_int_not_equal(sink.verdict, VERDICT_FULL);
        memory_sink_release(&sink);
    }
    char *copy = malloc(len);
    memcpy(copy, pdf_sample, len);
    for (size_t at = 0; at < len; at += 13) {
        struct memory_sink sink;
        copy[at] = (char)(copy[at] ^ 0x15);
        memory_sink_read(&sink, &pdf_reader, bytes_make(copy, len), 0, NULL);
        memory_sink_release(&sink);
        copy[at] = (char)(copy[at] ^ 0x15);
    }
    free(copy);
}

static void many_pages_are_all_read(void **state)
{
    (void)state;
    struct memory_sink sink;
    pdf_maker_begin(&maker, "");
    for (int i = 0; i < 10000; i++) {
        char content[128];
        snprintf(content, sizeof content, TEXT("(Page %d of a long book.) Tj"), i);
        pdf_maker_page(&maker, content, "");
    }
    pdf_maker_end(&maker, "");
    read_made(&sink, 0);
    assert_int_equal(sink.verdict, VERDICT_FULL);
    assert_true(has(&sink.text, "Page 9999 of a long book."));
    memory_sink_release(&sink);
}

static void deep_and_ringed_structures_end(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer deep = { 0 };
    struct memory_sink sink;
    for (int i = 0; i < 100000; i++)
        buffer_append_text(&deep, "[");
    buffer_u8(&deep, 0);
    pdf_maker_begin(&maker, "/Outlines 4 0 R");
    pdf_maker_object(&maker, "<</First 4 0 R/Next 4 0 R/Title(x)/Dest[1 0 R]>>");
    pdf_maker_page(&maker, (const char *)deep.at, "");
    pdf_maker_page(&maker, TEXT("(Words.) Tj"), "");
    pdf_maker_end(&maker, "");
    read_made(&sink, 0);
    assert_true(has(&sink.text, "Words."));
    memory_sink_release(&sink);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_becomes_lines_and_paragraphs),
        cmocka_unit_test(what_repeats_on_pages_is_furniture_and_a_sentence_goes_on),
        cmocka_unit_test(a_story_is_read_without_what_repeats),
        cmocka_unit_test(what_is_not_read_is_said),
        cmocka_unit_test(notes_and_headings_are_kept),
        cmocka_unit_test(a_cable_in_a_pdf_is_a_cable),
        cmocka_unit_test(a_lying_table_of_objects_is_mended_and_said),
        cmocka_unit_test(what_is_locked_or_no_pdf_fails_in_words),
        cmocka_unit_test(no_cut_or_flipped_pdf_is_read_outside),
        cmocka_unit_test(many_pages_are_all_read),
        cmocka_unit_test(deep_and_ringed_structures_end),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    buffer_release(&maker.out);
    return failed;
}

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "base/scoped.h"
#include "memory_sink.h"
#include "readers/office_reader.h"
#include "readers/office_sample.h"
#include "zip_maker.h"

#define WORD(body) "<w:document xmlns:w='w' xmlns:mc='m'><w:body>" body "</w:body></w:document>"
#define P(inside)  "<w:p>" inside "</w:p>"
#define R(words)   "<w:r><w:t>" words "</w:t></w:r>"
#define CELL(in)   "<w:tc><w:tcPr><w:tcW w:w='1'/></w:tcPr>" in "</w:tc>"

#define BOX        "<w:txbxContent>" P(R("box")) "</w:txbxContent>"
#define CHOICE     "<mc:AlternateContent><mc:Choice>"
#define CHOICE_END "</mc:Choice><mc:Fallback>" BOX "</mc:Fallback></mc:AlternateContent>"

#define OPEN(body)                                                                                 \
    "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:dc='d' "       \
    "xmlns:draw='w' xmlns:svg='s'><office:body><office:text>" body                                 \
    "</office:text></office:body></office:document-content>"

/* Texts of all parts, and the verdict's reason where one is wanted. */
struct row {
    const char *markup;
    const char *text;
    const char *spans;
    const char *reason;
};

static const struct row word_rows[] = {
    { WORD(P(R("One")) P() P(R("Two &amp;") R(" three"))), "One\n\nTwo & three\n",
      "paragraph 0-3;paragraph 5-16;", "" },
    { WORD(P("<w:pPr><w:pStyle w:val='Heading1'/><w:tabs><w:tab/></w:tabs></w:pPr>" R("Head"))),
      "Head\n", "paragraph 0-4;heading 0-4;", "" },
    { WORD(P(R("a") "<w:r><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r>")), "a\tb\n-\n",
      "paragraph 0-5;", "" },
    { WORD(P(R("The ") "<w:ins w:author='A'>" R(
          "new") "</w:ins>"
                 "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>" R(" lamp"))),
      "The new lamp\nold\n", "paragraph 0-12;inserted 4-7;paragraph 0-3;deleted 0-3;",
      "tracked changes taken as accepted (1 inserted, 1 deleted); in parts of their own: deleted "
      "text" },
    { WORD(P("<w:moveFrom>" R("gone") "</w:moveFrom>") P("<w:moveTo>" R("come") "</w:moveTo>")),
      "\ncome\ngone\n", "paragraph 1-5;inserted 1-5;paragraph 0-4;deleted 0-4;", NULL },
    { WORD(P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("He ")) P(R("went"))), "He went\n",
      "paragraph 0-7;", "" },
    { WORD("<w:tbl><w:tr>" CELL(P(R("a"))) CELL(P(R("b"))) "</w:tr><w:tr>" CELL(P(R("c")) P(R("d")))
               CELL(P(R("e"))) "</w:tr></w:tbl>" P(R("f"))),
      "a\tb\nc\nd\te\nf\n", "paragraph 0-3;paragraph 4-5;paragraph 6-9;paragraph 10-11;", "" },
    { WORD("<w:tbl><w:tr><w:trPr><w:del/></w:trPr>" CELL(P(R("x"))) "</w:tr></w:tbl>" P(R("y"))),
      "y\nx\n", "paragraph 0-1;paragraph 0-1;deleted 0-1;", NULL },
    { WORD(P("<w:r><w:rPr><w:vanish/></w:rPr><w:t>veiled</w:t></w:r>"
             "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>seen</w:t></w:r>")),
      "seen\nveiled\n", "paragraph 0-4;paragraph 0-6;note 0-6;",
      "in parts of their own: hidden text" },
    { WORD(P(R("a") CHOICE BOX CHOICE_END R("b"))), "ab\nbox\n", "paragraph 0-2;paragraph 0-3;",
      "in parts of their own: text boxes" },
    { WORD(P("<w:r><w:instrText>DATE</w:instrText><w:sym w:char='F0B7'/><w:sym "
             "w:char='00E9'/></w:r>")),
      "\xef\xbf\xbd\xc3\xa9\n", "paragraph 0-5;", "" },
};

static const struct row open_rows[] = {
    { OPEN("<text:h>Head</text:h><text:p>One  <text:span>two</text:span>\n three<text:s "
           "text:c='2'/>four<text:tab/><text:line-break/>five</text:p>"),
      "Head\nOne two three  four\t\nfive\n", "paragraph 0-4;heading 0-4;paragraph 5-30;", "" },
    { OPEN("<text:p>Said<text:note text:note-class='footnote'><text:note-citation>1"
           "</text:note-citation><text:note-body><text:p>below</text:p></text:note-body>"
           "</text:note> <office:annotation><dc:creator>L</dc:creator><dc:date>2026</dc:date>"
           "<text:p>why?</text:p></office:annotation>twice</text:p>"),
      "Said twice\nbelow\nwhy?\n", "paragraph 0-10;paragraph 0-5;paragraph 0-4;note 0-4;",
      "in parts of their own: footnotes, comments" },
    { OPEN("<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
           "<dc:creator>A</dc:creator></office:change-info><text:p>old</text:p></text:deletion>"
           "</text:changed-region><text:changed-region><text:insertion/></text:changed-region>"
           "</text:tracked-changes><text:p>The <text:change-start/>new<text:change-end/> "
           "lamp</text:p>"),
      "The new lamp\nold\n", "paragraph 0-12;inserted 4-7;paragraph 0-3;deleted 0-3;",
      "tracked changes taken as accepted (1 inserted, 1 deleted); in parts of their own: deleted "
      "text" },
    { OPEN("<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
           "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>"
           "</table:table><text:p>c<draw:frame><svg:title>no</svg:title><draw:text-box><text:p>box"
           "</text:p></draw:text-box></draw:frame></text:p>"),
      "a\tb\nc\nbox\n", "paragraph 0-3;paragraph 4-5;paragraph 0-3;", NULL },
};

static void assert_read(struct memory_sink *sink, const struct row *row)
{
    buffer_u8(&sink->text, 0);
    buffer_u8(&sink->spans, 0);
    assert_string_equal((char *)sink->text.at, row->text);
    if (row->spans)
        assert_string_equal((char *)sink->spans.at, row->spans);
    if (row->reason)
        assert_string_equal(sink->reason, row->reason);
    assert_int_equal(sink->verdict, VERDICT_FULL);
}

static void read_markup(struct memory_sink *sink, const char *path, struct bytes markup,
                        uint32_t flags)
{
    SCOPED(buffer_release) struct buffer zip = { 0 };
    struct zip_member member = { path, markup };
    zip_make(&member, 1, &zip);
    memory_sink_read(sink, &docx_reader, buffer_bytes(&zip), flags, NULL);
}

static void word_markup_becomes_text_and_what_stands_beside_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof word_rows / sizeof *word_rows; i++) {
        struct memory_sink sink;
        read_markup(&sink, "word/document.xml", bytes_from_string(word_rows[i].markup), 0);
        assert_read(&sink, &word_rows[i]);
        memory_sink_release(&sink);
    }
}

static void open_document_markup_becomes_text_and_what_stands_beside_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof open_rows / sizeof *open_rows; i++) {
        struct memory_sink sink;
        read_markup(&sink, "content.xml", bytes_from_string(open_rows[i].markup), 0);
        assert_read(&sink, &open_rows[i]);
        memory_sink_release(&sink);
    }
}

static const char properties[] =
    "<c xmlns:d='d'><d:title>Gulf</d:title><d:creator>A. G.</d:creator><d:created>"
    "2026-02-03T10:00:00Z</d:created></c>";
static const char header[] = "<w:hdr xmlns:w='w'>" P(R("Draft")) "</w:hdr>";
static const char body[] = WORD(P(R("Body")));
static const char diagram[] = "<d:data xmlns:d='d' xmlns:a='a'><a:p><a:r><a:t>Drawn</a:t></a:r>"
                              "</a:p></d:data>";
static const char footnotes[] = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'>" P(
    R("-")) "</w:footnote>"
            "<w:footnote>" P(R("Foot")) "</w:footnote></w:footnotes>";
static const char comments[] =
    "<w:comments xmlns:w='w'><w:comment w:author='L'>" P(R("So?")) "</w:comment></w:comments>";

#define MEMBER(path, text)                                                                         \
    {                                                                                              \
        path,                                                                                      \
        {                                                                                          \
            (const uint8_t *)(text), sizeof(text) - 1                                              \
        }                                                                                          \
    }
static const struct zip_member whole[] = {
    MEMBER("docProps/core.xml", properties), MEMBER("word/header1.xml", header),
    MEMBER("word/document.xml", body),       MEMBER("word/footnotes.xml", footnotes),
    MEMBER("word/comments.xml", comments),
};

static void a_document_has_its_parts_and_fields(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer zip = { 0 };
    struct memory_sink sink;
    zip_make(whole, sizeof whole / sizeof *whole, &zip);
    memory_sink_read(&sink, &docx_reader, buffer_bytes(&zip), 0, NULL);
    assert_true(bytes_is(buffer_bytes(&sink.text), "Body\nFoot\nSo?\nDraft\n"));
    assert_int_equal(sink.parts, 4);
    buffer_u8(&sink.fields, 0);
    assert_non_null(strstr((char *)sink.fields.at, "subject=Gulf;from=A. G.;date=2026-02-03;"));
    assert_non_null(strstr((char *)sink.spans.at, "furniture 0-5;"));
    memory_sink_release(&sink);
}

static void a_story_has_its_footnotes_and_says_what_is_not_checked(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer zip = { 0 };
    struct memory_sink sink;
    zip_make(whole, sizeof whole / sizeof *whole, &zip);
    memory_sink_read(&sink, &docx_reader, buffer_bytes(&zip), BATCH_KEEP_LINES, NULL);
    assert_true(bytes_has_prefix(buffer_bytes(&sink.text), "Body\nFoot\nSo?\n"));
    assert_int_equal(sink.parts, 3);
    assert_string_equal(sink.reason, "not checked: comments, page heads and feet");
    memory_sink_release(&sink);
}

static void what_is_inside_and_not_read_is_said(void **state)
{
    (void)state;
    static const struct zip_member members[] = {
        MEMBER("word/document.xml", body),
        MEMBER("word/diagrams/data1.xml", diagram),
        MEMBER("word/charts/chart1.xml", header),
        MEMBER("word/embeddings/sums.xlsx", header),
    };
    SCOPED(buffer_release) struct buffer zip = { 0 };
    struct memory_sink sink;
    zip_make(members, sizeof members / sizeof *members, &zip);
    memory_sink_read(&sink, &docx_reader, buffer_bytes(&zip), 0, NULL);
    assert_int_equal(sink.verdict, VERDICT_PARTIAL);
    assert_string_equal(sink.reason, "in parts of their own: text boxes; 2 files inside not read");
    assert_true(bytes_is(buffer_bytes(&sink.text), "Body\nDrawn\n"));
    memory_sink_release(&sink);
}

static void a_name_that_is_no_text_is_repaired_before_it_is_told(void **state)
{
    (void)state;
    static const struct zip_member members[] = {
        MEMBER("word/document.xml", body),
        MEMBER("word/header\xff.xml", "no markup"),
    };
    SCOPED(buffer_release) struct buffer zip = { 0 };
    struct memory_sink sink;
    zip_make(members, sizeof members / sizeof *members, &zip);
    memory_sink_read(&sink, &docx_reader, buffer_bytes(&zip), 0, NULL);
    assert_int_equal(sink.verdict, VERDICT_PARTIAL);
    assert_string_equal(sink.reason,
                        "word/header\xef\xbf\xbd.xml: the markup is broken or cut short");
    memory_sink_release(&sink);
}

static void repeat(struct buffer *to, const char *words, size_t times)
{
    for (size_t i = 0; i < times; i++)
        buffer_append_text(to, words);
}

static void what_is_too_deep_ends_partial_with_the_rest_kept(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer markup = { 0 };
    struct memory_sink sink;
    buffer_append_text(&markup, "<w:document xmlns:w='w'><w:body>" P(R("first")));
    repeat(&markup, "<w:sdt>", 100000);
    read_markup(&sink, "word/document.xml", buffer_bytes(&markup), 0);
    assert_true(bytes_is(buffer_bytes(&sink.text), "first\n"));
    assert_int_equal(sink.verdict, VERDICT_PARTIAL);
    assert_non_null(strstr(sink.reason, "256 levels"));
    memory_sink_release(&sink);
}

static void entities_of_the_document_are_not_followed(void **state)
{
    (void)state;
    static const char *const heads[] = {
        "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c "
        "'&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e "
        "'&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]>",
        "<!DOCTYPE x SYSTEM 'http://127.0.0.1:9/x.dtd' [<!ENTITY e 'ha'>]>",
    };
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        SCOPED(buffer_release) struct buffer markup = { 0 };
        struct memory_sink sink;
        buffer_append_text(&markup, heads[i]);
        buffer_append_text(&markup, WORD(P(R("before")) P(R("&e;"))));
        read_markup(&sink, "word/document.xml", buffer_bytes(&markup), 0);
        assert_int_equal(bytes_find(buffer_bytes(&sink.text), bytes_from_string("ha"), 0),
                         SIZE_MAX);
        assert_true(sink.verdict >= VERDICT_PARTIAL);
        assert_true(sink.text.len < 20);
        memory_sink_release(&sink);
    }
}

static void a_bomb_ends_early_and_says_so(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer markup = { 0 };
    struct memory_sink sink;
    buffer_append_text(&markup, "<w:document xmlns:w='w'><w:body>" P(R("first")));
    repeat(&markup, "<w:p></w:p>                                                     ", 1 << 19);
    read_markup(&sink, "word/document.xml", buffer_bytes(&markup), 0);
    assert_int_equal(sink.verdict, VERDICT_PARTIAL);
    assert_non_null(strstr(sink.reason, "200 times"));
    memory_sink_release(&sink);
}

static void what_is_no_document_fails_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *text;
        const char *why;
    } rows[] = {
        { "readme.txt", "Nothing.", "no text document" },
        { "word/document.xml", "no markup", "broken" },
        { "word/document.xml", "", "broken" },
        { "META-INF/manifest.xml", "<m><encryption-data/></m>", "password" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct memory_sink sink;
        read_markup(&sink, rows[i].path, bytes_from_string(rows[i].text), 0);
        assert_int_equal(sink.verdict, VERDICT_FAILED);
        assert_non_null(strstr(sink.reason, rows[i].why));
        memory_sink_release(&sink);
    }
}

static void no_cut_or_flipped_zip_is_read_outside(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer zip = { 0 };
    assert_int_equal(office_sample(&zip, NULL), OK);
    for (size_t len = 0; len < zip.len; len += 64) {
        struct memory_sink sink;
        uint8_t *copy = malloc(len + 1);
        memcpy(copy, zip.at, len);
        memory_sink_read(&sink, &docx_reader, bytes_make(copy, len), 0, NULL);
        assert_true(sink.verdict >= VERDICT_PARTIAL);
        memory_sink_release(&sink);
        free(copy);
    }
    for (size_t at = 0; at < zip.len; at += 7) {
        struct memory_sink sink;
        zip.at[at] ^= 0x55;
        memory_sink_read(&sink, &odt_reader, buffer_bytes(&zip), 0, NULL);
        memory_sink_release(&sink);
        zip.at[at] ^= 0x55;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_markup_becomes_text_and_what_stands_beside_it),
        cmocka_unit_test(open_document_markup_becomes_text_and_what_stands_beside_it),
        cmocka_unit_test(a_document_has_its_parts_and_fields),
        cmocka_unit_test(a_story_has_its_footnotes_and_says_what_is_not_checked),
        cmocka_unit_test(what_is_inside_and_not_read_is_said),
        cmocka_unit_test(a_name_that_is_no_text_is_repaired_before_it_is_told),
        cmocka_unit_test(what_is_too_deep_ends_partial_with_the_rest_kept),
        cmocka_unit_test(entities_of_the_document_are_not_followed),
        cmocka_unit_test(a_bomb_ends_early_and_says_so),
        cmocka_unit_test(what_is_no_document_fails_in_words),
        cmocka_unit_test(no_cut_or_flipped_zip_is_read_outside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

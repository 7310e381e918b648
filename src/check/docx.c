#include "check/docx.h"

#include "base/scoped.h"
#include "check/docx_zip.h"
#include "page/markup.h"
#include "text/clean.h"

#define XML              "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define WORDS            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define OFFICE           "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define PACKAGE          "http://schemas.openxmlformats.org/package/2006"
#define TYPE             "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define PART(name, type) "<Override PartName=\"/word/" name "\" ContentType=\"" TYPE type "+xml\"/>"
#define LINK(id, type, target)                                                                     \
    "<Relationship Id=\"" id "\" Type=\"" OFFICE "/" type "\" Target=\"" target "\"/>"

/* The first two footnotes are the lines above the others. */
enum { NOTES_BEFORE = 2 };

static const char types[] =
    XML "<Types xmlns=\"" PACKAGE "/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default "
        "Extension=\"xml\" ContentType=\"application/xml\"/>" PART("document.xml", "document.main")
            PART("styles.xml", "styles") PART("settings.xml", "settings")
                PART("footnotes.xml", "footnotes") PART("header1.xml", "header") "</Types>\n";

static const char package_links[] = XML
    "<Relationships xmlns=\"" PACKAGE
    "/relationships\">" LINK("rId1", "officeDocument", "word/document.xml") "</Relationships>\n";

static const char document_links[] =
    XML "<Relationships xmlns=\"" PACKAGE "/relationships\">" LINK("rId1", "styles", "styles.xml")
        LINK("rId2", "settings", "settings.xml") LINK("rId3", "footnotes", "footnotes.xml")
            LINK("rId4", "header", "header1.xml") "</Relationships>\n";

static const char settings[] =
    XML "<w:settings xmlns:w=\"" WORDS "\"><w:footnotePr><w:footnote w:id=\"0\"/><w:footnote "
        "w:id=\"1\"/></w:footnotePr><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
        "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
        "</w:settings>\n";

static const char styles[] = XML
    "<w:styles xmlns:w=\"" WORDS "\"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts "
    "w:ascii=\"Georgia\" w:hAnsi=\"Georgia\" w:cs=\"Georgia\"/><w:sz w:val=\"22\"/></w:rPr>"
    "</w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"160\" w:line=\"276\" "
    "w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "</w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn "
    "w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:pPr><w:keepNext/><w:spacing "
    "w:before=\"280\"/><w:outlineLvl w:val=\"0\"/>"
    "</w:pPr><w:rPr><w:b/><w:sz w:val=\"30\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Small\"><w:name w:val=\"Small\"/><w:basedOn "
    "w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"60\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/>"
    "</w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"FootnoteText\"><w:name w:val=\"footnote text\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:pPr><w:spacing w:after=\"40\" w:line=\"240\" "
    "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"FootnoteReference\"><w:name w:val=\"footnote "
    "reference\"/><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
    "</w:styles>\n";

static const char notes_before[] =
    "<w:footnote w:type=\"separator\" w:id=\"0\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>"
    "<w:footnote w:type=\"continuationSeparator\" w:id=\"1\"><w:p><w:r><w:continuationSeparator/>"
    "</w:r></w:p></w:footnote>";

static const char *const paragraph_styles[] = {
    [DOCX_PLAIN] = "Normal", [DOCX_HEADING] = "Heading1", [DOCX_SMALL] = "Small"
};

void docx_release(struct docx *docx)
{
    buffer_release(&docx->body);
    buffer_release(&docx->notes);
    buffer_release(&docx->head);
}

static struct buffer *open_text(struct docx *docx)
{
    return docx->in_note ? &docx->notes : &docx->body;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/* U+FFFE and U+FFFF are no characters of XML 1.0 (section 2.2). */
static void write_escaped(struct buffer *to, struct bytes text)
{
    size_t from = 0;
    for (size_t at = 0; at + 2 < text.len; at++)
        if (text.at[at] == 0xEF && text.at[at + 1] == 0xBF && text.at[at + 2] >= 0xBE) {
            markup_text(to, bytes_slice(text, from, at - from));
            from = at + 3;
        }
    markup_text(to, bytes_slice(text, from, text.len - from));
}

static void write_run(struct buffer *to, struct bytes text, const char *properties)
{
    SCOPED(buffer_release) struct buffer clean = { 0 };
    struct cleaner cleaner = cleaner_begin(&clean, true);
    if (text.len == 0)
        return;
    cleaner_add(&cleaner, text);
    buffer_print(to, "<w:r>%s<w:t xml:space=\"preserve\">%s", properties,
                 is_blank(text.at[0]) ? " " : "");
    write_escaped(to, buffer_bytes(&clean));
    /* The cleaner keeps back a blank that nothing follows. */
    bool ends_blank =
        clean.len > 0 && is_blank(text.at[text.len - 1]) && !is_blank(clean.at[clean.len - 1]);
    buffer_print(to, "%s</w:t></w:r>", ends_blank ? " " : "");
    to->failed = to->failed || clean.failed;
}

void docx_head(struct docx *docx, const char *text)
{
    write_run(&docx->head, bytes_from_string(text), "<w:rPr><w:b/></w:rPr>");
}

void docx_paragraph(struct docx *docx, enum docx_style style)
{
    buffer_print(&docx->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>",
                 paragraph_styles[style]);
}

void docx_paragraph_end(struct docx *docx)
{
    buffer_append_text(&docx->body, "</w:p>\n");
}

void docx_text(struct docx *docx, struct bytes text)
{
    write_run(open_text(docx), text, "");
}

void docx_strong(struct docx *docx, struct bytes text)
{
    write_run(open_text(docx), text, "<w:rPr><w:b/></w:rPr>");
}

void docx_note(struct docx *docx)
{
    static const char reference_end[] = "\"/></w:r>";
    bool is_beside = docx->body.len > sizeof reference_end &&
                     memcmp(docx->body.at + docx->body.len - strlen(reference_end), reference_end,
                            strlen(reference_end)) == 0;
    size_t id = NOTES_BEFORE + docx->note_count++;
    buffer_print(&docx->body,
                 "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr>%s"
                 "<w:footnoteReference w:id=\"%zu\"/></w:r>",
                 is_beside ? "<w:t>,</w:t>" : "", id);
    buffer_print(&docx->notes,
                 "<w:footnote w:id=\"%zu\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>"
                 "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>"
                 "<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>",
                 id);
    docx->in_note = true;
}

void docx_note_end(struct docx *docx)
{
    buffer_append_text(&docx->notes, "</w:p></w:footnote>\n");
    docx->in_note = false;
}

void docx_table(struct docx *docx, const uint16_t *widths, size_t columns)
{
    static const char *const sides[] = { "top", "left", "bottom", "right", "insideH", "insideV" };
    struct buffer *to = &docx->body;
    buffer_append_text(to, "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/><w:tblBorders>");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
        buffer_print(to, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"808080\"/>",
                     sides[i]);
    buffer_append_text(to, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < columns; i++)
        buffer_print(to, "<w:gridCol w:w=\"%u\"/>", widths[i]);
    buffer_append_text(to, "</w:tblGrid>\n");
}

void docx_row(struct docx *docx, const char *const *cells, size_t columns, bool is_heading)
{
    buffer_print(&docx->body, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
                 is_heading ? "<w:tblHeader/>" : "");
    for (size_t i = 0; i < columns; i++) {
        buffer_append_text(&docx->body, "<w:tc><w:tcPr/>");
        docx_paragraph(docx, DOCX_SMALL);
        if (is_heading)
            docx_strong(docx, bytes_from_string(cells[i]));
        else
            docx_text(docx, bytes_from_string(cells[i]));
        buffer_append_text(&docx->body, "</w:p></w:tc>");
    }
    buffer_append_text(&docx->body, "</w:tr>\n");
}

void docx_table_end(struct docx *docx)
{
    buffer_append_text(&docx->body, "</w:tbl>\n");
}

static void write_document(const struct docx *docx, struct buffer *to)
{
    buffer_append_text(to,
                       XML "<w:document xmlns:w=\"" WORDS "\" xmlns:r=\"" OFFICE "\"><w:body>\n");
    buffer_append_bytes(to, buffer_bytes(&docx->body));
    buffer_append_text(to, "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>");
    buffer_append_text(to, docx->is_wide
                               ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
                               : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>");
    buffer_append_text(to, "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" "
                           "w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>"
                           "</w:sectPr></w:body></w:document>\n");
}

static void add_part(struct docx_zip *zip, const char *name, struct buffer *part)
{
    docx_zip_add(zip, name, buffer_bytes(part));
    zip->to->failed = zip->to->failed || part->failed;
    buffer_clear(part);
}

enum status docx_write(const struct docx *docx, struct buffer *to, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer part = { 0 };
    struct docx_zip zip = docx_zip_begin(to);
    docx_zip_add(&zip, "[Content_Types].xml", bytes_from_string(types));
    docx_zip_add(&zip, "_rels/.rels", bytes_from_string(package_links));
    write_document(docx, &part);
    add_part(&zip, "word/document.xml", &part);
    docx_zip_add(&zip, "word/_rels/document.xml.rels", bytes_from_string(document_links));
    docx_zip_add(&zip, "word/styles.xml", bytes_from_string(styles));
    docx_zip_add(&zip, "word/settings.xml", bytes_from_string(settings));
    buffer_print(&part, XML "<w:footnotes xmlns:w=\"%s\">%s", WORDS, notes_before);
    buffer_append_bytes(&part, buffer_bytes(&docx->notes));
    buffer_append_text(&part, "</w:footnotes>\n");
    add_part(&zip, "word/footnotes.xml", &part);
    buffer_print(&part, XML "<w:hdr xmlns:w=\"%s\"><w:p>", WORDS);
    buffer_append_bytes(&part, buffer_bytes(&docx->head));
    buffer_append_text(&part, "</w:p></w:hdr>\n");
    add_part(&zip, "word/header1.xml", &part);
    enum status ended = docx_zip_end(&zip, fault);
    TRY(ended);
    TRY(buffer_check(&docx->body, fault));
    return buffer_check(&docx->notes, fault);
}

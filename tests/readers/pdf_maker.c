#include "pdf_maker.h"

static size_t begin_object(struct pdf_maker *pdf, size_t number)
{
    pdf->offsets[number] = pdf->out.len;
    buffer_print(&pdf->out, "%zu 0 obj\n", number);
    return number;
}

static void add_object(struct pdf_maker *pdf, size_t number, const char *words)
{
    begin_object(pdf, number);
    buffer_print(&pdf->out, "%s\nendobj\n", words);
}

void pdf_maker_begin(struct pdf_maker *pdf, const char *root)
{
    buffer_clear(&pdf->out);
    pdf->objects = 3;
    pdf->pages = 0;
    buffer_append_text(&pdf->out, "%PDF-1.7\n");
    begin_object(pdf, 1);
    buffer_print(&pdf->out, "<</Type/Catalog/Pages 2 0 R%s>>\nendobj\n", root);
    add_object(pdf, 3, "<</Type/Font/Subtype/Type1/BaseFont/Courier>>");
}

size_t pdf_maker_object(struct pdf_maker *pdf, const char *words)
{
    add_object(pdf, ++pdf->objects, words);
    return pdf->objects;
}

/* Content and page are two objects, so that page `n` is object 5 + 2n when nothing comes between.
 */
void pdf_maker_page(struct pdf_maker *pdf, const char *content, const char *more)
{
    size_t stream = begin_object(pdf, ++pdf->objects);
    buffer_print(&pdf->out, "<</Length %zu>>stream\n%s\nendstream\nendobj\n", strlen(content),
                 content);
    begin_object(pdf, ++pdf->objects);
    buffer_print(&pdf->out,
                 "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %zu 0 R/Resources"
                 "<</Font<</F 3 0 R>>>>%s>>\nendobj\n",
                 stream, more);
    pdf->pages++;
}

static void add_tree(struct pdf_maker *pdf)
{
    size_t last = pdf->objects;
    begin_object(pdf, 2);
    buffer_append_text(&pdf->out, "<</Type/Pages/Kids[");
    for (size_t i = 0; i < pdf->pages; i++)
        buffer_print(&pdf->out, "%zu 0 R ", last - 2 * (pdf->pages - 1 - i));
    buffer_print(&pdf->out, "]/Count %zu>>\nendobj\n", pdf->pages);
}

void pdf_maker_end(struct pdf_maker *pdf, const char *more)
{
    add_tree(pdf);
    size_t table = pdf->out.len;
    buffer_print(&pdf->out, "xref\n0 %zu\n0000000000 65535 f \n", pdf->objects + 1);
    for (size_t i = 1; i <= pdf->objects; i++)
        buffer_print(&pdf->out, "%010zu 00000 n \n", pdf->offsets[i]);
    buffer_print(&pdf->out, "trailer<</Size %zu/Root 1 0 R%s>>\nstartxref\n%zu\n%%%%EOF\n",
                 pdf->objects + 1, more, table);
}

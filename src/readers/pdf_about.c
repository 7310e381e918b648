/* pdf_about.c - what a PDF says of itself: properties, attachments, outline. */
#include "readers/pdf.h"

#include <stdio.h>

#include "text/utf8.h"

enum { OUTLINE_MAX = 5000, OUTLINE_DEPTH_MAX = 16, VALUE_MAX = 1024 };

static struct bytes property_throwing(struct pdf *pdf, const char *name)
{
    char value[VALUE_MAX] = "";
    if (pdf_lookup_metadata(pdf->context, pdf->document, name, value, sizeof value) <= 0)
        return (struct bytes){ 0 };
    value[VALUE_MAX - 1] = '\0';
    struct bytes words = bytes_from_string(value);
    words.len = utf8_valid_prefix(words);
    return arena_copy(pdf->arena, bytes_trim(words));
}

/* "D:20260203101500+01'00'" (ISO 32000, 7.9.4). */
static struct bytes date_from_property(struct pdf *pdf, struct bytes printed)
{
    struct bytes digits = bytes_slice(printed, bytes_has_prefix(printed, "D:") ? 2 : 0, 8);
    uint64_t number;
    if (digits.len < 8 || !bytes_to_number(digits, &number))
        return (struct bytes){ 0 };
    const char *date = arena_print(pdf->arena, "%.4s-%.2s-%.2s", (const char *)digits.at,
                                   (const char *)digits.at + 4, (const char *)digits.at + 6);
    return date ? bytes_from_string(date) : (struct bytes){ 0 };
}

static void read_properties_throwing(struct pdf *pdf)
{
    pdf_obj *root =
        pdf_dict_get(pdf->context, pdf_trailer(pdf->context, pdf->document), PDF_NAME(Root));
    pdf->is_form = pdf_dict_getp(pdf->context, root, "AcroForm/XFA") != NULL;
    pdf->is_repaired = pdf_was_repaired(pdf->context, pdf->document);
    pdf->title = property_throwing(pdf, FZ_META_INFO_TITLE);
    pdf->author = property_throwing(pdf, FZ_META_INFO_AUTHOR);
    pdf->created = date_from_property(pdf, property_throwing(pdf, FZ_META_INFO_CREATIONDATE));
}

static void name_attachment(struct pdf *pdf, struct bytes name)
{
    size_t used = strlen(pdf->names);
    name.len = utf8_valid_prefix(bytes_slice(name, 0, 60));
    if (name.len > 0 && used + name.len + 3 < sizeof pdf->names)
        snprintf(pdf->names + used, sizeof pdf->names - used, "%s%.*s", used > 0 ? ", " : "",
                 (int)name.len, (const char *)name.at);
}

static void count_attachments(struct pdf *pdf)
{
    fz_context *context = pdf->context;
    pdf_obj *files = NULL;
    fz_var(files);
    fz_try(context)
    {
        files = pdf_load_name_tree(context, pdf->document, PDF_NAME(EmbeddedFiles));
        int count = pdf_dict_len(context, files);
        pdf->attachments += (uint32_t)(count > 0 ? count : 0);
        for (int i = 0; i < count && i < 16; i++) {
            pdf_obj *file = pdf_dict_get_val(context, files, i);
            const char *name = pdf_dict_get_text_string(context, file, PDF_NAME(UF));
            if (*name == '\0')
                name = pdf_dict_get_text_string(context, file, PDF_NAME(F));
            name_attachment(pdf, bytes_from_string(name));
        }
    }
    fz_always(context) pdf_drop_obj(context, files);
    fz_catch(context) pdf_note_trouble(pdf);
}

static void mark_heading_throwing(struct pdf *pdf, const fz_outline_item *item)
{
    float x, y;
    if (!item || !item->title || !item->uri)
        return;
    fz_location place =
        fz_resolve_link(pdf->context, (fz_document *)pdf->document, item->uri, &x, &y);
    if (place.page >= 0)
        pdf_lines_mark_heading(&pdf->lines, (uint32_t)place.page, bytes_from_string(item->title));
}

/* Down first, then on, then up and on; a ring in the outline ends at OUTLINE_MAX. */
static void walk_outline_throwing(struct pdf *pdf, fz_outline_iterator *place)
{
    fz_context *context = pdf->context;
    int depth = 0;
    for (int i = 0; i < OUTLINE_MAX; i++) {
        mark_heading_throwing(pdf, fz_outline_iterator_item(context, place));
        if (depth < OUTLINE_DEPTH_MAX) {
            int below = fz_outline_iterator_down(context, place);
            if (below == 0) {
                depth++;
                continue;
            }
            if (below > 0)
                fz_outline_iterator_up(context, place);
        }
        while (fz_outline_iterator_next(context, place) != 0)
            if (depth-- == 0 || fz_outline_iterator_up(context, place) != 0)
                return;
    }
}

static void read_outline(struct pdf *pdf)
{
    fz_context *context = pdf->context;
    fz_outline_iterator *place = NULL;
    fz_var(place);
    fz_try(context)
    {
        place = fz_new_outline_iterator(context, (fz_document *)pdf->document);
        if (place && fz_outline_iterator_item(context, place))
            walk_outline_throwing(pdf, place);
    }
    fz_always(context) fz_drop_outline_iterator(context, place);
    fz_catch(context) pdf_note_trouble(pdf);
}

void pdf_about_read(struct pdf *pdf)
{
    fz_try(pdf->context) read_properties_throwing(pdf);
    fz_catch(pdf->context) pdf_note_trouble(pdf);
    count_attachments(pdf);
    read_outline(pdf);
}

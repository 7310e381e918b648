#include "readers/pdf.h"

#include <math.h>
#include <stdio.h>

#include "base/grow.h"
#include "text/utf8.h"

/* Two runs stand on one line when their letters' feet are this close, in parts of their size; what
 * stands further apart than a letter gets a tab. */
static const float same_foot = 0.3f, wide_gap = 1.0f;
/* This part of a page's height at either end is its edge. */
enum { EDGE_PART = 10, PICTURES_LOOKED_AT = 64 };
/* A line of which more than this part is without a meaning is doubtful. */
enum { UNKNOWN_SHARE = 5, PRIVATE_FIRST = 0xE000, PRIVATE_LAST = 0xF8FF };

void pdf_note_trouble(struct pdf *pdf)
{
    bool is_memory = fz_caught(pdf->context) == PDF_ERROR_MEMORY;
    if (pdf->why[0] == '\0')
        snprintf(pdf->why, sizeof pdf->why, "%s",
                 is_memory ? "it wants too much memory" : fz_caught_message(pdf->context));
    for (char *sign = pdf->why; *sign != '\0'; sign++)
        *sign = *sign < ' ' || *sign > '~' ? '?' : *sign;
}

static bool is_blank(int code)
{
    return code <= ' ' || code == 0xA0 || (code >= 0x7F && code < 0xA0) || code == 0x2028 ||
           code == 0x2029;
}

static bool has_letters(const fz_stext_line *line)
{
    for (const fz_stext_char *sign = line->first_char; sign; sign = sign->next)
        if (!is_blank(sign->c))
            return true;
    return false;
}

/* Answers how many signs have no meaning. */
static uint64_t append_signs(struct pdf *pdf, const fz_stext_line *line, uint64_t *letters)
{
    struct buffer *text = &pdf->lines.text;
    uint64_t unknown = 0;
    uint8_t encoded[4];
    for (const fz_stext_char *sign = line->first_char; sign; sign = sign->next) {
        int code = is_blank(sign->c) ? ' ' : sign->c;
        bool is_private = code >= PRIVATE_FIRST && code <= PRIVATE_LAST;
        *letters += code != ' ';
        unknown += is_private || code == 0xFFFD;
        bool is_code = code < 0xD800 || (code > 0xDFFF && code <= 0x10FFFF);
        buffer_append(text, encoded, utf8_encode(is_code ? (uint32_t)code : 0xFFFD, encoded));
    }
    while (text->len > 0 && text->at[text->len - 1] == ' ')
        text->len--;
    return unknown;
}

static bool is_beside(const struct pdf_line *last, const fz_stext_line *line, float foot)
{
    return line->dir.x > 0.9f && fabsf(last->box.bottom - foot) < last->size * same_foot &&
           line->bbox.x0 > last->box.right - last->size;
}

static float foot_of(const fz_stext_line *line)
{
    return line->first_char ? line->first_char->origin.y : line->bbox.y1;
}

static bool has_room(struct pdf *pdf)
{
    if (pdf->lines.text.len < PDF_TEXT_MAX &&
        GROW(pdf->lines.at, pdf->lines.room, pdf->lines.count))
        return true;
    pdf->is_cut = true;
    return false;
}

/* box.bottom is where the letters stand, so that runs of one line can be told. */
static void take_line(struct pdf *pdf, const fz_stext_line *line, uint32_t page, uint32_t block,
                      size_t first)
{
    struct pdf_lines *lines = &pdf->lines;
    uint64_t letters = 0;
    float foot = foot_of(line), size = line->first_char->size;
    struct pdf_line *last = lines->count > first ? &lines->at[lines->count - 1] : NULL;
    bool joins = last && is_beside(last, line, foot);
    if (joins) {
        bool is_wide = line->bbox.x0 - last->box.right > size * wide_gap;
        buffer_append_text(&lines->text, is_wide ? "\t" : " ");
    } else if (!has_room(pdf)) {
        return;
    } else {
        last = &lines->at[lines->count++];
        *last = (struct pdf_line){ .start = (uint32_t)lines->text.len,
                                   .page = page,
                                   .block = block,
                                   .size = size,
                                   .box = { line->bbox.x0, line->bbox.y0, line->bbox.x1, foot } };
    }
    uint64_t unknown = append_signs(pdf, line, &letters);
    last->end = (uint32_t)lines->text.len;
    last->box.right = line->bbox.x1;
    last->is_unreadable |= unknown * UNKNOWN_SHARE > letters;
    pdf->letters += letters;
    pdf->unknown += unknown;
}

static void take_lines(struct pdf *pdf, const fz_stext_page *text, uint32_t page)
{
    size_t first = pdf->lines.count;
    uint32_t block_number = first > 0 ? pdf->lines.at[first - 1].block : 0;
    for (const fz_stext_block *block = text->first_block; block; block = block->next) {
        block_number++;
        if (block->type != FZ_STEXT_BLOCK_TEXT)
            continue;
        for (const fz_stext_line *line = block->u.t.first_line; line; line = line->next)
            if (has_letters(line))
                take_line(pdf, line, page, block_number, first);
    }
}

/* Notes that readers of the page see only on asking; links and fields of forms are none. */
static void take_notes_throwing(struct pdf *pdf, pdf_page *page)
{
    for (pdf_annot *annot = pdf_first_annot(pdf->context, page); annot;
         annot = pdf_next_annot(pdf->context, annot)) {
        pdf_obj *object = pdf_annot_obj(pdf->context, annot);
        enum pdf_annot_type type = pdf_annot_type(pdf->context, annot);
        pdf->attachments += type == PDF_ANNOT_FILE_ATTACHMENT;
        if (type == PDF_ANNOT_FREE_TEXT || type == PDF_ANNOT_LINK || type == PDF_ANNOT_WIDGET)
            continue;
        struct bytes words =
            bytes_from_string(pdf_dict_get_text_string(pdf->context, object, PDF_NAME(Contents)));
        if (bytes_trim(words).len == 0 || utf8_valid_prefix(words) != words.len)
            continue;
        struct bytes author =
            bytes_from_string(pdf_dict_get_text_string(pdf->context, object, PDF_NAME(T)));
        author.len = utf8_valid_prefix(bytes_slice(author, 0, PDF_WORDS_MAX));
        office_text_append(&pdf->notes, words);
        office_paragraph_end(&pdf->notes, SPAN_NOTE, arena_copy(pdf->arena, author));
    }
}

/* An image on the page, or in a form drawn on it. */
static bool has_picture_throwing(fz_context *context, pdf_obj *resources, int depth)
{
    pdf_obj *objects = pdf_dict_get(context, resources, PDF_NAME(XObject));
    int count = pdf_dict_len(context, objects);
    for (int i = 0; i < count && i < PICTURES_LOOKED_AT; i++) {
        pdf_obj *object = pdf_dict_get_val(context, objects, i);
        if (pdf_name_eq(context, pdf_dict_get(context, object, PDF_NAME(Subtype)), PDF_NAME(Image)))
            return true;
        pdf_obj *inner = pdf_dict_get(context, object, PDF_NAME(Resources));
        if (depth > 0 && inner && has_picture_throwing(context, inner, depth - 1))
            return true;
    }
    return false;
}

static bool has_text_between(const fz_stext_page *text, float top, float bottom)
{
    for (const fz_stext_block *block = text->first_block; block; block = block->next)
        for (const fz_stext_line *line = block->type == FZ_STEXT_BLOCK_TEXT ? block->u.t.first_line
                                                                            : NULL;
             line; line = line->next)
            if (line->bbox.y1 > top && line->bbox.y0 < bottom && has_letters(line))
                return true;
    return false;
}

/* A scan has no text, or a stamp at its edge alone. */
static void judge_page_throwing(struct pdf *pdf, pdf_page *page, const fz_stext_page *text)
{
    float top = text->mediabox.y0, bottom = text->mediabox.y1, edge = (bottom - top) / EDGE_PART;
    pdf->bare_pages += !has_text_between(text, -INFINITY, INFINITY);
    if (!has_text_between(text, top + edge, bottom - edge) &&
        has_picture_throwing(pdf->context, pdf_page_resources(pdf->context, page), 2))
        pdf->scanned_pages++;
}

static bool add_page(struct pdf *pdf, float height)
{
    struct pdf_lines *lines = &pdf->lines;
    if (!GROW(lines->heights, lines->heights_room, lines->pages)) {
        pdf->is_out_of_memory = true;
        return false;
    }
    lines->heights[lines->pages++] = height;
    return true;
}

void pdf_page_read(struct pdf *pdf, uint32_t number)
{
    fz_context *context = pdf->context;
    fz_cookie cookie = { 0 };
    fz_stext_options options = { 0 };
    pdf_page *page = NULL;
    fz_stext_page *text = NULL;
    fz_device *device = NULL;
    fz_rect box = fz_empty_rect;
    fz_var(page);
    fz_var(text);
    fz_var(device);
    fz_var(box);
    fz_try(context)
    {
        page = pdf_load_page(context, pdf->document, (int)number);
        box = pdf_bound_page(context, page);
        text = fz_new_stext_page(context, box);
        device = fz_new_stext_device(context, text, &options);
        pdf_run_page(context, page, device, fz_identity, &cookie);
        fz_close_device(context, device);
        judge_page_throwing(pdf, page, text);
        take_notes_throwing(pdf, page);
    }
    fz_catch(context)
    {
        pdf_note_trouble(pdf);
        cookie.errors++;
    }
    pdf->broken_pages += cookie.errors > 0;
    if (add_page(pdf, box.y1 - box.y0) && text)
        take_lines(pdf, text, number);
    fz_drop_device(context, device);
    fz_drop_stext_page(context, text);
    fz_drop_page(context, (fz_page *)page);
}

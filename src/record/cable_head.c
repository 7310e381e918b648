#include "record/cable.h"

#include <stdio.h>

#include "record/marking.h"

enum { PREVIEW_MIN = 60 }; /* bytes; less is a stray line */

/* The words of a piece without the page marks that cut it. */
static struct bytes piece_value(struct cable *cable, const struct cable_piece *piece)
{
    struct record *record = cable->record;
    struct page_mark mark;
    struct bytes value = bytes_slice(record->text, piece->value, piece->end - piece->value);
    struct bytes head = bytes_slice(record->text, 0, piece->end);
    if (!page_mark_next(head, piece->value, cable->banner.post, &mark))
        return record_squeezed(record, value);
    struct bytes before = bytes_slice(record->text, piece->value, mark.start - piece->value);
    struct bytes behind = bytes_slice(record->text, mark.end, piece->end - mark.end);
    const char *joined =
        arena_print(record->arena, "%.*s %.*s", (int)(before.len % 4096), (const char *)before.at,
                    (int)(behind.len % 4096), (const char *)behind.at);
    return joined == NULL ? value : record_squeezed(record, bytes_from_string(joined));
}

/* "... COOPERATION (C)": the mark is no word of the subject. */
static struct bytes without_mark(struct bytes title)
{
    char mark[MARKING_MAX];
    size_t at = title.len;
    while (at > 0 && title.at[at - 1] != '(')
        at--;
    if (at > 1 && marking_read(title, at - 1, mark) == title.len - at + 1)
        return bytes_trim(bytes_slice(title, 0, at - 1));
    return title;
}

static enum field_name label_field(enum cable_label label)
{
    switch (label) {
    case LABEL_ORDER:
        return FIELD_ORDER;
    case LABEL_TAGS:
        return FIELD_TAG;
    case LABEL_SUBJECT:
        return FIELD_TITLE;
    case LABEL_REF:
        return FIELD_REF;
    case LABEL_CLASSIFIED:
        return FIELD_CLASSIFIED_BY;
    case LABEL_NONE:
    case LABEL_DERIVED:
    case LABELS:
        break;
    }
    return FIELD_NAMES;
}

static void labelled_note(struct cable *cable, const struct cable_piece *piece)
{
    struct record *record = cable->record;
    enum field_name field = label_field(piece->label);
    const char *word = field == FIELD_NAMES ? "" : field_word(field);
    record_span(record, SPAN_HEAD, piece->start, piece->end, bytes_from_string(word));
    if (field == FIELD_NAMES || field_list_find(&record->document->fields, field) != NULL)
        return;
    if (piece->label == LABEL_REF) {
        struct page_mark mark;
        struct bytes items = bytes_slice(record->text, piece->value, piece->end - piece->value);
        struct bytes head = bytes_slice(record->text, 0, piece->end);
        if (page_mark_next(head, piece->value, cable->banner.post, &mark))
            items = piece_value(cable, piece);
        int16_t year = cable->number.year != 0 ? cable->number.year : cable->file.year;
        references_note(record, items, year);
        return;
    }
    struct bytes value = piece_value(cable, piece);
    if (piece->label == LABEL_TAGS)
        tags_note(record, value);
    else
        record_field(record, field, piece->label == LABEL_SUBJECT ? without_mark(value) : value);
}

/* "R 291958Z JAN 10", "O P 031203Z FEB 09", with the precedences before the group. */
static bool group_read(struct bytes line, struct date *date)
{
    size_t at = 0;
    for (int words = 0; words < 3; words++) {
        if (date_read(line, at, date) > 0)
            return date->is_group;
        if (line.len < at + 8 || strchr("ZOPR", line.at[at]) == NULL || line.at[at + 1] != ' ')
            return false;
        at += 2;
    }
    return false;
}

/* A whole line that is a date, a date-time group, "DATE: ...", or the second column of a table row.
 */
static bool line_date(struct bytes line, struct date *date)
{
    if (line.len < 8 || line.len > 400)
        return false;
    if (line.len < 40 && group_read(line, date))
        return true;
    if (bytes_has_prefix(line, "DATE: "))
        line = bytes_slice(line, 6, line.len);
    if (date_read(line, 0, date) == line.len && date->day > 0)
        return true;
    if (bytes_has_prefix(line, "Cable dated:"))
        return date_read(line, 12, date) > 0;
    size_t comma = bytes_find_byte(bytes_slice(line, 0, 9), ',', 0);
    if (comma == SIZE_MAX || comma < 2 || !is_digit(line.at[0]) || !is_digit(line.at[1]))
        return false;
    size_t len = date_read(line, comma + 1, date);
    return len > 12 && comma + 1 + len < line.len && line.at[comma + 1 + len] == ',';
}

static void unlabelled_line(struct cable *cable, const struct line *line)
{
    struct record *record = cable->record;
    struct bytes bytes = line_bytes(record->text, line);
    struct date date;
    if (line_is_captions(bytes)) {
        captions_note(record, bytes);
        record_span(record, SPAN_FURNITURE, line->start, line->end, bytes_make(NULL, 0));
        return;
    }
    if (cable->from.len == 0 && bytes_has_prefix(bytes, "FM "))
        cable->from = bytes_trim(bytes_slice(bytes, 3, bytes.len));
    bool is_date = line_date(bytes, &date);
    if (is_date && cable->date.year == 0)
        cable->date = date;
    record_span(record, SPAN_HEAD, line->start, line->end,
                bytes_from_string(is_date ? "date" : ""));
}

static void unlabelled_lines(struct cable *cable, uint32_t start, uint32_t end)
{
    struct bytes text = bytes_slice(cable->record->text, 0, end);
    struct line line;
    for (uint32_t at = start; line_read(text, at, &line); at = line.next)
        if (!line_is_empty(&line))
            unlabelled_line(cable, &line);
}

static void banner_fields(struct cable *cable)
{
    struct record *record = cable->record;
    const struct banner *banner = &cable->banner;
    if (!cable->has_banner) {
        record_anomaly(record, "no banner line");
        return;
    }
    record_span(record, SPAN_FURNITURE, cable->banner_start, cable->banner_end,
                bytes_make(NULL, 0));
    if (banner->is_noforn)
        captions_note(record, bytes_from_string("NOFORN"));
    if (banner->sections > 0)
        record_field(record, FIELD_SECTIONS, record_number(record, banner->sections));
}

static void class_field(struct cable *cable)
{
    struct record *record = cable->record;
    bool noforn = false;
    for (size_t i = 0; i < record->document->fields.count; i++) {
        const struct field *field = &record->document->fields.at[i];
        noforn |= field->name == FIELD_CAPTION && bytes_is(field->value, "NOFORN");
    }
    if (!cable->has_banner)
        return;
    const char *control = cable->banner.is_limited ? "//FOR OFFICIAL USE ONLY"
                          : noforn                 ? "//NOFORN"
                                                   : "";
    const char *printed = arena_print(record->arena, "%s%s", cable->banner.level, control);
    if (printed != NULL)
        record_field(record, FIELD_CLASS, bytes_from_string(printed));
}

/* What stands before the telegram's own banner is a date line of a press edition, or a preview of
 * the same telegram. */
static void before_banner(struct cable *cable)
{
    struct bytes before = bytes_trim(bytes_slice(cable->record->text, 0, cable->banner_start));
    struct date date;
    unlabelled_lines(cable, 0, cable->banner_start);
    if (before.len > PREVIEW_MIN && !line_date(before, &date))
        record_anomaly(cable->record, "a broken preview stands before the cable");
}

void cable_head_fields(struct cable *cable)
{
    before_banner(cable);
    banner_fields(cable);
    for (size_t i = 0; i < cable->piece_count; i++)
        if (cable->pieces[i].label == LABEL_NONE)
            unlabelled_lines(cable, cable->pieces[i].start, cable->pieces[i].end);
    if (cable->date.year == 0 && cable->has_banner) {
        struct date date;
        struct bytes line = bytes_slice(cable->record->text, cable->banner_start, 400);
        if (bytes_has_prefix(line, "Cable dated:") && line_date(line, &date))
            cable->date = date;
    }
    cable_identity(cable);
    for (size_t i = 0; i < cable->piece_count; i++)
        if (cable->pieces[i].label != LABEL_NONE)
            labelled_note(cable, &cable->pieces[i]);
    class_field(cable);
}

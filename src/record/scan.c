/* Texts of scanned records: "# name" and "## Page n" heads, record numbers, identification sheets.
 */
#include "mention/date.h"
#include "record/blocks.h"
#include "record/record.h"

enum { RECORD_NUMBER_LEN = 15, SHEET_MAX = 8192, NUMBER_NEAR = 400 };

static const struct bytes nothing = { NULL, 0 };

static bool are_digits(struct bytes text, size_t at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (at + i >= text.len || !is_digit(text.at[at + i]))
            return false;
    return true;
}

/* NNN-NNNNN-NNNNN exactly at `at`. */
static bool is_record_number(struct bytes text, size_t at)
{
    if (text.len < RECORD_NUMBER_LEN || at > text.len - RECORD_NUMBER_LEN)
        return false;
    return text.at[at + 3] == '-' && text.at[at + 9] == '-' && are_digits(text, at, 3) &&
           are_digits(text, at + 4, 5) && are_digits(text, at + 10, 5) &&
           !are_digits(text, at + 15, 1) && (at == 0 || !is_digit(text.at[at - 1]));
}

/* Lines that begin with "# " repeat the file's name: not what the record says of itself. */
static bool stands_in_name_line(struct bytes text, size_t at)
{
    size_t start = at;
    while (start > 0 && text.at[start - 1] != '\n' && at - start < 8)
        start--;
    return start < text.len && text.at[start] == '#';
}

static struct bytes record_number_from(struct bytes text, size_t from, size_t limit)
{
    for (size_t at = from; (at = bytes_find_byte(text, '-', at)) != SIZE_MAX && at < limit; at++)
        if (at >= 3 && is_record_number(text, at - 3) && !stands_in_name_line(text, at - 3))
            return bytes_slice(text, at - 3, RECORD_NUMBER_LEN);
    return nothing;
}

static bool is_page_head(struct bytes line, struct bytes *number)
{
    if (!bytes_has_prefix(line, "## Page "))
        return false;
    *number = bytes_trim(bytes_slice(line, 8, line.len));
    uint64_t page;
    return bytes_to_number(*number, &page);
}

/* A page head, a record number alone on its line, or the label of one, among the first lines. */
bool scan_is(struct bytes text)
{
    struct line line;
    struct bytes number;
    uint32_t at = 0;
    for (int i = 0; i < 40 && line_read(text, at, &line); i++, at = line.next) {
        struct bytes bytes = line_bytes(text, &line);
        if (is_page_head(bytes, &number) || bytes_has_prefix(bytes, "RECORD NUMBER"))
            return true;
        if (bytes.len == RECORD_NUMBER_LEN && is_record_number(bytes, 0))
            return true;
    }
    return false;
}

static void number_fields(struct record *record)
{
    struct bytes text = record->text;
    struct bytes number = nothing;
    size_t label = text_find_fold(text, "RECORD NUMBER", 0, SHEET_MAX);
    if (label != SIZE_MAX)
        number = record_number_from(text, label, label + NUMBER_NEAR);
    if (number.len == 0)
        number = record_number_from(text, 0, text.len);
    if (number.len > 0)
        record_field(record, FIELD_NUMBER, number);
    else if (record->stem.len >= RECORD_NUMBER_LEN && is_record_number(record->stem, 0))
        record_field_from(
            record, FIELD_NUMBER, BASIS_FILE_NAME,
            arena_copy(record->arena, bytes_slice(record->stem, 0, RECORD_NUMBER_LEN)),
            "from the file name");
}

/* Blanks and colons from `at` on are stepped over. */
static size_t behind_colon(struct bytes line, size_t at)
{
    while (at < line.len && (is_blank(line.at[at]) || line.at[at] == ':'))
        at++;
    return at;
}

/* "DATE", and a colon at most: what it labels stands below. A sheet's print date ("Date:") is not
 * the record's. */
static bool is_date_label(struct bytes line)
{
    return bytes_has_prefix(line, "DATE") && behind_colon(line, 4) == line.len;
}

/* "DATE: 07/29/1960" and nothing else on the line; below its label the date alone. */
static bool sheet_date(struct bytes line, bool is_below, struct date *date)
{
    if (!is_below && !bytes_has_prefix(line, "DATE"))
        return false;
    size_t label = is_below ? 0 : 4, at = behind_colon(line, label);
    size_t len = date_read(line, at, date);
    if ((!is_below && at == label) || len == 0 || at + len != line.len || date->day == 0)
        return false;
    if (date->two_digits && date->year >= 2000)
        date->year = (int16_t)(date->year - 100);
    return true;
}

static void date_field(struct record *record, const struct date *date)
{
    char printed[DATE_TEXT_MAX];
    size_t len = date_write(date, printed);
    record_field_copy(record, FIELD_DATE, bytes_make(printed, len));
}

struct scan {
    struct record *record;
    struct blocks blocks;
    uint32_t page_start;
    struct bytes page; /* the printed number of the open page */
    uint32_t pages;
    bool has_date;
    bool is_below_label; /* the last line was "DATE" alone, on the first page */
};

static void close_page(struct scan *scan, uint32_t at)
{
    if (scan->page.len > 0)
        record_span(scan->record, SPAN_PAGE, scan->page_start, at, scan->page);
}

/* Stamps that the archive laid on every page: "NW 66000 Docld:32105805 Page 1", "13-00000". */
static bool is_stamp(struct bytes line)
{
    if (bytes_is(line, "13-00000") || bytes_is(line, "---"))
        return true;
    if (line.len < 12 || line.len > 60 || line.at[0] != 'N')
        return false;
    return (text_find_fold(line, "DocId:", 0, 24) != SIZE_MAX ||
            text_find_fold(line, "Docld:", 0, 24) != SIZE_MAX) &&
           text_find_fold(line, "Page", 0, line.len) != SIZE_MAX;
}

static void scan_line(struct scan *scan, const struct line *line)
{
    struct record *record = scan->record;
    struct bytes bytes = line_bytes(record->text, line);
    struct bytes number;
    struct date date;
    if (is_page_head(bytes, &number)) {
        close_page(scan, line->from);
        scan->page_start = line->from;
        scan->page = number;
        scan->pages++;
        scan->is_below_label = false;
    } else if (!is_stamp(bytes) && !(line->from == 0 && bytes_has_prefix(bytes, "# "))) {
        blocks_text(&scan->blocks, line);
        if (!scan->has_date && line->from < SHEET_MAX &&
            sheet_date(bytes, scan->is_below_label, &date)) {
            scan->has_date = true;
            date_field(record, &date);
        }
        scan->is_below_label = scan->pages <= 1 && is_date_label(bytes);
        return;
    }
    record_span(record, SPAN_FURNITURE, line->start, line->end, nothing);
    blocks_furniture(&scan->blocks);
}

void scan_read(struct record *record)
{
    struct scan scan = { .record = record };
    struct line line;
    scan.blocks.record = record;
    scan.blocks.habits = BLOCKS_JOIN | BLOCKS_DOUBT;
    number_fields(record);
    for (uint32_t at = 0; line_read(record->text, at, &line); at = line.next) {
        if (line_is_empty(&line))
            blocks_blank(&scan.blocks);
        else
            scan_line(&scan, &line);
    }
    blocks_break(&scan.blocks);
    close_page(&scan, (uint32_t)record->text.len);
    if (scan.pages > 0)
        record_field(record, FIELD_PAGES, record_number(record, scan.pages));
}

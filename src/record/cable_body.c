#include "record/cable.h"

#include "record/blocks.h"
#include "record/marking.h"

enum { SIGNATURE_MAX = 32, NOTICE_LINE_MAX = 200, LATE_MARK_MAX = 24 };

struct body {
    struct cable *cable;
    struct record *record;
    struct blocks blocks;
    struct page_mark mark; /* the next page mark; start is UINT32_MAX when there are no more */
    uint32_t page_start;   /* where the page that is open began */
    uint32_t page;
    uint32_t end;     /* the signature begins here, or the text ends */
    bool in_new_head; /* behind a second banner, before its first paragraph */
};

static const struct bytes nothing = { NULL, 0 };

static void next_mark(struct body *body, uint32_t from)
{
    if (!page_mark_next(body->record->text, from, body->cable->banner.post, &body->mark))
        body->mark.start = UINT32_MAX;
}

static void close_page(struct body *body, uint32_t at, uint32_t page)
{
    if (body->page > 0 && at > body->page_start)
        record_span(body->record, SPAN_PAGE, body->page_start, at,
                    record_number(body->record, body->page));
    body->page_start = at;
    body->page = page;
}

/* Marks of pages within the line become furniture; what is left of the line goes on as text. */
static bool marks_in_line(struct body *body, struct line *line)
{
    bool found = false;
    while (body->mark.start < line->end) {
        struct page_mark mark = body->mark;
        record_span(body->record, SPAN_FURNITURE, mark.start, mark.end, nothing);
        if (mark.page != body->page)
            close_page(body, mark.start, mark.page);
        if (mark.start <= line->start)
            line->start = mark.end;
        else if (mark.end >= line->end)
            line->end = mark.start;
        while (line->start < line->end && is_blank(body->record->text.at[line->start]))
            line->start++;
        while (line->end > line->start && is_blank(body->record->text.at[line->end - 1]))
            line->end--;
        found = true;
        next_mark(body, mark.end);
    }
    return found;
}

/* "SUMMARY: (C)", "Comment (SBU):" - the mark stands behind the first word. */
static void late_mark(struct body *body, uint32_t at, uint32_t end)
{
    struct bytes text = body->record->text;
    uint32_t limit = end - at > LATE_MARK_MAX ? at + LATE_MARK_MAX : end;
    uint32_t open = at;
    while (open < limit &&
           (is_letter(text.at[open]) || text.at[open] == ' ' || text.at[open] == ':'))
        open++;
    if (open < limit && open > at + 3 && text.at[open] == '(')
        marking_span(body->record, open, open, end);
}

static void numbered_line(struct body *body, const struct line *line, struct bytes number,
                          size_t number_len)
{
    uint32_t behind = line->start + (uint32_t)number_len;
    uint32_t digits_end = (uint32_t)(number.at - body->record->text.at + (ptrdiff_t)number.len);
    uint32_t printed_end = digits_end;
    struct bytes text = body->record->text;
    if (printed_end < line->end && (text.at[printed_end] == '.' || text.at[printed_end] == ')'))
        printed_end++;
    blocks_break(&body->blocks);
    uint32_t start = marking_span(body->record, line->start, printed_end, line->end);
    if (start == printed_end) {
        start = behind;
        late_mark(body, start, line->end);
    }
    blocks_numbered(&body->blocks, line, number, start);
    body->in_new_head = false;
}

/* A heading run into one line with its underline: "PRESS ON TRIAL ----------- ---". */
static bool underlined_line(struct body *body, const struct line *line)
{
    struct bytes text = body->record->text;
    uint32_t at = line->end;
    while (at > line->start && (text.at[at - 1] == '-' || text.at[at - 1] == ' '))
        at--;
    if (line->end - at < 8 || at == line->start || at - line->start > 160)
        return false;
    struct line title = { line->from, line->start, at, at };
    struct line rule = { at, at + 1, line->end, line->next };
    blocks_break(&body->blocks);
    blocks_text(&body->blocks, &title);
    blocks_rule(&body->blocks, &rule);
    return true;
}

/* Section banners, old page lines, captions under them. A banner that is no later section begins
 * another head. */
static bool furniture_line(struct body *body, struct line *line)
{
    struct record *record = body->record;
    struct bytes bytes = line_bytes(record->text, line);
    struct banner banner;
    size_t len = old_page_len(bytes);
    bool is_banner = len == 0 && bytes.len > 8 && bytes.len < 120 && banner_read(bytes, &banner) &&
                     (banner.post.len > 0 || bytes.len < 26) && !banner.is_glued &&
                     banner.level != NULL;
    if (is_banner && banner.post.len == 0 && bytes.len != banner.len)
        is_banner = false;
    if (is_banner)
        len = bytes.len;
    else if (len == 0 && (bytes_has_prefix(bytes, "SIPDIS") || body->blocks.crossed) &&
             line_is_captions(bytes))
        len = bytes.len;
    if (len == 0)
        return false;
    record_span(record, SPAN_FURNITURE, line->start, line->start + (uint32_t)len, nothing);
    blocks_furniture(&body->blocks);
    if (is_banner && banner.post.len > 0 && banner.section <= 1) {
        blocks_break(&body->blocks);
        body->in_new_head = true;
        bool is_same = banner.serial == body->cable->banner.serial;
        record_anomaly(record, "%s begins inside: %.*s %llu",
                       is_same ? "the same cable" : "another cable", (int)(banner.post.len % 64),
                       (const char *)banner.post.at, (unsigned long long)banner.serial);
    }
    line->start += (uint32_t)len;
    while (line->start < line->end && is_blank(record->text.at[line->start]))
        line->start++;
    return true;
}

static bool new_head_line(struct body *body, const struct line *line)
{
    size_t value;
    if (!body->in_new_head)
        return false;
    enum cable_label label = label_read(line_bytes(body->record->text, line), &value);
    if (label == LABEL_NONE)
        return false;
    blocks_break(&body->blocks);
    record_span(body->record, SPAN_HEAD, line->start, line->end, nothing);
    return true;
}

static void body_line(struct body *body, struct line *line)
{
    struct record *record = body->record;
    struct bytes number;
    bool found = marks_in_line(body, line);
    found |= !line_is_empty(line) && furniture_line(body, line);
    if (line_is_empty(line)) {
        if (found)
            blocks_furniture(&body->blocks);
        else
            blocks_blank(&body->blocks);
        return;
    }
    struct bytes bytes = line_bytes(record->text, line);
    size_t len = paragraph_number(bytes, &number);
    if (len > 0) {
        numbered_line(body, line, number, len);
    } else if (line_is_rule(bytes)) {
        blocks_rule(&body->blocks, line);
    } else if (!new_head_line(body, line) &&
               (bytes.at[bytes.len - 1] != '-' || !underlined_line(body, line))) {
        blocks_text(&body->blocks, line);
    }
}

static bool is_signature_word(struct bytes name)
{
    static const char *const others[] = { "END",          "COMMENT",      "SUMMARY", "BT",
                                          "NNNN",         "TEXT",         "SIPDIS",  "SECRET",
                                          "UNCLASSIFIED", "CONFIDENTIAL", "SBU",     "NOTE" };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        if (text_find_fold(name, others[i], 0, name.len) == 0)
            return false;
    return true;
}

/* One to three words of letters, the first with a capital; `capitals` asks for capitals throughout.
 */
static bool is_signature(struct bytes name, bool capitals)
{
    size_t words = 1, lowers = 0;
    if (name.len < 2 || name.len > SIGNATURE_MAX || !is_upper(name.at[0]))
        return false;
    for (size_t i = 0; i < name.len; i++) {
        words += name.at[i] == ' ';
        lowers += is_lower(name.at[i]);
        if (!is_letter(name.at[i]) && name.at[i] < 0x80 && strchr(" '-.,", name.at[i]) == NULL)
            return false;
    }
    bool is_caps =
        lowers == 0 || (lowers <= 2 && name.len > 4 && bytes_has_prefix_fold(name, "MC"));
    return words <= 3 && (is_caps || (!capitals && words == 1 && name.at[name.len - 1] != '.')) &&
           is_signature_word(name);
}

static bool last_line(struct bytes text, uint32_t low, struct line *line)
{
    uint32_t end = (uint32_t)text.len;
    while (end > low && (is_blank(text.at[end - 1]) || text.at[end - 1] == '\n'))
        end--;
    uint32_t start = end;
    while (start > low && text.at[start - 1] != '\n')
        start--;
    return end > start && line_read(text, start, line);
}

/* The name on the last line, or behind the last sentence of a text without line breaks. */
static void signature(struct body *body)
{
    struct record *record = body->record;
    struct line line;
    body->end = (uint32_t)record->text.len;
    if (!last_line(record->text, body->cable->body, &line) || line.start == body->cable->body)
        return;
    struct bytes bytes = line_bytes(record->text, &line);
    uint32_t start = line.start;
    if (!is_signature(bytes, false)) {
        size_t low = bytes.len > SIGNATURE_MAX ? bytes.len - SIGNATURE_MAX : 0;
        size_t at = bytes.len;
        while (at > low && strchr(".!?)\"", bytes.at[at - 1]) == NULL)
            at--;
        struct bytes tail = bytes_trim(bytes_slice(bytes, at, bytes.len));
        if (at == low || !is_signature(tail, true))
            return;
        bytes = tail;
        start = (uint32_t)(tail.at - record->text.at);
    }
    record_field(record, FIELD_SIGNATURE, bytes);
    record_span(record, SPAN_HEAD, start, start + (uint32_t)bytes.len,
                bytes_from_string("signature"));
    body->end = start;
}

/* Transport notices: a section that never came, an extract. */
static void notices(struct record *record)
{
    struct bytes text = record->text;
    size_t at = text_find_fold(text, "partial extract of the original", 0, 8192);
    if (at != SIZE_MAX)
        record_anomaly(record, "a partial extract: the full text is not here");
    const uint8_t *hit;
    for (at = 0;
         at < text.len && (hit = memmem(text.at + at, text.len - at, "MISSING", 7)) != NULL;) {
        size_t found = (size_t)(hit - text.at);
        size_t low = found > 80 ? found - 80 : 0;
        if (text_find_fold(text, "SECTION", low, found + 80) != SIZE_MAX) {
            record_anomaly(record, "a notice says that a section is missing");
            return;
        }
        at = found + 7;
    }
}

/* A classifier's line that stands as the first paragraph. */
static void classified_in_body(struct cable *cable)
{
    struct record *record = cable->record;
    if (field_list_find(&record->document->fields, FIELD_CLASSIFIED_BY) != NULL)
        return;
    uint32_t limit =
        record->text.len - cable->body > 600 ? cable->body + 600 : (uint32_t)record->text.len;
    size_t at = text_find_fold(record->text, "classified by", cable->body, limit);
    if (at == SIZE_MAX || (at > cable->body + 80 && !is_upper(record->text.at[at])))
        return;
    size_t from = at + strlen("classified by");
    while (from < limit && (record->text.at[from] == ':' || is_blank(record->text.at[from])))
        from++;
    struct bytes value = bytes_slice(record->text, from, limit - from);
    size_t blank = bytes_find(value, bytes_from_string("\n\n"), 0);
    record_field(record, FIELD_CLASSIFIED_BY,
                 record_squeezed(record, bytes_slice(value, 0, blank < 300 ? blank : 300)));
}

void cable_body(struct cable *cable)
{
    struct record *record = cable->record;
    struct body body = { .cable = cable, .record = record };
    body.blocks.record = record;
    body.blocks.habits = BLOCKS_JOIN | BLOCKS_HEADINGS | BLOCKS_MARKINGS;
    body.page_start = cable->banner_start;
    body.page = cable->banner.sections > 0 ? 1 : 0;
    signature(&body);
    next_mark(&body, cable->body);
    struct bytes text = bytes_slice(record->text, 0, body.end);
    struct line line;
    for (uint32_t at = cable->body; line_read(text, at, &line); at = line.next) {
        if (line_is_empty(&line))
            blocks_blank(&body.blocks);
        else
            body_line(&body, &line);
    }
    blocks_blank(&body.blocks);
    blocks_break(&body.blocks);
    close_page(&body, (uint32_t)record->text.len, 0);
    classified_in_body(cable);
    withheld_spans(record, 0);
    notices(record);
}

/* Page marks among the head's lines. */
static void marks_in_head(struct cable *cable)
{
    struct page_mark mark;
    struct bytes head = bytes_slice(cable->record->text, 0, cable->body);
    for (uint32_t at = 0; page_mark_next(head, at, cable->banner.post, &mark); at = mark.end)
        record_span(cable->record, SPAN_FURNITURE, mark.start, mark.end, nothing);
}

void cable_read(struct record *record)
{
    struct cable cable = { .record = record };
    cable_divide(&cable);
    cable_head_fields(&cable);
    marks_in_head(&cable);
    cable_body(&cable);
}

/* E-mail as the State Department released it: banners, release marks, margin codes, and the chain
 * of messages inside. */
#include "mention/date.h"
#include "record/blocks.h"
#include "record/email_head.h"
#include "record/exemption.h"

enum { RELEASE_LINES = 40, RELEASE_NEAR = 3, CONTINUED_INDENT = 8, EMAIL_LOOK = 1 << 20 };

static const struct bytes nothing = { NULL, 0 };

struct email {
    struct record *record;
    struct blocks blocks;
    unsigned heads; /* headers begun so far */
    enum email_label
        label;     /* the label that the header's last line had, EMAIL_NONE outside a header */
    bool head_gap; /* a blank line inside the header */
    bool has_voice;
    uint32_t voice_start;
    struct bytes voice;
    uint32_t marker; /* where the last marker stands, when nothing but blank lines stood behind it;
                        else UINT32_MAX */
    unsigned lines;  /* lines with something on them */
    unsigned release_line; /* which line the mark stands on */
    bool release_open;     /* the release mark is not yet complete, or its codes may follow */
    bool has_release;
    bool last_was_banner;
};

bool email_is(struct bytes text)
{
    struct bytes look = bytes_slice(text, 0, EMAIL_LOOK);
    return bytes_find(look, bytes_from_string("Doc No. C0"), 0) != SIZE_MAX &&
           bytes_find(look, bytes_from_string("Case No. F-"), 0) != SIZE_MAX;
}

static void field_behind(struct record *record, enum field_name name, const char *label)
{
    struct bytes text = bytes_slice(record->text, 0, EMAIL_LOOK);
    size_t at = bytes_find(text, bytes_from_string(label), 0);
    if (at == SIZE_MAX)
        return;
    at += strlen(label) - 1;
    while (at > 0 && !is_blank(text.at[at - 1]))
        at--;
    size_t end = at;
    while (end < text.len &&
           (is_letter(text.at[end]) || is_digit(text.at[end]) || text.at[end] == '-'))
        end++;
    record_field(record, name, bytes_slice(text, at, end - at));
}

static void close_voice(struct email *email, uint32_t at)
{
    if (email->has_voice && at > email->voice_start)
        record_span(email->record, SPAN_VOICE, email->voice_start, at, email->voice);
    email->has_voice = false;
}

static void open_voice(struct email *email, uint32_t at, struct bytes name)
{
    close_voice(email, email->marker < at ? email->marker : at);
    email->has_voice = true;
    email->voice_start = at;
    email->voice = name;
}

static void people_note(struct record *record, enum field_name field, struct bytes value)
{
    for (size_t at = 0; at < value.len;) {
        size_t end = bytes_find_byte(value, ';', at);
        if (end == SIZE_MAX)
            end = value.len;
        record_field(record, field, bytes_slice(value, at, end - at));
        at = end + 1;
    }
}

static void sent_note(struct record *record, struct bytes value)
{
    struct date date;
    char printed[DATE_TEXT_MAX];
    size_t at = 0;
    record_field(record, FIELD_SENT, value);
    if (date_find(bytes_slice(value, 0, 120), &at, &date) == 0 || date.day == 0)
        return;
    size_t len = date_write(&date, printed);
    record_field_copy(record, FIELD_DATE, bytes_make(printed, len));
}

static void head_field(struct email *email, enum email_label label, struct bytes value)
{
    struct record *record = email->record;
    enum field_name field = email_field(label);
    if (email->heads != 1 || field == FIELD_NAMES)
        return;
    bool is_people = field == FIELD_TO || field == FIELD_CC;
    if (is_people)
        people_note(record, field, value);
    else if (field_list_find(&record->document->fields, field) != NULL)
        return;
    else if (field == FIELD_SENT)
        sent_note(record, value);
    else
        record_field(record, field, value);
}

static void head_line(struct email *email, const struct line *line, enum email_label label,
                      struct bytes value)
{
    enum field_name field = email_field(label);
    const char *word = field == FIELD_NAMES ? "" : field_word(field);
    blocks_break(&email->blocks);
    record_span(email->record, SPAN_HEAD, line->start, line->end, bytes_from_string(word));
    head_field(email, label, value);
    email->label = label;
    email->head_gap = false;
}

/* A line of addresses under To or Cc. */
static bool is_continued(const struct email *email, const struct line *line)
{
    if (email->head_gap ||
        (email->label != EMAIL_TO && email->label != EMAIL_CC && email->label != EMAIL_BCC))
        return false;
    struct bytes bytes = line_bytes(email->record->text, line);
    return line->start - line->from >= CONTINUED_INDENT ||
           bytes_find_byte(bytes, '@', 0) != SIZE_MAX || bytes_find_byte(bytes, ';', 0) != SIZE_MAX;
}

/* True when the line belongs to a header. */
static bool head_read(struct email *email, const struct line *line)
{
    struct bytes text = email->record->text, value;
    enum email_label label = email_label(line_bytes(text, line), &value);
    bool begins = label == EMAIL_FROM && email_head_begins(text, line->from);
    if (begins) {
        email->heads++;
        open_voice(email, line->start, value);
        head_line(email, line, label, value);
        return true;
    }
    if (email->label == EMAIL_NONE)
        return false;
    if (label != EMAIL_NONE &&
        !(email->head_gap && email->label >= EMAIL_SUBJECT && label < EMAIL_SUBJECT)) {
        head_line(email, line, label, value);
        return true;
    }
    if (is_continued(email, line)) {
        head_line(email, line, email->label, line_bytes(text, line));
        return true;
    }
    email->label = EMAIL_NONE;
    return false;
}

static void exemptions_note(struct record *record, struct bytes codes)
{
    size_t at = 0;
    for (struct bytes code = exemption_next(codes, &at); code.len > 0;
         code = exemption_next(codes, &at)) {
        bool is_known = false;
        for (size_t i = 0; i < record->document->fields.count && !is_known; i++) {
            const struct field *field = &record->document->fields.at[i];
            is_known = field->name == FIELD_EXEMPTION && bytes_equal(field->value, code);
        }
        if (!is_known && record->document->fields.count < 200)
            record_field(record, FIELD_EXEMPTION, code);
    }
}

/* What follows RELEASE IN: FULL or PART, codes behind; on the same line or further down. */
static void release_words(struct email *email, struct bytes rest)
{
    static const char *const marks[][2] = { { "FULL", "RELEASE IN FULL" },
                                            { "PART", "RELEASE IN PART" } };
    for (size_t i = 0; i < 2; i++) {
        size_t at = bytes_find(rest, bytes_from_string(marks[i][0]), 0);
        if (at == SIZE_MAX || email->has_release)
            continue;
        email->has_release = true;
        record_field(email->record, FIELD_RELEASE, bytes_from_string(marks[i][1]));
        rest = bytes_slice(rest, at + 4, rest.len);
    }
    exemptions_note(email->record, rest);
}

/* The second half of a mark that was broken: "IN PART B6", "FULL". */
static size_t release_word(struct bytes line)
{
    static const char *const words[] = { "IN PART", "IN FULL", "PART", "FULL" };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t at = bytes_find(line, bytes_from_string(words[i]), 0);
        if (at != SIZE_MAX && (at == 0 || line.at[at - 1] == ' '))
            return at;
    }
    return SIZE_MAX;
}

/* Cuts the release mark, or its codes, off the line. Answers whether there were any. */
static bool release_take(struct email *email, struct line *line)
{
    struct record *record = email->record;
    struct bytes bytes = line_bytes(record->text, line);
    if (email->lines > RELEASE_LINES || email->heads > 0)
        return false;
    if (email->lines > email->release_line + RELEASE_NEAR)
        email->release_open = false;
    size_t at = bytes_find(bytes, bytes_from_string("RELEASE IN"), 0);
    size_t denied =
        at == SIZE_MAX ? bytes_find(bytes, bytes_from_string("DENIED IN FULL"), 0) : SIZE_MAX;
    struct bytes rest = bytes;
    if (denied != SIZE_MAX) {
        record_field(record, FIELD_RELEASE, bytes_from_string("DENIED IN FULL"));
        at = denied;
        email->has_release = true;
        rest = bytes_slice(bytes, at + 14, bytes.len);
    } else if (at != SIZE_MAX) {
        rest = bytes_slice(bytes, at + 10, bytes.len);
    } else if (bytes.len >= 7 && bytes_is(bytes_slice(bytes, bytes.len - 7, 7), "RELEASE")) {
        at = bytes.len - 7;
        rest = nothing;
    } else if (email->release_open && !email->has_release) {
        at = release_word(bytes);
        if (at == SIZE_MAX)
            return false;
        rest = bytes_slice(bytes, at, bytes.len);
    } else if (email->release_open && is_exemptions(bytes)) {
        at = 0;
    } else {
        return false;
    }
    email->release_open = true;
    email->release_line = email->lines;
    release_words(email, rest);
    record_span(record, SPAN_FURNITURE, line->start + (uint32_t)at, line->end, nothing);
    line->end = line->start + (uint32_t)at;
    while (line->end > line->start && is_blank(record->text.at[line->end - 1]))
        line->end--;
    return true;
}

static void margin_note(struct email *email, struct bytes code)
{
    uint32_t at = (uint32_t)(code.at - email->record->text.at);
    record_span(email->record, SPAN_FURNITURE, at, at + (uint32_t)code.len, nothing);
    record_span(email->record, SPAN_WITHHELD, at, at + (uint32_t)code.len, code);
    exemptions_note(email->record, code);
}

/* "Classified by DAS, A/GIS, DoS on 08/31/2015 ~ Class: CONFIDENTIAL" */
static void stamp_take(struct email *email, struct line *line)
{
    static const char *const levels[] = { "TOP SECRET", "SECRET", "CONFIDENTIAL" };
    struct record *record = email->record;
    struct bytes bytes = line_bytes(record->text, line);
    size_t at = bytes_find(bytes, bytes_from_string("Classified by DAS"), 0);
    if (at == SIZE_MAX)
        return;
    uint32_t start = line->start + (uint32_t)at;
    bytes = bytes_slice(bytes, at, bytes.len);
    if (field_list_find(&record->document->fields, FIELD_CLASSIFIED_BY) == NULL) {
        record_field(record, FIELD_CLASSIFIED_BY,
                     record_squeezed(record, bytes_slice(bytes, 14, 300)));
        for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
            if (bytes_find(bytes, bytes_from_string(levels[i]), 0) != SIZE_MAX) {
                record_field(record, FIELD_CLASS, bytes_from_string(levels[i]));
                break;
            }
    }
    record_span(record, SPAN_FURNITURE, start, line->end, nothing);
    line->end = start;
    while (line->end > line->start && is_blank(record->text.at[line->end - 1]))
        line->end--;
}

static bool banner_take(struct email *email, const struct line *line)
{
    struct bytes bytes = line_bytes(email->record->text, line), value;
    struct date date;
    bool is_banner =
        is_release_banner(bytes) ||
        (email->last_was_banner && bytes_has_prefix(bytes, "U.S. Department of State"));
    if (!is_banner && email->last_was_banner && email_label(bytes, &value) == EMAIL_SENT &&
        value.len >= 8)
        is_banner = is_digit(value.at[0]) && date_read(value, 0, &date) > 0;
    email->last_was_banner = is_banner;
    if (is_banner)
        record_span(email->record, SPAN_FURNITURE, line->start, line->end, nothing);
    return is_banner;
}

static void text_line(struct email *email, const struct line *line)
{
    struct record *record = email->record;
    struct bytes bytes = line_bytes(record->text, line);
    if (is_original_marker(bytes)) {
        blocks_break(&email->blocks);
        record_span(record, SPAN_HEAD, line->start, line->end, nothing);
        email->marker = line->start;
        email->label = EMAIL_NONE;
        return;
    }
    if (!head_read(email, line)) {
        struct bytes name = wrote_name(bytes);
        if (name.len > 0) {
            open_voice(email, line->next, name);
            blocks_break(&email->blocks);
        }
        blocks_text(&email->blocks, line);
    }
    email->marker = UINT32_MAX;
}

static void email_line(struct email *email, struct line *line)
{
    email->lines++;
    struct bytes code = nothing;
    bool is_release = release_take(email, line);
    if (!is_release)
        code = margin_take(email->record->text, line);
    if (code.len > 0)
        margin_note(email, code);
    stamp_take(email, line);
    if (line_is_empty(line) || banner_take(email, line)) {
        blocks_furniture(&email->blocks);
        return;
    }
    text_line(email, line);
}

/* A form feed ends a page; what stands behind the last is a page only if it is not blank. */
static void pages(struct record *record)
{
    struct bytes text = record->text;
    uint64_t count = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = bytes_find_byte(text, '\f', at);
        if (end == SIZE_MAX)
            end = text.len;
        if (end < text.len || bytes_trim(bytes_slice(text, at, end - at)).len > 0)
            record_span(record, SPAN_PAGE, (uint32_t)at, (uint32_t)end,
                        record_number(record, ++count));
        at = end + 1;
    }
    if (count > 0)
        record_field(record, FIELD_PAGES, record_number(record, count));
}

void email_read(struct record *record)
{
    struct email email = { .record = record, .marker = UINT32_MAX };
    email.blocks.record = record;
    email.blocks.habits = BLOCKS_PLAIN;
    field_behind(record, FIELD_NUMBER, "Doc No. C0");
    field_behind(record, FIELD_CASE, "Case No. F-");
    struct line line;
    for (uint32_t at = 0; line_read(record->text, at, &line); at = line.next) {
        if (line_is_empty(&line)) {
            blocks_blank(&email.blocks);
            email.head_gap = true;
        } else {
            email_line(&email, &line);
        }
    }
    blocks_break(&email.blocks);
    close_voice(&email, (uint32_t)record->text.len);
    if (field_list_find(&record->document->fields, FIELD_CLASS) == NULL)
        record_field(record, FIELD_CLASS, bytes_from_string("UNCLASSIFIED"));
    pages(record);
}

/* rtf.c - Rich Text Format (specification 1.9.1), control word by control word. */
#include "readers/rtf.h"

#include "base/scoped.h"
#include "readers/rtf_reader.h"
#include "readers/text_reader.h"
#include "readers/warm.h"
#include "text/charset.h"
#include "text/utf8.h"

/* What is converted in one go is short; files larger than this are read to here. */
enum { RTF_MAX = 64 << 20, GUESS_ROOM = 32 };

static struct office_text *side_text(struct rtf *rtf, enum rtf_aim aim)
{
    return aim < RTF_TITLE ? &rtf->office.sides[aim] : NULL;
}

/* The text of deleted and hidden runs goes aside. */
static enum rtf_aim aim_of(const struct rtf_group *group)
{
    if (group->aim > RTF_NOTE_LAST)
        return group->aim;
    if (group->is_deleted)
        return (enum rtf_aim)OFFICE_DELETED;
    return group->is_hidden ? (enum rtf_aim)OFFICE_HIDDEN : group->aim;
}

static void append_value(struct rtf *rtf, struct bytes *to, struct bytes text)
{
    char *joined = arena_print(rtf->office.arena, "%.*s%.*s", (int)to->len, (const char *)to->at,
                               (int)text.len, (const char *)text.at);
    if (joined && to->len < RTF_VALUE_MAX)
        *to = bytes_from_string(joined);
}

/* A run of inserted text grows while nothing else comes between. */
static void mark_inserted(struct rtf *rtf, struct office_text *text, size_t start)
{
    struct span *last = text->spans.count > 0 ? &text->spans.at[text->spans.count - 1] : NULL;
    if (last && last->kind == SPAN_INSERTED && last->end == start) {
        last->end = (uint32_t)text->text.len;
        return;
    }
    rtf->office.inserted++;
    office_text_span(text, SPAN_INSERTED, start, (struct bytes){ 0 });
}

static void close_deleted(struct rtf *rtf)
{
    struct office_text *deleted = &rtf->office.sides[OFFICE_DELETED];
    rtf->office.deleted += deleted->is_open;
    office_paragraph_end(deleted, SPAN_DELETED, (struct bytes){ 0 });
}

static void place_text(struct rtf *rtf, struct bytes text)
{
    const struct rtf_group *group = rtf_group(rtf);
    enum rtf_aim aim = aim_of(group);
    struct office_text *to = side_text(rtf, aim);
    if (aim != (enum rtf_aim)OFFICE_DELETED && aim < RTF_TITLE)
        close_deleted(rtf);
    if (aim == RTF_TITLE)
        append_value(rtf, &rtf->office.title, text);
    if (aim == RTF_AUTHOR)
        append_value(rtf, &rtf->office.author, text);
    if (!to)
        return;
    if (rtf->end_is_due && aim == RTF_BODY) {
        rtf->end_is_due = false;
        office_paragraph_end(to, SPAN_PARAGRAPH, (struct bytes){ 0 });
    }
    size_t start = to->text.len;
    office_text_append(to, text);
    if (group->is_inserted && !group->is_deleted)
        mark_inserted(rtf, to, start);
}

/* Signs of several bytes may be written as an escape and a letter: bytes are gathered until
 * something else comes. */
void rtf_flush(struct rtf *rtf)
{
    struct charset_guess guess;
    struct fault fault;
    struct bytes raw = buffer_bytes(&rtf->raw);
    if (raw.len == 0)
        return;
    const char *charset = rtf_group(rtf)->charset ? rtf_group(rtf)->charset : rtf->charset;
    buffer_clear(&rtf->text);
    if (text_is_ascii(raw))
        buffer_append_bytes(&rtf->text, raw);
    else if (charset_to_utf8(raw, charset, &rtf->text, &guess, &fault) != OK)
        utf8_repair(raw, &rtf->text);
    place_text(rtf, buffer_bytes(&rtf->text));
    buffer_clear(&rtf->raw);
}

void rtf_byte(struct rtf *rtf, uint8_t byte)
{
    if (rtf->to_skip > 0)
        rtf->to_skip--;
    else if (rtf_group(rtf)->aim != RTF_NOWHERE)
        buffer_u8(&rtf->raw, byte);
}

void rtf_words(struct rtf *rtf, const char *words)
{
    rtf_flush(rtf);
    rtf->to_skip = 0;
    place_text(rtf, bytes_from_string(words));
}

/* UTF-16 units; the signs that follow for older programs are passed over. */
void rtf_unicode(struct rtf *rtf, int unit)
{
    uint8_t encoded[4];
    uint32_t code = (uint32_t)unit & 0xFFFF;
    rtf_flush(rtf);
    rtf->to_skip = rtf_group(rtf)->fallback;
    if (code >= 0xD800 && code < 0xDC00) {
        rtf->high = code;
        return;
    }
    if (code >= 0xDC00 && code < 0xE000)
        code = rtf->high ? 0x10000 + ((rtf->high - 0xD800) << 10) + (code - 0xDC00) : 0xFFFD;
    rtf->high = 0;
    place_text(rtf, bytes_make(encoded, utf8_encode(code, encoded)));
}

void rtf_paragraph_end(struct rtf *rtf)
{
    static const enum span_kind marks[OFFICE_SIDES] = {
        [OFFICE_BODY] = SPAN_PARAGRAPH,      [OFFICE_BOXES] = SPAN_PARAGRAPH,
        [OFFICE_FOOTNOTES] = SPAN_PARAGRAPH, [OFFICE_ENDNOTES] = SPAN_PARAGRAPH,
        [OFFICE_COMMENTS] = SPAN_NOTE,       [OFFICE_DELETED] = SPAN_DELETED,
        [OFFICE_HIDDEN] = SPAN_NOTE,         [OFFICE_EDGES] = SPAN_FURNITURE,
    };
    rtf_flush(rtf);
    enum rtf_aim aim = rtf_group(rtf)->aim;
    struct office_text *text = side_text(rtf, aim);
    if (!text)
        return;
    if (rtf_group(rtf)->is_deleted)
        return;
    rtf->end_is_due = rtf->is_in_table && aim == RTF_BODY;
    if (rtf->end_is_due)
        return;
    close_deleted(rtf);
    office_paragraph_end(&rtf->office.sides[OFFICE_HIDDEN], SPAN_NOTE, (struct bytes){ 0 });
    if (!text->is_open)
        office_paragraph_begin(text);
    enum span_kind mark = marks[aim];
    office_paragraph_end(text, mark == SPAN_PARAGRAPH && rtf->is_heading ? SPAN_HEADING : mark,
                         (struct bytes){ 0 });
}

static bool is_letter(uint8_t byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

static int hex_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9'                     ? byte - '0'
           : (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f' ? (byte | 0x20) - 'a' + 10
                                                          : -1;
}

static void read_escape(struct rtf *rtf, struct cursor *in)
{
    int high = hex_digit(cursor_u8(in)), low = hex_digit(cursor_u8(in));
    if (high >= 0 && low >= 0 && !in->bad)
        rtf_byte(rtf, (uint8_t)(high << 4 | low));
}

/* A control word: letters, a number with its sign, and one blank that belongs to it. */
static void read_word(struct rtf *rtf, struct cursor *in)
{
    struct rtf_word word = { 0 };
    size_t len = 0;
    while (cursor_left(in) > 0 && is_letter(*in->at) && len < sizeof word.name - 1)
        word.name[len++] = (char)cursor_u8(in);
    bool is_negative = cursor_left(in) > 0 && *in->at == '-';
    if (is_negative)
        cursor_u8(in);
    while (cursor_left(in) > 0 && *in->at >= '0' && *in->at <= '9') {
        int digit = cursor_u8(in) - '0';
        word.number = word.number < 100000000 ? word.number * 10 + digit : word.number;
        word.has_number = true;
    }
    word.number = is_negative ? -word.number : word.number;
    if (cursor_left(in) > 0 && *in->at == ' ')
        cursor_u8(in);
    if (strcmp(word.name, "bin") == 0 && word.number > 0)
        cursor_bytes(in,
                     (size_t)word.number < cursor_left(in) ? (size_t)word.number : cursor_left(in));
    else
        rtf_obey(rtf, &word);
}

static void read_control(struct rtf *rtf, struct cursor *in)
{
    if (cursor_left(in) == 0)
        return;
    if (is_letter(*in->at)) {
        read_word(rtf, in);
        return;
    }
    uint8_t sign = cursor_u8(in);
    if (sign == '\'')
        read_escape(rtf, in);
    else if (sign == '*')
        rtf_group(rtf)->is_optional = true;
    else if (sign == '~')
        rtf_words(rtf, "\xc2\xa0");
    else if (sign == '_')
        rtf_words(rtf, "-");
    else if (sign == '\n' || sign == '\r')
        rtf_paragraph_end(rtf);
    else if (sign == '\\' || sign == '{' || sign == '}')
        rtf_byte(rtf, sign);
}

static void open_group(struct rtf *rtf)
{
    rtf_flush(rtf);
    rtf->to_skip = 0;
    if (rtf->depth == RTF_DEPTH_MAX) {
        rtf->over++;
        rtf->has_overflowed = true;
        return;
    }
    rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
    rtf->groups[++rtf->depth].is_optional = false;
    rtf->groups[rtf->depth].is_new = true;
}

static void close_group(struct rtf *rtf)
{
    rtf_flush(rtf);
    rtf->to_skip = 0;
    if (rtf->over > 0) {
        rtf->over--;
        return;
    }
    if (rtf->depth == 0)
        return;
    enum rtf_aim aim = rtf_group(rtf)->aim;
    bool ends_side = aim != rtf->groups[rtf->depth - 1].aim && side_text(rtf, aim);
    if (ends_side && side_text(rtf, aim)->is_open)
        rtf_paragraph_end(rtf);
    rtf->depth--;
}

static void read_all(struct rtf *rtf, struct bytes raw)
{
    struct cursor in = cursor_from_bytes(raw);
    while (cursor_left(&in) > 0) {
        uint8_t byte = cursor_u8(&in);
        if (byte == '\\')
            read_control(rtf, &in);
        else if (byte == '{')
            open_group(rtf);
        else if (byte == '}')
            close_group(rtf);
        else if (byte != '\r' && byte != '\n' && byte != 0)
            rtf_byte(rtf, byte);
        if (byte != '{' && byte != '\\')
            rtf_group(rtf)->is_new = false;
    }
    rtf_flush(rtf);
    if (rtf->depth > 0)
        office_note_trouble(&rtf->office, "the file is cut short", "");
    while (rtf->depth > 0)
        close_group(rtf);
    close_deleted(rtf);
    office_paragraph_end(&rtf->office.sides[OFFICE_HIDDEN], SPAN_NOTE, (struct bytes){ 0 });
    office_paragraph_end(&rtf->office.sides[OFFICE_BODY], SPAN_PARAGRAPH, (struct bytes){ 0 });
}

static enum status read_document(struct rtf *rtf, const struct reader_input *input,
                                 struct sink *sink, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer raw = { 0 };
    TRY(reader_input_read(input, 0, RTF_MAX, &raw, fault));
    if (input->len > RTF_MAX) {
        office_note_trouble(&rtf->office, "only the first 64 MiB were read", "");
        sink->unread = input->len - RTF_MAX;
    }
    read_all(rtf, buffer_bytes(&raw));
    if (rtf->has_overflowed)
        office_note_trouble(&rtf->office, "groups nested more than 200 deep", "");
    TRY(buffer_check(&rtf->raw, fault));
    TRY(buffer_check(&rtf->text, fault));
    return office_send(&rtf->office, input, sink, fault);
}

static enum status rtf_read(const struct reader_input *input, struct sink *sink,
                            struct arena *arena, struct fault *fault)
{
    if (input->len == 0)
        return text_send_empty(sink, KIND_TEXT, fault);
    struct rtf *rtf = arena_alloc(arena, sizeof *rtf);
    if (!rtf)
        return no_memory(fault);
    rtf->office.arena = arena;
    rtf->charset = "windows-1252";
    rtf->groups[0].fallback = 1;
    enum status answer = read_document(rtf, input, sink, fault);
    office_release(&rtf->office);
    buffer_release(&rtf->raw);
    buffer_release(&rtf->text);
    return answer;
}

static enum status rtf_warm(struct fault *fault)
{
    return warm_over(rtf_read,
                     bytes_from_string("{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset204 A;}}\\f0 Sulaco "
                                       "\\'e4\\'e0\\u8212?{\\footnote note}\\par}"),
                     fault);
}

const struct reader rtf_reader = {
    .format = FORMAT_RTF, .name = "rtf", .read = rtf_read, .warm = rtf_warm
};

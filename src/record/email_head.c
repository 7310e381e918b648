#include "record/email_head.h"

#include "record/exemption.h"

enum {
    MARGIN_COLUMN = 90,
    NARROW_COLUMN = 70,
    NARROW_GAP = 8,
    HEAD_LINES_MAX = 8,
    MARKER_MAX = 60
};

static const struct {
    const char *word;
    enum email_label label;
} labels[] = {
    { "from", EMAIL_FROM },
    { "sent", EMAIL_SENT },
    { "date", EMAIL_SENT },
    { "to", EMAIL_TO },
    { "cc", EMAIL_CC },
    { "bcc", EMAIL_BCC },
    { "subject", EMAIL_SUBJECT },
    { "attachments", EMAIL_ATTACHMENTS },
    { "importance", EMAIL_IMPORTANCE },
    { "de", EMAIL_FROM },
    { "enviado", EMAIL_SENT },
    { "fecha", EMAIL_SENT },
    { "para", EMAIL_TO },
    { "asunto", EMAIL_SUBJECT },
};

enum email_label email_label(struct bytes line, struct bytes *value)
{
    if (line.len < 2 || strchr("FSDTCBAIEP", line.at[0]) == NULL)
        return EMAIL_NONE;
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        size_t len = strlen(labels[i].word);
        if (!bytes_has_prefix_fold(line, labels[i].word))
            continue;
        size_t at = len;
        bool has_mark = at < line.len && (line.at[at] == ':' || line.at[at] == ';');
        bool has_gap = at + 1 < line.len && line.at[at] == ' ' && line.at[at + 1] == ' ';
        bool is_short =
            len == 2 && !has_mark && !has_gap; /* "To" alone is a label, "De" alone is not */
        if (!has_mark && !has_gap && (at < line.len || (is_short && labels[i].label != EMAIL_TO)))
            continue;
        *value = bytes_trim(bytes_slice(line, at + has_mark, line.len));
        return labels[i].label;
    }
    return EMAIL_NONE;
}

bool email_head_begins(struct bytes text, uint32_t at)
{
    struct line line;
    struct bytes value;
    for (int i = 0; i <= HEAD_LINES_MAX && line_read(text, at, &line); i++, at = line.next) {
        if (i == 0)
            continue;
        enum email_label label = email_label(line_bytes(text, &line), &value);
        if (label == EMAIL_SENT || label == EMAIL_TO)
            return true;
        if (label == EMAIL_FROM)
            return false;
    }
    return false;
}

bool is_original_marker(struct bytes line)
{
    if (line.len > MARKER_MAX)
        return false;
    while (line.len > 0 && (line.at[0] == '-' || line.at[0] == ' '))
        line = bytes_slice(line, 1, line.len);
    size_t len = bytes_has_prefix_fold(line, "original message")       ? 16
                 : bytes_has_prefix_fold(line, "original appointment") ? 20
                 : bytes_has_prefix_fold(line, "mensaje original")     ? 16
                 : bytes_has_prefix_fold(line, "forwarded message")    ? 17
                                                                       : 0;
    for (size_t i = len; i < line.len; i++)
        if (line.at[i] != '-' && line.at[i] != ' ' && line.at[i] != '_' && line.at[i] != '.')
            return false;
    return len > 0;
}

struct bytes wrote_name(struct bytes line)
{
    static const char wrote[] = "wrote:";
    size_t tail = sizeof wrote - 1;
    if (line.len < 20 || line.len > 200 || !bytes_has_prefix(line, "On "))
        return bytes_make(NULL, 0);
    if (!bytes_is(bytes_slice(line, line.len - tail, tail), wrote))
        return bytes_make(NULL, 0);
    size_t at = line.len - tail;
    while (at > 0 && line.at[at - 1] != ',')
        at--;
    return bytes_trim(bytes_slice(line, at, line.len - tail - at));
}

enum field_name email_field(enum email_label label)
{
    switch (label) {
    case EMAIL_FROM:
        return FIELD_FROM;
    case EMAIL_SENT:
        return FIELD_SENT;
    case EMAIL_TO:
        return FIELD_TO;
    case EMAIL_CC:
        return FIELD_CC;
    case EMAIL_SUBJECT:
        return FIELD_TITLE;
    case EMAIL_NONE:
    case EMAIL_BCC:
    case EMAIL_ATTACHMENTS:
    case EMAIL_IMPORTANCE:
        break;
    }
    return FIELD_NAMES;
}

bool is_release_banner(struct bytes line)
{
    if (line.len < 12 || strchr("UCDS", line.at[0]) == NULL)
        return false;
    if (line.at[0] == 'U') {
        struct bytes rest = bytes_has_prefix(line, "UNCLASSIFIED")
                                ? bytes_trim(bytes_slice(line, 12, line.len))
                                : line;
        /* A writer's signature names the department too: the banner goes on with a case. */
        bool is_head = bytes_has_prefix(rest, "U.S. Department of State");
        bool has_case = text_find_fold(rest, "Case", 0, rest.len) != SIZE_MAX;
        return rest.len == 0 || bytes_has_prefix(rest, "STATE DEPT.") ||
               (is_head && (has_case || rest.at != line.at));
    }
    if (bytes_has_prefix(line, "Case No. F-") || bytes_has_prefix(line, "Doc No. C0"))
        return true;
    if (line.at[0] == 'C')
        return text_find_fold(line, "Case No. F-", 0, 80) != SIZE_MAX;
    return bytes_has_prefix(line, "STATE DEPT. - PRODUCED") ||
           bytes_has_prefix(line, "SUBJECT TO AGREEMENT ON SENSITIVE");
}

static size_t column_of(struct bytes text, uint32_t from, uint32_t at)
{
    size_t column = 0;
    for (uint32_t i = from; i < at; i++)
        column += (text.at[i] & 0xC0) != 0x80;
    return column;
}

struct bytes margin_take(struct bytes text, struct line *line)
{
    if (line->end - line->from < NARROW_COLUMN || line->end == line->start)
        return bytes_make(NULL, 0);
    uint8_t last = text.at[line->end - 1];
    if (!is_digit(last) && last != ')' && last != 'R')
        return bytes_make(NULL, 0);
    uint32_t at = line->end, low = line->end - line->start > 48 ? line->end - 48 : line->start;
    while (at > low && !(text.at[at - 1] == ' ' && (at - 1 == low || text.at[at - 2] == ' ')))
        at--;
    bool is_apart = at == line->start ||
                    (at >= line->start + 2 && text.at[at - 1] == ' ' && text.at[at - 2] == ' ');
    struct bytes code = bytes_slice(text, at, line->end - at);
    if (!is_apart || !is_exemptions(code))
        return bytes_make(NULL, 0);
    uint32_t end = at;
    while (end > line->start && is_blank(text.at[end - 1]))
        end--;
    /* on a narrow page the margin begins earlier; there the gap must be wide */
    size_t column = column_of(text, line->from, at);
    if (column < MARGIN_COLUMN && (column < NARROW_COLUMN || at - end < NARROW_GAP))
        return bytes_make(NULL, 0);
    line->end = end;
    return code;
}

#include "page/markup.h"

/* What may be written as it is: no markup, no control, nothing that turns. */
static bool is_turning(const uint8_t *at, size_t left)
{
    if (left >= 2 && at[0] == 0xD8 && at[1] == 0x9C)
        return true;
    if (left < 3 || at[0] != 0xE2)
        return false;
    return (at[1] == 0x80 &&
            (at[2] == 0x8E || at[2] == 0x8F || (at[2] >= 0xA8 && at[2] <= 0xAE))) ||
           (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9);
}

/* Bytes of the well-formed character at `at` (RFC 3629), or 0. */
static size_t character_len(const uint8_t *at, size_t left)
{
    uint8_t lead = at[0];
    size_t len = lead < 0x80 ? 1 : lead >= 0xC2 && lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || len > left)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    bool is_long = (lead == 0xE0 && at[1] < 0xA0) || (lead == 0xF0 && at[1] < 0x90);
    bool is_beyond = (lead == 0xED && at[1] > 0x9F) || (lead == 0xF4 && at[1] > 0x8F);
    return is_long || is_beyond ? 0 : len;
}

static const char *entity_of(uint8_t byte)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

static bool is_dropped(uint8_t byte)
{
    return (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
}

void markup_text(struct buffer *to, struct bytes text)
{
    for (size_t at = 0; at < text.len;) {
        size_t len = character_len(text.at + at, text.len - at);
        const char *entity = entity_of(text.at[at]);
        bool is_c1 = len == 2 && text.at[at] == 0xC2 && text.at[at + 1] < 0xA0;
        if (len == 0)
            buffer_append_text(to, "\xEF\xBF\xBD");
        else if (entity != NULL)
            buffer_append_text(to, entity);
        else if (!is_dropped(text.at[at]) && !is_c1 && !is_turning(text.at + at, text.len - at))
            buffer_append(to, text.at + at, len);
        at += len > 0 ? len : 1;
    }
}

void markup_attribute(struct buffer *to, struct bytes value)
{
    markup_text(to, value);
}

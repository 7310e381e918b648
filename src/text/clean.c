#include "text/clean.h"

#include "base/scoped.h"
#include "text/fold.h"
#include "text/utf8.h"

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

static bool is_dropped(uint32_t code)
{
    return char_traits(code).class == CHAR_INVISIBLE || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F ||
           code == 0x061C || code == 0xFEFF || (code >= 0xE0000 && code <= 0xE007F);
}

static bool is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == '\n' || code == '\r' || code == 0xA0 ||
           code == 0x2028 || code == 0x2029 || code == 0x85 || code == '\f' || code == '\v';
}

static void write_blank(struct cleaner *cleaner)
{
    if (cleaner->has_blank && cleaner->to->len > cleaner->start)
        buffer_u8(cleaner->to, ' ');
    cleaner->has_blank = false;
}

static void add_code(struct cleaner *cleaner, struct bytes text, size_t at, size_t len,
                     uint32_t code)
{
    if (is_blank(code) && cleaner->is_one_line) {
        cleaner->has_blank = true;
        return;
    }
    if (code == '\n' || code == '\t') {
        buffer_u8(cleaner->to, (uint8_t)code);
        return;
    }
    if (code == '\r') {
        if (at + 1 >= text.len || text.at[at + 1] != '\n')
            buffer_u8(cleaner->to, '\n');
        return;
    }
    if (is_blank(code) && is_control(code))
        code = ' ', len = 0;
    if (code == UTF8_BAD || (is_control(code) && len > 0) || (code != ' ' && is_dropped(code)))
        return;
    write_blank(cleaner);
    if (len == 0)
        buffer_u8(cleaner->to, ' ');
    else
        buffer_append(cleaner->to, text.at + at, len);
}

void cleaner_add(struct cleaner *cleaner, struct bytes text)
{
    for (size_t at = 0, len; at < text.len; at += len) {
        uint32_t code = utf8_decode(text, at, &len);
        add_code(cleaner, text, at, len, code);
    }
}

void cleaner_sign(struct cleaner *cleaner, const char *sign)
{
    write_blank(cleaner);
    buffer_append_text(cleaner->to, sign);
}

const char *clean_line(struct arena *arena, struct bytes text)
{
    SCOPED(buffer_release) struct buffer line = { 0 };
    struct cleaner cleaner = cleaner_begin(&line, true);
    cleaner_add(&cleaner, text);
    const char *kept = line.failed ? NULL : arena_string(arena, buffer_bytes(&line));
    return kept != NULL ? kept : "";
}

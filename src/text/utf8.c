#include "text/utf8.h"

#include "text/width_table.h"

static const uint8_t replacement[3] = { 0xEF, 0xBF, 0xBD };

static size_t ascii_prefix(const uint8_t *at, size_t len)
{
    size_t done = 0;
    for (uint64_t eight; done + sizeof eight <= len; done += sizeof eight) {
        memcpy(&eight, at + done, sizeof eight);
        if (eight & 0x8080808080808080u)
            break;
    }
    while (done < len && at[done] < 0x80)
        done++;
    return done;
}

static bool is_tail(uint8_t byte)
{
    return (byte & 0xC0) == 0x80;
}

static uint32_t decode_three(const uint8_t *at)
{
    uint32_t code = (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    return code < 0x800 || is_surrogate ? UTF8_BAD : code;
}

static uint32_t decode_four(const uint8_t *at)
{
    uint32_t code =
        (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
    return code < 0x10000 || code > 0x10FFFF ? UTF8_BAD : code;
}

uint32_t utf8_decode(struct bytes text, size_t at, size_t *len)
{
    const uint8_t *from = text.at + at;
    size_t left = text.len - at;
    uint32_t code = UTF8_BAD;
    size_t need = from[0] < 0x80 ? 1 : from[0] < 0xE0 ? 2 : from[0] < 0xF0 ? 3 : 4;
    *len = 1;
    if (need == 1)
        return from[0];
    if (from[0] < 0xC2 || from[0] > 0xF4 || left < need)
        return UTF8_BAD;
    for (size_t i = 1; i < need; i++)
        if (!is_tail(from[i]))
            return UTF8_BAD;
    if (need == 2)
        code = (from[0] & 0x1Fu) << 6 | (from[1] & 0x3Fu);
    else
        code = need == 3 ? decode_three(from) : decode_four(from);
    if (code != UTF8_BAD)
        *len = need;
    return code;
}

size_t utf8_valid_prefix(struct bytes text)
{
    size_t at = 0;
    while (at < text.len) {
        at += ascii_prefix(text.at + at, text.len - at);
        size_t len = 0;
        if (at < text.len && utf8_decode(text, at, &len) == UTF8_BAD)
            return at;
        at += len;
    }
    return at;
}

size_t utf8_encode(uint32_t code, uint8_t out[4])
{
    if (code < 0x80) {
        out[0] = (uint8_t)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (uint8_t)(0xC0 | code >> 6);
        out[1] = (uint8_t)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (uint8_t)(0xE0 | code >> 12);
        out[1] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | code >> 18);
    out[1] = (uint8_t)(0x80 | (code >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (code & 0x3F));
    return 4;
}

size_t utf8_repair(struct bytes text, struct buffer *to)
{
    size_t replaced = 0;
    while (text.len > 0) {
        size_t valid = utf8_valid_prefix(text);
        buffer_append(to, text.at, valid);
        if (valid < text.len) {
            buffer_append(to, replacement, sizeof replacement);
            replaced++;
            valid++;
        }
        text = bytes_slice(text, valid, text.len);
    }
    return replaced;
}

size_t utf8_count(struct bytes text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += !is_tail(text.at[i]);
    return count;
}

static bool is_in_ranges(const struct code_range *ranges, size_t count, uint32_t code)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].last < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= code;
}

int utf8_width(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F)
        return 1;
    if (is_in_ranges(width_none, width_none_count, code))
        return 0;
    return is_in_ranges(width_wide, width_wide_count, code) ? 2 : 1;
}

#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/wellformed.h"

static void begin_item(struct json *json)
{
    uint64_t bit = UINT64_C(1) << json->depth;
    if (json->after_key)
        json->after_key = false;
    else if (json->depth > 0 && (json->has_items & bit) != 0)
        buffer_u8(json->to, ',');
    json->has_items |= bit;
}

static void open_level(struct json *json, char bracket)
{
    assert(json->depth < 63);
    begin_item(json);
    buffer_u8(json->to, (uint8_t)bracket);
    json->depth++;
    json->has_items &= ~(UINT64_C(1) << json->depth);
}

static void close_level(struct json *json, char bracket)
{
    assert(json->depth > 0 && !json->after_key);
    json->depth--;
    buffer_u8(json->to, (uint8_t)bracket);
}

void json_object(struct json *json)
{
    open_level(json, '{');
}

void json_object_end(struct json *json)
{
    close_level(json, '}');
}

void json_array(struct json *json)
{
    open_level(json, '[');
}

void json_array_end(struct json *json)
{
    close_level(json, ']');
}

static bool is_plain(uint8_t byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\';
}

/* One that cannot stand as it is: a control character (C1 too: terminals obey them), quote or
 * backslash. */
static void write_escaped(struct buffer *to, unsigned code)
{
    static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (size_t i = 0; i + 1 < sizeof shorts; i += 2) {
        if ((unsigned)shorts[i] == code) {
            buffer_u8(to, '\\');
            buffer_u8(to, (uint8_t)shorts[i + 1]);
            return;
        }
    }
    buffer_print(to, "\\u%04x", code);
}

/* One character that is_plain does not let pass; answers its length. */
static size_t write_special(struct buffer *to, struct bytes rest)
{
    size_t len = wellformed_len(rest);
    if (len == 0) {
        buffer_append_text(to, "\xef\xbf\xbd");
        return 1;
    }
    if (len == 1)
        write_escaped(to, rest.at[0]);
    else if (len == 2 && rest.at[0] == 0xc2 && rest.at[1] < 0xa0)
        write_escaped(to, rest.at[1]);
    else
        buffer_append(to, rest.at, len);
    return len;
}

static void write_quoted(struct buffer *to, struct bytes value)
{
    buffer_u8(to, '"');
    size_t at = 0;
    while (at < value.len) {
        size_t end = at;
        while (end < value.len && is_plain(value.at[end]))
            end++;
        if (end > at)
            buffer_append(to, value.at + at, end - at);
        at = end;
        if (at < value.len)
            at += write_special(to, bytes_slice(value, at, value.len));
    }
    buffer_u8(to, '"');
}

void json_key(struct json *json, const char *key)
{
    assert(json->depth > 0 && !json->after_key);
    begin_item(json);
    write_quoted(json->to, bytes_from_string(key));
    buffer_u8(json->to, ':');
    json->after_key = true;
}

void json_string(struct json *json, struct bytes value)
{
    begin_item(json);
    write_quoted(json->to, value);
}

void json_text(struct json *json, const char *value)
{
    if (value == NULL)
        json_null(json);
    else
        json_string(json, bytes_from_string(value));
}

void json_number(struct json *json, int64_t value)
{
    begin_item(json);
    buffer_print(json->to, "%" PRId64, value);
}

/* Whatever the locale puts between the digits is a point here. */
static void write_real(struct buffer *to, const char *printed)
{
    bool in_point = false;
    for (; *printed != '\0'; printed++) {
        bool is_number = (*printed >= '0' && *printed <= '9') || *printed == '-';
        if (is_number || !in_point)
            buffer_u8(to, is_number ? (uint8_t)*printed : '.');
        in_point = !is_number;
    }
}

void json_real(struct json *json, double value, int decimals)
{
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    char printed[400];
    int most = decimals < 0 ? 0 : decimals > 17 ? 17 : decimals;
    snprintf(printed, sizeof printed, "%.*f", most, value);
    begin_item(json);
    write_real(json->to, printed);
}

void json_bool(struct json *json, bool value)
{
    begin_item(json);
    buffer_append_text(json->to, value ? "true" : "false");
}

void json_null(struct json *json)
{
    begin_item(json);
    buffer_append_text(json->to, "null");
}

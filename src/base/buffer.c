#include "base/buffer.h"

#include <endian.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static bool grow(struct buffer *buffer, size_t more)
{
    size_t wanted;
    if (__builtin_add_overflow(buffer->len, more, &wanted) || wanted > PTRDIFF_MAX) {
        buffer->failed = true;
        return false;
    }
    size_t doubled = buffer->room > PTRDIFF_MAX / 2 ? PTRDIFF_MAX : buffer->room * 2;
    size_t room = wanted > doubled ? wanted : doubled;
    room = room < 64 ? 64 : room;
    uint8_t *grown = realloc(buffer->at, room);
    if (grown == NULL) {
        buffer->failed = true;
        return false;
    }
    buffer->at = grown;
    buffer->room = room;
    return true;
}

bool buffer_reserve(struct buffer *buffer, size_t more)
{
    if (buffer->failed)
        return false;
    return more <= buffer->room - buffer->len || grow(buffer, more);
}

void buffer_append(struct buffer *buffer, const void *at, size_t len)
{
    if (len == 0 || !buffer_reserve(buffer, len))
        return;
    memcpy(buffer->at + buffer->len, at, len);
    buffer->len += len;
}

void buffer_append_bytes(struct buffer *buffer, struct bytes bytes)
{
    buffer_append(buffer, bytes.at, bytes.len);
}

void buffer_append_text(struct buffer *buffer, const char *string)
{
    buffer_append(buffer, string, strlen(string));
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
    if (!buffer_reserve(buffer, 64))
        return;
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    size_t room = buffer->room - buffer->len;
    int len = vsnprintf((char *)buffer->at + buffer->len, room, format, values);
    if (len < 0) {
        buffer->failed = true;
    } else if ((size_t)len < room) {
        buffer->len += (size_t)len;
    } else if (buffer_reserve(buffer, (size_t)len + 1)) {
        vsnprintf((char *)buffer->at + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
    va_end(values);
}

void buffer_u8(struct buffer *buffer, uint8_t value)
{
    buffer_append(buffer, &value, sizeof value);
}

void buffer_u16(struct buffer *buffer, uint16_t value)
{
    uint16_t stored = htole16(value);
    buffer_append(buffer, &stored, sizeof stored);
}

void buffer_u32(struct buffer *buffer, uint32_t value)
{
    uint32_t stored = htole32(value);
    buffer_append(buffer, &stored, sizeof stored);
}

void buffer_u64(struct buffer *buffer, uint64_t value)
{
    uint64_t stored = htole64(value);
    buffer_append(buffer, &stored, sizeof stored);
}

void buffer_varint(struct buffer *buffer, uint64_t value)
{
    if (!buffer_reserve(buffer, 10))
        return;
    uint8_t *at = buffer->at + buffer->len;
    while (value >= 0x80) {
        *at++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *at++ = (uint8_t)value;
    buffer->len = (size_t)(at - buffer->at);
}

void buffer_string(struct buffer *buffer, struct bytes bytes)
{
    buffer_varint(buffer, bytes.len);
    buffer_append_bytes(buffer, bytes);
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    buffer->failed = false;
}

void buffer_release(struct buffer *buffer)
{
    free(buffer->at);
    *buffer = (struct buffer){ 0 };
}

enum status buffer_check(const struct buffer *buffer, struct fault *fault)
{
    return buffer->failed ? no_memory(fault) : OK;
}

char *buffer_take_string(struct buffer *buffer)
{
    buffer_u8(buffer, 0);
    if (buffer->failed)
        buffer_release(buffer);
    char *string = (char *)buffer->at;
    *buffer = (struct buffer){ 0 };
    return string;
}

#include "base/cursor.h"

#include <endian.h>

static void spoil(struct cursor *cursor)
{
    cursor->bad = true;
    cursor->at = cursor->end;
}

/* Copy the next `len` bytes; `to` stays as it is when they are not there. */
static void read_fixed(struct cursor *cursor, void *to, size_t len)
{
    if (cursor->bad || cursor_left(cursor) < len) {
        spoil(cursor);
        return;
    }
    memcpy(to, cursor->at, len);
    cursor->at += len;
}

uint8_t cursor_u8(struct cursor *cursor)
{
    uint8_t value = 0;
    read_fixed(cursor, &value, sizeof value);
    return value;
}

uint16_t cursor_u16(struct cursor *cursor)
{
    uint16_t value = 0;
    read_fixed(cursor, &value, sizeof value);
    return le16toh(value);
}

uint32_t cursor_u32(struct cursor *cursor)
{
    uint32_t value = 0;
    read_fixed(cursor, &value, sizeof value);
    return le32toh(value);
}

uint64_t cursor_u64(struct cursor *cursor)
{
    uint64_t value = 0;
    read_fixed(cursor, &value, sizeof value);
    return le64toh(value);
}

uint64_t cursor_varint64_slow(struct cursor *cursor)
{
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !cursor->bad && cursor_left(cursor) > 0; shift += 7) {
        uint8_t byte = *cursor->at++;
        if (shift == 63 && byte > 1)
            break;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    spoil(cursor);
    return 0;
}

struct bytes cursor_bytes(struct cursor *cursor, size_t len)
{
    if (cursor->bad || cursor_left(cursor) < len) {
        spoil(cursor);
        return (struct bytes){ cursor->end, 0 };
    }
    struct bytes run = { cursor->at, len };
    if (len > 0)
        cursor->at += len;
    return run;
}

struct bytes cursor_string(struct cursor *cursor)
{
    uint64_t len = cursor_varint64(cursor);
    return cursor_bytes(cursor, len > SIZE_MAX ? SIZE_MAX : (size_t)len);
}

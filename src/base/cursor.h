/* cursor.h - read numbers and runs out of untrusted bytes; sticky.
 *
 * Read a whole record, then ask `bad` once: after a read past the end, or a malformed varint,
 * every read answers 0 or an empty run and `bad` stays true. Nothing is ever read outside.
 * All fixed-width numbers are little-endian. Varints are LEB128, at most 10 bytes, shortest form
 * not required.
 */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include "base/bytes.h"

struct cursor {
    const uint8_t *at;
    const uint8_t *end;
    bool bad;
};

static inline struct cursor cursor_from_bytes(struct bytes of)
{
    return (struct cursor){ of.at, of.len > 0 ? of.at + of.len : of.at, false };
}

static inline size_t cursor_left(const struct cursor *cursor)
{
    return (size_t)(cursor->end - cursor->at);
}

uint8_t cursor_u8(struct cursor *cursor);
uint16_t cursor_u16(struct cursor *cursor);
uint32_t cursor_u32(struct cursor *cursor);
uint64_t cursor_u64(struct cursor *cursor);
uint64_t cursor_varint64_slow(struct cursor *cursor);

static inline uint64_t cursor_varint64(struct cursor *cursor)
{
    if (cursor->at < cursor->end && *cursor->at < 0x80)
        return *cursor->at++;
    return cursor_varint64_slow(cursor);
}

/* A varint that must fit 32 bits, else bad. */
static inline uint32_t cursor_varint32(struct cursor *cursor)
{
    uint64_t value = cursor_varint64(cursor);
    if (value > UINT32_MAX) {
        cursor->bad = true;
        cursor->at = cursor->end;
        return 0;
    }
    return (uint32_t)value;
}

/* The next `len` bytes, lent from the cursor's own. Empty when bad. */
struct bytes cursor_bytes(struct cursor *cursor, size_t len);

/* A varint length, then as many bytes. */
struct bytes cursor_string(struct cursor *cursor);

#endif

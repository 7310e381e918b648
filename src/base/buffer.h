/* buffer.h - bytes that grow; the twin of cursor.h for writing.
 *
 * A value type: {0} is a valid empty one, buffer_release makes it empty again. Sticky: when
 * memory runs out, `failed` is set, further appends do nothing; ask once with buffer_check.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include "base/bytes.h"
#include "base/fault.h"

struct buffer {
    uint8_t *at;
    size_t len;
    size_t room; /* private: allocated bytes */
    bool failed;
};

/* Make sure `more` bytes can be appended without growing. False (and failed) when memory runs out.
 */
bool buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *at, size_t len);
void buffer_append_bytes(struct buffer *buffer, struct bytes bytes);
void buffer_append_text(struct buffer *buffer, const char *string);
void buffer_print(struct buffer *buffer, const char *format, ...) PRINTS(2, 3);
void buffer_u8(struct buffer *buffer, uint8_t value);
void buffer_u16(struct buffer *buffer, uint16_t value);
void buffer_u32(struct buffer *buffer, uint32_t value);
void buffer_u64(struct buffer *buffer, uint64_t value);
void buffer_varint(struct buffer *buffer, uint64_t value);
/* A varint length, then the bytes: what cursor_string reads. */
void buffer_string(struct buffer *buffer, struct bytes bytes);
/* Forget the content, keep the memory. */
void buffer_clear(struct buffer *buffer);
void buffer_release(struct buffer *buffer);
/* What stands in it, lent until the next append or release. */
static inline struct bytes buffer_bytes(const struct buffer *buffer)
{
    return (struct bytes){ buffer->at, buffer->len };
}
/* NO_MEMORY if any append failed. */
MUST_USE enum status buffer_check(const struct buffer *buffer, struct fault *fault);
/* The content as a NUL-terminated string owned by the caller (free); the buffer is empty
 * afterwards. NULL: no memory. */
char *buffer_take_string(struct buffer *buffer);

#endif

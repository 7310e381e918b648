/* bytes.h - a run of bytes lent by somebody else. Never owns, never NUL-terminated by promise. */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct bytes {
    const uint8_t *at;
    size_t len;
};

/* The bytes of a C string, without its NUL. Lent: valid as long as the string. */
static inline struct bytes bytes_from_string(const char *string)
{
    return (struct bytes){ (const uint8_t *)string, strlen(string) };
}

static inline struct bytes bytes_make(const void *at, size_t len)
{
    return (struct bytes){ at, len };
}

/* From `start`, at most `len` bytes; both are clamped to what is there. */
static inline struct bytes bytes_slice(struct bytes of, size_t start, size_t len)
{
    if (start > of.len)
        start = of.len;
    if (len > of.len - start)
        len = of.len - start;
    return (struct bytes){ start > 0 ? of.at + start : of.at, len };
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool bytes_is(struct bytes a, const char *string)
{
    return bytes_equal(a, bytes_from_string(string));
}

static inline bool bytes_has_prefix(struct bytes of, const char *prefix)
{
    size_t len = strlen(prefix);
    return of.len >= len && memcmp(of.at, prefix, len) == 0;
}

/* <0, 0, >0 by unsigned byte values, a prefix first. */
int bytes_compare(struct bytes a, struct bytes b);

/* Offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t bytes_find(struct bytes in, struct bytes needle, size_t from);

/* Offset of the first byte `value` at or after `from`, or SIZE_MAX. */
size_t bytes_find_byte(struct bytes in, uint8_t value, size_t from);

/* The next line from *at on, without its line end (\n, \r\n or \r); *at moves past it. False at the
 * end. */
bool bytes_next_line(struct bytes in, size_t *at, struct bytes *line);

/* Without blanks and tabs (and line ends) at both ends. */
struct bytes bytes_trim(struct bytes of);

/* ASCII only: equal apart from case. */
bool bytes_equal_fold(struct bytes a, struct bytes b);
bool bytes_has_prefix_fold(struct bytes of, const char *prefix);

/* An unsigned decimal number that fills all of `of`; false when it is not one or does not fit. */
bool bytes_to_number(struct bytes of, uint64_t *number);

#endif

#include "base/bytes.h"

int bytes_compare(struct bytes a, struct bytes b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.at, b.at, common);
    if (order != 0)
        return order;
    return (a.len > b.len) - (a.len < b.len);
}

size_t bytes_find(struct bytes in, struct bytes needle, size_t from)
{
    if (from > in.len || needle.len > in.len - from)
        return SIZE_MAX;
    if (needle.len == 0)
        return from;
    const uint8_t *found = memmem(in.at + from, in.len - from, needle.at, needle.len);
    return found == NULL ? SIZE_MAX : (size_t)(found - in.at);
}

size_t bytes_find_byte(struct bytes in, uint8_t value, size_t from)
{
    if (from >= in.len)
        return SIZE_MAX;
    const uint8_t *found = memchr(in.at + from, value, in.len - from);
    return found == NULL ? SIZE_MAX : (size_t)(found - in.at);
}

bool bytes_next_line(struct bytes in, size_t *at, struct bytes *line)
{
    if (*at >= in.len)
        return false;
    size_t end = *at;
    while (end < in.len && in.at[end] != '\n' && in.at[end] != '\r')
        end++;
    *line = bytes_slice(in, *at, end - *at);
    if (end + 1 < in.len && in.at[end] == '\r' && in.at[end + 1] == '\n')
        end++;
    *at = end < in.len ? end + 1 : end;
    return true;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

struct bytes bytes_trim(struct bytes of)
{
    while (of.len > 0 && is_blank(of.at[0])) {
        of.at++;
        of.len--;
    }
    while (of.len > 0 && is_blank(of.at[of.len - 1]))
        of.len--;
    return of;
}

/* Not tolower(): that one follows the locale. */
static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? (uint8_t)(byte | 0x20) : byte;
}

bool bytes_equal_fold(struct bytes a, struct bytes b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.at[i]) != lower(b.at[i]))
            return false;
    }
    return true;
}

bool bytes_has_prefix_fold(struct bytes of, const char *prefix)
{
    struct bytes wanted = bytes_from_string(prefix);
    return of.len >= wanted.len && bytes_equal_fold(bytes_slice(of, 0, wanted.len), wanted);
}

bool bytes_to_number(struct bytes of, uint64_t *number)
{
    if (of.len == 0)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < of.len; i++) {
        uint8_t digit = (uint8_t)(of.at[i] - '0');
        if (digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, digit, &value))
            return false;
    }
    *number = value;
    return true;
}

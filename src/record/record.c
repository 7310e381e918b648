#include "record/record.h"

#include <stdarg.h>
#include <stdio.h>

enum { VALUE_MAX = 2048 };

/* Cut at a whole character. */
static struct bytes cut(struct bytes value, size_t max)
{
    if (value.len <= max)
        return value;
    while (max > 0 && (value.at[max] & 0xC0) == 0x80)
        max--;
    return bytes_slice(value, 0, max);
}

void record_field_from(struct record *record, enum field_name name, enum field_basis basis,
                       struct bytes value, const char *from)
{
    if (record->failed != OK || value.len == 0)
        return;
    struct field field = { name, basis, cut(value, VALUE_MAX), bytes_from_string(from) };
    record->failed = field_list_add(&record->document->fields, field, record->fault);
}

void record_field(struct record *record, enum field_name name, struct bytes value)
{
    record_field_from(record, name, BASIS_STATED, bytes_trim(value), "");
}

void record_field_copy(struct record *record, enum field_name name, struct bytes value)
{
    struct bytes copy = arena_copy(record->arena, value);
    if (copy.at == NULL && value.len > 0 && record->failed == OK)
        record->failed = no_memory(record->fault);
    record_field(record, name, copy);
}

void record_anomaly(struct record *record, const char *format, ...)
{
    char words[256];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(words, sizeof words, format, arguments);
    va_end(arguments);
    if (len > 0)
        record_field_copy(record, FIELD_ANOMALY, bytes_from_string(words));
}

void record_span(struct record *record, enum span_kind kind, uint32_t start, uint32_t end,
                 struct bytes value)
{
    if (record->failed != OK || (start >= end && value.len == 0))
        return;
    struct span span = { kind, start, end, cut(value, SPAN_VALUE_MAX) };
    record->failed = span_list_add(&record->document->spans, span, record->fault);
}

struct bytes record_number(struct record *record, uint64_t number)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    return arena_copy(record->arena, bytes_make(digits, (size_t)len));
}

struct bytes record_squeezed(struct record *record, struct bytes text)
{
    text = cut(text, VALUE_MAX);
    uint8_t *out = arena_alloc(record->arena, text.len + 1);
    if (out == NULL)
        return bytes_make(NULL, 0);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool blank = is_blank(text.at[i]) || text.at[i] == '\n';
        if (!blank)
            out[len++] = text.at[i];
        else if (len > 0 && out[len - 1] != ' ')
            out[len++] = ' ';
    }
    while (len > 0 && out[len - 1] == ' ')
        len--;
    return bytes_make(out, len);
}

bool line_read(struct bytes text, uint32_t at, struct line *line)
{
    if (at >= text.len)
        return false;
    const uint8_t *feed = memchr(text.at + at, '\n', text.len - at);
    uint32_t end = feed == NULL ? (uint32_t)text.len : (uint32_t)(feed - text.at);
    line->from = at;
    line->next = feed == NULL ? end : end + 1;
    while (at < end && is_blank(text.at[at]))
        at++;
    while (end > at && is_blank(text.at[end - 1]))
        end--;
    line->start = at;
    line->end = end;
    return true;
}

size_t text_find_fold(struct bytes text, const char *word, size_t from, size_t limit)
{
    size_t len = strlen(word);
    if (limit > text.len)
        limit = text.len;
    uint8_t first = (uint8_t)word[0] | 0x20;
    for (size_t i = from; i + len <= limit; i++)
        if ((text.at[i] | 0x20) == first && bytes_has_prefix_fold(bytes_slice(text, i, len), word))
            return i;
    return SIZE_MAX;
}

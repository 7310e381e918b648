#include "text/span.h"

#include <stdlib.h>

#include "base/grow.h"

static const char *const kind_words[SPAN_KINDS] = {
    [SPAN_PARAGRAPH] = "paragraph", [SPAN_PAGE] = "page",         [SPAN_FURNITURE] = "furniture",
    [SPAN_PORTION] = "portion",     [SPAN_HEAD] = "head",         [SPAN_VOICE] = "voice",
    [SPAN_WITHHELD] = "withheld",   [SPAN_DOUBTFUL] = "doubtful", [SPAN_INSERTED] = "inserted",
    [SPAN_DELETED] = "deleted",     [SPAN_NOTE] = "note",         [SPAN_LINK] = "link",
    [SPAN_HEADING] = "heading",
};

enum status span_list_add(struct span_list *list, struct span span, struct fault *fault)
{
    if (!GROW(list->at, list->room, list->count))
        return no_memory(fault);
    list->at[list->count++] = span;
    return OK;
}

static int by_place(const void *left, const void *right)
{
    const struct span *a = left;
    const struct span *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return bytes_compare(a->value, b->value);
}

void span_list_sort(struct span_list *list)
{
    if (list->count > 1)
        qsort(list->at, list->count, sizeof *list->at, by_place);
}

void span_list_release(struct span_list *list)
{
    free(list->at);
    *list = (struct span_list){ 0 };
}

void span_encode(const struct span *span, struct buffer *to)
{
    buffer_u8(to, (uint8_t)span->kind);
    buffer_varint(to, span->start);
    buffer_varint(to, span->end - span->start);
    buffer_string(to, span->value);
}

bool span_decode(struct cursor *from, size_t text_len, struct span *span)
{
    uint8_t kind = cursor_u8(from);
    uint32_t start = cursor_varint32(from);
    uint32_t len = cursor_varint32(from);
    struct bytes value = cursor_string(from);
    if (kind >= SPAN_KINDS || start > text_len || len > text_len - start ||
        len > UINT32_MAX - start || value.len > SPAN_VALUE_MAX)
        from->bad = true;
    if (from->bad)
        return false;
    *span = (struct span){ .kind = kind, .start = start, .end = start + len, .value = value };
    return true;
}

const char *span_kind_word(enum span_kind kind)
{
    return kind < SPAN_KINDS ? kind_words[kind] : "unknown";
}

static size_t count_starting_by(const struct span *spans, size_t count, uint32_t at)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (spans[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct span *span_covering(const struct span *spans, size_t count, enum span_kind kind,
                                 uint32_t at)
{
    for (size_t i = count_starting_by(spans, count, at); i > 0; i--)
        if (spans[i - 1].kind == kind && spans[i - 1].end > at)
            return &spans[i - 1];
    return NULL;
}

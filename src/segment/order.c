#include "segment/order.h"

#include <stdlib.h>

#include "segment/inside.h"

struct order_key {
    uint64_t document;
    uint32_t part;
    uint32_t number;
};

void order_add(struct order *order, const struct columns *columns, uint32_t number)
{
    struct order_key key = { columns->document, columns->part, number };
    buffer_append(&order->keys, &key, sizeof key);
}

static int compare(const struct order_key *a, const struct order_key *b)
{
    if (a->document != b->document)
        return a->document < b->document ? -1 : 1;
    return a->part < b->part ? -1 : a->part > b->part;
}

static int compare_then_number(const void *left, const void *right)
{
    const struct order_key *a = left, *b = right;
    int order = compare(a, b);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

enum status order_write(struct order *order, struct sink *sink, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer numbers = { 0 };
    TRY(buffer_check(&order->keys, fault));
    struct order_key *keys = (struct order_key *)(void *)order->keys.at;
    size_t count = order->keys.len / sizeof *keys;
    if (count > 0)
        qsort(keys, count, sizeof *keys, compare_then_number);
    for (size_t i = 0; i < count; i++)
        buffer_u32(&numbers, keys[i].number);
    TRY(buffer_check(&numbers, fault));
    sink_section(sink, SECTION_ORDER);
    sink_write(sink, buffer_bytes(&numbers));
    return OK;
}

void order_release(struct order *order)
{
    buffer_release(&order->keys);
}

/* The key at place `at` of the order. */
static enum status key_at(const struct segment *segment, uint32_t at, struct order_key *key,
                          struct fault *fault)
{
    struct bytes bytes;
    struct part_record record;
    TRY(segment_lend(segment, SECTION_ORDER, (uint64_t)at * ORDER_ENTRY, ORDER_ENTRY, &bytes,
                     fault));
    struct cursor from = cursor_from_bytes(bytes);
    key->number = cursor_u32(&from);
    if (key->number >= segment->layout.parts)
        return segment_broken(segment, SECTION_ORDER, (uint64_t)at * ORDER_ENTRY, "no such part",
                              fault);
    TRY(segment_record(segment, key->number, &record, fault));
    key->document = record.shape.columns.document;
    key->part = record.shape.columns.part;
    return OK;
}

enum status segment_find(const struct segment *segment, uint64_t document, uint32_t part,
                         uint32_t *number, struct fault *fault)
{
    struct order_key wanted = { document, part, 0 };
    uint32_t low = 0, high = segment->layout.parts;
    while (low < high) {
        struct order_key key = { 0 };
        uint32_t middle = low + (high - low) / 2;
        TRY(key_at(segment, middle, &key, fault));
        int order = compare(&key, &wanted);
        if (order == 0) {
            *number = key.number;
            return OK;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NOT_FOUND;
}

enum status order_verify(const struct segment *segment, struct fault *fault)
{
    struct order_key before = { 0 }, key = { 0 };
    SCOPED(buffer_release) struct buffer met = { 0 };
    if (!buffer_reserve(&met, segment->layout.parts))
        return no_memory(fault);
    if (segment->layout.parts > 0)
        memset(met.at, 0, segment->layout.parts);
    for (uint32_t i = 0; i < segment->layout.parts; i++) {
        TRY(key_at(segment, i, &key, fault));
        if (met.at[key.number]++ != 0 || (i > 0 && compare_then_number(&before, &key) >= 0))
            return segment_broken(segment, SECTION_ORDER, (uint64_t)i * ORDER_ENTRY,
                                  "documents out of order", fault);
        before = key;
    }
    return OK;
}

#include "wire/request.h"

#include "wire/frame.h"

/* A file name and a charset's name are short; what is longer was not made by us. */
enum { NAME_MAX_BYTES = 4096, CHARSET_MAX_BYTES = 64 };

static void write_item(const struct batch_item *item, struct buffer *to)
{
    buffer_u8(to, (uint8_t)item->format);
    buffer_u64(to, item->offset);
    buffer_u64(to, item->len);
    buffer_string(to, item->name);
    buffer_string(to, item->charset);
}

enum status batch_request_encode(const struct batch_request *request, struct buffer *to,
                                 struct fault *fault)
{
    if (request->count == 0 || request->count > BATCH_ITEMS_MAX)
        return fail(fault, OVER_LIMIT, "a batch of %u items", request->count);
    struct buffer body = { 0 };
    buffer_u32(&body, request->flags);
    buffer_u32(&body, request->memory_mib);
    buffer_u32(&body, request->processor_ms);
    buffer_u32(&body, request->deadline_ms);
    for (uint32_t i = 0; i < request->count; i++)
        write_item(&request->items[i], &body);
    enum status answer = buffer_check(&body, fault);
    struct frame frame = { .magic = FRAME_REQUEST,
                           .item = request->count,
                           .body = buffer_bytes(&body) };
    if (answer == OK)
        answer = frame_encode(&frame, to, fault);
    buffer_release(&body);
    return answer;
}

static void read_item(struct cursor *cursor, struct batch_item *item)
{
    uint8_t format = cursor_u8(cursor);
    item->format = format;
    item->offset = cursor_u64(cursor);
    item->len = cursor_u64(cursor);
    item->name = cursor_string(cursor);
    item->charset = cursor_string(cursor);
    if (format >= FORMATS || item->name.len > NAME_MAX_BYTES ||
        item->charset.len > CHARSET_MAX_BYTES || item->offset > INT64_MAX ||
        item->len > INT64_MAX - item->offset)
        cursor->bad = true;
}

enum status batch_request_decode(struct bytes from, struct arena *arena,
                                 struct batch_request *request, struct fault *fault)
{
    struct frame frame;
    TRY(frame_decode(from, FRAME_REQUEST, &frame, fault));
    if (frame.item == 0 || frame.item > BATCH_ITEMS_MAX)
        return fail(fault, BAD_INPUT, "a batch of %u items", frame.item);
    struct cursor cursor = cursor_from_bytes(frame.body);
    struct batch_request read = { .flags = cursor_u32(&cursor),
                                  .memory_mib = cursor_u32(&cursor),
                                  .processor_ms = cursor_u32(&cursor),
                                  .deadline_ms = cursor_u32(&cursor),
                                  .count = frame.item };
    read.items = arena_alloc_many(arena, read.count, sizeof *read.items);
    if (!read.items)
        return no_memory(fault);
    for (uint32_t i = 0; i < read.count; i++)
        read_item(&cursor, &read.items[i]);
    if (cursor.bad || cursor_left(&cursor) != 0)
        return fail(fault, BAD_INPUT, "a batch request that breaks the format");
    *request = read;
    return OK;
}

void worker_report_encode(const struct worker_report *report, struct buffer *to)
{
    struct buffer numbers = { 0 };
    buffer_u32(&numbers, (uint32_t)report->number);
    buffer_u64(&numbers, report->processor_ns);
    buffer_u64(&numbers, report->memory_peak);
    struct frame frame = { .magic = FRAME_REPORT,
                           .kind = (uint16_t)report->end,
                           .body = buffer_bytes(&numbers) };
    if (buffer_check(&numbers, NULL) != OK || frame_encode(&frame, to, NULL) != OK)
        to->failed = true;
    buffer_release(&numbers);
}

enum status worker_report_decode(struct bytes from, struct worker_report *report,
                                 struct fault *fault)
{
    struct frame frame;
    TRY(frame_decode(from, FRAME_REPORT, &frame, fault));
    struct cursor cursor = cursor_from_bytes(frame.body);
    struct worker_report read = { .end = frame.kind,
                                  .number = (int32_t)cursor_u32(&cursor),
                                  .processor_ns = cursor_u64(&cursor),
                                  .memory_peak = cursor_u64(&cursor) };
    if (frame.kind >= WORKER_ENDS || cursor.bad || cursor_left(&cursor) != 0)
        return fail(fault, BAD_INPUT, "a worker report that breaks the format");
    *report = read;
    return OK;
}

#include "wire/message.h"

#include "base/hash.h"
#include "text/utf8.h"
#include "wire/frame.h"

enum status frame_encode(const struct frame *frame, struct buffer *to, struct fault *fault)
{
    if (frame->body.len > MESSAGE_MAX - MESSAGE_HEADER)
        return fail(fault, OVER_LIMIT, "a message of %zu bytes is larger than a frame may be",
                    frame->body.len);
    buffer_u32(to, frame->magic);
    buffer_u16(to, frame->kind);
    buffer_u16(to, 0);
    buffer_u32(to, frame->item);
    buffer_u32(to, (uint32_t)frame->body.len);
    buffer_u64(to, frame->sequence);
    buffer_u64(to, checksum64(frame->body));
    buffer_append_bytes(to, frame->body);
    return buffer_check(to, fault);
}

enum status frame_decode(struct bytes from, enum frame_magic magic, struct frame *frame,
                         struct fault *fault)
{
    if (from.len < MESSAGE_HEADER || from.len > MESSAGE_MAX)
        return fail(fault, BAD_INPUT, "a frame of %zu bytes", from.len);
    struct cursor cursor = cursor_from_bytes(from);
    uint32_t found = cursor_u32(&cursor);
    uint16_t kind = cursor_u16(&cursor);
    uint16_t flags = cursor_u16(&cursor);
    uint32_t item = cursor_u32(&cursor);
    uint32_t len = cursor_u32(&cursor);
    uint64_t sequence = cursor_u64(&cursor);
    uint64_t checksum = cursor_u64(&cursor);
    struct bytes body = cursor_bytes(&cursor, cursor_left(&cursor));
    if (cursor.bad || found != (uint32_t)magic || flags != 0)
        return fail(fault, BAD_INPUT, "a frame with a foreign header");
    if (body.len != len)
        return fail(fault, BAD_INPUT, "a frame that announces %u bytes and holds %zu", len,
                    body.len);
    if (checksum64(body) != checksum)
        return fail(fault, BAD_INPUT, "a frame whose checksum does not fit");
    *frame = (struct frame){ magic, kind, item, sequence, body };
    return OK;
}

static void write_body(const struct message *message, struct buffer *to)
{
    switch (message->kind) {
    case MESSAGE_DOCUMENT:
        buffer_u8(to, (uint8_t)message->document_kind);
        buffer_string(to, message->text);
        break;
    case MESSAGE_FIELD:
        buffer_u8(to, (uint8_t)message->field.name);
        buffer_u8(to, (uint8_t)message->field.basis);
        buffer_string(to, message->field.value);
        buffer_string(to, message->field.from);
        break;
    case MESSAGE_PART:
        buffer_string(to, message->text);
        break;
    case MESSAGE_DOCUMENT_END:
        buffer_u8(to, (uint8_t)message->verdict);
        buffer_string(to, message->text);
        break;
    case MESSAGE_ITEM_END:
        buffer_u8(to, (uint8_t)message->verdict);
        buffer_string(to, message->text);
        buffer_u64(to, message->accounted);
        buffer_u32(to, message->documents);
        break;
    case MESSAGE_TEXT:
    case MESSAGE_SPANS:
    case MESSAGE_PART_END:
    case MESSAGE_BATCH_END:
    case MESSAGE_KINDS:
        break;
    }
}

enum status message_encode(const struct message *message, struct buffer *to, struct fault *fault)
{
    struct frame frame = { .magic = FRAME_MESSAGE,
                           .kind = (uint16_t)message->kind,
                           .item = message->item,
                           .sequence = message->sequence };
    if (message->kind == MESSAGE_TEXT || message->kind == MESSAGE_SPANS) {
        frame.body = message->kind == MESSAGE_TEXT ? message->text : message->spans;
        return frame_encode(&frame, to, fault);
    }
    struct buffer body = { 0 };
    write_body(message, &body);
    enum status answer = buffer_check(&body, fault);
    frame.body = buffer_bytes(&body);
    if (answer == OK)
        answer = frame_encode(&frame, to, fault);
    buffer_release(&body);
    return answer;
}

static struct bytes checked_string(struct cursor *cursor, size_t max)
{
    struct bytes string = cursor_string(cursor);
    if (string.len > max || utf8_valid_prefix(string) != string.len)
        cursor->bad = true;
    return string;
}

static uint8_t checked_enum(struct cursor *cursor, uint8_t end)
{
    uint8_t value = cursor_u8(cursor);
    if (value < end)
        return value;
    cursor->bad = true;
    return 0;
}

static void read_text(struct cursor *cursor, struct message *message)
{
    message->text = cursor_bytes(cursor, cursor_left(cursor));
    if (message->text.len == 0 || message->text.len > MESSAGE_TEXT_MAX ||
        utf8_valid_prefix(message->text) != message->text.len)
        cursor->bad = true;
}

static void read_spans(struct cursor *cursor, struct message *message)
{
    message->spans = cursor_bytes(cursor, cursor_left(cursor));
    struct cursor spans = cursor_from_bytes(message->spans);
    struct span span;
    while (cursor_left(&spans) > 0 && span_decode(&spans, PART_MAX, &span))
        if (utf8_valid_prefix(span.value) != span.value.len)
            spans.bad = true;
    if (spans.bad || message->spans.len == 0)
        cursor->bad = true;
}

static void read_body(struct cursor *cursor, struct message *message)
{
    switch (message->kind) {
    case MESSAGE_DOCUMENT:
        message->document_kind = checked_enum(cursor, KIND_KINDS);
        message->text = checked_string(cursor, MESSAGE_PATH_MAX);
        break;
    case MESSAGE_FIELD:
        message->field.name = checked_enum(cursor, FIELD_NAMES);
        message->field.basis = checked_enum(cursor, BASIS_DECLARED + 1);
        message->field.value = checked_string(cursor, MESSAGE_VALUE_MAX);
        message->field.from = checked_string(cursor, MESSAGE_REASON_MAX);
        break;
    case MESSAGE_PART:
        message->text = checked_string(cursor, MESSAGE_PATH_MAX);
        break;
    case MESSAGE_TEXT:
        read_text(cursor, message);
        break;
    case MESSAGE_SPANS:
        read_spans(cursor, message);
        break;
    case MESSAGE_DOCUMENT_END:
        message->verdict = checked_enum(cursor, VERDICTS);
        message->text = checked_string(cursor, MESSAGE_REASON_MAX);
        break;
    case MESSAGE_ITEM_END:
        message->verdict = checked_enum(cursor, VERDICTS);
        message->text = checked_string(cursor, MESSAGE_REASON_MAX);
        message->accounted = cursor_u64(cursor);
        message->documents = cursor_u32(cursor);
        break;
    case MESSAGE_PART_END:
    case MESSAGE_BATCH_END:
    case MESSAGE_KINDS:
        break;
    }
}

enum status message_decode(struct bytes from, struct message *message, struct fault *fault)
{
    struct frame frame;
    TRY(frame_decode(from, FRAME_MESSAGE, &frame, fault));
    if (frame.kind >= MESSAGE_KINDS || frame.item >= BATCH_ITEMS_MAX)
        return fail(fault, BAD_INPUT, "a message of an unknown kind or item");
    struct message read = { .kind = frame.kind, .item = frame.item, .sequence = frame.sequence };
    struct cursor cursor = cursor_from_bytes(frame.body);
    read_body(&cursor, &read);
    if (cursor.bad || cursor_left(&cursor) != 0)
        return fail(fault, BAD_INPUT, "a message (kind %u) whose body breaks the format",
                    frame.kind);
    *message = read;
    return OK;
}

bool message_split(struct bytes *packet, struct bytes *frame)
{
    struct cursor cursor = cursor_from_bytes(*packet);
    cursor_bytes(&cursor, 12);
    size_t len = (size_t)MESSAGE_HEADER + cursor_u32(&cursor);
    if (cursor.bad || len > packet->len)
        return false;
    *frame = bytes_slice(*packet, 0, len);
    *packet = bytes_slice(*packet, len, packet->len - len);
    return true;
}

const char *verdict_word(enum verdict verdict)
{
    static const char *const words[VERDICTS] = {
        [VERDICT_FULL] = "full",     [VERDICT_DOUBTFUL] = "doubtful", [VERDICT_PARTIAL] = "partial",
        [VERDICT_FAILED] = "failed", [VERDICT_UNREAD] = "unread",
    };
    return verdict < VERDICTS ? words[verdict] : "unknown";
}

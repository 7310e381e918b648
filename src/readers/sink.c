#include <stdio.h>

#include "base/scoped.h"
#include "readers/nest.h"
#include "text/utf8.h"

static void remember(struct sink *sink, const struct message *message)
{
    if (message->kind == MESSAGE_DOCUMENT || message->kind == MESSAGE_DOCUMENT_END)
        sink->has_document = message->kind == MESSAGE_DOCUMENT;
    if (message->kind == MESSAGE_PART || message->kind == MESSAGE_PART_END)
        sink->has_part = message->kind == MESSAGE_PART;
    if (message->kind == MESSAGE_DOCUMENT_END)
        nest_note_end(&sink->nest, message->verdict, message->text);
}

static enum status send(struct sink *sink, struct message message, struct fault *fault)
{
    message.item = message.kind == MESSAGE_BATCH_END ? 0 : sink->item;
    message.sequence = sink->sequence++;
    remember(sink, &message);
    return sink->send(sink, &message, fault);
}

/* At most max bytes, never half a character. */
static struct bytes cut_whole(struct bytes text, size_t max)
{
    if (text.len <= max)
        return text;
    size_t len = max;
    while (len > 0 && (text.at[len] & 0xC0) == 0x80)
        len--;
    return bytes_slice(text, 0, len);
}

enum status sink_document(struct sink *sink, enum document_kind kind, struct bytes path,
                          struct fault *fault)
{
    SCOPED(buffer_release) struct buffer whole = { 0 };
    buffer_append_bytes(&whole, sink->nest.path);
    if (path.len > 0 && whole.len > 0)
        buffer_u8(&whole, '/');
    buffer_append_bytes(&whole, path);
    TRY(buffer_check(&whole, fault));
    struct bytes shown = cut_whole(buffer_bytes(&whole), sizeof sink->nest.document - 1);
    snprintf(sink->nest.document, sizeof sink->nest.document, "%.*s", (int)shown.len,
             (const char *)shown.at);
    struct message message = { .kind = MESSAGE_DOCUMENT,
                               .document_kind = kind,
                               .text = cut_whole(buffer_bytes(&whole), MESSAGE_PATH_MAX) };
    return send(sink, message, fault);
}

enum status sink_field(struct sink *sink, const struct field *field, struct fault *fault)
{
    struct message message = { .kind = MESSAGE_FIELD, .field = *field };
    message.field.value = cut_whole(field->value, MESSAGE_VALUE_MAX);
    message.field.from = cut_whole(field->from, MESSAGE_REASON_MAX);
    return send(sink, message, fault);
}

static enum status send_text(struct sink *sink, struct bytes text, struct fault *fault)
{
    while (text.len > 0) {
        struct bytes chunk = cut_whole(text, MESSAGE_TEXT_MAX);
        TRY(send(sink, (struct message){ .kind = MESSAGE_TEXT, .text = chunk }, fault));
        text = bytes_slice(text, chunk.len, text.len);
    }
    return OK;
}

static enum status send_encoded(struct sink *sink, struct buffer *spans, struct fault *fault)
{
    TRY(buffer_check(spans, fault));
    if (spans->len == 0)
        return OK;
    struct message message = { .kind = MESSAGE_SPANS, .spans = buffer_bytes(spans) };
    TRY(send(sink, message, fault));
    buffer_clear(spans);
    return OK;
}

static enum status send_spans(struct sink *sink, const struct span *spans, size_t count,
                              struct buffer *encoded, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        struct span span = spans[i];
        span.value = cut_whole(span.value, SPAN_VALUE_MAX);
        span_encode(&span, encoded);
        if (encoded->len >= MESSAGE_TEXT_MAX)
            TRY(send_encoded(sink, encoded, fault));
    }
    return send_encoded(sink, encoded, fault);
}

enum status sink_part(struct sink *sink, struct bytes name, struct bytes text,
                      const struct span *spans, size_t count, struct fault *fault)
{
    struct message part = { .kind = MESSAGE_PART, .text = cut_whole(name, MESSAGE_PATH_MAX) };
    TRY(send(sink, part, fault));
    TRY(send_text(sink, text, fault));
    struct buffer encoded = { 0 };
    enum status answer = send_spans(sink, spans, count, &encoded, fault);
    buffer_release(&encoded);
    TRY(answer);
    return send(sink, (struct message){ .kind = MESSAGE_PART_END }, fault);
}

enum status sink_document_end(struct sink *sink, enum verdict verdict, struct bytes reason,
                              struct fault *fault)
{
    struct message message = { .kind = MESSAGE_DOCUMENT_END,
                               .verdict = verdict,
                               .text = cut_whole(reason, MESSAGE_REASON_MAX) };
    return send(sink, message, fault);
}

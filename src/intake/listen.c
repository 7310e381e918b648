#include "intake/listen.h"

enum status listener_step(struct listener *listener, struct fault *fault)
{
    enum status heard = worker_batch_next(listener->batch, &listener->message, &listener->words);
    if (heard == OK)
        return OK;
    listener->has_failed = heard == BAD_INPUT;
    if (fault != NULL)
        *fault = listener->words;
    return heard;
}

static enum status keep_field(struct listener *listener, struct fault *fault)
{
    struct field field = listener->message.field;
    field.value = arena_copy(&listener->arena, field.value);
    field.from = arena_copy(&listener->arena, field.from);
    if (field.value.at == NULL || field.from.at == NULL)
        return no_memory(fault);
    return field_list_add(&listener->fields, field, fault);
}

static enum status unexpected(struct listener *listener, struct fault *fault)
{
    listener->has_failed = true;
    enum status said = fail(&listener->words, BAD_INPUT, "the worker spoke out of turn");
    if (fault != NULL)
        *fault = listener->words;
    return said;
}

/* Fields up to the next part or the document's end. */
static enum status hear_fields(struct listener *listener, bool *ended, struct fault *fault)
{
    for (;;) {
        TRY(listener_step(listener, fault));
        if (listener->message.kind == MESSAGE_FIELD) {
            TRY(keep_field(listener, fault));
            continue;
        }
        *ended = listener->message.kind == MESSAGE_DOCUMENT_END;
        listener->part_waits = listener->message.kind == MESSAGE_PART;
        if (!*ended && !listener->part_waits)
            return unexpected(listener, fault);
        if (listener->part_waits) {
            listener->part_name = arena_copy(&listener->arena, listener->message.text);
            return listener->part_name.at == NULL ? no_memory(fault) : OK;
        }
        return OK;
    }
}

static enum status decode_spans(struct listener *listener, struct fault *fault)
{
    struct cursor from = cursor_from_bytes(buffer_bytes(&listener->span_bytes));
    listener->spans.count = 0;
    while (cursor_left(&from) > 0) {
        struct span span;
        if (!span_decode(&from, listener->text.len, &span))
            return unexpected(listener, fault);
        TRY(span_list_add(&listener->spans, span, fault));
    }
    span_list_sort(&listener->spans);
    return OK;
}

static bool is_word_byte(uint8_t byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
}

/* Whether a word stands outside furniture: a page of banners alone is no text. */
static void note_text(struct listener *listener)
{
    size_t next = 0;
    uint32_t until = 0;
    if (listener->kind == KIND_STUB)
        return;
    for (size_t at = 0; at < listener->text.len && !listener->has_text; at++) {
        for (; next < listener->spans.count && listener->spans.at[next].start <= at; next++)
            if (listener->spans.at[next].kind == SPAN_FURNITURE &&
                listener->spans.at[next].end > until)
                until = listener->spans.at[next].end;
        listener->has_text = at >= until && is_word_byte(listener->text.at[at]);
    }
}

static enum status hear_part(struct listener *listener, struct new_part *part, struct fault *fault)
{
    buffer_clear(&listener->text);
    buffer_clear(&listener->span_bytes);
    for (;;) {
        TRY(listener_step(listener, fault));
        if (listener->message.kind == MESSAGE_TEXT)
            buffer_append_bytes(&listener->text, listener->message.text);
        else if (listener->message.kind == MESSAGE_SPANS)
            buffer_append_bytes(&listener->span_bytes, listener->message.spans);
        else if (listener->message.kind == MESSAGE_PART_END)
            break;
        else
            return unexpected(listener, fault);
        if (listener->text.len > PART_MAX || listener->span_bytes.len > 4u * PART_MAX)
            return unexpected(listener, fault);
    }
    TRY(buffer_check(&listener->text, fault));
    TRY(buffer_check(&listener->span_bytes, fault));
    TRY(decode_spans(listener, fault));
    note_text(listener);
    *part = (struct new_part){ .name = listener->part_name,
                               .text = buffer_bytes(&listener->text),
                               .spans = listener->spans.at,
                               .span_count = listener->spans.count };
    return OK;
}

static enum status end_document(struct listener *listener, struct new_document *document,
                                struct fault *fault)
{
    document->verdict = (uint8_t)listener->message.verdict;
    document->reason = arena_copy(&listener->arena, listener->message.text);
    document->fields = listener->fields.at;
    document->field_count = listener->fields.count;
    return document->reason.at == NULL ? no_memory(fault) : OK;
}

static enum status pull(struct new_document *document, struct new_part *part, bool *ended,
                        struct fault *fault)
{
    struct listener *listener = document->context;
    *ended = false;
    if (!listener->part_waits)
        TRY(hear_fields(listener, ended, fault));
    if (*ended)
        return end_document(listener, document, fault);
    listener->part_waits = false;
    return hear_part(listener, part, fault);
}

enum status listener_document(struct listener *listener, struct new_document *document,
                              struct fault *fault)
{
    arena_clear(&listener->arena);
    listener->fields.count = 0;
    listener->part_waits = false;
    listener->has_text = false;
    document->kind = listener->kind = listener->message.document_kind;
    document->path = arena_copy(&listener->arena, listener->message.text);
    document->next_part = pull;
    document->context = listener;
    if (document->path.at == NULL)
        return no_memory(fault);
    bool ended = false;
    TRY(hear_fields(listener, &ended, fault));
    document->fields = listener->fields.at;
    document->field_count = listener->fields.count;
    if (!ended)
        return OK;
    document->next_part = NULL;
    return end_document(listener, document, fault);
}

enum status listener_pass_over(struct listener *listener, struct fault *fault)
{
    struct new_document document = { 0 };
    struct new_part part;
    bool ended = false;
    TRY(listener_document(listener, &document, fault));
    while (!ended && document.next_part != NULL)
        TRY(document.next_part(&document, &part, &ended, fault));
    return OK;
}

void listener_release(struct listener *listener)
{
    arena_release(&listener->arena);
    field_list_release(&listener->fields);
    buffer_release(&listener->text);
    buffer_release(&listener->span_bytes);
    span_list_release(&listener->spans);
}

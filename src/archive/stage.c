#include "archive/inside.h"

#include <fcntl.h>

#include "base/file.h"

enum { HELD_MAX = 32 << 20, RECORD_HEAD = 8 };

static void add_hash(struct bytes of, struct buffer *to)
{
    struct hash hash = hash_from_bytes(of);
    buffer_append(to, hash.at, HASH_LEN);
}

/* A hash of hashes: no copy of a whole document is made for it. */
static enum status note_part(struct staged *staged, const struct new_part *part, struct bytes spans,
                             struct fault *fault)
{
    if (staged->parts == 0)
        staged->body = body_hash(part);
    add_hash(part->name, &staged->hashes);
    add_hash(part->text, &staged->hashes);
    add_hash(spans, &staged->hashes);
    buffer_string(&staged->names, part->name);
    staged->bytes += part->text.len;
    staged->parts++;
    TRY(buffer_check(&staged->names, fault));
    return buffer_check(&staged->hashes, fault);
}

static void encode_spans(const struct new_part *part, struct buffer *to)
{
    buffer_clear(to);
    for (size_t i = 0; i < part->span_count; i++)
        span_encode(&part->spans[i], to);
}

static enum status spill(int dir, struct staged *staged, struct fault *fault)
{
    if (staged->fd < 0)
        staged->fd = openat(dir, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (staged->fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot hold a large document on disk");
    TRY(file_write_all(staged->fd, buffer_bytes(&staged->held), "a large document", fault));
    staged->spilled += staged->held.len;
    buffer_clear(&staged->held);
    return OK;
}

static enum status hold_part(int dir, struct staged *staged, const struct new_part *part,
                             struct fault *fault)
{
    struct buffer *record = &staged->record, spans = { 0 };
    encode_spans(part, &spans);
    enum status noted = buffer_check(&spans, fault);
    if (noted == OK)
        noted = note_part(staged, part, buffer_bytes(&spans), fault);
    buffer_clear(record);
    buffer_string(record, part->name);
    buffer_string(record, part->text);
    buffer_varint(record, part->span_count);
    buffer_append_bytes(record, buffer_bytes(&spans));
    buffer_release(&spans);
    TRY(noted);
    TRY(buffer_check(record, fault));
    buffer_u64(&staged->held, record->len);
    buffer_append_bytes(&staged->held, buffer_bytes(record));
    TRY(buffer_check(&staged->held, fault));
    return staged->held.len > HELD_MAX ? spill(dir, staged, fault) : OK;
}

static enum status hold_all(int dir, struct staged *staged, struct fault *fault)
{
    struct new_document *document = staged->document;
    for (;;) {
        struct new_part part = { 0 };
        bool ended = false;
        TRY(document->next_part(document, &part, &ended, fault));
        if (ended)
            break;
        TRY(hold_part(dir, staged, &part, fault));
    }
    return staged->fd >= 0 ? spill(dir, staged, fault) : OK;
}

static enum status note_all(struct staged *staged, struct fault *fault)
{
    for (size_t i = 0; i < staged->document->part_count; i++) {
        const struct new_part *part = &staged->document->parts[i];
        encode_spans(part, &staged->record);
        TRY(buffer_check(&staged->record, fault));
        TRY(note_part(staged, part, buffer_bytes(&staged->record), fault));
    }
    return OK;
}

enum status stage(int dir, struct new_document *document, struct staged *staged,
                  struct fault *fault)
{
    *staged = (struct staged){ .document = document, .fd = -1 };
    TRY(document->next_part != NULL ? hold_all(dir, staged, fault) : note_all(staged, fault));
    fields_encode(document->fields, document->field_count, &staged->fields);
    TRY(buffer_check(&staged->fields, fault));
    add_hash(buffer_bytes(&staged->fields), &staged->hashes);
    TRY(buffer_check(&staged->hashes, fault));
    staged->text = hash_from_bytes(buffer_bytes(&staged->hashes));
    return OK;
}

void staged_release(struct staged *staged)
{
    close_fd_at(&staged->fd);
    buffer_release(&staged->fields);
    buffer_release(&staged->names);
    buffer_release(&staged->hashes);
    buffer_release(&staged->held);
    buffer_release(&staged->record);
    span_list_release(&staged->spans);
    *staged = (struct staged){ .fd = -1 };
}

static enum status read_record(struct staged *staged, struct bytes *record, struct fault *fault)
{
    uint8_t head[RECORD_HEAD];
    struct bytes held = buffer_bytes(&staged->held);
    if (staged->fd >= 0) {
        TRY(file_read_at(staged->fd, staged->at, sizeof head, "a large document", head, fault));
        held = bytes_make(head, sizeof head);
    } else {
        held = bytes_slice(held, staged->at, held.len);
    }
    struct cursor from = cursor_from_bytes(held);
    size_t len = cursor_u64(&from);
    *record = cursor_bytes(&from, staged->fd >= 0 ? 0 : len);
    if (staged->fd >= 0) {
        buffer_clear(&staged->record);
        if (!buffer_reserve(&staged->record, len))
            return no_memory(fault);
        TRY(file_read_at(staged->fd, staged->at + RECORD_HEAD, len, "a large document",
                         staged->record.at, fault));
        *record = bytes_make(staged->record.at, len);
    }
    staged->at += RECORD_HEAD + len;
    return OK;
}

static enum status decode_part(struct bytes record, struct staged *staged, struct new_part *part,
                               struct fault *fault)
{
    struct cursor from = cursor_from_bytes(record);
    part->name = cursor_string(&from);
    part->text = cursor_string(&from);
    size_t count = cursor_varint64(&from);
    staged->spans.count = 0;
    for (size_t i = 0; i < count; i++) {
        struct span span;
        if (!span_decode(&from, part->text.len, &span))
            return fail(fault, BAD_INPUT, "a span of the document is out of order or bounds");
        TRY(span_list_add(&staged->spans, span, fault));
    }
    part->spans = staged->spans.at;
    part->span_count = staged->spans.count;
    return OK;
}

enum status staged_part(struct staged *staged, uint32_t index, struct new_part *part,
                        struct fault *fault)
{
    if (staged->document->next_part == NULL) {
        *part = staged->document->parts[index];
        return OK;
    }
    struct bytes record;
    TRY(read_record(staged, &record, fault));
    return decode_part(record, staged, part, fault);
}

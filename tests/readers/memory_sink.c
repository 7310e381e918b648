#include "memory_sink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <sys/mman.h>

#include "base/file.h"
#include "base/scoped.h"

static void note_spans(struct memory_sink *sink, struct bytes spans)
{
    struct cursor cursor = cursor_from_bytes(spans);
    struct span span;
    while (cursor_left(&cursor) > 0 && span_decode(&cursor, PART_MAX, &span))
        buffer_print(&sink->spans, "%s %u-%u;", span_kind_word(span.kind), span.start, span.end);
}

static void note(struct memory_sink *sink, const struct message *message)
{
    sink->documents += message->kind == MESSAGE_DOCUMENT;
    sink->parts += message->kind == MESSAGE_PART;
    if (message->kind == MESSAGE_DOCUMENT) {
        sink->kind = message->document_kind;
        buffer_clear(&sink->path);
        buffer_append_bytes(&sink->path, message->text);
    }
    if (message->kind == MESSAGE_FIELD)
        buffer_print(&sink->fields, "%s=%.*s;", field_word(message->field.name),
                     (int)message->field.value.len, (const char *)message->field.value.at);
    if (message->kind == MESSAGE_TEXT)
        buffer_append_bytes(&sink->text, message->text);
    if (message->kind == MESSAGE_PART_END && sink->dialogue.part_len > sink->longest_part)
        sink->longest_part = sink->dialogue.part_len;
    if (message->kind == MESSAGE_SPANS)
        note_spans(sink, message->spans);
    if (message->kind == MESSAGE_DOCUMENT_END) {
        buffer_print(&sink->ends, "%.*s: %s, %.*s;", (int)sink->path.len,
                     (const char *)sink->path.at, verdict_word(message->verdict),
                     (int)message->text.len, (const char *)message->text.at);
        sink->verdict = message->verdict;
        snprintf(sink->reason, sizeof sink->reason, "%.*s", (int)message->text.len,
                 (const char *)message->text.at);
    }
}

static enum status send_to_memory(struct sink *to, const struct message *message,
                                  struct fault *fault)
{
    struct memory_sink *sink = (struct memory_sink *)to;
    SCOPED(buffer_release) struct buffer frame = { 0 };
    struct message read;
    TRY(message_encode(message, &frame, fault));
    TRY(message_decode(buffer_bytes(&frame), &read, fault));
    TRY(dialogue_take(&sink->dialogue, &read, fault));
    note(sink, &read);
    return OK;
}

void memory_sink_read(struct memory_sink *sink, const struct reader *reader, struct bytes item,
                      uint32_t flags, const char *charset)
{
    *sink = (struct memory_sink){ .sink.send = send_to_memory };
    dialogue_begin(&sink->dialogue, 1);
    CLOSED_FD int fd = memfd_create("item", MFD_CLOEXEC);
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    assert_int_equal(file_write_all(fd, bytes_from_string("before"), "item", &fault), OK);
    assert_int_equal(file_write_all(fd, item, "item", &fault), OK);
    struct reader_input input = { .fd = fd, .offset = 6, .len = item.len, .flags = flags };
    input.name = bytes_from_string("item.txt");
    input.charset = bytes_from_string(charset ? charset : "");
    enum status answer = reader->read(&input, &sink->sink, &arena, &fault);
    assert_string_equal(fault.words, "");
    assert_int_equal(answer, OK);
    arena_release(&arena);
}

void memory_sink_release(struct memory_sink *sink)
{
    buffer_release(&sink->text);
    buffer_release(&sink->fields);
    buffer_release(&sink->spans);
    buffer_release(&sink->ends);
    buffer_release(&sink->path);
}

#include "segment/term_writer.h"

#include <assert.h>

#include "base/file.h"
#include "segment/postings.h"

enum { SPILL_STEP = 1 << 20 };

void term_writer_begin(struct term_writer *writer, struct sink *sink)
{
    *writer = (struct term_writer){ .sink = sink, .spill = -1 };
}

void term_writer_release(struct term_writer *writer)
{
    buffer_release(&writer->block_parts);
    buffer_release(&writer->block_positions);
    buffer_release(&writer->skips);
    buffer_release(&writer->terms);
    buffer_release(&writer->index);
    close_fd_at(&writer->spill);
    writer->spill = -1;
}

static void write_block(struct term_writer *writer)
{
    sink_drain(writer->sink, &writer->block_parts);
    sink_drain(writer->sink, &writer->block_positions);
    buffer_u32(&writer->skips, writer->next_part - 1);
    buffer_u64(&writer->skips, sink_section_len(writer->sink) - writer->list_at);
}

/* A list of one block needs no skip table. */
static void write_list_end(struct term_writer *writer)
{
    if (writer->parts % POSTINGS_BLOCK != 0)
        write_block(writer);
    if (writer->parts <= POSTINGS_BLOCK)
        buffer_clear(&writer->skips);
    sink_drain(writer->sink, &writer->skips);
}

static size_t shared_prefix(const struct term_writer *writer)
{
    size_t len = writer->key_len < writer->last_len ? writer->key_len : writer->last_len;
    size_t shared = 0;
    while (shared < len && writer->key[shared] == writer->last[shared])
        shared++;
    return shared;
}

static void write_term(struct term_writer *writer)
{
    struct buffer *terms = &writer->terms;
    size_t shared = 0;
    if (writer->count % TERM_BLOCK == 0) {
        buffer_u64(&writer->index, writer->spilled + terms->len);
        buffer_varint(terms, writer->list_at);
    } else {
        shared = shared_prefix(writer);
        buffer_varint(terms, shared);
    }
    buffer_string(terms, bytes_make(writer->key + shared, writer->key_len - shared));
    buffer_varint(terms, writer->parts);
    buffer_varint(terms, writer->occurrences - writer->parts);
    buffer_varint(terms, sink_section_len(writer->sink) - writer->list_at);
    memcpy(writer->last, writer->key, writer->key_len);
    writer->last_len = writer->key_len;
    writer->count++;
}

static enum status spill(struct term_writer *writer, struct fault *fault)
{
    TRY(buffer_check(&writer->terms, fault));
    if (writer->spill < 0)
        TRY(sink_spill_open(writer->sink, &writer->spill, fault));
    TRY(file_write_all(writer->spill, buffer_bytes(&writer->terms), writer->sink->name, fault));
    writer->spilled += writer->terms.len;
    buffer_clear(&writer->terms);
    return OK;
}

static enum status end_key(struct term_writer *writer, struct fault *fault)
{
    if (writer->parts == 0)
        return OK;
    write_list_end(writer);
    write_term(writer);
    return writer->terms.len >= SPILL_STEP ? spill(writer, fault) : OK;
}

enum status term_writer_key(struct term_writer *writer, struct bytes key, struct fault *fault)
{
    assert(key.len > 0 && key.len <= TERM_KEY_MAX);
    TRY(end_key(writer, fault));
    memcpy(writer->key, key.at, key.len);
    writer->key_len = (uint8_t)key.len;
    writer->occurrences = 0;
    writer->parts = 0;
    writer->next_part = 0;
    writer->list_at = sink_section_len(writer->sink);
    return OK;
}

static void write_positions(struct buffer *to, const uint32_t *positions, uint32_t count)
{
    uint32_t floor = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t distance = positions[i] - floor;
        floor = positions[i] + 1;
        if (distance < 0x80 && to->len < to->room)
            to->at[to->len++] = (uint8_t)distance;
        else
            buffer_varint(to, distance);
    }
}

void term_writer_part(struct term_writer *writer, uint32_t part, const uint32_t *positions,
                      uint32_t count)
{
    assert(count > 0 && part >= writer->next_part);
    struct buffer *parts = &writer->block_parts;
    buffer_varint(parts, (uint64_t)(part - writer->next_part) << 1 | (count == 1));
    if (count > 1)
        buffer_varint(parts, count - 2);
    write_positions(&writer->block_positions, positions, count);
    writer->next_part = part + 1;
    writer->occurrences += count;
    writer->parts++;
    if (writer->parts % POSTINGS_BLOCK == 0)
        write_block(writer);
}

static enum status write_spilled(struct term_writer *writer, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer step = { 0 };
    if (!buffer_reserve(&step, SPILL_STEP))
        return no_memory(fault);
    for (uint64_t at = 0; at < writer->spilled;) {
        uint64_t left = writer->spilled - at;
        size_t len = left < SPILL_STEP ? (size_t)left : SPILL_STEP;
        TRY(file_read_at(writer->spill, at, len, writer->sink->name, step.at, fault));
        sink_write(writer->sink, bytes_make(step.at, len));
        at += len;
    }
    return OK;
}

enum status term_writer_finish(struct term_writer *writer, struct fault *fault)
{
    TRY(end_key(writer, fault));
    sink_section(writer->sink, SECTION_TERMS);
    TRY(write_spilled(writer, fault));
    sink_drain(writer->sink, &writer->terms);
    sink_section(writer->sink, SECTION_TERM_INDEX);
    sink_drain(writer->sink, &writer->index);
    writer->sink->layout.terms = writer->count;
    return OK;
}

/* What stands stored for each part: text, spans, marks. */
#include <stdatomic.h>

#include "base/compress.h"
#include "segment/former.h"
#include "segment/inside.h"

static enum status decompress_frame(const struct segment *segment, struct bytes frame, size_t len,
                                    uint64_t offset, struct buffer *to, struct fault *fault)
{
    struct decompressor *decompressor = atomic_exchange(segment->spare, NULL), *none = NULL;
    if (decompressor == NULL)
        TRY(decompressor_new(&decompressor, fault));
    enum status done =
        decompressor_frame(decompressor, frame, len, segment->name, offset, to, fault);
    if (!atomic_compare_exchange_strong(segment->spare, &none, decompressor))
        decompressor_free(decompressor);
    return done;
}

/* A block of text: where it stands in the segment's text, and its frame in the section. */
struct text_block {
    uint64_t start, end;
    uint64_t frame, frame_end;
};

static uint64_t block_count(const struct segment *segment)
{
    uint64_t entry = segment->layout.version == LAYOUT_FORMER ? FORMER_ENTRY : TEXT_ENTRY;
    return segment->layout.sections[SECTION_TEXT_TABLE].len / entry;
}

static enum status lend_entry(const struct segment *segment, uint64_t number, uint64_t *start,
                              uint64_t *frame, struct fault *fault)
{
    struct bytes entry;
    TRY(segment_lend(segment, SECTION_TEXT_TABLE, number * TEXT_ENTRY, TEXT_ENTRY, &entry, fault));
    struct cursor from = cursor_from_bytes(entry);
    *start = cursor_u64(&from);
    *frame = cursor_u64(&from);
    return OK;
}

static enum status former_text_block(const struct segment *segment, uint64_t number,
                                     struct text_block *block, struct fault *fault)
{
    uint64_t left = segment->layout.text_len - number * TEXT_BLOCK;
    block->start = number * TEXT_BLOCK;
    block->end = block->start + (left < TEXT_BLOCK ? left : TEXT_BLOCK);
    return former_range(segment, SECTION_TEXT_TABLE, number,
                        segment->layout.sections[SECTION_TEXT].len, &block->frame,
                        &block->frame_end, fault);
}

static enum status text_block(const struct segment *segment, uint64_t number,
                              struct text_block *block, struct fault *fault)
{
    if (segment->layout.version == LAYOUT_FORMER)
        return former_text_block(segment, number, block, fault);
    TRY(lend_entry(segment, number, &block->start, &block->frame, fault));
    block->end = segment->layout.text_len;
    block->frame_end = segment->layout.sections[SECTION_TEXT].len;
    if (number + 1 < block_count(segment))
        TRY(lend_entry(segment, number + 1, &block->end, &block->frame_end, fault));
    if (block->start >= block->end || block->end - block->start > TEXT_BLOCK ||
        block->frame > block->frame_end)
        return segment_broken(segment, SECTION_TEXT_TABLE, number * TEXT_ENTRY,
                              "blocks of text out of order", fault);
    return OK;
}

/* The block in which byte `at` of the text stands. */
static enum status find_text_block(const struct segment *segment, uint64_t at,
                                   struct text_block *block, struct fault *fault)
{
    uint64_t low = 0, high = block_count(segment), start, frame;
    if (segment->layout.version == LAYOUT_FORMER)
        return former_text_block(segment, at / TEXT_BLOCK, block, fault);
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        TRY(lend_entry(segment, middle, &start, &frame, fault));
        if (start <= at)
            low = middle;
        else
            high = middle;
    }
    TRY(text_block(segment, low, block, fault));
    if (at < block->start || at >= block->end)
        return segment_broken(segment, SECTION_TEXT_TABLE, low * TEXT_ENTRY,
                              "blocks of text out of order", fault);
    return OK;
}

static enum status read_block(struct text_reader *reader, uint64_t at, struct fault *fault)
{
    const struct segment *segment = reader->segment;
    struct text_block block = { 0 };
    if (at >= reader->start && at < reader->end)
        return OK;
    TRY(find_text_block(segment, at, &block, fault));
    struct bytes frame;
    TRY(segment_lend(segment, SECTION_TEXT, block.frame, block.frame_end - block.frame, &frame,
                     fault));
    size_t len = (size_t)(block.end - block.start);
    reader->start = reader->end = 0;
    buffer_clear(&reader->block);
    TRY(decompress_frame(segment, frame, len,
                         segment->layout.sections[SECTION_TEXT].at + block.frame, &reader->block,
                         fault));
    if (reader->block.len != len)
        return segment_broken(segment, SECTION_TEXT, block.frame,
                              "a block of text of the wrong length", fault);
    reader->start = block.start;
    reader->end = block.end;
    return OK;
}

enum status text_reader_read(struct text_reader *reader, uint64_t at, uint64_t len,
                             struct buffer *to, struct fault *fault)
{
    size_t before = to->len;
    while (len > 0) {
        enum status read = read_block(reader, at, fault);
        if (read != OK) {
            to->len = before;
            return read;
        }
        struct bytes slice = bytes_slice(buffer_bytes(&reader->block), (size_t)(at - reader->start),
                                         len > SIZE_MAX ? SIZE_MAX : len);
        buffer_append_bytes(to, slice);
        at += slice.len;
        len -= slice.len;
    }
    return buffer_check(to, fault);
}

enum status segment_text_frame(const struct segment *segment, uint64_t at, struct bytes *frame,
                               uint64_t *start, uint64_t *end, struct fault *fault)
{
    struct text_block block = { 0 };
    TRY(find_text_block(segment, at, &block, fault));
    *start = block.start;
    *end = block.end;
    return segment_lend(segment, SECTION_TEXT, block.frame, block.frame_end - block.frame, frame,
                        fault);
}

void text_reader_release(struct text_reader *reader)
{
    buffer_release(&reader->block);
    reader->start = reader->end = 0;
}

enum status segment_text(const struct segment *segment, uint32_t part, uint32_t start, uint32_t len,
                         struct buffer *to, struct fault *fault)
{
    struct part_record record;
    TRY(segment_record(segment, part, &record, fault));
    uint32_t text_len = record.shape.text_len;
    start = start < text_len ? start : text_len;
    len = len < text_len - start ? len : text_len - start;
    SCOPED(text_reader_release) struct text_reader reader = { .segment = segment };
    return text_reader_read(&reader, record.text_at + start, len, to, fault);
}

/* A part's run ends where that of the next part begins. */
static enum status lend_run(const struct segment *segment, enum section section, uint32_t part,
                            uint64_t start, uint64_t next, struct bytes *bytes, struct fault *fault)
{
    uint64_t end = part + 1 < segment->layout.parts ? next : segment->layout.sections[section].len;
    if (end < start)
        return segment_broken(segment, SECTION_PARTS, (uint64_t)part * PART_RECORD,
                              "records out of order", fault);
    return segment_lend(segment, section, start, end - start, bytes, fault);
}

static enum status record_pair(const struct segment *segment, uint32_t part,
                               struct part_record *record, struct part_record *next,
                               struct fault *fault)
{
    TRY(segment_record(segment, part, record, fault));
    return part + 1 < segment->layout.parts ? segment_record(segment, part + 1, next, fault) : OK;
}

enum status segment_span_bytes(const struct segment *segment, uint32_t part,
                               struct part_record *record, struct bytes *bytes, struct fault *fault)
{
    struct part_record next = { 0 };
    TRY(record_pair(segment, part, record, &next, fault));
    return lend_run(segment, SECTION_SPANS, part, record->spans_at, next.spans_at, bytes, fault);
}

enum status segment_mark_bytes(const struct segment *segment, uint32_t part,
                               struct part_record *record, struct bytes *bytes, struct fault *fault)
{
    struct part_record next = { 0 };
    TRY(record_pair(segment, part, record, &next, fault));
    return lend_run(segment, SECTION_MARKS, part, record->marks_at, next.marks_at, bytes, fault);
}

static size_t count_spans(struct bytes bytes, size_t text_len)
{
    struct cursor from = cursor_from_bytes(bytes);
    struct span span;
    size_t count = 0;
    while (cursor_left(&from) > 0 && span_decode(&from, text_len, &span))
        count++;
    return count;
}

enum status segment_spans(const struct segment *segment, uint32_t part, struct arena *arena,
                          struct span **spans, size_t *count, struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_span_bytes(segment, part, &record, &bytes, fault));
    size_t room = count_spans(bytes, record.shape.text_len), filled = 0;
    struct span *read = arena_alloc_many(arena, room + 1, sizeof *read);
    struct bytes copy = arena_copy(arena, bytes);
    if (read == NULL || copy.at == NULL)
        return no_memory(fault);
    struct cursor from = cursor_from_bytes(copy);
    while (filled < room && span_decode(&from, record.shape.text_len, &read[filled])) {
        if (filled > 0 && read[filled].start < read[filled - 1].start)
            from.bad = true;
        filled++;
    }
    if (from.bad || cursor_left(&from) > 0)
        return segment_broken(segment, SECTION_SPANS, record.spans_at, "spans break their form",
                              fault);
    *spans = read;
    *count = filled;
    return OK;
}

enum status mark_next(const struct segment *segment, const struct part_record *record,
                      struct cursor *from, struct text_mark *mark, bool *found, struct fault *fault)
{
    *found = cursor_left(from) > 0;
    if (!*found)
        return OK;
    uint64_t byte = (uint64_t)mark->byte + cursor_varint32(from);
    uint64_t position = (uint64_t)mark->position + cursor_varint32(from);
    uint64_t furniture = (uint64_t)mark->furniture_position + cursor_varint32(from);
    if (from->bad || byte >= record->shape.text_len || position >= record->shape.words ||
        position <= mark->position || furniture > record->furniture_words)
        return segment_broken(segment, SECTION_MARKS, record->marks_at, "marks break their form",
                              fault);
    *mark = (struct text_mark){ (uint32_t)byte, (uint32_t)position, (uint32_t)furniture };
    return OK;
}

enum status segment_mark(const struct segment *segment, uint32_t part, uint32_t position,
                         struct text_mark *mark, struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_mark_bytes(segment, part, &record, &bytes, fault));
    struct cursor from = cursor_from_bytes(bytes);
    struct text_mark here = { 0 }, next = { 0 };
    for (bool found = true; found && next.position <= position;) {
        here = next;
        TRY(mark_next(segment, &record, &from, &next, &found, fault));
    }
    *mark = here;
    return OK;
}

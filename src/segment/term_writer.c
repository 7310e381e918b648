#include "segment/term_writer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "segment/inside.h"
#include "segment/pairs.h"

enum { PREFIX_LEN = 8, NIBBLE = 15, POSITIONS_STEP = 1 << 16 };

void term_writer_begin(struct term_writer *writer, struct sink *sink, const uint32_t *words,
                       uint64_t all_words)
{
    *writer = (struct term_writer){ .sink = sink, .words = all_words };
    writer->list.words = words;
    spill_begin(&writer->postings);
    spill_begin(&writer->terms);
    list_writer_begin(&writer->list);
}

void term_writer_release(struct term_writer *writer)
{
    list_writer_release(&writer->list);
    buffer_release(&writer->positions);
    spill_release(&writer->postings);
    spill_release(&writer->terms);
    buffer_release(&writer->index);
    free(take(writer->frequent));
}

static size_t shared_prefix(const struct term_writer *writer)
{
    size_t len = writer->key_len < writer->last_len ? writer->key_len : writer->last_len;
    size_t shared = 0;
    while (shared < len && writer->key[shared] == writer->last[shared])
        shared++;
    return shared;
}

static void begin_block(struct term_writer *writer)
{
    uint8_t prefix[PREFIX_LEN] = { 0 };
    uint64_t at = spill_len(&writer->terms);
    memcpy(prefix, writer->key, writer->key_len < PREFIX_LEN ? writer->key_len : PREFIX_LEN);
    buffer_append(&writer->index, prefix, PREFIX_LEN);
    buffer_u32(&writer->index, (uint32_t)at);
    buffer_u8(&writer->index, (uint8_t)(at >> 32));
    buffer_varint(&writer->terms.waiting, writer->postings_at);
    buffer_varint(&writer->terms.waiting, writer->positions_at);
    writer->last_len = 0;
}

/* An entry of the dictionary as it grows. */
struct entry {
    size_t len;
    uint8_t at[TERM_KEY_MAX + 96];
};

static void entry_u8(struct entry *entry, uint8_t value)
{
    entry->at[entry->len++] = value;
}

static void entry_varint(struct entry *entry, uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        entry_u8(entry, (uint8_t)(value | 0x80));
    entry_u8(entry, (uint8_t)value);
}

static void put_key(struct term_writer *writer, struct entry *to)
{
    size_t shared = shared_prefix(writer), more = writer->key_len - shared;
    uint8_t low = (uint8_t)(shared < NIBBLE ? shared : NIBBLE);
    uint8_t high = (uint8_t)(more <= NIBBLE ? more - 1 : NIBBLE);
    entry_u8(to, (uint8_t)(high << 4 | low));
    if (low == NIBBLE)
        entry_varint(to, shared - NIBBLE);
    if (high == NIBBLE)
        entry_varint(to, more - NIBBLE - 1);
    memcpy(to->at + to->len, writer->key + shared, more);
    to->len += more;
}

static unsigned bytes_of(uint64_t value)
{
    return value < 1u << 8 ? 1 : value < 1u << 16 ? 2 : value < 1u << 24 ? 3 : 4;
}

static void put_single(struct entry *to, const struct term *term)
{
    unsigned part = bytes_of(term->list_at), position = bytes_of(term->positions_at);
    entry_u8(to, (uint8_t)((part - 1) | (position - 1) << 2));
    memcpy(to->at + to->len, &term->list_at, sizeof term->list_at);
    to->len += part;
    memcpy(to->at + to->len, &term->positions_at, sizeof term->positions_at);
    to->len += position;
}

static void put_numbers(struct entry *to, const struct term *term)
{
    uint64_t more = term->occurrences - term->parts;
    if (term->form == TERM_SINGLE) {
        put_single(to, term);
    } else if (term->form == TERM_SHORT) {
        entry_u8(to, (uint8_t)(0x40 | (term->parts < 64 ? term->parts : 0)));
        if (term->parts >= 64)
            entry_varint(to, term->parts);
        entry_varint(to, more);
        entry_varint(to, term->len);
    } else {
        const uint64_t numbers[] = { term->parts,  more,      term->blocks,       term->most,
                                     term->fewest, term->len, term->positions_len };
        entry_u8(to, TERM_CONTROL_IMPACTS);
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            entry_varint(to, numbers[i]);
    }
}

static enum status note_frequent(struct term_writer *writer, uint64_t occurrences,
                                 struct fault *fault)
{
    struct bytes key = bytes_make(writer->key, writer->key_len);
    if (!pairs_want(key, occurrences, writer->words))
        return OK;
    if (!GROW(writer->frequent, writer->frequent_room, writer->frequent_count))
        return no_memory(fault);
    struct frequent *frequent = &writer->frequent[writer->frequent_count++];
    *frequent = (struct frequent){ .occurrences = occurrences, .key_len = writer->key_len };
    memcpy(frequent->key, key.at, key.len);
    return OK;
}

static enum status end_key(struct term_writer *writer, struct fault *fault)
{
    struct term term;
    TRY(list_writer_end(&writer->list, &term, fault));
    if (term.parts == 0)
        return OK;
    TRY(note_frequent(writer, term.occurrences, fault));
    if (writer->in_block == 0)
        begin_block(writer);
    struct entry entry;
    entry.len = 0;
    put_key(writer, &entry);
    put_numbers(&entry, &term);
    buffer_append(&writer->terms.waiting, entry.at, entry.len);
    memcpy(writer->last, writer->key, writer->key_len);
    writer->last_len = writer->key_len;
    writer->in_block = (writer->in_block + 1) % TERM_BLOCK;
    writer->count++;
    if (writer->positions.len >= POSITIONS_STEP)
        sink_drain(writer->sink, &writer->positions);
    TRY(spill_check(&writer->terms, writer->sink, fault));
    return spill_check(&writer->postings, writer->sink, fault);
}

enum status term_writer_key(struct term_writer *writer, struct bytes key, struct fault *fault)
{
    assert(key.len > 0 && key.len <= TERM_KEY_MAX);
    TRY(end_key(writer, fault));
    memcpy(writer->key, key.at, key.len);
    writer->key_len = (uint8_t)key.len;
    writer->postings_at = spill_len(&writer->postings);
    writer->positions_at = sink_section_len(writer->sink) + writer->positions.len;
    writer->list.postings = &writer->postings.waiting;
    writer->list.positions = &writer->positions;
    list_writer_begin(&writer->list);
    return OK;
}

enum status term_writer_part(struct term_writer *writer, uint32_t part, const uint32_t *positions,
                             uint32_t count, struct fault *fault)
{
    TRY(list_writer_part(&writer->list, part, positions, count, fault));
    if (writer->positions.len >= POSITIONS_STEP)
        sink_drain(writer->sink, &writer->positions);
    return writer->postings.waiting.len >= POSITIONS_STEP
               ? spill_check(&writer->postings, writer->sink, fault)
               : OK;
}

enum status term_writer_pairs(struct term_writer *writer, const struct frequent **frequent,
                              size_t *count, struct fault *fault)
{
    TRY(end_key(writer, fault));
    list_writer_begin(&writer->list);
    writer->sink->layout.terms = writer->count;
    writer->count = writer->in_block = 0;
    *frequent = writer->frequent;
    *count = writer->frequent_count;
    return OK;
}

enum status term_writer_finish(struct term_writer *writer, struct fault *fault)
{
    TRY(end_key(writer, fault));
    writer->sink->layout.pairs = writer->count;
    sink_drain(writer->sink, &writer->positions);
    sink_section(writer->sink, SECTION_POSTINGS);
    TRY(spill_drain(&writer->postings, writer->sink, fault));
    sink_section(writer->sink, SECTION_TERMS);
    TRY(spill_drain(&writer->terms, writer->sink, fault));
    sink_section(writer->sink, SECTION_TERM_INDEX);
    sink_drain(writer->sink, &writer->index);
    return OK;
}

/* fuzz_list - any bytes as the posting list of one term, of every form: nothing is read outside,
 * parts and positions ascend, and a list that verifies is never CORRUPT.
 *
 * Input: form (1 byte: 0 short, 1 long, 2 a pair, without impacts), parts (1), occurrences less
 * parts (2), blocks (1), bytes of its positions (2), then positions and postings.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tests/segment/ask.h"
#include "base/scoped.h"
#include "segment/order.h"

enum { PARTS = 300, POSITIONS = 1 << 17 };

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

struct list {
    uint8_t form;
    uint32_t parts, more, blocks;
    struct bytes positions, postings;
};

static void put_term(const struct list *list, struct buffer *terms)
{
    static const uint8_t word[] = { 0x00, 'a' }, pair[] = { 0x30, 0xff, 'a', 0x1f, 'a' };
    buffer_varint(terms, 0);
    buffer_varint(terms, 0);
    buffer_append(terms, list->form == 2 ? pair : word, list->form == 2 ? 5 : 2);
    buffer_u8(terms, list->form == 0 ? 0x40 : list->form == 1 ? 0x81 : 0x80);
    buffer_varint(terms, list->parts);
    buffer_varint(terms, list->more);
    if (list->form != 0) {
        buffer_varint(terms, list->blocks);
        buffer_varint(terms, UINT32_MAX);
        buffer_varint(terms, 0);
    }
    buffer_varint(terms, list->postings.len);
    if (list->form != 0)
        buffer_varint(terms, list->positions.len);
}

static void put_parts(struct buffer *parts, struct buffer *order)
{
    for (uint32_t i = 0; i < PARTS; i++) {
        struct part_record record = { .shape = { .columns.document = i, .words = 70000 } };
        part_record_encode(&record, parts);
        buffer_u32(order, i);
    }
}

static void seal(const struct list *list, struct buffer *file)
{
    SCOPED(buffer_release) struct buffer terms = { 0 };
    SCOPED(buffer_release) struct buffer parts = { 0 };
    SCOPED(buffer_release) struct buffer order = { 0 };
    static const uint8_t index[2 * TERM_ENTRY] = { 'a' };
    struct bytes sections[SECTIONS] = { 0 };
    struct layout layout = { .terms = 1, .parts = PARTS, .words = 70000ull * PARTS };
    layout.pairs = list->form == 2;
    put_term(list, &terms);
    put_parts(&parts, &order);
    sections[SECTION_POSITIONS] = list->positions;
    sections[SECTION_POSTINGS] = list->postings;
    sections[SECTION_TERMS] = buffer_bytes(&terms);
    sections[SECTION_TERM_INDEX] = bytes_make(index, (1 + layout.pairs) * TERM_ENTRY);
    sections[SECTION_PARTS] = buffer_bytes(&parts);
    sections[SECTION_ORDER] = buffer_bytes(&order);
    ask_seal(sections, &layout, file);
}

static void walk(const struct segment *segment, const struct term *term)
{
    static uint32_t positions[POSITIONS];
    struct postings postings;
    uint64_t floor = 0;
    if (postings_begin(&postings, segment, term, NULL) != OK)
        return;
    while (postings_next(&postings, NULL) == OK && postings.part != POSTINGS_END) {
        uint32_t count = postings.count < POSITIONS ? postings.count : POSITIONS;
        if (postings.part < floor || postings.part >= PARTS || postings.count == 0)
            abort();
        floor = (uint64_t)postings.part + 1;
        if (postings_positions(&postings, positions, POSITIONS, NULL) != OK)
            break;
        for (uint32_t i = 1; i < count; i++)
            if (positions[i] <= positions[i - 1])
                abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    SCOPED(buffer_release) struct buffer file = { 0 };
    CLOSED(segment_close) struct segment *segment = NULL;
    struct answers answers = { 0 };
    struct cursor from = cursor_from_bytes(bytes_make(at, len));
    static const uint8_t key[] = { 1, 'a' };
    struct term term;
    struct list list = { .form = cursor_u8(&from) % 3 };
    list.parts = cursor_u8(&from) + 1u;
    list.more = cursor_u16(&from) % 4096;
    list.blocks = cursor_u8(&from);
    size_t positions_len = cursor_u16(&from);
    if (from.bad)
        return 0;
    positions_len = positions_len < cursor_left(&from) ? positions_len : cursor_left(&from);
    list.positions = cursor_bytes(&from, list.form == 0 ? 0 : positions_len);
    list.postings = cursor_bytes(&from, cursor_left(&from));
    seal(&list, &file);
    if (ask_open(buffer_bytes(&file), &segment, NULL) != OK)
        abort();
    struct bytes word = bytes_make(key + 1, 1);
    if (segment_term(segment, word, &term, NULL) == OK)
        walk(segment, &term);
    if (segment_pair(segment, word, word, &term, NULL) == OK)
        walk(segment, &term);
    ask_all(segment, bytes_make(key, 2), 0, &answers);
    if (segment_verify(segment, false, NULL) == OK)
        for (size_t i = 0; i < answers.count; i++)
            if (answers.at[i].status == CORRUPT)
                abort();
    free(answers.at);
    return 0;
}

/* fuzz_stored - any bytes as the spans and marks of two parts, and as the table of their text:
 * nothing is read outside, and what verifies is never CORRUPT.
 *
 * Input: words (2 bytes), bytes of text (2) of the first part; bytes of its spans (1), of its marks
 * (1); of all spans (2), of all marks (2), of the text table (1); then spans, marks, table, text.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tests/segment/ask.h"
#include "base/scoped.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static struct bytes run(struct cursor *from, size_t len)
{
    return cursor_bytes(from, len < cursor_left(from) ? len : cursor_left(from));
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    SCOPED(buffer_release) struct buffer file = { 0 };
    SCOPED(buffer_release) struct buffer parts = { 0 };
    CLOSED(segment_close) struct segment *segment = NULL;
    struct answers answers = { 0 };
    static const uint8_t order[8] = { 0, 0, 0, 0, 1 };
    struct cursor from = cursor_from_bytes(bytes_make(at, len));
    struct bytes sections[SECTIONS] = { 0 };
    struct part_record record = { 0 };
    record.shape.words = cursor_u16(&from);
    record.shape.text_len = cursor_u16(&from);
    struct layout layout = { .parts = 2, .words = record.shape.words };
    layout.text_len = record.shape.text_len;
    part_record_encode(&record, &parts);
    record = (struct part_record){ .shape.columns.document = 1 };
    record.spans_at = cursor_u8(&from);
    record.marks_at = cursor_u8(&from);
    record.text_at = layout.text_len;
    part_record_encode(&record, &parts);
    size_t spans = cursor_u16(&from), marks = cursor_u16(&from), table = cursor_u8(&from);
    sections[SECTION_SPANS] = run(&from, spans);
    sections[SECTION_MARKS] = run(&from, marks);
    sections[SECTION_TEXT_TABLE] = run(&from, table / TEXT_ENTRY * TEXT_ENTRY);
    sections[SECTION_TEXT] = run(&from, cursor_left(&from));
    sections[SECTION_PARTS] = buffer_bytes(&parts);
    sections[SECTION_ORDER] = bytes_make(order, sizeof order);
    ask_seal(sections, &layout, &file);
    if (ask_open(buffer_bytes(&file), &segment, NULL) != OK)
        return 0;
    ask_all(segment, (struct bytes){ 0 }, 2, &answers);
    if (segment_verify(segment, true, NULL) == OK)
        for (size_t i = 0; i < answers.count; i++)
            if (answers.at[i].status == CORRUPT)
                abort();
    free(answers.at);
    return 0;
}

/* fuzz_segment - any bytes as the body of a segment whose checksums are true: nothing is read
 * outside.
 *
 * Input: thirteen little-endian numbers of 4 bytes (lengths of all sections but the last; terms,
 * pairs, parts, bytes of text), then the body. Where they do not fit the body
 * they are cut to fit, so that most inputs reach the decoders.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tests/segment/ask.h"
#include "base/scoped.h"
#include "segment/layout.h"
#include "segment/order.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void seal(struct bytes input, struct buffer *file)
{
    struct cursor from = cursor_from_bytes(input);
    struct layout layout = { 0 };
    struct bytes sections[SECTIONS];
    uint32_t lens[SECTIONS] = { 0 };
    for (size_t i = 0; i + 1 < SECTIONS; i++)
        lens[i] = cursor_u32(&from);
    layout.terms = cursor_u32(&from) % 4096;
    layout.pairs = cursor_u32(&from) % 256;
    layout.parts = cursor_u32(&from) % 256;
    layout.text_len = cursor_u32(&from);
    lens[SECTION_TEXT_TABLE] =
        (uint32_t)((layout.text_len + TEXT_BLOCK - 1) / TEXT_BLOCK * TEXT_ENTRY);
    lens[SECTION_TERM_INDEX] =
        (uint32_t)((layout_term_blocks(layout.terms) + layout_term_blocks(layout.pairs)) *
                   TERM_ENTRY);
    lens[SECTION_PARTS] = layout.parts * PART_RECORD;
    lens[SECTION_ORDER] = layout.parts * ORDER_ENTRY;
    for (size_t i = 0; i < SECTIONS; i++)
        sections[i] =
            cursor_bytes(&from, lens[i] < cursor_left(&from) ? lens[i] : cursor_left(&from));
    ask_seal(sections, &layout, file);
}

/* The keys that are there, as far as they can be read. */
static void collect_keys(const struct segment *segment, struct buffer *keys)
{
    struct term_walk walk;
    if (term_walk_begin(&walk, segment, (struct bytes){ 0 }, NULL) != OK)
        return;
    while (!walk.ended) {
        buffer_string(keys, walk.key);
        if (term_walk_next(&walk, NULL) != OK)
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    SCOPED(buffer_release) struct buffer file = { 0 };
    SCOPED(buffer_release) struct buffer keys = { 0 };
    CLOSED(segment_close) struct segment *segment = NULL;
    struct answers answers = { 0 };
    seal(bytes_make(at, len), &file);
    if (ask_open(buffer_bytes(&file), &segment, NULL) != OK)
        return 0;
    collect_keys(segment, &keys);
    ask_all(segment, buffer_bytes(&keys), segment_part_count(segment), &answers);
    if (segment_verify(segment, true, NULL) == OK)
        for (size_t i = 0; i < answers.count; i++)
            if (answers.at[i].status == CORRUPT)
                abort();
    free(answers.at);
    return 0;
}

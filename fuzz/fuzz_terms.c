/* fuzz_terms - any bytes as the dictionary of a segment: walks end, keys ascend, and every key of a
 * dictionary that verifies is found.
 *
 * Input: terms (1 byte), pairs (1), then for each block of them 5 bytes where it begins, then the
 * blocks. First bytes of keys in the index are read from the blocks where they can be.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tests/segment/ask.h"
#include "base/scoped.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void check_walk(const struct segment *segment, struct bytes from, bool is_whole)
{
    struct term_walk walk;
    uint8_t held[TERM_KEY_MAX];
    struct bytes before = { held, 0 };
    if (term_walk_begin(&walk, segment, from, NULL) != OK)
        return;
    for (uint32_t steps = 0; !walk.ended; steps++) {
        struct term term;
        if (walk.key.len == 0 || walk.key.len > TERM_KEY_MAX || steps > 256)
            abort();
        if (is_whole && (bytes_compare(before, walk.key) >= 0 ||
                         segment_term(segment, walk.key, &term, NULL) != OK))
            abort();
        memcpy(held, walk.key.at, walk.key.len);
        before.len = walk.key.len;
        if (term_walk_next(&walk, NULL) != OK)
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    SCOPED(buffer_release) struct buffer file = { 0 };
    SCOPED(buffer_release) struct buffer index = { 0 };
    CLOSED(segment_close) struct segment *segment = NULL;
    struct cursor from = cursor_from_bytes(bytes_make(at, len));
    struct layout layout = { .terms = cursor_u8(&from), .pairs = cursor_u8(&from) };
    uint64_t blocks = layout_term_blocks(layout.terms) + layout_term_blocks(layout.pairs);
    struct bytes starts = cursor_bytes(&from, blocks * 5), sections[SECTIONS] = { 0 };
    if (from.bad)
        return 0;
    struct bytes terms = cursor_bytes(&from, cursor_left(&from));
    for (uint64_t i = 0; i < blocks; i++) {
        uint8_t first[8] = { 0 };
        uint32_t start;
        memcpy(&start, starts.at + 5 * i, sizeof start);
        struct bytes block = bytes_slice(terms, start, 3 + sizeof first);
        if (block.len > 3)
            memcpy(first, block.at + 3, block.len - 3);
        buffer_append(&index, first, sizeof first);
        buffer_append_bytes(&index, bytes_slice(starts, 5 * i, 5));
    }
    sections[SECTION_TERMS] = terms;
    sections[SECTION_TERM_INDEX] = buffer_bytes(&index);
    ask_seal(sections, &layout, &file);
    if (ask_open(buffer_bytes(&file), &segment, NULL) != OK)
        abort();
    bool is_whole = segment_verify(segment, false, NULL) == OK;
    check_walk(segment, (struct bytes){ 0 }, is_whole);
    check_walk(segment, bytes_slice(terms, 3, 4), false);
    return 0;
}

/* fuzz_layout - any bytes as a segment file, as they are and with the checksums of the footer put
 * right: it opens or is refused, and what opens is asked. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tests/segment/ask.h"
#include "base/hash.h"
#include "base/scoped.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static void ask(struct bytes file)
{
    CLOSED(segment_close) struct segment *segment = NULL;
    struct answers answers = { 0 };
    static const uint8_t keys[] = { 1, 'a', 3, 't', 'h', 'e' };
    if (ask_open(file, &segment, NULL) != OK)
        return;
    uint32_t parts = segment_part_count(segment);
    ask_all(segment, bytes_make(keys, sizeof keys), parts < 64 ? parts : 64, &answers);
    (void)!segment_verify(segment, true, NULL);
    free(answers.at);
}

/* Head, tail and their checksums as they should be, where there is room for them. */
static void mend(struct buffer *file)
{
    SCOPED(buffer_release) struct buffer tail = { 0 };
    struct cursor from = cursor_from_bytes(bytes_slice(buffer_bytes(file), file->len - 32, 12));
    uint64_t body = cursor_u64(&from) % (file->len - 32);
    uint32_t version = cursor_u32(&from) % 3 + 1;
    buffer_u64(&tail, body);
    buffer_u32(&tail, version);
    buffer_u32(&tail, LAYOUT_PAGE);
    memcpy(file->at + file->len - 32, tail.at, 16);
    buffer_u64(&tail, checksum64(bytes_slice(buffer_bytes(file), body, file->len - 16 - body)));
    buffer_append_text(&tail, LAYOUT_TAIL_MAGIC);
    memcpy(file->at + file->len - 32, tail.at, 32);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    SCOPED(buffer_release) struct buffer file = { 0 };
    ask(bytes_make(at, len));
    if (len < 64)
        return 0;
    buffer_append(&file, at, len);
    mend(&file);
    ask(buffer_bytes(&file));
    return 0;
}

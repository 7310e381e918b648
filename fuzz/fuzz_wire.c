/* fuzz_wire.c - the decoder of what a taken-over worker writes: packets, frames, the dialogue,
 * requests, reports. */
#include "base/hash.h"
#include "wire/dialogue.h"
#include "wire/hello.h"
#include "wire/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/* A fuzzer does not guess checksums: lengths and checksums are mended, one time in two. */
static void mend(uint8_t *at, size_t len)
{
    while (len >= MESSAGE_HEADER) {
        struct cursor cursor = cursor_from_bytes((struct bytes){ at + 12, 4 });
        size_t body = cursor_u32(&cursor) % (len - MESSAGE_HEADER + 1);
        uint64_t sum = checksum64((struct bytes){ at + MESSAGE_HEADER, body });
        for (size_t i = 0; i < 8; i++) {
            at[24 + i] = (uint8_t)(sum >> (8 * i));
            if (i < 4)
                at[12 + i] = (uint8_t)(body >> (8 * i));
        }
        at += MESSAGE_HEADER + body;
        len -= MESSAGE_HEADER + body;
    }
}

static void take_packet(struct bytes packet)
{
    struct dialogue dialogue;
    struct bytes frame;
    struct message message;
    struct fault fault;
    dialogue_begin(&dialogue, 2);
    while (message_split(&packet, &frame)) {
        if (message_decode(frame, &message, &fault) != OK ||
            dialogue_take(&dialogue, &message, &fault) != OK)
            return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct buffer copy = { 0 };
    struct arena arena = { 0 };
    struct batch_request request;
    struct worker_report report;
    struct worker_hello hello;
    struct fault fault;
    if (len == 0)
        return 0;
    buffer_append(&copy, at + 1, len - 1);
    if (at[0] & 1)
        mend(copy.at, copy.len);
    struct bytes packet = buffer_bytes(&copy);
    take_packet(packet);
    bool is_known = batch_request_decode(packet, &arena, &request, &fault) == OK ||
                    worker_report_decode(packet, &report, &fault) == OK ||
                    worker_hello_decode(packet, &hello, &fault) == OK;
    (void)is_known;
    arena_release(&arena);
    buffer_release(&copy);
    return 0;
}

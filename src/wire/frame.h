/* frame.h - the 32-byte header all frames share, inside wire/ only.
 *
 * magic u32, kind u16, flags u16 (0), item u32, length u32 of the body, sequence u64, checksum u64
 * of the body.
 */
#ifndef WIRE_FRAME_H
#define WIRE_FRAME_H

#include "wire/message.h"

enum frame_magic {
    FRAME_MESSAGE = 0x31575453, /* "STW1": a worker's word */
    FRAME_REQUEST = 0x31515453, /* "STQ1": the parent's */
    FRAME_REPORT = 0x31455453,  /* "STE1": the zygote's, on an ended worker */
    FRAME_HELLO = 0x31485453,   /* "STH1": the zygote's, on itself */
};

struct frame {
    enum frame_magic magic;
    uint16_t kind;
    uint32_t item;
    uint64_t sequence;
    struct bytes body;
};

/* Append header and body. OVER_LIMIT when the frame would be larger than MESSAGE_MAX. */
MUST_USE enum status frame_encode(const struct frame *frame, struct buffer *to,
                                  struct fault *fault);
/* Read one whole frame of that magic; the body lends from it. BAD_INPUT, saying what is wrong. */
MUST_USE enum status frame_decode(struct bytes from, enum frame_magic magic, struct frame *frame,
                                  struct fault *fault);

#endif

/* text_packer.h - cut the text of all parts into blocks and compress them; the twin of
 * text_reader.h. */
#ifndef SEGMENT_TEXT_PACKER_H
#define SEGMENT_TEXT_PACKER_H

#include "base/compress.h"
#include "segment/layout.h"

struct text_packer {
    struct compressor *compressor; /* private from here */
    struct buffer block;           /* text not yet compressed */
    struct buffer table;           /* SECTION_TEXT_TABLE */
    uint64_t frames_len;
    uint64_t text_at;  /* bytes of text in whole blocks */
    uint64_t text_len; /* of all blocks, and what waits */
};

MUST_USE enum status text_packer_begin(struct text_packer *packer, int level, struct fault *fault);
/* Forget all text; the compressor stays. */
void text_packer_clear(struct text_packer *packer);
void text_packer_release(struct text_packer *packer);

/* Frames that became full are appended to `to`. */
MUST_USE enum status text_packer_add(struct text_packer *packer, struct bytes text,
                                     struct buffer *to, struct fault *fault);
/* A frame made before, of a whole block of `len` bytes of text; what waits is cut before it. */
MUST_USE enum status text_packer_copy(struct text_packer *packer, struct bytes frame, size_t len,
                                      struct buffer *to, struct fault *fault);
/* The last frame, if any text waits. */
MUST_USE enum status text_packer_end(struct text_packer *packer, struct buffer *to,
                                     struct fault *fault);

#endif

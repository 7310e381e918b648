/* compress.h - zstd, with its content checksum on. The only file of the project that sees zstd. */
#ifndef BASE_COMPRESS_H
#define BASE_COMPRESS_H

#include "base/buffer.h"
#include "base/scoped.h"

/* Append one frame of `from` to `to`. Level 1 at intake, higher at merge. */
MUST_USE enum status compress_bytes(struct bytes from, int level, struct buffer *to,
                                    struct fault *fault);

/* Append what the frame holds to `to`. CORRUPT (naming file and offset) if damaged or if it holds
 * more than `limit` bytes. */
MUST_USE enum status decompress_bytes(struct bytes from, size_t limit, const char *file,
                                      uint64_t offset, struct buffer *to, struct fault *fault);

/* A stream, for what is larger than memory: feed(bytes), last with `end`. Output is appended to
 * `to`. */
struct compressor;
MUST_USE enum status compressor_new(int level, struct compressor **compressor, struct fault *fault);
void compressor_free(struct compressor *compressor);
MUST_USE enum status compressor_feed(struct compressor *compressor, struct bytes from, bool end,
                                     struct buffer *to, struct fault *fault);

/* What compress_bytes does, with a compressor that is kept: making one costs as much as a block of
 * 16 kB. */
MUST_USE enum status compressor_frame(struct compressor *compressor, struct bytes from,
                                      struct buffer *to, struct fault *fault);

struct decompressor;
MUST_USE enum status decompressor_new(struct decompressor **decompressor, struct fault *fault);
void decompressor_free(struct decompressor *decompressor);
/* Takes from *from (moved on), appends at most 1 MiB to `to`; *ended at the end of the frame.
 * CORRUPT if damaged. */
MUST_USE enum status decompressor_feed(struct decompressor *decompressor, struct bytes *from,
                                       struct buffer *to, bool *ended, struct fault *fault);

/* What decompress_bytes does, with a decompressor that is kept (one thread at a time). */
MUST_USE enum status decompressor_frame(struct decompressor *decompressor, struct bytes from,
                                        size_t limit, const char *file, uint64_t offset,
                                        struct buffer *to, struct fault *fault);

CLOSER(compressor, compressor_free)
CLOSER(decompressor, decompressor_free)

#endif

/* spill.h - bytes that wait until their section begins: in memory, and beyond a megabyte in a file
 * without a name. */
#ifndef SEGMENT_SPILL_H
#define SEGMENT_SPILL_H

#include "segment/sink.h"

/* spill_begin makes one; release makes it empty. */
struct spill {
    struct buffer waiting; /* the owner appends here, then calls spill_check */
    uint64_t written;      /* private: bytes in the file */
    int fd;                /* private */
};

void spill_begin(struct spill *spill);
void spill_release(struct spill *spill);
/* Bytes in all. */
static inline uint64_t spill_len(const struct spill *spill)
{
    return spill->written + spill->waiting.len;
}
/* Move what waits to the file when it is much. */
MUST_USE enum status spill_check(struct spill *spill, const struct sink *sink, struct fault *fault);
/* All bytes to the sink. */
MUST_USE enum status spill_drain(struct spill *spill, struct sink *sink, struct fault *fault);

#endif

#include "segment/spill.h"

#include "base/file.h"

enum { SPILL_STEP = 1 << 20 };

void spill_begin(struct spill *spill)
{
    *spill = (struct spill){ .fd = -1 };
}

void spill_release(struct spill *spill)
{
    buffer_release(&spill->waiting);
    close_fd_at(&spill->fd);
    spill_begin(spill);
}

enum status spill_check(struct spill *spill, const struct sink *sink, struct fault *fault)
{
    TRY(buffer_check(&spill->waiting, fault));
    if (spill->waiting.len < SPILL_STEP)
        return OK;
    if (spill->fd < 0)
        TRY(sink_spill_open(sink, &spill->fd, fault));
    TRY(file_write_all(spill->fd, buffer_bytes(&spill->waiting), sink->name, fault));
    spill->written += spill->waiting.len;
    buffer_clear(&spill->waiting);
    return OK;
}

enum status spill_drain(struct spill *spill, struct sink *sink, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer step = { 0 };
    TRY(buffer_check(&spill->waiting, fault));
    if (spill->written > 0 && !buffer_reserve(&step, SPILL_STEP))
        return no_memory(fault);
    for (uint64_t at = 0; at < spill->written;) {
        uint64_t left = spill->written - at;
        size_t len = left < SPILL_STEP ? (size_t)left : SPILL_STEP;
        TRY(file_read_at(spill->fd, at, len, sink->name, step.at, fault));
        sink_write(sink, bytes_make(step.at, len));
        at += len;
    }
    sink_drain(sink, &spill->waiting);
    return OK;
}

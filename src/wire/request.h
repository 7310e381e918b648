/* request.h - what the parent asks of the zygote, and what the zygote says of a worker that ended.
 *
 * Same frames as wire/message.h, other magics. The request goes with three descriptors: the input,
 * the worker's end of its socket, the pipe for the report.
 */
#ifndef WIRE_REQUEST_H
#define WIRE_REQUEST_H

#include "base/arena.h"
#include "wire/message.h"

/* The request that starts a batch: one item per file, all lying in one descriptor. */
struct batch_item {
    enum format format;
    uint64_t offset; /* in the descriptor */
    uint64_t len;
    struct bytes name;    /* file name (last component), raw bytes: a claim */
    struct bytes charset; /* declared charset, or empty */
};

enum batch_flag {
    BATCH_KEEP_LINES = 1 /* a story: text keeps the file's line ends, one for one */
};

struct batch_request {
    uint32_t flags;
    uint32_t memory_mib; /* limits of the worker */
    uint32_t processor_ms;
    uint32_t deadline_ms;
    uint32_t count;
    struct batch_item *items;
};

MUST_USE enum status batch_request_encode(const struct batch_request *request, struct buffer *to,
                                          struct fault *fault);
/* items from the arena, strings lent from the frame. */
MUST_USE enum status batch_request_decode(struct bytes frame, struct arena *arena,
                                          struct batch_request *request, struct fault *fault);

/* The zygote's word on how a worker ended. */
enum worker_end {
    WORKER_DONE,
    WORKER_EXITED,
    WORKER_SIGNALLED,
    WORKER_REFUSED_CALL,
    WORKER_DEADLINE,
    WORKER_ENDS
};
struct worker_report {
    enum worker_end end;
    int32_t number;        /* exit code, signal or system call (-1: not known) */
    uint64_t processor_ns; /* user + system time of the worker */
    uint64_t memory_peak;  /* bytes */
};
void worker_report_encode(const struct worker_report *report, struct buffer *to);
MUST_USE enum status worker_report_decode(struct bytes frame, struct worker_report *report,
                                          struct fault *fault);

#endif

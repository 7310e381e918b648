/* worker.h - how is a reader kept harmless? The parent's side: launch, feed a batch, listen, end.
 *
 * One zygote (the worker program, found beside our own executable or in libexecdir, never in PATH)
 * forks a confined worker per batch. Batches run at the same time, each with its own socket;
 * messages are checked by wire/ before anybody sees them.
 */
#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include "base/scoped.h"
#include "wire/dialogue.h"
#include "wire/request.h"

struct worker_pool;
struct worker_batch;

struct worker_options {
    const char
        *program; /* NULL: beside our own executable, else libexecdir; tests name a hostile one */
    uint32_t memory_mib;   /* 0: 512 */
    uint32_t processor_ms; /* 0: 10,000 plus 1 ms per 4 kB of input */
    uint32_t deadline_ms;  /* 0: 30,000 plus 1 ms per kB of input */
};

/* Start the zygote. NOT_FOUND without the program; IO_FAILED when confinement cannot be had (intake
 * then refuses). The zygote ends with the thread that opened the pool, so that nothing outlives us
 * whatever kills us: that thread must outlive the pool. */
MUST_USE enum status worker_pool_open(const struct worker_options *options,
                                      struct worker_pool **pool, struct fault *fault);
void worker_pool_close(struct worker_pool *pool);
CLOSER(worker_pool, worker_pool_close)

/* What confinement holds here, as `stet doctor` prints it: one line per rung, "seccomp filter:
 * holds", appended. */
MUST_USE enum status worker_pool_describe(struct worker_pool *pool, struct buffer *to,
                                          struct fault *fault);

/* Start a batch over `fd` (a sealed memfd or an unlinked copy: its bytes must not change), which
 * stays the caller's. At most
 * 64 batches run at once; more wait their turn. */
MUST_USE enum status worker_batch_open(struct worker_pool *pool, int fd,
                                       const struct batch_item *items, uint32_t count,
                                       uint32_t flags, struct worker_batch **batch,
                                       struct fault *fault);
/* The next message, valid until the next call. OK with kind MESSAGE_BATCH_END at the end. BAD_INPUT
 * when the worker crashed, was killed, ran out of time or memory, flooded or broke the protocol:
 * the fault says which, in words for the ledger; the batch is then over, and everything it said of
 * unfinished items must be forgotten. */
MUST_USE enum status worker_batch_next(struct worker_batch *batch, struct message *message,
                                       struct fault *fault);
/* What the worker cost, known after the end. */
const struct worker_report *worker_batch_report(const struct worker_batch *batch);
/* Ends the worker if it still runs. */
void worker_batch_close(struct worker_batch *batch);
CLOSER(worker_batch, worker_batch_close)

#endif

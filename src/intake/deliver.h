/* deliver.h - what a worker says of a batch becomes documents and ledger rows, in walk order.
 *
 * A worker that fails costs the file in hand, read once more by itself, its text; the files behind
 * it go to a fresh worker.
 */
#ifndef INTAKE_DELIVER_H
#define INTAKE_DELIVER_H

#include <stet/intake.h>

#include "intake/gather.h"
#include "intake/seen.h"
#include "worker/worker.h"

struct delivery {
    struct archive_writer *writer;
    const struct catalog *catalog;
    struct worker_pool *pool;
    uint64_t collection;
    bool is_story;
    bool rereads;      /* originals are there already; their documents get new readings */
    struct seen *seen; /* originals that this run gave documents */
    struct stet_add_sum *sum;
    struct stet_progress *progress;
    void (*told)(struct delivery *delivery, struct bytes path);
    const struct stet_add_options *options;
    uint64_t began;        /* clock_monotonic when the run began: rate and time left */
    uint64_t told_at;      /* private: of the progress */
    uint64_t batch_number; /* of the running batch, for the ledger */
};

/* Start a worker on the batch's items; NULL in *batch when no file needs one. */
MUST_USE enum status deliver_start(struct delivery *delivery, const struct gathered *gathered,
                                   uint32_t from_item, struct worker_batch **batch,
                                   struct fault *fault);

/* Store originals, documents and rows of all files of the batch. Takes the worker batch over and
 * closes it. */
MUST_USE enum status deliver(struct delivery *delivery, struct gathered *gathered,
                             struct worker_batch *batch, struct fault *fault);

#endif

#include <stet/intake.h>

#include "archive/snapshot.h"
#include "base/clock.h"
#include "intake/deliver.h"

enum { WRITER_WAIT_MS = 2000 };

/* One run of `reread`. */
struct rereading {
    struct stet_archive *archive;
    struct delivery delivery;
    struct stet_progress progress;
    struct seen seen; /* originals read in this run */
    struct gathered now;
    bool all;
};

static void tell_nobody(struct delivery *delivery, struct bytes path)
{
    (void)delivery, (void)path;
}

static bool has_original(const struct ledger_row *row)
{
    static const struct hash none;
    return !hash_equal(&row->original, &none) && row->outcome != LEDGER_COPY &&
           row->outcome != LEDGER_REFUSED && row->size > 0;
}

static bool is_due(const struct rereading *rereading, const struct ledger_row *row)
{
    if (!has_original(row) || seen_has(&rereading->seen, &row->original))
        return false;
    return rereading->all || row->outcome == LEDGER_PARTIAL || row->outcome == LEDGER_FAILED ||
           row->outcome == LEDGER_UNREAD;
}

static enum status flush(struct rereading *rereading, struct fault *fault)
{
    struct worker_batch *batch = NULL;
    if (rereading->now.count == 0)
        return OK;
    TRY(gathered_seal(&rereading->now, fault));
    TRY(deliver_start(&rereading->delivery, &rereading->now, 0, &batch, fault));
    enum status done = deliver(&rereading->delivery, &rereading->now, batch, fault);
    gathered_release(&rereading->now);
    return done;
}

static enum status take_row(struct rereading *rereading, const struct ledger_row *row,
                            struct fault *fault)
{
    bool added = false;
    if (!is_due(rereading, row))
        return OK;
    TRY(seen_add(&rereading->seen, &row->original, fault));
    rereading->delivery.sum->files++;
    TRY(gathered_add_original(&rereading->now, rereading->archive, row, &added, fault));
    if (added)
        return OK;
    TRY(flush(rereading, fault));
    return gathered_add_original(&rereading->now, rereading->archive, row, &added, fault);
}

/* Rows made by this run have higher numbers than `last` and are not met again. */
static enum status take_rows(struct rereading *rereading, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct ledger_filter filter = { 0 };
    for (;;) {
        struct ledger_row *rows = NULL;
        size_t count = 0;
        arena_clear(&arena);
        TRY(ledger_rows(rereading->delivery.catalog, &filter, &arena, &rows, &count, fault));
        for (size_t i = 0; i < count; i++) {
            TRY(take_row(rereading, &rows[i], fault));
            filter.after = rows[i].id;
        }
        if (count == 0)
            return flush(rereading, fault);
    }
}

static enum status run(struct rereading *rereading, struct fault *fault)
{
    TRY(take_rows(rereading, fault));
    TRY(archive_writer_commit(rereading->delivery.writer, fault));
    return archive_writer_merge(rereading->delivery.writer, fault);
}

enum stet_status stet_reread(struct stet_archive *archive, bool all, const char *worker,
                             struct stet_add_sum *sum, struct stet_fault *fault)
{
    CLOSED(worker_pool_close) struct worker_pool *pool = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    *sum = (struct stet_add_sum){ 0 };
    uint64_t began = clock_monotonic();
    struct worker_options options = { .program = worker };
    TRY(worker_pool_open(&options, &pool, fault));
    TRY(archive_writer_open(archive, WRITER_WAIT_MS, &writer, fault));
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    struct rereading rereading = { .archive = archive,
                                   .all = all,
                                   .now = { .fd = -1, .writing = -1 } };
    rereading.delivery = (struct delivery){ .writer = writer,
                                            .catalog = snapshot_catalog(snapshot),
                                            .pool = pool,
                                            .rereads = true,
                                            .seen = &rereading.seen,
                                            .sum = sum,
                                            .progress = &rereading.progress,
                                            .told = tell_nobody,
                                            .batch_number = 1 };
    enum status done = run(&rereading, fault);
    gathered_release(&rereading.now);
    seen_release(&rereading.seen);
    sum->seconds = (double)(clock_monotonic() - began) / 1e9;
    return done;
}

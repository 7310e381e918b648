#include <stet/intake.h>

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/clock.h"
#include "intake/deliver.h"
#include "intake/escape.h"
#include "archive/snapshot.h"

enum {
    WRITER_WAIT_MS = 2000,
    COMMIT_SECONDS = 10,
    COMMIT_BYTES = 64 << 20,
    TELL_NS = 100 * 1000 * 1000
};

/* One run of `add`. */
struct intake {
    struct delivery delivery;
    struct walk *walk;
    struct walk_entry entry; /* waiting for the next batch */
    struct gather_filter filter;
    struct stet_progress progress;
    struct seen seen;
    const struct stet_add_options *options;
    struct stet_add_sum *sum;
    uint64_t committed_at;
    uint64_t uncommitted;
    struct arena row_arena;
    enum status lookup; /* the first failed look into the ledger, which ends the run */
    struct fault lookup_fault;
};

static void tell(struct delivery *delivery, struct bytes path)
{
    const struct stet_add_options *options = delivery->options;
    uint64_t now = clock_monotonic();
    if (options->progress == NULL || now - delivery->told_at < TELL_NS)
        return;
    delivery->told_at = now;
    delivery->progress->seconds = (double)(now - delivery->began) / 1e9;
    char shown[256];
    escape_path(path, shown, sizeof shown);
    delivery->progress->path = shown;
    options->progress(options->context, delivery->progress);
    delivery->progress->path = "";
}

static bool is_unchanged(const struct ledger_row *row, const struct walk_entry *entry)
{
    return row->size == (uint64_t)entry->stat.st_size &&
           row->modified_ns ==
               (int64_t)entry->stat.st_mtim.tv_sec * 1000000000 + entry->stat.st_mtim.tv_nsec &&
           row->changed_ns ==
               (int64_t)entry->stat.st_ctim.tv_sec * 1000000000 + entry->stat.st_ctim.tv_nsec;
}

static bool is_problem(enum ledger_outcome outcome)
{
    return outcome == LEDGER_PARTIAL || outcome == LEDGER_FAILED || outcome == LEDGER_UNREAD ||
           outcome == LEDGER_REFUSED;
}

/* A file whose row says the same size and times is there already; refused ones are tried again
 * every time. A row that cannot be read is no answer: to take the file in again would double it. */
static bool is_wanted(void *context, const struct walk_entry *entry)
{
    struct intake *intake = context;
    struct ledger_row row;
    arena_clear(&intake->row_arena);
    intake->sum->files++;
    intake->sum->bytes += (uint64_t)entry->stat.st_size;
    enum status found =
        ledger_find(intake->delivery.catalog, intake->delivery.collection, entry->root, entry->path,
                    &intake->row_arena, &row, &intake->lookup_fault);
    if (found != OK && found != NOT_FOUND) {
        intake->lookup = found;
        return false;
    }
    if (found != OK || !is_unchanged(&row, entry))
        return true;
    if (row.outcome == LEDGER_REFUSED && entry->trouble == WALK_FINE)
        return true;
    if (intake->options->retry && is_problem(row.outcome))
        return true;
    intake->sum->unchanged++;
    intake->sum->unchanged_bytes += (uint64_t)entry->stat.st_size;
    intake->progress.files_unchanged++;
    intake->progress.files_done++;
    intake->progress.bytes_done += (uint64_t)entry->stat.st_size;
    return false;
}

static enum status count_files(struct intake *intake, struct archive *archive,
                               const char *const *paths, size_t count, struct fault *fault)
{
    CLOSED(walk_close) struct walk *walk = NULL;
    struct walk_entry entry;
    TRY(walk_open(paths, count, archive_directory(archive), &walk, fault));
    for (;;) {
        enum status met = walk_next(walk, &entry, fault);
        if (met == NOT_FOUND)
            break;
        TRY(met);
        intake->progress.files_seen++;
        intake->progress.bytes_seen += (uint64_t)entry.stat.st_size;
    }
    intake->progress.walk_ended = true;
    return OK;
}

static enum status commit_when_due(struct intake *intake, uint64_t bytes, struct fault *fault)
{
    intake->uncommitted += bytes;
    uint64_t now = clock_monotonic();
    if (intake->uncommitted < COMMIT_BYTES &&
        now - intake->committed_at < COMMIT_SECONDS * 1000000000ull)
        return OK;
    intake->uncommitted = 0;
    intake->committed_at = now;
    return archive_writer_commit(intake->delivery.writer, fault);
}

static bool must_stop(const struct intake *intake)
{
    return intake->options->stop != NULL && *intake->options->stop != 0;
}

static enum status gather(struct intake *intake, struct archive *archive, struct gathered *to,
                          struct fault *fault)
{
    enum status more = gather_next(intake->walk, &intake->entry, &intake->filter,
                                   archive_directory(archive), to, fault);
    if (intake->lookup == OK)
        return more;
    if (fault != NULL)
        *fault = intake->lookup_fault;
    return intake->lookup;
}

/* Two batches in hand: one being read by its worker while the other is stored. */
static enum status take_in(struct intake *intake, struct archive *archive, struct fault *fault)
{
    SCOPED(gathered_release) struct gathered now = { .fd = -1, .writing = -1 };
    CLOSED(worker_batch_close) struct worker_batch *now_batch = NULL;
    enum status more = gather(intake, archive, &now, fault);
    if (more == OK)
        TRY(deliver_start(&intake->delivery, &now, 0, &now_batch, fault));
    while (more == OK) {
        struct gathered next = { .fd = -1, .writing = -1 };
        struct worker_batch *next_batch = NULL;
        intake->sum->stopped = must_stop(intake);
        more = intake->sum->stopped ? NOT_FOUND : gather(intake, archive, &next, fault);
        if (more == OK)
            more = deliver_start(&intake->delivery, &next, 0, &next_batch, fault);
        enum status stored = deliver(&intake->delivery, &now, take(now_batch), fault);
        if (stored == OK)
            stored = commit_when_due(intake, now.bytes, fault);
        gathered_release(&now);
        now = next;
        now_batch = next_batch;
        TRY(stored);
    }
    return more == NOT_FOUND ? OK : more;
}

static bool is_folder(const char *path)
{
    struct stat stat_now;
    return stat(path, &stat_now) == 0 && S_ISDIR(stat_now.st_mode);
}

static enum status name_collection(struct intake *intake, const char *const *paths,
                                   struct fault *fault)
{
    char *whole = intake->options->collection == NULL ? realpath(paths[0], NULL) : NULL;
    const char *name = intake->options->collection;
    if (name == NULL && whole == NULL)
        return walk_refuse(paths[0], fault);
    if (name == NULL) {
        char *slash = strrchr(whole, '/');
        if (slash != NULL && !is_folder(whole)) {
            *slash = 0;
            slash = strrchr(whole, '/');
        }
        name = slash == NULL || slash[1] == 0 ? "documents" : slash + 1;
    }
    snprintf(intake->sum->collection, sizeof intake->sum->collection, "%s", name);
    free(whole);
    return archive_writer_collection(
        intake->delivery.writer, bytes_from_string(intake->sum->collection),
        intake->options->is_public, &intake->delivery.collection, fault);
}

static enum status run(struct intake *intake, struct archive *archive, const char *const *paths,
                       size_t count, struct fault *fault)
{
    TRY(name_collection(intake, paths, fault));
    TRY(count_files(intake, archive, paths, count, fault));
    TRY(walk_open(paths, count, archive_directory(archive), &intake->walk, fault));
    intake->committed_at = clock_monotonic();
    enum status taken = take_in(intake, archive, fault);
    walk_close(intake->walk);
    TRY(taken);
    TRY(archive_writer_commit(intake->delivery.writer, fault));
    return archive_writer_merge(intake->delivery.writer, fault);
}

enum stet_status stet_add(struct stet_archive *archive, const char *const *paths, size_t count,
                          const struct stet_add_options *options, struct stet_add_sum *sum,
                          struct stet_fault *fault)
{
    CLOSED(worker_pool_close) struct worker_pool *pool = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    *sum = (struct stet_add_sum){ 0 };
    if (count == 0)
        return fail(fault, BAD_INPUT, "nothing to take in: name files or folders");
    uint64_t began = clock_monotonic(), processor = clock_processor();
    struct worker_options worker = { .program = options->worker };
    TRY(worker_pool_open(&worker, &pool, fault));
    TRY(archive_writer_open(archive, WRITER_WAIT_MS, &writer, fault));
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    struct intake intake = { .options = options, .sum = sum };
    intake.delivery = (struct delivery){ .writer = writer,
                                         .catalog = snapshot_catalog(snapshot),
                                         .pool = pool,
                                         .is_story = options->is_story,
                                         .seen = &intake.seen,
                                         .sum = sum,
                                         .progress = &intake.progress,
                                         .told = tell,
                                         .options = options,
                                         .began = began,
                                         .batch_number = 1 };
    intake.filter = (struct gather_filter){ is_wanted, &intake };
    enum status done = run(&intake, archive, paths, count, fault);
    arena_release(&intake.row_arena);
    seen_release(&intake.seen);
    sum->seconds = (double)(clock_monotonic() - began) / 1e9;
    sum->processor_seconds = (double)(clock_processor() - processor) / 1e9;
    return done;
}

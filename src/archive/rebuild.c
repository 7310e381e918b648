#include "archive/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "archive/lock.h"
#include "archive/manifest.h"

#define NEW_FILE "catalog.db.new"
enum { WAIT_MS = 2000 };

struct rebuilding {
    int dir, segments;
    const char *path;
    uint64_t first, last; /* commits that have manifests */
    struct catalog *catalog;
    struct catalog_state state;
};

static enum status note_manifest(void *context, const char *name, struct fault *fault)
{
    struct rebuilding *rebuilding = context;
    uint64_t commit;
    size_t len = strlen(name);
    (void)fault;
    if (len < 9 || strcmp(name + len - 9, ".manifest") != 0 || !commit_from_file(name, &commit))
        return OK;
    if (rebuilding->first == 0 || commit < rebuilding->first)
        rebuilding->first = commit;
    if (commit > rebuilding->last)
        rebuilding->last = commit;
    return OK;
}

/* The chain begins at the last base: what stands before it was left by a purge that was cut short.
 */
static enum status find_base(struct rebuilding *rebuilding, struct fault *fault)
{
    for (uint64_t commit = rebuilding->last; commit >= rebuilding->first && commit > 0; commit--) {
        struct manifest manifest;
        TRY(manifest_open(rebuilding->segments, commit, &manifest, fault));
        bool is_base = manifest.is_base;
        rebuilding->state.base = commit;
        memcpy(rebuilding->state.row_key, manifest.key, HASH_KEY_LEN);
        manifest_release(&manifest);
        if (is_base)
            return OK;
    }
    return corrupt(fault, "segments", UINT64_MAX, "no manifest begins the chain");
}

static enum status replay(struct rebuilding *rebuilding, struct fault *fault)
{
    struct catalog_state *state = &rebuilding->state;
    for (uint64_t commit = state->base; commit <= rebuilding->last; commit++) {
        struct manifest manifest;
        TRY(manifest_open(rebuilding->segments, commit, &manifest, fault));
        enum status replayed = OK;
        if (!manifest.is_base && manifest.previous != state->seal)
            replayed =
                corrupt(fault, manifest.name, 24, "it does not follow the manifest before it");
        if (replayed == OK)
            replayed = manifest_replay(&manifest, rebuilding->catalog, fault);
        state->seal = manifest.seal;
        state->commits = commit;
        manifest_release(&manifest);
        TRY(replayed);
    }
    TRY(change_state(rebuilding->catalog, state, fault));
    TRY(catalog_commit(rebuilding->catalog, fault));
    return catalog_checkpoint(rebuilding->catalog, fault);
}

static enum status check_segments(const struct rebuilding *rebuilding, size_t *count,
                                  struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct segment_record *records;
    TRY(catalog_segments(rebuilding->catalog, &arena, &records, count, fault));
    for (size_t i = 0; i < *count; i++) {
        CLOSED(segment_close) struct segment *segment = NULL;
        char name[FILE_NAME_ROOM];
        segment_file(records[i].commit, records[i].number, name);
        TRY(segment_open(rebuilding->segments, name, &segment, fault));
        if (segment_seal(segment) != records[i].seal)
            return corrupt(fault, name, UINT64_MAX,
                           "it is not the segment that the manifests name so");
    }
    return OK;
}

static void unlink_new(int dir)
{
    unlinkat(dir, NEW_FILE, 0);
    unlinkat(dir, NEW_FILE "-wal", 0);
    unlinkat(dir, NEW_FILE "-shm", 0);
}

/* The old log goes first: it must never be read into the new file. */
static enum status put_in_place(const struct rebuilding *rebuilding, struct fault *fault)
{
    unlinkat(rebuilding->dir, NEW_FILE "-wal", 0);
    unlinkat(rebuilding->dir, NEW_FILE "-shm", 0);
    unlinkat(rebuilding->dir, CATALOG_FILE "-wal", 0);
    unlinkat(rebuilding->dir, CATALOG_FILE "-shm", 0);
    TRY(directory_sync(rebuilding->dir, rebuilding->path, fault));
    if (renameat(rebuilding->dir, NEW_FILE, rebuilding->dir, CATALOG_FILE) != 0)
        return fail_errno(fault, IO_FAILED, "cannot put the new catalog in its place");
    return directory_sync(rebuilding->dir, rebuilding->path, fault);
}

static enum status rebuild(struct rebuilding *rebuilding, size_t *segments, struct fault *fault)
{
    TRY(folder_each(rebuilding->segments, "segments", note_manifest, rebuilding, fault));
    if (rebuilding->last == 0)
        return fail(fault, NOT_FOUND, "%s/segments holds no manifest to rebuild from",
                    rebuilding->path);
    TRY(find_base(rebuilding, fault));
    unlink_new(rebuilding->dir);
    TRY(catalog_create(rebuilding->path, NEW_FILE, &rebuilding->state, fault));
    if (fchmodat(rebuilding->dir, NEW_FILE, 0600, 0) != 0)
        return fail_errno(fault, IO_FAILED, "cannot keep the new catalog from others");
    TRY(catalog_open(rebuilding->path, NEW_FILE, false, &rebuilding->catalog, fault));
    TRY(replay(rebuilding, fault));
    return check_segments(rebuilding, segments, fault);
}

enum status stet_archive_rebuild(const char *path, char said[256], struct fault *fault)
{
    TRY(hash_start(fault));
    CLOSED_FD int dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    CLOSED_FD int segments =
        dir >= 0 ? openat(dir, "segments", O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (segments < 0)
        return fail_errno(fault, errno == ENOENT ? NOT_FOUND : IO_FAILED,
                          "cannot open the archive %s", path);
    CLOSED_FD int lock = -1;
    TRY(writer_lock(dir, WAIT_MS, &lock, fault));
    struct rebuilding rebuilding = { .dir = dir, .segments = segments, .path = path };
    size_t count = 0;
    enum status rebuilt = rebuild(&rebuilding, &count, fault);
    catalog_close(rebuilding.catalog);
    if (rebuilt != OK) {
        unlink_new(dir);
        return rebuilt;
    }
    TRY(put_in_place(&rebuilding, fault));
    snprintf(said, 256,
             "a new catalog from the manifests of commits %" PRIu64 " to %" PRIu64
             ", with %zu segments",
             rebuilding.state.base, rebuilding.state.commits, count);
    return OK;
}

#include "archive/inside.h"

#include <fcntl.h>
#include <unistd.h>

struct sweeping {
    struct archive_writer *writer;
    const struct segment_record *records;
    size_t count;
    bool all;
    struct buffer names; /* of files to unlink, each with a NUL */
};

static bool ends_with(const char *name, const char *tail)
{
    size_t len = strlen(name), end = strlen(tail);
    return len >= end && strcmp(name + len - end, tail) == 0;
}

static bool segment_is_named(const struct sweeping *sweeping, const char *name)
{
    for (size_t i = 0; i < sweeping->count; i++) {
        char named[FILE_NAME_ROOM];
        segment_file(sweeping->records[i].commit, sweeping->records[i].number, named);
        if (strcmp(named, name) == 0)
            return true;
    }
    return false;
}

static enum status unlink_soon(struct sweeping *sweeping, const char *name, struct fault *fault)
{
    buffer_append(&sweeping->names, name, strlen(name) + 1);
    return buffer_check(&sweeping->names, fault);
}

/* Files that stet did not name are left alone. */
static enum status look_at_segment(void *context, const char *name, struct fault *fault)
{
    struct sweeping *sweeping = context;
    const struct catalog_state *state = &sweeping->writer->state;
    uint64_t commit;
    if (!commit_from_file(name, &commit))
        return OK;
    bool is_unnamed = ends_with(name, ".tmp");
    if (ends_with(name, ".manifest"))
        is_unnamed = commit > state->commits || commit < state->base;
    if (ends_with(name, ".segment"))
        is_unnamed = !segment_is_named(sweeping, name);
    return is_unnamed ? unlink_soon(sweeping, name, fault) : OK;
}

struct pack_search {
    uint64_t pack;
    bool is_named;
};

static enum status compare_pack(void *context, const struct original_record *record,
                                struct fault *fault)
{
    struct pack_search *search = context;
    (void)fault;
    search->is_named |= record->pack == search->pack;
    return OK;
}

static enum status pack_is_unnamed(const struct sweeping *sweeping, uint64_t commit,
                                   bool *is_unnamed, struct fault *fault)
{
    struct pack_search search = { .pack = commit };
    *is_unnamed = commit > sweeping->writer->state.commits;
    if (*is_unnamed || !sweeping->all)
        return OK;
    TRY(catalog_each_original(sweeping->writer->archive->catalog, compare_pack, &search, fault));
    *is_unnamed = !search.is_named;
    return OK;
}

static enum status look_at_original(void *context, const char *name, struct fault *fault)
{
    struct sweeping *sweeping = context;
    const struct catalog *catalog = sweeping->writer->archive->catalog;
    uint64_t commit;
    struct hash hash;
    bool is_unnamed = false;
    size_t digits = 2 * HASH_LEN;
    if (strlen(name) > digits && bytes_from_hex(bytes_make(name, digits), hash.at, HASH_LEN)) {
        struct original_record record;
        enum status found = catalog_original(catalog, &hash, &record, fault);
        if (found != OK && found != NOT_FOUND)
            return found;
        is_unnamed = found == NOT_FOUND || record.pack != 0 || ends_with(name, ".tmp");
    } else if (ends_with(name, ".pack") && commit_from_file(name, &commit)) {
        TRY(pack_is_unnamed(sweeping, commit, &is_unnamed, fault));
    }
    return is_unnamed ? unlink_soon(sweeping, name, fault) : OK;
}

static enum status unlink_all(int dir, struct sweeping *sweeping, struct fault *fault)
{
    const char *at = (const char *)sweeping->names.at;
    const char *end = at + sweeping->names.len;
    for (; at < end; at += strlen(at) + 1) {
        if (unlinkat(dir, at, 0) != 0)
            return fail_errno(fault, IO_FAILED, "cannot remove %s, which no commit names", at);
    }
    buffer_clear(&sweeping->names);
    return OK;
}

static enum status sweep(struct sweeping *sweeping, struct fault *fault)
{
    const struct archive *archive = sweeping->writer->archive;
    TRY(folder_each(archive->segments, "segments", look_at_segment, sweeping, fault));
    TRY(unlink_all(archive->segments, sweeping, fault));
    TRY(folder_each(archive->originals, "originals", look_at_original, sweeping, fault));
    return unlink_all(archive->originals, sweeping, fault);
}

enum status writer_sweep(struct archive_writer *writer, bool all, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct segment_record *records;
    struct sweeping sweeping = { .writer = writer, .all = all };
    TRY(catalog_segments(writer->archive->catalog, &arena, &records, &sweeping.count, fault));
    sweeping.records = records;
    enum status swept = sweep(&sweeping, fault);
    buffer_release(&sweeping.names);
    return swept;
}

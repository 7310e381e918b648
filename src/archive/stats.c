#include "archive/folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "archive/digest.h"

static enum status sum_document(void *context, const struct document_record *record,
                                struct fault *fault)
{
    struct stet_stats *stats = context;
    (void)fault;
    if (record->is_retired || record->row.purged_at != 0)
        return OK;
    stats->documents++;
    stats->parts += record->row.parts;
    stats->words += record->row.words;
    stats->text_bytes += record->row.bytes;
    return OK;
}

static enum status sum_file(void *context, const struct ledger_row *row, struct fault *fault)
{
    (void)fault;
    ((struct stet_stats *)context)->files += !row->is_former;
    return OK;
}

static enum status sum_original(void *context, const struct original_record *record,
                                struct fault *fault)
{
    struct stet_stats *stats = context;
    (void)fault;
    stats->original_bytes += record->size;
    stats->originals_stored_bytes += record->stored;
    return OK;
}

static enum status sum_all(struct archive *archive, struct stet_stats *stats, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct segment_record *segments;
    struct collection_row *collections;
    struct catalog_state state;
    struct stat file;
    size_t count;
    TRY(catalog_each_document(archive->catalog, sum_document, stats, fault));
    TRY(ledger_each(archive->catalog, sum_file, stats, fault));
    TRY(catalog_each_original(archive->catalog, sum_original, stats, fault));
    TRY(catalog_segments(archive->catalog, &arena, &segments, &count, fault));
    stats->segments = count;
    for (size_t i = 0; i < count; i++)
        stats->segment_bytes += segments[i].size;
    TRY(catalog_collection_rows(archive->catalog, &arena, &collections, &count, fault));
    stats->collections = count;
    TRY(catalog_state(archive->catalog, &state, fault));
    stats->commits = state.commits;
    if (fstatat(archive->dir, CATALOG_FILE, &file, 0) != 0)
        return fail_errno(fault, IO_FAILED, "cannot look at catalog.db");
    stats->catalog_bytes = (uint64_t)file.st_size;
    return OK;
}

enum status stet_archive_stats(struct archive *archive, bool with_digest, struct stet_stats *stats,
                               struct fault *fault)
{
    struct stet_stats summed = { 0 };
    TRY(catalog_hold(archive->catalog, fault));
    enum status done = sum_all(archive, &summed, fault);
    if (done == OK && with_digest)
        done = archive_digest(archive, summed.digest, fault);
    catalog_let_go(archive->catalog);
    TRY(done);
    *stats = summed;
    return OK;
}

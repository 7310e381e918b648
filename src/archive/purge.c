#include "archive/inside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/grow.h"
#include "catalog/desk.h"

enum { WAIT_MS = 5000 };

struct purging {
    struct archive_writer *writer;
    struct document_record record;
    struct bytes reason;
    struct buffer names; /* other names of it: role u8, folded string */
    uint64_t pack;       /* to be rewritten, 0 none */
    struct pack_writer to;
    bool keeps_original; /* other documents came in the same file */
    size_t segments;
};

static enum status note_name(void *context, struct bytes folded, enum name_role role,
                             uint64_t document, struct fault *fault)
{
    struct purging *purging = context;
    if (document != purging->record.row.id || role == NAME_OWN)
        return OK;
    buffer_u8(&purging->names, (uint8_t)role);
    buffer_string(&purging->names, folded);
    return buffer_check(&purging->names, fault);
}

static enum status forget_names(struct purging *purging, struct fault *fault)
{
    struct catalog *catalog = purging->writer->archive->catalog;
    TRY(catalog_each_name(catalog, note_name, purging, fault));
    struct cursor from = cursor_from_bytes(buffer_bytes(&purging->names));
    while (cursor_left(&from) > 0) {
        enum name_role role = cursor_u8(&from);
        struct bytes name = cursor_string(&from);
        TRY(change_name(catalog, name, role, purging->record.row.id, false, fault));
    }
    return OK;
}

static enum status forget_rows(struct purging *purging, struct fault *fault)
{
    struct archive_writer *writer = purging->writer;
    struct catalog *catalog = writer->archive->catalog;
    const struct document_row *row = &purging->record.row;
    struct former_reading *formers;
    uint64_t *collections;
    size_t count;
    TRY(catalog_formers(catalog, row->id, &writer->arena, &formers, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(change_former_gone(catalog, row->id, formers[i].reading, fault));
    TRY(catalog_memberships(catalog, row->id, &writer->arena, &collections, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(change_member(catalog, row->id, collections[i], false, fault));
    struct document_record kept = { .row = { .id = row->id,
                                             .name = row->name,
                                             .reason = purging->reason,
                                             .purged_at = (uint64_t)clock_wall() } };
    return change_document(catalog, &kept, fault);
}

/* The ledger rows of the file keep the number in place of the path: a path may name a person. */
static enum status blank_ledger(void *context, const struct ledger_row *row, struct fault *fault)
{
    struct purging *purging = context;
    struct catalog *catalog = purging->writer->archive->catalog;
    if (!hash_equal(&row->original, &purging->record.row.original))
        return OK;
    if (row->is_former)
        return change_ledger_gone(catalog, row->id, fault);
    char *path = arena_print(&purging->writer->arena, "%.*s (purged, %" PRIu64 ")",
                             (int)purging->record.row.name.len,
                             (const char *)purging->record.row.name.at, row->id);
    if (path == NULL)
        return no_memory(fault);
    struct ledger_row blank = { .id = row->id,
                                .collection = row->collection,
                                .path = bytes_from_string(path),
                                .size = row->size,
                                .outcome = LEDGER_REFUSED,
                                .reason = purging->reason };
    return change_ledger(catalog, &blank, fault);
}

struct row_gathering {
    const struct hash *original;
    struct arena *arena;
    struct ledger_row *at;
    size_t count, room;
};

static enum status gather_row(void *context, const struct ledger_row *row, struct fault *fault)
{
    struct row_gathering *gathering = context;
    if (!hash_equal(&row->original, gathering->original))
        return OK;
    if (!GROW(gathering->at, gathering->room, gathering->count))
        return no_memory(fault);
    struct ledger_row kept = { .id = row->id,
                               .collection = row->collection,
                               .size = row->size,
                               .original = row->original,
                               .is_former = row->is_former };
    gathering->at[gathering->count++] = kept;
    return OK;
}

static enum status blank_rows(struct purging *purging, struct fault *fault)
{
    struct row_gathering gathering = { .original = &purging->record.row.original };
    enum status walked =
        ledger_each(purging->writer->archive->catalog, gather_row, &gathering, fault);
    for (size_t i = 0; i < gathering.count && walked == OK; i++)
        walked = blank_ledger(purging, &gathering.at[i], fault);
    free(gathering.at);
    return walked;
}

/* Copy an entry as it is, checked on the way, to the pack of this commit. */
static enum status move_original(void *context, const struct original_record *record,
                                 struct fault *fault)
{
    struct purging *purging = context;
    if (record->pack != purging->pack || hash_equal(&record->hash, &purging->record.row.original))
        return OK;
    SCOPED(buffer_release) struct buffer frame = { 0 };
    struct original_record moved = *record;
    TRY(pack_read(purging->writer->archive->originals, record, &frame, fault));
    if (purging->to.fd < 0)
        TRY(pack_create(&purging->to, purging->writer->archive->originals,
                        writer_commit_number(purging->writer), fault));
    TRY(pack_add(&purging->to, &moved, buffer_bytes(&frame), fault));
    /* Rows are put after the walk over them. */
    buffer_append(&purging->names, &moved, sizeof moved);
    return buffer_check(&purging->names, fault);
}

static enum status put_moved(struct purging *purging, struct fault *fault)
{
    size_t count = purging->names.len / sizeof(struct original_record);
    for (size_t i = 0; i < count; i++) {
        struct original_record moved;
        memcpy(&moved, purging->names.at + i * sizeof moved, sizeof moved);
        TRY(change_original(purging->writer->archive->catalog, &moved, fault));
    }
    return OK;
}

static enum status forget_original(struct purging *purging, struct fault *fault)
{
    struct archive_writer *writer = purging->writer;
    struct catalog *catalog = writer->archive->catalog;
    struct original_record record;
    char name[FILE_NAME_ROOM];
    enum status found = catalog_original(catalog, &purging->record.row.original, &record, fault);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    TRY(change_original_gone(catalog, &record.hash, fault));
    if (record.pack == 0) {
        original_file(&record.hash, name);
        return writer_unlink_later(writer, GONE_ORIGINALS, name, fault);
    }
    purging->pack = record.pack;
    buffer_clear(&purging->names);
    TRY(catalog_each_original(catalog, move_original, purging, fault));
    if (purging->to.fd >= 0)
        TRY(pack_finish(&purging->to, fault));
    TRY(put_moved(purging, fault));
    pack_file(record.pack, name);
    return writer_unlink_later(writer, GONE_ORIGINALS, name, fault);
}

static enum status holds_document(struct archive_writer *writer, struct live_segment *live,
                                  uint64_t document, bool *holds, struct fault *fault)
{
    *holds = false;
    if (live->opened == NULL)
        TRY(archive_segment(writer->archive, &live->record, &live->opened, fault));
    for (uint32_t part = 0; part < live->record.parts && !*holds; part++) {
        struct part_shape shape;
        TRY(segment_part(live->opened->segment, part, &shape, fault));
        *holds = shape.columns.document == document;
    }
    return OK;
}

static enum status forget_parts(struct purging *purging, bool dry_run, struct fault *fault)
{
    struct archive_writer *writer = purging->writer;
    for (size_t i = 0; i < writer->live_count;) {
        size_t before = writer->live_count;
        bool holds;
        TRY(holds_document(writer, &writer->live[i], purging->record.row.id, &holds, fault));
        if (holds) {
            purging->segments++;
            if (!dry_run)
                TRY(writer_merge_run(writer, i, 1, purging->record.row.id, fault));
        }
        i += writer->live_count == before; /* one without any part left is gone from the list */
    }
    return OK;
}

static enum status manifests_gone(struct archive_writer *writer, struct fault *fault)
{
    char name[FILE_NAME_ROOM];
    for (uint64_t commit = writer->state.base; commit <= writer->state.commits; commit++) {
        manifest_file(commit, name);
        TRY(writer_unlink_later(writer, GONE_SEGMENTS, name, fault));
    }
    return OK;
}

/* Rulings hold words that a story took from it. */
static enum status forget_rulings(struct purging *purging, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    const struct archive *archive = purging->writer->archive;
    enum status opened =
        desk_open(archive_directory(archive), archive_path(archive), false, &desk, fault);
    if (opened == NOT_FOUND)
        return OK;
    TRY(opened);
    desk_close(take(desk));
    TRY(desk_open(archive_directory(archive), archive_path(archive), true, &desk, fault));
    return desk_forget(desk, purging->record.row.name, fault);
}

static enum status change_all(struct purging *purging, struct fault *fault)
{
    struct archive_writer *writer = purging->writer;
    TRY(catalog_erase(writer->archive->catalog, fault));
    TRY(catalog_begin(writer->archive->catalog, fault));
    TRY(forget_parts(purging, false, fault));
    TRY(forget_names(purging, fault));
    TRY(forget_rows(purging, fault));
    if (!purging->keeps_original) {
        TRY(blank_rows(purging, fault));
        TRY(forget_original(purging, fault));
    }
    TRY(manifests_gone(writer, fault));
    writer->is_base = true;
    return OK;
}

/* The one document meant: its own number, or a name that no other has. */
static enum status find_one(struct purging *purging, const char *name, struct arena *arena,
                            struct fault *fault)
{
    const struct catalog *catalog = purging->writer->archive->catalog;
    uint64_t *ids;
    size_t count, others = 0;
    TRY(catalog_documents_named(catalog, bytes_from_string(name), arena, &ids, &count, fault));
    for (size_t i = 0; i < count; i++) {
        struct document_record record;
        TRY(catalog_record(catalog, ids[i], arena, &record, fault));
        if (record.row.purged_at != 0)
            continue;
        purging->record = record;
        others++;
    }
    if (others == 0)
        return fail(fault, NOT_FOUND, "no document is named %s%s", name,
                    count > 0 ? " any more: it was purged" : "");
    if (others > 1)
        return fail(fault, BAD_INPUT,
                    "%zu documents are named %s: purge takes one, by a name that only it has",
                    others, name);
    struct document_record *records;
    TRY(catalog_records_of(catalog, &purging->record.row.original, arena, &records, &count, fault));
    purging->keeps_original = count > 1;
    return OK;
}

static void say(const struct purging *purging, bool dry_run, char said[512])
{
    const struct document_row *row = &purging->record.row;
    snprintf(said, 512, "%.*s %s: %u part%s, %zu segment%s rewritten, %s", (int)row->name.len,
             (const char *)row->name.at, dry_run ? "would be purged" : "is purged", row->parts,
             row->parts == 1 ? "" : "s", purging->segments, purging->segments == 1 ? "" : "s",
             purging->keeps_original
                 ? "its original is kept: other documents came in the same file, purge them too"
                 : "its original gone");
}

static enum status purge(struct purging *purging, bool dry_run, struct fault *fault)
{
    struct archive_writer *writer = purging->writer;
    if (dry_run)
        return forget_parts(purging, true, fault);
    TRY(forget_rulings(purging, fault));
    TRY(writer_answer(writer, change_all(purging, fault), fault));
    TRY(archive_writer_commit(writer, fault));
    return writer_scrub(writer, fault);
}

enum status stet_archive_purge(struct archive *archive, const char *name, const char *reason,
                               bool dry_run, char said[512], struct fault *fault)
{
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    TRY(archive_writer_open(archive, WAIT_MS, &writer, fault));
    struct purging purging = { .writer = writer, .reason = bytes_from_string(reason), .to.fd = -1 };
    TRY(find_one(&purging, name, &arena, fault));
    enum status purged = purge(&purging, dry_run, fault);
    pack_release(&purging.to);
    buffer_release(&purging.names);
    TRY(purged);
    say(&purging, dry_run, said);
    return OK;
}

static enum status unlink_one(void *context, const char *name, struct fault *fault)
{
    if (unlinkat(*(const int *)context, name, 0) != 0)
        return fail_errno(fault, IO_FAILED, "cannot remove reuse/%s", name);
    return OK;
}

/* What a comparison left or is at holds hashes of words of every document; it begins again. */
static enum status forget_reuse(const struct archive *archive, struct fault *fault)
{
    CLOSED_FD int dir = openat(archive->dir, "reuse", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir < 0)
        return OK;
    return folder_each(dir, "reuse", unlink_one, &dir, fault);
}

enum status writer_scrub(struct archive_writer *writer, struct fault *fault)
{
    struct catalog *catalog = writer->archive->catalog;
    TRY(forget_reuse(writer->archive, fault));
    TRY(writer_sweep(writer, true, fault));
    enum status scrubbed = catalog_scrub(catalog, fault);
    if (scrubbed == BUSY)
        return fail(fault, BUSY,
                    "the document is purged, but traces stay in catalog.db while another "
                    "program reads it: end that program and write to the archive once more");
    TRY(scrubbed);
    struct catalog_state next = writer->state;
    next.scrub = false;
    TRY(change_state(catalog, &next, fault));
    TRY(catalog_commit(catalog, fault));
    TRY(catalog_checkpoint(catalog, fault));
    writer->state = next;
    return OK;
}

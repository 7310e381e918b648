#include "archive/inside.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/grow.h"

uint64_t writer_commit_number(const struct archive_writer *writer)
{
    return writer->state.commits + 1;
}

static enum status add_live(struct archive_writer *writer, const struct segment_record *record,
                            struct fault *fault)
{
    if (!GROW(writer->live, writer->live_room, writer->live_count))
        return no_memory(fault);
    struct live_segment *live = &writer->live[writer->live_count];
    *live = (struct live_segment){ .record = *record };
    live->record.dead = (struct bytes){ 0 };
    size_t len = bit_words(record->parts) * sizeof(uint64_t);
    if (record->dead.len != 0 && record->dead.len != len)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX,
                       "a dead set has another length than its segment");
    live->dead = calloc(1, len + sizeof(uint64_t));
    if (live->dead == NULL)
        return no_memory(fault);
    if (record->dead.len > 0)
        memcpy(live->dead, record->dead.at, len);
    writer->live_count++;
    if (record->id > writer->last_segment)
        writer->last_segment = record->id;
    return OK;
}

enum status writer_load_segments(struct archive_writer *writer, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct segment_record *records;
    size_t count;
    TRY(catalog_segments(writer->archive->catalog, &arena, &records, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(add_live(writer, &records[i], fault));
    return OK;
}

void writer_release_segments(struct archive_writer *writer)
{
    for (size_t i = 0; i < writer->live_count; i++) {
        if (writer->live[i].opened != NULL)
            open_segment_drop(writer->archive, writer->live[i].opened);
        free(writer->live[i].dead);
    }
    free(writer->live);
    writer->live = NULL;
    writer->live_count = writer->live_room = 0;
}

static enum status open_live(struct archive_writer *writer, struct live_segment *live,
                             struct fault *fault)
{
    if (live->opened != NULL)
        return OK;
    return archive_segment(writer->archive, &live->record, &live->opened, fault);
}

static enum status size_of(int dir, const char *name, uint64_t *size, struct fault *fault)
{
    CLOSED(segment_close) struct segment *segment = NULL;
    TRY(segment_open(dir, name, &segment, fault));
    *size = segment_size(segment);
    return OK;
}

enum status writer_seal(struct archive_writer *writer, struct fault *fault)
{
    if (segment_writer_parts(writer->segment) == 0)
        return OK;
    struct segment_record record = { .id = writer->last_segment + 1,
                                     .commit = writer_commit_number(writer),
                                     .number = writer->segment_number,
                                     .parts = segment_writer_parts(writer->segment),
                                     .words = segment_writer_words(writer->segment) };
    char name[FILE_NAME_ROOM];
    segment_file(record.commit, record.number, name);
    int dir = writer->archive->segments;
    TRY(segment_writer_seal(writer->segment, dir, name, &record.seal, fault));
    writer->segment_number++;
    writer->pending_count = 0;
    TRY(size_of(dir, name, &record.size, fault));
    TRY(add_live(writer, &record, fault));
    writer->live[writer->live_count - 1].is_changed = true;
    return OK;
}

static enum status kill_in(struct archive_writer *writer, struct live_segment *live,
                           uint64_t document, uint32_t parts, struct fault *fault)
{
    TRY(open_live(writer, live, fault));
    uint32_t number;
    for (uint32_t part = 1; part <= parts; part++) {
        enum status found = segment_find(live->opened->segment, document, part, &number, fault);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        if (bit_is_set(live->dead, number))
            continue;
        bit_set(live->dead, number);
        live->record.dead_count++;
        live->is_changed = true;
    }
    return OK;
}

static bool is_pending(const struct archive_writer *writer, uint64_t document)
{
    for (size_t i = 0; i < writer->pending_count; i++) {
        if (writer->pending[i] == document)
            return true;
    }
    return false;
}

enum status writer_kill(struct archive_writer *writer, uint64_t document, uint32_t parts,
                        struct fault *fault)
{
    if (is_pending(writer, document))
        TRY(writer_seal(writer, fault));
    for (size_t i = 0; i < writer->live_count; i++)
        TRY(kill_in(writer, &writer->live[i], document, parts, fault));
    return OK;
}

static enum status put_segments(struct archive_writer *writer, struct fault *fault)
{
    for (size_t i = 0; i < writer->live_count; i++) {
        struct live_segment *live = &writer->live[i];
        if (!live->is_changed)
            continue;
        struct segment_record record = live->record;
        if (record.dead_count > 0)
            record.dead = bytes_make(live->dead, bit_words(record.parts) * sizeof(uint64_t));
        TRY(change_segment(writer->archive->catalog, &record, fault));
        live->is_changed = false;
    }
    return OK;
}

static enum status flush_dump(void *context, struct buffer *records, struct fault *fault)
{
    enum status written = manifest_append(context, buffer_bytes(records), fault);
    buffer_clear(records);
    return written;
}

static enum status write_manifest(struct archive_writer *writer, uint64_t *seal,
                                  struct fault *fault)
{
    SCOPED(manifest_writer_release) struct manifest_writer manifest = { .fd = -1 };
    SCOPED(buffer_release) struct buffer records = { 0 };
    const struct catalog *catalog = writer->archive->catalog;
    TRY(change_log_check(catalog, fault));
    TRY(manifest_create(&manifest, writer->archive->segments, writer_commit_number(writer),
                        writer->is_base ? 0 : writer->state.seal, writer->is_base,
                        writer->state.row_key, fault));
    if (writer->is_base)
        TRY(catalog_dump(catalog, &records, flush_dump, &manifest, fault));
    struct bytes rest = writer->is_base ? buffer_bytes(&records) : change_log(catalog);
    TRY(manifest_append(&manifest, rest, fault));
    return manifest_finish(&manifest, seal, fault);
}

enum status writer_unlink_later(struct archive_writer *writer, enum gone_from from,
                                const char *name, struct fault *fault)
{
    buffer_u8(&writer->gone, from);
    buffer_string(&writer->gone, bytes_from_string(name));
    return buffer_check(&writer->gone, fault);
}

/* What cannot be unlinked now is swept by the next writer. */
static void unlink_gone(struct archive_writer *writer)
{
    struct cursor from = cursor_from_bytes(buffer_bytes(&writer->gone));
    while (cursor_left(&from) > 0) {
        int dir = cursor_u8(&from) == GONE_SEGMENTS ? writer->archive->segments
                                                    : writer->archive->originals;
        struct bytes name = cursor_string(&from);
        char path[FILE_NAME_ROOM];
        if (from.bad || name.len >= sizeof path)
            break;
        memcpy(path, name.at, name.len);
        path[name.len] = '\0';
        unlinkat(dir, path, 0);
    }
    buffer_clear(&writer->gone);
}

static enum status write_files(struct archive_writer *writer, struct catalog_state *next,
                               struct fault *fault)
{
    TRY(writer_seal(writer, fault));
    TRY(put_segments(writer, fault));
    if (writer->pack.fd >= 0)
        TRY(pack_finish(&writer->pack, fault));
    TRY(write_manifest(writer, &next->seal, fault));
    next->commits = writer_commit_number(writer);
    if (writer->is_base)
        next->base = next->commits;
    return change_state(writer->archive->catalog, next, fault);
}

static enum status commit(struct archive_writer *writer, struct fault *fault)
{
    struct catalog_state next = writer->state;
    next.scrub |= writer->is_base;
    TRY(write_files(writer, &next, fault));
    writer->is_uncertain = true;
    TRY(catalog_commit(writer->archive->catalog, fault));
    writer->is_uncertain = false;
    writer->state = next;
    writer->segment_number = 0;
    writer->documents = writer->bytes = writer->began = 0;
    writer->is_base = false;
    unlink_gone(writer);
    return OK;
}

enum status archive_writer_commit(struct archive_writer *writer, struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    bool is_dirty =
        catalog_is_changing(writer->archive->catalog) || segment_writer_parts(writer->segment) > 0;
    return is_dirty ? writer_answer(writer, commit(writer, fault), fault) : OK;
}

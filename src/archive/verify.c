#include "archive/inside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include "catalog/desk.h"

struct verifying {
    struct archive *archive;
    bool read_data;
    stet_verify_told *told;
    void *context;
    uint64_t damages, done, total;
    struct catalog_state state;
    struct segment_record *records;
    struct segment **segments; /* NULL where it cannot be opened */
    uint64_t **dead;
    size_t count;
    uint64_t last_pack;
};

static void tell(struct verifying *verifying, const char *damage)
{
    verifying->damages++;
    verifying->told(verifying->context, damage, verifying->done, verifying->total);
}

static void tell_audit(void *context, const char *damage)
{
    tell(context, damage);
}

/* Damage is told and the walk goes on; what is no damage ends it. */
static enum status judge(struct verifying *verifying, enum status found, const struct fault *fault)
{
    if (found != CORRUPT && found != NOT_FOUND)
        return found;
    tell(verifying, fault->words);
    return OK;
}

static void note_done(struct verifying *verifying, uint64_t bytes)
{
    verifying->done += bytes;
    verifying->told(verifying->context, NULL, verifying->done, verifying->total);
}

static enum status verify_manifests(struct verifying *verifying, struct fault *fault)
{
    uint64_t seal = 0;
    for (uint64_t commit = verifying->state.base; commit <= verifying->state.commits; commit++) {
        struct manifest manifest;
        enum status opened = manifest_open(verifying->archive->segments, commit, &manifest, fault);
        if (opened != OK) {
            TRY(judge(verifying, opened, fault));
            return OK;
        }
        bool is_first = commit == verifying->state.base;
        bool fits = is_first ? manifest.is_base : manifest.previous == seal && !manifest.is_base;
        fits &= memcmp(manifest.key, verifying->state.row_key, HASH_KEY_LEN) == 0;
        if (!fits)
            TRY(judge(
                verifying,
                corrupt(fault, manifest.name, 24, "it does not follow the manifest before it"),
                fault));
        seal = manifest.seal;
        note_done(verifying, manifest.mapping.bytes.len);
        manifest_release(&manifest);
    }
    if (seal != verifying->state.seal)
        tell(verifying,
             "catalog.db names another last manifest than the one that stands in segments");
    return OK;
}

static enum status verify_segment(struct verifying *verifying, size_t index, struct fault *fault)
{
    const struct segment_record *record = &verifying->records[index];
    char name[FILE_NAME_ROOM];
    struct segment *segment = NULL;
    segment_file(record->commit, record->number, name);
    enum status opened = segment_open(verifying->archive->segments, name, &segment, fault);
    if (opened == IO_FAILED && faccessat(verifying->archive->segments, name, F_OK, 0) != 0)
        opened = corrupt(fault, name, UINT64_MAX, "the segment is missing");
    if (opened != OK)
        return judge(verifying, opened, fault);
    verifying->segments[index] = segment;
    if (segment_seal(segment) != record->seal || segment_part_count(segment) != record->parts ||
        segment_size(segment) != record->size || segment_word_count(segment) != record->words)
        return judge(
            verifying,
            corrupt(fault, name, UINT64_MAX, "it is not the segment that the catalog names so"),
            fault);
    if (verifying->read_data)
        TRY(judge(verifying, segment_verify(segment, true, fault), fault));
    note_done(verifying, record->size);
    return OK;
}

static enum status verify_segments(struct verifying *verifying, struct arena *arena,
                                   struct fault *fault)
{
    verifying->segments =
        arena_alloc_many(arena, verifying->count + 1, sizeof *verifying->segments);
    verifying->dead = arena_alloc_many(arena, verifying->count + 1, sizeof *verifying->dead);
    if (verifying->segments == NULL || verifying->dead == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < verifying->count; i++) {
        const struct segment_record *record = &verifying->records[i];
        size_t len = bit_words(record->parts) * sizeof(uint64_t);
        verifying->dead[i] = arena_alloc(arena, len + sizeof(uint64_t));
        if (verifying->dead[i] == NULL)
            return no_memory(fault);
        if (record->dead.len == len)
            memcpy(verifying->dead[i], record->dead.at, len);
        else if (record->dead.len > 0)
            tell(verifying, "catalog.db holds a dead set of another length than its segment");
        TRY(verify_segment(verifying, i, fault));
    }
    return OK;
}

static enum status count_standing(struct verifying *verifying, const struct document_row *row,
                                  uint32_t part, uint32_t *standing, struct fault *fault)
{
    *standing = 0;
    for (size_t i = 0; i < verifying->count; i++) {
        uint32_t number;
        struct part_shape shape;
        if (verifying->segments[i] == NULL)
            continue;
        enum status found = segment_find(verifying->segments[i], row->id, part, &number, fault);
        if (found == OK)
            found = segment_part(verifying->segments[i], number, &shape, fault);
        if (found == NOT_FOUND)
            continue;
        TRY(found);
        if (number < verifying->records[i].parts && !bit_is_set(verifying->dead[i], number) &&
            shape.columns.reading == row->reading)
            ++*standing;
    }
    return OK;
}

static enum status verify_document(void *context, const struct document_record *record,
                                   struct fault *fault)
{
    struct verifying *verifying = context;
    bool is_live = !record->is_retired && record->row.purged_at == 0;
    for (uint32_t part = 1; is_live && part <= record->row.parts; part++) {
        uint32_t standing;
        enum status counted = count_standing(verifying, &record->row, part, &standing, fault);
        if (counted != OK)
            return judge(verifying, counted, fault);
        if (standing == 1)
            continue;
        char words[256];
        snprintf(words, sizeof words, "part %u of document %.*s stands in %u segments, not in one",
                 part, (int)(record->row.name.len < 100 ? record->row.name.len : 100),
                 (const char *)record->row.name.at, standing);
        tell(verifying, words);
    }
    return OK;
}

static enum status verify_original(void *context, const struct original_record *record,
                                   struct fault *fault)
{
    struct verifying *verifying = context;
    int dir = verifying->archive->originals;
    if (verifying->read_data) {
        TRY(judge(verifying, original_stream(dir, record, -1, fault), fault));
        note_done(verifying, record->stored);
        return OK;
    }
    char name[FILE_NAME_ROOM];
    if (record->pack == 0)
        original_file(&record->hash, name);
    else
        pack_file(record->pack, name);
    if (faccessat(dir, name, F_OK, 0) != 0)
        return judge(verifying, corrupt(fault, name, UINT64_MAX, "it is missing"), fault);
    return OK;
}

static enum status verify_pack(void *context, const char *name, struct fault *fault)
{
    struct verifying *verifying = context;
    uint64_t commit;
    size_t len = strlen(name);
    if (len < 5 || strcmp(name + len - 5, ".pack") != 0 || !commit_from_file(name, &commit) ||
        commit > verifying->state.commits)
        return OK;
    return judge(verifying,
                 pack_verify(verifying->archive->originals, commit, verifying->read_data, fault),
                 fault);
}

static enum status sum_stored(void *context, const struct original_record *record,
                              struct fault *fault)
{
    (void)fault;
    ((struct verifying *)context)->total += record->stored;
    return OK;
}

static enum status read_rulings(struct verifying *verifying, struct fault *fault)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct ruling_row *rows;
    size_t count;
    const struct archive *archive = verifying->archive;
    enum status opened =
        desk_open(archive_directory(archive), archive_path(archive), false, &desk, fault);
    if (opened == NOT_FOUND)
        return OK;
    TRY(opened);
    return desk_rulings(desk, &arena, &rows, &count, fault);
}

static enum status verify_all(struct verifying *verifying, struct arena *arena, struct fault *fault)
{
    const struct catalog *catalog = verifying->archive->catalog;
    TRY(judge(verifying, catalog_audit(catalog, verifying->read_data, tell_audit, verifying, fault),
              fault));
    TRY(judge(verifying, catalog_each_original(catalog, sum_stored, verifying, fault), fault));
    enum status listed = catalog_state(catalog, &verifying->state, fault);
    if (listed == OK)
        listed = catalog_segments(catalog, arena, &verifying->records, &verifying->count, fault);
    if (listed != OK)
        return judge(verifying, listed, fault);
    for (size_t i = 0; i < verifying->count; i++)
        verifying->total += verifying->records[i].size;
    TRY(verify_manifests(verifying, fault));
    TRY(verify_segments(verifying, arena, fault));
    TRY(judge(verifying, catalog_each_document(catalog, verify_document, verifying, fault), fault));
    TRY(judge(verifying, catalog_each_original(catalog, verify_original, verifying, fault), fault));
    TRY(judge(verifying, read_rulings(verifying, fault), fault));
    return folder_each(verifying->archive->originals, "originals", verify_pack, verifying, fault);
}

enum status stet_archive_verify(struct archive *archive, bool read_data, stet_verify_told *told,
                                void *context, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct verifying verifying = {
        .archive = archive, .read_data = read_data, .told = told, .context = context
    };
    TRY(catalog_hold(archive->catalog, fault));
    enum status verified = verify_all(&verifying, &arena, fault);
    catalog_let_go(archive->catalog);
    for (size_t i = 0; verifying.segments != NULL && i < verifying.count; i++)
        segment_close(verifying.segments[i]);
    TRY(verified);
    if (verifying.damages == 0)
        return OK;
    char why[64];
    snprintf(why, sizeof why, "%" PRIu64 " damages", verifying.damages);
    return corrupt(fault, archive->path, UINT64_MAX, why);
}

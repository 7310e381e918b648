#include "archive/inside.h"

#include "archive/lock.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/grow.h"

enum {
    COMMIT_DOCUMENTS = 8000,
    COMMIT_BYTES = 64 << 20,
    COMMIT_SECONDS = 10,
    SEGMENT_MEMORY = 64 << 20,
};

static enum status open_state(struct archive_writer *writer, struct fault *fault)
{
    struct catalog *catalog = writer->archive->catalog;
    TRY(catalog_state(catalog, &writer->state, fault));
    TRY(writer_sweep(writer, writer->state.scrub, fault));
    if (writer->state.scrub)
        TRY(writer_scrub(writer, fault));
    TRY(catalog_last_document(catalog, &writer->last_document, fault));
    TRY(ledger_last(catalog, &writer->last_ledger, fault));
    return writer_load_segments(writer, fault);
}

enum status archive_writer_open(struct archive *archive, uint32_t wait_ms,
                                struct archive_writer **writer, struct fault *fault)
{
    if (archive->is_readonly)
        return fail(fault, IO_FAILED, "%s cannot be written: the folder is read-only",
                    archive->path);
    CLOSED(archive_writer_close) struct archive_writer *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->archive = archive;
    made->lock = made->pack.fd = -1;
    TRY(writer_lock(archive->dir, wait_ms, &made->lock, fault));
    TRY(segment_writer_new(&made->segment, fault));
    TRY(compressor_new(1, &made->compressor, fault));
    TRY(open_state(made, fault));
    *writer = take(made);
    return OK;
}

/* What was gathered leaves no file behind, unless it is unclear whether it was committed. */
static void drop_gathered(struct archive_writer *writer)
{
    struct fault unheard;
    bool was_changing = catalog_is_changing(writer->archive->catalog);
    catalog_rollback(writer->archive->catalog);
    if ((was_changing || writer->is_failed) && !writer->is_uncertain)
        (void)!writer_sweep(writer, false, &unheard);
    (void)!catalog_checkpoint(writer->archive->catalog, &unheard);
}

void archive_writer_close(struct archive_writer *writer)
{
    if (writer == NULL)
        return;
    pack_release(&writer->pack);
    if (writer->lock >= 0)
        drop_gathered(writer);
    writer_release_segments(writer);
    segment_writer_free(writer->segment);
    compressor_free(writer->compressor);
    arena_release(&writer->arena);
    buffer_release(&writer->gone);
    free(writer->pending);
    close_fd_at(&writer->lock);
    free(writer);
}

enum status writer_ready(struct archive_writer *writer, struct fault *fault)
{
    arena_clear(&writer->arena);
    if (!writer->is_failed)
        return OK;
    return fail(fault, IO_FAILED, "nothing more is written after a failure: %s",
                writer->first.words);
}

enum status writer_answer(struct archive_writer *writer, enum status status,
                          const struct fault *fault)
{
    if (status != OK && !writer->is_failed) {
        writer->is_failed = true;
        if (fault != NULL)
            writer->first = *fault;
    }
    return status;
}

static void note_change(struct archive_writer *writer)
{
    if (writer->began == 0)
        writer->began = clock_monotonic();
}

enum status archive_writer_collection(struct archive_writer *writer, struct bytes name,
                                      bool is_public, uint64_t *collection, struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    struct catalog *catalog = writer->archive->catalog;
    struct collection_row row = { 0 };
    enum status found = catalog_collection_named(catalog, name, &writer->arena, &row, fault);
    if (found == OK && row.is_public != is_public)
        return fail(fault, BAD_INPUT, "the collection %.*s is %s already", (int)name.len,
                    (const char *)name.at, row.is_public ? "public" : "private");
    if (found == NOT_FOUND) {
        struct collection_row *rows;
        size_t count;
        TRY(catalog_collections(catalog, &writer->arena, &rows, &count, fault));
        row = (struct collection_row){ .id = 1, .name = name, .is_public = is_public };
        for (size_t i = 0; i < count; i++)
            row.id = rows[i].id >= row.id ? rows[i].id + 1 : row.id;
        note_change(writer);
        found = writer_answer(writer, change_collection(catalog, &row, fault), fault);
    }
    TRY(found);
    *collection = row.id;
    return OK;
}

static enum status store_in_pack(struct archive_writer *writer, struct original_record *record,
                                 struct bytes content, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer frame = { 0 };
    if (writer->pack.fd < 0)
        TRY(pack_create(&writer->pack, writer->archive->originals, writer_commit_number(writer),
                        fault));
    TRY(compressor_frame(writer->compressor, content, &frame, fault));
    return pack_add(&writer->pack, record, buffer_bytes(&frame), fault);
}

static enum status hash_range(int fd, uint64_t offset, uint64_t len, struct buffer *content,
                              struct original_record *record, struct fault *fault)
{
    enum { STEP = ORIGINAL_ALONE };
    struct hasher hasher;
    hasher_begin(&hasher);
    if (!buffer_reserve(content, len < STEP ? len + 1 : STEP))
        return no_memory(fault);
    for (uint64_t done = 0; done < len;) {
        size_t more = len - done < STEP ? len - done : STEP;
        if (file_read_at(fd, offset + done, more, "the file", content->at, fault) == CORRUPT)
            return fail(fault, BAD_INPUT, "the file became shorter while it was read");
        content->len = more;
        hasher_add(&hasher, buffer_bytes(content));
        done += more;
    }
    hasher_end(&hasher, &record->hash, &record->sha256);
    record->size = len;
    return OK;
}

enum status archive_writer_original(struct archive_writer *writer, int fd, uint64_t offset,
                                    uint64_t len, struct hash *original, bool *is_known,
                                    struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    SCOPED(buffer_release) struct buffer content = { 0 };
    struct original_record record = { 0 }, known;
    TRY(hash_range(fd, offset, len, &content, &record, fault));
    enum status found = catalog_original(writer->archive->catalog, &record.hash, &known, fault);
    if (found == NOT_FOUND) {
        note_change(writer);
        enum status stored =
            len < ORIGINAL_ALONE
                ? store_in_pack(writer, &record, buffer_bytes(&content), fault)
                : original_write_alone(writer->archive->originals, fd, offset, &record, fault);
        if (stored == BAD_INPUT)
            return stored;
        if (stored == OK)
            stored = change_original(writer->archive->catalog, &record, fault);
        TRY(writer_answer(writer, stored, fault));
    } else if (found != OK) {
        return found;
    }
    *original = record.hash;
    *is_known = found == OK;
    return OK;
}

/* The number the document gives itself, else digits of its hash: as many as nobody else's name
 * begins with. */
static enum status name_document(struct archive_writer *writer, const struct new_document *document,
                                 struct bytes *name, struct fault *fault)
{
    for (size_t i = 0; i < document->field_count; i++) {
        *name = document->fields[i].value;
        if (document->fields[i].name == FIELD_NUMBER && name->len > 0)
            return OK;
    }
    char digits[53];
    catalog_hash_name(&document->original, document->path, digits);
    bool is_named = true;
    size_t len;
    for (len = 12; len <= 52 && is_named; len += 4)
        TRY(catalog_is_named(writer->archive->catalog, bytes_make(digits, len), &is_named, fault));
    *name = arena_copy(&writer->arena, bytes_make(digits, len - 4));
    return name->at != NULL ? OK : no_memory(fault);
}

static enum status name_in_catalog(struct archive_writer *writer, struct bytes name,
                                   const struct field *fields, size_t count, uint64_t document,
                                   bool is_named, struct fault *fault)
{
    struct catalog *catalog = writer->archive->catalog;
    TRY(change_name(catalog, name, NAME_OWN, document, is_named, fault));
    for (size_t i = 0; i < count; i++) {
        if (fields[i].name == FIELD_ALIAS)
            TRY(change_name(catalog, fields[i].value, NAME_ALIAS, document, is_named, fault));
        if (fields[i].name == FIELD_REF)
            TRY(change_name(catalog, fields[i].value, NAME_REF, document, is_named, fault));
    }
    return OK;
}

static enum status add_part(struct archive_writer *writer, const struct new_document *document,
                            const struct columns *columns, const struct new_part *part,
                            struct fault *fault)
{
    bool is_first = columns->part == 1;
    const struct field *fields = is_first ? document->fields : NULL;
    return segment_writer_add(writer->segment, columns, part->text, part->spans, part->span_count,
                              fields, is_first ? document->field_count : 0, fault);
}

static enum status remember_pending(struct archive_writer *writer, uint64_t document,
                                    struct fault *fault)
{
    if (!GROW(writer->pending, writer->pending_room, writer->pending_count))
        return no_memory(fault);
    writer->pending[writer->pending_count++] = document;
    return OK;
}

static enum status index_part(struct archive_writer *writer, const struct new_document *document,
                              const struct columns *columns, const struct new_part *part,
                              uint64_t *words, struct fault *fault)
{
    uint64_t before = segment_writer_words(writer->segment);
    enum status added = add_part(writer, document, columns, part, fault);
    if (added == OVER_LIMIT && segment_writer_parts(writer->segment) > 0) {
        TRY(writer_seal(writer, fault));
        before = 0;
        added = add_part(writer, document, columns, part, fault);
    }
    TRY(added);
    *words += segment_writer_words(writer->segment) - before;
    /* A part that is sealed within the commit must still be found when the document is replaced
     * before it ends. */
    if (segment_writer_memory(writer->segment) > 2 * (size_t)SEGMENT_MEMORY)
        return writer_seal(writer, fault);
    return OK;
}

static enum status index_document(struct archive_writer *writer, struct staged *staged,
                                  struct document_record *record, struct fault *fault)
{
    struct columns columns;
    columns_from_document(staged->document, &columns);
    columns.document = record->row.id;
    columns.reading = record->row.reading;
    for (uint32_t i = 0; i < staged->parts; i++) {
        struct new_part part;
        columns.part = i + 1;
        TRY(staged_part(staged, i, &part, fault));
        TRY(index_part(writer, staged->document, &columns, &part, &record->row.words, fault));
    }
    return remember_pending(writer, record->row.id, fault);
}

static enum status describe(struct archive_writer *writer, const struct staged *staged,
                            struct document_record *record, struct fault *fault)
{
    const struct new_document *document = staged->document;
    record->fields = buffer_bytes(&staged->fields);
    record->part_names = buffer_bytes(&staged->names);
    record->row.kind = document->kind;
    record->row.original = document->original;
    record->row.text = staged->text;
    record->row.verdict = document->verdict;
    record->row.reason = document->reason;
    record->row.parts = staged->parts;
    record->row.bytes = staged->bytes;
    record->path = document->path;
    record->body = staged->body;
    return name_document(writer, document, &record->row.name, fault);
}

static enum status put_document(struct archive_writer *writer, struct staged *staged,
                                struct document_record *record, struct fault *fault)
{
    TRY(index_document(writer, staged, record, fault));
    TRY(change_document(writer->archive->catalog, record, fault));
    writer->documents++;
    writer->bytes += record->row.bytes;
    return name_in_catalog(writer, record->row.name, staged->document->fields,
                           staged->document->field_count, record->row.id, true, fault);
}

static enum status forget_reading(struct archive_writer *writer, const struct document_record *old,
                                  struct fault *fault)
{
    struct field_list fields;
    struct former_reading former = { old->row.id,      old->row.reading, old->row.text,
                                     old->row.verdict, old->row.reason,  old->row.parts,
                                     old->row.bytes,   old->row.words };
    TRY(fields_decode(old->fields, &writer->arena, &fields, fault));
    TRY(name_in_catalog(writer, old->row.name, fields.at, fields.count, old->row.id, false, fault));
    TRY(writer_kill(writer, old->row.id, old->row.parts, fault));
    return change_former(writer->archive->catalog, &former, fault);
}

static enum status replace_reading(struct archive_writer *writer, struct staged *staged,
                                   const struct document_record *old, struct fault *fault)
{
    struct document_record record = { .row = { .id = old->row.id,
                                               .reading = old->row.reading + 1 } };
    staged->document->original = old->row.original;
    staged->document->path = old->path;
    /* Before naming: else its own old name would count as taken. */
    TRY(forget_reading(writer, old, fault));
    TRY(describe(writer, staged, &record, fault));
    return put_document(writer, staged, &record, fault);
}

static bool reading_is_same(const struct staged *staged, const struct document_record *old)
{
    return hash_equal(&staged->text, &old->row.text) && !old->is_retired &&
           old->row.kind == staged->document->kind &&
           old->row.verdict == staged->document->verdict &&
           bytes_equal(old->row.reason, staged->document->reason);
}

static enum status add_document(struct archive_writer *writer, struct staged *staged, uint64_t *id,
                                struct fault *fault)
{
    const struct new_document *document = staged->document;
    struct catalog *catalog = writer->archive->catalog;
    struct document_record record = { 0 }, old;
    enum status found = catalog_record_at(catalog, &document->original, document->path,
                                          &writer->arena, &old, fault);
    if (found == NOT_FOUND) {
        record.row.id = ++writer->last_document;
        record.row.reading = record.row.id << 16 | 1;
        TRY(describe(writer, staged, &record, fault));
        TRY(put_document(writer, staged, &record, fault));
        *id = record.row.id;
    } else {
        TRY(found);
        if (!reading_is_same(staged, &old))
            TRY(replace_reading(writer, staged, &old, fault));
        *id = old.row.id;
    }
    return change_member(catalog, *id, document->collection, true, fault);
}

static bool commit_is_due(const struct archive_writer *writer)
{
    return writer->documents >= COMMIT_DOCUMENTS || writer->bytes >= COMMIT_BYTES ||
           segment_writer_memory(writer->segment) >= SEGMENT_MEMORY ||
           (writer->began != 0 &&
            clock_monotonic() - writer->began >= (uint64_t)COMMIT_SECONDS * 1000000000);
}

enum status archive_writer_document(struct archive_writer *writer, struct new_document *document,
                                    bool may_commit, uint64_t *id, struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    if (may_commit && commit_is_due(writer))
        TRY(archive_writer_commit(writer, fault));
    SCOPED(staged_release) struct staged staged = { .fd = -1 };
    TRY(stage(writer->archive->dir, document, &staged, fault));
    note_change(writer);
    return writer_answer(writer, add_document(writer, &staged, id, fault), fault);
}

enum status archive_writer_reread(struct archive_writer *writer, uint64_t document,
                                  const struct new_document *as, struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    if (commit_is_due(writer))
        TRY(archive_writer_commit(writer, fault));
    struct document_record old;
    TRY(catalog_record(writer->archive->catalog, document, &writer->arena, &old, fault));
    if (old.row.purged_at != 0)
        return fail(fault, NOT_FOUND, "the document was purged");
    struct new_document given = *as;
    SCOPED(staged_release) struct staged staged = { .fd = -1 };
    TRY(stage(writer->archive->dir, &given, &staged, fault));
    if (reading_is_same(&staged, &old))
        return OK;
    note_change(writer);
    return writer_answer(writer, replace_reading(writer, &staged, &old, fault), fault);
}

static enum status add_copy(struct archive_writer *writer, const struct ledger_row *of,
                            uint64_t collection, struct bytes file_name, struct fault *fault)
{
    struct catalog *catalog = writer->archive->catalog;
    struct document_record *records;
    size_t count;
    TRY(catalog_records_of(catalog, &of->original, &writer->arena, &records, &count, fault));
    for (size_t i = 0; i < count; i++) {
        if (records[i].is_retired)
            continue;
        TRY(change_member(catalog, records[i].row.id, collection, true, fault));
        TRY(change_name(catalog, file_name, NAME_ALIAS, records[i].row.id, true, fault));
    }
    return OK;
}

enum status archive_writer_copy(struct archive_writer *writer, const struct ledger_row *of,
                                uint64_t collection, struct bytes file_name, struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    note_change(writer);
    return writer_answer(writer, add_copy(writer, of, collection, file_name, fault), fault);
}

/* Documents of an original that no live row of the collection names leave it; those no row at all
 * names are retired. */
static enum status leave(struct archive_writer *writer, const struct hash *original,
                         uint64_t collection, struct fault *fault)
{
    struct catalog *catalog = writer->archive->catalog;
    struct ledger_row *rows;
    struct document_record *records;
    size_t count, documents;
    TRY(ledger_rows_of(catalog, original, &writer->arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        if (rows[i].collection == collection)
            return OK;
    }
    TRY(catalog_records_of(catalog, original, &writer->arena, &records, &documents, fault));
    for (size_t i = 0; i < documents; i++) {
        TRY(change_member(catalog, records[i].row.id, collection, false, fault));
        if (count > 0 || records[i].is_retired)
            continue;
        records[i].is_retired = true;
        TRY(writer_kill(writer, records[i].row.id, records[i].row.parts, fault));
        TRY(change_document(catalog, &records[i], fault));
    }
    return OK;
}

static enum status add_row(struct archive_writer *writer, const struct ledger_row *row,
                           struct fault *fault)
{
    static const struct hash none;
    struct catalog *catalog = writer->archive->catalog;
    struct ledger_row former, added = *row;
    enum status found =
        ledger_find(catalog, row->collection, row->root, row->path, &writer->arena, &former, fault);
    if (found != OK && found != NOT_FOUND)
        return found;
    if (found == OK) {
        former.is_former = true;
        TRY(change_ledger(catalog, &former, fault));
    }
    added.id = ++writer->last_ledger;
    added.is_former = false;
    TRY(change_ledger(catalog, &added, fault));
    bool is_other = found == OK && !hash_equal(&former.original, &row->original) &&
                    !hash_equal(&former.original, &none);
    return is_other ? leave(writer, &former.original, row->collection, fault) : OK;
}

enum status archive_writer_ledger(struct archive_writer *writer, const struct ledger_row *row,
                                  struct fault *fault)
{
    TRY(writer_ready(writer, fault));
    note_change(writer);
    return writer_answer(writer, add_row(writer, row, fault), fault);
}

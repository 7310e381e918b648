#include "archive/digest.h"

#include "archive/folder.h"

/* What is the same for the same files, however often the adding was interrupted: no ids, times,
 * commits or segments. */
struct digesting {
    const struct catalog *catalog;
    struct hasher hasher;
    struct buffer line;
    uint64_t *done; /* a bit per document already taken */
    struct bytes collection;
};

static enum status take_line(struct digesting *digesting, struct fault *fault)
{
    TRY(buffer_check(&digesting->line, fault));
    hasher_add(&digesting->hasher, buffer_bytes(&digesting->line));
    buffer_clear(&digesting->line);
    return OK;
}

static int order_names(const void *a, const void *b)
{
    const struct collection_row *const *left = a, *const *right = b;
    return bytes_compare((*left)->name, (*right)->name);
}

static enum status add_members(struct digesting *digesting, uint64_t document, struct arena *arena,
                               struct fault *fault)
{
    struct collection_row *rows, **inside;
    uint64_t *ids;
    size_t count, found, taken = 0;
    TRY(catalog_memberships(digesting->catalog, document, arena, &ids, &count, fault));
    TRY(catalog_collection_rows(digesting->catalog, arena, &rows, &found, fault));
    inside = arena_alloc_many(arena, found + 1, sizeof *inside);
    if (inside == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < found; i++) {
        for (size_t j = 0; j < count; j++) {
            if (ids[j] == rows[i].id)
                inside[taken++] = &rows[i];
        }
    }
    qsort(inside, taken, sizeof(*inside), order_names);
    buffer_varint(&digesting->line, taken);
    for (size_t i = 0; i < taken; i++)
        buffer_string(&digesting->line, inside[i]->name);
    return OK;
}

static enum status add_document(struct digesting *digesting, const struct document_record *record,
                                struct arena *arena, struct fault *fault)
{
    const struct document_row *row = &record->row;
    uint64_t bit = (uint64_t)1 << row->id % 64;
    if (record->is_retired || (digesting->done[row->id / 64] & bit) != 0)
        return OK;
    digesting->done[row->id / 64] |= bit;
    buffer_u8(&digesting->line, 'd');
    buffer_string(&digesting->line, row->name);
    buffer_string(&digesting->line, record->path);
    buffer_u8(&digesting->line, (uint8_t)row->kind);
    buffer_u8(&digesting->line, row->verdict);
    buffer_string(&digesting->line, row->reason);
    buffer_append(&digesting->line, row->text.at, HASH_LEN);
    buffer_u32(&digesting->line, row->parts);
    buffer_u64(&digesting->line, row->bytes);
    buffer_u64(&digesting->line, row->words);
    buffer_u64(&digesting->line, record->body);
    buffer_u8(&digesting->line, row->purged_at != 0);
    TRY(add_members(digesting, row->id, arena, fault));
    return take_line(digesting, fault);
}

static enum status add_file(void *context, const struct ledger_row *row, struct fault *fault)
{
    static const struct hash none;
    struct digesting *digesting = context;
    SCOPED(arena_release) struct arena arena = { 0 };
    buffer_u8(&digesting->line, 'f');
    buffer_string(&digesting->line, digesting->collection);
    buffer_string(&digesting->line, row->root);
    buffer_string(&digesting->line, row->path);
    buffer_u8(&digesting->line, (uint8_t)row->outcome);
    buffer_string(&digesting->line, row->reason);
    buffer_string(&digesting->line, row->type);
    buffer_append(&digesting->line, row->original.at, HASH_LEN);
    buffer_u64(&digesting->line, row->size);
    buffer_u64(&digesting->line, row->accounted);
    TRY(take_line(digesting, fault));
    if (hash_equal(&row->original, &none))
        return OK;
    struct document_record *records;
    size_t count;
    TRY(catalog_records_of(digesting->catalog, &row->original, &arena, &records, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(add_document(digesting, &records[i], &arena, fault));
    return OK;
}

/* Purged ones, and any whose file has no row yet. */
static enum status add_rest(void *context, const struct document_record *record,
                            struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    return add_document(context, record, &arena, fault);
}

static enum status add_name(void *context, struct bytes folded, enum name_role role,
                            uint64_t document, struct fault *fault)
{
    struct digesting *digesting = context;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_record record;
    if (catalog_record(digesting->catalog, document, &arena, &record, fault) != OK)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "a name of no document");
    if (record.is_retired)
        return OK;
    buffer_u8(&digesting->line, 'n');
    buffer_string(&digesting->line, folded);
    buffer_u8(&digesting->line, (uint8_t)role);
    buffer_string(&digesting->line, record.row.name);
    return take_line(digesting, fault);
}

static enum status add_all(struct digesting *digesting, struct arena *arena, struct fault *fault)
{
    const struct catalog *catalog = digesting->catalog;
    struct collection_row *rows;
    size_t count;
    uint64_t last;
    TRY(catalog_last_document(catalog, &last, fault));
    digesting->done = arena_alloc_many(arena, last / 64 + 1, sizeof(uint64_t));
    if (digesting->done == NULL)
        return no_memory(fault);
    TRY(catalog_collection_rows(catalog, arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        buffer_u8(&digesting->line, 'c');
        buffer_string(&digesting->line, rows[i].name);
        buffer_u8(&digesting->line, rows[i].is_public);
        TRY(take_line(digesting, fault));
        digesting->collection = rows[i].name;
        TRY(ledger_each_in(catalog, rows[i].id, add_file, digesting, fault));
    }
    TRY(catalog_each_document(catalog, add_rest, digesting, fault));
    return catalog_each_name(catalog, add_name, digesting, fault);
}

enum status archive_digest(const struct archive *archive, char digest[65], struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct digesting digesting = { .catalog = archive->catalog };
    hasher_begin(&digesting.hasher);
    enum status added = add_all(&digesting, &arena, fault);
    buffer_release(&digesting.line);
    TRY(added);
    struct hash hash;
    hasher_end(&digesting.hasher, &hash, NULL);
    hex_from_bytes(bytes_make(hash.at, HASH_LEN), digest);
    return OK;
}

#include "catalog/lookup.h"

#include "catalog/inside.h"
#include "catalog/record.h"

enum { HASH_NAME_DIGITS = 12 };

static struct row with_number(uint64_t number)
{
    return (struct row){ { value_number(number) } };
}

static struct row with_bytes(struct bytes bytes)
{
    return (struct row){ { value_bytes(bytes) } };
}

enum status catalog_record(const struct catalog *catalog, uint64_t document, struct arena *arena,
                           struct document_record *record, struct fault *fault)
{
    struct row row, with = with_number(document);
    enum status found = query_one(catalog, QUERY_DOCUMENT, "i", &with, arena, &row, fault);
    if (found == NOT_FOUND)
        return fail(fault, NOT_FOUND, "no document has the internal number %llu",
                    (unsigned long long)document);
    TRY(found);
    document_from_row(&row, record);
    return OK;
}

enum status catalog_document(const struct catalog *catalog, uint64_t id, struct arena *arena,
                             struct document_row *row, struct fault *fault)
{
    struct document_record record;
    TRY(catalog_record(catalog, id, arena, &record, fault));
    *row = record.row;
    return OK;
}

enum status catalog_fields(const struct catalog *catalog, uint64_t document, struct arena *arena,
                           struct field_list *fields, struct fault *fault)
{
    struct document_record record;
    TRY(catalog_record(catalog, document, arena, &record, fault));
    return fields_decode(record.fields, arena, fields, fault);
}

enum status catalog_part_names(const struct catalog *catalog, uint64_t document,
                               struct arena *arena, struct bytes **names, size_t *count,
                               struct fault *fault)
{
    struct document_record record;
    TRY(catalog_record(catalog, document, arena, &record, fault));
    struct cursor from = cursor_from_bytes(record.part_names);
    size_t parts = record.part_names.len > 0 ? record.row.parts : 0;
    struct bytes *at = arena_alloc_many(arena, parts + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < parts; i++)
        at[i] = cursor_string(&from);
    if (from.bad)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX,
                       "the part names of a document are cut short");
    *names = at;
    *count = parts;
    return OK;
}

/* A set of ids in the order in which they were found, each once. */
struct id_list {
    struct arena *arena;
    uint64_t *at;
    size_t count, room;
};

static enum status id_list_add(struct id_list *list, uint64_t id, struct fault *fault)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i] == id)
            return OK;
    }
    if (list->count == list->room) {
        size_t room = list->room > 0 ? list->room * 2 : 8;
        uint64_t *at = arena_alloc_many(list->arena, room, sizeof *at);
        if (at == NULL)
            return no_memory(fault);
        if (list->count > 0)
            memcpy(at, list->at, list->count * sizeof *at);
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = id;
    return OK;
}

static int order_ids(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return (left > right) - (left < right);
}

static enum status id_list_lend(struct id_list *list, bool is_sorted, uint64_t **ids, size_t *count,
                                struct fault *fault)
{
    if (list->at == NULL)
        list->at = arena_alloc(list->arena, sizeof *list->at);
    if (list->at == NULL)
        return no_memory(fault);
    if (is_sorted)
        qsort(list->at, list->count, sizeof *list->at, order_ids);
    *ids = list->at;
    *count = list->count;
    return OK;
}

static enum status add_live(const struct catalog *catalog, struct id_list *list, uint64_t document,
                            struct fault *fault)
{
    struct document_record record;
    TRY(catalog_record(catalog, document, list->arena, &record, fault));
    return record.is_retired ? OK : id_list_add(list, document, fault);
}

static enum status add_named(const struct catalog *catalog, struct bytes folded, bool with_refs,
                             struct id_list *list, struct fault *fault)
{
    struct row *rows, with = with_bytes(folded);
    size_t count;
    TRY(query_rows(catalog, QUERY_NAMES, "b", &with, list->arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        bool is_ref = rows[i].at[1].number == NAME_REF;
        if (is_ref == with_refs)
            TRY(add_live(catalog, list, (uint64_t)rows[i].at[2].number, fault));
    }
    return OK;
}

void catalog_hash_name(const struct hash *original, struct bytes path, char out[53])
{
    struct hash hash = *original;
    if (path.len > 0) {
        struct hasher hasher;
        hasher_begin(&hasher);
        hasher_add(&hasher, bytes_make(original->at, HASH_LEN));
        hasher_add(&hasher, path);
        hasher_end(&hasher, &hash, NULL);
    }
    base32_from_bytes(bytes_make(hash.at, HASH_LEN), out, 52);
}

/* -1 when not a base32 digit of either case. */
static int digit_from_base32(uint8_t digit)
{
    if (digit >= 'A' && digit <= 'Z')
        digit |= 0x20;
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a';
    return digit >= '2' && digit <= '7' ? digit - '2' + 26 : -1;
}

/* The smallest and largest hash whose name begins so; false when the text is no such beginning. */
static bool hashes_from_name(struct bytes name, struct hash *low, struct hash *high)
{
    if (name.len < HASH_NAME_DIGITS || name.len > 52)
        return false;
    memset(low->at, 0, HASH_LEN);
    memset(high->at, 0xff, HASH_LEN);
    for (size_t bit = 0; bit < name.len * 5 && bit < HASH_LEN * 8; bit++) {
        int digit = digit_from_base32(name.at[bit / 5]);
        if (digit < 0)
            return false;
        uint8_t mask = (uint8_t)(0x80 >> bit % 8);
        if (digit >> (4 - bit % 5) & 1)
            low->at[bit / 8] |= mask;
        else
            high->at[bit / 8] &= (uint8_t)~mask;
    }
    return true;
}

static enum status add_by_hash(const struct catalog *catalog, struct bytes name,
                               struct id_list *list, struct fault *fault)
{
    struct hash low, high;
    if (!hashes_from_name(name, &low, &high))
        return OK;
    struct row *rows, with = { { value_bytes(bytes_make(low.at, HASH_LEN)),
                                 value_bytes(bytes_make(high.at, HASH_LEN)) } };
    size_t count;
    TRY(query_rows(catalog, QUERY_DOCUMENTS_LIKE, "bb", &with, list->arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++)
        TRY(add_live(catalog, list, (uint64_t)rows[i].at[0].number, fault));
    return OK;
}

enum status catalog_documents_named(const struct catalog *catalog, struct bytes name,
                                    struct arena *arena, uint64_t **ids, size_t *count,
                                    struct fault *fault)
{
    struct id_list list = { .arena = arena };
    uint8_t folded[FOLDED_NAME_MAX];
    size_t len = name_fold(name, folded);
    if (len > 0)
        TRY(add_named(catalog, bytes_make(folded, len), false, &list, fault));
    TRY(add_by_hash(catalog, name, &list, fault));
    return id_list_lend(&list, false, ids, count, fault);
}

enum status catalog_is_named(const struct catalog *catalog, struct bytes name, bool *is_named,
                             struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    uint8_t folded[FOLDED_NAME_MAX];
    struct row row, with = with_bytes(bytes_make(folded, name_fold(name, folded)));
    enum status found = query_one(catalog, QUERY_NAMES, "b", &with, &arena, &row, fault);
    *is_named = found == OK && row.at[1].number != NAME_REF;
    return found == NOT_FOUND ? OK : found;
}

/* Own number and the aliases the document states; not the file names of its copies. */
static enum status each_stated_name(const struct document_record *record, struct arena *arena,
                                    struct bytes **names, size_t *count, struct fault *fault)
{
    struct field_list fields;
    TRY(fields_decode(record->fields, arena, &fields, fault));
    struct bytes *at = arena_alloc_many(arena, fields.count + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    *count = 0;
    at[(*count)++] = record->row.name;
    for (size_t i = 0; i < fields.count; i++) {
        if (fields.at[i].name == FIELD_ALIAS && fields.at[i].value.len > 0)
            at[(*count)++] = fields.at[i].value;
    }
    *names = at;
    return OK;
}

static void id_list_remove(struct id_list *list, uint64_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->at[i] != id)
            list->at[kept++] = list->at[i];
    }
    list->count = kept;
}

enum status catalog_twins(const struct catalog *catalog, uint64_t document, struct arena *arena,
                          uint64_t **ids, size_t *count, struct fault *fault)
{
    struct id_list list = { .arena = arena };
    struct document_record record;
    TRY(catalog_record(catalog, document, arena, &record, fault));
    struct row *rows, with = with_number(record.body);
    size_t found;
    TRY(query_rows(catalog, QUERY_DOCUMENTS_BODY, "i", &with, arena, &rows, &found, fault));
    for (size_t i = 0; i < found; i++)
        TRY(add_live(catalog, &list, (uint64_t)rows[i].at[0].number, fault));
    uint8_t folded[FOLDED_NAME_MAX];
    with = with_bytes(bytes_make(folded, name_fold(record.row.name, folded)));
    TRY(query_rows(catalog, QUERY_NAMES, "b", &with, arena, &rows, &found, fault));
    for (size_t i = 0; i < found; i++) {
        if (rows[i].at[1].number == NAME_OWN)
            TRY(add_live(catalog, &list, (uint64_t)rows[i].at[2].number, fault));
    }
    id_list_remove(&list, document);
    return id_list_lend(&list, true, ids, count, fault);
}

enum status catalog_referrers(const struct catalog *catalog, uint64_t document, struct arena *arena,
                              uint64_t **ids, size_t *count, struct fault *fault)
{
    struct id_list list = { .arena = arena };
    struct document_record record;
    TRY(catalog_record(catalog, document, arena, &record, fault));
    struct bytes *names = NULL;
    size_t named = 0;
    TRY(each_stated_name(&record, arena, &names, &named, fault));
    for (size_t i = 0; i < named; i++) {
        uint8_t folded[FOLDED_NAME_MAX];
        size_t len = name_fold(names[i], folded);
        if (len > 0)
            TRY(add_named(catalog, bytes_make(folded, len), true, &list, fault));
    }
    id_list_remove(&list, document);
    return id_list_lend(&list, true, ids, count, fault);
}

static enum status path_of_row(const struct catalog *catalog, const struct row *row,
                               struct arena *arena, struct bytes *path, struct fault *fault)
{
    struct ledger_row ledger;
    ledger_from_row(row, &ledger);
    struct row collection, with = with_number(ledger.collection);
    enum status found = query_one(catalog, QUERY_COLLECTION, "i", &with, arena, &collection, fault);
    if (found == NOT_FOUND)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "a ledger row of no collection");
    TRY(found);
    SCOPED(buffer_release) struct buffer whole = { 0 };
    buffer_append_bytes(&whole, collection.at[1].bytes);
    buffer_u8(&whole, '/');
    buffer_append_bytes(&whole, ledger.root);
    if (ledger.root.len > 0 && ledger.path.len > 0)
        buffer_u8(&whole, '/');
    buffer_append_bytes(&whole, ledger.path);
    TRY(buffer_check(&whole, fault));
    *path = arena_copy(arena, buffer_bytes(&whole));
    return path->at != NULL ? OK : no_memory(fault);
}

enum status catalog_paths(const struct catalog *catalog, uint64_t document, struct arena *arena,
                          struct bytes **paths, size_t *count, struct fault *fault)
{
    struct document_record record;
    TRY(catalog_record(catalog, document, arena, &record, fault));
    struct row *rows = NULL, with = with_bytes(bytes_make(record.row.original.at, HASH_LEN));
    size_t found = 0;
    if (record.row.purged_at == 0)
        TRY(query_rows(catalog, QUERY_LEDGER_OF, "b", &with, arena, &rows, &found, fault));
    struct bytes *at = arena_alloc_many(arena, found + 1, sizeof *at);
    if (at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < found; i++)
        TRY(path_of_row(catalog, &rows[i], arena, &at[i], fault));
    *paths = at;
    *count = found;
    return OK;
}

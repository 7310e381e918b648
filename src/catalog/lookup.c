#include "catalog/lookup.h"

#include "catalog/inside.h"
#include "catalog/record.h"

static struct row with_hash(const struct hash *hash)
{
    return (struct row){ { value_bytes(bytes_make(hash->at, HASH_LEN)) } };
}

static struct row with_number(uint64_t number)
{
    return (struct row){ { value_number(number) } };
}

enum status catalog_record_at(const struct catalog *catalog, const struct hash *original,
                              struct bytes path, struct arena *arena,
                              struct document_record *record, struct fault *fault)
{
    struct row row, with = with_hash(original);
    with.at[1] = value_bytes(path);
    TRY(query_one(catalog, QUERY_DOCUMENT_AT, "bb", &with, arena, &row, fault));
    document_from_row(&row, record);
    return OK;
}

enum status catalog_records_of(const struct catalog *catalog, const struct hash *original,
                               struct arena *arena, struct document_record **records, size_t *count,
                               struct fault *fault)
{
    struct row *rows, with = with_hash(original);
    TRY(query_rows(catalog, QUERY_DOCUMENTS_OF, "b", &with, arena, &rows, count, fault));
    *records = arena_alloc_many(arena, *count + 1, sizeof **records);
    if (*records == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < *count; i++)
        document_from_row(&rows[i], &(*records)[i]);
    return OK;
}

enum status catalog_collection_named(const struct catalog *catalog, struct bytes name,
                                     struct arena *arena, struct collection_row *row,
                                     struct fault *fault)
{
    struct row *rows, none = { 0 };
    size_t count;
    TRY(query_rows(catalog, QUERY_COLLECTIONS, "", &none, arena, &rows, &count, fault));
    for (size_t i = 0; i < count; i++) {
        if (!bytes_equal(rows[i].at[1].bytes, name))
            continue;
        *row = (struct collection_row){ .id = (uint64_t)rows[i].at[0].number,
                                        .name = rows[i].at[1].bytes,
                                        .is_public = rows[i].at[2].number != 0 };
        return OK;
    }
    return NOT_FOUND;
}

enum status catalog_original(const struct catalog *catalog, const struct hash *hash,
                             struct original_record *record, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct row row, with = with_hash(hash);
    TRY(query_one(catalog, QUERY_ORIGINAL, "b", &with, &arena, &row, fault));
    original_from_row(&row, record);
    return OK;
}

enum status catalog_segments(const struct catalog *catalog, struct arena *arena,
                             struct segment_record **records, size_t *count, struct fault *fault)
{
    struct row *rows, none = { 0 };
    TRY(query_rows(catalog, QUERY_SEGMENTS, "", &none, arena, &rows, count, fault));
    *records = arena_alloc_many(arena, *count + 1, sizeof **records);
    if (*records == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < *count; i++)
        segment_from_row(&rows[i], &(*records)[i]);
    return OK;
}

enum status catalog_formers(const struct catalog *catalog, uint64_t document, struct arena *arena,
                            struct former_reading **formers, size_t *count, struct fault *fault)
{
    struct row *rows, with = with_number(document);
    TRY(query_rows(catalog, QUERY_FORMERS, "i", &with, arena, &rows, count, fault));
    *formers = arena_alloc_many(arena, *count + 1, sizeof **formers);
    if (*formers == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < *count; i++)
        former_from_row(&rows[i], &(*formers)[i]);
    return OK;
}

struct id_gathering {
    struct buffer ids;
    size_t column;
};

static enum status gather_id(void *context, const struct row *row, struct fault *fault)
{
    struct id_gathering *gathering = context;
    uint64_t id = (uint64_t)row->at[gathering->column].number;
    buffer_append(&gathering->ids, &id, sizeof id);
    return buffer_check(&gathering->ids, fault);
}

static enum status ids_of(const struct catalog *catalog, enum query query, uint64_t with,
                          size_t column, struct arena *arena, uint64_t **ids, size_t *count,
                          struct fault *fault)
{
    struct id_gathering gathering = { .column = column };
    struct row number = with_number(with);
    enum status walked = query_each(catalog, query, "i", &number, gather_id, &gathering, fault);
    *count = gathering.ids.len / sizeof **ids;
    *ids = walked == OK ? arena_alloc_many(arena, *count + 1, sizeof **ids) : NULL;
    if (*ids != NULL && *count > 0)
        memcpy(*ids, gathering.ids.at, gathering.ids.len);
    buffer_release(&gathering.ids);
    TRY(walked);
    return *ids != NULL ? OK : no_memory(fault);
}

enum status catalog_memberships(const struct catalog *catalog, uint64_t document,
                                struct arena *arena, uint64_t **collections, size_t *count,
                                struct fault *fault)
{
    return ids_of(catalog, QUERY_MEMBERS, document, 1, arena, collections, count, fault);
}

enum status catalog_members(const struct catalog *catalog, uint64_t collection, struct arena *arena,
                            uint64_t **documents, size_t *count, struct fault *fault)
{
    return ids_of(catalog, QUERY_MEMBERS_IN, collection, 0, arena, documents, count, fault);
}

static enum status last_id(const struct catalog *catalog, enum query query, uint64_t *id,
                           struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct row row, none = { 0 };
    enum status found = query_one(catalog, query, "", &none, &arena, &row, fault);
    *id = found == OK ? (uint64_t)row.at[0].number : 0;
    return found == NOT_FOUND ? OK : found;
}

enum status catalog_last_document(const struct catalog *catalog, uint64_t *id, struct fault *fault)
{
    return last_id(catalog, QUERY_DOCUMENT_LAST, id, fault);
}

enum status ledger_last(const struct catalog *catalog, uint64_t *id, struct fault *fault)
{
    return last_id(catalog, QUERY_LEDGER_LAST, id, fault);
}

struct visit {
    void *visitor;
    void *context;
};

static enum status visit_document(void *context, const struct row *row, struct fault *fault)
{
    const struct visit *visit = context;
    struct document_record record;
    document_from_row(row, &record);
    return ((document_visitor *)visit->visitor)(visit->context, &record, fault);
}

enum status catalog_each_document(const struct catalog *catalog, document_visitor *visit,
                                  void *context, struct fault *fault)
{
    struct visit with = { (void *)visit, context };
    struct row none = { 0 };
    return query_each(catalog, QUERY_DOCUMENTS, "", &none, visit_document, &with, fault);
}

static enum status visit_ledger(void *context, const struct row *row, struct fault *fault)
{
    const struct visit *visit = context;
    struct ledger_row ledger;
    ledger_from_row(row, &ledger);
    return ((ledger_visitor *)visit->visitor)(visit->context, &ledger, fault);
}

enum status ledger_each_in(const struct catalog *catalog, uint64_t collection,
                           ledger_visitor *visit, void *context, struct fault *fault)
{
    struct visit with = { (void *)visit, context };
    struct row number = with_number(collection);
    return query_each(catalog, QUERY_LEDGER_IN, "i", &number, visit_ledger, &with, fault);
}

enum status ledger_each(const struct catalog *catalog, ledger_visitor *visit, void *context,
                        struct fault *fault)
{
    struct visit with = { (void *)visit, context };
    struct row number = with_number(0);
    return query_each(catalog, QUERY_LEDGER_AFTER, "i", &number, visit_ledger, &with, fault);
}

static enum status visit_original(void *context, const struct row *row, struct fault *fault)
{
    const struct visit *visit = context;
    struct original_record record;
    original_from_row(row, &record);
    return ((original_visitor *)visit->visitor)(visit->context, &record, fault);
}

enum status catalog_each_original(const struct catalog *catalog, original_visitor *visit,
                                  void *context, struct fault *fault)
{
    struct visit with = { (void *)visit, context };
    struct row none = { 0 };
    return query_each(catalog, QUERY_ORIGINALS, "", &none, visit_original, &with, fault);
}

static enum status visit_name(void *context, const struct row *row, struct fault *fault)
{
    const struct visit *visit = context;
    return ((name_visitor *)visit->visitor)(visit->context, row->at[0].bytes,
                                            (enum name_role)row->at[1].number,
                                            (uint64_t)row->at[2].number, fault);
}

enum status catalog_each_name(const struct catalog *catalog, name_visitor *visit, void *context,
                              struct fault *fault)
{
    struct visit with = { (void *)visit, context };
    struct row none = { 0 };
    return query_each(catalog, QUERY_NAMES_ALL, "", &none, visit_name, &with, fault);
}

#include "catalog/change.h"

#include "catalog/inside.h"
#include "catalog/record.h"

enum operation { OPERATION_PUT, OPERATION_REMOVE };

static enum status keep_statement(const struct catalog *catalog, enum table table,
                                  void (*write)(enum table, struct buffer *), sqlite3_stmt **kept,
                                  struct fault *fault)
{
    if (*kept != NULL)
        return OK;
    SCOPED(buffer_release) struct buffer sql = { 0 };
    write(table, &sql);
    buffer_u8(&sql, 0);
    TRY(buffer_check(&sql, fault));
    return sqlite_keep(catalog->base, (const char *)sql.at, kept, fault);
}

static enum status step_once(const struct catalog *catalog, sqlite3_stmt *statement,
                             struct fault *fault)
{
    int code = sqlite3_step(statement);
    enum status stepped = code == SQLITE_DONE ? OK : sqlite_failed(catalog->base, code, fault);
    sqlite3_reset(statement);
    return stepped;
}

/* catalog->scratch holds the row's encoding, which the checksum covers. */
static enum status put_encoded(struct catalog *catalog, enum table table, const struct row *row,
                               struct fault *fault)
{
    TRY(keep_statement(catalog, table, table_sql_put, &catalog->puts[table], fault));
    sqlite3_stmt *statement = catalog->puts[table];
    size_t count = table_columns(table);
    TRY(bind_row(catalog->base, statement, table_shapes[table].types, row, count, fault));
    uint64_t sum = keyed64(buffer_bytes(catalog->scratch), catalog->row_key);
    sqlite3_bind_int64(statement, (int)count + 1, (int64_t)sum);
    return step_once(catalog, statement, fault);
}

static enum status remove_keyed(struct catalog *catalog, enum table table, const struct row *key,
                                struct fault *fault)
{
    TRY(keep_statement(catalog, table, table_sql_delete, &catalog->deletes[table], fault));
    sqlite3_stmt *statement = catalog->deletes[table];
    TRY(bind_row(catalog->base, statement, table_shapes[table].types, key, table_shapes[table].keys,
                 fault));
    return step_once(catalog, statement, fault);
}

static enum status change(struct catalog *catalog, enum operation operation, enum table table,
                          const struct row *row, bool is_logged, struct fault *fault)
{
    bool is_put = operation == OPERATION_PUT;
    buffer_clear(catalog->scratch);
    row_encode(table, row, is_put ? table_columns(table) : table_shapes[table].keys,
               catalog->scratch);
    TRY(buffer_check(catalog->scratch, fault));
    TRY((is_put ? put_encoded : remove_keyed)(catalog, table, row, fault));
    if (is_logged) {
        buffer_u8(&catalog->log, operation);
        buffer_append_bytes(&catalog->log, buffer_bytes(catalog->scratch));
    }
    return buffer_check(&catalog->log, fault);
}

static enum status put(struct catalog *catalog, enum table table, struct row row,
                       struct fault *fault)
{
    TRY(catalog_begin(catalog, fault));
    return change(catalog, OPERATION_PUT, table, &row, true, fault);
}

static enum status drop(struct catalog *catalog, enum table table, struct row key,
                        struct fault *fault)
{
    TRY(catalog_begin(catalog, fault));
    return change(catalog, OPERATION_REMOVE, table, &key, true, fault);
}

/* The state is not a record: manifests carry it in their frame. */
enum status change_state(struct catalog *catalog, const struct catalog_state *state,
                         struct fault *fault)
{
    struct row row = row_from_state(state);
    TRY(catalog_begin(catalog, fault));
    return change(catalog, OPERATION_PUT, TABLE_ARCHIVE, &row, false, fault);
}

enum status change_collection(struct catalog *catalog, const struct collection_row *row,
                              struct fault *fault)
{
    return put(catalog, TABLE_COLLECTION, row_from_collection(row), fault);
}

enum status change_document(struct catalog *catalog, const struct document_record *record,
                            struct fault *fault)
{
    return put(catalog, TABLE_DOCUMENT, row_from_document(record), fault);
}

enum status change_former(struct catalog *catalog, const struct former_reading *former,
                          struct fault *fault)
{
    return put(catalog, TABLE_FORMER, row_from_former(former), fault);
}

enum status change_former_gone(struct catalog *catalog, uint64_t document, uint64_t reading,
                               struct fault *fault)
{
    struct row key = { { value_number(document), value_number(reading) } };
    return drop(catalog, TABLE_FORMER, key, fault);
}

enum status change_member(struct catalog *catalog, uint64_t document, uint64_t collection,
                          bool is_member, struct fault *fault)
{
    struct row row = { { value_number(document), value_number(collection) } };
    return (is_member ? put : drop)(catalog, TABLE_MEMBER, row, fault);
}

enum status change_name(struct catalog *catalog, struct bytes name, enum name_role role,
                        uint64_t document, bool is_named, struct fault *fault)
{
    uint8_t folded[FOLDED_NAME_MAX];
    size_t len = name_fold(name, folded);
    if (len == 0)
        return OK;
    struct row row = { { value_bytes(bytes_make(folded, len)), value_number(role),
                         value_number(document) } };
    return (is_named ? put : drop)(catalog, TABLE_NAME, row, fault);
}

enum status change_ledger(struct catalog *catalog, const struct ledger_row *row,
                          struct fault *fault)
{
    return put(catalog, TABLE_LEDGER, row_from_ledger(row), fault);
}

enum status change_ledger_gone(struct catalog *catalog, uint64_t id, struct fault *fault)
{
    struct row key = { { value_number(id) } };
    return drop(catalog, TABLE_LEDGER, key, fault);
}

enum status change_original(struct catalog *catalog, const struct original_record *record,
                            struct fault *fault)
{
    return put(catalog, TABLE_ORIGINAL, row_from_original(record), fault);
}

enum status change_original_gone(struct catalog *catalog, const struct hash *hash,
                                 struct fault *fault)
{
    struct row key = { { value_bytes(bytes_make(hash->at, HASH_LEN)) } };
    return drop(catalog, TABLE_ORIGINAL, key, fault);
}

enum status change_segment(struct catalog *catalog, const struct segment_record *record,
                           struct fault *fault)
{
    return put(catalog, TABLE_SEGMENT, row_from_segment(record), fault);
}

enum status change_tally(struct catalog *catalog, uint64_t collection, uint64_t commit,
                         const struct coverage *coverage, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer figures = { 0 };
    tally_encode(coverage, &figures);
    TRY(buffer_check(&figures, fault));
    struct row row = { { value_number(collection), value_number(commit),
                         value_bytes(buffer_bytes(&figures)) } };
    return put(catalog, TABLE_TALLY, row, fault);
}

enum status change_segment_gone(struct catalog *catalog, uint64_t id, struct fault *fault)
{
    struct row key = { { value_number(id) } };
    return drop(catalog, TABLE_SEGMENT, key, fault);
}

struct bytes change_log(const struct catalog *catalog)
{
    return buffer_bytes(&catalog->log);
}

enum status change_log_check(const struct catalog *catalog, struct fault *fault)
{
    return buffer_check(&catalog->log, fault);
}

void change_log_clear(struct catalog *catalog)
{
    buffer_clear(&catalog->log);
}

enum status change_replay(struct catalog *catalog, struct bytes records, const char *file,
                          struct fault *fault)
{
    struct cursor from = cursor_from_bytes(records);
    TRY(catalog_begin(catalog, fault));
    while (cursor_left(&from) > 0) {
        uint8_t operation = cursor_u8(&from), table = cursor_u8(&from);
        bool is_put = operation == OPERATION_PUT;
        if (operation > OPERATION_REMOVE || table == TABLE_ARCHIVE || table >= TABLES)
            return corrupt(fault, file, UINT64_MAX, "a record of no known kind");
        struct row row;
        row_decode(&from, table, is_put ? table_columns(table) : table_shapes[table].keys, &row);
        if (from.bad)
            return corrupt(fault, file, UINT64_MAX, "a record is cut short");
        TRY(change(catalog, operation, table, &row, false, fault));
    }
    return OK;
}

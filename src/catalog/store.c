#include "catalog/inside.h"

#include <stdio.h>

#include <stdlib.h>
#include <sys/stat.h>

static const struct {
    enum table table;
    const char *where;
} query_shapes[QUERIES] = {
#define QUERY_SHAPE(name, table, where) [name] = { table, where },
    QUERIES_OF(QUERY_SHAPE)
#undef QUERY_SHAPE
};

static const char pragmas[] = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                              "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                              "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768;"
                              "PRAGMA wal_autocheckpoint = 4096;";

enum status sqlite_failed(sqlite3 *base, int code, struct fault *fault)
{
    const char *words = base != NULL ? sqlite3_errmsg(base) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return no_memory(fault);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(fault, BUSY, "catalog.db is in use by another program");
    case SQLITE_FULL:
        return fail(fault, IO_FAILED, "catalog.db cannot grow: the disk is full");
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_CORRUPTFS)
            return corrupt(fault, CATALOG_FILE, UINT64_MAX, words);
        return fail(fault, IO_FAILED, "catalog.db: %s", words);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
    case SQLITE_NOLFS:
        return fail(fault, IO_FAILED, "catalog.db: %s", words);
    default:
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, words);
    }
}

enum status sqlite_run(sqlite3 *base, const char *sql, struct fault *fault)
{
    int code = sqlite3_exec(base, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_failed(base, code, fault);
}

enum status sqlite_keep(sqlite3 *base, const char *sql, sqlite3_stmt **kept, struct fault *fault)
{
    if (*kept != NULL)
        return OK;
    int code = sqlite3_prepare_v3(base, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    return code == SQLITE_OK ? OK : sqlite_failed(base, code, fault);
}

enum status bind_row(sqlite3 *base, sqlite3_stmt *statement, const char *types,
                     const struct row *row, size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        const struct value *value = &row->at[i];
        int at = (int)i + 1, code;
        if (types[i] == 'b') /* SQLite takes a blob without address for NULL */
            code = sqlite3_bind_blob64(statement, at,
                                       value->bytes.len > 0 ? value->bytes.at : (const void *)"",
                                       value->bytes.len, SQLITE_STATIC);
        else
            code = sqlite3_bind_int64(statement, at, value->number);
        if (code != SQLITE_OK)
            return sqlite_failed(base, code, fault);
    }
    return OK;
}

uint64_t row_sum(const struct catalog *catalog, enum table table, const struct row *row)
{
    buffer_clear(catalog->scratch);
    row_encode(table, row, table_columns(table), catalog->scratch);
    return keyed64(buffer_bytes(catalog->scratch), catalog->row_key);
}

static enum status row_is_damaged(enum table table, const struct row *row, struct fault *fault)
{
    char why[96];
    snprintf(why, sizeof why, "a row of table %s (%lld) does not fit its checksum",
             table_shapes[table].name, (long long)row->at[0].number);
    return corrupt(fault, CATALOG_FILE, UINT64_MAX, why);
}

enum status row_from_statement(const struct catalog *catalog, sqlite3_stmt *statement,
                               enum table table, struct arena *arena, struct row *row,
                               struct fault *fault)
{
    size_t count = table_columns(table);
    *row = (struct row){ 0 };
    for (size_t i = 0; i < count; i++) {
        if (table_shapes[table].types[i] == 'b') {
            const void *at = sqlite3_column_blob(statement, (int)i);
            size_t len = (size_t)sqlite3_column_bytes(statement, (int)i);
            row->at[i].bytes = arena_copy(arena, bytes_make(at, at != NULL ? len : 0));
            if (row->at[i].bytes.at == NULL)
                return no_memory(fault);
        } else {
            row->at[i].number = sqlite3_column_int64(statement, (int)i);
        }
    }
    uint64_t sum = (uint64_t)sqlite3_column_int64(statement, (int)count);
    if (table == TABLE_ARCHIVE && row->at[5].bytes.len == HASH_KEY_LEN)
        memcpy((uint8_t *)catalog->row_key, row->at[5].bytes.at, HASH_KEY_LEN);
    if (row_sum(catalog, table, row) != sum)
        return row_is_damaged(table, row, fault);
    return buffer_check(catalog->scratch, fault);
}

enum status query_begin(const struct catalog *catalog, enum query query, const char *types,
                        const struct row *with, struct fault *fault)
{
    if (catalog->queries[query] == NULL) {
        SCOPED(buffer_release) struct buffer sql = { 0 };
        table_sql_select(query_shapes[query].table, query_shapes[query].where, &sql);
        buffer_u8(&sql, 0);
        TRY(buffer_check(&sql, fault));
        TRY(sqlite_keep(catalog->base, (const char *)sql.at, &catalog->queries[query], fault));
    }
    sqlite3_reset(catalog->queries[query]);
    return bind_row(catalog->base, catalog->queries[query], types, with, strlen(types), fault);
}

enum status query_next(const struct catalog *catalog, enum query query, struct arena *arena,
                       struct row *row, struct fault *fault)
{
    sqlite3_stmt *statement = catalog->queries[query];
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return row_from_statement(catalog, statement, query_shapes[query].table, arena, row, fault);
    return code == SQLITE_DONE ? NOT_FOUND : sqlite_failed(catalog->base, code, fault);
}

void query_end(const struct catalog *catalog, enum query query)
{
    sqlite3_reset(catalog->queries[query]);
}

enum status query_one(const struct catalog *catalog, enum query query, const char *types,
                      const struct row *with, struct arena *arena, struct row *row,
                      struct fault *fault)
{
    TRY(query_begin(catalog, query, types, with, fault));
    enum status found = query_next(catalog, query, arena, row, fault);
    query_end(catalog, query);
    return found;
}

static void append_escaped(struct buffer *to, const char *path)
{
    for (const unsigned char *at = (const unsigned char *)path; *at != '\0'; at++) {
        bool is_plain = (*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                        (*at >= '0' && *at <= '9') || *at == '/' || *at == '.' || *at == '-' ||
                        *at == '_';
        if (is_plain)
            buffer_u8(to, *at);
        else
            buffer_print(to, "%%%02X", *at);
    }
}

static bool log_is_empty(const char *log)
{
    struct stat stat_of;
    return stat(log, &stat_of) != 0 || stat_of.st_size == 0;
}

/* A folder that cannot be written has no room for the log's index: without a log the file is taken
 * as it stands. */
static enum status open_base(const char *path, const char *file, bool is_readonly, int flags,
                             sqlite3 **base, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer uri = { 0 }, log = { 0 };
    buffer_print(&log, "%s/%s-wal", path, file);
    buffer_u8(&log, 0);
    buffer_append_text(&uri, "file:");
    append_escaped(&uri, path);
    buffer_print(&uri, "/%s", file);
    TRY(buffer_check(&log, fault));
    if (is_readonly && log_is_empty((const char *)log.at))
        buffer_append_text(&uri, "?immutable=1");
    buffer_u8(&uri, 0);
    TRY(buffer_check(&uri, fault));
    flags |= is_readonly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    int code = sqlite3_open_v2((const char *)uri.at, base,
                               flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return sqlite_failed(*base, code, fault);
    sqlite3_extended_result_codes(*base, 1);
    sqlite3_busy_timeout(*base, 5000);
    sqlite3_db_config(*base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    /* A reader must not be the one who writes the file. */
    sqlite3_db_config(*base, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return sqlite_run(*base, pragmas, fault);
}

static enum status catalog_new(struct catalog **catalog, struct fault *fault)
{
    CLOSED(catalog_close) struct catalog *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->queries = calloc(QUERIES, sizeof(sqlite3_stmt *));
    made->scratch = calloc(1, sizeof *made->scratch);
    if (made->queries == NULL || made->scratch == NULL)
        return no_memory(fault);
    *catalog = take(made);
    return OK;
}

static enum status make_tables(sqlite3 *base, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer sql = { 0 };
    buffer_append_text(&sql, "PRAGMA journal_mode = WAL; PRAGMA application_id = 0x53544554;"
                             "BEGIN IMMEDIATE;");
    for (enum table table = 0; table < TABLES; table++)
        table_sql_create(table, &sql);
    buffer_print(&sql, "PRAGMA user_version = %d; COMMIT", CATALOG_FORMAT);
    buffer_u8(&sql, 0);
    TRY(buffer_check(&sql, fault));
    return sqlite_run(base, (const char *)sql.at, fault);
}

enum status change_state(struct catalog *catalog, const struct catalog_state *state,
                         struct fault *fault);

enum status catalog_create(const char *path, const char *file, const struct catalog_state *state,
                           struct fault *fault)
{
    CLOSED(catalog_close) struct catalog *made = NULL;
    TRY(catalog_new(&made, fault));
    TRY(open_base(path, file, false, SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE, &made->base,
                  fault));
    TRY(make_tables(made->base, fault));
    memcpy(made->row_key, state->row_key, HASH_KEY_LEN);
    TRY(catalog_begin(made, fault));
    TRY(change_state(made, state, fault));
    TRY(catalog_commit(made, fault));
    return catalog_checkpoint(made, fault);
}

static enum status check_version(sqlite3 *base, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    TRY(sqlite_keep(base, "PRAGMA user_version", &statement, fault));
    int code = sqlite3_step(statement);
    int version = code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    if (code != SQLITE_ROW)
        return sqlite_failed(base, code, fault);
    if (version == CATALOG_FORMAT)
        return OK;
    if (version < CATALOG_FORMAT || version > 1000)
        return corrupt(fault, CATALOG_FILE, 60, "no version of the format has this number");
    return fail(fault, BAD_INPUT,
                "catalog.db has format %d: a newer stet wrote it (this one reads %d)", version,
                CATALOG_FORMAT);
}

enum status catalog_open(const char *path, const char *file, bool is_readonly,
                         struct catalog **catalog, struct fault *fault)
{
    CLOSED(catalog_close) struct catalog *made = NULL;
    TRY(catalog_new(&made, fault));
    TRY(open_base(path, file, is_readonly, 0, &made->base, fault));
    TRY(check_version(made->base, fault));
    struct catalog_state state;
    TRY(catalog_state(made, &state, fault));
    *catalog = take(made);
    return OK;
}

void catalog_close(struct catalog *catalog)
{
    if (catalog == NULL)
        return;
    catalog_rollback(catalog);
    for (size_t i = 0; catalog->queries != NULL && i < QUERIES; i++)
        sqlite3_finalize(catalog->queries[i]);
    for (size_t i = 0; i < TABLES; i++) {
        sqlite3_finalize(catalog->puts[i]);
        sqlite3_finalize(catalog->deletes[i]);
    }
    sqlite3_close(catalog->base);
    if (catalog->scratch != NULL)
        buffer_release(catalog->scratch);
    free(catalog->scratch);
    free(catalog->queries);
    buffer_release(&catalog->log);
    free(catalog);
}

enum status catalog_state(const struct catalog *catalog, struct catalog_state *state,
                          struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct row row, none = { 0 };
    enum status found = query_one(catalog, QUERY_STATE, "", &none, &arena, &row, fault);
    if (found == NOT_FOUND)
        return corrupt(fault, CATALOG_FILE, UINT64_MAX, "it does not say which archive it is");
    TRY(found);
    state->commits = (uint64_t)row.at[2].number;
    state->base = (uint64_t)row.at[3].number;
    state->seal = (uint64_t)row.at[4].number;
    memcpy(state->row_key, row.at[5].bytes.at, HASH_KEY_LEN);
    state->scrub = row.at[6].number != 0;
    return OK;
}

enum status catalog_begin(struct catalog *catalog, struct fault *fault)
{
    if (catalog->is_changing)
        return OK;
    if (catalog->is_failed)
        return fail(fault, IO_FAILED,
                    "writing to catalog.db failed before: open the archive again");
    TRY(sqlite_run(catalog->base, "BEGIN IMMEDIATE", fault));
    catalog->is_changing = true;
    buffer_clear(&catalog->log);
    return OK;
}

enum status catalog_commit(struct catalog *catalog, struct fault *fault)
{
    if (!catalog->is_changing)
        return OK;
    enum status committed = sqlite_run(catalog->base, "COMMIT", fault);
    if (committed != OK) {
        catalog->is_failed = true;
        catalog_rollback(catalog);
        return committed;
    }
    catalog->is_changing = false;
    buffer_clear(&catalog->log);
    return OK;
}

void catalog_rollback(struct catalog *catalog)
{
    if (!catalog->is_changing)
        return;
    sqlite3_exec(catalog->base, "ROLLBACK", NULL, NULL, NULL);
    catalog->is_changing = false;
    buffer_clear(&catalog->log);
}

bool catalog_is_changing(const struct catalog *catalog)
{
    return catalog->is_changing;
}

enum status catalog_hold(const struct catalog *catalog, struct fault *fault)
{
    return catalog->is_changing ? OK : sqlite_run(catalog->base, "BEGIN", fault);
}

void catalog_let_go(const struct catalog *catalog)
{
    if (!catalog->is_changing)
        sqlite3_exec(catalog->base, "ROLLBACK", NULL, NULL, NULL);
}

enum status catalog_checkpoint(struct catalog *catalog, struct fault *fault)
{
    int code =
        sqlite3_wal_checkpoint_v2(catalog->base, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return code == SQLITE_OK ? OK : sqlite_failed(catalog->base, code, fault);
}

enum status catalog_erase(struct catalog *catalog, struct fault *fault)
{
    return sqlite_run(catalog->base, "PRAGMA secure_delete = ON", fault);
}

enum status catalog_scrub(struct catalog *catalog, struct fault *fault)
{
    TRY(catalog_erase(catalog, fault));
    TRY(catalog_checkpoint(catalog, fault));
    TRY(sqlite_run(catalog->base, "VACUUM", fault));
    return catalog_checkpoint(catalog, fault);
}

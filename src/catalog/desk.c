#include "catalog/desk_inside.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

enum { TEXT_COLUMNS = 7, COLUMNS = 3 + TEXT_COLUMNS };

static const char pragmas[] =
    "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA synchronous = FULL;"
    "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;";
static const char schema[] =
    "PRAGMA application_id = 0x53544444; BEGIN IMMEDIATE;"
    "CREATE TABLE IF NOT EXISTS ruling (fingerprint BLOB PRIMARY KEY, ruling INTEGER NOT NULL,"
    " made INTEGER NOT NULL, by BLOB NOT NULL, reason BLOB NOT NULL, story BLOB NOT NULL,"
    " rule BLOB NOT NULL, words BLOB NOT NULL, document BLOB NOT NULL, reading BLOB NOT NULL,"
    " sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS thing (shelf TEXT NOT NULL, key TEXT NOT NULL,"
    " made INTEGER NOT NULL, sum INTEGER NOT NULL, bytes BLOB NOT NULL,"
    " PRIMARY KEY (shelf, key)) STRICT;"
    "PRAGMA user_version = 2; COMMIT";

enum status desk_failed(sqlite3 *base, int code, struct fault *fault)
{
    const char *words = base != NULL ? sqlite3_errmsg(base) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOMEM:
        return no_memory(fault);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return fail(fault, BUSY, DESK_FILE " is in use by another program");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_ERROR:
    case SQLITE_MISMATCH:
        return corrupt(fault, DESK_FILE, UINT64_MAX, words);
    default:
        return fail(fault, IO_FAILED, DESK_FILE ": %s", words);
    }
}

static enum status run(sqlite3 *base, const char *sql, struct fault *fault)
{
    int code = sqlite3_exec(base, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? OK : desk_failed(base, code, fault);
}

static enum status version_of(sqlite3 *base, int *version, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(base, "PRAGMA user_version", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    *version = code == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? OK : desk_failed(base, code, fault);
}

static enum status make_ready(struct desk *desk, bool for_writing, struct fault *fault)
{
    sqlite3 *base = desk->base;
    int version;
    sqlite3_extended_result_codes(base, 1);
    sqlite3_busy_timeout(base, 5000);
    sqlite3_db_config(base, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(run(base, pragmas, fault));
    TRY(version_of(base, &version, fault));
    if (version > DESK_FORMAT)
        return fail(fault, BAD_INPUT, DESK_FILE " was written by a newer version of stet");
    desk->version = version;
    if (version == DESK_FORMAT || !for_writing)
        return OK;
    desk->version = DESK_FORMAT;
    return run(base, schema, fault);
}

enum status desk_open(int dir, const char *path, bool for_writing, struct desk **desk,
                      struct fault *fault)
{
    struct stat stat_of;
    char name[4096];
    int flags = for_writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    bool is_there = fstatat(dir, DESK_FILE, &stat_of, AT_SYMLINK_NOFOLLOW) == 0;
    if (!for_writing && (!is_there || stat_of.st_size == 0))
        return NOT_FOUND;
    if (!is_there) {
        CLOSED_FD int fd =
            openat(dir, DESK_FILE, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (fd < 0)
            return fail_errno(fault, IO_FAILED, "cannot make %s/" DESK_FILE, path);
    }
    CLOSED(desk_close) struct desk *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    if (snprintf(name, sizeof name, "%s/" DESK_FILE, path) >= (int)sizeof name)
        return fail(fault, BAD_INPUT, "the path of the archive is too long");
    int code = sqlite3_open_v2(name, &made->base,
                               flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
    if (code != SQLITE_OK)
        return desk_failed(made->base, code, fault);
    TRY(make_ready(made, for_writing, fault));
    *desk = take(made);
    return OK;
}

void desk_close(struct desk *desk)
{
    if (desk == NULL)
        return;
    sqlite3_close(desk->base);
    free(desk);
}

/* The row's byte columns in the order of the table, after fingerprint, ruling and made. */
static void texts_of(const struct ruling_row *row, const struct bytes *texts[TEXT_COLUMNS])
{
    const struct bytes *all[TEXT_COLUMNS] = { &row->by,    &row->reason,   &row->story,  &row->rule,
                                              &row->words, &row->document, &row->reading };
    memcpy(texts, all, sizeof all);
}

static uint64_t sum_of(const struct ruling_row *row)
{
    SCOPED(buffer_release) struct buffer coded = { 0 };
    const struct bytes *texts[TEXT_COLUMNS];
    texts_of(row, texts);
    buffer_append(&coded, row->fingerprint, FINGERPRINT_LEN);
    buffer_u8(&coded, row->ruling);
    buffer_u64(&coded, (uint64_t)row->made);
    for (size_t i = 0; i < TEXT_COLUMNS; i++)
        buffer_string(&coded, *texts[i]);
    return checksum64(buffer_bytes(&coded));
}

struct bytes desk_column(sqlite3_stmt *statement, int at, struct arena *arena)
{
    const void *bytes = sqlite3_column_blob(statement, at);
    size_t len = (size_t)sqlite3_column_bytes(statement, at);
    return arena_copy(arena, bytes_make(bytes, bytes != NULL ? len : 0));
}

static enum status read_row(sqlite3_stmt *statement, struct arena *arena, struct ruling_row *row,
                            struct fault *fault)
{
    struct bytes print = desk_column(statement, 0, arena);
    *row = (struct ruling_row){ .ruling = (uint8_t)sqlite3_column_int(statement, 1),
                                .made = sqlite3_column_int64(statement, 2),
                                .by = desk_column(statement, 3, arena),
                                .reason = desk_column(statement, 4, arena),
                                .story = desk_column(statement, 5, arena),
                                .rule = desk_column(statement, 6, arena),
                                .words = desk_column(statement, 7, arena),
                                .document = desk_column(statement, 8, arena),
                                .reading = desk_column(statement, 9, arena) };
    if (print.len == FINGERPRINT_LEN)
        memcpy(row->fingerprint, print.at, FINGERPRINT_LEN);
    if (print.len != FINGERPRINT_LEN ||
        sum_of(row) != (uint64_t)sqlite3_column_int64(statement, COLUMNS))
        return corrupt(fault, DESK_FILE, UINT64_MAX, "a ruling does not fit its checksum");
    return OK;
}

static enum status read_rows(sqlite3 *base, sqlite3_stmt *statement, struct arena *arena,
                             struct ruling_row **rows, size_t *count, struct fault *fault)
{
    size_t room = 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*count == room) {
            struct ruling_row *grown = arena_alloc_many(arena, 2 * room + 64, sizeof *grown);
            if (grown == NULL)
                return no_memory(fault);
            if (*count > 0)
                memcpy(grown, *rows, *count * sizeof *grown);
            *rows = grown;
            room = 2 * room + 64;
        }
        TRY(read_row(statement, arena, &(*rows)[*count], fault));
        ++*count;
    }
    return code == SQLITE_DONE ? OK : desk_failed(base, code, fault);
}

enum status desk_rulings(struct desk *desk, struct arena *arena, struct ruling_row **rows,
                         size_t *count, struct fault *fault)
{
    static const char all[] = "SELECT fingerprint, ruling, made, by, reason, story, rule, words,"
                              " document, reading, sum FROM ruling ORDER BY fingerprint";
    sqlite3_stmt *statement = NULL;
    *rows = NULL;
    *count = 0;
    int code = sqlite3_prepare_v2(desk->base, all, -1, &statement, NULL);
    if (code != SQLITE_OK)
        return desk_failed(desk->base, code, fault);
    enum status read = read_rows(desk->base, statement, arena, rows, count, fault);
    sqlite3_finalize(statement);
    return read;
}

void desk_bind(sqlite3_stmt *statement, int at, struct bytes bytes)
{
    sqlite3_bind_blob64(statement, at, bytes.len > 0 ? bytes.at : (const void *)"", bytes.len,
                        SQLITE_STATIC);
}

enum status desk_finish(struct desk *desk, sqlite3_stmt *statement, int *changed,
                        struct fault *fault)
{
    int code = sqlite3_step(statement);
    *changed = sqlite3_changes(desk->base);
    enum status ended = code == SQLITE_DONE ? OK : desk_failed(desk->base, code, fault);
    sqlite3_finalize(statement);
    return ended;
}

enum status desk_rule(struct desk *desk, const struct ruling_row *row, struct fault *fault)
{
    static const char put[] =
        "INSERT OR REPLACE INTO ruling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    sqlite3_stmt *statement = NULL;
    const struct bytes *texts[TEXT_COLUMNS];
    int changed;
    int code = sqlite3_prepare_v2(desk->base, put, -1, &statement, NULL);
    if (code != SQLITE_OK)
        return desk_failed(desk->base, code, fault);
    texts_of(row, texts);
    desk_bind(statement, 1, bytes_make(row->fingerprint, FINGERPRINT_LEN));
    sqlite3_bind_int(statement, 2, row->ruling);
    sqlite3_bind_int64(statement, 3, row->made);
    for (int i = 0; i < TEXT_COLUMNS; i++)
        desk_bind(statement, 4 + i, *texts[i]);
    sqlite3_bind_int64(statement, COLUMNS + 1, (sqlite3_int64)sum_of(row));
    return desk_finish(desk, statement, &changed, fault);
}

static enum status delete_where(struct desk *desk, const char *sql, struct bytes key, int *changed,
                                struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(desk->base, sql, -1, &statement, NULL);
    if (code != SQLITE_OK)
        return desk_failed(desk->base, code, fault);
    desk_bind(statement, 1, key);
    return desk_finish(desk, statement, changed, fault);
}

enum status desk_reopen(struct desk *desk, const uint8_t fingerprint[FINGERPRINT_LEN], bool *was,
                        struct fault *fault)
{
    int changed = 0;
    TRY(delete_where(desk, "DELETE FROM ruling WHERE fingerprint = ?",
                     bytes_make(fingerprint, FINGERPRINT_LEN), &changed, fault));
    *was = changed > 0;
    return OK;
}

enum status desk_forget(struct desk *desk, struct bytes document, struct fault *fault)
{
    int changed = 0;
    TRY(delete_where(desk, "DELETE FROM ruling WHERE document = ?", document, &changed, fault));
    bool is_named = false;
    TRY(desk_forget_checks(desk, document, &is_named, fault));
    return changed > 0 || is_named ? run(desk->base, "VACUUM", fault) : OK;
}

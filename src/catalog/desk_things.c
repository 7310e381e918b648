#include "base/buffer.h"
#include "base/hash.h"
#include "catalog/desk_inside.h"

static uint64_t sum_of(const char *shelf, const char *key, int64_t made, struct bytes bytes)
{
    SCOPED(buffer_release) struct buffer coded = { 0 };
    buffer_string(&coded, bytes_from_string(shelf));
    buffer_string(&coded, bytes_from_string(key));
    buffer_u64(&coded, (uint64_t)made);
    buffer_u64(&coded, checksum64(bytes));
    return checksum64(buffer_bytes(&coded));
}

static enum status prepare(struct desk *desk, const char *sql, const char *shelf, const char *key,
                           sqlite3_stmt **statement, struct fault *fault)
{
    int code = sqlite3_prepare_v2(desk->base, sql, -1, statement, NULL);
    if (code != SQLITE_OK)
        return desk_failed(desk->base, code, fault);
    sqlite3_bind_text(*statement, 1, shelf, -1, SQLITE_STATIC);
    sqlite3_bind_text(*statement, 2, key, -1, SQLITE_STATIC);
    return OK;
}

enum status desk_put(struct desk *desk, const char *shelf, const char *key, struct bytes bytes,
                     int64_t made, bool only_new, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int changed = 0;
    if (strlen(key) > DESK_KEY_MAX)
        return fail(fault, OVER_LIMIT, "a key of " DESK_FILE " is longer than %d bytes",
                    DESK_KEY_MAX);
    TRY(prepare(desk,
                only_new ? "INSERT OR IGNORE INTO thing (shelf, key, made, sum, bytes)"
                           " VALUES (?, ?, ?, ?, ?)"
                         : "INSERT OR REPLACE INTO thing (shelf, key, made, sum, bytes)"
                           " VALUES (?, ?, ?, ?, ?)",
                shelf, key, &statement, fault));
    sqlite3_bind_int64(statement, 3, made);
    sqlite3_bind_int64(statement, 4, (sqlite3_int64)sum_of(shelf, key, made, bytes));
    desk_bind(statement, 5, bytes);
    TRY(desk_finish(desk, statement, &changed, fault));
    return changed > 0 ? OK : fail(fault, BUSY, "%s is there already", key);
}

enum status desk_remove(struct desk *desk, const char *shelf, const char *key, bool *was,
                        struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    int changed = 0;
    *was = false;
    if (desk->version < DESK_THINGS)
        return OK;
    TRY(prepare(desk, "DELETE FROM thing WHERE shelf = ? AND key = ?", shelf, key, &statement,
                fault));
    TRY(desk_finish(desk, statement, &changed, fault));
    *was = changed > 0;
    return OK;
}

/* The row at which a statement of key, made, sum, bytes stands. */
static enum status read_thing(sqlite3_stmt *statement, const char *shelf, struct arena *arena,
                              const char **key, struct bytes *bytes, int64_t *made,
                              struct fault *fault)
{
    struct bytes name = desk_column(statement, 0, arena);
    *bytes = desk_column(statement, 3, arena);
    *made = sqlite3_column_int64(statement, 1);
    if (name.at == NULL || bytes->at == NULL)
        return no_memory(fault);
    *key = (const char *)name.at;
    if (sum_of(shelf, *key, *made, *bytes) != (uint64_t)sqlite3_column_int64(statement, 2))
        return corrupt(fault, DESK_FILE, UINT64_MAX, "something kept does not fit its checksum");
    return OK;
}

enum status desk_find(struct desk *desk, const char *shelf, const char *key, struct arena *arena,
                      struct bytes *bytes, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    const char *name;
    int64_t made;
    if (desk->version < DESK_THINGS)
        return NOT_FOUND;
    TRY(prepare(desk, "SELECT key, made, sum, bytes FROM thing WHERE shelf = ? AND key = ?", shelf,
                key, &statement, fault));
    int code = sqlite3_step(statement);
    enum status found = code == SQLITE_ROW
                            ? read_thing(statement, shelf, arena, &name, bytes, &made, fault)
                        : code == SQLITE_DONE ? NOT_FOUND
                                              : desk_failed(desk->base, code, fault);
    sqlite3_finalize(statement);
    return found;
}

static enum status walk(struct desk *desk, sqlite3_stmt *statement, const char *shelf,
                        const char *prefix, desk_visitor *visit, void *context, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *key;
        struct bytes bytes;
        int64_t made;
        arena_clear(&arena);
        TRY(read_thing(statement, shelf, &arena, &key, &bytes, &made, fault));
        if (!bytes_has_prefix(bytes_from_string(key), prefix))
            break;
        TRY(visit(context, key, bytes, made, fault));
    }
    return code == SQLITE_DONE || code == SQLITE_ROW ? OK : desk_failed(desk->base, code, fault);
}

enum status desk_each(struct desk *desk, const char *shelf, const char *prefix, desk_visitor *visit,
                      void *context, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    if (desk->version < DESK_THINGS)
        return OK;
    TRY(prepare(desk,
                "SELECT key, made, sum, bytes FROM thing WHERE shelf = ? AND key >= ? ORDER BY key",
                shelf, prefix, &statement, fault));
    enum status walked = walk(desk, statement, shelf, prefix, visit, context, fault);
    sqlite3_finalize(statement);
    return walked;
}

/* Its statements and its report go with it: they share the key. */
enum status desk_forget_checks(struct desk *desk, struct bytes document, bool *changed,
                               struct fault *fault)
{
    static const char forget[] =
        "DELETE FROM thing WHERE shelf IN ('.check', '.check-found') AND key IN"
        " (SELECT key FROM thing WHERE shelf = '.check-found' AND instr(bytes, CAST(? AS BLOB)))";
    sqlite3_stmt *statement = NULL;
    int count = 0;
    *changed = false;
    if (desk->version < DESK_THINGS || document.len == 0)
        return OK;
    int code = sqlite3_prepare_v2(desk->base, forget, -1, &statement, NULL);
    if (code != SQLITE_OK)
        return desk_failed(desk->base, code, fault);
    desk_bind(statement, 1, document);
    TRY(desk_finish(desk, statement, &count, fault));
    *changed = count > 0;
    return OK;
}

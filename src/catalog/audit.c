#include "catalog/lookup.h"

#include "catalog/inside.h"

#include <stdio.h>

enum { DUMP_STEP = 1 << 20 };

static enum status open_walk(const struct catalog *catalog, enum table table,
                             sqlite3_stmt **statement, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer sql = { 0 };
    table_sql_select(table, "", &sql);
    buffer_u8(&sql, 0);
    TRY(buffer_check(&sql, fault));
    *statement = NULL;
    return sqlite_keep(catalog->base, (const char *)sql.at, statement, fault);
}

static enum status dump_table(const struct catalog *catalog, enum table table,
                              sqlite3_stmt *statement, struct buffer *to, record_flush *flush,
                              void *context, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct row row;
        TRY(row_from_statement(catalog, statement, table, &arena, &row, fault));
        buffer_u8(to, 0);
        row_encode(table, &row, table_columns(table), to);
        TRY(buffer_check(to, fault));
        if (to->len > DUMP_STEP)
            TRY(flush(context, to, fault));
        arena_clear(&arena);
    }
    return code == SQLITE_DONE ? OK : sqlite_failed(catalog->base, code, fault);
}

enum status catalog_dump(const struct catalog *catalog, struct buffer *to, record_flush *flush,
                         void *context, struct fault *fault)
{
    for (enum table table = TABLE_COLLECTION; table < TABLES; table++) {
        sqlite3_stmt *statement;
        TRY(open_walk(catalog, table, &statement, fault));
        enum status dumped = dump_table(catalog, table, statement, to, flush, context, fault);
        sqlite3_finalize(statement);
        TRY(dumped);
    }
    return OK;
}

static enum status audit_structure(const struct catalog *catalog, bool rows, damage_told *told,
                                   void *context, struct fault *fault)
{
    sqlite3_stmt *statement = NULL;
    const char *sql = rows ? "PRAGMA integrity_check" : "PRAGMA quick_check";
    TRY(sqlite_keep(catalog->base, sql, &statement, fault));
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        char words[512];
        const char *line = (const char *)sqlite3_column_text(statement, 0);
        snprintf(words, sizeof words, "catalog.db: %s", line != NULL ? line : "no answer");
        if (line == NULL || strcmp(line, "ok") != 0)
            told(context, words);
    }
    enum status checked = code == SQLITE_DONE ? OK : sqlite_failed(catalog->base, code, fault);
    sqlite3_finalize(statement);
    return checked;
}

static enum status audit_rows(const struct catalog *catalog, enum table table,
                              sqlite3_stmt *statement, damage_told *told, void *context,
                              struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct row row;
        struct fault damage = { 0 };
        enum status read = row_from_statement(catalog, statement, table, &arena, &row, &damage);
        if (read == CORRUPT)
            told(context, damage.words);
        else if (read != OK)
            return no_memory(fault);
        arena_clear(&arena);
    }
    return code == SQLITE_DONE ? OK : sqlite_failed(catalog->base, code, fault);
}

/* What makes a walk stop is damage too; the other tables are still looked at. */
static enum status tell(enum status walked, struct fault *fault, damage_told *told, void *context)
{
    if (walked == CORRUPT) {
        told(context, fault->words);
        return OK;
    }
    return walked;
}

enum status catalog_audit(const struct catalog *catalog, bool rows, damage_told *told,
                          void *context, struct fault *fault)
{
    enum status walked = audit_structure(catalog, rows, told, context, fault);
    TRY(tell(walked, fault, told, context));
    for (enum table table = 0; rows && table < TABLES; table++) {
        sqlite3_stmt *statement = NULL;
        walked = open_walk(catalog, table, &statement, fault);
        if (walked == OK)
            walked = audit_rows(catalog, table, statement, told, context, fault);
        sqlite3_finalize(statement);
        TRY(tell(walked, fault, told, context));
    }
    return OK;
}

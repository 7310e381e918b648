#include "catalog/row.h"

const struct table_shape table_shapes[TABLES] = {
    [TABLE_ARCHIVE] = { "archive",
                        { "id", "format", "commits", "base", "seal", "row_key", "scrub" },
                        "iiiiibi",
                        1,
                        NULL,
                        "" },
    [TABLE_COLLECTION] = { "collection", { "id", "name", "public" }, "ibi", 1, NULL, "" },
    [TABLE_DOCUMENT] = { "document",
                         { "id", "kind", "name", "original", "path", "reading", "text", "verdict",
                           "reason", "parts", "bytes", "words", "body", "fields", "part_names",
                           "retired", "purged_at" },
                         "iibbbibibiiiibbii",
                         1,
                         "CREATE INDEX document_original ON document(original, path);"
                         "CREATE INDEX document_body ON document(body) WHERE body <> 0;",
                         "" },
    [TABLE_FORMER] = { "former",
                       { "document", "reading", "text", "verdict", "reason", "parts", "bytes",
                         "words" },
                       "iibibiii",
                       2,
                       NULL,
                       "" },
    [TABLE_MEMBER] = { "member",
                       { "document", "collection" },
                       "ii",
                       2,
                       "CREATE INDEX member_collection ON member(collection, document);",
                       ", FOREIGN KEY(document) REFERENCES document(id)"
                       ", FOREIGN KEY(collection) REFERENCES collection(id)" },
    [TABLE_NAME] = { "name", { "folded", "role", "document" }, "bii", 3, NULL, "" },
    [TABLE_LEDGER] = { "ledger",
                       { "id", "collection", "root", "path", "size", "modified", "changed",
                         "original", "outcome", "reason", "type", "accounted", "documents", "batch",
                         "former" },
                       "iibbiiibibbiiii",
                       1,
                       "CREATE UNIQUE INDEX ledger_path ON ledger(collection, root, path)"
                       " WHERE former = 0;"
                       "CREATE INDEX ledger_original ON ledger(original) WHERE former = 0;",
                       "" },
    [TABLE_ORIGINAL] = { "original",
                         { "hash", "sha256", "size", "pack", "at", "stored" },
                         "bbiiii",
                         1,
                         NULL,
                         "" },
    [TABLE_SEGMENT] = { "segment",
                        { "id", "file_commit", "file_number", "parts", "words", "size", "seal",
                          "dead_count", "dead" },
                        "iiiiiiiib",
                        1,
                        NULL,
                        "" },
    [TABLE_TALLY] = { "tally", { "collection", "at_commit", "figures" }, "iib", 1, NULL, "" },
};

size_t table_columns(enum table table)
{
    return strlen(table_shapes[table].types);
}

void row_encode(enum table table, const struct row *row, size_t columns, struct buffer *to)
{
    const char *types = table_shapes[table].types;
    buffer_u8(to, (uint8_t)table);
    for (size_t i = 0; i < columns; i++) {
        if (types[i] == 'b')
            buffer_string(to, row->at[i].bytes);
        else
            buffer_u64(to, (uint64_t)row->at[i].number);
    }
}

void row_decode(struct cursor *from, enum table table, size_t columns, struct row *row)
{
    const char *types = table_shapes[table].types;
    for (size_t i = 0; i < columns; i++) {
        if (types[i] == 'b')
            row->at[i] = value_bytes(cursor_string(from));
        else
            row->at[i] = value_number(cursor_u64(from));
    }
}

static void append_columns(enum table table, size_t count, const char *after, struct buffer *to)
{
    for (size_t i = 0; i < count; i++)
        buffer_print(to, "%s%s%s", i > 0 ? ", " : "", table_shapes[table].columns[i], after);
}

void table_sql_create(enum table table, struct buffer *to)
{
    const struct table_shape *shape = &table_shapes[table];
    buffer_print(to, "CREATE TABLE %s(", shape->name);
    for (size_t i = 0; i < table_columns(table); i++) {
        const char *type = shape->types[i] == 'b' ? "BLOB" : "INTEGER";
        buffer_print(to, "%s %s NOT NULL, ", shape->columns[i], type);
    }
    buffer_append_text(to, "sum INTEGER NOT NULL, PRIMARY KEY(");
    append_columns(table, shape->keys, "", to);
    bool has_number = shape->keys == 1 && shape->types[0] == 'i';
    buffer_print(to, ")%s) STRICT%s;%s", shape->extra, has_number ? "" : ", WITHOUT ROWID",
                 shape->indexes != NULL ? shape->indexes : "");
}

void table_sql_put(enum table table, struct buffer *to)
{
    buffer_print(to, "REPLACE INTO %s(", table_shapes[table].name);
    append_columns(table, table_columns(table), "", to);
    buffer_append_text(to, ", sum) VALUES(");
    for (size_t i = 0; i < table_columns(table); i++)
        buffer_append_text(to, "?, ");
    buffer_append_text(to, "?)");
}

void table_sql_delete(enum table table, struct buffer *to)
{
    buffer_print(to, "DELETE FROM %s WHERE (", table_shapes[table].name);
    append_columns(table, table_shapes[table].keys, "", to);
    buffer_append_text(to, ") = (");
    for (size_t i = 0; i < table_shapes[table].keys; i++)
        buffer_append_text(to, i > 0 ? ", ?" : "?");
    buffer_append_text(to, ")");
}

void table_sql_select(enum table table, const char *where, struct buffer *to)
{
    buffer_append_text(to, "SELECT ");
    append_columns(table, table_columns(table), "", to);
    buffer_print(to, ", sum FROM %s %s", table_shapes[table].name, where);
}

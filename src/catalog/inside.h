/* inside.h - the open catalog as its own files see it: statements kept, rows read with their
 * checksums. */
#ifndef CATALOG_INSIDE_H
#define CATALOG_INSIDE_H

#include <sqlite3.h>

#include "catalog/row.h"
#include "catalog/store.h"

/* Every question the catalog asks itself: X(name, table, what follows FROM). */
#define QUERIES_OF(X)                                                                              \
    X(QUERY_STATE, TABLE_ARCHIVE, "WHERE id = 1")                                                  \
    X(QUERY_COLLECTIONS, TABLE_COLLECTION, "ORDER BY name")                                        \
    X(QUERY_COLLECTION, TABLE_COLLECTION, "WHERE id = ?")                                          \
    X(QUERY_DOCUMENT, TABLE_DOCUMENT, "WHERE id = ?")                                              \
    X(QUERY_DOCUMENT_LAST, TABLE_DOCUMENT, "ORDER BY id DESC LIMIT 1")                             \
    X(QUERY_DOCUMENTS, TABLE_DOCUMENT, "ORDER BY id")                                              \
    X(QUERY_DOCUMENT_AT, TABLE_DOCUMENT, "WHERE original = ? AND path = ?")                        \
    X(QUERY_DOCUMENTS_OF, TABLE_DOCUMENT, "WHERE original = ? ORDER BY path, id")                  \
    X(QUERY_DOCUMENTS_LIKE, TABLE_DOCUMENT, "WHERE original >= ? AND original <= ? ORDER BY id")   \
    X(QUERY_DOCUMENTS_BODY, TABLE_DOCUMENT, "WHERE body = ? AND body <> 0 ORDER BY id")            \
    X(QUERY_FORMERS, TABLE_FORMER, "WHERE document = ? ORDER BY reading")                          \
    X(QUERY_MEMBERS, TABLE_MEMBER, "WHERE document = ? ORDER BY collection")                       \
    X(QUERY_MEMBER, TABLE_MEMBER, "WHERE document = ? AND collection = ?")                         \
    X(QUERY_MEMBERS_IN, TABLE_MEMBER, "WHERE collection = ? ORDER BY document")                    \
    X(QUERY_NAMES, TABLE_NAME, "WHERE folded = ? ORDER BY role, document")                         \
    X(QUERY_NAMES_ALL, TABLE_NAME, "ORDER BY folded, role, document")                              \
    X(QUERY_NAMES_FROM, TABLE_NAME, "WHERE folded >= ? AND folded < ? ORDER BY folded, document")  \
    X(QUERY_LEDGER, TABLE_LEDGER, "WHERE id = ?")                                                  \
    X(QUERY_LEDGER_LAST, TABLE_LEDGER, "ORDER BY id DESC LIMIT 1")                                 \
    X(QUERY_LEDGER_AFTER, TABLE_LEDGER, "WHERE id > ? ORDER BY id")                                \
    X(QUERY_LEDGER_AT, TABLE_LEDGER,                                                               \
      "WHERE former = 0 AND collection = ? AND root = ? AND path = ?")                             \
    X(QUERY_LEDGER_IN, TABLE_LEDGER, "WHERE former = 0 AND collection = ? ORDER BY root, path")    \
    X(QUERY_LEDGER_OF, TABLE_LEDGER, "WHERE former = 0 AND original = ? ORDER BY id")              \
    X(QUERY_ORIGINAL, TABLE_ORIGINAL, "WHERE hash = ?")                                            \
    X(QUERY_ORIGINALS, TABLE_ORIGINAL, "ORDER BY hash")                                            \
    X(QUERY_SEGMENTS, TABLE_SEGMENT, "ORDER BY id")                                                \
    X(QUERY_TALLY, TABLE_TALLY, "WHERE collection = ?")

enum query {
#define QUERY_ENUM(name, table, where) name,
    QUERIES_OF(QUERY_ENUM)
#undef QUERY_ENUM
        QUERIES,
};

struct catalog {
    sqlite3 *base;
    sqlite3_stmt **queries; /* QUERIES of them, prepared at first use */
    sqlite3_stmt *puts[TABLES];
    sqlite3_stmt *deletes[TABLES];
    struct buffer *scratch;
    struct buffer log; /* records changed since catalog_begin */
    uint8_t row_key[HASH_KEY_LEN];
    bool is_changing;
    bool is_failed;
};

/* What SQLite answered, as a status with words. */
MUST_USE enum status sqlite_failed(sqlite3 *base, int code, struct fault *fault);
MUST_USE enum status sqlite_run(sqlite3 *base, const char *sql, struct fault *fault);
/* The statement is prepared once and kept in *kept. */
MUST_USE enum status sqlite_keep(sqlite3 *base, const char *sql, sqlite3_stmt **kept,
                                 struct fault *fault);
MUST_USE enum status bind_row(sqlite3 *base, sqlite3_stmt *statement, const char *types,
                              const struct row *row, size_t count, struct fault *fault);

/* A walk over the rows that answer; types: of the values bound, as in table_shape. Bytes of rows
 * are copied to the arena. One walk per query at a time: end it, also after a failure, before the
 * next. */
MUST_USE enum status query_begin(const struct catalog *catalog, enum query query, const char *types,
                                 const struct row *with, struct fault *fault);
/* NOT_FOUND, without words, at the end. CORRUPT when the row's checksum does not fit. */
MUST_USE enum status query_next(const struct catalog *catalog, enum query query,
                                struct arena *arena, struct row *row, struct fault *fault);
void query_end(const struct catalog *catalog, enum query query);
/* The first row that answers; NOT_FOUND, without words. */
MUST_USE enum status query_one(const struct catalog *catalog, enum query query, const char *types,
                               const struct row *with, struct arena *arena, struct row *row,
                               struct fault *fault);

/* Visit every row that answers; the row's strings are valid for the call. */
typedef enum status row_visitor(void *context, const struct row *row, struct fault *fault);
MUST_USE enum status query_each(const struct catalog *catalog, enum query query, const char *types,
                                const struct row *with, row_visitor *visit, void *context,
                                struct fault *fault);
/* All rows that answer, from the arena. */
MUST_USE enum status query_rows(const struct catalog *catalog, enum query query, const char *types,
                                const struct row *with, struct arena *arena, struct row **rows,
                                size_t *count, struct fault *fault);

/* The row at which any statement stands, by the table's shape. */
MUST_USE enum status row_from_statement(const struct catalog *catalog, sqlite3_stmt *statement,
                                        enum table table, struct arena *arena, struct row *row,
                                        struct fault *fault);
uint64_t row_sum(const struct catalog *catalog, enum table table, const struct row *row);

#endif

/* row.h - the tables of catalog.db as data, and one row as values: for catalog/ alone.
 *
 * A row is encoded once: table u8, then each column (number: u64, bytes: varint length and bytes).
 * That encoding is what the keyed checksum in the row's last column covers, and what stands in a
 * manifest. docs/FORMAT.md "Catalog".
 */
#ifndef CATALOG_ROW_H
#define CATALOG_ROW_H

#include "base/buffer.h"
#include "base/cursor.h"

enum table {
    TABLE_ARCHIVE,
    TABLE_COLLECTION,
    TABLE_DOCUMENT,
    TABLE_FORMER,
    TABLE_MEMBER,
    TABLE_NAME,
    TABLE_LEDGER,
    TABLE_ORIGINAL,
    TABLE_SEGMENT,
    TABLE_TALLY,
    TABLES,
};

enum { COLUMNS_MAX = 18 };

struct value {
    int64_t number;
    struct bytes bytes; /* only where the column holds bytes */
};

struct row {
    struct value at[COLUMNS_MAX];
};

struct table_shape {
    const char *name;
    const char *columns[COLUMNS_MAX];
    const char *types;   /* per column: i a number, b bytes */
    uint8_t keys;        /* that many first columns are the key */
    const char *indexes; /* further SQL, or NULL */
    const char *extra;   /* constraints within the table, or "" */
};

extern const struct table_shape table_shapes[TABLES];

size_t table_columns(enum table table);

static inline struct value value_number(uint64_t number)
{
    return (struct value){ .number = (int64_t)number };
}
static inline struct value value_bytes(struct bytes bytes)
{
    return (struct value){ .bytes = bytes };
}

/* The first `columns` columns. */
void row_encode(enum table table, const struct row *row, size_t columns, struct buffer *to);
/* Bad cursor when the record breaks the shape; bytes are lent from the cursor's. */
void row_decode(struct cursor *from, enum table table, size_t columns, struct row *row);

/* SQL for a table; append to `to`. */
void table_sql_create(enum table table, struct buffer *to);
void table_sql_put(enum table table, struct buffer *to);
void table_sql_delete(enum table table, struct buffer *to);
void table_sql_select(enum table table, const char *where, struct buffer *to);

#endif

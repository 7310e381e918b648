/* desk_inside.h - desk.db as its own files see it. */
#ifndef CATALOG_DESK_INSIDE_H
#define CATALOG_DESK_INSIDE_H

#include <sqlite3.h>

#include "catalog/desk.h"

struct desk {
    sqlite3 *base;
    int version; /* of the tables that are there */
};

enum { DESK_FORMAT = 2, DESK_THINGS = 2 /* the version from which things are kept */ };

/* What SQLite answered, as a status with words. */
MUST_USE enum status desk_failed(sqlite3 *base, int code, struct fault *fault);
void desk_bind(sqlite3_stmt *statement, int at, struct bytes bytes);
struct bytes desk_column(sqlite3_stmt *statement, int at, struct arena *arena);
/* Run to its end and finalize; *changed rows. */
MUST_USE enum status desk_finish(struct desk *desk, sqlite3_stmt *statement, int *changed,
                                 struct fault *fault);
/* Kept checks that name the document; *changed: whether there were any. */
MUST_USE enum status desk_forget_checks(struct desk *desk, struct bytes document, bool *changed,
                                        struct fault *fault);

#endif

/* store.h - open, make and commit catalog.db: for archive/, which owns the one handle.
 *
 * A catalog is opened for reading; catalog_begin makes it write, until catalog_commit or
 * catalog_rollback. What was changed and not committed is seen by reads through the same handle.
 * docs/FORMAT.md "Catalog".
 */
#ifndef CATALOG_STORE_H
#define CATALOG_STORE_H

#include "base/scoped.h"
#include "catalog/catalog.h"

#define CATALOG_FILE "catalog.db"
enum { CATALOG_FORMAT = 1 };

/* The one row about the archive itself. */
struct catalog_state {
    uint64_t commits; /* the last commit's number */
    uint64_t base;    /* the commit whose manifest begins the chain */
    uint64_t seal;    /* checksum of the last manifest */
    uint8_t row_key[HASH_KEY_LEN];
    bool scrub; /* a purge was committed, and its traces are not yet wiped from the file */
};

/* Make `path`/`file` with empty tables and this state; synced. BAD_INPUT when it exists. */
MUST_USE enum status catalog_create(const char *path, const char *file,
                                    const struct catalog_state *state, struct fault *fault);
/* `is_readonly`: the folder cannot be written (read-only media). */
MUST_USE enum status catalog_open(const char *path, const char *file, bool is_readonly,
                                  struct catalog **catalog, struct fault *fault);
void catalog_close(struct catalog *catalog);
CLOSER(catalog, catalog_close)

MUST_USE enum status catalog_state(const struct catalog *catalog, struct catalog_state *state,
                                   struct fault *fault);

MUST_USE enum status catalog_begin(struct catalog *catalog, struct fault *fault);
/* Synced when OK. After a failure nothing more is written through this handle. */
MUST_USE enum status catalog_commit(struct catalog *catalog, struct fault *fault);
void catalog_rollback(struct catalog *catalog);
bool catalog_is_changing(const struct catalog *catalog);

/* One view for several reads; ends with catalog_let_go. Nothing inside catalog_begin. */
MUST_USE enum status catalog_hold(const struct catalog *catalog, struct fault *fault);
void catalog_let_go(const struct catalog *catalog);

/* Move the write-ahead log into the file and empty it; BUSY when a reader hinders it. */
MUST_USE enum status catalog_checkpoint(struct catalog *catalog, struct fault *fault);
/* Rewrite the file so that no byte of deleted rows stays, then checkpoint. */
MUST_USE enum status catalog_scrub(struct catalog *catalog, struct fault *fault);
/* Deleted bytes are overwritten from now on. */
MUST_USE enum status catalog_erase(struct catalog *catalog, struct fault *fault);

#endif

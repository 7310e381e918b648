/* desk.h - what people decided: desk.db, beside the catalog and left out of copies that leave the
 * house.
 *
 * A ruling is found again by the fingerprint of its statement (check/ruling.h makes it), so that a
 * new check, a merge or a rebuild keeps it. Every row carries a checksum (CORRUPT). Written without
 * the archive's writer lock: SQLite keeps two programs apart.
 */
#ifndef CATALOG_DESK_H
#define CATALOG_DESK_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/scoped.h"

#define DESK_FILE "desk.db"

enum { FINGERPRINT_LEN = 16 };

struct desk;

struct ruling_row {
    uint8_t fingerprint[FINGERPRINT_LEN];
    uint8_t ruling;  /* enum stet_ruling; never STET_OPEN */
    int64_t made;    /* seconds since 1970 */
    struct bytes by; /* who */
    struct bytes reason;
    struct bytes story;    /* name of the story */
    struct bytes rule;     /* "quotation-altered-unmarked" */
    struct bytes words;    /* of the story */
    struct bytes document; /* name; empty: none was cited */
    struct bytes reading;  /* of it, hex digits: the text the ruling was made on */
};

/* NOT_FOUND, without words, when nothing was ever decided and it is opened for reading. `path`: the
 * archive's folder, `dir` the same opened. */
MUST_USE enum status desk_open(int dir, const char *path, bool for_writing, struct desk **desk,
                               struct fault *fault);
void desk_close(struct desk *desk);
CLOSER(desk, desk_close)

/* By fingerprint, ascending. */
MUST_USE enum status desk_rulings(struct desk *desk, struct arena *arena, struct ruling_row **rows,
                                  size_t *count, struct fault *fault);
/* Replaces one of the same fingerprint. */
MUST_USE enum status desk_rule(struct desk *desk, const struct ruling_row *row,
                               struct fault *fault);
/* *was: whether there was one. */
MUST_USE enum status desk_reopen(struct desk *desk, const uint8_t fingerprint[FINGERPRINT_LEN],
                                 bool *was, struct fault *fault);
/* Every ruling on a document, and every kept check that names it, goes, and no byte of it stays.
 */
MUST_USE enum status desk_forget(struct desk *desk, struct bytes document, struct fault *fault);

/* Things of a shelf, by key: what include/stet/keep.h keeps, and what stet itself keeps on shelves
 * that begin with a dot. */
enum { DESK_KEY_MAX = 512 };
/* only_new: BUSY when something has the key. Replaces it otherwise. made: seconds since 1970. */
MUST_USE enum status desk_put(struct desk *desk, const char *shelf, const char *key,
                              struct bytes bytes, int64_t made, bool only_new, struct fault *fault);
MUST_USE enum status desk_remove(struct desk *desk, const char *shelf, const char *key, bool *was,
                                 struct fault *fault);
/* NOT_FOUND, without words. */
MUST_USE enum status desk_find(struct desk *desk, const char *shelf, const char *key,
                               struct arena *arena, struct bytes *bytes, struct fault *fault);
/* Those whose key begins with `prefix`, ascending; lent for the call. Another answer than OK ends
 * the walk and is answered. */
typedef enum status desk_visitor(void *context, const char *key, struct bytes bytes, int64_t made,
                                 struct fault *fault);
MUST_USE enum status desk_each(struct desk *desk, const char *shelf, const char *prefix,
                               desk_visitor *visit, void *context, struct fault *fault);

#endif

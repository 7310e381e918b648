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
/* Every ruling on a document goes, and no byte of it stays. */
MUST_USE enum status desk_forget(struct desk *desk, struct bytes document, struct fault *fault);

#endif

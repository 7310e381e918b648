/* ledger.h - every file and every part that ever stood before the door, and what became of it; and
 * coverage, its sum.
 *
 * "Lost" has no row kind: the sums of the ledger must equal what the walk saw (bytes in = bytes
 * accounted for).
 */
#ifndef CATALOG_LEDGER_H
#define CATALOG_LEDGER_H

#include "catalog/catalog.h"

enum ledger_outcome {
    LEDGER_FULL,     /* read in full */
    LEDGER_DOUBTFUL, /* readable but doubtful (scan text, replaced bytes) */
    LEDGER_PARTIAL,  /* read in part */
    LEDGER_FAILED,   /* its reader could not, or was ended */
    LEDGER_UNREAD,   /* a type that is not read yet */
    LEDGER_REFUSED,  /* not even opened: no permission, link, special file, changed while read,
                        vanished */
    LEDGER_COPY,     /* the same bytes as another file: its documents are theirs */
    LEDGER_EMPTY,    /* no bytes, or a stub without text */
    LEDGER_OUTCOMES,
};

struct ledger_row {
    uint64_t id;
    uint64_t collection;
    struct bytes root;   /* last component of the path given to add */
    struct bytes path;   /* relative to it, raw bytes */
    uint64_t size;       /* bytes of the file when read */
    int64_t modified_ns; /* mtime and ctime when read */
    int64_t changed_ns;
    struct hash original; /* zero where nothing was kept */
    enum ledger_outcome outcome;
    struct bytes reason; /* in words; empty when full */
    struct bytes type;   /* what the content is: "text", "HTML", "PDF", ... */
    uint64_t accounted;  /* bytes the reader accounted for */
    uint32_t documents;
    uint64_t batch; /* which worker run read it */
    bool is_former; /* replaced by a later row of the same path */
};

struct ledger_filter {
    uint64_t collection; /* 0: all */
    bool problems;       /* only what was not read in full */
    bool with_former;
    uint64_t after; /* rows with larger ids only (paging) */
    size_t most;    /* 0: 1,000 */
};
MUST_USE enum status ledger_rows(const struct catalog *catalog, const struct ledger_filter *filter,
                                 struct arena *arena, struct ledger_row **rows, size_t *count,
                                 struct fault *fault);
/* The live row of one path; NOT_FOUND. */
MUST_USE enum status ledger_find(const struct catalog *catalog, uint64_t collection,
                                 struct bytes root, struct bytes path, struct arena *arena,
                                 struct ledger_row *row, struct fault *fault);
/* Any live row whose original has this hash and which has documents; NOT_FOUND. */
MUST_USE enum status ledger_find_original(const struct catalog *catalog,
                                          const struct hash *original, struct arena *arena,
                                          struct ledger_row *row, struct fault *fault);

/* Sums over live rows within a scope of collections (none: all). Never one percentage. */
struct coverage {
    uint64_t files[LEDGER_OUTCOMES];
    uint64_t bytes[LEDGER_OUTCOMES];
    uint64_t documents;
    uint64_t documents_without_text;
    uint64_t words;
};
MUST_USE enum status catalog_coverage(const struct catalog *catalog, const uint64_t *collections,
                                      size_t count, struct coverage *coverage, struct fault *fault);
const char *ledger_outcome_words(enum ledger_outcome outcome);

#endif

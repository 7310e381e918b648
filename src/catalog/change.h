/* change.h - every way in which the catalog changes: one record each, applied and logged.
 *
 * A record is "put this row" or "remove the row of this key". Records gathered since catalog_begin
 * are what the commit's manifest holds; replayed in order into an empty catalog they make the same
 * catalog. docs/FORMAT.md "Manifest".
 */
#ifndef CATALOG_CHANGE_H
#define CATALOG_CHANGE_H

#include "base/buffer.h"
#include "base/cursor.h"
#include "catalog/ledger.h"
#include "catalog/store.h"

/* A document with what document_row does not show. */
struct document_record {
    struct document_row row;
    struct bytes path;       /* inside its container */
    uint64_t body;           /* hash of the body's first letters (twins), 0: too short */
    struct bytes fields;     /* fields_encode */
    struct bytes part_names; /* a string per part */
    bool is_retired;         /* its file is gone from the ledger or holds something else now */
};

struct former_reading {
    uint64_t document, reading;
    struct hash text;
    uint8_t verdict;
    struct bytes reason;
    uint32_t parts;
    uint64_t bytes, words;
};

enum name_role { NAME_OWN, NAME_ALIAS, NAME_REF };

/* Where an original lies: in the pack of a commit, or (pack 0) in a file of its own. */
struct original_record {
    struct hash hash, sha256;
    uint64_t size;
    uint64_t pack;
    uint64_t at;     /* of its entry in the pack */
    uint64_t stored; /* bytes compressed */
};

/* id gives the order among segments; the file is named by commit and number. */
struct segment_record {
    uint64_t id;
    uint64_t commit;
    uint32_t number;
    uint32_t parts;
    uint64_t words, size, seal;
    uint64_t dead_count;
    struct bytes dead; /* a bit per part, little-endian words; empty: none dead */
};

MUST_USE enum status change_state(struct catalog *catalog, const struct catalog_state *state,
                                  struct fault *fault);
MUST_USE enum status change_collection(struct catalog *catalog, const struct collection_row *row,
                                       struct fault *fault);
MUST_USE enum status change_document(struct catalog *catalog, const struct document_record *record,
                                     struct fault *fault);
MUST_USE enum status change_former(struct catalog *catalog, const struct former_reading *former,
                                   struct fault *fault);
MUST_USE enum status change_former_gone(struct catalog *catalog, uint64_t document,
                                        uint64_t reading, struct fault *fault);
MUST_USE enum status change_member(struct catalog *catalog, uint64_t document, uint64_t collection,
                                   bool is_member, struct fault *fault);
/* `name` is folded here; nothing is done for one that folds to nothing. */
MUST_USE enum status change_name(struct catalog *catalog, struct bytes name, enum name_role role,
                                 uint64_t document, bool is_named, struct fault *fault);
MUST_USE enum status change_ledger(struct catalog *catalog, const struct ledger_row *row,
                                   struct fault *fault);
MUST_USE enum status change_ledger_gone(struct catalog *catalog, uint64_t id, struct fault *fault);
MUST_USE enum status change_original(struct catalog *catalog, const struct original_record *record,
                                     struct fault *fault);
MUST_USE enum status change_original_gone(struct catalog *catalog, const struct hash *hash,
                                          struct fault *fault);
MUST_USE enum status change_segment(struct catalog *catalog, const struct segment_record *record,
                                    struct fault *fault);
/* The coverage of a collection (0: of all) as counted for the commit of that number: what
 * catalog_coverage answers while no later commit was made. */
MUST_USE enum status change_tally(struct catalog *catalog, uint64_t collection, uint64_t commit,
                                  const struct coverage *coverage, struct fault *fault);
/* Whether the sums of all were counted for the last commit. */
bool catalog_is_tallied(const struct catalog *catalog);
MUST_USE enum status change_segment_gone(struct catalog *catalog, uint64_t id, struct fault *fault);

/* The records since catalog_begin, lent; archive/ moves them on to the manifest with
 * change_log_clear. */
struct bytes change_log(const struct catalog *catalog);
MUST_USE enum status change_log_check(const struct catalog *catalog, struct fault *fault);
void change_log_clear(struct catalog *catalog);
/* Apply a run of records; CORRUPT, naming `file`, when they break the format. */
MUST_USE enum status change_replay(struct catalog *catalog, struct bytes records, const char *file,
                                   struct fault *fault);

/* The canonical form in which names are compared; at most FOLDED_NAME_MAX bytes to `out`; answers
 * its length. */
enum { FOLDED_NAME_MAX = 256 };
size_t name_fold(struct bytes name, uint8_t out[FOLDED_NAME_MAX]);

void fields_encode(const struct field *fields, size_t count, struct buffer *to);
/* Values lent from `blob`, the array from the arena. */
MUST_USE enum status fields_decode(struct bytes blob, struct arena *arena,
                                   struct field_list *fields, struct fault *fault);

#endif

/* catalog.h - what do we know of each document? Rows for reading; writes go through archive/
 * (catalog/change.h).
 *
 * SQLite behind one wall: no other room sees sqlite3.h. Every row carries a keyed checksum, checked
 * when it is read (CORRUPT). Read transactions last one call or one catalog_hold. Strings come from
 * the caller's arena.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H

#include "base/arena.h"
#include "base/fault.h"
#include "base/hash.h"
#include "text/field.h"

struct catalog; /* opened and closed by archive/ through catalog/store.h */

struct document_row {
    uint64_t id;
    enum document_kind kind;
    struct bytes name;    /* FIELD_NUMBER, or base32 of the hash, longer on collision */
    struct hash original; /* of the file it came in */
    uint64_t reading;     /* the live one */
    struct hash text;     /* BLAKE2b of the live reading's text, spans and fields */
    uint8_t verdict;      /* enum verdict of wire/message.h */
    struct bytes reason;
    uint32_t parts;
    uint64_t bytes; /* text of all parts */
    uint64_t words;
    uint64_t purged_at; /* 0, or when; a purged document keeps id, name and reason only */
};

MUST_USE enum status catalog_document(const struct catalog *catalog, uint64_t id,
                                      struct arena *arena, struct document_row *row,
                                      struct fault *fault);
/* Documents whose number, alias (file name, other names) or hash prefix (12 or more base32 digits)
 * is `name`, compared without case, blanks and leading zeros of the serial; ascending ids;
 * documents whose own number it is stand first. */
MUST_USE enum status catalog_documents_named(const struct catalog *catalog, struct bytes name,
                                             struct arena *arena, uint64_t **ids, size_t *count,
                                             struct fault *fault);
/* All fields of the live reading, in reading order. */
MUST_USE enum status catalog_fields(const struct catalog *catalog, uint64_t document,
                                    struct arena *arena, struct field_list *fields,
                                    struct fault *fault);
/* Documents with the same body under another number or file (twins), and with the same number
 * (versions); without itself. */
MUST_USE enum status catalog_twins(const struct catalog *catalog, uint64_t document,
                                   struct arena *arena, uint64_t **ids, size_t *count,
                                   struct fault *fault);
/* Documents whose FIELD_REF resolves to this one. */
MUST_USE enum status catalog_referrers(const struct catalog *catalog, uint64_t document,
                                       struct arena *arena, uint64_t **ids, size_t *count,
                                       struct fault *fault);

/* The names of the live reading's parts ("" for the body), in order. */
MUST_USE enum status catalog_part_names(const struct catalog *catalog, uint64_t document,
                                        struct arena *arena, struct bytes **names, size_t *count,
                                        struct fault *fault);

struct collection_row {
    uint64_t id;
    struct bytes name;
    bool is_public;
    uint64_t documents;
    uint64_t files;
};
MUST_USE enum status catalog_collections(const struct catalog *catalog, struct arena *arena,
                                         struct collection_row **rows, size_t *count,
                                         struct fault *fault);
/* The paths (collection/root/path as the ledger shows them) of the files a document came in. */
MUST_USE enum status catalog_paths(const struct catalog *catalog, uint64_t document,
                                   struct arena *arena, struct bytes **paths, size_t *count,
                                   struct fault *fault);

#endif

/* lookup.h - what archive/ asks the catalog beyond its public headers. Strings from the arena;
 * NOT_FOUND without words. */
#ifndef CATALOG_LOOKUP_H
#define CATALOG_LOOKUP_H

#include "catalog/change.h"

MUST_USE enum status catalog_record(const struct catalog *catalog, uint64_t document,
                                    struct arena *arena, struct document_record *record,
                                    struct fault *fault);
/* The document at a path of a container (empty: of the file itself). */
MUST_USE enum status catalog_record_at(const struct catalog *catalog, const struct hash *original,
                                       struct bytes path, struct arena *arena,
                                       struct document_record *record, struct fault *fault);
/* All documents of an original, retired ones too, by path. */
MUST_USE enum status catalog_records_of(const struct catalog *catalog, const struct hash *original,
                                        struct arena *arena, struct document_record **records,
                                        size_t *count, struct fault *fault);
MUST_USE enum status catalog_collection_named(const struct catalog *catalog, struct bytes name,
                                              struct arena *arena, struct collection_row *row,
                                              struct fault *fault);
/* All collections by name, their counts left 0. */
MUST_USE enum status catalog_collection_rows(const struct catalog *catalog, struct arena *arena,
                                             struct collection_row **rows, size_t *count,
                                             struct fault *fault);
MUST_USE enum status catalog_original(const struct catalog *catalog, const struct hash *hash,
                                      struct original_record *record, struct fault *fault);
MUST_USE enum status catalog_segments(const struct catalog *catalog, struct arena *arena,
                                      struct segment_record **records, size_t *count,
                                      struct fault *fault);
MUST_USE enum status catalog_formers(const struct catalog *catalog, uint64_t document,
                                     struct arena *arena, struct former_reading **formers,
                                     size_t *count, struct fault *fault);
/* The collections a document stands in, ascending. */
MUST_USE enum status catalog_memberships(const struct catalog *catalog, uint64_t document,
                                         struct arena *arena, uint64_t **collections, size_t *count,
                                         struct fault *fault);
/* The documents of a collection, ascending. */
MUST_USE enum status catalog_members(const struct catalog *catalog, uint64_t collection,
                                     struct arena *arena, uint64_t **documents, size_t *count,
                                     struct fault *fault);
/* Live ledger rows of an original. */
MUST_USE enum status ledger_rows_of(const struct catalog *catalog, const struct hash *original,
                                    struct arena *arena, struct ledger_row **rows, size_t *count,
                                    struct fault *fault);
/* Largest id in use, 0 for none. */
MUST_USE enum status catalog_last_document(const struct catalog *catalog, uint64_t *id,
                                           struct fault *fault);
MUST_USE enum status ledger_last(const struct catalog *catalog, uint64_t *id, struct fault *fault);
/* Whether any document's own name or alias folds to the same. */
MUST_USE enum status catalog_is_named(const struct catalog *catalog, struct bytes name,
                                      bool *is_named, struct fault *fault);
/* The base32 name of a document without number: of its original, or of original and path. */
void catalog_hash_name(const struct hash *original, struct bytes path, char out[53]);

/* A walk over every row of a kind; the visitor's strings are valid for the call. */
typedef enum status document_visitor(void *context, const struct document_record *record,
                                     struct fault *fault);
typedef enum status ledger_visitor(void *context, const struct ledger_row *row,
                                   struct fault *fault);
typedef enum status original_visitor(void *context, const struct original_record *record,
                                     struct fault *fault);
typedef enum status name_visitor(void *context, struct bytes folded, enum name_role role,
                                 uint64_t document, struct fault *fault);
MUST_USE enum status catalog_each_document(const struct catalog *catalog, document_visitor *visit,
                                           void *context, struct fault *fault);
/* Live rows of one collection by root and path. */
MUST_USE enum status ledger_each_in(const struct catalog *catalog, uint64_t collection,
                                    ledger_visitor *visit, void *context, struct fault *fault);
/* All rows, former ones too, by id. */
MUST_USE enum status ledger_each(const struct catalog *catalog, ledger_visitor *visit,
                                 void *context, struct fault *fault);
MUST_USE enum status catalog_each_original(const struct catalog *catalog, original_visitor *visit,
                                           void *context, struct fault *fault);
MUST_USE enum status catalog_each_name(const struct catalog *catalog, name_visitor *visit,
                                       void *context, struct fault *fault);

/* Put records of every row into `to`, calling `flush` whenever it holds more than 1 MiB: the
 * manifest that begins a new chain. */
typedef enum status record_flush(void *context, struct buffer *records, struct fault *fault);
MUST_USE enum status catalog_dump(const struct catalog *catalog, struct buffer *to,
                                  record_flush *flush, void *context, struct fault *fault);
/* SQLite's own check, then every row's checksum if `rows`. `told` gets one line per damage. */
typedef void damage_told(void *context, const char *damage);
MUST_USE enum status catalog_audit(const struct catalog *catalog, bool rows, damage_told *told,
                                   void *context, struct fault *fault);

#endif

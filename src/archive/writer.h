/* writer.h - the one writer of an archive: documents, originals and ledger rows gathered into
 * commits.
 *
 * A commit is one SQLite transaction after segment, pack and manifest are written and synced; a
 * crash before it leaves only unnamed files, swept by the next writer under the writer lock.
 * Documents commit in the order given. Nothing is said to be there before the commit that holds it.
 */
#ifndef ARCHIVE_WRITER_H
#define ARCHIVE_WRITER_H

#include "archive/archive.h"
#include "catalog/ledger.h"
#include "text/span.h"

struct archive_writer;

/* BUSY, naming the process that holds it and since when, after waiting `wait_ms`. */
MUST_USE enum status archive_writer_open(struct archive *archive, uint32_t wait_ms,
                                         struct archive_writer **writer, struct fault *fault);
/* Without a commit before it, what was gathered since the last one is dropped. */
void archive_writer_close(struct archive_writer *writer);
CLOSER(archive_writer, archive_writer_close)

/* The collection of that name, made if absent; BAD_INPUT when it exists with the other record side.
 */
MUST_USE enum status archive_writer_collection(struct archive_writer *writer, struct bytes name,
                                               bool is_public, uint64_t *collection,
                                               struct fault *fault);

/* Keep an original: its bytes from `fd` [offset, offset+len), hashed here (BLAKE2b names it,
 * SHA-256 is stored). *is_known when the archive held it already (it is then not stored twice). */
MUST_USE enum status archive_writer_original(struct archive_writer *writer, int fd, uint64_t offset,
                                             uint64_t len, struct hash *original, bool *is_known,
                                             struct fault *fault);

struct new_part;

/* A document as a reader gave it. All lent for the call. */
struct new_document {
    uint64_t collection;
    struct hash original;
    struct bytes path; /* inside its container; empty for the file itself */
    enum document_kind kind;
    uint8_t verdict; /* enum verdict */
    struct bytes reason;
    const struct field *fields;
    size_t field_count;
    const struct new_part *parts;
    size_t part_count;
    /* A document may be larger than memory: when set, `parts` is not used and parts are pulled one
     * by one, each lent until the next pull. kind, verdict, reason and fields are read only after
     * *ended (a reader may know them late). When it fails, the document is dropped whole: parts
     * already indexed are dead in the segment being built, nothing else remains. */
    enum status (*next_part)(struct new_document *document, struct new_part *part, bool *ended,
                             struct fault *fault);
    void *context; /* the puller's own */
};
struct new_part {
    struct bytes name;
    struct bytes text;
    const struct span *spans; /* sorted */
    size_t span_count;
};
/* Names the document (number or hash), makes the reading, the columns and the index entries;
 * commits by itself first when due (8,000 documents, 64 MiB, 10 s, or the segment's memory budget),
 * but never between the documents of one ledger row: it looks only when `may_commit`. */
MUST_USE enum status archive_writer_document(struct archive_writer *writer,
                                             struct new_document *document, bool may_commit,
                                             uint64_t *id, struct fault *fault);
/* Another file holds the same bytes: its documents become members of this collection too, its file
 * name an alias. */
MUST_USE enum status archive_writer_copy(struct archive_writer *writer, const struct ledger_row *of,
                                         uint64_t collection, struct bytes file_name,
                                         struct fault *fault);
/* The row of a file, after all its documents. row->id is ignored. A former live row of the same
 * path becomes former. */
MUST_USE enum status archive_writer_ledger(struct archive_writer *writer,
                                           const struct ledger_row *row, struct fault *fault);

MUST_USE enum status archive_writer_commit(struct archive_writer *writer, struct fault *fault);

/* Merge segments by tiers until none is due (after a commit; also `stet add` at its end). */
MUST_USE enum status archive_writer_merge(struct archive_writer *writer, struct fault *fault);

/* Re-reading: the new reading replaces the live one (the old reading's part becomes dead). Keeps
 * the id. */
MUST_USE enum status archive_writer_reread(struct archive_writer *writer, uint64_t document,
                                           const struct new_document *as, struct fault *fault);

#endif

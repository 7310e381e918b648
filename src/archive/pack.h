/* pack.h - originals under 1 MiB, one pack a commit; and the larger ones, each in a file of its
 * own.
 *
 * Written once, synced before the commit that names them. docs/FORMAT.md "Originals".
 */
#ifndef ARCHIVE_PACK_H
#define ARCHIVE_PACK_H

#include "archive/folder.h"
#include "base/compress.h"

struct pack_writer {
    int fd; /* -1: not begun */
    int dir;
    char name[FILE_NAME_ROOM];
    uint64_t commit;
    uint64_t at;           /* bytes so far */
    struct buffer pending; /* private */
    struct buffer table;   /* private */
    uint64_t count;
};

MUST_USE enum status pack_create(struct pack_writer *writer, int dir, uint64_t commit,
                                 struct fault *fault);
/* `frame` is one zstd frame of the original's bytes; sets pack, at and stored of the record. */
MUST_USE enum status pack_add(struct pack_writer *writer, struct original_record *record,
                              struct bytes frame, struct fault *fault);
/* Synced, with its folder, when OK; the writer is empty afterwards. */
MUST_USE enum status pack_finish(struct pack_writer *writer, struct fault *fault);
void pack_release(struct pack_writer *writer);

/* The frame of an original, checked against its checksum; appended to `frame`. */
MUST_USE enum status pack_read(int dir, const struct original_record *record, struct buffer *frame,
                               struct fault *fault);
/* Table and footer; with every entry if `entries`. */
MUST_USE enum status pack_verify(int dir, uint64_t commit, bool entries, struct fault *fault);

/* Compress [offset, offset+record->size) of fd into the file of record->hash, checking both hashes
 * on the way: BAD_INPUT when the bytes are others now. Sets pack, at and stored. */
MUST_USE enum status original_write_alone(int dir, int fd, uint64_t offset,
                                          struct original_record *record, struct fault *fault);

/* Write the original to `fd` (or nowhere, when negative), checking its length and both hashes. */
MUST_USE enum status original_stream(int dir, const struct original_record *record, int fd,
                                     struct fault *fault);

#endif

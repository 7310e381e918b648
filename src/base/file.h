/* file.h - whole files, durable writes, mappings. Names files in every fault.
 *
 * Does not know what an archive is. Paths are relative to a directory descriptor (AT_FDCWD is
 * fine).
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buffer.h"

/* A read-only mapping. {0} is a valid empty one. */
struct mapping {
    struct bytes bytes;
};

/* Append the whole file, up to `limit` bytes (OVER_LIMIT above). */
MUST_USE enum status file_read(int dir, const char *path, size_t limit, struct buffer *to,
                               struct fault *fault);
MUST_USE enum status file_map(int dir, const char *path, struct mapping *mapping,
                              struct fault *fault);
void mapping_release(struct mapping *mapping);
/* Give its pages back to the system; they are read again when they are touched. */
void mapping_rest(const struct mapping *mapping);

/* Write under a temporary name, fsync, rename to `path`, fsync the directory. On failure what stood
 * at `path` still stands, except when only the last fsync failed: then it is the new content,
 * whole. */
MUST_USE enum status file_write_durably(int dir, const char *path, struct bytes content,
                                        struct fault *fault);

/* All of it, going on after EINTR and short writes. */
MUST_USE enum status file_write_all(int fd, struct bytes content, const char *name,
                                    struct fault *fault);
/* Exactly len bytes at offset; CORRUPT if the file ends before. */
MUST_USE enum status file_read_at(int fd, uint64_t offset, size_t len, const char *name, void *to,
                                  struct fault *fault);
/* fsync; a failed fsync is never retried as if good. */
MUST_USE enum status file_sync(int fd, const char *name, struct fault *fault);
/* fsync of the directory itself. */
MUST_USE enum status directory_sync(int dir, const char *name, struct fault *fault);
/* Readable by the owner alone. OK if it stands already. */
MUST_USE enum status directory_make(int dir, const char *path, struct fault *fault);

#endif

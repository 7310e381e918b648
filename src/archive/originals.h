/* originals.h - the files as they came, by content hash, compressed; those under 1 MiB in
 * checksummed packs. */
#ifndef ARCHIVE_ORIGINALS_H
#define ARCHIVE_ORIGINALS_H

#include "archive/archive.h"

/* Write the original's bytes to `fd` (a memfd or pipe), checking its hash on the way: CORRUPT when
 * they differ. NOT_FOUND. */
MUST_USE enum status original_copy(const struct archive *archive, const struct hash *original,
                                   int fd, uint64_t *len, struct fault *fault);

#endif

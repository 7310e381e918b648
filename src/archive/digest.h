/* digest.h - one hash for all that an archive says, whatever its ids, times, commits and segments.
 */
#ifndef ARCHIVE_DIGEST_H
#define ARCHIVE_DIGEST_H

#include "archive/archive.h"

/* Hex. docs/FORMAT.md "Digest". */
MUST_USE enum status archive_digest(const struct archive *archive, char digest[65],
                                    struct fault *fault);

#endif

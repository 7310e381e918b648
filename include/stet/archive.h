/* archive.h - make, find, open and examine an archive.
 *
 * Every call answers a status and, when it is not STET_OK, words in *fault. Handles are not for two
 * threads at once.
 */
#ifndef STET_ARCHIVE_H
#define STET_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <stet/fault.h>

struct stet_archive;

/* Make an empty archive folder; STET_BAD_INPUT when something stands at `path`. */
enum stet_status stet_archive_create(const char *path, struct stet_fault *fault);

/* The archive a command means: `named` if not NULL, else $STET_ARCHIVE (given by the caller), else
 * the nearest *.stet folder in the current directory or upward. Writes a path of at most `room`
 * bytes. STET_NOT_FOUND says where it looked; STET_BAD_INPUT when one directory holds several. */
enum stet_status stet_archive_find(const char *named, const char *environment, char *path,
                                   size_t room, struct stet_fault *fault);

enum stet_status stet_archive_open(const char *path, struct stet_archive **archive,
                                   struct stet_fault *fault);
void stet_archive_close(struct stet_archive *archive);

struct stet_stats {
    uint64_t documents, files, parts, words, text_bytes, original_bytes;
    uint64_t segments, segment_bytes, catalog_bytes, originals_stored_bytes, commits, collections;
    char digest[65]; /* hex; only when asked for: the ordered logical content, the same for the same
                        archive */
};
enum stet_status stet_archive_stats(struct stet_archive *archive, bool with_digest,
                                    struct stet_stats *stats, struct stet_fault *fault);

/* Called for each damage found (and, with damage NULL, as progress: done of total bytes). */
typedef void stet_verify_told(void *context, const char *damage, uint64_t done, uint64_t total);
/* The structure of every file; with read_data every checksum. STET_CORRUPT when anything was told.
 * Never writes. */
enum stet_status stet_archive_verify(struct stet_archive *archive, bool read_data,
                                     stet_verify_told *told, void *context,
                                     struct stet_fault *fault);

/* A new catalog from the manifests and segments, after the old one was damaged or lost: written
 * beside it, checked, then put in its place. `said` gets one line of what was done. */
enum stet_status stet_archive_rebuild(const char *path, char said[256], struct stet_fault *fault);

/* A document gone for good: text, postings, fields, original; segments rewritten. The ledger keeps
 * number and reason. */
enum stet_status stet_archive_purge(struct stet_archive *archive, const char *name,
                                    const char *reason, bool dry_run, char said[512],
                                    struct stet_fault *fault);

#endif

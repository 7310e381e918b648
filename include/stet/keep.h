/* keep.h - small things that a desk keeps in desk.db: accounts, sessions, saved searches, notes.
 *
 * Each kind of thing is a shelf; a thing has a key and bytes, and is written and read whole, under
 * a checksum. Nothing of it is in the catalog, and it stays behind when a copy leaves the house.
 */
#ifndef STET_KEEP_H
#define STET_KEEP_H

#include <stet/archive.h>

enum { STET_KEEP_MAX = 64 << 20 };

/* Shelves are words of letters and digits ("session"); those of stet itself begin with '.'.
 * Replaces what has the key. */
enum stet_status stet_keep_put(struct stet_archive *archive, const char *shelf, const char *key,
                               const void *bytes, size_t len, struct stet_fault *fault);
/* Put only if nothing has the key: STET_BUSY otherwise. */
enum stet_status stet_keep_add(struct stet_archive *archive, const char *shelf, const char *key,
                               const void *bytes, size_t len, struct stet_fault *fault);
/* STET_NOT_FOUND: it was not there. Its bytes are overwritten. */
enum stet_status stet_keep_remove(struct stet_archive *archive, const char *shelf, const char *key,
                                  struct stet_fault *fault);
/* Things by key, those whose key begins with `prefix` ("" or NULL: all); made: seconds since 1970.
 * Lent for the call; a value other than 0 stops. */
typedef int stet_keep_told(void *context, const char *key, const void *bytes, size_t len,
                           int64_t made);
enum stet_status stet_keep_each(struct stet_archive *archive, const char *shelf, const char *prefix,
                                stet_keep_told *told, void *context, struct stet_fault *fault);

#endif

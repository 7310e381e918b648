/* manifest.h - what one commit changed in the catalog, in a file of its own, chained to the commit
 * before.
 *
 * Replayed from the base on, manifests make the catalog anew. docs/FORMAT.md "Manifest".
 */
#ifndef ARCHIVE_MANIFEST_H
#define ARCHIVE_MANIFEST_H

#include "archive/folder.h"
#include "base/file.h"

struct manifest_writer {
    int fd; /* -1: none */
    int dir;
    char name[FILE_NAME_ROOM];
    uint64_t seal;
    struct buffer frame; /* private */
};

/* `previous`: seal of the manifest before, 0 for a base. */
MUST_USE enum status manifest_create(struct manifest_writer *writer, int dir, uint64_t commit,
                                     uint64_t previous, bool is_base,
                                     const uint8_t key[HASH_KEY_LEN], struct fault *fault);
MUST_USE enum status manifest_append(struct manifest_writer *writer, struct bytes records,
                                     struct fault *fault);
/* Synced, with its folder, when OK. */
MUST_USE enum status manifest_finish(struct manifest_writer *writer, uint64_t *seal,
                                     struct fault *fault);
void manifest_writer_release(struct manifest_writer *writer);

struct manifest {
    char name[FILE_NAME_ROOM];
    uint64_t commit, previous, seal;
    bool is_base;
    uint8_t key[HASH_KEY_LEN];
    struct mapping mapping; /* private */
};

/* Every checksum of the file is checked. NOT_FOUND when there is none. */
MUST_USE enum status manifest_open(int dir, uint64_t commit, struct manifest *manifest,
                                   struct fault *fault);
void manifest_release(struct manifest *manifest);
/* Apply its records to the catalog. */
MUST_USE enum status manifest_replay(const struct manifest *manifest, struct catalog *catalog,
                                     struct fault *fault);

#endif

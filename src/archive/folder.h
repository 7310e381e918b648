/* folder.h - the open archive as its own files see it: descriptors, names of files, segments kept
 * open. */
#ifndef ARCHIVE_FOLDER_H
#define ARCHIVE_FOLDER_H

#include "archive/archive.h"
#include "archive/shapes.h"
#include "catalog/change.h"
#include "catalog/lookup.h"
#include "segment/segment.h"

enum { FILE_NAME_ROOM = 96 };
enum { ORIGINAL_ALONE = 1 << 20 }; /* bytes from which an original has a file of its own */

/* Kept open across snapshots, counted: the archive holds one, each snapshot one. */
struct open_segment {
    struct segment *segment;
    struct shapes *shapes;
    struct origins *origins; /* NULL until asked for */
    uint64_t commit, seal;
    uint32_t number;
    uint32_t holders;
    struct open_segment *next;
};

struct archive {
    char *path;
    int dir, segments, originals;
    bool is_readonly;
    struct catalog *catalog;
    struct open_segment *opened;
    struct snapshot *latest; /* of everything, kept for the next that asks; or NULL */
};

/* Names within segments/ and originals/. */
void segment_file(uint64_t commit, uint32_t number, char name[FILE_NAME_ROOM]);
void manifest_file(uint64_t commit, char name[FILE_NAME_ROOM]);
void pack_file(uint64_t commit, char name[FILE_NAME_ROOM]);
void original_file(const struct hash *hash, char name[FILE_NAME_ROOM]);
/* The leading number of a file's name; false when it has none. */
bool commit_from_file(const char *name, uint64_t *commit);

/* An open segment, the caller being one more holder. NOT_FOUND when the file is gone; CORRUPT when
 * it is another than the catalog means. */
MUST_USE enum status archive_segment(struct archive *archive, const struct segment_record *record,
                                     struct open_segment **opened, struct fault *fault);
void open_segment_drop(struct archive *archive, struct open_segment *opened);
/* Close what nobody but the archive holds and the catalog does not name any more. */
void archive_forget_segments(struct archive *archive, const struct segment_record *records,
                             size_t count);

struct origins;
MUST_USE enum status origins_make(const struct catalog *catalog, const struct segment *segment,
                                  struct origins **origins, struct fault *fault);

/* Visit the names in a folder, in any order; entries that begin with a dot are left out. */
typedef enum status name_seen(void *context, const char *name, struct fault *fault);
MUST_USE enum status folder_each(int dir, const char *name, name_seen *seen, void *context,
                                 struct fault *fault);

#endif

/* walk.h - every file below the given paths, in one order on every machine (names by bytes), once.
 *
 * Links are met but not followed, except where a given path itself is one; special files are met
 * but not opened. The archive's own folder is stepped over. Does not read files.
 */
#ifndef INTAKE_WALK_H
#define INTAKE_WALK_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "base/scoped.h"

enum { WALK_DEPTH_MAX = 200 };

enum walk_trouble {
    WALK_FINE,
    WALK_LINK,
    WALK_SPECIAL, /* device, pipe, socket */
    WALK_DENIED,  /* a folder or file that may not be read, or vanished; `error` */
    WALK_TOO_DEEP,
};

/* One file (or troubled folder); lent until the next step. */
struct walk_entry {
    struct bytes root;   /* last component of the given path; empty for a file given by itself */
    struct bytes path;   /* relative to it, raw bytes */
    struct bytes folder; /* the path without its last component */
    const char *leaf;    /* last component */
    int directory;       /* open descriptor of the folder it stands in */
    struct stat stat;
    enum walk_trouble trouble;
    int error;
};

struct walk;

/* NOT_FOUND: says that a path cannot be taken in, and why (errno). */
enum status walk_refuse(const char *path, struct fault *fault);

/* `archive_directory`: descriptor of the archive's own folder, not to be entered; -1 for none.
 * NOT_FOUND names a given path that is not there. */
MUST_USE enum status walk_open(const char *const *paths, size_t count, int archive_directory,
                               struct walk **walk, struct fault *fault);
void walk_close(struct walk *walk);
CLOSER(walk, walk_close)

/* NOT_FOUND (without words) at the end. */
MUST_USE enum status walk_next(struct walk *walk, struct walk_entry *entry, struct fault *fault);

#endif

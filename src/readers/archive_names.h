/* archive_names.h - which names did an archive's members have already? A set of their hashes. */
#ifndef READERS_ARCHIVE_NAMES_H
#define READERS_ARCHIVE_NAMES_H

#include "base/bytes.h"
#include "base/fault.h"

/* Zero is an empty one. */
struct archive_names {
    uint64_t *slots; /* private: 0 is empty; room is a power of two */
    size_t room;
    size_t count;
};

/* *met: whether it was there before. */
MUST_USE enum status archive_names_add(struct archive_names *names, struct bytes name, bool *met,
                                       struct fault *fault);
void archive_names_release(struct archive_names *names);

#endif

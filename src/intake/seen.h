/* seen.h - a set of original hashes: those that gave documents in this run and may not be committed
 * yet. */
#ifndef INTAKE_SEEN_H
#define INTAKE_SEEN_H

#include "base/hash.h"

struct seen {
    struct hash *slots; /* private: open addressing; all zero is empty */
    size_t room;
    size_t count;
};

bool seen_has(const struct seen *seen, const struct hash *hash);
MUST_USE enum status seen_add(struct seen *seen, const struct hash *hash, struct fault *fault);
void seen_release(struct seen *seen);

#endif

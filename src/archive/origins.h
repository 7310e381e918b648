/* origins.h - where the documents of a segment come from, as a column: for counting by origin.
 *
 * Read out of the catalog when first asked for (a row a document) and kept with the open segment;
 * 4 bytes a part. Values that differ in case and accents alone are one.
 */
#ifndef ARCHIVE_ORIGINS_H
#define ARCHIVE_ORIGINS_H

#include "archive/snapshot.h"

struct origin {
    struct bytes value;  /* as the first document prints it */
    struct bytes folded; /* text/fold.h: what tells two apart */
};

struct origins {
    const uint32_t *numbers; /* by part: of its document's origin, from 1; 0: none is stated */
    const struct origin *at; /* number 1 is at[0] */
    size_t count;
};

/* Lent as long as the snapshot. */
MUST_USE enum status snapshot_origins(const struct snapshot *snapshot, size_t segment,
                                      const struct origins **origins, struct fault *fault);
void origins_free(struct origins *origins);

#endif

/* shelf.h - a fake archive: real segments in a folder that goes away, and documents, fields and
 * collections in memory. It stands in, at link time, for archive/ and catalog/.
 */
#ifndef TESTS_SEARCH_SHELF_H
#define TESTS_SEARCH_SHELF_H

#include "archive/snapshot.h"
#include "text/span.h"

enum { SHELF_PARTS = 16384, SHELF_SEGMENTS = 4 };

struct shelf_part {
    const char *name;   /* of the document; the same as before: its next part */
    const char *fields; /* "origin=Embassy Port Sorrow;date=1987-03-04;class=SECRET"; a date with ~
                           is inferred */
    const char
        *text; /* a line that begins "## " is furniture; paragraphs stand between blank lines */
    unsigned segment; /* 0 based, ascending */
    bool is_dead;
};

/* Forget all, then put these parts on the shelf. */
void shelf_fill(const struct shelf_part *parts, size_t count);
/* What an archive is in these tests: any pointer. */
struct stet_archive *shelf_archive(void);
const struct snapshot *shelf_snapshot(void);

/* cmocka group setup and teardown. */
int shelf_make(void **state);
int shelf_remove(void **state);

#endif

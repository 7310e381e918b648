/* archive_tail.h - what does an archive say of itself at its end: is that there, and how many files
 * should be found?
 *
 * The library reads a zip or RAR that is cut short as if it were whole. Zip: end of the central
 * directory (APPNOTE 4.3.14 to 4.3.16); RAR 5.0 and 4.x: the block that ends an archive. Of other
 * kinds nothing is known here.
 */
#ifndef READERS_ARCHIVE_TAIL_H
#define READERS_ARCHIVE_TAIL_H

#include "readers/reader.h"

struct archive_tail {
    bool has_count;
    uint64_t count;    /* entries, folders among them */
    bool lacks_end;    /* the end that its kind must have is not there */
    bool is_of_volume; /* one of several files of a split archive */
    bool is_locked;    /* even its names are */
};

MUST_USE enum status archive_tail_read(const struct reader_input *input, struct archive_tail *tail,
                                       struct fault *fault);

#endif

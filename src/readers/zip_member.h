/* zip_member.h - the members of a zip that a document is made of (libarchive, zip alone).
 *
 * One walk over the zip in its order; what is not asked for is passed over unread. Bombs end at
 * limits: bytes out in all, how many times more than the zip holds, number of members.
 */
#ifndef READERS_ZIP_MEMBER_H
#define READERS_ZIP_MEMBER_H

#include "readers/archive_stream.h"

enum { ZIP_MEMBERS_MAX = 10000, ZIP_OUT_MAX = 256 << 20 };
/* Beyond ZIP_RATIO_FROM bytes, more than ZIP_RATIO_MAX times what the file holds is a bomb. */
enum { ZIP_RATIO_FROM = 16 << 20, ZIP_RATIO_MAX = 200 };

struct zip {
    const struct reader_input *input;
    uint64_t out;        /* bytes inflated so far, of all members */
    uint64_t members;    /* met so far */
    const char *trouble; /* why a member or the walk ended early, in words; static, NULL: none */
    bool is_locked;      /* the member met last wants a password */
    struct archive_stream stream;
};

MUST_USE enum status zip_open(struct zip *zip, const struct reader_input *input,
                              struct fault *fault);
/* The next member's path, lent until the next call; NULL at the end (or in trouble, which says
 * so). */
const char *zip_next(struct zip *zip);
/* Bytes of the present member: at most `len` to `to`; 0 at its end, -1 in trouble. */
int zip_read(struct zip *zip, void *to, int len);
void zip_close(struct zip *zip);

#endif

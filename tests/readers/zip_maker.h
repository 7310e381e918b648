/* zip_maker.h - zips made in memory for the tests of readers. */
#ifndef TESTS_READERS_ZIP_MAKER_H
#define TESTS_READERS_ZIP_MAKER_H

#include "base/buffer.h"

struct zip_member {
    const char *path;
    struct bytes text;
};

/* Append a deflated zip of `count` members; asserts that it worked. */
void zip_make(const struct zip_member *members, size_t count, struct buffer *to);
/* A zip whose one file is `path`. */
void zip_make_one(const char *path, const char *text, struct buffer *to);

#endif

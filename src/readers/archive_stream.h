/* archive_stream.h - libarchive over an item's bytes: no file is opened, no program run. */
#ifndef READERS_ARCHIVE_STREAM_H
#define READERS_ARCHIVE_STREAM_H

#include "readers/reader.h"

struct archive;

struct archive_stream {
    struct archive *open;             /* NULL when closed */
    uint64_t at;                      /* bytes of the item taken so far */
    const struct reader_input *input; /* private from here */
    struct buffer window;
};

/* What to look for is named one by one: libarchive left to itself would start programs. */
enum archive_kinds {
    ARCHIVE_ZIP,    /* zip alone */
    ARCHIVE_ALL,    /* zip, tar, 7z, RAR, or one file packed by gzip, bzip2, xz or zstd */
    ARCHIVE_PACKED, /* the last alone */
};

/* What the library must be told once, before the first: the charset of names, the zone of dates. */
MUST_USE enum status archive_stream_prepare(struct fault *fault);
/* *opened false when the bytes are no such archive. */
MUST_USE enum status archive_stream_open(struct archive_stream *stream,
                                         const struct reader_input *input, enum archive_kinds kinds,
                                         bool *opened, struct fault *fault);
void archive_stream_close(struct archive_stream *stream);

#endif

/* source.h - what tracing needs of an archive: counts of words, walks over parts, text. The seam of
 * trace/.
 *
 * trace_snapshot.c fulfils it from segments (it alone includes segment/);
 * tests/trace/memory_source.c from texts in memory. Positions count body words from 0 within a
 * part; parts are numbered within a segment.
 */
#ifndef TRACE_SOURCE_H
#define TRACE_SOURCE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "text/span.h"

#define WALK_END UINT32_MAX

struct source_part {
    uint64_t document;
    uint32_t part; /* 1 is the first */
    int32_t date;  /* days since 1970, INT32_MAX when not known */
    uint32_t words;
    uint32_t text_len; /* bytes */
};

struct source_mark {
    uint32_t byte; /* a token starts here, at or at most 512 words before the position asked */
    uint32_t position;
    uint32_t furniture_position;
};

/* Stands at a part that holds the word, or WALK_END. The source's own walk begins with it. */
struct walk {
    uint32_t part;
    uint32_t count; /* occurrences there */
};

struct source {
    void *self;
    uint64_t words; /* body words of all that is seen */
    size_t segments;
    /* Occurrences and parts of a key; zeros when none. */
    enum status (*term)(void *self, size_t segment, struct bytes key, uint64_t *occurrences,
                        uint32_t *parts, struct fault *fault);
    /* A walk at the first part; *walk NULL when no part holds the key. From the arena. */
    enum status (*walk)(void *self, size_t segment, struct bytes key, struct arena *arena,
                        struct walk **walk, struct fault *fault);
    enum status (*seek)(void *self, struct walk *walk, uint32_t part, struct fault *fault);
    /* All walk->count positions, ascending; room for them is the caller's. */
    enum status (*positions)(void *self, struct walk *walk, uint32_t *to, struct fault *fault);
    bool (*sees)(void *self, size_t segment, uint32_t part);
    enum status (*part)(void *self, size_t segment, uint32_t number, struct source_part *part,
                        struct fault *fault);
    enum status (*mark)(void *self, size_t segment, uint32_t number, uint32_t position,
                        struct source_mark *mark, struct fault *fault);
    enum status (*text)(void *self, size_t segment, uint32_t number, uint32_t start, uint32_t len,
                        struct buffer *to, struct fault *fault);
    /* Lent until the next call. */
    enum status (*spans)(void *self, size_t segment, uint32_t number, const struct span **spans,
                         size_t *count, struct fault *fault);
};

#endif

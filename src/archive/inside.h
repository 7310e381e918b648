/* inside.h - the writer as commit, merge, purge and its other files see it. */
#ifndef ARCHIVE_INSIDE_H
#define ARCHIVE_INSIDE_H

#include "archive/manifest.h"
#include "archive/pack.h"
#include "archive/writer.h"
#include "segment/merge.h"
#include "segment/writer.h"

/* A segment of the catalog with its dead set, read once and put back at the commit when it changed.
 */
struct live_segment {
    struct segment_record record;
    struct open_segment *opened;
    uint64_t *dead; /* a bit per part */
    bool is_changed;
};

struct archive_writer {
    struct archive *archive;
    int lock;
    struct catalog_state state; /* as of the last commit */
    struct segment_writer *segment;
    struct pack_writer pack;
    struct compressor *compressor;
    struct arena arena; /* cleared by every call */
    struct live_segment *live;
    size_t live_count, live_room;
    uint64_t last_document, last_ledger, last_segment;
    uint32_t segment_number; /* segments sealed for the coming commit */
    uint64_t *pending;       /* documents that the unsealed segment holds */
    size_t pending_count, pending_room;
    uint64_t documents, bytes; /* since the last commit */
    uint64_t began;            /* clock of the first change since */
    struct buffer gone;        /* files to unlink after the commit: folder u8, name string */
    bool is_base;              /* the coming manifest begins a new chain */
    bool is_failed,
        is_uncertain;   /* uncertain: the COMMIT itself failed; files may be named after all */
    struct fault first; /* what failed */
};

enum gone_from { GONE_SEGMENTS, GONE_ORIGINALS };

uint64_t writer_commit_number(const struct archive_writer *writer);
/* Keep the first failure of a change; nothing is written after one. */
enum status writer_answer(struct archive_writer *writer, enum status status,
                          const struct fault *fault);
MUST_USE enum status writer_ready(struct archive_writer *writer, struct fault *fault);

/* What the catalog lists, opened. */
MUST_USE enum status writer_load_segments(struct archive_writer *writer, struct fault *fault);
void writer_release_segments(struct archive_writer *writer);
/* The unsealed segment becomes a file of the coming commit. */
MUST_USE enum status writer_seal(struct archive_writer *writer, struct fault *fault);
/* Every part of the document in every segment is dead. */
MUST_USE enum status writer_kill(struct archive_writer *writer, uint64_t document, uint32_t parts,
                                 struct fault *fault);
MUST_USE enum status writer_unlink_later(struct archive_writer *writer, enum gone_from from,
                                         const char *name, struct fault *fault);
/* Replace [first, first+count) of writer->live by one segment without the dead and without `purged`
 * (0: none). */
MUST_USE enum status writer_merge_run(struct archive_writer *writer, size_t first, size_t count,
                                      uint64_t purged, struct fault *fault);

/* Unlink what no commit names: after a crash, or a commit that failed. `all`: also packs and
 * manifests that later commits replaced. */
MUST_USE enum status writer_sweep(struct archive_writer *writer, bool all, struct fault *fault);
/* End a purge: no byte of it in catalog.db, its files unlinked. */
MUST_USE enum status writer_scrub(struct archive_writer *writer, struct fault *fault);

/* A document whose parts were all seen: pulled parts are held (in memory, a large document in a
 * file without a name) since kind and fields, which the first part's place in the segment needs,
 * are known only at the end. */
struct staged {
    struct new_document *document;
    uint32_t parts;
    uint64_t bytes;
    uint64_t body;        /* hash of the body's first letters, 0 when it is too short */
    struct hash text;     /* of text, spans and fields */
    struct buffer fields; /* encoded */
    struct buffer names;
    struct buffer hashes; /* private from here */
    struct buffer held;
    int fd; /* -1: all in memory */
    uint64_t spilled;
    uint64_t at; /* of the part that is read next */
    struct buffer record;
    struct span_list spans;
};
MUST_USE enum status stage(int dir, struct new_document *document, struct staged *staged,
                           struct fault *fault);
void staged_release(struct staged *staged);
/* The parts in order, from index 0; lent until the next. */
MUST_USE enum status staged_part(struct staged *staged, uint32_t index, struct new_part *part,
                                 struct fault *fault);

/* The hash of the body's first letters, 0 when it is too short. */
uint64_t body_hash(const struct new_part *part);
void columns_from_document(const struct new_document *document, struct columns *columns);

static inline bool bit_is_set(const uint64_t *bits, uint32_t at)
{
    return bits[at / 64] >> at % 64 & 1;
}
static inline void bit_set(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= (uint64_t)1 << at % 64;
}
static inline size_t bit_words(uint32_t parts)
{
    return (parts + (size_t)63) / 64;
}

#endif

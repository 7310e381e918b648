/* snapshot.h - what is true at this moment: segments, a dead set for each, a scope.
 *
 * Every hit, count, near copy and coverage figure of a question is taken from one snapshot.
 * Counted: the one shared type.
 */
#ifndef ARCHIVE_SNAPSHOT_H
#define ARCHIVE_SNAPSHOT_H

#include "archive/archive.h"
#include "archive/shapes.h"
#include "segment/segment.h"

struct snapshot;

/* What a question may see. Zero value: everything. */
struct scope {
    const uint64_t *collections; /* any of these; none: all */
    size_t collection_count;
    bool without_stories;              /* leave out kind:story */
    const uint64_t *without_documents; /* ascending */
    size_t without_count;
};

/* The snapshot of everything is made anew only after a commit. */
MUST_USE enum status snapshot_open(struct archive *archive, const struct scope *scope,
                                   struct snapshot **snapshot, struct fault *fault);
struct snapshot *snapshot_keep(struct snapshot *snapshot);
void snapshot_drop(struct snapshot *snapshot);
CLOSER(snapshot, snapshot_drop)

const struct catalog *snapshot_catalog(const struct snapshot *snapshot);
size_t snapshot_segment_count(const struct snapshot *snapshot);
const struct segment *snapshot_segment(const struct snapshot *snapshot, size_t index);
/* Lengths and columns of its parts. Lent. */
const struct shapes *snapshot_shapes(const struct snapshot *snapshot, size_t index);
/* Whether the part is alive and within the scope. */
bool snapshot_sees(const struct snapshot *snapshot, size_t segment, uint32_t part);
/* A bit per part of the segment: seen. Lent. */
const uint64_t *snapshot_seen(const struct snapshot *snapshot, size_t segment);
/* Seen parts, and their body words. */
uint64_t snapshot_part_total(const struct snapshot *snapshot);
uint64_t snapshot_word_total(const struct snapshot *snapshot);
/* The whole text of a part, appended; its spans, from the arena. */
MUST_USE enum status snapshot_text(const struct snapshot *snapshot, size_t segment, uint32_t part,
                                   struct buffer *to, struct fault *fault);
MUST_USE enum status snapshot_spans(const struct snapshot *snapshot, size_t segment, uint32_t part,
                                    struct arena *arena, struct span **spans, size_t *count,
                                    struct fault *fault);
/* Whose documents are in a collection: a bit per part of the segment. Lent; worked out once. */
MUST_USE enum status snapshot_collection(const struct snapshot *snapshot, size_t segment,
                                         uint64_t collection, const uint64_t **parts,
                                         struct fault *fault);
/* Where a document's part (1 is the first) stands; NOT_FOUND when not seen. */
MUST_USE enum status snapshot_locate(const struct snapshot *snapshot, uint64_t document,
                                     uint32_t part, size_t *segment, uint32_t *number,
                                     struct fault *fault);
/* Give the pages of all segments back to the system. */
void snapshot_rest(const struct snapshot *snapshot);
/* The collections of the scope, for catalog_coverage. */
const struct scope *snapshot_scope(const struct snapshot *snapshot);

#endif

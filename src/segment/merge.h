/* merge.h - several segments become one, without the dead.
 *
 * Streams term by term; parts keep their order (segments in the order given). Text is recompressed
 * at the given level. Memory: 4 bytes a part, half a byte a term, one part's text and one list's
 * skip table. Same input, same bytes.
 */
#ifndef SEGMENT_MERGE_H
#define SEGMENT_MERGE_H

#include "segment/segment.h"

struct merge_input {
    const struct segment *segment;
    const uint64_t *dead; /* a bit per part, or NULL; dead parts are left out with all their text
                             and postings */
};

MUST_USE enum status segment_merge(const struct merge_input *inputs, size_t count, int level,
                                   int dir, const char *name, uint64_t *seal, struct fault *fault);

#endif

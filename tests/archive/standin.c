#include "segment/segment.h"

/* Gives way to the segment's own. */
__attribute__((weak)) enum status segment_find(const struct segment *segment, uint64_t document,
                                               uint32_t part, uint32_t *number, struct fault *fault)
{
    for (uint32_t i = 0; i < segment_part_count(segment); i++) {
        struct part_shape shape;
        TRY(segment_part(segment, i, &shape, fault));
        if (shape.columns.document == document && shape.columns.part == part) {
            *number = i;
            return OK;
        }
    }
    return NOT_FOUND;
}

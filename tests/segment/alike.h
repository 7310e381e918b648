/* alike.h - two segments that must answer everything alike. */
#ifndef TESTS_SEGMENT_ALIKE_H
#define TESTS_SEGMENT_ALIKE_H

#include "segment/segment.h"

/* All sections but the text are the same to the byte; the text reads the same; the second verifies.
 */
void check_alike(struct segment *one, struct segment *two);

#endif

/* order.h - the parts of a segment by document and part number: how a document is found without
 * asking every part.
 *
 * Gathered while records are written, then written sorted as SECTION_ORDER; read by segment_find.
 */
#ifndef SEGMENT_ORDER_H
#define SEGMENT_ORDER_H

#include "segment/sink.h"

enum { ORDER_ENTRY = 4 };

/* {0} is empty. */
struct order {
    struct buffer keys; /* private: document u64, part u32, local number u32 */
};

void order_add(struct order *order, const struct columns *columns, uint32_t number);
/* Sort and write; what was added stays, so that a seal that failed can be tried again. NO_MEMORY.
 */
MUST_USE enum status order_write(struct order *order, struct sink *sink, struct fault *fault);
void order_release(struct order *order);

/* Every part stands in the section once, in order. */
MUST_USE enum status order_verify(const struct segment *segment, struct fault *fault);

#endif

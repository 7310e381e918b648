/* dialogue.h - the order in which a worker may speak: a state machine over message kinds.
 *
 * ( DOCUMENT FIELD* ( PART (TEXT | SPANS)* PART_END )* FIELD* DOCUMENT_END )* ITEM_END, per item in
 * order, then BATCH_END. Text of a part at most PART_MAX; spans sorted and inside the text sent so
 * far when the part ends.
 */
#ifndef WIRE_DIALOGUE_H
#define WIRE_DIALOGUE_H

#include "wire/message.h"

struct dialogue {
    uint32_t items;     /* how many the batch has */
    uint32_t item;      /* private: which one is spoken of */
    uint64_t sequence;  /* private */
    uint64_t part_len;  /* private */
    uint64_t spans_end; /* private: the furthest byte a span of the part names */
    struct span span;   /* private: the last one, without its value */
    bool has_span;      /* private */
    uint32_t documents; /* private */
    uint8_t state;      /* private */
};

void dialogue_begin(struct dialogue *dialogue, uint32_t items);
/* BAD_INPUT when the message may not come now. */
MUST_USE enum status dialogue_take(struct dialogue *dialogue, const struct message *message,
                                   struct fault *fault);
bool dialogue_is_over(const struct dialogue *dialogue);

#endif

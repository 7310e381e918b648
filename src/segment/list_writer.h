/* list_writer.h - one posting list after the other, packed into blocks.
 *
 *     list_writer_begin
 *       list_writer_part           ascending, as many as hold the term
 *     list_writer_end              the list as the dictionary must know it
 *
 * What is packed is appended to two buffers of the owner: postings and positions; a list of one
 * place to neither. The owner may empty them between two parts. Memory: one block.
 */
#ifndef SEGMENT_LIST_WRITER_H
#define SEGMENT_LIST_WRITER_H

#include "segment/impacts.h"
#include "segment/postings.h"

struct list_writer {
    struct buffer *postings, *positions; /* the owner's */
    const uint32_t *words;               /* body words of each part, the owner's */
    struct term term;                    /* private from here: list_at and positions_at stay 0 */
    uint64_t next_part, block_floor;     /* smallest number that may come next; and in the block */
    uint32_t filled;
    struct impact_tally impacts; /* of the block */
    uint32_t deltas[POSTINGS_BLOCK], counts[POSTINGS_BLOCK];
    uint32_t *distances; /* of all places of the block */
    size_t places, places_room;
    struct buffer skips;
};

void list_writer_begin(struct list_writer *writer);
/* positions ascending, count >= 1. NO_MEMORY, or OVER_LIMIT for a list of over 4 GiB. */
MUST_USE enum status list_writer_part(struct list_writer *writer, uint32_t part,
                                      const uint32_t *positions, uint32_t count,
                                      struct fault *fault);
/* *term: list_at and positions_at 0, unless the list is a single. term->parts 0: nothing was added.
 */
MUST_USE enum status list_writer_end(struct list_writer *writer, struct term *term,
                                     struct fault *fault);
void list_writer_release(struct list_writer *writer);

#endif

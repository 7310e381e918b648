/* term_writer.h - terms in key order, their posting lists to the sink, the dictionary behind them.
 *
 *     term_writer_begin            the sink stands in SECTION_POSTINGS
 *     term_writer_key              ascending
 *       term_writer_part           ascending, as many as hold it
 *     term_writer_key ...
 *     term_writer_finish           writes SECTION_TERMS and SECTION_TERM_INDEX
 *
 * A key without parts is left out. Memory does not grow with the lists: the dictionary waits in a
 * file without a name.
 */
#ifndef SEGMENT_TERM_WRITER_H
#define SEGMENT_TERM_WRITER_H

#include "segment/sink.h"
#include "segment/terms.h"

struct term_writer {
    struct sink *sink; /* private, all */
    uint8_t key[TERM_KEY_MAX];
    uint8_t key_len;
    uint8_t last[TERM_KEY_MAX]; /* the key written before, in the same block */
    uint8_t last_len;
    uint64_t occurrences;
    uint32_t parts;
    uint32_t next_part; /* smallest number that may come next */
    uint64_t list_at;   /* where the list of this key begins, in SECTION_POSTINGS */
    uint64_t count;     /* terms written */
    struct buffer block_parts, block_positions, skips;
    struct buffer terms, index;
    uint64_t spilled; /* bytes of the dictionary in the spill file */
    int spill;
};

void term_writer_begin(struct term_writer *writer, struct sink *sink);
void term_writer_release(struct term_writer *writer);
MUST_USE enum status term_writer_key(struct term_writer *writer, struct bytes key,
                                     struct fault *fault);
/* positions ascending, count >= 1. */
void term_writer_part(struct term_writer *writer, uint32_t part, const uint32_t *positions,
                      uint32_t count);
MUST_USE enum status term_writer_finish(struct term_writer *writer, struct fault *fault);

#endif

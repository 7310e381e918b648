/* term_writer.h - terms in key order: their positions to the sink, their lists and the dictionary
 * behind them.
 *
 *     term_writer_begin            the sink stands in SECTION_POSITIONS
 *     term_writer_key              ascending; pairs last, after term_writer_pairs
 *       term_writer_part           ascending, as many as hold it
 *     term_writer_key ...
 *     term_writer_finish           writes SECTION_POSTINGS, SECTION_TERMS and SECTION_TERM_INDEX
 *
 * A key without parts is left out. Memory does not grow with the lists: what must wait does so in
 * files without a name.
 */
#ifndef SEGMENT_TERM_WRITER_H
#define SEGMENT_TERM_WRITER_H

#include "segment/list_writer.h"
#include "segment/spill.h"

struct frequent;

struct term_writer {
    struct sink *sink; /* private, all */
    struct list_writer list;
    struct buffer positions; /* not yet in the sink */
    struct spill postings, terms;
    struct buffer index;
    uint64_t postings_at, positions_at; /* where the list of this key begins */
    uint8_t key[TERM_KEY_MAX];
    uint8_t key_len;
    uint8_t last[TERM_KEY_MAX]; /* the key written before, in the same block */
    uint8_t last_len;
    uint64_t count, in_block; /* terms written: of this kind; in the block */
    uint64_t words;           /* body words of all parts */
    struct frequent *frequent;
    size_t frequent_count, frequent_room;
};

/* words: body words of each part, lent until release; all_words: their sum. */
void term_writer_begin(struct term_writer *writer, struct sink *sink, const uint32_t *words,
                       uint64_t all_words);
void term_writer_release(struct term_writer *writer);
MUST_USE enum status term_writer_key(struct term_writer *writer, struct bytes key,
                                     struct fault *fault);
/* positions ascending, count >= 1. */
MUST_USE enum status term_writer_part(struct term_writer *writer, uint32_t part,
                                      const uint32_t *positions, uint32_t count,
                                      struct fault *fault);
/* No more words follow, only pairs. *frequent: those whose pairs get lists, by key, lent until
 * release. */
MUST_USE enum status term_writer_pairs(struct term_writer *writer, const struct frequent **frequent,
                                       size_t *count, struct fault *fault);
MUST_USE enum status term_writer_finish(struct term_writer *writer, struct fault *fault);

#endif

/* harvest.h - where words were seen while a segment grows: in memory, then sorted by word.
 *
 * Body words are kept as one row of word numbers in order of position, 4 bytes each; what stands
 * elsewhere (furniture, fields) is told place by place. harvest_sort brings the places of each
 * word together by counting.
 */
#ifndef SEGMENT_HARVEST_H
#define SEGMENT_HARVEST_H

#include "base/fault.h"
#include "segment/postings.h"

enum {
    HARVEST_BESIDE = 1u << 30,     /* flag of a body word: at the position of the one before */
    HARVEST_NONE = (1u << 30) - 1, /* a position without a word */
};

struct told {
    uint32_t number; /* of the word */
    uint32_t part;
    uint32_t position;
};

/* {0} is empty. */
struct harvest {
    uint32_t *body; /* of all parts, without gap; the owner knows the words of each */
    size_t body_count, body_room;
    struct told *told; /* of one word, in order of part and position */
    size_t told_count, told_room;
};

/* Room for `count` more body words; false: no memory. */
bool harvest_reserve(struct harvest *harvest, size_t count);
bool harvest_tell(struct harvest *harvest, struct told told);
/* Bytes in use. */
size_t harvest_memory(const struct harvest *harvest);
/* Forget all; the memory is kept for what comes. */
void harvest_clear(struct harvest *harvest);
void harvest_release(struct harvest *harvest);

/* The places of each word, the words in a given order. */
struct sorted_harvest {
    const struct harvest *of; /* private, all */
    const uint32_t *part_words;
    uint32_t parts;
    uint32_t *places; /* of a body word the position counted through all parts; else which `told` */
    size_t *ends;     /* in places, by number of the word */
    uint64_t *starts; /* body words before each part, and one behind the last */
    uint32_t *parts_at; /* the part in which each PART_STEP-th position stands */
};

/* Words in the order of `order`, `words` of them. part_words: body words of each part, lent. */
MUST_USE enum status harvest_sort(const struct harvest *harvest, const uint32_t *order,
                                  uint32_t words, const uint32_t *part_words, uint32_t parts,
                                  struct sorted_harvest *sorted, struct fault *fault);
void sorted_harvest_release(struct sorted_harvest *sorted);

/* The places of one word, part after part. {0}, then harvest_walk_begin; release when done with
 * all words. */
struct harvest_walk {
    uint32_t part; /* POSTINGS_END behind the last */
    uint32_t count;
    uint32_t *positions; /* ascending, each once; valid until the next step */
    size_t room;         /* private from here */
    const struct sorted_harvest *of;
    size_t at, end;
    bool is_told;
};
/* is_body: the word stands in the body. before: where its places begin: sorted->ends of the
 * word before it in the order, 0 of the first. */
void harvest_walk_begin(struct harvest_walk *walk, const struct sorted_harvest *sorted,
                        uint32_t number, bool is_body, size_t before);
MUST_USE enum status harvest_walk_next(struct harvest_walk *walk, struct fault *fault);
void harvest_walk_release(struct harvest_walk *walk);

#endif

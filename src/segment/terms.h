/* terms.h - the term dictionary of a segment, sorted by key bytes.
 *
 * One dictionary holds body words (folded key as it is), furniture words (prefix \x01), and fields:
 * \x02 + field_word + \x1f + folded word of its value, or \x03 + field_word + \x1f + whole folded
 * value. Body keys never begin with a byte below 0x20. Pairs of words stand behind all of them and
 * are met by no walk.
 */
#ifndef SEGMENT_TERMS_H
#define SEGMENT_TERMS_H

#include "base/cursor.h"
#include "segment/segment.h"
#include "text/fold.h"

enum { TERM_KEY_MAX = 192 };

struct term {
    uint64_t occurrences;   /* collection frequency: word positions */
    uint32_t parts;         /* document frequency: parts that hold it */
    uint32_t most;          /* no part holds it more often; UINT32_MAX: not known */
    uint32_t fewest;        /* no part that holds it has fewer body words; 0: not known */
    uint64_t at;            /* its number in the segment, by key: what tells two terms apart */
    uint64_t list_at;       /* private: where its postings begin; of a single the part */
    uint64_t len;           /* private: bytes of them */
    uint64_t positions_at;  /* private: where its positions begin; of a single the position */
    uint64_t positions_len; /* private: bytes of them, where they stand apart */
    uint32_t blocks;        /* private: of a long list */
    uint8_t form;           /* private: enum term_form of inside.h */
    bool has_impacts;       /* private: of a long list */
};

/* NOT_FOUND (without words in fault) when no part holds the key. */
MUST_USE enum status segment_term(const struct segment *segment, struct bytes key,
                                  struct term *term, struct fault *fault);

/* The list of places where `second` stands directly behind `first` (both folded body keys; the
 * position is that of `first`, extras count), or NOT_FOUND (without words): this segment keeps no
 * list of the pair, which says nothing about whether it occurs. Lists are kept for pairs that are
 * frequent in the segment. */
MUST_USE enum status segment_pair(const struct segment *segment, struct bytes first,
                                  struct bytes second, struct term *term, struct fault *fault);

/* Walk the terms in key order from the first key >= `from` on. The key is valid until the next
 * step. */
struct term_walk {
    const struct segment *segment;
    struct bytes key;
    struct term term;
    bool ended;
    uint8_t held[TERM_KEY_MAX]; /* private */
    uint64_t next, limit;       /* private: the term that follows, and where the walk ends; every
                                   block counts as full */
    struct cursor rest;         /* private: of the block it stands in */
    uint64_t postings_at;       /* private: where the postings of the term that follows begin */
    uint64_t positions_at;      /* private: the same of its positions */
};
MUST_USE enum status term_walk_begin(struct term_walk *walk, const struct segment *segment,
                                     struct bytes from, struct fault *fault);
MUST_USE enum status term_walk_next(struct term_walk *walk, struct fault *fault);

/* Build keys into `out` (TERM_KEY_MAX bytes); answer their length. */
size_t term_key_furniture(struct bytes word, uint8_t *out);
size_t term_key_field_word(enum field_name field, struct bytes word, uint8_t *out);
size_t term_key_field_value(enum field_name field, struct bytes value,
                            uint8_t *out); /* folds the value */
/* Of two words, each at most FOLD_KEY_MAX bytes. */
size_t term_key_pair(struct bytes first, struct bytes second, uint8_t *out);

#endif

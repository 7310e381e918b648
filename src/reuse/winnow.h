/* winnow.h - the few shingles of a text that stand for all of it, and what two texts share from a
 * hit on.
 *
 * A shingle is SHINGLE_WORDS folded keys in a row; of every WINNOW shingles in a row the one with
 * the smallest hash is kept, the last of equals (Schleimer, Wilkerson, Aiken 2003, "Winnowing").
 * Two texts that share FOUND_WORDS words in a row therefore share a kept shingle within them.
 */
#ifndef REUSE_WINNOW_H
#define REUSE_WINNOW_H

#include "base/bytes.h"

enum { SHINGLE_WORDS = 5, WINNOW = 4, FOUND_WORDS = SHINGLE_WORDS + WINNOW - 1 };

/* A value type; {0} stands before the first word. */
struct winnow {
    uint64_t words[SHINGLE_WORDS]; /* private: of the last words, a ring */
    uint64_t ranks[SHINGLE_WORDS]; /* private */
    uint64_t shingles[WINNOW];     /* private: of the last shingles, a ring */
    uint64_t orders[WINNOW];       /* private: the least is kept */
    uint32_t count;                /* words so far */
    uint32_t kept;                 /* private: number of the last one kept, plus one */
};

/* Feed the next word: its keyed hash, which says what is the same, and a hash without key, which
 * says which shingle is kept (so that this does not change with the key). True when a shingle was
 * kept: its hash, and the number of its first word. */
bool winnow_add(struct winnow *winnow, uint64_t word, uint64_t rank, uint64_t *shingle,
                uint32_t *first);

/* Words of one text: hashes of their keys, with a mark on those that stand in header lines (From,
 * To, TAGS): they are compared as others are, but are neither counted nor weighed. Lent. */
#define WORD_IN_HEAD 0x80000000u
struct stretch {
    const uint32_t *words;
    uint32_t count;
};

/* How often each word stands in what is compared, by hash: words that share a slot count as one, so
 * that bits are never too many. */
struct rarity {
    uint32_t *counts; /* RARITY_SLOTS of them */
    uint64_t total;
};
enum { RARITY_SLOTS = 1 << 22 };
float rarity_bits(const struct rarity *rarity, uint32_t word);
static inline void rarity_count(struct rarity *rarity, uint32_t word)
{
    uint32_t *slot = &rarity->counts[word & (RARITY_SLOTS - 1)];
    *slot += *slot < UINT32_MAX;
    rarity->total++;
}

/* A passage that stands in both, with small differences: word numbers, ends exclusive. */
struct common {
    uint32_t a_start, a_end, b_start, b_end;
    uint32_t shared;      /* words that are the same on both sides, header lines apart */
    uint32_t differences; /* places between them where they part */
    float bits;           /* what the shared words say, COMMON_PART_BITS less for each difference */
};
#define COMMON_PART_BITS 6.0f

/* Grow from a word that is the same at `at_a` and `at_b`, both ways, over gaps of at most
 * COMMON_GAP words on either side behind which COMMON_AGAIN words are the same. `rarity` may be
 * NULL: no bits. */
enum { COMMON_GAP = 10, COMMON_AGAIN = 4 };
void common_grow(const struct stretch *a, const struct stretch *b, uint32_t at_a, uint32_t at_b,
                 const struct rarity *rarity, struct common *common);

#endif

/* dictionary.h - the words of a segment while it grows: keys, and where each occurred, in memory.
 *
 * An open-addressing table of 32-bit tags from a keyed hash, every hit verified by its key. A word,
 * its key and its first postings stand in one run of memory (most words occur once); further
 * postings go to chunks that double. The hash is the folded multiply of wyhash (Wang Yi, 2019)
 * under a random key, so that no document can choose collisions; the order of what comes out does
 * not depend on it.
 */
#ifndef SEGMENT_DICTIONARY_H
#define SEGMENT_DICTIONARY_H

#include "base/buffer.h"

struct dictionary;
struct word; /* opaque: one key and its postings */

struct occurrence {
    struct bytes key; /* 1 to TERM_KEY_MAX bytes, lent until dictionary_add returns */
    uint32_t position;
};

MUST_USE enum status dictionary_new(struct dictionary **dictionary, struct fault *fault);
void dictionary_free(struct dictionary *dictionary);
/* Forget all words and give their memory back. */
void dictionary_clear(struct dictionary *dictionary);

enum { DICTIONARY_BATCH = 32 };
/* Up to DICTIONARY_BATCH occurrences in one part. Parts ascend; of one key within a part, positions
 * ascend; the same place twice counts once. After a failure the dictionary is only good for
 * dictionary_clear. */
MUST_USE enum status dictionary_add(struct dictionary *dictionary, uint32_t part,
                                    const struct occurrence *occurrences, size_t count,
                                    struct fault *fault);
/* The word of one key, made if it is new; it stays where it is until the dictionary is cleared.
 * NULL: no memory. And one more place of it, as in dictionary_add; false: no memory. */
struct word *dictionary_word(struct dictionary *dictionary, struct bytes key);
bool word_add(struct dictionary *dictionary, struct word *word, uint32_t part, uint32_t position);
size_t dictionary_memory(const struct dictionary *dictionary);

/* All words by key, unsigned bytes ascending: an array of *count, to be freed by the caller. */
MUST_USE enum status dictionary_sorted(const struct dictionary *dictionary,
                                       const struct word ***words, size_t *count,
                                       struct fault *fault);
struct bytes word_key(const struct word *word);

/* Read one word's postings back, part by part. {0} plus word_walk_begin; release when done with all
 * words. */
struct word_walk {
    uint32_t part;
    uint32_t count;
    uint32_t *positions; /* count of them, valid until the next step */
    struct buffer copy;  /* private from here */
    size_t room;
    const uint8_t *at, *end;
    uint32_t pending; /* the part that follows */
};
MUST_USE enum status word_walk_begin(struct word_walk *walk, const struct word *word,
                                     struct fault *fault);
/* False in *found at the end. */
MUST_USE enum status word_walk_next(struct word_walk *walk, bool *found, struct fault *fault);
void word_walk_release(struct word_walk *walk);

#endif

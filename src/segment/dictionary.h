/* dictionary.h - the keys of a segment while it grows, each with a number in order of appearance.
 *
 * An open-addressing table; a slot holds the first eight bytes of its key, so that a short key is
 * compared without being looked at. The hash is the folded multiply of wyhash (Wang Yi, 2019) under
 * a random key, so that no document can choose collisions; neither the numbers nor the order of
 * what comes out depend on it.
 */
#ifndef SEGMENT_DICTIONARY_H
#define SEGMENT_DICTIONARY_H

#include "base/buffer.h"
#include "base/scoped.h"

struct dictionary;

/* A key to look up. `first` is dictionary_first of it, from wherever the caller has it. */
struct wanted {
    struct bytes key; /* 1 to TERM_KEY_MAX bytes, lent until dictionary_number returns */
    uint64_t first;
};

MUST_USE enum status dictionary_new(struct dictionary **dictionary, struct fault *fault);
void dictionary_free(struct dictionary *dictionary);
CLOSER(dictionary, dictionary_free)
/* Forget all keys and give their memory back. */
void dictionary_clear(struct dictionary *dictionary);
size_t dictionary_memory(const struct dictionary *dictionary);

/* The first eight bytes of a key as a little-endian number, zeros behind a shorter one. */
static inline uint64_t dictionary_first(struct bytes key)
{
    uint64_t first = 0;
    memcpy(&first, key.at, key.len < sizeof first ? key.len : sizeof first);
    return first;
}

enum { DICTIONARY_BATCH = 32, DICTIONARY_MAX = (1 << 30) - 1 };
/* Numbers of up to DICTIONARY_BATCH keys; a new key takes the next one. After a failure the
 * dictionary is only good for dictionary_clear. */
MUST_USE enum status dictionary_number(struct dictionary *dictionary, const struct wanted *wanted,
                                       size_t count, uint32_t *numbers, struct fault *fault);

uint32_t dictionary_count(const struct dictionary *dictionary);
/* Lent until the next dictionary_number. */
struct bytes dictionary_key(const struct dictionary *dictionary, uint32_t number);
/* The key of `number` will be asked for, and sooner that of `sooner`: ask memory for them now. */
void dictionary_expect(const struct dictionary *dictionary, uint32_t number, uint32_t sooner);
/* All numbers by key, unsigned bytes ascending: an array to be freed by the caller. */
MUST_USE enum status dictionary_sorted(const struct dictionary *dictionary, uint32_t **numbers,
                                       struct fault *fault);

#endif

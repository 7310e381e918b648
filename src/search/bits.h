/* bits.h - sets of parts of one segment, a bit each. */
#ifndef SEARCH_BITS_H
#define SEARCH_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BITS_END UINT32_MAX

static inline bool bits_has(const uint64_t *bits, uint32_t at)
{
    return (bits[at >> 6] >> (at & 63)) & 1;
}

static inline void bits_add(uint64_t *bits, uint32_t at)
{
    bits[at >> 6] |= UINT64_C(1) << (at & 63);
}

static inline void bits_remove(uint64_t *bits, uint32_t at)
{
    bits[at >> 6] &= ~(UINT64_C(1) << (at & 63));
}

/* The first member at or after `from`, BITS_END when there is none below `count`. */
static inline uint32_t bits_next(const uint64_t *bits, uint32_t from, uint32_t count)
{
    if (from >= count)
        return BITS_END;
    uint32_t word = from >> 6, words = (count + 63) >> 6;
    uint64_t rest = bits[word] & (~UINT64_C(0) << (from & 63));
    while (rest == 0 && ++word < words)
        rest = bits[word];
    if (rest == 0)
        return BITS_END;
    uint32_t found = (word << 6) + (uint32_t)__builtin_ctzll(rest);
    return found < count ? found : BITS_END;
}

/* Add `len` members, ascending, counted from `base`. */
void bits_add_all(uint64_t *bits, const uint32_t *members, size_t len, uint32_t base);

/* How many members `words` words hold; the same, of those in `with` too. By the machine's own
 * instruction where it has one, else as bits_count_plain. */
size_t bits_count(const uint64_t *bits, size_t words);
size_t bits_count_shared(const uint64_t *bits, const uint64_t *with, size_t words);
/* Warren, Hacker's Delight (2013) 5-1. */
size_t bits_count_plain(const uint64_t *bits, const uint64_t *with, size_t words);

#endif

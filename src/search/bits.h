/* bits.h - sets of parts of one segment, a bit each. */
#ifndef SEARCH_BITS_H
#define SEARCH_BITS_H

#include <stdbool.h>
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

#endif

#include "search/bits.h"

void bits_add_all(uint64_t *bits, const uint32_t *members, size_t len, uint32_t base)
{
    size_t i = 0;
    while (i < len) {
        uint32_t at = members[i] - base, word = at >> 6;
        uint64_t gathered = UINT64_C(1) << (at & 63);
        while (++i < len && (at = members[i] - base) >> 6 == word)
            gathered |= UINT64_C(1) << (at & 63);
        bits[word] |= gathered;
    }
}

static size_t count_word(uint64_t word)
{
    word -= (word >> 1) & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + ((word >> 2) & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0F0F0F0F0F0F0F0F);
    return (word * UINT64_C(0x0101010101010101)) >> 56;
}

size_t bits_count_plain(const uint64_t *bits, const uint64_t *with, size_t words)
{
    size_t sum = 0;
    for (size_t i = 0; i < words; i++)
        sum += count_word(with != NULL ? bits[i] & with[i] : bits[i]);
    return sum;
}

#if defined(__x86_64__)
__attribute__((target("popcnt"))) static size_t count_native(const uint64_t *bits,
                                                             const uint64_t *with, size_t words)
{
    size_t sum = 0;
    for (size_t i = 0; i < words; i++)
        sum += (size_t)__builtin_popcountll(with != NULL ? bits[i] & with[i] : bits[i]);
    return sum;
}

static bool has_native(void)
{
    return __builtin_cpu_supports("popcnt") != 0;
}
#else
static size_t count_native(const uint64_t *bits, const uint64_t *with, size_t words)
{
    return bits_count_plain(bits, with, words);
}

static bool has_native(void)
{
    return false;
}
#endif

size_t bits_count(const uint64_t *bits, size_t words)
{
    return bits_count_shared(bits, NULL, words);
}

size_t bits_count_shared(const uint64_t *bits, const uint64_t *with, size_t words)
{
    return has_native() ? count_native(bits, with, words) : bits_count_plain(bits, with, words);
}

#include "segment/bits.h"

#include <assert.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define FAST __attribute__((target("avx2,bmi,bmi2,popcnt")))
#endif
#define INLINE static inline __attribute__((always_inline))

enum { VECTOR_WIDTH = 25, LANES = 8, FEW = 24 };
/* So that a high part and its parameter fit 64 bits together. */
#define RUN_BITS_MAX ((uint64_t)1 << 33)

static inline uint64_t load64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

void bits_put(struct bit_writer *writer, uint64_t value, unsigned width)
{
    assert(width <= 56 && value >> width == 0);
    writer->waiting |= value << writer->count;
    writer->count += width;
    if (writer->count < 8)
        return;
    struct buffer *to = writer->to;
    unsigned whole = writer->count / 8;
    if (to->room - to->len < sizeof writer->waiting && !buffer_reserve(to, sizeof writer->waiting))
        return;
    memcpy(to->at + to->len, &writer->waiting, sizeof writer->waiting);
    to->len += whole;
    writer->waiting = whole < 8 ? writer->waiting >> (8 * whole) : 0;
    writer->count -= 8 * whole;
}

void bits_end(struct bit_writer *writer)
{
    if (writer->count > 0)
        bits_put(writer, 0, 8 - writer->count);
}

void bits_put_all(struct bit_writer *writer, const uint32_t *values, size_t count, unsigned width)
{
    for (size_t i = 0; i < count; i++)
        bits_put(writer, values[i], width);
}

unsigned bits_width(const uint32_t *values, size_t count)
{
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++)
        all |= values[i];
    return all == 0 ? 0 : 32 - (unsigned)__builtin_clz(all);
}

static uint64_t high_parts(const uint32_t *values, size_t count, unsigned parameter)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i] >> parameter;
    return sum;
}

/* From the parameter that fits the mean, downhill. */
unsigned rice_parameter(const uint32_t *values, size_t count, uint64_t *bits)
{
    *bits = 0;
    if (count == 0)
        return 0;
    uint64_t mean = high_parts(values, count, 0) / count;
    unsigned best = mean < 2 ? 0 : 63 - (unsigned)__builtin_clzll(mean);
    best = best > RICE_MAX ? RICE_MAX : best;
    uint64_t least = high_parts(values, count, best) + count * best;
    unsigned at = best;
    while (at > 0) {
        at--;
        uint64_t cost = high_parts(values, count, at) + count * at;
        if (cost > least)
            break;
        least = cost;
        best = at;
    }
    for (at = best + 1; at <= RICE_MAX; at++) {
        uint64_t cost = high_parts(values, count, at) + count * at;
        if (cost >= least)
            break;
        least = cost;
        best = at;
    }
    *bits = least + count;
    return best;
}

static void put_zeros(struct bit_writer *writer, uint64_t count)
{
    for (; count > 56; count -= 56)
        bits_put(writer, 0, 56);
    bits_put(writer, 0, (unsigned)count);
}

/* Bits gathered in a register; whole words go to memory that was reserved. */
struct gathered {
    uint8_t *to;
    uint64_t waiting;
    unsigned count; /* below 32 between calls */
};

static inline void gather(struct gathered *gathered, uint64_t value, unsigned width)
{
    gathered->waiting |= value << gathered->count;
    gathered->count += width;
    if (gathered->count >= 32) {
        memcpy(gathered->to, &gathered->waiting, sizeof gathered->waiting);
        gathered->to += 4;
        gathered->waiting >>= 32;
        gathered->count -= 32;
    }
}

static void put_low(struct bit_writer *writer, const uint32_t *values, size_t count, unsigned width)
{
    uint32_t mask = (uint32_t)(((uint64_t)1 << width) - 1);
    struct buffer *to = writer->to;
    if (!buffer_reserve(to, count * width / 8 + 2 * sizeof writer->waiting))
        return;
    struct gathered gathered = { to->at + to->len, writer->waiting, writer->count };
    for (size_t i = 0; i < count; i++)
        gather(&gathered, values[i] & mask, width);
    to->len = (size_t)(gathered.to - to->at);
    writer->waiting = gathered.waiting;
    writer->count = gathered.count;
    bits_put(writer, 0, 0);
}

/* As many values as have high parts that fit a register; answers how many. */
static size_t put_high(struct bit_writer *writer, const uint32_t *values, size_t count,
                       unsigned parameter)
{
    struct buffer *to = writer->to;
    size_t i = 0;
    if (!buffer_reserve(to, count * 4 + 2 * sizeof writer->waiting))
        return count;
    struct gathered gathered = { to->at + to->len, writer->waiting, writer->count };
    for (; i < count && values[i] >> parameter < 32; i++) {
        uint32_t high = values[i] >> parameter;
        gather(&gathered, (uint64_t)1 << high, high + 1);
    }
    to->len = (size_t)(gathered.to - to->at);
    writer->waiting = gathered.waiting;
    writer->count = gathered.count;
    bits_put(writer, 0, 0);
    return i;
}

void rice_put(struct bit_writer *writer, const uint32_t *values, size_t count, unsigned parameter)
{
    if (parameter > 0)
        put_low(writer, values, count, parameter);
    for (size_t i = 0; i < count && !writer->to->failed;) {
        i += put_high(writer, values + i, count - i, parameter);
        if (i < count) {
            put_zeros(writer, values[i++] >> parameter);
            bits_put(writer, 1, 1);
        }
    }
}

void bits_read_scalar(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count)
{
    uint64_t mask = ((uint64_t)1 << width) - 1;
    for (size_t i = 0; i < count; i++, bit += width)
        to[i] = (uint32_t)(load64(at + (bit >> 3)) >> (bit & 7) & mask);
}

#if defined(__x86_64__)
/* Four numbers from bit `bit` (0 to 7) of sixteen bytes: each lane takes the four bytes in which
 * its number lies. */
struct lanes {
    __m128i bytes, shifts;
};

FAST static struct lanes lanes_make(unsigned bit, unsigned width)
{
    __m128i bits =
        _mm_add_epi32(_mm_mullo_epi32(_mm_setr_epi32(0, 1, 2, 3), _mm_set1_epi32((int)width)),
                      _mm_set1_epi32((int)bit));
    __m128i first = _mm_srli_epi32(bits, 3);
    __m128i spread = _mm_mullo_epi32(first, _mm_set1_epi32(0x01010101));
    return (struct lanes){ _mm_add_epi32(spread, _mm_set1_epi32(0x03020100)),
                           _mm_and_si128(bits, _mm_set1_epi32(7)) };
}

FAST static __m128i lanes_read(const uint8_t *at, struct lanes lanes, __m128i mask)
{
    __m128i raw = _mm_loadu_si128((const __m128i *)(const void *)at);
    __m128i words = _mm_shuffle_epi8(raw, lanes.bytes);
    return _mm_and_si128(_mm_srlv_epi32(words, lanes.shifts), mask);
}

FAST void bits_read_vector(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to,
                           size_t count)
{
    unsigned first = (unsigned)(bit & 7), second = first + 4 * width;
    struct lanes low = lanes_make(first, width), high = lanes_make(second & 7, width);
    __m128i mask = _mm_set1_epi32((int)((1u << width) - 1));
    const uint8_t *from = at + (bit >> 3);
    size_t i = 0;
    for (; i + LANES <= count; i += LANES, from += width) {
        _mm_storeu_si128((__m128i *)(void *)(to + i), lanes_read(from, low, mask));
        _mm_storeu_si128((__m128i *)(void *)(to + i + 4),
                         lanes_read(from + (second >> 3), high, mask));
    }
    bits_read_scalar(at, bit + i * width, width, to + i, count - i);
}

bool bits_have_vectors(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}
#else
void bits_read_vector(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count)
{
    bits_read_scalar(at, bit, width, to, count);
}

bool bits_have_vectors(void)
{
    return false;
}
#endif

void bits_read(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count)
{
    if (count >= LANES && width <= VECTOR_WIDTH && bits_have_vectors())
        bits_read_vector(at, bit, width, to, count);
    else
        bits_read_scalar(at, bit, width, to, count);
}

bool rice_begin(struct rice *rice, struct bytes bytes, uint64_t bit, uint64_t count,
                unsigned parameter)
{
    *rice = (struct rice){ .at = bytes.at,
                           .end = (uint64_t)bytes.len * 8,
                           .low = bit,
                           .high = bit + count * parameter,
                           .count = count,
                           .parameter = parameter };
    return parameter <= RICE_MAX && count <= UINT32_MAX && rice->high <= rice->end &&
           rice->end <= RUN_BITS_MAX;
}

/* High parts of `count` numbers into to[], above the low parts that stand there. */
INLINE bool read_high(struct rice *rice, uint32_t *to, size_t count)
{
    uint64_t base = rice->high, expected = base, over = 0;
    unsigned parameter = rice->parameter;
    size_t i = 0;
    while (i < count && base < rice->end) {
        uint64_t word = load64(rice->at + (base >> 3)) >> (base & 7);
        for (; word != 0 && i < count; word &= word - 1) {
            uint64_t one = base + (unsigned)__builtin_ctzll(word);
            uint64_t value = (one - expected) << parameter | to[i];
            over |= value;
            to[i++] = (uint32_t)value;
            expected = one + 1;
        }
        base += 64 - (base & 7);
    }
    rice->high = expected;
    return i == count && expected <= rice->end && over >> 32 == 0;
}

INLINE bool skip_high(struct rice *rice, uint64_t count)
{
    uint64_t base = rice->high;
    while (count > 0 && base < rice->end) {
        uint64_t word = load64(rice->at + (base >> 3)) >> (base & 7);
        unsigned ones = (unsigned)__builtin_popcountll(word);
        if (ones < count) {
            count -= ones;
            base += 64 - (base & 7);
            continue;
        }
        for (; count > 1; count--)
            word &= word - 1;
        base += (unsigned)__builtin_ctzll(word) + 1;
        count = 0;
    }
    rice->high = base;
    return count == 0 && base <= rice->end;
}

#if defined(__x86_64__)
FAST static bool read_high_fast(struct rice *rice, uint32_t *to, size_t count)
{
    return read_high(rice, to, count);
}

FAST static bool skip_high_fast(struct rice *rice, uint64_t count)
{
    return skip_high(rice, count);
}
#else
#define read_high_fast read_high
#define skip_high_fast skip_high
#endif

/* A few numbers, low and high parts at once. */
static bool read_few(struct rice *rice, uint32_t *to, size_t count)
{
    unsigned parameter = rice->parameter;
    uint64_t mask = ((uint64_t)1 << parameter) - 1, over = 0;
    uint64_t low = rice->low + rice->next * parameter, base = rice->high, expected = base;
    size_t i = 0;
    while (i < count && base < rice->end) {
        uint64_t word = load64(rice->at + (base >> 3)) >> (base & 7);
        for (; word != 0 && i < count; word &= word - 1, low += parameter) {
            uint64_t one = base + (unsigned)__builtin_ctzll(word);
            uint64_t bits = load64(rice->at + (low >> 3)) >> (low & 7) & mask;
            uint64_t value = (one - expected) << parameter | bits;
            over |= value;
            to[i++] = (uint32_t)value;
            expected = one + 1;
        }
        base += 64 - (base & 7);
    }
    rice->high = expected;
    rice->next += count;
    return i == count && expected <= rice->end && over >> 32 == 0;
}

bool rice_read(struct rice *rice, uint32_t *to, size_t count)
{
    if (count > rice->count - rice->next)
        return false;
    if (count <= FEW)
        return read_few(rice, to, count);
    bits_read(rice->at, rice->low + rice->next * rice->parameter, rice->parameter, to, count);
    rice->next += count;
    return bits_have_vectors() ? read_high_fast(rice, to, count) : read_high(rice, to, count);
}

bool rice_skip(struct rice *rice, uint64_t count)
{
    if (count == 0)
        return true;
    if (count > rice->count - rice->next)
        return false;
    rice->next += count;
    return bits_have_vectors() ? skip_high_fast(rice, count) : skip_high(rice, count);
}

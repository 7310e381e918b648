/* bits.h - numbers packed by bits: runs of one width, and Rice codes that can be entered anywhere.
 *
 * A Rice run of n numbers with parameter k is n low parts of k bits, then for each number its high
 * part in unary: as many zeros, and a one (R. F. Rice, JPL 79-22, with the two halves set apart as
 * in Elias-Fano codes). The low part of any number lies where its index says; its high part is
 * found by counting ones. Bits fill bytes from the lowest.
 *
 * Readers load up to BITS_SLACK bytes behind a run, which must lie in memory, and use none of them.
 */
#ifndef SEGMENT_BITS_H
#define SEGMENT_BITS_H

#include "base/buffer.h"

enum { BITS_SLACK = 32, RICE_MAX = 31 };

struct bit_writer {
    struct buffer *to;
    uint64_t waiting; /* private */
    unsigned count;   /* private: bits that wait, below 8 between calls */
};

/* width <= 56; value below 2^width. */
void bits_put(struct bit_writer *writer, uint64_t value, unsigned width);
/* Fill the last byte with zeros. */
void bits_end(struct bit_writer *writer);
/* Numbers of `width` <= 32 bits each. */
void bits_put_all(struct bit_writer *writer, const uint32_t *values, size_t count, unsigned width);
/* Bits that the largest of them takes. */
unsigned bits_width(const uint32_t *values, size_t count);

/* The parameter that makes the run (nearly) shortest; the same for the same numbers. *bits: its
 * length. */
unsigned rice_parameter(const uint32_t *values, size_t count, uint64_t *bits);
void rice_put(struct bit_writer *writer, const uint32_t *values, size_t count, unsigned parameter);

/* `count` numbers of `width` <= 32 bits from bit `bit` of `at` on. The one decides by itself; the
 * others are its kernels, which agree: vectors want AVX2 and width <= 25. */
void bits_read(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count);
void bits_read_scalar(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count);
void bits_read_vector(const uint8_t *at, uint64_t bit, unsigned width, uint32_t *to, size_t count);
bool bits_have_vectors(void);

/* A Rice run being read. A value type. */
struct rice {
    const uint8_t *at;  /* private from here */
    uint64_t end;       /* bits of the bytes given */
    uint64_t low, high; /* bits: the first low part; the next high part */
    uint64_t count;     /* numbers of the run */
    uint64_t next;      /* index of the number that follows */
    unsigned parameter;
};

/* Numbers from bit `bit` of the bytes on. False when their low parts lead outside. */
bool rice_begin(struct rice *rice, struct bytes bytes, uint64_t bit, uint64_t count,
                unsigned parameter);
/* The numbers that follow. False when fewer follow, when they lead outside, or when one does not
 * fit 32 bits. */
bool rice_read(struct rice *rice, uint32_t *to, size_t count);
bool rice_skip(struct rice *rice, uint64_t count);
/* The first bit behind the last number read: of the run, when all are. */
static inline uint64_t rice_end(const struct rice *rice)
{
    return rice->high;
}

#endif

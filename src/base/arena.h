/* arena.h - memory for things that die together: one arena per query, chunk or request.
 *
 * A value type: {0} is a valid empty one. What it lends is valid until arena_clear or
 * arena_release. Blocks are aligned to 16 bytes and zeroed.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/bytes.h"

struct arena {
    struct arena_block *blocks; /* private */
    size_t used;                /* private: bytes used in the first block */
    size_t total;               /* bytes held from the system */
};

/* `len` zeroed bytes, or NULL when memory runs out. */
void *arena_alloc(struct arena *arena, size_t len);
/* `count` zeroed items of `size` bytes; NULL on overflow or when memory runs out. */
void *arena_alloc_many(struct arena *arena, size_t count, size_t size);
/* A copy of the bytes, with a NUL after it that is not counted. at == NULL when memory runs out. */
struct bytes arena_copy(struct arena *arena, struct bytes bytes);
/* A NUL-terminated copy, or NULL. */
char *arena_string(struct arena *arena, struct bytes bytes);
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Forget all; keep one block for reuse. */
void arena_clear(struct arena *arena);
void arena_release(struct arena *arena);

#endif

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { ALIGNMENT = 16, FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024 };

struct arena_block {
    struct arena_block *next;
    size_t len; /* of `content` */
    _Alignas(ALIGNMENT) uint8_t content[];
};

static struct arena_block *block_new(struct arena *arena, size_t len)
{
    struct arena_block *block = calloc(1, sizeof *block + len);
    if (block == NULL)
        return NULL;
    block->len = len;
    arena->total += sizeof *block + len;
    return block;
}

static size_t next_block_len(const struct arena *arena)
{
    if (arena->blocks == NULL)
        return FIRST_BLOCK;
    size_t doubled = arena->blocks->len * 2;
    return doubled < LARGEST_BLOCK ? doubled : LARGEST_BLOCK;
}

/* A block of its own for what is large, behind the first, which goes on being filled. */
static void *alloc_alone(struct arena *arena, size_t len)
{
    struct arena_block *block = block_new(arena, len);
    if (block == NULL)
        return NULL;
    block->next = arena->blocks->next;
    arena->blocks->next = block;
    return block->content;
}

static bool push_block(struct arena *arena, size_t len)
{
    struct arena_block *block = block_new(arena, len);
    if (block == NULL)
        return false;
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
    return true;
}

void *arena_alloc(struct arena *arena, size_t len)
{
    if (len > SIZE_MAX / 2)
        return NULL;
    size_t rounded = len == 0 ? ALIGNMENT : (len + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (arena->blocks == NULL && !push_block(arena, FIRST_BLOCK))
        return NULL;
    if (rounded > arena->blocks->len - arena->used) {
        if (rounded > next_block_len(arena) / 4)
            return alloc_alone(arena, rounded);
        if (!push_block(arena, next_block_len(arena)))
            return NULL;
    }
    void *lent = arena->blocks->content + arena->used;
    arena->used += rounded;
    return lent;
}

void *arena_alloc_many(struct arena *arena, size_t count, size_t size)
{
    size_t len;
    return __builtin_mul_overflow(count, size, &len) ? NULL : arena_alloc(arena, len);
}

struct bytes arena_copy(struct arena *arena, struct bytes bytes)
{
    return (struct bytes){ (const uint8_t *)arena_string(arena, bytes), bytes.len };
}

char *arena_string(struct arena *arena, struct bytes bytes)
{
    char *copy = bytes.len == SIZE_MAX ? NULL : arena_alloc(arena, bytes.len + 1);
    if (copy != NULL && bytes.len > 0)
        memcpy(copy, bytes.at, bytes.len);
    return copy;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int len = vsnprintf(NULL, 0, format, values);
    char *string = len < 0 ? NULL : arena_alloc(arena, (size_t)len + 1);
    if (string != NULL)
        vsnprintf(string, (size_t)len + 1, format, again);
    va_end(again);
    va_end(values);
    return string;
}

static void free_blocks(struct arena *arena, struct arena_block *block)
{
    while (block != NULL) {
        struct arena_block *next = block->next;
        arena->total -= sizeof *block + block->len;
        free(block);
        block = next;
    }
}

void arena_clear(struct arena *arena)
{
    if (arena->blocks == NULL)
        return;
    free_blocks(arena, arena->blocks->next);
    arena->blocks->next = NULL;
    memset(arena->blocks->content, 0, arena->used);
    arena->used = 0;
}

void arena_release(struct arena *arena)
{
    free_blocks(arena, arena->blocks);
    *arena = (struct arena){ 0 };
}

#include "readers/pdf_memory.h"

#include <stdbool.h>
#include <stdlib.h>

/* In front of every block; its size keeps the block aligned to 16. */
struct pdf_block {
    struct pdf_block *before;
    struct pdf_block *next;
    size_t len;
    size_t padding;
};

static void unlink_block(struct pdf_memory *memory, struct pdf_block *block)
{
    if (block->before)
        block->before->next = block->next;
    else
        memory->blocks = block->next;
    if (block->next)
        block->next->before = block->before;
    memory->held -= block->len;
}

static void *link_block(struct pdf_memory *memory, struct pdf_block *block, size_t len)
{
    *block = (struct pdf_block){ .next = memory->blocks, .len = len };
    if (block->next)
        block->next->before = block;
    memory->blocks = block;
    memory->held += len;
    return block + 1;
}

static bool has_room(const struct pdf_memory *memory, size_t len)
{
    return len <= PDF_MEMORY_MAX && memory->held <= PDF_MEMORY_MAX - len;
}

static void *take_block(void *context, size_t len)
{
    struct pdf_memory *memory = context;
    struct pdf_block *block = has_room(memory, len) ? malloc(sizeof *block + len) : NULL;
    return block ? link_block(memory, block, len) : NULL;
}

static void drop_block(void *context, void *at)
{
    if (!at)
        return;
    struct pdf_block *block = (struct pdf_block *)at - 1;
    unlink_block(context, block);
    free(block);
}

static void *resize_block(void *context, void *at, size_t len)
{
    struct pdf_memory *memory = context;
    if (!at)
        return take_block(context, len);
    struct pdf_block *block = (struct pdf_block *)at - 1;
    size_t before = block->len;
    if (len > before && !has_room(memory, len - before))
        return NULL;
    unlink_block(memory, block);
    struct pdf_block *moved = realloc(block, sizeof *block + len);
    if (moved)
        return link_block(memory, moved, len);
    link_block(memory, block, before);
    return NULL;
}

void pdf_memory_begin(struct pdf_memory *memory)
{
    *memory = (struct pdf_memory){ .calls = { .user = memory,
                                              .malloc = take_block,
                                              .realloc = resize_block,
                                              .free = drop_block } };
}

void pdf_memory_release(struct pdf_memory *memory)
{
    while (memory->blocks)
        drop_block(memory, memory->blocks + 1);
}

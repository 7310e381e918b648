#include "archive/shapes.h"

#include <stdatomic.h>

struct shapes {
    const struct segment *segment;
    uint32_t parts;
    size_t count;
    _Atomic(struct shape_chunk *) chunks[];
};

enum status shapes_new(const struct segment *segment, struct shapes **shapes, struct fault *fault)
{
    uint32_t parts = segment_part_count(segment);
    size_t count = (size_t)parts / SHAPES_CHUNK + 1;
    struct shapes *made = calloc(1, sizeof *made + count * sizeof made->chunks[0]);
    if (made == NULL)
        return no_memory(fault);
    made->segment = segment;
    made->parts = parts;
    made->count = count;
    *shapes = made;
    return OK;
}

static void chunk_free(struct shape_chunk *chunk)
{
    if (chunk != NULL)
        free(chunk->heads);
    free(chunk);
}
CLOSER(shape_chunk, chunk_free)

void shapes_free(struct shapes *shapes)
{
    if (shapes == NULL)
        return;
    for (size_t i = 0; i < shapes->count; i++)
        chunk_free(atomic_load(&shapes->chunks[i]));
    free(shapes);
}

static void keep_shape(struct shape_chunk *chunk, uint32_t i, const struct part_shape *shape)
{
    const struct columns *columns = &shape->columns;
    chunk->words[i] = shape->words;
    chunk->dates[i] = columns->date;
    chunk->flags[i] = columns->flags;
    chunk->class_ranks[i] = columns->class_rank;
    chunk->kinds[i] = columns->kind;
    if (columns->date == COLUMN_NO_DATE || columns->flags & COLUMN_DATE_INFERRED)
        chunk->undated[i / 64] |= UINT64_C(1) << i % 64;
}

/* The first of the parts around `part` that belong to one document. */
static enum status find_head(const struct segment *segment, uint32_t part, uint32_t *head,
                             struct fault *fault)
{
    struct part_shape shape, before;
    TRY(segment_part(segment, part, &shape, fault));
    for (*head = part; *head > 0; --*head) {
        TRY(segment_part(segment, *head - 1, &before, fault));
        if (before.columns.document != shape.columns.document)
            return OK;
    }
    return OK;
}

static enum status find_limit(const struct segment *segment, uint64_t document, uint32_t from,
                              uint32_t *limit, struct fault *fault)
{
    uint32_t parts = segment_part_count(segment);
    for (*limit = from; *limit < parts; ++*limit) {
        struct part_shape shape;
        TRY(segment_part(segment, *limit, &shape, fault));
        if (shape.columns.document != document)
            return OK;
    }
    return OK;
}

static enum status fill(const struct segment *segment, struct shape_chunk *chunk,
                        struct fault *fault)
{
    uint64_t document = 0;
    uint32_t head, end = chunk->base + chunk->count;
    bool is_flat = true;
    chunk->first = end;
    TRY(find_head(segment, chunk->base, &head, fault));
    is_flat = head == chunk->base;
    for (uint32_t i = 0; i < chunk->count; i++) {
        struct part_shape shape;
        TRY(segment_part(segment, chunk->base + i, &shape, fault));
        keep_shape(chunk, i, &shape);
        if (i > 0 && shape.columns.document != document)
            head = chunk->base + i;
        document = shape.columns.document;
        chunk->heads[i] = head;
        is_flat &= head == chunk->base + i;
        if (head >= chunk->base && chunk->first == end)
            chunk->first = head;
        if (head == chunk->base + i && shape.columns.part > 1)
            chunk->later[i / 64] |= UINT64_C(1) << i % 64;
    }
    chunk->limit = end;
    if (head >= chunk->base)
        TRY(find_limit(segment, document, end, &chunk->limit, fault));
    if (is_flat && chunk->limit == end) {
        free(chunk->heads);
        chunk->heads = NULL;
    }
    return OK;
}

enum status shapes_chunk(const struct shapes *shapes, uint32_t part,
                         const struct shape_chunk **chunk, struct fault *fault)
{
    _Atomic(struct shape_chunk *) *at =
        (_Atomic(struct shape_chunk *) *)&shapes->chunks[part / SHAPES_CHUNK];
    struct shape_chunk *none = NULL;
    if ((*chunk = atomic_load_explicit(at, memory_order_acquire)) != NULL)
        return OK;
    CLOSED(chunk_free) struct shape_chunk *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    made->base = part / SHAPES_CHUNK * SHAPES_CHUNK;
    made->count =
        shapes->parts - made->base < SHAPES_CHUNK ? shapes->parts - made->base : SHAPES_CHUNK;
    made->heads = calloc(SHAPES_CHUNK, sizeof *made->heads);
    if (made->heads == NULL)
        return no_memory(fault);
    TRY(fill(shapes->segment, made, fault));
    *chunk = made;
    if (atomic_compare_exchange_strong(at, &none, made))
        made = NULL;
    else
        *chunk = none;
    return OK;
}

#include "search/window.h"

enum status window_enter(struct window *window, uint32_t part, struct fault *fault)
{
    TRY(shapes_chunk(window->shapes, part, &window->chunk, fault));
    const struct shape_chunk *chunk = window->chunk;
    window->base = chunk->base;
    window->first = chunk->first;
    window->limit = chunk->limit;
    window->is_flat = chunk->heads == NULL;
    size_t words = (chunk->count + (size_t)63) / 64;
    memset(window->seen, 0, sizeof window->seen);
    memcpy(window->seen, window->seen_parts + chunk->base / 64, words * sizeof *window->seen);
    window->is_whole = bits_count(window->seen, words) == chunk->count;
    return OK;
}

enum status window_head(const struct window *window, uint32_t part, uint32_t *head, uint32_t *words,
                        struct fault *fault)
{
    const struct shape_chunk *chunk = window->chunk;
    if (chunk == NULL || part - chunk->base >= chunk->count)
        TRY(shapes_chunk(window->shapes, part, &chunk, fault));
    *head = chunk->heads != NULL ? chunk->heads[part - chunk->base] : part;
    *words = chunk->words[part - chunk->base];
    return OK;
}

uint32_t window_end(const struct window *window, uint32_t head)
{
    const struct shape_chunk *chunk = window->chunk;
    uint32_t end = head + 1, behind = chunk->base + chunk->count;
    while (chunk->heads != NULL && end < behind && chunk->heads[end - chunk->base] == head)
        end++;
    return chunk->heads != NULL && end == behind ? chunk->limit : end;
}

enum status window_heads(const struct window *window, uint64_t heads[WINDOW_WORDS],
                         struct fault *fault)
{
    if (window->is_flat) {
        memcpy(heads, window->seen, sizeof window->seen);
        return OK;
    }
    memset(heads, 0, sizeof window->seen);
    for (uint32_t part = bits_next(window->seen_parts, window->first, window->limit);
         part != BITS_END; part = bits_next(window->seen_parts, part + 1, window->limit)) {
        uint32_t head, words;
        TRY(window_head(window, part, &head, &words, fault));
        bits_add(heads, head - window->base);
    }
    return OK;
}

enum status window_is_plain(const struct window *window, bool *plain, struct fault *fault)
{
    *plain = bits_count(window->seen_parts, ((size_t)window->parts + 63) / 64) == window->parts;
    for (uint32_t part = 0; part < window->parts && *plain; part += WINDOW) {
        const struct shape_chunk *chunk;
        TRY(shapes_chunk(window->shapes, part, &chunk, fault));
        uint64_t later = 0;
        for (size_t i = 0; i < WINDOW_WORDS; i++)
            later |= chunk->later[i];
        *plain = chunk->heads == NULL && later == 0;
    }
    return OK;
}

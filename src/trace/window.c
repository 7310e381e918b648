#include "trace/window.h"

#include "trace/quote.h"

bool window_stands_in(const struct window *window, enum span_kind kind, uint32_t at)
{
    for (size_t i = 0; i < window->span_count; i++) {
        const struct span *span = &window->spans[i];
        if (span->start > at)
            break;
        if (span->kind == kind && at < span->end)
            return true;
    }
    return false;
}

/* The spans that touch [base, base + len), with offsets from base. */
static enum status window_spans(const struct source *source, struct window *window,
                                struct arena *arena, struct fault *fault)
{
    const struct span *all = NULL;
    size_t total = 0, count = 0;
    uint32_t base = window->base, end = base + (uint32_t)window->text.len;
    TRY(source->spans(source->self, window->segment, window->number, &all, &total, fault));
    for (size_t i = 0; i < total && all[i].start < end; i++)
        count += all[i].end > base;
    struct span *spans = arena_alloc_many(arena, count + 1, sizeof *spans);
    if (spans == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < total && all[i].start < end; i++) {
        if (all[i].end <= base)
            continue;
        struct span *span = &spans[window->span_count++];
        span->kind = all[i].kind;
        span->start = all[i].start > base ? all[i].start - base : 0;
        span->end = (all[i].end < end ? all[i].end : end) - base;
    }
    window->spans = spans;
    return OK;
}

static bool window_word_from_token(struct window_word *word, const struct token *token,
                                   struct arena *arena)
{
    struct bytes key = arena_copy(arena, token_key(token));
    if (key.at == NULL)
        return false;
    if (token->flags & TOKEN_EXTRA) {
        if (word->key_count < NODE_KEYS)
            word->keys[word->key_count++] = key;
        return true;
    }
    *word = (struct window_word){ .start = token->start,
                                  .end = token->end,
                                  .flags = token->flags,
                                  .key_count = 1,
                                  .keys = { key } };
    word->hash = key_hash(key);
    word->canonical = key_canonical_hash(key);
    return true;
}

static void window_marks_states(struct window *window)
{
    for (size_t i = 0; i < window->span_count; i++) {
        const struct span *span = &window->spans[i];
        uint8_t state = span->kind == SPAN_DOUBTFUL   ? WORD_DOUBTFUL
                        : span->kind == SPAN_WITHHELD ? WORD_WITHHELD
                                                      : 0;
        for (size_t w = 0; state != 0 && w < window->count; w++)
            if (window->words[w].end > span->start && window->words[w].start < span->end)
                window->words[w].state |= state;
    }
}

static enum status window_tokenise(struct window *window, uint32_t low, uint32_t high,
                                   const struct source_mark *mark, struct arena *arena,
                                   struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    struct window_word *word = NULL;
    window->words = arena_alloc_many(arena, (size_t)(high - low) + 1, sizeof *window->words);
    if (window->words == NULL)
        return no_memory(fault);
    window->first = low;
    tokenizer_resume(&tokenizer, window->text, window->spans, window->span_count, 0, mark->position,
                     mark->furniture_position);
    while (tokenizer_next(&tokenizer, &token)) {
        if ((token.flags & TOKEN_FURNITURE) || token.position < low)
            continue;
        if (token.position >= high)
            break;
        bool is_extra = (token.flags & TOKEN_EXTRA) != 0;
        if (is_extra && word == NULL)
            continue;
        if (!is_extra)
            word = &window->words[token.position - low];
        if (!window_word_from_token(word, &token, arena))
            return no_memory(fault);
        if (!is_extra)
            window->count = token.position - low + 1;
    }
    window_marks_states(window);
    return OK;
}

enum status window_open(const struct source *source, size_t segment, uint32_t number, uint32_t low,
                        uint32_t high, struct arena *arena, struct window *window,
                        struct fault *fault)
{
    struct source_mark from, behind;
    *window = (struct window){ .segment = segment, .number = number };
    TRY(source->part(source->self, segment, number, &window->part, fault));
    low = low > WINDOW_CONTEXT ? low - WINDOW_CONTEXT : 0;
    high = high + WINDOW_CONTEXT < window->part.words ? high + WINDOW_CONTEXT : window->part.words;
    if (low >= high)
        return OK;
    TRY(source->mark(source->self, segment, number, low, &from, fault));
    uint32_t end = window->part.text_len;
    if (high + 513 < window->part.words) {
        TRY(source->mark(source->self, segment, number, high + 513, &behind, fault));
        end = behind.byte;
    }
    struct buffer text = { 0 };
    enum status result = end < from.byte ? OK
                                         : source->text(source->self, segment, number, from.byte,
                                                        end - from.byte, &text, fault);
    if (result == OK)
        result = buffer_check(&text, fault);
    window->base = from.byte;
    window->text = arena_copy(arena, buffer_bytes(&text));
    buffer_release(&text);
    TRY(result);
    if (window->text.at == NULL)
        return no_memory(fault);
    TRY(window_spans(source, window, arena, fault));
    return window_tokenise(window, low, high, &from, arena, fault);
}

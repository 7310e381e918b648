/* Any bytes as text, the first few as spans: the tokens must be inside, in order and the same when
 * resumed. */
#include <stdlib.h>

#include "text/tokenize.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

enum { SPANS = 4 };

static size_t spans_make(const uint8_t *at, uint32_t text_len, struct span spans[SPANS])
{
    static const enum span_kind kinds[] = { SPAN_FURNITURE, SPAN_PARAGRAPH, SPAN_HEADING,
                                            SPAN_NOTE };
    uint32_t start = 0;
    for (size_t i = 0; i < SPANS; i++) {
        start += at[2 * i] / 4;
        uint32_t end = start + at[2 * i + 1] / 2;
        if (end > text_len)
            return i;
        spans[i] = (struct span){ .kind = kinds[at[2 * i] % 4], .start = start, .end = end };
        if (i > 0 && start == spans[i - 1].start && end > spans[i - 1].end)
            return i;
    }
    return SPANS;
}

static void resume(struct bytes text, const struct span *spans, size_t count,
                   const struct token *expected)
{
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_resume(&tokenizer, text, spans, count, expected->start, expected->position,
                     expected->position);
    if (!tokenizer_next(&tokenizer, &token) || token.start != expected->start ||
        token.end != expected->end || token.flags != expected->flags ||
        token.position != expected->position ||
        !bytes_equal(token_key(&token), token_key(expected)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct span spans[SPANS];
    struct tokenizer tokenizer;
    struct token token;
    uint32_t last = 0;
    if (len < 2 * SPANS || len > 4096)
        return 0;
    struct bytes text = bytes_make(at + 2 * SPANS, len - 2 * SPANS);
    size_t count = spans_make(at, (uint32_t)text.len, spans);
    tokenizer_begin(&tokenizer, text, spans, count);
    for (size_t i = 0; tokenizer_next(&tokenizer, &token); i++) {
        if (token.end <= token.start || token.end > text.len || token.key_len == 0 || i > 8 * len)
            abort();
        if (token.flags & TOKEN_EXTRA)
            continue;
        if (token.start < last)
            abort();
        last = token.start;
        if (i % 8 == 0)
            resume(text, spans, count, &token);
    }
    return 0;
}

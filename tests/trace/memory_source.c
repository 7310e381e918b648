#include "memory_source.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "text/tokenize.h"

struct memory_part {
    struct bytes text;
    const struct span *spans;
    size_t span_count;
    struct token *tokens; /* body words and their extras */
    size_t count;
    uint32_t words;
};

struct memory_source {
    struct arena arena;
    struct memory_part *parts;
    size_t count, room;
    uint64_t words;
};

struct memory_walk {
    struct walk walk;
    struct memory_source *source;
    struct bytes key;
};

struct memory_source *memory_source_new(void)
{
    return calloc(1, sizeof(struct memory_source));
}

void memory_source_free(void *self)
{
    struct memory_source *source = self;
    for (size_t i = 0; i < source->count; i++)
        free(source->parts[i].tokens);
    free(source->parts);
    arena_release(&source->arena);
    free(source);
}

uint64_t memory_source_add(struct memory_source *source, const char *text, const struct span *spans,
                           size_t span_count)
{
    struct tokenizer tokenizer;
    struct token token;
    struct memory_part part = { .span_count = span_count };
    size_t room = 0;
    struct span *copy = arena_alloc_many(&source->arena, span_count + 1, sizeof *copy);
    if (span_count > 0)
        memcpy(copy, spans, span_count * sizeof *copy);
    part.spans = copy;
    part.text = arena_copy(&source->arena, bytes_from_string(text));
    tokenizer_begin(&tokenizer, part.text, part.spans, span_count);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.flags & TOKEN_FURNITURE)
            continue;
        bool grown = GROW(part.tokens, room, part.count);
        assert(grown);
        (void)grown;
        part.tokens[part.count++] = token;
        part.words += (token.flags & TOKEN_EXTRA) == 0;
    }
    bool grown = GROW(source->parts, source->room, source->count);
    assert(grown);
    (void)grown;
    source->parts[source->count++] = part;
    source->words += part.words;
    return source->count;
}

static uint32_t uses_in(const struct memory_part *part, struct bytes key)
{
    uint32_t count = 0;
    for (size_t i = 0; i < part->count; i++)
        count += bytes_equal(token_key(&part->tokens[i]), key);
    return count;
}

static enum status memory_term(void *self, size_t segment, struct bytes key, uint64_t *occurrences,
                               uint32_t *parts, struct fault *fault)
{
    struct memory_source *source = self;
    (void)segment, (void)fault;
    *occurrences = 0;
    *parts = 0;
    for (size_t i = 0; i < source->count; i++) {
        uint32_t here = uses_in(&source->parts[i], key);
        *occurrences += here;
        *parts += here > 0;
    }
    return OK;
}

static enum status memory_seek(void *self, struct walk *walk, uint32_t part, struct fault *fault)
{
    struct memory_walk *at = (struct memory_walk *)walk;
    (void)self, (void)fault;
    for (; part < at->source->count; part++) {
        walk->count = uses_in(&at->source->parts[part], at->key);
        if (walk->count > 0)
            break;
    }
    walk->part = part < at->source->count ? part : WALK_END;
    return OK;
}

static enum status memory_walk(void *self, size_t segment, struct bytes key, struct arena *arena,
                               struct walk **walk, struct fault *fault)
{
    uint64_t occurrences;
    uint32_t parts;
    *walk = NULL;
    TRY(memory_term(self, segment, key, &occurrences, &parts, fault));
    if (occurrences == 0)
        return OK;
    struct memory_walk *made = arena_alloc(arena, sizeof *made);
    made->source = self;
    made->key = arena_copy(arena, key);
    *walk = &made->walk;
    return memory_seek(self, &made->walk, 0, fault);
}

static enum status memory_positions(void *self, struct walk *walk, uint32_t *to,
                                    struct fault *fault)
{
    struct memory_walk *at = (struct memory_walk *)walk;
    const struct memory_part *part = &at->source->parts[walk->part];
    (void)self, (void)fault;
    for (size_t i = 0; i < part->count; i++)
        if (bytes_equal(token_key(&part->tokens[i]), at->key))
            *to++ = part->tokens[i].position;
    return OK;
}

static bool memory_sees(void *self, size_t segment, uint32_t part)
{
    (void)self, (void)segment, (void)part;
    return true;
}

static enum status memory_part(void *self, size_t segment, uint32_t number,
                               struct source_part *part, struct fault *fault)
{
    const struct memory_source *source = self;
    (void)segment, (void)fault;
    *part = (struct source_part){ .document = number + 1,
                                  .part = 1,
                                  .date = INT32_MAX,
                                  .words = source->parts[number].words,
                                  .text_len = (uint32_t)source->parts[number].text.len };
    return OK;
}

static enum status memory_mark(void *self, size_t segment, uint32_t number, uint32_t position,
                               struct source_mark *mark, struct fault *fault)
{
    const struct memory_source *source = self;
    const struct memory_part *part = &source->parts[number];
    uint32_t wanted = position / 64 * 64;
    (void)segment, (void)fault;
    *mark = (struct source_mark){ 0 };
    for (size_t i = 0; i < part->count; i++)
        if (part->tokens[i].position == wanted && !(part->tokens[i].flags & TOKEN_EXTRA)) {
            *mark = (struct source_mark){ part->tokens[i].start, wanted, 0 };
            return OK;
        }
    return OK;
}

static enum status memory_text(void *self, size_t segment, uint32_t number, uint32_t start,
                               uint32_t len, struct buffer *to, struct fault *fault)
{
    const struct memory_source *source = self;
    (void)segment, (void)fault;
    buffer_append_bytes(to, bytes_slice(source->parts[number].text, start, len));
    return OK;
}

static enum status memory_spans(void *self, size_t segment, uint32_t number,
                                const struct span **spans, size_t *count, struct fault *fault)
{
    const struct memory_source *source = self;
    (void)segment, (void)fault;
    *spans = source->parts[number].spans;
    *count = source->parts[number].span_count;
    return OK;
}

struct source memory_source_as_source(struct memory_source *source)
{
    return (struct source){ .self = source,
                            .words = source->words,
                            .segments = 1,
                            .term = memory_term,
                            .walk = memory_walk,
                            .seek = memory_seek,
                            .positions = memory_positions,
                            .sees = memory_sees,
                            .part = memory_part,
                            .mark = memory_mark,
                            .text = memory_text,
                            .spans = memory_spans };
}

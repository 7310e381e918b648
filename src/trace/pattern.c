#include "trace/pattern.h"

struct builder {
    struct bytes story;
    struct arena *arena;
    struct node *nodes;
    size_t count, room;
    uint32_t words;
};

static struct node *builder_add(struct builder *builder, enum node_kind kind, uint32_t start,
                                uint32_t end)
{
    if (builder->count == builder->room) {
        size_t room = builder->room == 0 ? 64 : builder->room * 2;
        struct node *grown = arena_alloc_many(builder->arena, room, sizeof *grown);
        if (grown == NULL)
            return NULL;
        if (builder->count > 0)
            memcpy(grown, builder->nodes, builder->count * sizeof *grown);
        builder->nodes = grown;
        builder->room = room;
    }
    struct node *node = &builder->nodes[builder->count++];
    *node = (struct node){ .kind = kind, .start = start, .end = end };
    if (kind == NODE_WORD || kind == NODE_CASE)
        builder->words++;
    return node;
}

static bool node_add_key(struct node *node, struct bytes key, struct arena *arena)
{
    if (node->key_count == NODE_KEYS)
        return true;
    struct bytes copy = arena_copy(arena, key);
    node->keys[node->key_count++] = copy;
    return copy.at != NULL;
}

/* Words of the story between two marks. */
static bool builder_words(struct builder *builder, uint32_t start, uint32_t end)
{
    struct tokenizer tokenizer;
    struct token token;
    struct node *node = NULL;
    tokenizer_begin(&tokenizer, bytes_slice(builder->story, start, end - start), NULL, 0);
    while (tokenizer_next(&tokenizer, &token)) {
        if (!(token.flags & TOKEN_EXTRA)) {
            node = builder_add(builder, NODE_WORD, start + token.start, start + token.end);
            if (node == NULL)
                return false;
            node->flags = token.flags;
        }
        if (node != NULL && !node_add_key(node, token_key(&token), builder->arena))
            return false;
    }
    return true;
}

static bool is_plain_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* The rest of "[M]exico's" belongs to the word, whatever the mark says. */
static uint32_t word_end(struct bytes story, uint32_t at, uint32_t end)
{
    uint32_t next = at;
    if (next < end && story.at[next] == '\'')
        next++;
    else if (next + 3 <= end && memcmp(story.at + next, "\xe2\x80\x99", 3) == 0)
        next += 3;
    uint32_t letters = next;
    while (next < end && is_plain_letter(story.at[next]))
        next++;
    return next > letters && letters > at ? next : at;
}

/* [e]ncouraging and want[ed] are one word without their brackets. */
static bool builder_case(struct builder *builder, const struct pattern_mark *mark)
{
    uint32_t len = mark->end - mark->start;
    uint8_t *plain = arena_alloc(builder->arena, (size_t)len + 1);
    if (plain == NULL)
        return false;
    size_t kept = 0;
    for (uint32_t i = 0; i < len; i++) {
        uint8_t byte = builder->story.at[mark->start + i];
        if (byte != '[' && byte != ']' && byte != '(' && byte != ')')
            plain[kept++] = byte;
    }
    struct node *node = builder_add(builder, NODE_CASE, mark->start, mark->end);
    if (node == NULL)
        return false;
    node->inner_start = mark->inner_start;
    node->inner_end = mark->inner_end;
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, bytes_make(plain, kept), NULL, 0);
    while (tokenizer_next(&tokenizer, &token)) {
        if (node->key_count == 0)
            node->flags = token.flags;
        if (!node_add_key(node, token_key(&token), builder->arena))
            return false;
    }
    if (node->key_count == 0)
        node->kind = NODE_BRACKET;
    return true;
}

static bool builder_mark(struct builder *builder, const struct pattern_mark *mark)
{
    if (mark->kind == NODE_CASE)
        return builder_case(builder, mark);
    if (mark->kind == NODE_WORD)
        return builder_words(builder, mark->start, mark->end);
    struct node *node = builder_add(builder, mark->kind, mark->start, mark->end);
    if (node == NULL)
        return false;
    node->inner_start = mark->inner_start;
    node->inner_end = mark->inner_end;
    return true;
}

static bool mark_fits(const struct pattern_mark *mark, uint32_t at, uint32_t end)
{
    return mark->start >= at && mark->end <= end && mark->start <= mark->end &&
           (mark->inner_start == mark->inner_end ||
            (mark->inner_start >= mark->start && mark->inner_end <= mark->end &&
             mark->inner_start <= mark->inner_end));
}

enum status pattern_build(struct bytes story, uint32_t start, uint32_t end,
                          const struct pattern_mark *marks, size_t mark_count, struct arena *arena,
                          struct pattern *pattern, struct fault *fault)
{
    if (start > end || end > story.len)
        return fail(fault, BAD_INPUT, "quotation %u..%u lies outside the story", start, end);
    struct builder builder = { .story = story, .arena = arena };
    uint32_t at = start;
    for (size_t i = 0; i < mark_count; i++) {
        if (!mark_fits(&marks[i], at, end))
            continue;
        struct pattern_mark mark = marks[i];
        if (mark.kind == NODE_CASE)
            mark.end = word_end(story, mark.end, end);
        if (!builder_words(&builder, at, mark.start) || !builder_mark(&builder, &mark))
            return no_memory(fault);
        at = mark.end;
    }
    if (!builder_words(&builder, at, end))
        return no_memory(fault);
    *pattern = (struct pattern){ .story = story,
                                 .nodes = builder.nodes,
                                 .count = builder.count,
                                 .start = start,
                                 .end = end,
                                 .words = builder.words };
    return OK;
}

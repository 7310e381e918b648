/* pattern.h - the typed pattern of a quotation: what must stand in a source, what may, and where
 * words may be missing.
 *
 * check/ builds it from what story/ found; trace/ only reads it. Offsets are bytes of the story.
 */
#ifndef TRACE_PATTERN_H
#define TRACE_PATTERN_H

#include "base/arena.h"
#include "text/tokenize.h"

enum node_kind {
    NODE_WORD,     /* a printed word */
    NODE_CASE,     /* [e]ncouraging: the whole word, its bracketed letters marked */
    NODE_ELLIPSIS, /* words may be missing here, marked */
    NODE_GAP,      /* the writer's words: the source may go on without a gap, or skip (unmarked) */
    NODE_BRACKET, /* [..]: may match nothing (gloss), stand for 1..12 source words (replacement), or
                     stand in the source */
    NODE_PARENTHESIS, /* (..): in the source, or inserted */
    NODE_SIC,
    NODE_WITHHELD, /* bars or a bracketed notice in the story: stands for withheld words */
};

enum { NODE_KEYS = 4 };

struct node {
    enum node_kind kind;
    uint32_t start, end; /* bytes of the story */
    uint16_t flags;      /* enum token_flag of the word */
    uint8_t key_count;   /* WORD, CASE: primary key, then extras of the tokenizer */
    struct bytes keys[NODE_KEYS];
    uint32_t inner_start, inner_end; /* BRACKET, PARENTHESIS: bytes of the story inside */
};

struct pattern {
    struct bytes story; /* the whole story's text */
    const struct node *nodes;
    size_t count;
    uint32_t start, end; /* of the quotation */
    uint32_t words;      /* WORD and CASE nodes */
};

/* Marks as the builder is told them; the tokenizer makes the words between. */
struct pattern_mark {
    enum node_kind kind;
    uint32_t start, end, inner_start, inner_end;
};
MUST_USE enum status pattern_build(struct bytes story, uint32_t start, uint32_t end,
                                   const struct pattern_mark *marks, size_t mark_count,
                                   struct arena *arena, struct pattern *pattern,
                                   struct fault *fault);

#endif

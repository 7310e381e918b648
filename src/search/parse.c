#include "search/parse.h"

#include "base/scoped.h"

#include "text/utf8.h"

static enum status parse_or(struct parser *parser, struct node **node, struct fault *fault);

static enum status advance(struct parser *parser, struct fault *fault)
{
    return lexer_next(&parser->lexer, &parser->next, fault);
}

struct node *node_new(struct parser *parser, enum node_kind kind, size_t at)
{
    struct node *node = arena_alloc(parser->query->arena, sizeof *node);
    if (node == NULL)
        return NULL;
    node->kind = kind;
    node->at = at;
    node->field = NO_FIELD;
    node->id = parser->query->nodes++;
    return node;
}

static const char *operator_word(enum lexeme_kind kind)
{
    return kind == LEX_OR ? "OR" : kind == LEX_NEAR ? "NEAR" : kind == LEX_NOT ? "NOT" : "AND";
}

/* Nothing can stand here but a word, a phrase or a parenthesis. */
static enum status refuse_operand(struct parser *parser, enum lexeme_kind before, size_t before_at,
                                  struct fault *fault)
{
    const struct lexeme *next = &parser->next;
    if (before == LEX_OPEN && next->kind == LEX_CLOSE)
        return lexer_refuse(&parser->lexer, before_at, fault, "these parentheses are empty");
    if (before == LEX_OPEN && next->kind == LEX_END)
        return lexer_refuse(&parser->lexer, before_at, fault,
                            "a parenthesis opens here and is never closed");
    if (before != LEX_END && before != LEX_OPEN)
        return lexer_refuse(&parser->lexer, before_at, fault,
                            "%s stands here with nothing to its right", operator_word(before));
    if (next->kind == LEX_CLOSE)
        return lexer_refuse(&parser->lexer, next->at, fault,
                            "a parenthesis closes here that was never opened");
    return lexer_refuse(&parser->lexer, next->at, fault,
                        "%s stands here with nothing to its left (in small letters, or in quotes, "
                        "it is a word)",
                        operator_word(next->kind));
}

static bool begins_operand(enum lexeme_kind kind)
{
    return kind == LEX_WORD || kind == LEX_PHRASE || kind == LEX_REGEX || kind == LEX_OPEN ||
           kind == LEX_NOT;
}

static enum status parse_group(struct parser *parser, struct node **node, struct fault *fault)
{
    size_t at = parser->next.at;
    if (++parser->depth > QUERY_DEPTH_MAX)
        return fail(fault, OVER_LIMIT, "the query nests parentheses more than %d deep",
                    QUERY_DEPTH_MAX);
    TRY(advance(parser, fault));
    if (!begins_operand(parser->next.kind))
        return refuse_operand(parser, LEX_OPEN, at, fault);
    TRY(parse_or(parser, node, fault));
    if (parser->next.kind != LEX_CLOSE)
        return lexer_refuse(&parser->lexer, at, fault,
                            "a parenthesis opens here and is never closed");
    parser->depth--;
    return advance(parser, fault);
}

static enum status parse_operand(struct parser *parser, enum lexeme_kind before, size_t before_at,
                                 struct node **node, struct fault *fault)
{
    struct lexeme lexeme = parser->next;
    if (lexeme.kind == LEX_OPEN)
        return parse_group(parser, node, fault);
    if (lexeme.kind != LEX_WORD && lexeme.kind != LEX_PHRASE && lexeme.kind != LEX_REGEX)
        return refuse_operand(parser, before, before_at, fault);
    TRY(advance(parser, fault));
    return leaf_parse(parser, &lexeme, node, fault);
}

static bool may_be_near(const struct node *node)
{
    if (node->kind == NODE_WORDS)
        return node->field == NO_FIELD;
    if (node->kind == NODE_NEAR)
        return true;
    if (node->kind != NODE_OR)
        return false;
    for (const struct node *child = node->first; child != NULL; child = child->next)
        if (!may_be_near(child))
            return false;
    return true;
}

/* What looks like a document's number is beside NEAR a word of the text only. */
static struct node *without_names(struct node *node)
{
    if (!node->is_named)
        return node;
    node->first->next = NULL;
    return node->first;
}

static enum status parse_near(struct parser *parser, struct node **node, struct fault *fault)
{
    TRY(parse_operand(parser, LEX_END, 0, node, fault));
    while (parser->next.kind == LEX_NEAR) {
        struct lexeme near = parser->next;
        struct node *right = NULL, *pair = node_new(parser, NODE_NEAR, near.at);
        TRY(advance(parser, fault));
        TRY(parse_operand(parser, LEX_NEAR, near.at, &right, fault));
        if (pair == NULL)
            return no_memory(fault);
        *node = without_names(*node);
        right = without_names(right);
        if (!may_be_near(*node) || !may_be_near(right))
            return lexer_refuse(&parser->lexer, near.at, fault,
                                "NEAR takes words and phrases of the text, or (one OR other) of "
                                "them");
        pair->near = near.near;
        pair->first = *node;
        pair->first->next = right;
        *node = pair;
    }
    return OK;
}

static enum status parse_unary(struct parser *parser, struct node **node, struct fault *fault);

/* One of the things that an AND asks all of, with its bytes. */
static enum status parse_term(struct parser *parser, struct node **node, struct fault *fault)
{
    size_t start = parser->next.at;
    TRY(parse_unary(parser, node, fault));
    (*node)->start = start;
    (*node)->end = parser->next.at;
    return OK;
}

static enum status parse_unary(struct parser *parser, struct node **node, struct fault *fault)
{
    if (parser->next.kind != LEX_NOT)
        return parse_near(parser, node, fault);
    size_t at = parser->next.at;
    struct node *not = node_new(parser, NODE_NOT, at);
    TRY(advance(parser, fault));
    if (not == NULL)
        return no_memory(fault);
    if (++parser->depth > QUERY_DEPTH_MAX)
        return fail(fault, OVER_LIMIT, "the query nests NOT more than %d deep", QUERY_DEPTH_MAX);
    if (!begins_operand(parser->next.kind))
        return refuse_operand(parser, LEX_NOT, at, fault);
    TRY(parse_unary(parser, &not ->first, fault));
    parser->depth--;
    *node = not ;
    return OK;
}

/* Put `child` behind the last of `list`, which becomes a node of `kind` at its second child. */
static enum status chain(struct parser *parser, enum node_kind kind, struct node **list,
                         struct node **last, struct node *child, struct fault *fault)
{
    if (*last == *list) {
        struct node *parent = node_new(parser, kind, (*list)->at);
        if (parent == NULL)
            return no_memory(fault);
        parent->first = *list;
        *list = parent;
    }
    (*last)->next = child;
    *last = child;
    return OK;
}

static enum status parse_and(struct parser *parser, struct node **node, struct fault *fault)
{
    TRY(parse_term(parser, node, fault));
    struct node *last = *node;
    while (parser->next.kind == LEX_AND || begins_operand(parser->next.kind)) {
        struct lexeme before = parser->next;
        struct node *child = NULL;
        if (before.kind == LEX_AND) {
            TRY(advance(parser, fault));
            if (!begins_operand(parser->next.kind))
                return refuse_operand(parser, LEX_AND, before.at, fault);
        }
        TRY(parse_term(parser, &child, fault));
        TRY(chain(parser, NODE_AND, node, &last, child, fault));
    }
    return OK;
}

static enum status parse_or(struct parser *parser, struct node **node, struct fault *fault)
{
    TRY(parse_and(parser, node, fault));
    struct node *last = *node;
    while (parser->next.kind == LEX_OR) {
        size_t at = parser->next.at;
        struct node *child = NULL;
        TRY(advance(parser, fault));
        if (!begins_operand(parser->next.kind))
            return refuse_operand(parser, LEX_OR, at, fault);
        TRY(parse_and(parser, &child, fault));
        TRY(chain(parser, NODE_OR, node, &last, child, fault));
    }
    return OK;
}

enum status query_parse(struct bytes text, bool is_exact, struct arena *arena, struct query *query,
                        struct fault *fault)
{
    *query = (struct query){ .arena = arena };
    if (text.len > QUERY_BYTES_MAX)
        return fail(fault, OVER_LIMIT, "the query is longer than %d bytes", QUERY_BYTES_MAX);
    SCOPED(buffer_release) struct buffer valid = { 0 };
    utf8_repair(text, &valid);
    TRY(buffer_check(&valid, fault));
    struct bytes kept = arena_copy(arena, buffer_bytes(&valid));
    if (kept.at == NULL)
        return no_memory(fault);
    struct parser parser = { .lexer = { .text = kept }, .query = query, .is_exact = is_exact };
    TRY(advance(&parser, fault));
    if (parser.next.kind == LEX_END)
        return fail(fault, BAD_INPUT, "the query is empty");
    if (!begins_operand(parser.next.kind))
        return refuse_operand(&parser, LEX_END, 0, fault);
    TRY(parse_or(&parser, &query->root, fault));
    if (parser.next.kind != LEX_END)
        return refuse_operand(&parser, LEX_END, 0, fault);
    return OK;
}

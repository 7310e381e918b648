/* parse.h - the two halves of query_parse: the tree of operators (parse.c), and words and fields
 * (leaf.c). */
#ifndef SEARCH_PARSE_H
#define SEARCH_PARSE_H

#include "search/lex.h"
#include "search/query.h"

struct parser {
    struct lexer lexer;
    struct lexeme next; /* not yet taken */
    struct query *query;
    bool is_exact;
    unsigned depth;
    unsigned regexes;
};

/* NULL: no memory. */
struct node *node_new(struct parser *parser, enum node_kind kind, size_t at);
/* The node of a word or phrase. */
MUST_USE enum status leaf_parse(struct parser *parser, const struct lexeme *lexeme,
                                struct node **node, struct fault *fault);

#endif

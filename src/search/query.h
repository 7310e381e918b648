/* query.h - what was asked: the words of a query as a tree.
 *
 * docs/search.md is the language. Everything lives in the query's arena. Nothing here looks at an
 * archive, except that query_bind (bind.h) looks up the names of collections.
 */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/fault.h"
#include "search/regex.h"
#include "text/field.h"
#include "text/stem.h"

enum {
    QUERY_BYTES_MAX = 64 * 1024,
    QUERY_WORDS_MAX = 1000,
    QUERY_DEPTH_MAX = 50,
    QUERY_NEAR_MAX = 1000,
    QUERY_REGEX_MAX = 20,
    NO_FIELD = -1,
};

enum word_match { WORD_PLAIN, WORD_PREFIX, WORD_FUZZY, WORD_STEM, WORD_REGEX };

struct query_word {
    struct bytes typed; /* as written, without operators */
    struct bytes key;   /* folded; of WORD_REGEX the expression */
    enum word_match match;
    uint8_t distance;          /* WORD_FUZZY: 1 or 2 */
    uint8_t languages;         /* WORD_STEM: a bit per stem_language */
    bool is_exact;             /* case and accents as typed */
    const struct regex *regex; /* WORD_REGEX */
    uint32_t offset;           /* position after the first word of its phrase */
    uint32_t id;               /* words are numbered from 0 over the whole query */
};

enum node_kind {
    NODE_AND,
    NODE_OR,
    NODE_NOT,
    NODE_NEAR,  /* two children, positional */
    NODE_WORDS, /* one word, or several that follow one another */
    NODE_DATE,
    NODE_CLASS,
    NODE_KIND,
    NODE_COLLECTION,
};

struct node {
    enum node_kind kind;
    struct node *first; /* of its children */
    struct node *next;  /* its sibling */
    uint32_t id;        /* nodes are numbered from 0 */
    size_t at;          /* byte of the query where it begins */
    size_t start, end;  /* bytes of all of it, of the terms of an AND and of the root */
    int field;          /* NODE_WORDS: enum field_name, or NO_FIELD for the text */
    bool is_quoted;
    bool is_named; /* NODE_OR: its first child, and the same as the number or alias of a document */
    struct query_word *words;
    size_t word_count;
    uint32_t near;    /* words between, at most */
    int32_t from, to; /* NODE_DATE: days, both inclusive; INT32_MIN and INT32_MAX are open ends */
    bool is_undated;  /* NODE_DATE: those without a date */
    uint8_t rank;     /* NODE_CLASS */
    bool is_at_least; /* NODE_CLASS: this rank or a higher one */
    enum document_kind document_kind;
    struct bytes name;   /* NODE_COLLECTION */
    uint64_t collection; /* of that name, after query_bind */
};

struct query {
    struct node *root;
    uint32_t nodes;
    uint32_t words;
    struct arena *arena; /* not owned */
};

/* BAD_INPUT or OVER_LIMIT say in words what is wrong, and at which character. */
MUST_USE enum status query_parse(struct bytes text, bool is_exact, struct arena *arena,
                                 struct query *query, struct fault *fault);

/* One line: what is searched, with every default spoken out. */
void query_print(const struct query *query, struct buffer *to);

#endif

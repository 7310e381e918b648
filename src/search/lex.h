/* lex.h - the pieces of a query: words, phrases, operators, parentheses. */
#ifndef SEARCH_LEX_H
#define SEARCH_LEX_H

#include "base/fault.h"
#include "base/bytes.h"

enum lexeme_kind {
    LEX_END,
    LEX_OPEN,
    LEX_CLOSE,
    LEX_AND,
    LEX_OR,
    LEX_NOT,
    LEX_NEAR,
    LEX_WORD,
    LEX_PHRASE,
    LEX_REGEX, /* text: what stands between the slashes */
};

struct lexeme {
    enum lexeme_kind kind;
    size_t at;           /* byte of the query */
    struct bytes source; /* as written, all of it */
    struct bytes field;  /* before the colon; empty */
    struct bytes text;   /* word, or what stands between the quotes */
    uint32_t near;
    bool is_exact; /* "=" before it */
};

struct lexer {
    struct bytes text;
    size_t at; /* private */
};

/* BAD_INPUT for quotes that are not closed, NEAR without a number. */
MUST_USE enum status lexer_next(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault);

/* BAD_INPUT: what is wrong, and the character at which it stands. */
MUST_USE enum status lexer_refuse(const struct lexer *lexer, size_t at, struct fault *fault,
                                  const char *format, ...) PRINTS(4, 5);

#endif

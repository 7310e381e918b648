#include "search/lex.h"

#include <stdarg.h>
#include <stdio.h>

#include "search/query.h"
#include "text/utf8.h"

/* Bytes of a quotation mark at `at`: straight, or a curly one of either side; 0 if none. */
static size_t quote_at(struct bytes text, size_t at)
{
    if (at >= text.len)
        return 0;
    if (text.at[at] == '"')
        return 1;
    struct bytes rest = bytes_slice(text, at, 3);
    return bytes_is(rest, "\xE2\x80\x9C") || bytes_is(rest, "\xE2\x80\x9D") ? 3 : 0;
}

static bool is_blank_at(struct bytes text, size_t at)
{
    return at >= text.len || text.at[at] <= ' ' || text.at[at] == 0x7F ||
           bytes_is(bytes_slice(text, at, 2), "\xC2\xA0");
}

static size_t run_end(struct bytes text, size_t at)
{
    while (!is_blank_at(text, at) && text.at[at] != '(' && text.at[at] != ')' &&
           quote_at(text, at) == 0)
        at++;
    return at;
}

enum status lexer_refuse(const struct lexer *lexer, size_t at, struct fault *fault,
                         const char *format, ...)
{
    char words[256];
    va_list list;
    va_start(list, format);
    vsnprintf(words, sizeof words, format, list);
    va_end(list);
    if (at >= lexer->text.len)
        return fail(fault, BAD_INPUT, "the query cannot be taken: %s (at its end)", words);
    size_t character = utf8_count(bytes_slice(lexer->text, 0, at)) + 1;
    return fail(fault, BAD_INPUT, "the query cannot be taken: %s (at character %zu)", words,
                character);
}

/* Bytes of "name:" at `at`, 0 if none: letters, a colon, and something that is not an address or
 * blank. */
static size_t field_len(struct bytes text, size_t at)
{
    size_t end = at;
    while (end < text.len && ((text.at[end] | 0x20) >= 'a' && (text.at[end] | 0x20) <= 'z'))
        end++;
    if (end == at || end >= text.len || text.at[end] != ':' || is_blank_at(text, end + 1))
        return 0;
    return bytes_is(bytes_slice(text, end + 1, 2), "//") ? 0 : end + 1 - at;
}

static enum status read_phrase(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault)
{
    size_t open = lexer->at, start = open + quote_at(lexer->text, open), end = start;
    while (end < lexer->text.len && quote_at(lexer->text, end) == 0)
        end++;
    if (end >= lexer->text.len)
        return lexer_refuse(lexer, open, fault, "a quotation mark opens here and is never closed");
    lexeme->kind = LEX_PHRASE;
    lexeme->text = bytes_slice(lexer->text, start, end - start);
    lexer->at = end + quote_at(lexer->text, end);
    return OK;
}

/* Bytes between two slashes at `at`: up to a blank none is read, and behind the second one only a
 * blank or a parenthesis may stand, so that a path is none. SIZE_MAX if there are none. */
static size_t regex_len(struct bytes text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && text.at[end] != '/' && !is_blank_at(text, end))
        end += text.at[end] == '\\' && end + 1 < text.len ? 2 : 1;
    bool is_closed = end < text.len && text.at[end] == '/' && end > at + 1;
    bool ends = is_blank_at(text, end + 1) || text.at[end + 1] == ')';
    return is_closed && ends ? end - at - 1 : SIZE_MAX;
}

static bool read_regex(struct lexer *lexer, struct lexeme *lexeme)
{
    size_t at = lexer->at;
    if (lexer->text.at[at] != '/')
        return false;
    size_t len = regex_len(lexer->text, at);
    if (len == SIZE_MAX)
        return false;
    lexeme->kind = LEX_REGEX;
    lexeme->text = bytes_slice(lexer->text, at + 1, len);
    lexer->at = at + len + 2;
    return true;
}

static enum status read_near(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault)
{
    uint64_t near = 0;
    struct bytes number = bytes_slice(lexeme->text, 5, lexeme->text.len);
    if (lexeme->text.len <= 5 || !bytes_to_number(number, &near) || near > QUERY_NEAR_MAX)
        return lexer_refuse(lexer, lexeme->at, fault,
                            "NEAR takes a number of words from 0 to %d, as in NEAR/5",
                            QUERY_NEAR_MAX);
    lexeme->kind = LEX_NEAR;
    lexeme->near = (uint32_t)near;
    return OK;
}

static enum status read_run(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault)
{
    static const struct {
        const char *word;
        enum lexeme_kind kind;
    } operators[] = { { "AND", LEX_AND }, { "OR", LEX_OR }, { "NOT", LEX_NOT } };
    size_t end = run_end(lexer->text, lexer->at);
    lexeme->kind = LEX_WORD;
    lexeme->text = bytes_slice(lexer->text, lexer->at, end - lexer->at);
    lexer->at = end;
    if (lexeme->field.len > 0 || lexeme->is_exact)
        return OK;
    if (bytes_is(lexeme->text, "NEAR") || bytes_has_prefix(lexeme->text, "NEAR/"))
        return read_near(lexer, lexeme, fault);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (bytes_is(lexeme->text, operators[i].word))
            lexeme->kind = operators[i].kind;
    return OK;
}

static bool read_sign(struct lexer *lexer, struct lexeme *lexeme)
{
    static const struct {
        char sign;
        enum lexeme_kind kind;
    } signs[] = { { '(', LEX_OPEN }, { ')', LEX_CLOSE }, { '-', LEX_NOT } };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (lexer->text.at[lexer->at] != signs[i].sign)
            continue;
        if (signs[i].kind == LEX_NOT && is_blank_at(lexer->text, lexer->at + 1))
            return false;
        lexeme->kind = signs[i].kind;
        lexer->at++;
        return true;
    }
    return false;
}

static enum status read_word(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault)
{
    if (lexer->text.at[lexer->at] == '=' && !is_blank_at(lexer->text, lexer->at + 1)) {
        lexeme->is_exact = true;
        lexer->at++;
    }
    size_t field = field_len(lexer->text, lexer->at);
    if (field > 0) {
        lexeme->field = bytes_slice(lexer->text, lexer->at, field - 1);
        lexer->at += field;
        if (lexer->text.at[lexer->at] == '(')
            return lexer_refuse(lexer, lexer->at, fault,
                                "a field takes a word or a phrase, not a parenthesis: write %.*s: "
                                "before each word",
                                (int)lexeme->field.len, (const char *)lexeme->field.at);
    }
    if (quote_at(lexer->text, lexer->at) > 0)
        return read_phrase(lexer, lexeme, fault);
    if (read_regex(lexer, lexeme))
        return OK;
    return read_run(lexer, lexeme, fault);
}

enum status lexer_next(struct lexer *lexer, struct lexeme *lexeme, struct fault *fault)
{
    while (lexer->at < lexer->text.len && is_blank_at(lexer->text, lexer->at))
        lexer->at += lexer->text.at[lexer->at] == 0xC2 ? 2 : 1;
    *lexeme = (struct lexeme){ .kind = LEX_END, .at = lexer->at };
    if (lexer->at >= lexer->text.len)
        return OK;
    if (!read_sign(lexer, lexeme))
        TRY(read_word(lexer, lexeme, fault));
    lexeme->source = bytes_slice(lexer->text, lexeme->at, lexer->at - lexeme->at);
    return OK;
}

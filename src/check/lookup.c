#include "check/lookup.h"

#include "search/bind.h"
#include "search/match.h"
#include "text/tokenize.h"

enum { PHRASE_WORDS_MAX = 24 };
static const uint64_t lookup_budget_ns = 50 * 1000 * 1000;

enum status lookup_query(const struct snapshot *snapshot, struct bytes text, struct lookup *lookup,
                         struct fault *fault)
{
    struct query query;
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(matching_release) struct matching matching = { 0 };
    struct match_wanted wanted = { .most = LOOKUP_DOCUMENTS, .budget_ns = lookup_budget_ns };
    *lookup = (struct lookup){ 0 };
    TRY(query_parse(text, false, &arena, &query, fault));
    TRY(query_bind(snapshot_catalog(snapshot), &query, fault));
    TRY(match_query(snapshot, &query, &wanted, &matching, fault));
    lookup->total = matching.total;
    lookup->is_cut = matching.is_cut;
    for (size_t i = 0; i < matching.count && i < LOOKUP_DOCUMENTS; i++)
        lookup->documents[lookup->count++] = matching.at[i].document;
    return OK;
}

enum status lookup_phrase(const struct snapshot *snapshot, struct bytes words,
                          struct lookup *lookup, struct fault *fault)
{
    struct token token;
    struct tokenizer tokenizer;
    size_t count = 0;
    SCOPED(buffer_release) struct buffer query = { 0 };
    *lookup = (struct lookup){ 0 };
    buffer_u8(&query, '"');
    tokenizer_begin(&tokenizer, words, NULL, 0);
    while (count < PHRASE_WORDS_MAX && tokenizer_next(&tokenizer, &token))
        if (!(token.flags & TOKEN_EXTRA)) {
            if (count++ > 0)
                buffer_u8(&query, ' ');
            buffer_append_bytes(&query, token_key(&token));
        }
    buffer_u8(&query, '"');
    TRY(buffer_check(&query, fault));
    return count == 0 ? OK : lookup_query(snapshot, buffer_bytes(&query), lookup, fault);
}

struct wanted_words {
    struct token tokens[PHRASE_WORDS_MAX];
    size_t count;
};

static void read_words(struct bytes words, struct wanted_words *wanted)
{
    struct tokenizer tokenizer;
    struct token token;
    wanted->count = 0;
    tokenizer_begin(&tokenizer, words, NULL, 0);
    while (wanted->count < PHRASE_WORDS_MAX && tokenizer_next(&tokenizer, &token))
        if (!(token.flags & TOKEN_EXTRA))
            wanted->tokens[wanted->count++] = token;
}

/* Whether all wanted words follow from where the tokenizer stands. */
static bool follow(struct tokenizer from, const struct wanted_words *wanted, uint32_t *end)
{
    struct token token;
    for (size_t i = 1; i < wanted->count; i++) {
        do
            if (!tokenizer_next(&from, &token))
                return false;
        while (token.flags & TOKEN_EXTRA);
        if (!bytes_equal(token_key(&token), token_key(&wanted->tokens[i])))
            return false;
        *end = token.end;
    }
    return true;
}

bool lookup_words(struct bytes text, struct bytes words, uint32_t from, uint32_t *start,
                  uint32_t *end)
{
    struct wanted_words wanted;
    struct tokenizer tokenizer;
    struct token token;
    read_words(words, &wanted);
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (wanted.count > 0 && tokenizer_next(&tokenizer, &token)) {
        if (token.start < from || !bytes_equal(token_key(&token), token_key(&wanted.tokens[0])))
            continue;
        *start = token.start;
        *end = token.end;
        if (follow(tokenizer, &wanted, end))
            return true;
    }
    return false;
}

#include "search/parse.h"

#include "search/filter.h"
#include "text/tokenize.h"

enum { PREFIX_MIN = 1, FUZZY_MIN_ONE = 3, FUZZY_MIN_TWO = 5 };

/* The operator behind a word: *, ~, ~2, %, %en. */
struct suffix {
    enum word_match match;
    uint8_t distance;
    uint8_t languages;
};

static bool ends_in(struct bytes *text, const char *end)
{
    size_t len = strlen(end);
    if (text->len < len || memcmp(text->at + text->len - len, end, len) != 0)
        return false;
    text->len -= len;
    return true;
}

static struct suffix suffix_take(struct bytes *text)
{
    static const struct {
        const char *end;
        struct suffix suffix;
    } suffixes[] = {
        { "*", { WORD_PREFIX, 0, 0 } },
        { "~", { WORD_FUZZY, 1, 0 } },
        { "~1", { WORD_FUZZY, 1, 0 } },
        { "~2", { WORD_FUZZY, 2, 0 } },
        { "%", { WORD_STEM, 0, 1 << STEM_ENGLISH | 1 << STEM_SPANISH } },
        { "%en", { WORD_STEM, 0, 1 << STEM_ENGLISH } },
        { "%es", { WORD_STEM, 0, 1 << STEM_SPANISH } },
    };
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_in(text, suffixes[i].end))
            return suffixes[i].suffix;
    return (struct suffix){ WORD_PLAIN, 0, 0 };
}

static enum status check_word(struct parser *parser, size_t at, const struct query_word *word,
                              struct fault *fault)
{
    if (word->match == WORD_FUZZY) {
        size_t least = word->distance == 1 ? FUZZY_MIN_ONE : FUZZY_MIN_TWO;
        if (word->key.len < least)
            return fail(fault, OVER_LIMIT,
                        "\"%.*s~%d\" would find almost every short word: ~%d takes words of %zu "
                        "letters or more",
                        (int)word->typed.len, (const char *)word->typed.at, word->distance,
                        word->distance, least);
    }
    if (word->match == WORD_PREFIX && word->key.len < PREFIX_MIN)
        return fail(fault, OVER_LIMIT, "\"*\" alone means every word: put letters before it");
    if (word->is_exact && word->match != WORD_PLAIN)
        return lexer_refuse(&parser->lexer, at, fault,
                            "exact words take no *, ~ or %%: a word cannot be both as typed and "
                            "otherwise");
    return OK;
}

/* The words of a text: at most one per position. `joined`: a hyphen compound is one word. */
struct words {
    struct query_word *at;
    size_t count, room;
    bool has_compound;
};

static struct bytes joined_key(const struct token *tokens, size_t count, size_t i)
{
    for (size_t j = i + 1; j < count && tokens[j].flags & TOKEN_EXTRA; j++)
        if (tokens[j].key_len > tokens[i].key_len &&
            memcmp(tokens[j].key, tokens[i].key, tokens[i].key_len) == 0)
            return token_key(&tokens[j]);
    return (struct bytes){ 0 };
}

static enum status words_add(struct parser *parser, struct words *words, struct bytes key,
                             struct bytes typed, uint32_t offset, struct fault *fault)
{
    struct arena *arena = parser->query->arena;
    if (parser->query->words == QUERY_WORDS_MAX || words->count == words->room)
        return fail(fault, OVER_LIMIT, "the query holds more than %d words", QUERY_WORDS_MAX);
    struct query_word *word = &words->at[words->count++];
    word->key = arena_copy(arena, key);
    word->typed = typed;
    word->offset = offset;
    word->id = parser->query->words++;
    word->is_exact = parser->is_exact;
    return word->key.at == NULL ? no_memory(fault) : OK;
}

/* Position in phrase: when compounds are joined, the words behind them move up. */
static enum status words_from_tokens(struct parser *parser, const struct token *tokens,
                                     size_t count, struct bytes text, bool joined,
                                     struct words *words, struct fault *fault)
{
    uint32_t skipped = 0;
    for (size_t i = 0; i < count; i++) {
        if (tokens[i].flags & TOKEN_EXTRA || tokens[i].key_len == 0)
            continue;
        struct bytes key = token_key(&tokens[i]);
        size_t first = i, last = i;
        if (tokens[i].flags & TOKEN_HYPHEN) {
            struct bytes whole = joined_key(tokens, count, i);
            words->has_compound |= whole.len > 0;
            if (joined && whole.len > 0) {
                key = whole;
                while (last + 1 < count && (tokens[last].flags & (TOKEN_HYPHEN | TOKEN_EXTRA)))
                    last++;
            }
        }
        struct bytes typed =
            bytes_slice(text, tokens[first].start, tokens[last].end - tokens[first].start);
        TRY(words_add(parser, words, key, typed,
                      tokens[first].position - tokens[0].position - skipped, fault));
        skipped += tokens[last].position - tokens[first].position;
        i = last;
    }
    return OK;
}

static enum status tokens_of(struct parser *parser, struct bytes text, struct token **tokens,
                             size_t *count, struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    *count = 0;
    tokenizer_begin(&tokenizer, text, NULL, 0);
    while (tokenizer_next(&tokenizer, &token))
        ++*count;
    if (*count > 8 * QUERY_WORDS_MAX)
        return fail(fault, OVER_LIMIT, "the query holds more than %d words", QUERY_WORDS_MAX);
    *tokens = arena_alloc_many(parser->query->arena, *count + 1, sizeof **tokens);
    if (*tokens == NULL)
        return no_memory(fault);
    tokenizer_begin(&tokenizer, text, NULL, 0);
    for (size_t i = 0; i < *count; i++)
        tokenizer_next(&tokenizer, &(*tokens)[i]);
    return OK;
}

/* In a phrase, a star may stand behind any word. */
static void stars_in_phrase(struct bytes text, struct words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        const uint8_t *end = words->at[i].typed.at + words->at[i].typed.len;
        if (end < text.at + text.len && *end == '*')
            words->at[i].match = WORD_PREFIX;
    }
}

struct leaf {
    const struct lexeme *lexeme;
    struct bytes text;
    struct suffix suffix;
    int field;
};

static enum status words_node(struct parser *parser, const struct leaf *leaf,
                              const struct token *tokens, size_t count, bool joined,
                              bool *has_compound, struct node **node, struct fault *fault)
{
    struct words words = { .room = count + 1 };
    words.at = arena_alloc_many(parser->query->arena, words.room, sizeof *words.at);
    struct node *made = node_new(parser, NODE_WORDS, leaf->lexeme->at);
    if (words.at == NULL || made == NULL)
        return no_memory(fault);
    TRY(words_from_tokens(parser, tokens, count, leaf->text, joined, &words, fault));
    *has_compound = words.has_compound;
    if (leaf->lexeme->kind == LEX_PHRASE)
        stars_in_phrase(leaf->text, &words);
    if (words.count > 0 && leaf->suffix.match != WORD_PLAIN) {
        struct query_word *last = &words.at[words.count - 1];
        last->match = leaf->suffix.match;
        last->distance = leaf->suffix.distance;
        last->languages = leaf->suffix.languages;
    }
    for (size_t i = 0; i < words.count; i++) {
        words.at[i].is_exact |= leaf->lexeme->is_exact;
        TRY(check_word(parser, leaf->lexeme->at, &words.at[i], fault));
    }
    made->words = words.at;
    made->word_count = words.count;
    made->field = leaf->field;
    made->is_quoted = leaf->lexeme->kind == LEX_PHRASE;
    *node = made;
    return OK;
}

static enum status refuse_wordless(struct parser *parser, const struct leaf *leaf,
                                   struct fault *fault)
{
    if (leaf->suffix.match == WORD_PREFIX)
        return fail(fault, OVER_LIMIT, "\"*\" alone means every word: put letters before it");
    return lexer_refuse(&parser->lexer, leaf->lexeme->at, fault,
                        "\"%.*s\" holds no letter or digit to search for",
                        (int)(leaf->lexeme->source.len > 40 ? 40 : leaf->lexeme->source.len),
                        (const char *)leaf->lexeme->source.at);
}

static enum status refuse_regex(struct parser *parser, const struct lexeme *lexeme,
                                const struct regex_fault *why, struct fault *fault)
{
    if (why->why == NULL)
        return no_memory(fault);
    size_t at = (size_t)(lexeme->text.at - parser->lexer.text.at) + why->at;
    return lexer_refuse(&parser->lexer, at, fault, "in the regular expression %s", why->why);
}

static enum status regex_node(struct parser *parser, const struct leaf *leaf, struct node **node,
                              struct fault *fault)
{
    struct arena *arena = parser->query->arena;
    const struct lexeme *lexeme = leaf->lexeme;
    struct regex_fault why;
    if (++parser->regexes > QUERY_REGEX_MAX)
        return fail(fault, OVER_LIMIT, "the query holds more than %d regular expressions",
                    QUERY_REGEX_MAX);
    if (lexeme->is_exact || parser->is_exact)
        return lexer_refuse(&parser->lexer, lexeme->at, fault,
                            "a regular expression is held against words without case and accents");
    struct words words = { .room = 1 };
    words.at = arena_alloc(arena, sizeof *words.at);
    *node = node_new(parser, NODE_WORDS, lexeme->at);
    if (words.at == NULL || *node == NULL)
        return no_memory(fault);
    TRY(words_add(parser, &words, lexeme->text, lexeme->text, 0, fault));
    words.at->match = WORD_REGEX;
    words.at->regex = regex_parse(lexeme->text, arena, &why);
    if (words.at->regex == NULL)
        return refuse_regex(parser, lexeme, &why, fault);
    (*node)->words = words.at;
    (*node)->word_count = 1;
    (*node)->field = leaf->field;
    return OK;
}

/* A hyphen compound is also searched as one word: decision-making OR decisionmaking. */
static enum status words_parse(struct parser *parser, const struct leaf *leaf, struct node **node,
                               struct fault *fault)
{
    if (leaf->lexeme->kind == LEX_REGEX)
        return regex_node(parser, leaf, node, fault);
    struct token *tokens = NULL;
    size_t count = 0;
    bool has_compound = false;
    TRY(tokens_of(parser, leaf->text, &tokens, &count, fault));
    TRY(words_node(parser, leaf, tokens, count, false, &has_compound, node, fault));
    if ((*node)->word_count == 0)
        return refuse_wordless(parser, leaf, fault);
    if (!has_compound || (*node)->words[0].is_exact)
        return OK;
    struct node *joined = NULL, *either = node_new(parser, NODE_OR, leaf->lexeme->at);
    TRY(words_node(parser, leaf, tokens, count, true, &has_compound, &joined, fault));
    if (either == NULL)
        return no_memory(fault);
    either->first = *node;
    either->first->next = joined;
    *node = either;
    return OK;
}

enum { NAME_LEN_MIN = 5, NAME_DIGITS_MIN = 2 };

/* 10MEXICO83, 104-10068-10142: digits together with letters or hyphens. */
static bool is_like_name(struct bytes text)
{
    size_t digits = 0, others = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t lower = text.at[i] | 0x20;
        digits += text.at[i] >= '0' && text.at[i] <= '9';
        others += text.at[i] == '-' || (lower >= 'a' && lower <= 'z');
    }
    return text.len >= NAME_LEN_MIN && digits >= NAME_DIGITS_MIN && others > 0 &&
           digits + others == text.len;
}

/* Somebody who types the number of a document wants that document. */
static enum status name_parse(struct parser *parser, const struct leaf *leaf, struct node **node,
                              struct fault *fault)
{
    static const enum field_name fields[] = { FIELD_NUMBER, FIELD_ALIAS };
    struct node *either = node_new(parser, NODE_OR, leaf->lexeme->at);
    if (either == NULL)
        return no_memory(fault);
    either->is_named = true;
    either->first = *node;
    struct node **last = &either->first->next;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++, last = &(*last)->next) {
        struct leaf named = *leaf;
        named.field = (int)fields[i];
        TRY(words_parse(parser, &named, last, fault));
    }
    *node = either;
    return OK;
}

static enum status kind_parse(struct parser *parser, const struct lexeme *lexeme, struct node *node,
                              struct fault *fault)
{
    const char *names[KIND_KINDS];
    for (int i = 0; i < KIND_KINDS; i++)
        names[i] = kind_word((enum document_kind)i);
    node->kind = NODE_KIND;
    if (kind_from_word(lexeme->text, &node->document_kind))
        return OK;
    const char *near = name_near(lexeme->text, names, KIND_KINDS);
    return lexer_refuse(&parser->lexer, lexeme->at, fault,
                        "there is no kind \"%.*s\"%s%s%s; the kinds are text, cable, email, scan, "
                        "html, story, stub",
                        (int)(lexeme->text.len > 40 ? 40 : lexeme->text.len),
                        (const char *)lexeme->text.at, near != NULL ? ": did you mean \"" : "",
                        near != NULL ? near : "", near != NULL ? "\"" : "");
}

/* Fields that are columns of a segment. *node stays NULL when it is none of them. */
static enum status column_parse(struct parser *parser, const struct lexeme *lexeme,
                                struct node **node, struct fault *fault)
{
    struct node *made = node_new(parser, NODE_DATE, lexeme->at);
    if (made == NULL)
        return no_memory(fault);
    made->name = lexeme->text;
    if (bytes_is(lexeme->field, "date")) {
        if (!date_filter(lexeme->text, made))
            return lexer_refuse(&parser->lexer, lexeme->at, fault,
                                "a date is written date:2009, date:2009-10, date:2009-10-05, "
                                "date:2009..2010 or date:none, and begins before it ends");
    } else if (bytes_is(lexeme->field, "class")) {
        if (!class_filter(lexeme->text, made))
            return OK;
    } else if (bytes_is(lexeme->field, "kind")) {
        TRY(kind_parse(parser, lexeme, made, fault));
    } else if (bytes_is(lexeme->field, "collection")) {
        made->kind = NODE_COLLECTION;
    } else {
        return OK;
    }
    *node = made;
    return OK;
}

static enum status refuse_field(struct parser *parser, const struct lexeme *lexeme,
                                struct fault *fault)
{
    const char *names[FIELD_NAMES + 4] = { "date", "class", "kind", "collection" };
    size_t count = 4;
    enum field_name name;
    int len = (int)(lexeme->field.len > 40 ? 40 : lexeme->field.len);
    if (field_from_word(lexeme->field, &name))
        return lexer_refuse(&parser->lexer, lexeme->at, fault,
                            "the field \"%.*s\" is shown but not searched", len,
                            (const char *)lexeme->field.at);
    for (int i = 0; i < FIELD_NAMES; i++)
        if (field_is_searched((enum field_name)i))
            names[count++] = field_word((enum field_name)i);
    const char *near = name_near(lexeme->field, names, count);
    return lexer_refuse(&parser->lexer, lexeme->at, fault,
                        "there is no field \"%.*s\"%s%s%s; to search for the words themselves put "
                        "them in quotes",
                        len, (const char *)lexeme->field.at,
                        near != NULL ? ": did you mean \"" : "", near != NULL ? near : "",
                        near != NULL ? ":\"" : "");
}

static enum status field_parse(struct parser *parser, struct leaf *leaf, struct node **node,
                               struct fault *fault)
{
    const struct lexeme *lexeme = leaf->lexeme;
    enum field_name name;
    if (bytes_is(lexeme->field, "stem") && lexeme->kind != LEX_REGEX) {
        leaf->suffix = (struct suffix){ WORD_STEM, 0, 1 << STEM_ENGLISH | 1 << STEM_SPANISH };
        return words_parse(parser, leaf, node, fault);
    }
    TRY(column_parse(parser, lexeme, node, fault));
    if (*node != NULL)
        return OK;
    if (!field_from_word(lexeme->field, &name) || !field_is_searched(name))
        return refuse_field(parser, lexeme, fault);
    if (lexeme->is_exact)
        return lexer_refuse(&parser->lexer, lexeme->at, fault,
                            "= takes words of the text; fields are compared without case");
    leaf->field = (int)name;
    return words_parse(parser, leaf, node, fault);
}

/* "subject:" before a blank is a field without a value, unless no field has that name. */
static bool is_bare_field(const struct lexeme *lexeme)
{
    enum field_name name;
    struct bytes text = lexeme->text;
    if (lexeme->kind != LEX_WORD || text.len < 2 || text.at[text.len - 1] != ':')
        return false;
    text.len--;
    return field_from_word(text, &name) || bytes_is(text, "kind") || bytes_is(text, "collection");
}

enum status leaf_parse(struct parser *parser, const struct lexeme *lexeme, struct node **node,
                       struct fault *fault)
{
    struct leaf leaf = { .lexeme = lexeme, .text = lexeme->text, .field = NO_FIELD };
    *node = NULL;
    if (lexeme->kind == LEX_WORD)
        leaf.suffix = suffix_take(&leaf.text);
    if (bytes_find_byte(leaf.text, '*', 0) != SIZE_MAX && lexeme->kind == LEX_WORD)
        return lexer_refuse(&parser->lexer, lexeme->at, fault,
                            "a star may stand only behind a word, as in exerci*");
    if (is_bare_field(lexeme))
        return lexer_refuse(&parser->lexer, lexeme->at, fault,
                            "nothing stands right behind %.*s (without a blank)",
                            (int)lexeme->text.len, (const char *)lexeme->text.at);
    if (lexeme->field.len > 0)
        return field_parse(parser, &leaf, node, fault);
    TRY(words_parse(parser, &leaf, node, fault));
    bool may_be_name = lexeme->kind == LEX_WORD && leaf.suffix.match == WORD_PLAIN &&
                       !lexeme->is_exact && !parser->is_exact && is_like_name(leaf.text);
    return may_be_name ? name_parse(parser, &leaf, node, fault) : OK;
}

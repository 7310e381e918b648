#include "text/tokenize.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "text/sentence.h"
#include "text/word.h"

enum {
    BREAK_MAX = 1024,  /* bytes from a line-end hyphen to the rest of its word */
    RESUME_MAX = 8192, /* bytes that are read again to know the context of a place */
    NOWHERE = UINT32_MAX,
};

/* What stands between two words, as far as sentences care. */
enum gap { GAP_NONE, GAP_STOP, GAP_STOP_BLANK, GAP_OPENED };

enum {
    BYTE_LOWER = 1,
    BYTE_UPPER = 2,
    BYTE_DIGIT = 4,
    BYTE_WIDE = 8,
    BYTE_JOINT = 16,
    BYTE_BLANK = 32,
    BYTE_STOP = 64,
    BYTE_OPENER = 128,
    BYTE_WORD = BYTE_LOWER | BYTE_UPPER | BYTE_DIGIT
};

static const uint8_t byte_traits[256] = {
    ['a' ... 'z'] = BYTE_LOWER,
    ['A' ... 'Z'] = BYTE_UPPER,
    ['0' ... '9'] = BYTE_DIGIT,
    [0x80 ... 0xFF] = BYTE_WIDE,
    [' '] = BYTE_BLANK,
    ['\t'] = BYTE_BLANK,
    ['\n'] = BYTE_BLANK,
    ['\r'] = BYTE_BLANK,
    ['\f'] = BYTE_BLANK,
    ['\v'] = BYTE_BLANK,
    ['\''] = BYTE_JOINT | BYTE_OPENER,
    ['`'] = BYTE_JOINT | BYTE_OPENER,
    ['&'] = BYTE_JOINT | BYTE_OPENER,
    [','] = BYTE_JOINT,
    ['-'] = BYTE_JOINT,
    ['.'] = BYTE_JOINT | BYTE_STOP,
    ['?'] = BYTE_JOINT | BYTE_STOP,
    ['!'] = BYTE_JOINT | BYTE_STOP,
    ['"'] = BYTE_OPENER,
    ['('] = BYTE_OPENER,
    ['['] = BYTE_OPENER,
    ['{'] = BYTE_OPENER,
    ['$'] = BYTE_OPENER,
};

static bool is_edge(enum span_kind kind)
{
    return kind == SPAN_FURNITURE || kind == SPAN_PARAGRAPH || kind == SPAN_HEADING;
}

static void sentence_open(struct tokenizer *tokenizer)
{
    tokenizer->sentence = true;
    tokenizer->joined = false;
    tokenizer->gap = GAP_NONE;
    tokenizer->lines = 0;
}

static void span_enter(struct tokenizer *tokenizer, const struct span *span)
{
    if (span->kind == SPAN_FURNITURE) {
        if (span->end > tokenizer->furniture_end)
            tokenizer->furniture_end = span->end;
        tokenizer->lines = 0;
        return;
    }
    sentence_open(tokenizer);
    tokenizer->block_end = span->end;
}

/* Take in what begins or ends at the place reached, and find where the next edge stands. */
static void limit_find(struct tokenizer *tokenizer)
{
    uint32_t at = tokenizer->at;
    const struct span *spans = tokenizer->spans;
    while (
        tokenizer->next_span < tokenizer->span_count &&
        (spans[tokenizer->next_span].start <= at || !is_edge(spans[tokenizer->next_span].kind))) {
        if (is_edge(spans[tokenizer->next_span].kind))
            span_enter(tokenizer, &spans[tokenizer->next_span]);
        tokenizer->next_span++;
    }
    if (at >= tokenizer->block_end) {
        sentence_open(tokenizer);
        tokenizer->block_end = NOWHERE;
    }
    uint32_t limit = (uint32_t)tokenizer->text.len;
    if (tokenizer->next_span < tokenizer->span_count && spans[tokenizer->next_span].start < limit)
        limit = spans[tokenizer->next_span].start;
    if (tokenizer->block_end < limit)
        limit = tokenizer->block_end;
    if (at < tokenizer->furniture_end && tokenizer->furniture_end < limit)
        limit = tokenizer->furniture_end;
    tokenizer->limit = limit;
}

static bool is_in_furniture(const struct tokenizer *tokenizer)
{
    return tokenizer->at < tokenizer->furniture_end;
}

static struct bytes text_to_limit(const struct tokenizer *tokenizer)
{
    return bytes_make(tokenizer->text.at, tokenizer->limit);
}

static void gap_blank(struct tokenizer *tokenizer, bool is_line_end)
{
    if (tokenizer->gap == GAP_STOP)
        tokenizer->gap = GAP_STOP_BLANK;
    if (!is_line_end)
        return;
    if (tokenizer->lines < 2)
        tokenizer->lines++;
    if (tokenizer->lines == 2 && !tokenizer->has_paragraphs)
        tokenizer->sentence = true;
}

static void gap_mark(struct tokenizer *tokenizer, uint8_t byte)
{
    tokenizer->lines = 0;
    if (byte_traits[byte] & BYTE_STOP) {
        bool is_end = byte != '.' || !sentence_dot_abbreviates(tokenizer->text, tokenizer->at);
        if (is_end)
            tokenizer->gap = GAP_STOP;
        return;
    }
    if (tokenizer->gap == GAP_STOP_BLANK && (byte_traits[byte] & BYTE_OPENER))
        tokenizer->gap = GAP_OPENED;
}

static void gap_wide(struct tokenizer *tokenizer, const struct character *character)
{
    uint32_t code = character->code;
    if (character->traits.class == CHAR_SPACE) {
        gap_blank(tokenizer, false);
        return;
    }
    tokenizer->lines = 0;
    if (code == 0x2026)
        tokenizer->gap = GAP_STOP;
    else if (code == 0x3002 || code == 0xFF01 || code == 0xFF1F)
        tokenizer->gap = GAP_STOP_BLANK;
    else if (tokenizer->gap == GAP_STOP_BLANK &&
             (code == 0x201C || code == 0x2018 || code == 0x201E || code == 0xAB || code == 0xBF ||
              code == 0xA1))
        tokenizer->gap = GAP_OPENED;
}

/* Step over the wide character at the place reached, unless it begins a word. */
static bool wide_step(struct tokenizer *tokenizer)
{
    struct character here = character_at(text_to_limit(tokenizer), tokenizer->at);
    if (character_is_word(&here))
        return false;
    if (!tokenizer->is_without && !is_in_furniture(tokenizer))
        gap_wide(tokenizer, &here);
    tokenizer->at += here.len;
    return true;
}

static void tail_skip(struct tokenizer *tokenizer)
{
    tokenizer->at = tokenizer->tail_end;
    tokenizer->sentence = false;
    tokenizer->gap = GAP_NONE;
    tokenizer->lines = 0;
}

/* Go on to the next word, limits taken in; false at the end of the text. */
static bool word_find(struct tokenizer *tokenizer)
{
    for (;;) {
        if (tokenizer->at >= tokenizer->limit) {
            if (tokenizer->at >= tokenizer->text.len)
                return false;
            limit_find(tokenizer);
        }
        uint8_t byte = tokenizer->text.at[tokenizer->at];
        uint8_t traits = byte_traits[byte];
        if (tokenizer->at == tokenizer->tail) {
            tail_skip(tokenizer);
            continue;
        }
        if (traits & BYTE_WORD)
            return true;
        if (traits & BYTE_WIDE) {
            if (!wide_step(tokenizer))
                return true;
            continue;
        }
        if (!tokenizer->is_without && !is_in_furniture(tokenizer)) {
            if (traits & BYTE_BLANK)
                gap_blank(tokenizer, byte == '\n');
            else
                gap_mark(tokenizer, byte);
        }
        tokenizer->at++;
    }
}

/* Flags that come from where the word stands, and its position; the state moves past it. */
static void token_place(struct tokenizer *tokenizer, struct token *token, bool is_lower)
{
    if (is_in_furniture(tokenizer)) {
        token->flags |= TOKEN_FURNITURE;
        token->position = tokenizer->furniture_position++;
        return;
    }
    bool is_open = tokenizer->gap >= GAP_STOP_BLANK && (!is_lower || tokenizer->gap == GAP_OPENED);
    if (tokenizer->sentence || is_open)
        token->flags |= TOKEN_SENTENCE;
    tokenizer->sentence = false;
    tokenizer->gap = GAP_NONE;
    tokenizer->lines = 0;
    token->position = tokenizer->position++;
}

/* Whether a run of ASCII that ends before `end` is a word whole and plain, whatever follows. */
static bool is_plain_end(const struct tokenizer *tokenizer, uint32_t start, uint32_t end,
                         uint8_t seen)
{
    const uint8_t *text = tokenizer->text.at;
    if ((seen & BYTE_DIGIT) && seen != BYTE_DIGIT)
        return false;
    if (end >= tokenizer->limit)
        return true;
    uint8_t next = byte_traits[text[end]];
    uint8_t after = end + 1 < tokenizer->limit ? byte_traits[text[end + 1]] : 0;
    if (next & BYTE_WIDE)
        return false;
    if (text[end] == ' ')
        return seen != BYTE_DIGIT || !(after & BYTE_DIGIT);
    if (!(next & BYTE_JOINT))
        return true;
    if (text[end] == '-')
        return (after & BYTE_JOINT) != 0;
    if (text[end] == '.' && end - start == 1)
        return false;
    return !(after & (BYTE_WORD | BYTE_WIDE));
}

/* The run of ASCII letters and digits at `start`, its key, and which of them were seen; answers its
 * end. */
static uint32_t plain_scan(const uint8_t *text, uint32_t start, uint32_t most, uint8_t *key,
                           uint8_t *seen)
{
    uint32_t end = start;
    for (; end < most; end++) {
        uint8_t traits = byte_traits[text[end]];
        if (!(traits & BYTE_WORD))
            break;
        *seen |= traits;
        key[end - start] = (uint8_t)(text[end] | (traits & BYTE_UPPER) << 4);
    }
    return end;
}

#if defined(__SSE2__)
/* Where lanes are at most `most` above `first`. */
static inline __m128i lanes_within(__m128i lanes, char first, char most)
{
    __m128i above = _mm_sub_epi8(lanes, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(above, _mm_set1_epi8(most)), above);
}

/* The same of its first sixteen bytes, all of which can be read; answers their number. */
static inline uint32_t plain_scan_lanes(const uint8_t *text, uint32_t most, uint8_t *key,
                                        uint8_t *seen)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i bit = _mm_set1_epi8(0x20);
    __m128i letters = lanes_within(_mm_or_si128(bytes, bit), 'a', 25);
    __m128i digits = lanes_within(bytes, '0', 9);
    __m128i capitals = _mm_andnot_si128(_mm_cmpeq_epi8(_mm_and_si128(bytes, bit), bit), letters);
    _mm_storeu_si128((__m128i *)(void *)key, _mm_or_si128(bytes, _mm_and_si128(capitals, bit)));
    unsigned is_letter = (unsigned)_mm_movemask_epi8(letters);
    unsigned is_digit = (unsigned)_mm_movemask_epi8(digits);
    unsigned is_capital = (unsigned)_mm_movemask_epi8(capitals);
    uint32_t len = (uint32_t)__builtin_ctz(~(is_letter | is_digit));
    len = len < most ? len : most;
    unsigned within = (1u << len) - 1;
    *seen = (uint8_t)(((is_letter & ~is_capital & within) != 0 ? BYTE_LOWER : 0) |
                      ((is_capital & within) != 0 ? BYTE_UPPER : 0) |
                      ((is_digit & within) != 0 ? BYTE_DIGIT : 0));
    return len;
}

enum { LANES = 16 };
#endif

/* The common word: ASCII letters and digits, nothing to join, nothing damaged. */
static bool plain_read(struct tokenizer *tokenizer, struct token *token)
{
    const uint8_t *text = tokenizer->text.at;
    uint32_t start = tokenizer->at;
    uint32_t most =
        tokenizer->limit - start > FOLD_KEY_MAX ? start + FOLD_KEY_MAX : tokenizer->limit;
    uint32_t end = start;
    uint8_t seen = 0;
#if defined(__SSE2__)
    if (tokenizer->text.len - start >= LANES)
        end += plain_scan_lanes(text + start, most - start, token->key, &seen);
    if (end == start || end - start == LANES)
#endif
        end = plain_scan(text, start, most, token->key, &seen);
    if (end == start || (end == most && most < tokenizer->limit) ||
        !is_plain_end(tokenizer, start, end, seen))
        return false;
    uint8_t first = byte_traits[text[start]];
    bool is_capitals = seen == BYTE_UPPER && end - start >= 2;
    token->start = start;
    token->end = end;
    token->key_len = (uint8_t)(end - start);
    token->flags = (uint16_t)(first & BYTE_DIGIT   ? TOKEN_NUMBER
                              : first & BYTE_UPPER ? TOKEN_CAPITAL
                                                   : 0);
    token->flags |= is_capitals ? TOKEN_ALL_CAPS : 0;
    token_place(tokenizer, token, (first & BYTE_LOWER) != 0);
    tokenizer->joined = false;
    tokenizer->at = end;
    return true;
}

/* The rest of a word that a line-end hyphen broke. */
struct rest {
    uint32_t start;
    uint32_t limit; /* where it must end */
    bool is_behind; /* furniture stands between */
};

/* Step over furniture that covers *at; false when a paragraph or heading begins there. */
static bool furniture_skip(const struct tokenizer *tokenizer, size_t *span, uint32_t *at,
                           struct rest *rest)
{
    for (; *span < tokenizer->span_count; (*span)++) {
        const struct span *next = &tokenizer->spans[*span];
        if (!is_edge(next->kind))
            continue;
        if (next->start > *at)
            return true;
        if (next->kind != SPAN_FURNITURE)
            return false;
        if (next->end > *at) {
            *at = next->end;
            rest->is_behind = true;
        }
    }
    return true;
}

static uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Walk from behind a hyphen over blanks, one line end (more with furniture), reply marks and
 * furniture. */
static bool rest_find(const struct tokenizer *tokenizer, uint32_t at, struct rest *rest)
{
    const uint8_t *text = tokenizer->text.at;
    uint32_t limit = lesser((uint32_t)tokenizer->text.len, tokenizer->block_end);
    uint32_t high = lesser(limit, at + BREAK_MAX);
    size_t span = tokenizer->next_span;
    unsigned lines = 0;
    *rest = (struct rest){ 0 };
    for (;; at++) {
        if (!furniture_skip(tokenizer, &span, &at, rest) || at >= high)
            return false;
        bool is_reply = lines > 0 && (text[at] == '>' || text[at] == '|');
        if (!(byte_traits[text[at]] & BYTE_BLANK) && !is_reply)
            break;
        lines += text[at] == '\n' || (text[at] == '\r' && at + 1 < high && text[at + 1] != '\n');
    }
    rest->start = at;
    rest->limit = limit;
    if (span < tokenizer->span_count)
        rest->limit = lesser(limit, tokenizer->spans[span].start);
    return lines == 1 || rest->is_behind;
}

static bool is_conjunction(const struct word *word)
{
    struct bytes key = bytes_make(word->key.at, word->key.len);
    return bytes_is(key, "and") || bytes_is(key, "or") || bytes_is(key, "to") || bytes_is(key, "y");
}

/* "opera-" and "tion"; in a text of capitals "OPERA-" and "TION". */
static bool is_rest_of(const struct word *head, const struct word *rest)
{
    bool is_lower = rest->letters > 0 && !(rest->flags & (TOKEN_CAPITAL | TOKEN_NUMBER));
    bool are_capitals =
        (head->flags & TOKEN_ALL_CAPS) && (rest->flags & TOKEN_ALL_CAPS) && rest->digits == 0;
    return (is_lower || are_capitals) && !is_conjunction(rest);
}

enum { PIECES_MAX = 4 };

/* A part of a compound: a word, or a word and its rest on the next line. */
struct part {
    struct word word;
    uint32_t end;  /* where reading goes on */
    uint32_t tail; /* its rest behind furniture, or NOWHERE */
    uint32_t tail_end;
    size_t piece_count; /* more than one: it was broken */
    struct key pieces[PIECES_MAX];
};

/* Add the rest of a broken word; false when none is there. */
static bool part_mend(const struct tokenizer *tokenizer, struct part *part)
{
    uint32_t hyphen =
        part->end < tokenizer->limit ? hyphen_at(text_to_limit(tokenizer), part->end) : 0;
    bool ends_in_digit = byte_traits[tokenizer->text.at[part->end - 1]] & BYTE_DIGIT;
    if (hyphen == 0 || ends_in_digit || (part->word.flags & TOKEN_ABBREVIATION) ||
        is_in_furniture(tokenizer))
        return false;
    struct rest rest;
    if (!rest_find(tokenizer, part->end + hyphen, &rest))
        return false;
    struct bytes text = bytes_make(tokenizer->text.at, rest.limit);
    if (!is_word_at(text, rest.start))
        return false;
    struct word more;
    word_read(text, rest.start, &more);
    if (!is_rest_of(&part->word, &more))
        return false;
    if (part->piece_count == 0)
        part->pieces[part->piece_count++] = part->word.key;
    if (part->piece_count < PIECES_MAX)
        part->pieces[part->piece_count++] = more.key;
    key_append(&part->word.key, bytes_make(more.key.at, more.key.len));
    part->word.letters += more.letters;
    part->word.capitals += more.capitals;
    part->word.flags |= more.flags & TOKEN_DAMAGED;
    part->word.ends_sentence = more.ends_sentence;
    part->word.end = more.end;
    if (rest.is_behind) {
        part->tail = rest.start;
        part->tail_end = more.end;
        part->end += hyphen;
    } else {
        part->end = more.end;
    }
    return true;
}

static void part_read(const struct tokenizer *tokenizer, uint32_t at, struct part *part)
{
    word_read(text_to_limit(tokenizer), at, &part->word);
    part->end = part->word.end;
    part->tail = NOWHERE;
    part->piece_count = 0;
    while (part->tail == NOWHERE && part_mend(tokenizer, part))
        continue;
}

/* Where the next part of a compound begins: directly behind one hyphen; 0 when this part is the
 * last. */
static uint32_t compound_next(const struct tokenizer *tokenizer, const struct part *part)
{
    struct bytes text = text_to_limit(tokenizer);
    if (part->tail != NOWHERE || part->end >= tokenizer->limit)
        return 0;
    uint32_t hyphen = hyphen_at(text, part->end);
    return hyphen > 0 && is_word_at(text, part->end + hyphen) ? part->end + hyphen : 0;
}

static void extra_queue(struct tokenizer *tokenizer, const struct token *first,
                        const struct key *key, uint32_t end)
{
    size_t room = sizeof tokenizer->queue / sizeof *tokenizer->queue;
    if (tokenizer->waiting == room || key->len == 0)
        return;
    struct token *extra = &tokenizer->queue[tokenizer->waiting++];
    extra->start = first->start;
    extra->end = end;
    extra->position = first->position;
    extra->flags = (uint16_t)(TOKEN_EXTRA | (first->flags & (TOKEN_FURNITURE | TOKEN_DAMAGED)));
    if (key->at[0] >= '0' && key->at[0] <= '9')
        extra->flags |= TOKEN_NUMBER;
    extra->key_len = key->len;
    memcpy(extra->key, key->at, key->len);
}

/* The joined key of the compound whose first part was just read. */
static void compound_queue(struct tokenizer *tokenizer, const struct token *first,
                           const struct part *part, uint32_t next)
{
    struct key joined = part->word.key;
    struct part more;
    uint32_t end = part->end;
    while (next > 0 && !joined.is_full) {
        part_read(tokenizer, next, &more);
        key_append(&joined, bytes_make(more.word.key.at, more.word.key.len));
        end = more.word.end;
        next = compound_next(tokenizer, &more);
    }
    extra_queue(tokenizer, first, &joined, end);
}

static void part_queue(struct tokenizer *tokenizer, const struct token *first,
                       const struct part *part)
{
    for (size_t i = 0; i < part->word.extra_count && part->piece_count == 0; i++)
        extra_queue(tokenizer, first, &part->word.extras[i], first->end);
    for (size_t i = 0; i < part->piece_count; i++)
        extra_queue(tokenizer, first, &part->pieces[i], first->end);
}

static void careful_read(struct tokenizer *tokenizer, struct token *token)
{
    struct part part;
    part_read(tokenizer, tokenizer->at, &part);
    const struct word *word = &part.word;
    token->start = tokenizer->at;
    token->end = word->end;
    token->flags = word->flags;
    token->key_len = word->key.len;
    memcpy(token->key, word->key.at, word->key.len);
    token_place(tokenizer, token,
                word->letters > 0 && !(word->flags & (TOKEN_CAPITAL | TOKEN_NUMBER)));
    uint32_t next = compound_next(tokenizer, &part);
    token->flags |= next > 0 ? TOKEN_HYPHEN : 0;
    if (next > 0 && !tokenizer->joined)
        compound_queue(tokenizer, token, &part, next);
    part_queue(tokenizer, token, &part);
    if (word->ends_sentence && !(token->flags & TOKEN_FURNITURE))
        tokenizer->gap = GAP_STOP;
    tokenizer->joined = next > 0;
    tokenizer->at = part.end;
    if (part.tail != NOWHERE) {
        tokenizer->tail = part.tail;
        tokenizer->tail_end = part.tail_end;
    }
}

bool tokenizer_next(struct tokenizer *tokenizer, struct token *token)
{
    if (tokenizer->handed < tokenizer->waiting) {
        *token = tokenizer->queue[tokenizer->handed++];
        return true;
    }
    tokenizer->handed = tokenizer->waiting = 0;
    if (!word_find(tokenizer))
        return false;
    if (!plain_read(tokenizer, token))
        careful_read(tokenizer, token);
    return true;
}

void tokenizer_begin(struct tokenizer *tokenizer, struct bytes text, const struct span *spans,
                     size_t span_count)
{
    memset(tokenizer, 0, offsetof(struct tokenizer, queue));
    tokenizer->text = bytes_slice(text, 0, UINT32_MAX - 1);
    tokenizer->spans = spans;
    tokenizer->span_count = span_count;
    tokenizer->block_end = NOWHERE;
    tokenizer->tail = NOWHERE;
    tokenizer->sentence = true;
    for (size_t i = 0; i < span_count && !tokenizer->has_paragraphs; i++)
        tokenizer->has_paragraphs = spans[i].kind == SPAN_PARAGRAPH;
}

/* Where everything is known again: the start of the paragraph or heading that `at` stands in, or of
 * the text. */
static uint32_t anchor_find(const struct tokenizer *tokenizer, uint32_t at)
{
    uint32_t anchor = 0;
    for (size_t i = 0; i < tokenizer->span_count && tokenizer->spans[i].start <= at; i++)
        if (is_edge(tokenizer->spans[i].kind) && tokenizer->spans[i].kind != SPAN_FURNITURE)
            anchor = tokenizer->spans[i].start;
    return anchor;
}

void tokenizer_skip_sentences(struct tokenizer *tokenizer)
{
    tokenizer->is_without = true;
}

/* A blank at least RESUME_MAX before `at`, so that no word is cut; `at` itself when there is none.
 */
static uint32_t blank_before(struct bytes text, uint32_t at)
{
    uint32_t from = at - RESUME_MAX;
    while (from < at && !(byte_traits[text.at[from]] & BYTE_BLANK))
        from++;
    return from;
}

void tokenizer_resume(struct tokenizer *tokenizer, struct bytes text, const struct span *spans,
                      size_t span_count, uint32_t at, uint32_t position,
                      uint32_t furniture_position)
{
    tokenizer_begin(tokenizer, text, spans, span_count);
    at = at < tokenizer->text.len ? at : (uint32_t)tokenizer->text.len;
    uint32_t anchor = anchor_find(tokenizer, at);
    tokenizer->at = at - anchor > RESUME_MAX ? blank_before(tokenizer->text, at) : anchor;
    limit_find(tokenizer);
    tokenizer->sentence = tokenizer->sentence && tokenizer->at == anchor;
    struct token passed;
    while (word_find(tokenizer) && tokenizer->at < at) {
        (void)tokenizer_next(tokenizer, &passed);
        tokenizer->handed = tokenizer->waiting = 0;
    }
    tokenizer->position = position;
    tokenizer->furniture_position = furniture_position;
}

#include "mention/figure_words.h"

#include "base/grow.h"
#include "base/scoped.h"
#include "text/tokenize.h"
#include "text/utf8.h"

struct growing {
    struct said *at;
    size_t count, room;
    uint32_t gap_from;
    uint16_t gap;
    bool after_furniture;
};

static void growing_release(struct growing *growing)
{
    free(growing->at);
}

static uint16_t gap_of_byte(uint8_t byte)
{
    switch (byte) {
    case ',':
        return GAP_COMMA;
    case '.':
    case '!':
    case '?':
        return GAP_STOP;
    case ';':
    case ':':
        return GAP_PAUSE;
    case '(':
    case '[':
        return GAP_OPEN;
    case ')':
    case ']':
        return GAP_CLOSE;
    case '"':
        return GAP_QUOTE;
    case '-':
        return GAP_HYPHEN;
    case '/':
        return GAP_SLASH;
    case '$':
        return GAP_MONEY;
    case '%':
        return GAP_PERCENT;
    case '#':
        return GAP_HASH;
    default:
        return 0;
    }
}

static uint16_t gap_of_code(uint32_t code)
{
    switch (code) {
    case 0x2013: /* en dash: a range between numbers, a pause elsewhere */
        return GAP_HYPHEN;
    case 0x2014:
    case 0x2026:
        return GAP_PAUSE;
    case 0x201C:
    case 0x201D:
    case 0x00AB:
    case 0x00BB:
        return GAP_QUOTE;
    case 0x20AC:
    case 0x00A3:
    case 0x00A5:
        return GAP_MONEY;
    default:
        return 0;
    }
}

/* An en dash or hyphens with blanks around them are a pause. */
static uint16_t gap_between(struct bytes text, uint32_t from, uint32_t to)
{
    uint16_t gap = 0;
    bool has_blank = false;
    for (uint32_t at = from; at < to;) {
        uint32_t code = text.at[at];
        uint32_t len = 1;
        if (code < 0x80) {
            gap |= gap_of_byte((uint8_t)code);
            has_blank = has_blank || code == ' ' || code == '\n' || code == '\r';
        } else {
            len = code >= 0xF0 ? 4 : code >= 0xE0 ? 3 : 2;
            if (len > to - at)
                break;
            code = len == 2   ? (code & 0x1F) << 6 | (text.at[at + 1] & 0x3Fu)
                   : len == 3 ? (code & 0x0F) << 12 | (text.at[at + 1] & 0x3Fu) << 6 |
                                    (text.at[at + 2] & 0x3Fu)
                              : 0;
            gap |= gap_of_code(code);
        }
        at += len;
    }
    if ((gap & GAP_HYPHEN) != 0 && has_blank)
        gap = (uint16_t)((gap & ~GAP_HYPHEN) | GAP_PAUSE);
    return to - from == 1 && !has_blank ? gap | GAP_GLUED : gap;
}

/* "Oriana's" is oriana: the tokenizer dropped the apostrophe and kept the s. */
static bool drops_possessive(struct bytes text, const struct token *token)
{
    uint32_t len = token->end - token->start;
    if (len < 4 || (text.at[token->end - 1] | 0x20) != 's')
        return false;
    return text.at[token->end - 2] == '\'' ||
           (len > 5 && text.at[token->end - 2] == 0x99 && text.at[token->end - 3] == 0x80 &&
            text.at[token->end - 4] == 0xE2);
}

static enum status add_word(struct growing *growing, struct bytes text, const struct token *token,
                            struct arena *arena, struct fault *fault)
{
    if (!GROW(growing->at, growing->room, growing->count + 1))
        return no_memory(fault);
    struct bytes key = token_key(token);
    struct said *said = &growing->at[growing->count++];
    *said = (struct said){ .start = token->start, .end = token->end, .flags = token->flags };
    said->is_possessive = key.len > 2 && drops_possessive(text, token);
    said->key = arena_copy(arena, bytes_slice(key, 0, key.len - said->is_possessive));
    said->gap = growing->gap | gap_between(text, growing->gap_from, token->start);
    if ((token->flags & TOKEN_SENTENCE) != 0)
        said->gap |= GAP_EDGE;
    growing->gap = 0;
    growing->gap_from = token->end;
    growing->after_furniture = false;
    return said->key.at == NULL ? no_memory(fault) : OK;
}

static void pass_furniture(struct growing *growing, struct bytes text, const struct token *token)
{
    if (!growing->after_furniture && token->start > growing->gap_from)
        growing->gap |= gap_between(text, growing->gap_from, token->start) & ~GAP_GLUED;
    growing->after_furniture = true;
    growing->gap_from = token->end;
}

static bool reads_spanish(const struct saying *saying)
{
    size_t spanish = 0, english = 0;
    for (size_t i = 0; i < saying->count; i++) {
        if (saying->at[i].key.len > 4)
            continue;
        spanish += word_is_among(saying->at[i].key, "de la el los las que en por del una con para");
        english += word_is_among(saying->at[i].key, "the of and to in that for with was is by on");
    }
    return spanish > english;
}

enum status saying_make(struct bytes text, const struct span *spans, size_t span_count,
                        struct arena *arena, struct saying *saying, struct fault *fault)
{
    SCOPED(growing_release) struct growing growing = { 0 };
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, text, spans, span_count);
    while (tokenizer_next(&tokenizer, &token)) {
        if ((token.flags & TOKEN_EXTRA) != 0)
            continue;
        if ((token.flags & TOKEN_FURNITURE) != 0)
            pass_furniture(&growing, text, &token);
        else
            TRY(add_word(&growing, text, &token, arena, fault));
    }
    saying->text = text;
    saying->count = growing.count;
    saying->at = arena_alloc_many(arena, growing.count + 1, sizeof *saying->at);
    if (saying->at == NULL)
        return no_memory(fault);
    if (growing.count > 0)
        memcpy(saying->at, growing.at, growing.count * sizeof *saying->at);
    saying->at[growing.count] =
        (struct said){ .start = (uint32_t)text.len, .end = (uint32_t)text.len };
    saying->at[growing.count].gap = GAP_EDGE;
    if (text.len > growing.gap_from)
        saying->at[growing.count].gap |= gap_between(text, growing.gap_from, (uint32_t)text.len);
    saying->is_spanish = reads_spanish(saying);
    return OK;
}

size_t saying_find(const struct saying *saying, uint32_t at)
{
    size_t low = 0, high = saying->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (saying->at[middle].start < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool word_is_among(struct bytes key, const char *list)
{
    const uint8_t *end = key.at + key.len;
    if (key.len == 0)
        return false;
    for (const char *at = list; *at != '\0'; at++) {
        const uint8_t *byte = key.at;
        while (byte < end && (uint8_t)*at == *byte) {
            at++;
            byte++;
        }
        if (byte == end && (*at == ' ' || *at == '\0'))
            return true;
        while (*at != ' ' && *at != '\0')
            at++;
        if (*at == '\0')
            return false;
    }
    return false;
}

/* By first letter, 'a' to 'y'; words of one and two letters are small anyway. */
static const char *const small_words[] = {
    "and about after also all any are also aun ante",
    "but before between because been being both by",
    "can could como con cual cuando contra",
    "does did during del desde donde de",
    "each even ever ese eso esa este esta estos estas era entre el",
    "for from fue fueron",
    "",
    "his her have has had him here how han hay hasta habia haber",
    "its into",
    "just",
    "",
    "los las les",
    "may might must many more most much mas muy",
    "nor not nos",
    "our out over only off onto one",
    "per por para pero",
    "que quien",
    "",
    "she should shall such since some said says sin sobre ser son sus segun",
    "the their this that these those then than there they them through too told tras tambien",
    "upon until under una unas unos",
    "very via",
    "was were what when where which while who whom whose why will with would",
    "",
    "you your yet",
};

bool word_is_small(struct bytes key)
{
    if (key.len <= 2)
        return true;
    if (key.len > 7 || key.at[0] < 'a' || key.at[0] > 'y')
        return false;
    return word_is_among(key, small_words[key.at[0] - 'a']);
}

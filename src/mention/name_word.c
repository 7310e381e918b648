#include "mention/name_word.h"

#include "text/fold.h"
#include "text/utf8.h"

struct letter {
    uint32_t code;
    size_t len;
    struct char_traits traits;
};

static struct letter letter_at(struct bytes text, uint32_t at)
{
    struct letter letter = { 0 };
    letter.code = utf8_decode(text, at, &letter.len);
    letter.traits = char_traits(letter.code);
    return letter;
}

static bool is_apostrophe(uint32_t code)
{
    return code == '\'' || code == 0x2019 || code == 0x02BC || code == '`';
}

static bool is_hyphen(uint32_t code)
{
    return code == '-' || code == 0x2010 || code == 0x2011;
}

static bool goes_on(const struct letter *letter)
{
    return letter->traits.class == CHAR_LETTER || letter->traits.class == CHAR_DIGIT ||
           letter->traits.class == CHAR_MARK || letter->traits.class == CHAR_INVISIBLE;
}

static bool begins(const struct letter *letter)
{
    return letter->traits.class == CHAR_LETTER || letter->traits.class == CHAR_DIGIT;
}

/* What blanks, line ends and marks between two words come to: the strongest that stands there. */
struct gap_state {
    unsigned lines;
    enum name_gap gap;
};

static void gap_add(struct gap_state *state, uint32_t code)
{
    enum name_gap gap = NAME_GAP_OTHER;
    if (code == '\n')
        gap = ++state->lines > 1 ? NAME_GAP_BREAK : NAME_GAP_LINE;
    else if (code == ' ' || code == '\t' || code == '\r' || code == 0xA0 || code == 0x7F)
        gap = NAME_GAP_BLANK;
    else if (is_apostrophe(code))
        gap = NAME_GAP_NONE;
    else if (is_hyphen(code))
        gap = state->gap == NAME_GAP_NONE ? NAME_GAP_HYPHEN : NAME_GAP_OTHER;
    else if (code == ',')
        gap = NAME_GAP_COMMA;
    else if (code == '.' || code == '!' || code == '?' || code == ':' || code == ';')
        gap = NAME_GAP_STOP;
    if (state->gap == NAME_GAP_HYPHEN && gap == NAME_GAP_BLANK)
        gap = NAME_GAP_OTHER;
    if (gap > state->gap)
        state->gap = gap;
}

static void key_add(struct name_word *word, struct bytes text, uint32_t at, const struct letter *l)
{
    struct bytes folded = l->traits.fold != NULL ? bytes_make(l->traits.fold, l->traits.fold_len)
                                                 : bytes_slice(text, at, l->len);
    if (l->traits.class == CHAR_INVISIBLE || l->traits.class == CHAR_MARK)
        return;
    if (folded.len > (size_t)(NAME_KEY_MAX - word->key_len))
        return;
    if (folded.len > 0)
        memcpy(word->key + word->key_len, folded.at, folded.len);
    word->key_len += (uint8_t)folded.len;
}

/* "'s" that ends a word: the owner is the word. */
static uint32_t possessive_at(struct bytes text, uint32_t at, uint32_t high)
{
    if (at >= high)
        return 0;
    struct letter mark = letter_at(text, at);
    uint32_t behind = at + (uint32_t)mark.len;
    if (!is_apostrophe(mark.code) || behind >= high || (text.at[behind] | 0x20) != 's')
        return 0;
    if (behind + 1 < high) {
        struct letter after = letter_at(text, behind + 1);
        if (goes_on(&after))
            return 0;
    }
    return behind + 1 - at;
}

/* An apostrophe or comma-like damage between letters belongs to the word: O'Neill. */
static uint32_t inner_apostrophe(struct bytes text, uint32_t at, uint32_t high)
{
    struct letter mark = letter_at(text, at);
    uint32_t behind = at + (uint32_t)mark.len;
    if (!is_apostrophe(mark.code) || behind >= high)
        return 0;
    struct letter after = letter_at(text, behind);
    return after.traits.class == CHAR_LETTER ? (uint32_t)mark.len : 0;
}

static void word_read_body(struct bytes text, uint32_t high, struct name_word *word)
{
    uint32_t at = word->start;
    unsigned letters = 0, capitals = 0, digits = 0;
    while (at < high) {
        struct letter letter = letter_at(text, at);
        uint32_t apostrophe;
        if (goes_on(&letter)) {
            key_add(word, text, at, &letter);
            letters += letter.traits.class == CHAR_LETTER;
            capitals += letter.traits.is_upper;
            digits += letter.traits.class == CHAR_DIGIT;
            if (letters == 1 && letter.traits.is_upper && at == word->start)
                word->flags |= NAME_WORD_CAPITAL;
            at += (uint32_t)letter.len;
        } else if (possessive_at(text, at, high) == 0 &&
                   (apostrophe = inner_apostrophe(text, at, high)) > 0) {
            at += apostrophe;
        } else {
            break;
        }
    }
    word->end = word->next = at;
    if (digits > 0)
        word->flags |= NAME_WORD_NUMBER;
    if (letters >= 2 && capitals == letters)
        word->flags |= NAME_WORD_ALL_CAPS;
    if (letters >= 3 && capitals + 1 == letters && text.at[at - 1] == 's')
        word->flags |= NAME_WORD_CAPS_BUT_S;
    if (letters == 1 && capitals == 1 && digits == 0)
        word->flags |= NAME_WORD_INITIAL;
}

static void word_read_end(struct bytes text, uint32_t high, struct name_word *word)
{
    uint32_t owner = possessive_at(text, word->end, high);
    if (owner > 0) {
        word->flags |= NAME_WORD_POSSESSIVE;
        word->next = word->end + owner;
    } else if (word->end < high && text.at[word->end] == '.') {
        word->flags |= NAME_WORD_DOT;
    }
}

bool name_word_next(struct bytes text, uint32_t at, uint32_t high, struct name_word *word)
{
    struct gap_state gap = { 0 };
    if (high > text.len)
        high = (uint32_t)text.len;
    if (at == 0)
        gap.gap = NAME_GAP_BREAK;
    while (at < high) {
        struct letter letter = letter_at(text, at);
        if (begins(&letter))
            break;
        gap_add(&gap, letter.code);
        at += (uint32_t)letter.len;
    }
    if (at >= high)
        return false;
    *word = (struct name_word){ .start = at, .gap = gap.gap };
    word_read_body(text, high, word);
    word_read_end(text, high, word);
    return true;
}

static uint32_t step_back(struct bytes text, uint32_t at, uint32_t low)
{
    do
        at--;
    while (at > low && (text.at[at] & 0xC0) == 0x80);
    return at;
}

/* Whether the character before `start` holds the word together: a letter, or O' before Neill. */
static bool holds_before(struct bytes text, uint32_t start, uint32_t low, uint32_t *to)
{
    uint32_t at = step_back(text, start, low);
    struct letter letter = letter_at(text, at);
    *to = at;
    if (goes_on(&letter))
        return true;
    if (!is_apostrophe(letter.code) || at == low || possessive_at(text, at, (uint32_t)text.len) > 0)
        return false;
    struct letter before = letter_at(text, step_back(text, at, low));
    return before.traits.class == CHAR_LETTER;
}

bool name_word_before(struct bytes text, uint32_t at, uint32_t low, struct name_word *word)
{
    struct gap_state gap = { 0 };
    uint32_t end = at, start, to;
    while (end > low) {
        uint32_t last = step_back(text, end, low);
        struct letter letter = letter_at(text, last);
        if (goes_on(&letter))
            break;
        gap_add(&gap, letter.code);
        end = last;
    }
    if (end <= low)
        return false;
    for (start = end; start > low && holds_before(text, start, low, &to);)
        start = to;
    /* the s of an owner: country's */
    if (end - start == 1 && (text.at[start] | 0x20) == 's' && start > low) {
        uint32_t mark = step_back(text, start, low);
        if (possessive_at(text, mark, (uint32_t)text.len) > 0 && mark > low)
            return name_word_before(text, mark, low, word) && (word->gap = gap.gap, true);
    }
    *word = (struct name_word){ .start = start, .gap = gap.gap };
    word_read_body(text, end, word);
    word_read_end(text, (uint32_t)text.len, word);
    return true;
}

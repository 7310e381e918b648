#include "record/doubt.h"

#include "record/record.h"

struct word_signs {
    unsigned letters, lowers, uppers, digits, foreign, symbols, vowels;
    bool capital_inside;
    bool digit_inside; /* beside a letter, not behind a hyphen or slash: "AX-579" is a code */
    uint8_t before;    /* its enum byte_sign */
};

/* What a byte is to a word. */
enum byte_sign {
    LETTER = 1,
    VOWEL = 2,
    LOWER = 4,
    UPPER = 8,
    DIGIT = 16,
    FOREIGN = 32,
    SYMBOL = 64
};

/* Latin letters with marks and curly quotes begin below 0xC4 and with 0xE2: they are no signs. */
static const uint8_t signs_of[256] = {
    ['a'] = LETTER | VOWEL | LOWER, ['e'] = LETTER | VOWEL | LOWER, ['i'] = LETTER | VOWEL | LOWER,
    ['o'] = LETTER | VOWEL | LOWER, ['u'] = LETTER | VOWEL | LOWER, ['y'] = LETTER | VOWEL | LOWER,
    ['A'] = LETTER | VOWEL | UPPER, ['E'] = LETTER | VOWEL | UPPER, ['I'] = LETTER | VOWEL | UPPER,
    ['O'] = LETTER | VOWEL | UPPER, ['U'] = LETTER | VOWEL | UPPER, ['Y'] = LETTER | VOWEL | UPPER,
    ['b' ... 'd'] = LETTER | LOWER, ['f' ... 'h'] = LETTER | LOWER, ['j' ... 'n'] = LETTER | LOWER,
    ['p' ... 't'] = LETTER | LOWER, ['v' ... 'x'] = LETTER | LOWER, ['z'] = LETTER | LOWER,
    ['B' ... 'D'] = LETTER | UPPER, ['F' ... 'H'] = LETTER | UPPER, ['J' ... 'N'] = LETTER | UPPER,
    ['P' ... 'T'] = LETTER | UPPER, ['V' ... 'X'] = LETTER | UPPER, ['Z'] = LETTER | UPPER,
    ['0' ... '9'] = DIGIT,          [0x01 ... 0x20] = SYMBOL,       ['#' ... '%'] = SYMBOL,
    ['*' ... '+'] = SYMBOL,         ['<' ... '>'] = SYMBOL,         ['@'] = SYMBOL,
    ['[' ... '`'] = SYMBOL,         ['{' ... 0x7F] = SYMBOL,        [0xC4 ... 0xE1] = FOREIGN,
    [0xE3 ... 0xFF] = FOREIGN,
};

static void note_byte(struct word_signs *signs, uint8_t sign)
{
    signs->digit_inside |= ((sign & LETTER) && (signs->before & DIGIT)) ||
                           ((sign & DIGIT) && (signs->before & LETTER));
    signs->before = sign;
    signs->letters += sign & LETTER;
    signs->vowels += (sign & VOWEL) != 0;
    signs->lowers += (sign & LOWER) != 0;
    signs->uppers += (sign & UPPER) != 0;
    signs->capital_inside |= (sign & UPPER) && signs->lowers > 1;
    signs->digits += (sign & DIGIT) != 0;
    signs->foreign += (sign & FOREIGN) != 0;
    signs->symbols += (sign & SYMBOL) != 0;
}

static bool is_odd(const struct word_signs *signs)
{
    if (signs->letters >= 2 && signs->digit_inside)
        return true;
    if (signs->symbols > 0 || (signs->foreign > 0 && signs->letters > 0))
        return true;
    if (signs->capital_inside || (signs->uppers > 1 && signs->lowers > 1))
        return true;
    return signs->letters >= 3 && signs->vowels == 0 && signs->lowers > 0;
}

/* Small letters with a vowel among them, perhaps behind one capital: most words, and never odd. */
static bool is_plain(const uint8_t *at, const uint8_t *end)
{
    uint8_t any = at < end ? signs_of[*at] & (uint8_t)~UPPER : 0;
    for (at++; at < end; at++)
        any |= signs_of[*at];
    return (any & (VOWEL | UPPER | DIGIT | FOREIGN | SYMBOL)) == VOWEL;
}

static void note_word(struct word_signs *signs, const uint8_t *at, const uint8_t *end)
{
    *signs = (struct word_signs){ .letters = 1, .vowels = 1 };
    if (is_plain(at, end))
        return;
    *signs = (struct word_signs){ 0 };
    while (at < end)
        note_byte(signs, signs_of[*at++]);
}

/* The next run between blanks that holds a letter, from *at on; *start is where it begins. */
static bool word_next(struct bytes text, size_t *at, size_t *start, struct word_signs *signs)
{
    while (*at < text.len) {
        while (*at < text.len && text.at[*at] <= ' ')
            ++*at;
        *start = *at;
        while (*at < text.len && text.at[*at] > ' ')
            ++*at;
        note_word(signs, text.at + *start, text.at + *at);
        if (signs->letters > 0 || signs->foreign > 0)
            return true;
    }
    return false;
}

bool text_is_doubtful(struct bytes text)
{
    size_t words = 0, odd = 0, at = 0, start;
    struct word_signs signs;
    while (word_next(text, &at, &start, &signs)) {
        words++;
        odd += is_odd(&signs);
    }
    return words >= 4 && odd * 3 > words;
}

void doubt_count(struct doubt *doubt, struct bytes text, const struct span *spans, size_t count)
{
    size_t at = 0, start, next = 0, furniture = 0, doubtful = 0; /* ends of what was met so far */
    struct word_signs signs;
    while (word_next(text, &at, &start, &signs)) {
        for (; next < count && spans[next].start <= start; next++)
            if (spans[next].kind == SPAN_FURNITURE && spans[next].end > furniture)
                furniture = spans[next].end;
            else if (spans[next].kind == SPAN_DOUBTFUL && spans[next].end > doubtful)
                doubtful = spans[next].end;
        if (start < furniture)
            continue;
        doubt->words++;
        doubt->doubtful += start < doubtful || is_odd(&signs);
    }
}

bool doubt_is_noticeable(const struct doubt *doubt)
{
    return doubt->doubtful * 10 > doubt->words;
}

#include "record/doubt.h"

#include "record/record.h"

struct word_signs {
    unsigned letters, lowers, uppers, digits, foreign, symbols, vowels;
    bool capital_inside;
    bool digit_inside; /* beside a letter, not behind a hyphen or slash: "AX-579" is a code */
    uint8_t before;
};

static void note_byte(struct word_signs *signs, uint8_t byte)
{
    signs->digit_inside |= (is_letter(byte) && is_digit(signs->before)) ||
                           (is_digit(byte) && is_letter(signs->before));
    signs->before = byte;
    if (is_letter(byte)) {
        signs->letters++;
        signs->vowels += strchr("aeiouyAEIOUY", byte) != NULL;
        signs->lowers += is_lower(byte);
        signs->uppers += is_upper(byte);
        signs->capital_inside |= is_upper(byte) && signs->lowers > 1;
    } else if (is_digit(byte)) {
        signs->digits++;
    } else if ((byte >= 0xC4 && byte < 0xE2) || byte > 0xE2) {
        signs->foreign++; /* Latin letters with marks and curly quotes begin otherwise */
    } else if (byte < 0x80 && strchr(".,;:'\"()-/&!?", byte) == NULL) {
        signs->symbols++;
    }
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

/* The next run between blanks that holds a letter, from *at on; *start is where it begins. */
static bool word_next(struct bytes text, size_t *at, size_t *start, struct word_signs *signs)
{
    while (*at < text.len) {
        while (*at < text.len && text.at[*at] <= ' ')
            ++*at;
        *start = *at;
        *signs = (struct word_signs){ 0 };
        while (*at < text.len && text.at[*at] > ' ')
            note_byte(signs, text.at[(*at)++]);
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

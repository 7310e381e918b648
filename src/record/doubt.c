#include "record/doubt.h"

#include "record/record.h"

struct word_signs {
    unsigned letters, lowers, uppers, digits, foreign, symbols, vowels;
    bool capital_inside;
};

static void note_byte(struct word_signs *signs, uint8_t byte)
{
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
    if (signs->letters >= 2 && signs->digits > 0)
        return true;
    if (signs->symbols > 0 || (signs->foreign > 0 && signs->letters > 0))
        return true;
    if (signs->capital_inside || (signs->uppers > 1 && signs->lowers > 1))
        return true;
    return signs->letters >= 3 && signs->vowels == 0 && signs->lowers > 0;
}

bool text_is_doubtful(struct bytes text)
{
    size_t words = 0, odd = 0;
    for (size_t i = 0; i < text.len;) {
        while (i < text.len && text.at[i] <= ' ')
            i++;
        struct word_signs signs = { 0 };
        while (i < text.len && text.at[i] > ' ')
            note_byte(&signs, text.at[i++]);
        if (signs.letters == 0 && signs.foreign == 0)
            continue;
        words++;
        odd += is_odd(&signs);
    }
    return words >= 4 && odd * 3 > words;
}

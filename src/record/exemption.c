#include "record/exemption.h"

#include "record/record.h"

static bool is_join(uint8_t byte)
{
    return byte == ',' || byte == ';' || byte == ' ' || byte == '\t' || byte == '.';
}

static size_t bracketed_len(struct bytes text, size_t at)
{
    if (at + 2 < text.len && text.at[at] == '(' && is_letter(text.at[at + 1]) &&
        text.at[at + 2] == ')')
        return 3;
    return 0;
}

size_t exemption_len(struct bytes text)
{
    size_t len = 0;
    if (text.len >= 2 && text.at[0] == 'B' && text.at[1] >= '1' && text.at[1] <= '9') {
        len = 2 + bracketed_len(text, 2);
    } else if (text.len >= 3 && text.at[0] == '1' && (text.at[1] == '.' || text.at[1] == ',') &&
               text.at[2] == '4') {
        len = 3 + bracketed_len(text, 3);
        if (len == 3)
            return 0;
    } else if (text.len >= 2 && text.at[0] == 'N' && text.at[1] == 'R') {
        len = 2;
    }
    if (len > 0 && len < text.len && (is_letter(text.at[len]) || is_digit(text.at[len])))
        return 0;
    return len;
}

struct bytes exemption_next(struct bytes text, size_t *at)
{
    for (; *at < text.len; (*at)++) {
        bool is_inside = *at > 0 && (is_letter(text.at[*at - 1]) || is_digit(text.at[*at - 1]));
        size_t len = is_inside ? 0 : exemption_len(bytes_slice(text, *at, text.len));
        if (len > 0) {
            *at += len;
            return bytes_slice(text, *at - len, len);
        }
    }
    return bytes_make(NULL, 0);
}

bool is_exemptions(struct bytes text)
{
    size_t at = 0, codes = 0;
    while (at < text.len) {
        size_t len = exemption_len(bytes_slice(text, at, text.len));
        if (len == 0)
            return false;
        at += len;
        codes++;
        while (at < text.len && is_join(text.at[at]))
            at++;
    }
    return codes > 0;
}

#include "base/wellformed.h"

static bool is_between(uint8_t byte, uint8_t low, uint8_t high)
{
    return byte >= low && byte <= high;
}

static size_t length_from_lead(uint8_t lead)
{
    if (lead < 0x80)
        return 1;
    if (is_between(lead, 0xc2, 0xdf))
        return 2;
    if (is_between(lead, 0xe0, 0xef))
        return 3;
    return is_between(lead, 0xf0, 0xf4) ? 4 : 0;
}

/* Surrogates, overlong forms and what lies above U+10FFFF all show in the second byte. */
static bool is_second(uint8_t lead, uint8_t second)
{
    switch (lead) {
    case 0xe0:
        return is_between(second, 0xa0, 0xbf);
    case 0xed:
        return is_between(second, 0x80, 0x9f);
    case 0xf0:
        return is_between(second, 0x90, 0xbf);
    case 0xf4:
        return is_between(second, 0x80, 0x8f);
    default:
        return is_between(second, 0x80, 0xbf);
    }
}

size_t wellformed_len(struct bytes of)
{
    if (of.len == 0)
        return 0;
    size_t len = length_from_lead(of.at[0]);
    if (len < 2)
        return len;
    if (of.len < len || !is_second(of.at[0], of.at[1]))
        return 0;
    for (size_t i = 2; i < len; i++) {
        if (!is_between(of.at[i], 0x80, 0xbf))
            return 0;
    }
    return len;
}

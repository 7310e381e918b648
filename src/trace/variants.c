#include "trace/variants.h"

#include <stdio.h>

#include "trace/variant_words.h"

static bool number_words(struct bytes key, uint8_t *out, size_t *len)
{
    static const char *const tens[] = { "twenty", "thirty",  "forty",  "fifty",
                                        "sixty",  "seventy", "eighty", "ninety" };
    static const char *const ones[] = { "",     "one", "two",   "three", "four",
                                        "five", "six", "seven", "eight", "nine" };
    if (key.len < 5 || bytes_find(key, bytes_from_string("ty"), 3) == SIZE_MAX)
        return false;
    for (size_t t = 0; t < 8; t++) {
        if (!bytes_has_prefix(key, tens[t]))
            continue;
        struct bytes rest = bytes_slice(key, strlen(tens[t]), key.len);
        for (size_t o = 0; o < 10; o++) {
            if (!bytes_is(rest, ones[o]))
                continue;
            *len = (size_t)snprintf((char *)out, VARIANT_KEY_MAX, "%zu", (t + 2) * 10 + o);
            return true;
        }
    }
    return false;
}

struct suffix_rule {
    const char *from;
    const char *to;
    size_t stem; /* letters that must stand before it */
};

static const struct suffix_rule suffixes[] = {
    { "isation", "ization", 3 },  { "isations", "izations", 3 }, { "ised", "ized", 3 },
    { "ises", "izes", 3 },        { "ising", "izing", 3 },       { "iser", "izer", 3 },
    { "isers", "izers", 3 },      { "ise", "ize", 3 },           { "yse", "yze", 3 },
    { "ysed", "yzed", 3 },        { "ysing", "yzing", 3 },       { "ours", "ors", 3 },
    { "oured", "ored", 3 },       { "ouring", "oring", 3 },      { "ourable", "orable", 3 },
    { "ourful", "orful", 3 },     { "ourite", "orite", 3 },      { "ourhood", "orhood", 3 },
    { "ourhoods", "orhoods", 3 }, { "ourly", "orly", 4 },        { "our", "or", 3 },
    { "elled", "eled", 3 },       { "elling", "eling", 3 },      { "eller", "eler", 3 },
    { "ellers", "elers", 3 },     { "alled", "aled", 3 },        { "alling", "aling", 3 },
};

/* Every rule's ending holds one of these; most words hold none near their end. */
static bool may_end_otherwise(struct bytes key)
{
    for (size_t i = key.len > 9 ? key.len - 9 : 0; i + 1 < key.len; i++) {
        uint8_t a = key.at[i], b = key.at[i + 1];
        if ((b == 's' && (a == 'i' || a == 'y')) || (a == 'o' && b == 'u') ||
            (a == 'l' && b == 'l'))
            return true;
    }
    return false;
}

static bool suffix_changed(struct bytes key, uint8_t *out, size_t *len)
{
    if (!may_end_otherwise(key) || bytes_has_prefix(key, "four"))
        return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t from = strlen(suffixes[i].from), to = strlen(suffixes[i].to);
        if (key.len < from + suffixes[i].stem || key.len - from + to > VARIANT_KEY_MAX)
            continue;
        if (memcmp(key.at + key.len - from, suffixes[i].from, from) != 0)
            continue;
        memcpy(out, key.at, key.len - from);
        memcpy(out + key.len - from, suffixes[i].to, to);
        *len = key.len - from + to;
        return true;
    }
    return false;
}

size_t variant_canonical(struct bytes key, uint8_t *out, enum variant_kind *kind)
{
    size_t len = 0;
    const struct variant_word *word = variant_word_find(key);
    *kind = word != NULL ? word->kind : VARIANT_NONE;
    if (word != NULL)
        key = bytes_from_string(word->canonical);
    else if (number_words(key, out, &len)) {
        *kind = VARIANT_FORM;
        return len;
    } else if (suffix_changed(key, out, &len)) {
        *kind = VARIANT_SPELLING;
        return len;
    }
    len = key.len < VARIANT_KEY_MAX ? key.len : VARIANT_KEY_MAX;
    memcpy(out, key.at, len);
    return len;
}

enum variant_kind variant_between(struct bytes a, struct bytes b)
{
    uint8_t one[VARIANT_KEY_MAX], other[VARIANT_KEY_MAX];
    enum variant_kind of_a, of_b;
    size_t len_a = variant_canonical(a, one, &of_a);
    size_t len_b = variant_canonical(b, other, &of_b);
    if (!bytes_equal(bytes_make(one, len_a), bytes_make(other, len_b)))
        return VARIANT_NONE;
    if (of_a == VARIANT_FORM || of_b == VARIANT_FORM)
        return VARIANT_FORM;
    return of_a != VARIANT_NONE ? of_a : of_b;
}

static size_t put_spelling(struct bytes word, char *out, size_t room, size_t *used)
{
    if (*used + word.len + 1 > room)
        return 0;
    memcpy(out + *used, word.at, word.len);
    out[*used + word.len] = '\0';
    *used += word.len + 1;
    return 1;
}

static size_t suffix_spellings(struct bytes key, char *out, size_t room, size_t *used)
{
    uint8_t held[VARIANT_KEY_MAX];
    size_t len = 0, count = 0;
    if (suffix_changed(key, held, &len))
        return put_spelling(bytes_make(held, len), out, room, used);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes && count < 2; i++) {
        size_t from = strlen(suffixes[i].to), to = strlen(suffixes[i].from);
        if (key.len < from + suffixes[i].stem || key.len + to - from > VARIANT_KEY_MAX ||
            memcmp(key.at + key.len - from, suffixes[i].to, from) != 0)
            continue;
        memcpy(held, key.at, key.len - from);
        memcpy(held + key.len - from, suffixes[i].from, to);
        count += put_spelling(bytes_make(held, key.len - from + to), out, room, used);
    }
    return count;
}

size_t variant_spellings(struct bytes key, char *out, size_t room)
{
    size_t used = 0, count = 0;
    const struct variant_word *word = variant_word_find(key);
    if (word == NULL)
        return suffix_spellings(key, out, room, &used);
    for (size_t i = 0; i < variant_word_count; i++) {
        struct bytes other = bytes_from_string(variant_words[i].word);
        if (strcmp(variant_words[i].canonical, word->canonical) == 0 && !bytes_equal(other, key))
            count += put_spelling(other, out, room, &used);
    }
    return count;
}

#include "trace/variants.h"

#include <stdio.h>

struct variant_group {
    enum variant_kind kind;
    const char *words; /* the first is canonical; blanks around each */
};

static const struct variant_group groups[] = {
    { VARIANT_SPELLING,
      " gaddafi qadhafi qaddafi kaddafi gadhafi khadafy kadafi qadafi gadafi khadafi qadhdhafi " },
    { VARIANT_SPELLING, " saleh salih " },
    { VARIANT_SPELLING, " muhammad mohammed mohammad mohamed muhammed mohamad " },
    { VARIANT_SPELLING, " hussein husayn hussain husein hossein " },
    { VARIANT_SPELLING, " osama usama " },
    { VARIANT_SPELLING, " laden ladin " },
    { VARIANT_SPELLING, " abdullah abdallah " },
    { VARIANT_SPELLING, " hezbollah hizballah hizbullah hizbollah hezballah " },
    { VARIANT_SPELLING, " ahmed ahmad " },
    { VARIANT_SPELLING, " yusuf youssef yousef yusif " },
    { VARIANT_SPELLING, " qaeda qaida qaidah " },
    { VARIANT_SPELLING, " sheikh shaykh sheik shaikh " },
    { VARIANT_SPELLING, " koran quran " },
    { VARIANT_SPELLING, " peking beijing " },
    { VARIANT_SPELLING, " center centre " },
    { VARIANT_SPELLING, " centers centres " },
    { VARIANT_SPELLING, " centered centred " },
    { VARIANT_SPELLING, " theater theatre " },
    { VARIANT_SPELLING, " theaters theatres " },
    { VARIANT_SPELLING, " meter metre " },
    { VARIANT_SPELLING, " meters metres " },
    { VARIANT_SPELLING, " liter litre " },
    { VARIANT_SPELLING, " liters litres " },
    { VARIANT_SPELLING, " fiber fibre " },
    { VARIANT_SPELLING, " caliber calibre " },
    { VARIANT_SPELLING, " maneuver manoeuvre " },
    { VARIANT_SPELLING, " maneuvers manoeuvres " },
    { VARIANT_SPELLING, " defense defence " },
    { VARIANT_SPELLING, " offense offence " },
    { VARIANT_SPELLING, " license licence " },
    { VARIANT_SPELLING, " pretense pretence " },
    { VARIANT_SPELLING, " practice practise " },
    { VARIANT_SPELLING, " catalog catalogue " },
    { VARIANT_SPELLING, " dialog dialogue " },
    { VARIANT_SPELLING, " analog analogue " },
    { VARIANT_SPELLING, " program programme " },
    { VARIANT_SPELLING, " programs programmes " },
    { VARIANT_SPELLING, " gray grey " },
    { VARIANT_SPELLING, " aging ageing " },
    { VARIANT_SPELLING, " judgment judgement " },
    { VARIANT_SPELLING, " acknowledgment acknowledgement " },
    { VARIANT_SPELLING, " skeptical sceptical " },
    { VARIANT_SPELLING, " skepticism scepticism " },
    { VARIANT_SPELLING, " skeptic sceptic " },
    { VARIANT_SPELLING, " aluminum aluminium " },
    { VARIANT_SPELLING, " toward towards " },
    { VARIANT_SPELLING, " while whilst " },
    { VARIANT_SPELLING, " among amongst " },
    { VARIANT_SPELLING, " fulfill fulfil " },
    { VARIANT_SPELLING, " enrollment enrolment " },
    { VARIANT_SPELLING, " adviser advisor " },
    { VARIANT_SPELLING, " advisers advisors " },
    { VARIANT_FORM, " zero 0 " },
    { VARIANT_FORM, " one 1 " },
    { VARIANT_FORM, " two 2 " },
    { VARIANT_FORM, " three 3 " },
    { VARIANT_FORM, " four 4 " },
    { VARIANT_FORM, " five 5 " },
    { VARIANT_FORM, " six 6 " },
    { VARIANT_FORM, " seven 7 " },
    { VARIANT_FORM, " eight 8 " },
    { VARIANT_FORM, " nine 9 " },
    { VARIANT_FORM, " ten 10 " },
    { VARIANT_FORM, " eleven 11 " },
    { VARIANT_FORM, " twelve 12 " },
    { VARIANT_FORM, " thirteen 13 " },
    { VARIANT_FORM, " fourteen 14 " },
    { VARIANT_FORM, " fifteen 15 " },
    { VARIANT_FORM, " sixteen 16 " },
    { VARIANT_FORM, " seventeen 17 " },
    { VARIANT_FORM, " eighteen 18 " },
    { VARIANT_FORM, " nineteen 19 " },
    { VARIANT_FORM, " first 1st " },
    { VARIANT_FORM, " second 2nd " },
    { VARIANT_FORM, " third 3rd " },
    { VARIANT_FORM, " fourth 4th " },
    { VARIANT_FORM, " fifth 5th " },
    { VARIANT_FORM, " governor gov " },
    { VARIANT_FORM, " governors govs " },
    { VARIANT_FORM, " senator sen " },
    { VARIANT_FORM, " representative rep " },
    { VARIANT_FORM, " general gen " },
    { VARIANT_FORM, " colonel col " },
    { VARIANT_FORM, " lieutenant lt " },
    { VARIANT_FORM, " captain capt " },
    { VARIANT_FORM, " major maj " },
    { VARIANT_FORM, " sergeant sgt " },
    { VARIANT_FORM, " admiral adm " },
    { VARIANT_FORM, " doctor dr " },
    { VARIANT_FORM, " mister mr " },
    { VARIANT_FORM, " professor prof " },
    { VARIANT_FORM, " president pres " },
    { VARIANT_FORM, " minister min " },
    { VARIANT_FORM, " ambassador amb " },
    { VARIANT_FORM, " secretary sec " },
    { VARIANT_FORM, " government govt " },
    { VARIANT_FORM, " department dept " },
    { VARIANT_FORM, " saint st " },
    { VARIANT_FORM, " mount mt " },
    { VARIANT_FORM, " january jan " },
    { VARIANT_FORM, " february feb " },
    { VARIANT_FORM, " april apr " },
    { VARIANT_FORM, " august aug " },
    { VARIANT_FORM, " september sept sep " },
    { VARIANT_FORM, " october oct " },
    { VARIANT_FORM, " november nov " },
    { VARIANT_FORM, " december dec " },
    { VARIANT_FORM, " percent pct " },
    { VARIANT_FORM, " kilometers kilometres km kms " },
    { VARIANT_FORM, " kilograms kilogrammes kilos kg kgs " },
    { VARIANT_FORM, " million mn " },
    { VARIANT_FORM, " billion bn " },
    { VARIANT_FORM, " versus vs v " },
    { VARIANT_FORM, " okay ok " },
};

static const struct variant_group *group_of(struct bytes key, struct bytes *first)
{
    char held[40];
    if (key.len == 0 || key.len + 3 > sizeof held || memchr(key.at, ' ', key.len) != NULL)
        return NULL;
    snprintf(held, sizeof held, " %.*s ", (int)key.len, (const char *)key.at);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (strstr(groups[i].words, held) == NULL)
            continue;
        const char *end = strchr(groups[i].words + 1, ' ');
        *first = bytes_make(groups[i].words + 1, (size_t)(end - groups[i].words - 1));
        return &groups[i];
    }
    return NULL;
}

static bool number_words(struct bytes key, uint8_t *out, size_t *len)
{
    static const char *const tens[] = { "twenty", "thirty",  "forty",  "fifty",
                                        "sixty",  "seventy", "eighty", "ninety" };
    static const char *const ones[] = { "",     "one", "two",   "three", "four",
                                        "five", "six", "seven", "eight", "nine" };
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

static bool suffix_changed(struct bytes key, uint8_t *out, size_t *len)
{
    if (bytes_has_prefix(key, "four"))
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
    struct bytes first;
    size_t len = 0;
    const struct variant_group *group = group_of(key, &first);
    *kind = group != NULL ? group->kind : VARIANT_NONE;
    if (group != NULL)
        key = first;
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
    struct bytes first;
    size_t used = 0, count = 0;
    const struct variant_group *group = group_of(key, &first);
    if (group == NULL)
        return suffix_spellings(key, out, room, &used);
    const char *at = group->words + 1;
    while (*at != '\0') {
        const char *end = strchr(at, ' ');
        struct bytes word = bytes_make(at, (size_t)(end - at));
        if (!bytes_equal(word, key))
            count += put_spelling(word, out, room, &used);
        at = end + 1;
    }
    return count;
}

#include "mention/number.h"

#include <stdio.h>
#include <stdlib.h>

#include "text/tokenize.h"

enum { DIGITS_MAX = 15 };
/* So that products with divisors and steps stay far within 128 bits. */
static const __int128 amount_max = (__int128)1000000000000 * 1000000000000;

struct number_word {
    const char *word;
    uint32_t value;
};

static const struct number_word english[] = {
    { "zero", 0 },      { "one", 1 },        { "two", 2 },         { "three", 3 },
    { "four", 4 },      { "five", 5 },       { "six", 6 },         { "seven", 7 },
    { "eight", 8 },     { "nine", 9 },       { "ten", 10 },        { "eleven", 11 },
    { "twelve", 12 },   { "thirteen", 13 },  { "fourteen", 14 },   { "fifteen", 15 },
    { "sixteen", 16 },  { "seventeen", 17 }, { "eighteen", 18 },   { "nineteen", 19 },
    { "twenty", 20 },   { "thirty", 30 },    { "forty", 40 },      { "fifty", 50 },
    { "sixty", 60 },    { "seventy", 70 },   { "eighty", 80 },     { "ninety", 90 },
    { "hundred", 100 }, { "dozen", 12 },     { "thousand", 1000 },
};

static const struct number_word spanish[] = {
    { "un", 1 },
    { "uno", 1 },
    { "una", 1 },
    { "dos", 2 },
    { "tres", 3 },
    { "cuatro", 4 },
    { "cinco", 5 },
    { "seis", 6 },
    { "siete", 7 },
    { "ocho", 8 },
    { "nueve", 9 },
    { "diez", 10 },
    { "once", 11 },
    { "doce", 12 },
    { "trece", 13 },
    { "catorce", 14 },
    { "quince", 15 },
    { "dieciseis", 16 },
    { "diecisiete", 17 },
    { "dieciocho", 18 },
    { "diecinueve", 19 },
    { "veinte", 20 },
    { "veintiun", 21 },
    { "veintiuno", 21 },
    { "veintiuna", 21 },
    { "veintidos", 22 },
    { "veintitres", 23 },
    { "veinticuatro", 24 },
    { "veinticinco", 25 },
    { "veintiseis", 26 },
    { "veintisiete", 27 },
    { "veintiocho", 28 },
    { "veintinueve", 29 },
    { "treinta", 30 },
    { "cuarenta", 40 },
    { "cincuenta", 50 },
    { "sesenta", 60 },
    { "setenta", 70 },
    { "ochenta", 80 },
    { "noventa", 90 },
    { "cien", 100 },
    { "ciento", 100 },
    { "doscientos", 200 },
    { "doscientas", 200 },
    { "trescientos", 300 },
    { "trescientas", 300 },
    { "cuatrocientos", 400 },
    { "cuatrocientas", 400 },
    { "quinientos", 500 },
    { "quinientas", 500 },
    { "seiscientos", 600 },
    { "seiscientas", 600 },
    { "setecientos", 700 },
    { "setecientas", 700 },
    { "ochocientos", 800 },
    { "ochocientas", 800 },
    { "novecientos", 900 },
    { "novecientas", 900 },
    { "docena", 12 },
    { "docenas", 12 },
    { "mil", 1000 },
};

static const struct number_word ordinals[] = {
    { "first", 1 },       { "second", 2 },  { "third", 3 },      { "fourth", 4 },
    { "fifth", 5 },       { "sixth", 6 },   { "seventh", 7 },    { "eighth", 8 },
    { "ninth", 9 },       { "tenth", 10 },  { "eleventh", 11 },  { "twelfth", 12 },
    { "primero", 1 },     { "primera", 1 }, { "segundo", 2 },    { "segunda", 2 },
    { "tercero", 3 },     { "tercera", 3 }, { "fifteenth", 15 }, { "twentieth", 20 },
    { "hundredth", 100 },
};

static const struct number_word parts[] = {
    { "half", 2 },     { "halves", 2 },  { "third", 3 },   { "thirds", 3 },  { "quarter", 4 },
    { "quarters", 4 }, { "fourth", 4 },  { "fourths", 4 }, { "fifth", 5 },   { "fifths", 5 },
    { "sixth", 6 },    { "tenth", 10 },  { "tenths", 10 }, { "tercio", 3 },  { "tercios", 3 },
    { "cuarto", 4 },   { "cuartos", 4 }, { "quinto", 5 },  { "quintos", 5 }, { "mitad", 2 },
};

#define FOUND_IN(table, key, value) find_word(table, sizeof(table) / sizeof((table)[0]), key, value)

static bool find_word(const struct number_word *table, size_t count, struct bytes key,
                      uint32_t *value)
{
    if (key.len < 2 || key.at[0] < 'a')
        return false;
    for (size_t i = 0; i < count; i++)
        if (table[i].word[0] == (char)key.at[0] && bytes_is(key, table[i].word)) {
            *value = table[i].value;
            return true;
        }
    return false;
}

/* Powers of a thousand, or 0. A Spanish billón is 10^12. */
static int64_t scale_of(const struct saying *saying, size_t at)
{
    if (at >= saying->count)
        return 0;
    struct bytes key = saying->at[at].key;
    if (word_is_among(key, "million millions mn mio millon millones"))
        return 1000000;
    if (word_is_among(key, "billion bn"))
        return 1000000000;
    if (word_is_among(key, "trillion tn billon billones"))
        return 1000000000000;
    if (bytes_is(key, "thousand") || (bytes_is(key, "mil") && saying->is_spanish))
        return 1000;
    return 0;
}

struct quantity quantity_make(int64_t amount, uint32_t divisor)
{
    return (struct quantity){ amount, divisor };
}

int quantity_compare(struct quantity a, struct quantity b)
{
    __int128 left = a.amount * b.divisor, right = b.amount * a.divisor;
    return left < right ? -1 : left > right;
}

struct quantity quantity_add(struct quantity a, struct quantity b)
{
    if (a.divisor == b.divisor)
        return (struct quantity){ a.amount + b.amount, a.divisor };
    return (struct quantity){ a.amount * b.divisor + b.amount * a.divisor, a.divisor * b.divisor };
}

struct quantity quantity_round(struct quantity value, struct quantity step)
{
    if (step.amount <= 0 || step.divisor == 0)
        return value;
    __int128 over = value.amount * step.divisor, under = step.amount * value.divisor;
    __int128 times = (2 * over + under) / (2 * under);
    return (struct quantity){ times * step.amount, step.divisor };
}

static size_t write_grouped(uint64_t whole, char *out)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%llu", (unsigned long long)whole);
    size_t to = 0;
    for (int i = 0; i < len; i++) {
        if (i > 0 && (len - i) % 3 == 0)
            out[to++] = ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
    return to;
}

void quantity_write(struct quantity value, char out[QUANTITY_TEXT_MAX])
{
    static const struct {
        int64_t scale;
        const char *word;
    } scales[] = { { 1000000000000, " trillion" },
                   { 1000000000, " billion" },
                   { 1000000, " million" } };
    uint32_t divisor = value.divisor == 0 ? 1 : value.divisor;
    if (divisor == 2) {
        value.amount *= 5;
        divisor = 10;
    }
    bool is_decimal = divisor == 1;
    for (uint32_t power = 10; power <= 1000000 && !is_decimal; power *= 10)
        is_decimal = divisor == power;
    if (!is_decimal) {
        snprintf(out, QUANTITY_TEXT_MAX, "%lld/%u", (long long)value.amount, divisor);
        return;
    }
    const char *word = "";
    for (size_t i = 0; i < 3 && *word == '\0'; i++) {
        __int128 unit = (__int128)scales[i].scale * divisor;
        if (value.amount >= unit && value.amount % (unit / 1000) == 0) {
            word = scales[i].word;
            value.amount /= unit / 1000;
            divisor = 1000;
        }
    }
    uint64_t whole = (uint64_t)(value.amount / divisor);
    uint64_t rest = (uint64_t)(value.amount % divisor);
    size_t len = write_grouped(whole, out);
    if (rest > 0)
        out[len++] = '.';
    for (uint32_t power = divisor / 10; rest > 0 && power > 0; power /= 10) {
        out[len++] = (char)('0' + rest / power);
        rest %= power;
    }
    snprintf(out + len, QUANTITY_TEXT_MAX - len, "%s", word);
}

static struct quantity last_place(struct quantity value)
{
    struct quantity step = { 1, value.divisor };
    if (value.amount == 0)
        return (struct quantity){ 1, 1 };
    while (value.amount % (step.amount * 10) == 0)
        step.amount *= 10;
    return step;
}

static void reduce(struct quantity *value)
{
    if (value->divisor > 1 && value->amount % value->divisor == 0)
        *value = (struct quantity){ value->amount / value->divisor, 1 };
}

static void multiply(struct number *number, int64_t by)
{
    if (number->value.amount > amount_max / by) {
        number->is_absurd = true;
        return;
    }
    number->value.amount *= by;
    number->step.amount *= by;
    reduce(&number->value);
    reduce(&number->step);
}

/* Digits and at most one stop of the key; the bytes taken, 0 when there are too many. */
static size_t read_digits(struct bytes key, struct quantity *value)
{
    size_t at = 0, digits = 0;
    *value = (struct quantity){ 0, 1 };
    bool is_decimal = false;
    for (; at < key.len; at++) {
        uint8_t byte = key.at[at];
        if (byte == '.' && !is_decimal && at + 1 < key.len && key.at[at + 1] >= '0' &&
            key.at[at + 1] <= '9') {
            is_decimal = true;
            continue;
        }
        if (byte < '0' || byte > '9')
            break;
        if (++digits > DIGITS_MAX || value->divisor >= 1000000)
            return 0;
        value->amount = value->amount * 10 + (byte - '0');
        value->divisor *= is_decimal ? 10 : 1;
    }
    return at;
}

/* "1.125 million" and "0.125" are decimals, whatever a group of three says. */
static struct bytes literal_decimal(const struct saying *saying, size_t at)
{
    const struct said *said = &saying->at[at];
    struct bytes literal = bytes_slice(saying->text, said->start, said->end - said->start);
    size_t stop = bytes_find_byte(literal, '.', 0);
    bool is_one = stop != SIZE_MAX && stop > 0 && stop + 4 == literal.len &&
                  bytes_find_byte(literal, '.', stop + 1) == SIZE_MAX &&
                  bytes_find_byte(literal, ',', 0) == SIZE_MAX;
    bool is_scaled = scale_of(saying, at + 1) > 0 && saying->at[at + 1].gap == 0;
    bool is_decimal = is_one && (is_scaled || literal.at[0] == '0');
    return is_decimal ? literal : said->key;
}

static bool take_suffix(struct bytes suffix, struct number *number)
{
    if (suffix.len == 0)
        return true;
    if (word_is_among(suffix, "st nd rd th o a"))
        number->is_ordinal = true;
    else if (bytes_is(suffix, "s"))
        number->is_decade = true;
    else if (bytes_is(suffix, "k"))
        multiply(number, 1000);
    else if (word_is_among(suffix, "m mn mm"))
        multiply(number, 1000000);
    else if (word_is_among(suffix, "bn b"))
        multiply(number, 1000000000);
    else
        return false;
    number->has_scale = !number->is_ordinal && !number->is_decade;
    return true;
}

/* "3,5 millones": the tokenizer sees two numbers. */
static size_t take_comma_decimal(const struct saying *saying, size_t at, struct number *number)
{
    const struct said *said = &saying->at[at + 1];
    bool is_decimal = at + 1 < saying->count && said->gap == (GAP_COMMA | GAP_GLUED) &&
                      (said->flags & TOKEN_NUMBER) != 0 && said->key.len <= 2 &&
                      number->value.divisor == 1;
    for (size_t i = 0; is_decimal && i < said->key.len; i++)
        is_decimal = said->key.at[i] >= '0' && said->key.at[i] <= '9';
    if (!is_decimal)
        return 0;
    for (size_t i = 0; i < said->key.len; i++) {
        number->value.amount = number->value.amount * 10 + (said->key.at[i] - '0');
        number->value.divisor *= 10;
    }
    return 1;
}

static size_t read_figures(const struct saying *saying, size_t at, struct number *number)
{
    const struct said *said = &saying->at[at];
    struct bytes key = literal_decimal(saying, at);
    size_t len = read_digits(key, &number->value);
    bool is_code = key.len > 1 && key.at[0] == '0' && number->value.divisor == 1;
    if (len == 0 || is_code)
        return 0;
    size_t words = 1 + (len == key.len ? take_comma_decimal(saying, at, number) : 0);
    number->is_plain_digits = len == key.len && said->end - said->start == len && words == 1 &&
                              number->value.divisor == 1;
    number->step = last_place(number->value);
    return take_suffix(bytes_slice(key, len, key.len), number) ? words : 0;
}

static bool may_follow(const struct saying *saying, size_t at)
{
    return at < saying->count && (saying->at[at].gap & ~(GAP_HYPHEN | GAP_GLUED)) == 0;
}

static bool word_value(const struct saying *saying, size_t at, uint32_t *value)
{
    struct bytes key = saying->at[at].key;
    bool is_upper = (saying->at[at].flags & TOKEN_ALL_CAPS) != 0 && key.len == 2;
    if (FOUND_IN(english, key, value) && !(saying->is_spanish && bytes_is(key, "once")))
        return true;
    return saying->is_spanish && !is_upper && FOUND_IN(spanish, key, value);
}

/* Whether a word of `value` may stand behind `current`: "twenty five", "two hundred six". */
static bool fits_behind(int64_t current, uint32_t value)
{
    if (current == 0)
        return true;
    if (value < 10)
        return current % 100 >= 20 ? current % 10 == 0 : current % 100 == 0;
    return value < 100 && current % 100 == 0;
}

static bool is_article(const struct saying *saying, size_t at)
{
    return said_is_among(saying, at, "a an");
}

/* One run of number words below a scale ("two hundred and six"); words taken, the value in
 * *current. */
static size_t read_small_words(const struct saying *saying, size_t at, int64_t *current)
{
    size_t from = at;
    uint32_t value;
    *current = 0;
    while (at < saying->count && (at == from || may_follow(saying, at))) {
        size_t here = at;
        bool is_joined = at > from && said_is_among(saying, at, "and y");
        if (is_joined && may_follow(saying, at + 1))
            here++;
        if (here >= saying->count || !word_value(saying, here, &value) || value == 1000)
            break;
        if (is_joined && (value >= 100 || (*current % 100 != 0 && !saying->is_spanish)))
            break;
        if ((value == 100 && bytes_is(saying->at[here].key, "hundred")) ||
            word_is_among(saying->at[here].key, "dozen docena docenas")) {
            bool is_bare = *current == 0 && (from == 0 || !is_article(saying, from - 1));
            if (*current >= 100 || is_bare)
                break;
            *current = (*current == 0 ? 1 : *current) * value;
        } else if (fits_behind(*current, value)) {
            *current += value;
        } else {
            break;
        }
        at = here + 1;
    }
    return at - from;
}

static size_t take_scales(const struct saying *saying, size_t at, struct number *number)
{
    size_t taken = 0;
    for (int64_t scale;
         may_follow(saying, at + taken) && (scale = scale_of(saying, at + taken)) > 0 && taken < 2;
         taken++) {
        multiply(number, scale);
        number->has_scale = true;
    }
    return taken;
}

/* "two million three hundred thousand five", "a hundred", "mil quinientos". */
static size_t read_words(const struct saying *saying, size_t at, struct number *number)
{
    size_t from = at;
    int64_t total = 0, current, last_scale = INT64_MAX;
    if (is_article(saying, at)) {
        uint32_t value;
        if (!may_follow(saying, at + 1) || at + 1 >= saying->count)
            return 0;
        bool is_word = word_value(saying, at + 1, &value) &&
                       (value == 100 || value == 1000 || bytes_is(saying->at[at + 1].key, "dozen"));
        if (!is_word && scale_of(saying, at + 1) == 0)
            return 0;
        at++;
    }
    for (;;) {
        size_t taken = read_small_words(saying, at, &current);
        int64_t scale =
            at + taken == from || may_follow(saying, at + taken) ? scale_of(saying, at + taken) : 0;
        if (scale == 0 || scale >= last_scale) {
            total += current;
            at += taken;
            break;
        }
        bool is_bare = taken == 0 && at == from && !is_article(saying, from) && scale != 1000;
        if (is_bare || (taken == 0 && bytes_is(saying->at[at].key, "thousand") && at == from))
            return 0;
        at += taken + 1;
        current = current == 0 ? 1 : current;
        if (scale == 1000 && may_follow(saying, at) && scale_of(saying, at) == 1000000) {
            scale = 1000000000;
            at++;
        }
        total += current * scale;
        number->has_scale = true;
        last_scale = scale;
        if (!may_follow(saying, at))
            break;
    }
    if (at == from || total == 0)
        return 0;
    number->value = quantity_make(total, 1);
    number->step = last_place(number->value);
    number->is_spelled = true;
    return at - from;
}

/* "half a million", "two-thirds", "one half", "a third of", "la mitad". */
static size_t read_fraction(const struct saying *saying, size_t at, struct number *number)
{
    uint32_t above = 1, below = 0;
    size_t here = at;
    if (said_is_among(saying, at, "half medio media")) {
        size_t next = at + 1;
        if (is_article(saying, next) && may_follow(saying, next))
            next++;
        int64_t scale =
            next < saying->count && may_follow(saying, next) ? scale_of(saying, next) : 0;
        if (scale == 0 && said_is_among(saying, next, "dozen docena"))
            scale = 12;
        if (scale > 0) {
            number->value = quantity_make(scale / 2, 1);
            number->step = last_place(number->value);
            number->is_spelled = number->has_scale = true;
            return next + 1 - at;
        }
        return 0;
    }
    if (!is_article(saying, here) && (!word_value(saying, here, &above) || above > 20))
        return 0;
    here++;
    if (here >= saying->count || !may_follow(saying, here) ||
        !FOUND_IN(parts, saying->at[here].key, &below))
        return 0;
    bool is_of = said_is_among(saying, here + 1, "of de del the");
    if (!is_of && (is_article(saying, at) || above == 1))
        return 0;
    number->value = quantity_make(above, below);
    number->is_spelled = number->is_fraction = true;
    return here + 1 - at;
}

/* "two and a half million", "dos y medio". */
static size_t take_half(const struct saying *saying, size_t at, struct number *number)
{
    bool is_english =
        said_is(saying, at, "and") && is_article(saying, at + 1) && said_is(saying, at + 2, "half");
    bool is_spanish = said_is(saying, at, "y") && said_is_among(saying, at + 1, "medio media");
    if ((!is_english && !is_spanish) || number->value.divisor != 1)
        return 0;
    number->value = (struct quantity){ number->value.amount * 2 + 1, 2 };
    number->step = quantity_make(1, 2);
    return is_english ? 3 : 2;
}

static bool read_ordinal(const struct saying *saying, size_t at, struct number *number)
{
    uint32_t value;
    if (!FOUND_IN(ordinals, saying->at[at].key, &value))
        return false;
    number->value = quantity_make(value, 1);
    number->step = quantity_make(1, 1);
    number->is_spelled = number->is_ordinal = true;
    return true;
}

static bool is_lone_one(const struct number *number, size_t words)
{
    return number->is_spelled && words == 1 && !number->has_scale &&
           quantity_compare(number->value, quantity_make(1, 1)) == 0;
}

bool quantity_may_begin(const struct saying *saying, size_t at)
{
    /* second letters of number words, by their first */
    static const char *const seconds[] = { "n",  "i",    "aeiu", "eiou", "il",  "io", "",  "au", "",
                                           "",   "",     "",     "ei",   "iou", "cn", "r", "u",  "",
                                           "ei", "ehrw", "n",    "ei",   "",    "",   "",  "e" };
    struct bytes key = saying->at[at].key;
    if (key.len == 0)
        return false;
    if ((saying->at[at].flags & TOKEN_NUMBER) != 0 || (key.len == 1 && key.at[0] == 'a'))
        return true;
    if (key.len == 1 || key.at[0] < 'a' || key.at[0] > 'z' ||
        strchr(seconds[key.at[0] - 'a'], key.at[1]) == NULL)
        return false;
    return !word_is_small(key) || word_is_among(key, "an one un una");
}

size_t quantity_read(const struct saying *saying, size_t at, struct number *number)
{
    *number = (struct number){ 0 };
    if (at >= saying->count || !quantity_may_begin(saying, at))
        return 0;
    size_t words;
    if ((saying->at[at].flags & TOKEN_NUMBER) != 0) {
        words = read_figures(saying, at, number);
        if (words > 0 && !number->is_ordinal && !number->is_decade)
            words += take_scales(saying, at + words, number);
    } else {
        words = read_fraction(saying, at, number);
        if (words == 0)
            words = read_words(saying, at, number);
        if (words == 0)
            words = read_ordinal(saying, at, number);
    }
    if (words == 0)
        return 0;
    size_t half = number->is_ordinal ? 0 : take_half(saying, at + words, number);
    if (half > 0)
        words += half + take_scales(saying, at + words + half, number);
    bool counts = !is_lone_one(number, words) || (saying->at[at + words].gap & GAP_PERCENT) != 0 ||
                  said_is_among(saying, at + words, "percent per por percentage");
    number->words = words;
    return counts && !number->is_absurd ? words : 0;
}

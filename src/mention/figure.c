#include "mention/figure.h"

#include "base/grow.h"
#include "base/scoped.h"
#include "text/tokenize.h"

enum { THING_REACH = 7 };

static const struct said *word_at(const struct saying *saying, size_t at)
{
    return &saying->at[at < saying->count ? at : saying->count];
}

static bool goes_on(const struct saying *saying, size_t at)
{
    return at < saying->count && (saying->at[at].gap & (GAP_BREAKS | GAP_COMMA | GAP_SLASH)) == 0;
}

static void set_currency(struct figure *figure, const char *currency)
{
    figure->unit = FIGURE_MONEY;
    memcpy(figure->currency, currency, 4);
}

/* The sign before the number: $, US$, EUR; how many words before belong to it. */
static size_t take_sign(const struct saying *saying, size_t at, struct figure *figure)
{
    const struct said *said = word_at(saying, at);
    if ((said->gap & GAP_MONEY) != 0) {
        uint32_t from = at > 0 ? saying->at[at - 1].end : 0;
        struct bytes between = bytes_slice(saying->text, from, said->start - from);
        bool is_euro = bytes_find(between, bytes_from_string("€"), 0) != SIZE_MAX;
        bool is_pound = bytes_find(between, bytes_from_string("£"), 0) != SIZE_MAX;
        set_currency(figure, is_euro ? "EUR" : is_pound ? "GBP" : "USD");
        return at > 0 && said_is_among(saying, at - 1, "us usd") && (said->gap & GAP_COMMA) == 0;
    }
    if (at > 0 && said_is_among(saying, at - 1, "usd eur gbp") && goes_on(saying, at)) {
        set_currency(figure, said_is(saying, at - 1, "usd")   ? "USD"
                             : said_is(saying, at - 1, "eur") ? "EUR"
                                                              : "GBP");
        return 1;
    }
    return 0;
}

static size_t take_money(const struct saying *saying, size_t at, struct figure *figure)
{
    size_t from = at;
    if (said_is(saying, at, "us") && goes_on(saying, at) && said_is(saying, at + 1, "dollars"))
        at++;
    while (said_is_among(saying, at, "de") && goes_on(saying, at) &&
           said_is_among(saying, at + 1, "dolares pesos euros"))
        at++;
    if (!goes_on(saying, at))
        return 0;
    if (said_is_among(saying, at, "dollar dollars dolares usd"))
        set_currency(figure, "USD");
    else if (said_is_among(saying, at, "euro euros eur"))
        set_currency(figure, "EUR");
    else if (said_is_among(saying, at, "pounds sterling") && figure->unit == FIGURE_MONEY)
        set_currency(figure, "GBP");
    else if (said_is_among(saying, at, "peso pesos rupees rubles yuan yen francs bolivares soles"))
        set_currency(figure, "\0\0\0");
    else
        return 0;
    return at + 1 - from;
}

static size_t take_percent(const struct saying *saying, size_t at, struct figure *figure)
{
    size_t words = 0;
    bool is_sign = (word_at(saying, at)->gap & GAP_PERCENT) != 0;
    if (!is_sign && goes_on(saying, at)) {
        if (said_is_among(saying, at, "percent pct"))
            words = 1;
        else if (said_is(saying, at, "per") && said_is(saying, at + 1, "cent"))
            words = 2;
        else if (said_is(saying, at, "por") && said_is(saying, at + 1, "ciento"))
            words = 2;
        else if (said_is(saying, at, "percentage") && said_is_among(saying, at + 1, "point points"))
            words = 2;
        else if (said_is(saying, at, "puntos") && said_is(saying, at + 1, "porcentuales"))
            words = 2;
    }
    if (is_sign || words > 0)
        figure->unit = FIGURE_PERCENT;
    if (words == 2 && (said_is(saying, at, "percentage") || said_is(saying, at, "puntos")))
        figure->unit = FIGURE_POINTS;
    return words;
}

static size_t take_unit(const struct saying *saying, size_t at, struct figure *figure)
{
    size_t words = take_percent(saying, at, figure);
    return words > 0 || figure->unit == FIGURE_PERCENT ? words : take_money(saying, at, figure);
}

/* "more than", "at least", "mas de": the qualifier that ends before word `at`; words it takes. */
static size_t read_qualifier(const struct saying *saying, size_t at, enum figure_qualifier *found)
{
    *found = FIGURE_PLAIN;
    if (at == 0 || (word_at(saying, at)->gap & GAP_BREAKS & ~GAP_OPEN) != 0)
        return 0;
    struct bytes last = saying->at[at - 1].key;
    size_t two = at >= 2 && goes_on(saying, at - 1) ? 2 : 0;
    struct bytes before = two != 0 ? saying->at[at - 2].key : (struct bytes){ 0 };
    if (word_is_among(last, "than de") &&
        word_is_among(before, "more fewer less rather mas menos cerca alrededor unos")) {
        *found = word_is_among(before, "more mas")               ? FIGURE_OVER
                 : word_is_among(before, "fewer less menos")     ? FIGURE_UNDER
                 : word_is_among(before, "cerca alrededor unos") ? FIGURE_ABOUT
                                                                 : FIGURE_PLAIN;
        return *found == FIGURE_PLAIN ? 0 : 2;
    }
    if (word_is_among(last, "least menos") && word_is_among(before, "at al"))
        *found = FIGURE_OVER;
    else if ((word_is_among(last, "to") && word_is_among(before, "up close")) ||
             (word_is_among(last, "most") && word_is_among(before, "at")))
        *found = word_is_among(before, "close") ? FIGURE_ABOUT : FIGURE_UNDER;
    if (*found != FIGURE_PLAIN)
        return 2;
    if (word_is_among(last, "about some around roughly approximately nearly almost circa casi unos "
                            "unas estimated"))
        *found = FIGURE_ABOUT;
    else if (word_is_among(last, "over exceeding topped exceeded surpassed"))
        *found = FIGURE_OVER;
    else if (word_is_among(last, "under below"))
        *found = FIGURE_UNDER;
    return *found != FIGURE_PLAIN;
}

/* "40-50", "40 to 50", "two or three", "between 40 and 50", "$3-4 million". */
static size_t take_range(const struct saying *saying, size_t at, struct number *low,
                         struct number *high)
{
    size_t next = at + low->words;
    bool is_hyphen = (word_at(saying, next)->gap & GAP_HYPHEN) != 0;
    bool is_between = at > 0 && said_is_among(saying, at - 1, "between entre");
    bool is_joined = said_is_among(saying, next, "to or o a") ||
                     (is_between && said_is_among(saying, next, "and y"));
    if (!is_hyphen && (!is_joined || !goes_on(saying, next)))
        return 0;
    size_t skipped = is_hyphen ? 0 : 1;
    size_t sign = (word_at(saying, next + skipped)->gap & (GAP_COMMA | GAP_BREAKS)) == 0;
    size_t words = sign ? quantity_read(saying, next + skipped, high) : 0;
    if (words == 0 || high->is_ordinal || high->is_decade || low->is_fraction)
        return 0;
    if (high->has_scale && !low->has_scale && low->value.amount < 1000) {
        while (low->value.amount * high->value.divisor * 1000 <=
               high->value.amount * low->value.divisor)
            low->value.amount *= 1000;
    }
    return quantity_compare(low->value, high->value) < 0 ? skipped + words : 0;
}

/* What a number behind these words is: an address of something, not a count. */
static bool is_numbering(const struct saying *saying, size_t at)
{
    const struct said *said = word_at(saying, at);
    if ((said->gap & GAP_HASH) != 0)
        return true;
    if (at == 0)
        return false;
    const struct said *before = &saying->at[at - 1];
    if (word_is_among(before->key,
                      "no num nro page pages paragraph paras para article articles "
                      "articulo section chapter resolution law ley update volume vol "
                      "issue flight route highway room box art pp fig table number "
                      "case docket item annex phase tel phone fax reftel numero "
                      "pagina reasons reason eo order decree unit battalion channel") &&
        (said->gap & (GAP_COMMA | GAP_PAUSE)) == 0 && !bytes_is(said->key, "two"))
        return (said->flags & TOKEN_NUMBER) != 0 &&
               ((before->flags & TOKEN_CAPITAL) != 0 ||
                !word_is_among(before->key, "no unit order phase case issue law reason number"));
    bool is_message = (before->flags & TOKEN_ALL_CAPS) != 0 && before->key.len > 3 &&
                      (said->gap & GAP_BREAKS) == 0 && said->end - said->start == said->key.len &&
                      said->key.len >= 3;
    if (is_message && (said->flags & TOKEN_NUMBER) != 0)
        return true; /* PORTLEONE 702 */
    bool is_glued_name = (said->gap & (GAP_HYPHEN | GAP_SLASH)) != 0 &&
                         (said->flags & TOKEN_NUMBER) != 0 && before->key.at[0] >= 'a';
    return is_glued_name && (before->flags & (TOKEN_CAPITAL | TOKEN_ALL_CAPS)) != 0;
}

/* Times, scores, phone numbers, dates with slashes: numbers that lean on numbers. */
static bool is_written_code(const struct saying *saying, size_t at, const struct number *number)
{
    const struct said *said = word_at(saying, at), *next = word_at(saying, at + number->words);
    if (number->is_spelled)
        return false;
    if ((said->gap & GAP_SLASH) != 0 || (next->gap & GAP_SLASH) != 0)
        return true;
    bool next_is_number = (next->flags & TOKEN_NUMBER) != 0;
    if (next_is_number && (next->gap & (GAP_PAUSE | GAP_GLUED)) == (GAP_PAUSE | GAP_GLUED))
        return true; /* 10:56 */
    bool is_area = next_is_number && (said->gap & GAP_OPEN) != 0 && (next->gap & GAP_CLOSE) != 0;
    bool is_chain = next_is_number && (next->gap & GAP_HYPHEN) != 0 &&
                    (word_at(saying, at + number->words + 1)->gap & GAP_HYPHEN) != 0 &&
                    (word_at(saying, at + number->words + 1)->flags & TOKEN_NUMBER) != 0;
    if (is_area || is_chain)
        return true; /* (202) 555, 202-555-1234 */
    bool behind_number = at > 0 && (saying->at[at - 1].flags & TOKEN_NUMBER) != 0;
    if (behind_number && (said->gap & GAP_GLUED) != 0 && (said->gap & (GAP_PAUSE)) != 0)
        return true;
    size_t len = said->key.len;
    if (next_is_number && (next->gap & GAP_HYPHEN) != 0 && len >= 3 && next->key.len >= 4 &&
        number->is_plain_digits)
        return true; /* 555-1234 */
    if (behind_number && (said->gap & GAP_HYPHEN) != 0 && len >= 4 &&
        saying->at[at - 1].key.len >= 3 && number->is_plain_digits)
        return true;
    if (said_is_among(saying, at + number->words, "am pm a.m p.m hours hrs") && len == 4 &&
        number->is_plain_digits)
        return true; /* 1500 hours */
    return said_is_among(saying, at + number->words, "am pm") || len > 12;
}

/* "1. The port", "(2) the yards". */
static bool is_list_number(const struct saying *saying, size_t at, const struct number *number)
{
    const struct said *said = word_at(saying, at), *next = word_at(saying, at + number->words);
    if (number->is_spelled || number->has_scale || said->key.len > 2 ||
        (said->gap & GAP_MONEY) != 0)
        return false;
    bool opens = (said->gap & GAP_EDGE) != 0 || (said->gap & GAP_OPEN) != 0;
    bool closes = (next->gap & (GAP_CLOSE | GAP_EDGE)) != 0 ||
                  ((next->gap & GAP_STOP) != 0 && at + number->words < saying->count);
    return opens && closes;
}

/* Verbs that no noun phrase holds. */
static bool is_told(struct bytes key)
{
    return word_is_among(key, "came went rose fell did made took lost left ran held got saw gave "
                              "kept stood wrote spoke sent said began became found wait marched "
                              "prior wasnt isnt arent werent didnt wont later ago");
}

static bool ends_phrase(struct bytes key)
{
    return key.len > 4 && bytes_is(bytes_slice(key, key.len - 2, 2), "ed");
}

static bool is_measure(struct bytes key, bool *is_span)
{
    *is_span =
        word_is_among(key, "minute minutes hour hours day days night nights week weeks month "
                           "months year years decade decades dia dias semana semanas mes "
                           "meses ano anos hora horas year-old");
    return *is_span ||
           word_is_among(key, "kilometer kilometers kilometre kilometres km mile miles ton tons "
                              "tonne tonnes hectare hectares acres barrel barrels gallons liters "
                              "litres kilos kilograms kg pounds feet meters metres inches degrees "
                              "times toneladas kilometros kilogramos litros barriles veces lines");
}

/* The phrase behind the number, up to a verb, a small word or a mark. */
static void read_thing(const struct saying *saying, size_t at, struct figure *figure)
{
    size_t end = at + THING_REACH;
    if (said_is_among(saying, at, "of de del") && goes_on(saying, at))
        at++;
    while (at < end && goes_on(saying, at) &&
           said_is_among(saying, at,
                         "the those these all its their his los las la el other "
                         "additional more otros otras different"))
        at++;
    for (; at < end && at < saying->count && figure->thing_count < FIGURE_THING_WORDS; at++) {
        const struct said *said = &saying->at[at];
        if ((said->gap & (GAP_BREAKS | GAP_COMMA)) != 0 || (said->flags & TOKEN_NUMBER) != 0)
            break;
        if (word_is_small(said->key) && said->key.len != 2)
            break;
        if (said->key.len <= 2 && (said->flags & TOKEN_ALL_CAPS) == 0)
            break;
        if (is_told(said->key) || (figure->thing_count > 0 && ends_phrase(said->key)))
            break;
        figure->head = figure->thing_count;
        figure->thing[figure->thing_count++] = at;
        if (said->is_possessive)
            break;
    }
    if (saying->is_spanish)
        figure->head = 0;
    for (size_t i = 0; i < figure->thing_count && !figure->is_measured; i++)
        figure->is_measured = is_measure(saying->at[figure->thing[i]].key, &figure->is_span);
}

/* "in 2009", "since 2006", "in February", "a month", within a few words. */
static void read_period(const struct saying *saying, size_t at, struct figure *figure)
{
    size_t end = at + THING_REACH;
    for (; at < end && at < saying->count; at++) {
        const struct said *said = &saying->at[at];
        if ((said->gap & (GAP_BREAKS | GAP_COMMA)) != 0)
            return;
        if (said_is_among(saying, at, "per annually daily monthly") ||
            (said_is_among(saying, at, "a each every al por cada") &&
             said_is_among(saying, at + 1, "day week month year dia mes ano")))
            figure->is_rate = true;
        if ((said->flags & TOKEN_NUMBER) != 0)
            return;
        if (said_is_among(saying, at, "in since during by en desde durante last this") &&
            period_read(saying, at + (said_is_among(saying, at, "last this") ? 0 : 1),
                        &figure->period) > 0)
            return;
    }
}

static bool begins_number(const struct saying *saying, size_t at, struct number *number)
{
    return !saying->at[at].is_possessive && quantity_read(saying, at, number) > 0 &&
           !number->is_ordinal && !number->is_decade && !is_numbering(saying, at) &&
           !is_written_code(saying, at, number) && !is_list_number(saying, at, number);
}

size_t figure_read(const struct saying *saying, size_t at, struct figure *figure)
{
    struct number low, high = { 0 };
    *figure = (struct figure){ .first = at };
    if (!begins_number(saying, at, &low))
        return 0;
    size_t sign = take_sign(saying, at, figure);
    size_t words = low.words;
    words += take_unit(saying, at + words, figure);
    size_t range = words == low.words || figure->unit == FIGURE_PERCENT
                       ? take_range(saying, at, &low, &high)
                       : 0;
    if (range > 0) {
        words = low.words + range;
        words += take_unit(saying, at + words, figure);
    }
    if (low.is_fraction && figure->unit == FIGURE_COUNT)
        figure->unit = FIGURE_PART;
    figure->low = low.value;
    figure->high = range > 0 ? high.value : low.value;
    figure->step = low.step;
    figure->is_spelled = low.is_spelled;
    figure->words = words;
    size_t qualifier = read_qualifier(saying, at - sign, &figure->qualifier);
    bool is_verb = qualifier == 1 &&
                   said_is_among(saying, at - sign - 1, "topped exceeded exceeding surpassed");
    figure->start = saying->at[at - sign - (is_verb ? 0 : qualifier)].start;
    figure->end = saying->at[at + words - 1].end;
    if (figure->unit == FIGURE_MONEY && qualifier == 0 && sign == 0)
        while (figure->start > 0 && (saying->at[at].gap & GAP_MONEY) != 0 &&
               figure->start > (at > 0 ? saying->at[at - 1].end : 0) &&
               saying->text.at[figure->start - 1] != ' ')
            figure->start--;
    if ((word_at(saying, at + words)->gap & GAP_PERCENT) != 0)
        figure->end++;
    read_thing(saying, at + words, figure);
    read_period(saying, at + words, figure);
    return words;
}

static void figures_release(struct figure **figures)
{
    free(*figures);
}

enum status figures_find(const struct saying *saying, size_t first, size_t end, struct arena *arena,
                         struct figure_list *list, struct fault *fault)
{
    SCOPED(figures_release) struct figure *found = NULL;
    size_t count = 0, room = 0;
    struct period period;
    for (size_t at = first; at < end && at < saying->count;) {
        size_t words = period_read(saying, at, &period);
        bool is_date = words > 0 && period.kind != PERIOD_WEEKDAY;
        if (is_date) {
            at += words;
            continue;
        }
        if (!GROW(found, room, count))
            return no_memory(fault);
        words = figure_read(saying, at, &found[count]);
        count += words > 0;
        at += words > 0 ? words : 1;
    }
    list->count = count;
    list->at = arena_alloc_many(arena, count + 1, sizeof *list->at);
    if (list->at == NULL)
        return no_memory(fault);
    if (count > 0)
        memcpy(list->at, found, count * sizeof *found);
    return OK;
}

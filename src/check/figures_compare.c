#include "check/figures.h"

#include "text/tokenize.h"

/* What happened to those counted, by words beside the figure. */
enum lot { LOT_DEATH = 1, LOT_ARREST = 2, LOT_WOUND = 4, LOT_FLIGHT = 8, LOT_COMPLAINT = 16 };

static unsigned lot_of_word(struct bytes key)
{
    if (word_is_among(key, "killed dead death deaths died dying homicide homicides murder murders "
                           "murdered killings killing slain fatalities executions executed "
                           "muertos muertes asesinados homicidios toll"))
        return LOT_DEATH;
    if (word_is_among(key, "arrested arrests arrest detained detentions detention captured jailed "
                           "prisoners detainees imprisoned detenidos"))
        return LOT_ARREST;
    if (word_is_among(key, "wounded injured injuries wounds hurt heridos"))
        return LOT_WOUND;
    if (word_is_among(key, "displaced refugees fled evacuated deported expelled desplazados"))
        return LOT_FLIGHT;
    if (word_is_among(key, "complaint complaints complained quejas"))
        return LOT_COMPLAINT;
    return 0;
}

/* Of the words around the number, within its sentence and clause. */
static unsigned lot_of(const struct counted *counted)
{
    const struct saying *saying = &counted->text->saying;
    size_t first = counted->figure->first, end = first + counted->figure->words;
    unsigned behind = 0, before = 0;
    for (size_t i = end; i < saying->count && i < end + 7 && behind == 0; i++) {
        if ((saying->at[i].gap & (GAP_BREAKS | GAP_COMMA)) != 0)
            break;
        behind = lot_of_word(saying->at[i].key);
    }
    for (size_t i = first; i > 0 && first - i < 6 && before == 0; i--) {
        if ((saying->at[i].gap & (GAP_BREAKS | GAP_COMMA)) != 0)
            break;
        before = lot_of_word(saying->at[i - 1].key);
    }
    return behind != 0 ? behind : before;
}

static bool is_generic(struct bytes key)
{
    return word_is_among(key, "people persons person men women children others victims cases "
                              "incidents citizens individuals civilians personas hombres mujeres "
                              "members residents");
}

static uint32_t head_stem(const struct counted *counted)
{
    const struct figure *figure = counted->figure;
    return figure->thing_count == 0 ? 0 : counted->text->stems[figure->thing[figure->head]];
}

static struct bytes head_key(const struct counted *counted)
{
    const struct figure *figure = counted->figure;
    return figure->thing_count == 0 ? (struct bytes){ 0 }
                                    : counted->text->saying.at[figure->thing[figure->head]].key;
}

static bool holds_stem(const struct counted *counted, uint32_t stem)
{
    for (size_t i = 0; stem != 0 && i < counted->figure->thing_count; i++)
        if (counted->text->stems[counted->figure->thing[i]] == stem)
            return true;
    return false;
}

/* Heads of one meaning, as reporters swap them. */
static unsigned family_of(struct bytes key)
{
    static const char *const families[] = {
        "officers officer police policemen agents",
        "soldiers soldier troops troop servicemen soldados tropas",
        "ships ship vessels vessel boats boat barcos",
        "companies company firms firm enterprises",
        "students student youths youth young",
        "weapons weapon guns gun firearms rifles arms",
    };
    for (unsigned i = 0; i < sizeof families / sizeof families[0]; i++)
        if (word_is_among(key, families[i]))
            return i + 1;
    return 0;
}

enum thing_relation figures_things(const struct counted *story, const struct counted *source)
{
    unsigned lot = lot_of(story), source_lot = lot_of(source);
    if (lot != 0 && source_lot != 0 && lot != source_lot)
        return THING_OTHER;
    bool same_lot = lot != 0 && lot == source_lot;
    uint32_t stem = head_stem(story), source_stem = head_stem(source);
    if (story->figure->is_span != source->figure->is_span)
        return THING_OTHER;
    if (stem == 0 || source_stem == 0)
        return THING_NEAR;
    unsigned family = family_of(head_key(story));
    bool same_head = stem == source_stem || (family != 0 && family == family_of(head_key(source)));
    if (same_lot || (same_head && !is_generic(head_key(story)) && !story->figure->is_measured))
        return THING_SAME;
    if (same_head)
        return (lot == 0) == (source_lot == 0) ? THING_SAME : THING_NEAR;
    if (story->figure->unit != FIGURE_COUNT)
        return THING_NEAR;
    return holds_stem(source, stem) || holds_stem(story, source_stem) ? THING_NEAR : THING_OTHER;
}

static bool is_money_or_bare(const struct figure *figure)
{
    return figure->unit == FIGURE_MONEY ||
           (figure->unit == FIGURE_COUNT && figure->thing_count == 0);
}

static bool same_unit(const struct figure *story, const struct figure *source)
{
    if (story->unit == FIGURE_MONEY || source->unit == FIGURE_MONEY)
        return is_money_or_bare(story) && is_money_or_bare(source) &&
               (story->currency[0] == '\0' || source->currency[0] == '\0' ||
                memcmp(story->currency, source->currency, 4) == 0);
    return story->unit == source->unit;
}

/* The same digits, the point moved by whole thousands. */
static bool is_scaled(struct quantity a, struct quantity b)
{
    struct quantity low = quantity_compare(a, b) < 0 ? a : b;
    struct quantity high = quantity_compare(a, b) < 0 ? b : a;
    if (low.amount == 0)
        return false;
    for (int times = 0; times < 3; times++) {
        low.amount *= 1000;
        if (quantity_compare(low, high) == 0)
            return true;
    }
    return false;
}

/* Whether story's number can stand for the source's: rounded to its last place, or to two places
 * where it is said to be about, over or under. */
static enum value_relation rounds_to(const struct figure *story, const struct figure *found)
{
    struct quantity value = story->low, source = found->low;
    int order = quantity_compare(source, value);
    bool is_exact = story->step.divisor == 1 && story->step.amount == 1;
    bool is_same_bound = story->qualifier >= FIGURE_OVER && story->qualifier == found->qualifier;
    bool is_rounder = found->step.amount > 0 && quantity_compare(story->step, found->step) > 0;
    if (value.amount == 0 || story->step.amount == 0 || is_exact || is_same_bound || !is_rounder)
        return VALUE_OTHER;
    struct quantity rounded = quantity_round(source, story->step);
    bool is_rounding = quantity_compare(rounded, value) == 0;
    struct quantity tenth = { value.amount, value.divisor * 10 };
    struct quantity above = quantity_add(value, tenth);
    struct quantity below = { value.amount * 9, value.divisor * 10 };
    bool is_close = quantity_compare(source, above) <= 0 && quantity_compare(source, below) >= 0;
    switch (story->qualifier) {
    case FIGURE_ABOUT:
        return is_rounding || is_close ? VALUE_ROUNDED : VALUE_OTHER;
    case FIGURE_OVER:
        return order > 0 && (is_close || is_rounding) ? VALUE_ROUNDED : VALUE_OTHER;
    case FIGURE_UNDER:
        return order < 0 && (is_close || is_rounding) ? VALUE_ROUNDED : VALUE_OTHER;
    case FIGURE_PLAIN:
        return is_rounding && is_close ? VALUE_TRIMMED : VALUE_OTHER;
    }
    return VALUE_OTHER;
}

enum value_relation figures_values(const struct figure *story, const struct figure *source)
{
    bool is_range = quantity_compare(story->low, story->high) != 0;
    bool equal = quantity_compare(story->low, source->low) == 0 &&
                 quantity_compare(story->high, source->high) == 0;
    bool inside = !is_range && (quantity_compare(story->low, source->low) == 0 ||
                                quantity_compare(story->low, source->high) == 0);
    bool covers = is_range && quantity_compare(story->low, source->low) <= 0 &&
                  quantity_compare(story->high, source->high) >= 0;
    if (!same_unit(story, source)) {
        bool is_share = (story->unit == FIGURE_PERCENT && source->unit == FIGURE_POINTS) ||
                        (story->unit == FIGURE_POINTS && source->unit == FIGURE_PERCENT);
        bool is_money = story->unit == FIGURE_MONEY && source->unit == FIGURE_MONEY;
        return equal && (is_share || is_money) ? VALUE_REUNITED : VALUE_OTHER;
    }
    if (equal || inside || covers)
        return VALUE_EQUAL;
    if (is_range)
        return VALUE_OTHER;
    enum value_relation rounded = rounds_to(story, source);
    if (rounded != VALUE_OTHER)
        return rounded;
    return is_scaled(story->low, source->low) ? VALUE_SCALED : VALUE_OTHER;
}

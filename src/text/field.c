#include "text/field.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/grow.h"

static const struct {
    const char *word;
    bool is_searched;
} field_traits[FIELD_NAMES] = {
#define FIELD_TRAITS(name, word, searched, repeats) [name] = { word, searched },
    FIELDS(FIELD_TRAITS)
#undef FIELD_TRAITS
};

static const char *const kind_words[KIND_KINDS] = {
    [KIND_TEXT] = "text", [KIND_CABLE] = "cable", [KIND_EMAIL] = "email", [KIND_SCAN] = "scan",
    [KIND_HTML] = "html", [KIND_STORY] = "story", [KIND_STUB] = "stub",
};

enum status field_list_add(struct field_list *list, struct field field, struct fault *fault)
{
    if (!GROW(list->at, list->room, list->count))
        return no_memory(fault);
    list->at[list->count++] = field;
    return OK;
}

const struct field *field_list_find(const struct field_list *list, enum field_name name)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].name == name)
            return &list->at[i];
    return NULL;
}

void field_list_release(struct field_list *list)
{
    free(list->at);
    *list = (struct field_list){ 0 };
}

const char *field_word(enum field_name name)
{
    return name < FIELD_NAMES ? field_traits[name].word : "unknown";
}

bool field_is_searched(enum field_name name)
{
    return name < FIELD_NAMES && field_traits[name].is_searched;
}

bool field_from_word(struct bytes word, enum field_name *name)
{
    for (int i = 0; i < FIELD_NAMES; i++)
        if (bytes_is(word, field_traits[i].word)) {
            *name = (enum field_name)i;
            return true;
        }
    return false;
}

const char *kind_word(enum document_kind kind)
{
    return kind < KIND_KINDS ? kind_words[kind] : "unknown";
}

bool kind_from_word(struct bytes word, enum document_kind *kind)
{
    for (int i = 0; i < KIND_KINDS; i++)
        if (bytes_is(word, kind_words[i])) {
            *kind = (enum document_kind)i;
            return true;
        }
    return false;
}

/* Exactly `digits` decimal digits at `at`. */
static bool digits_at(struct bytes value, size_t at, size_t digits, int *number)
{
    if (at + digits > value.len)
        return false;
    *number = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
        *number = *number * 10 + (value.at[i] - '0');
    }
    return true;
}

bool date_from_field(struct bytes value, int32_t *days, enum date_precision *precision)
{
    int year = 0;
    int month = 1;
    int day = 1;
    if (!digits_at(value, 0, 4, &year) || (value.len > 10 && value.at[10] != 'T'))
        return false;
    bool has_month = value.len >= 7;
    bool has_day = value.len >= 10;
    if (value.len != 4 && value.len != 7 && !has_day)
        return false;
    if (has_month && (value.at[4] != '-' || !digits_at(value, 5, 2, &month)))
        return false;
    if (has_day && (value.at[7] != '-' || !digits_at(value, 8, 2, &day)))
        return false;
    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    int32_t found = days_from_date(year, month, day);
    int again[3];
    date_from_days(found, &again[0], &again[1], &again[2]);
    if (again[1] != month || again[2] != day)
        return false;
    *days = found;
    *precision = has_day ? DATE_DAY : has_month ? DATE_MONTH : DATE_YEAR;
    return true;
}

/* Capital letters only, up to the first "/": "S E C R E T//NOFORN" gives SECRET. */
static struct bytes class_letters(struct bytes value, uint8_t *room, size_t max)
{
    size_t len = 0;
    for (size_t i = 0; i < value.len && value.at[i] != '/' && len < max; i++) {
        uint8_t lower = value.at[i] | 0x20;
        if (lower >= 'a' && lower <= 'z')
            room[len++] = (uint8_t)(lower - 0x20);
    }
    return bytes_make(room, len);
}

uint8_t class_rank(struct bytes value)
{
    static const struct {
        const char *word;
        bool is_whole;
        uint8_t rank;
    } classes[] = {
        { "TOPSECRET", false, 4 },
        { "SECRET", false, 3 },
        { "CONFIDENTIAL", false, 2 },
        { "LIMITEDOFFICIALUSE", false, 2 },
        { "RESTRICTED", false, 2 },
        { "UNCLAS", false, 1 },
        { "SENSITIVEBUTUNCLAS", false, 1 },
        { "FOROFFICIALUSE", false, 1 },
        { "TS", true, 4 },
        { "S", true, 3 },
        { "C", true, 2 },
        { "LOU", true, 2 },
        { "U", true, 1 },
        { "SBU", true, 1 },
        { "FOUO", true, 1 },
    };
    uint8_t room[32];
    struct bytes letters = class_letters(value, room, sizeof room);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i].is_whole ? bytes_is(letters, classes[i].word)
                                : bytes_has_prefix(letters, classes[i].word))
            return classes[i].rank;
    return 0;
}

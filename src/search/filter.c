#include "search/filter.h"

#include "base/clock.h"

/* Days of the first and last day a date of any precision means. */
static bool date_bounds(struct bytes value, int32_t *first, int32_t *last)
{
    enum date_precision precision;
    if (value.len > 10 || !date_from_field(value, first, &precision))
        return false;
    int year, month, day;
    date_from_days(*first, &year, &month, &day);
    *last = *first;
    if (precision == DATE_YEAR)
        *last = days_from_date(year, 12, 31);
    if (precision == DATE_MONTH)
        *last = month == 12 ? days_from_date(year, 12, 31) : days_from_date(year, month + 1, 1) - 1;
    return true;
}

bool date_filter(struct bytes value, struct node *node)
{
    node->kind = NODE_DATE;
    node->from = INT32_MIN;
    node->to = INT32_MAX;
    node->is_undated = bytes_is(value, "none");
    if (node->is_undated)
        return true;
    size_t dots = bytes_find(value, bytes_from_string(".."), 0);
    if (dots == SIZE_MAX)
        return date_bounds(value, &node->from, &node->to);
    struct bytes low = bytes_slice(value, 0, dots), high = bytes_slice(value, dots + 2, value.len);
    int32_t unused;
    if (low.len == 0 && high.len == 0)
        return false;
    if (low.len > 0 && !date_bounds(low, &node->from, &unused))
        return false;
    if (high.len > 0 && !date_bounds(high, &unused, &node->to))
        return false;
    return node->from <= node->to;
}

static const struct {
    const char *word;
    uint8_t rank;
} class_words[] = {
    { "none", 0 },
    { "unclassified", 1 },
    { "confidential", 2 },
    { "secret", 3 },
    { "topsecret", 4 },
    { "top-secret", 4 },
    { "top secret", 4 },
    { "ts", 4 },
    { "s", 3 },
    { "c", 2 },
    { "u", 1 },
    { "sbu", 1 },
    { "restricted", 2 },
    { "limitedofficialuse", 2 },
};

bool class_filter(struct bytes value, struct node *node)
{
    node->kind = NODE_CLASS;
    node->is_at_least = value.len > 0 && value.at[value.len - 1] == '+';
    if (node->is_at_least)
        value.len--;
    for (size_t i = 0; i < sizeof class_words / sizeof *class_words; i++) {
        if (!bytes_equal_fold(value, bytes_from_string(class_words[i].word)))
            continue;
        node->rank = class_words[i].rank;
        return true;
    }
    return false;
}

const char *class_filter_word(uint8_t rank)
{
    static const char *const words[] = { "none stated", "unclassified", "confidential", "secret",
                                         "top secret" };
    return rank < sizeof words / sizeof *words ? words[rank] : "unknown";
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

enum { NEAR_LEN_MAX = 40 };

static size_t edits(struct bytes a, struct bytes b)
{
    size_t row[NEAR_LEN_MAX + 1];
    if (a.len > NEAR_LEN_MAX || b.len > NEAR_LEN_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = diagonal + (lower(a.at[i - 1]) != lower(b.at[j - 1]));
            diagonal = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[b.len];
}

const char *name_near(struct bytes typed, const char *const *names, size_t count)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < count; i++) {
        struct bytes name = bytes_from_string(names[i]);
        size_t apart = edits(typed, name);
        size_t longer = typed.len > name.len ? typed.len : name.len;
        if (apart < least && apart < longer && apart <= 1 + longer / 2) {
            least = apart;
            best = names[i];
        }
    }
    return best;
}

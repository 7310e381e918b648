#include "text/word.h"

static bool is_digit_at(struct bytes text, size_t at)
{
    return at < text.len && text.at[at] >= '0' && text.at[at] <= '9';
}

static size_t digits_end(struct bytes text, size_t at)
{
    while (is_digit_at(text, at))
        at++;
    return at;
}

/* Bytes of the thousands mark at `at`: comma, stop, apostrophe, blank, no-break and thin blanks; 0
 * when there is none. */
static size_t separator_len(struct bytes text, size_t at)
{
    static const char *const wide[] = { "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x87",
                                        "\xE2\x80\x99" };
    if (at >= text.len)
        return 0;
    if (text.at[at] < 0x80)
        return text.at[at] && strchr(",.' ", text.at[at]) ? 1 : 0;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (bytes_has_prefix(bytes_slice(text, at, 3), wide[i]))
            return strlen(wide[i]);
    return 0;
}

/* The number goes on from one before it ("12.345.67", "1,2,345"): then its groups mean nothing. */
static bool is_in_chain(struct bytes text, size_t at)
{
    return at >= 2 && strchr(",.'", text.at[at - 1]) && text.at[at - 1] &&
           is_digit_at(text, at - 2);
}

static bool is_in_row(struct bytes text, size_t at, size_t end)
{
    bool is_before = at >= 2 && text.at[at - 1] == ' ' && is_digit_at(text, at - 2);
    bool is_after =
        end < text.len && strchr("-/:", text.at[end]) && text.at[end] && is_digit_at(text, end + 1);
    return is_before || is_after;
}

/* End of the groups of three behind [at, first): `first` itself when they are not groups. */
static size_t groups_end(struct bytes text, size_t at, size_t first)
{
    size_t len = separator_len(text, first);
    size_t end = first;
    if (len == 0 || first - at > 3 || text.at[at] == '0')
        return first;
    struct bytes mark = bytes_slice(text, first, len);
    while (bytes_equal(bytes_slice(text, end, len), mark) && is_digit_at(text, end + len)) {
        size_t next = digits_end(text, end + len);
        if (next - end - len != 3)
            return first;
        end = next;
    }
    return mark.at[0] == ' ' && is_in_row(text, at, end) ? first : end;
}

/* End of a decimal fraction at `end`; `end` itself when there is none, or more than one. */
static size_t fraction_end(struct bytes text, size_t end, const char *marks)
{
    if (end >= text.len || !text.at[end] || !strchr(marks, text.at[end]) ||
        !is_digit_at(text, end + 1))
        return end;
    size_t after = digits_end(text, end + 1);
    bool goes_on = after < text.len && strchr(",.", text.at[after]) && text.at[after] &&
                   is_digit_at(text, after + 1);
    return goes_on ? end : after;
}

static void append_digits(struct key *key, struct bytes text, size_t at, size_t end)
{
    for (size_t i = at; i < end; i++)
        if (is_digit_at(text, i))
            key_append(key, bytes_slice(text, i, 1));
}

/* "5 200 people" may be two numbers: the groups stay findable one by one. */
static void groups_keep(struct bytes text, size_t at, size_t end, struct word *word)
{
    while (at < end && word->extra_count < WORD_EXTRAS) {
        size_t next = digits_end(text, at);
        word->extras[word->extra_count] = (struct key){ 0 };
        append_digits(&word->extras[word->extra_count++], text, at, next);
        at = next + 1;
    }
}

void number_read(struct bytes text, uint32_t at, uint32_t first, struct word *word)
{
    if (is_in_chain(text, at))
        return;
    size_t groups = groups_end(text, at, first);
    bool is_grouped = groups > first;
    const char *marks = !is_grouped ? "." : text.at[first] == '.' ? "," : ".,";
    if (is_grouped && text.at[first] == ',')
        marks = ".";
    size_t end = fraction_end(text, groups, marks);
    if (end == first)
        return;
    word->key = (struct key){ 0 };
    append_digits(&word->key, text, at, groups);
    if (end > groups) {
        key_append(&word->key, bytes_from_string("."));
        append_digits(&word->key, text, groups, end);
    }
    word->digits = (uint32_t)(end - at);
    word->end = (uint32_t)end;
    if (is_grouped && text.at[first] == ' ')
        groups_keep(text, at, groups, word);
}

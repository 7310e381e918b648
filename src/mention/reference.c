#include "mention/reference.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cursor.h"
#include "mention/date.h"
#include "mention/post_table.h"

enum { POST_WORDS_MAX = 4 };

/* Words that stand where a post stands but number something else. */
static const char *const not_posts[] = {
    "IIR",     "OSC",       "TD",      "PAGE",     "PARA",     "SECTION", "PART",    "PARAS",
    "EMAIL",   "E-MAIL",    "FAX",     "TELCON",   "LETTER",   "EO",      "ARTICLE", "REASON",
    "REASONS", "TELEGRAM",  "MESSAGE", "UNSCR",    "DAILY",    "REPORT",  "CABLE",   "ON",
    "OF",      "AND",       "IN",      "DATED",    "THE",      "TO",      "FROM",    "FOR",
    "NO",      "REF",       "REFS",    "BY",       "AT",       "JAN",     "FEB",     "MAR",
    "APR",     "MAY",       "JUN",     "JUL",      "AUG",      "SEP",     "SEPT",    "OCT",
    "NOV",     "DEC",       "JANUARY", "FEBRUARY", "MARCH",    "APRIL",   "JUNE",    "JULY",
    "AUGUST",  "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER", "DTG",     "VOL",     "NUMBER",
};

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static uint8_t peek(const struct cursor *in)
{
    return in->at < in->end ? *in->at : 0;
}

static size_t skip_blanks(struct cursor *in)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t' || *in->at == '\n'))
        in->at++;
    return (size_t)(in->at - from);
}

static size_t take_number(struct cursor *in, uint32_t *number)
{
    size_t digits = 0;
    *number = 0;
    while (digits < 9 && is_digit(peek(in))) {
        *number = *number * 10 + (uint32_t)(*in->at++ - '0');
        digits++;
    }
    return digits;
}

bool post_name_fold(struct bytes printed, char out[POST_NAME_MAX])
{
    size_t len = 0;
    for (size_t i = 0; i < printed.len; i++) {
        uint8_t byte = printed.at[i];
        if (byte == ' ' || byte == '.' || byte == '-' || byte == '\'' || byte == '\n' ||
            byte == '\t')
            continue;
        if (len == POST_NAME_MAX - 1)
            return false;
        out[len++] = (char)(byte >= 'a' && byte <= 'z' ? byte - 32 : byte);
    }
    out[len] = 0;
    return len > 0;
}

static int compare_post(const void *key, const void *item)
{
    return strcmp(key, ((const struct post *)item)->name);
}

static int compare_alias(const void *key, const void *item)
{
    return strcmp(key, ((const struct post_alias *)item)->alias);
}

static const struct post *post_from_folded(const char *folded)
{
    const struct post *post = bsearch(folded, posts, post_count, sizeof posts[0], compare_post);
    if (post != NULL)
        return post;
    const struct post_alias *alias =
        bsearch(folded, post_aliases, post_alias_count, sizeof post_aliases[0], compare_alias);
    return alias == NULL ? NULL
                         : bsearch(alias->name, posts, post_count, sizeof posts[0], compare_post);
}

const struct post *post_from_name(struct bytes printed)
{
    static const char *const prefixes[] = { "AMEMBASSY", "EMBASSY", "AMCONSUL", "CONSULATE" };
    char folded[POST_NAME_MAX];
    if (!post_name_fold(printed, folded))
        return NULL;
    const struct post *post = post_from_folded(folded);
    for (size_t i = 0; post == NULL && i < sizeof prefixes / sizeof prefixes[0]; i++) {
        size_t len = strlen(prefixes[i]);
        if (strncmp(folded, prefixes[i], len) == 0 && folded[len] != 0)
            post = post_from_folded(folded + len);
    }
    return post;
}

static bool is_post_word(struct bytes word)
{
    if (word.len < 2)
        return false;
    for (size_t i = 0; i < sizeof not_posts / sizeof not_posts[0]; i++)
        if (bytes_equal_fold(word, bytes_from_string(not_posts[i])))
            return false;
    /* in a reference line posts are capitals or begin with one; 'telegram 3' is prose */
    return word.at[0] >= 'A' && word.at[0] <= 'Z';
}

/* A letter within a name is also 0 (0TTAWA), an apostrophe, a dot, or a hyphen. */
static struct bytes take_word(struct cursor *in)
{
    const uint8_t *from = in->at;
    if (!is_letter(peek(in)) && !(peek(in) == '0' && in->end - in->at > 1 && is_letter(in->at[1])))
        return bytes_make(from, 0);
    while (in->at < in->end && in->at - from < 24) {
        bool is_zero = *in->at == '0' && in->at + 1 < in->end && is_letter(in->at[1]);
        if (!is_letter(*in->at) && !is_zero && *in->at != '\'' && *in->at != '.' && *in->at != '-')
            break;
        in->at++;
    }
    return bytes_make(from, (size_t)(in->at - from));
}

/* Words up to the serial. True with the cursor at the serial's first digit and the printed name in
 * *printed. */
static bool take_post(struct cursor *in, struct bytes *printed, bool *plausible)
{
    const uint8_t *from = in->at;
    for (int words = 0; words < POST_WORDS_MAX; words++) {
        struct bytes word = take_word(in);
        if (word.len == 0)
            return false;
        if (words > 0 && word.len < 2)
            return false;
        *plausible &= is_post_word(word);
        *printed = bytes_make(from, (size_t)(in->at - from));
        skip_blanks(in);
        if (is_digit(peek(in)))
            return true;
    }
    return false;
}

/* [ ( ] yy | yyyy [ ) ] before the post; the cursor is moved only when one was read. */
static void take_year(struct cursor *in, struct reference *reference)
{
    struct cursor look = *in;
    uint32_t year;
    bool in_brackets = peek(&look) == '(';
    look.at += in_brackets;
    if (peek(&look) == '\'')
        look.at++;
    size_t digits = take_number(&look, &year);
    if (in_brackets && peek(&look) != ')')
        return;
    look.at += in_brackets;
    skip_blanks(&look);
    if (peek(&look) == '-')
        look.at++;
    if (!is_letter(peek(&look)) && peek(&look) != '0')
        return;
    if (digits == 2)
        reference->year = year_from_two_digits(year);
    else if (digits == 4 && year >= 1900 && year < 2100)
        reference->year = (int16_t)year;
    else
        return;
    *in = look;
}

size_t reference_read(struct bytes text, size_t at, bool any_post, struct reference *reference)
{
    if (at >= text.len)
        return 0;
    struct cursor in = cursor_from_bytes(bytes_slice(text, at, 80));
    const uint8_t *from = in.at;
    struct reference found = { 0 };
    struct bytes printed;
    take_year(&in, &found);
    bool plausible = true;
    if (!take_post(&in, &printed, &plausible))
        return 0;
    size_t digits = take_number(&in, &found.serial);
    if (digits < 1 || digits > 8 || found.serial == 0 || is_letter(peek(&in)) || peek(&in) == '/')
        return 0;
    if (in.end - in.at > 1 && (in.at[0] == '.' || in.at[0] == ',' || in.at[0] == '-') &&
        is_digit(in.at[1]))
        return 0;
    bool is_page_mark = digits == 8 && in.end - in.at > 1 && in.at[0] == ' ' && is_digit(in.at[1]);
    if (is_page_mark)
        return 0;
    const struct post *post = post_from_name(printed);
    found.post_is_known = post != NULL;
    if (post != NULL)
        strcpy(found.post, post->name);
    else if (!any_post || !plausible || !post_name_fold(printed, found.post))
        return 0;
    if (in.end - in.at > 1 && in.at[0] == '_' && is_letter(in.at[1]))
        in.at += 2;
    *reference = found;
    return (size_t)(in.at - from);
}

size_t reference_write(const struct reference *reference, int16_t year, char out[REFERENCE_MAX])
{
    int16_t written = reference->year != 0 ? reference->year : year;
    out[0] = 0;
    if (written == 0)
        return 0;
    int len = snprintf(out, REFERENCE_MAX, "%02u%s%u", (unsigned)written % 100, reference->post,
                       reference->serial);
    return len < 0 ? 0 : (size_t)len;
}

bool reference_agrees(const struct reference *a, const struct reference *b)
{
    if (a->year != 0 && b->year != 0 && a->year % 100 != b->year % 100)
        return false;
    return a->serial == b->serial && strcmp(a->post, b->post) == 0;
}

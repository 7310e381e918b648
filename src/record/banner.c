#include "record/banner.h"

#include "base/cursor.h"
#include "mention/reference.h"
#include "record/record.h"

enum { POST_PRINTED_MAX = 30, DATED_MAX = 20 };

static uint8_t peek(const struct cursor *in)
{
    return in->at < in->end ? *in->at : 0;
}

static void skip_blanks(struct cursor *in)
{
    while (in->at < in->end && is_blank(*in->at))
        in->at++;
}

static size_t take_number(struct cursor *in, uint64_t *number)
{
    size_t digits = 0;
    *number = 0;
    while (digits < 9 && is_digit(peek(in))) {
        *number = *number * 10 + (uint64_t)(*in->at++ - '0');
        digits++;
    }
    return digits;
}

/* The letters of `word` with at most one blank between any two. */
static bool skip_spaced(struct cursor *in, const char *word)
{
    struct cursor look = *in;
    for (; *word != 0; word++) {
        if (look.at != in->at && peek(&look) == ' ')
            look.at++;
        if (*word == ' ')
            continue;
        if (peek(&look) != (uint8_t)*word)
            return false;
        look.at++;
    }
    if (is_letter(peek(&look)))
        return false;
    *in = look;
    return true;
}

static bool skip_word(struct cursor *in, const char *word)
{
    size_t len = strlen(word);
    if ((size_t)(in->end - in->at) < len || memcmp(in->at, word, len) != 0)
        return false;
    in->at += len;
    return true;
}

static const char *take_level(struct cursor *in)
{
    static const char *const levels[][2] = {
        { "TOP SECRET", "TOP SECRET" },
        { "SECRET", "SECRET" },
        { "ECRET", "SECRET" },
        { "CONFIDENTIAL", "CONFIDENTIAL" },
        { "ONFIDENTIAL", "CONFIDENTIAL" },
        { "UNCLASSIFIED", "UNCLASSIFIED" },
        { "UNCLAS", "UNCLASSIFIED" },
        { "LIMITED OFFICIAL USE", "LIMITED OFFICIAL USE" },
    };
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (skip_spaced(in, levels[i][0]))
            return levels[i][1];
    return NULL;
}

/* A stray letter or two may stand before the level ("CC O N F ...", "CSE C R E T"). */
static const char *take_damaged_level(struct cursor *in)
{
    for (int stray = 0; stray < 3; stray++) {
        const char *level = take_level(in);
        if (level != NULL || !is_letter(peek(in)))
            return level;
        in->at++;
    }
    return NULL;
}

/* "Cable dated:2002-11-15T12:40:00", quotes and commas of a table row. */
static void skip_before(struct cursor *in)
{
    if (skip_word(in, "Cable dated:"))
        in->at += in->end - in->at < DATED_MAX ? 0 : 19;
    while (in->at < in->end && !is_letter(*in->at) && !is_digit(*in->at) && *in->at < 0x80)
        in->at++;
}

static void take_sections(struct cursor *in, struct banner *banner)
{
    struct cursor look = *in;
    uint64_t section, sections;
    skip_blanks(&look);
    if (take_number(&look, &section) == 0)
        return;
    skip_blanks(&look);
    if (!skip_word(&look, "OF") && !skip_word(&look, "of"))
        return;
    skip_blanks(&look);
    if (take_number(&look, &sections) == 0 || sections > 99 || section > sections)
        return;
    banner->section = (uint32_t)section;
    banner->sections = (uint32_t)sections;
    *in = look;
}

static void take_qualifiers(struct cursor *in, struct banner *banner)
{
    for (;;) {
        while (in->at < in->end && (is_blank(*in->at) || *in->at == '/'))
            in->at++;
        if (skip_word(in, "E F T O") || skip_word(in, "EFTO") ||
            skip_word(in, "FOR OFFICIAL USE ONLY"))
            banner->is_limited = true;
        else if (skip_word(in, "NOFORN"))
            banner->is_noforn = true;
        else if (skip_word(in, "SECTION") || skip_word(in, "SCTION"))
            take_sections(in, banner);
        else
            return;
    }
}

static bool is_post_byte(uint8_t byte)
{
    return is_upper(byte) || byte == ' ' || byte == '\'' || byte == '.' || byte == '-';
}

static void take_post(struct cursor *in, struct banner *banner)
{
    const uint8_t *from = in->at;
    struct cursor look = *in;
    while (look.at < look.end && is_post_byte(*look.at) && look.at - from < POST_PRINTED_MAX)
        look.at++;
    struct bytes post = bytes_trim(bytes_make(from, (size_t)(look.at - from)));
    uint64_t serial;
    if (post.len < 2 || (look.at[-1] != ' ' && look.at[-1] != '.') ||
        take_number(&look, &serial) < 3 || serial == 0)
        return;
    banner->post = post;
    banner->serial = serial;
    *in = look;
}

bool banner_read(struct bytes line, struct banner *banner)
{
    struct cursor in = cursor_from_bytes(line);
    struct banner found = { 0 };
    skip_before(&in);
    found.level = take_damaged_level(&in);
    if (found.level == NULL)
        return false;
    take_qualifiers(&in, &found);
    take_post(&in, &found);
    found.len = (size_t)(in.at - line.at);
    skip_blanks(&in);
    found.is_glued = in.at < in.end && found.post.len > 0;
    *banner = found;
    return true;
}

/* The post that ends at `end`: the telegram's own, else the longest known name of capitals, else
 * one word. */
static uint32_t post_start(struct bytes text, uint32_t from, uint32_t end, struct bytes post)
{
    while (end > from && text.at[end - 1] == ' ')
        end--;
    if (post.len > 0 && end - from >= post.len &&
        memcmp(text.at + end - post.len, post.at, post.len) == 0)
        return end - (uint32_t)post.len;
    uint32_t start = end, best = end;
    for (int words = 0; words < 3 && start > from && end - start < POST_PRINTED_MAX; words++) {
        while (start > from && text.at[start - 1] == ' ' && words > 0)
            start--;
        uint32_t word_end = start;
        while (start > from && (is_upper(text.at[start - 1]) || text.at[start - 1] == '-'))
            start--;
        if (start == word_end)
            break;
        if (words == 0 || post_from_name(bytes_slice(text, start, end - start)) != NULL)
            best = start;
    }
    return best;
}

/* At " OF ": eight digits, three digits and perhaps a sub-page before it, three digits behind. */
static bool page_mark_at(struct bytes text, uint32_t from, uint32_t of, struct bytes post,
                         struct page_mark *mark)
{
    uint32_t at = of, digits = 0;
    struct cursor in = cursor_from_bytes(bytes_slice(text, of + 3, 12));
    uint64_t pages;
    skip_blanks(&in);
    if (take_number(&in, &pages) != 3)
        return false;
    mark->end = (uint32_t)(in.at - text.at);
    mark->pages = (uint32_t)pages;
    while (at > from && text.at[at - 1] == ' ')
        at--;
    if (at > from + 5 && text.at[at - 2] == '.' && is_digit(text.at[at - 1]))
        at -= 2;
    if (at < from + 12 || !is_digit(text.at[at - 1]) || !is_digit(text.at[at - 2]) ||
        !is_digit(text.at[at - 3]))
        return false;
    mark->page = (uint32_t)((text.at[at - 3] - '0') * 100 + (text.at[at - 2] - '0') * 10 +
                            (text.at[at - 1] - '0'));
    at -= 3;
    while (at > from && text.at[at - 1] == ' ')
        at--;
    while (at > from && is_digit(text.at[at - 1]) && digits < 9) {
        at--;
        digits++;
    }
    mark->start = post_start(text, from, at, post);
    return digits == 8 && mark->start < at;
}

bool page_mark_next(struct bytes text, uint32_t from, struct bytes post, struct page_mark *mark)
{
    static const char of[] = " OF ";
    size_t at = from;
    for (;;) {
        const uint8_t *hit = at < text.len ? memmem(text.at + at, text.len - at, of, 4) : NULL;
        if (hit == NULL)
            return false;
        at = (size_t)(hit - text.at);
        if (page_mark_at(text, from, (uint32_t)at, post, mark))
            return true;
        at += 3;
    }
}

/* "01 OF 02 " before the receipt time. */
static void skip_section(struct cursor *in)
{
    struct cursor look = *in;
    uint64_t number;
    if (take_number(&look, &number) != 2)
        return;
    skip_blanks(&look);
    if (!skip_word(&look, "OF"))
        return;
    skip_blanks(&look);
    if (take_number(&look, &number) != 2)
        return;
    skip_blanks(&look);
    *in = look;
}

size_t old_page_len(struct bytes line)
{
    struct cursor in = cursor_from_bytes(line);
    uint64_t number;
    if (!skip_word(&in, "PAGE ") || take_number(&in, &number) != 2)
        return 0;
    skip_blanks(&in);
    const uint8_t *post = in.at;
    while (in.at < in.end && (is_upper(*in.at) || (*in.at == ' ' && in.at - post < 8)))
        in.at++;
    if (in.at == post || take_number(&in, &number) != 5)
        return 0;
    skip_blanks(&in);
    skip_section(&in);
    if (take_number(&in, &number) != 6 || !skip_word(&in, "Z"))
        return 0;
    return (size_t)(in.at - line.at);
}

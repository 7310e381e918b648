#include "story/scan.h"

/* How far the other end of a link target, a code span or a tag is looked for. */
enum { LOOK_MAX = 2000, BRACKETS_MAX = 8 };

struct markdown {
    uint8_t *text;
    size_t len;
    size_t brackets[BRACKETS_MAX]; /* open [ of this paragraph, the last ones */
    size_t bracket_count;
    size_t emphasis[2]; /* open runs of * and _ */
    bool no_comment_end;
};

static void mask(struct markdown *md, size_t start, size_t end)
{
    for (size_t i = start; i < end && i < md->len; i++)
        if (md->text[i] != '\n' && md->text[i] != '\r')
            md->text[i] = MASKED;
}

static size_t line_end(const struct markdown *md, size_t at)
{
    const uint8_t *end = at < md->len ? memchr(md->text + at, '\n', md->len - at) : NULL;
    return end ? (size_t)(end - md->text) : md->len;
}

static size_t blanks_end(const struct markdown *md, size_t at, size_t end)
{
    while (at < end && (md->text[at] == ' ' || md->text[at] == '\t'))
        at++;
    return at;
}

static size_t run_end(const struct markdown *md, size_t at, uint8_t byte)
{
    while (at < md->len && md->text[at] == byte)
        at++;
    return at;
}

static size_t front_matter_mask(struct markdown *md)
{
    if (md->len < 4 || memcmp(md->text, "---", 3) != 0 || line_end(md, 0) > 4)
        return 0;
    for (size_t at = line_end(md, 0) + 1; at < md->len; at = line_end(md, at) + 1)
        if (md->len - at >= 3 && memcmp(md->text + at, "---", 3) == 0 &&
            line_end(md, at) <= at + 4) {
            mask(md, 0, line_end(md, at));
            return line_end(md, at) + 1;
        }
    return 0;
}

/* A fenced block, its content included; answers where the text goes on. */
static size_t fence_mask(struct markdown *md, size_t start)
{
    size_t at = blanks_end(md, start, line_end(md, start));
    uint8_t byte = at < md->len ? md->text[at] : 0;
    size_t wide = (byte == '`' || byte == '~') ? run_end(md, at, byte) - at : 0;
    if (wide < 3)
        return start;
    size_t next = line_end(md, start) + 1;
    while (next < md->len) {
        size_t from = blanks_end(md, next, line_end(md, next));
        size_t end = line_end(md, next);
        next = end + 1;
        if (run_end(md, from, byte) - from >= wide)
            break;
    }
    mask(md, start, next);
    return next;
}

/* [id]: target */
static bool is_definition(const struct markdown *md, size_t at, size_t end)
{
    if (at >= end || md->text[at] != '[')
        return false;
    while (at < end && md->text[at] != ']')
        at++;
    return at + 1 < end && md->text[at + 1] == ':' && memchr(md->text + at, '/', end - at);
}

static bool is_rule(const struct markdown *md, size_t at, size_t end)
{
    uint8_t byte = at < end ? md->text[at] : 0;
    if (byte != '-' && byte != '=' && byte != '*' && byte != '_')
        return false;
    size_t count = 0;
    for (; at < end; at++) {
        if (md->text[at] == byte)
            count++;
        else if (md->text[at] != ' ' && md->text[at] != '\r')
            return false;
    }
    return count >= 3;
}

/* What stands before the words of a line: block quotation, heading and list signs. */
static size_t prefix_mask(struct markdown *md, size_t start, size_t end)
{
    size_t at = blanks_end(md, start, end);
    while (at < end && md->text[at] == '>') {
        mask(md, at, at + 1);
        at = blanks_end(md, at + 1, end);
    }
    if (is_rule(md, at, end) || is_definition(md, at, end)) {
        mask(md, at, end);
        return end;
    }
    size_t sign = at;
    if (at < end && md->text[at] == '#')
        at = run_end(md, at, '#');
    else if (at + 1 < end && strchr("-*+", md->text[at]) && md->text[at + 1] == ' ')
        at++;
    else
        while (at < end && at - sign < 4 && md->text[at] >= '0' && md->text[at] <= '9')
            at++;
    bool number = at > sign && md->text[sign] >= '0' && md->text[sign] <= '9';
    if (number && (at + 1 >= end || md->text[at] != '.' || md->text[at + 1] != ' '))
        return sign;
    if (number)
        at++;
    if (at >= end || md->text[at] == ' ')
        mask(md, sign, at);
    return at;
}

static size_t code_span_mask(struct markdown *md, size_t at, size_t high)
{
    size_t open = run_end(md, at, '`');
    size_t wide = open - at;
    size_t most = high - open < LOOK_MAX ? high : open + LOOK_MAX;
    for (size_t i = open; i < most; i++) {
        if (md->text[i] != '`')
            continue;
        size_t close = run_end(md, i, '`');
        if (close - i == wide) {
            mask(md, at, close);
            return close;
        }
        i = close - 1;
    }
    return open;
}

/* The end of "(target)" or "[label]" that begins at `at`, or `at` when it is not one. */
static size_t target_end(const struct markdown *md, size_t at, size_t high)
{
    uint8_t close = md->text[at] == '(' ? ')' : ']';
    bool titled = false;
    for (size_t i = at + 1; i < high && i - at < LOOK_MAX; i++) {
        uint8_t byte = md->text[i];
        if (byte == close)
            return i + 1;
        titled = titled || (byte == '"' && md->text[i - 1] == ' ');
        bool title_next = i + 1 < high && md->text[i + 1] == '"';
        if (byte == '(' || byte == '[' || byte == '\n' || (byte == ' ' && !titled && !title_next))
            return at;
    }
    return at;
}

static size_t bracket_close_mask(struct markdown *md, size_t at, size_t high)
{
    if (md->bracket_count == 0)
        return at + 1;
    size_t open = md->brackets[--md->bracket_count];
    if (md->text[open + 1] == '^' && at > open + 2) {
        mask(md, open, at + 1);
        return at + 1;
    }
    if (at + 1 >= high || (md->text[at + 1] != '(' && md->text[at + 1] != '['))
        return at + 1;
    size_t end = target_end(md, at + 1, high);
    if (end == at + 1)
        return at + 1;
    mask(md, open, open + 1);
    if (open > 0 && md->text[open - 1] == '!')
        mask(md, open - 1, open);
    mask(md, at, end);
    return end;
}

static void bracket_open(struct markdown *md, size_t at)
{
    if (md->bracket_count == BRACKETS_MAX) {
        memmove(md->brackets, md->brackets + 1, (BRACKETS_MAX - 1) * sizeof *md->brackets);
        md->bracket_count--;
    }
    md->brackets[md->bracket_count++] = at;
}

static bool is_letter_byte(uint8_t byte)
{
    uint8_t lower = byte | 0x20;
    return byte >= 0xC3 || (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9');
}

static bool is_blank_byte(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == 0;
}

static size_t emphasis_mask(struct markdown *md, size_t at, size_t low, size_t high)
{
    uint8_t byte = md->text[at];
    size_t *open = &md->emphasis[byte == '_'];
    size_t end = run_end(md, at, byte);
    uint8_t left = at > low ? md->text[at - 1] : 0;
    uint8_t right = end < high ? md->text[end] : 0;
    if (end - at > 3 || (is_letter_byte(left) && is_letter_byte(right)))
        return end;
    if (!is_blank_byte(left) && *open > 0 && !is_letter_byte(right)) {
        --*open;
        mask(md, at, end);
    } else if (!is_blank_byte(right) && !is_letter_byte(left)) {
        ++*open;
        mask(md, at, end);
    }
    return end;
}

/* The end of <sup>12</sup> behind words, the number of a note; `at` when it is not one. */
static size_t note_number_end(const struct markdown *md, size_t at, size_t high)
{
    static const char open[] = "<sup>", close[] = "</sup>";
    bool is_power = at > 0 && md->text[at - 1] >= '0' && md->text[at - 1] <= '9';
    if (is_power || high - at < sizeof open || memcmp(md->text + at, open, sizeof open - 1) != 0)
        return at;
    size_t from = at + sizeof open - 1, end = from;
    while (end < high && end - from < 3 && md->text[end] >= '0' && md->text[end] <= '9')
        end++;
    bool is_closed =
        high - end >= sizeof close - 1 && memcmp(md->text + end, close, sizeof close - 1) == 0;
    return end > from && is_closed ? end + sizeof close - 1 : at;
}

static size_t tag_mask(struct markdown *md, size_t at, size_t high)
{
    if (md->len - at >= 4 && memcmp(md->text + at, "<!--", 4) == 0 && !md->no_comment_end) {
        const uint8_t *end = memmem(md->text + at, md->len - at, "-->", 3);
        md->no_comment_end = !end;
        if (end) {
            size_t stop = (size_t)(end - md->text) + 3;
            mask(md, at, stop);
            return stop;
        }
    }
    if (at + 1 >= high || (!is_letter_byte(md->text[at + 1]) && md->text[at + 1] != '/'))
        return at + 1;
    size_t note = note_number_end(md, at, high);
    if (note > at) {
        mask(md, at, note);
        return note;
    }
    for (size_t i = at + 1; i < high && i - at < LOOK_MAX && md->text[i] != '<'; i++)
        if (md->text[i] == '>') {
            mask(md, at, i + 1);
            return i + 1;
        }
    return at + 1;
}

static size_t inline_mask(struct markdown *md, size_t at, size_t low, size_t high)
{
    switch (md->text[at]) {
    case '\\':
        if (at + 1 < high && strchr("\\`*_{}[]()#+-.!<>\"'", md->text[at + 1])) {
            mask(md, at, at + 1);
            return at + 2;
        }
        return at + 1;
    case '`':
        return code_span_mask(md, at, high);
    case '[':
        bracket_open(md, at);
        return at + 1;
    case ']':
        return bracket_close_mask(md, at, high);
    case '*':
    case '_':
        return emphasis_mask(md, at, low, high);
    case '<':
        return tag_mask(md, at, high);
    default:
        return at + 1;
    }
}

/* The end of the lines that go on from `start` up to a blank one. */
static size_t block_end(const struct markdown *md, size_t start)
{
    size_t at = start;
    while (at < md->len && blanks_end(md, at, line_end(md, at)) < line_end(md, at) &&
           md->text[at] != '\r')
        at = line_end(md, at) + 1;
    return at < md->len ? at : md->len;
}

void markdown_mask(uint8_t *text, size_t len)
{
    struct markdown md = { .text = text, .len = len };
    size_t at = front_matter_mask(&md);
    while (at < len) {
        size_t after = fence_mask(&md, at);
        if (after != at) {
            at = after;
            continue;
        }
        size_t end = block_end(&md, at);
        md.bracket_count = 0;
        md.emphasis[0] = md.emphasis[1] = 0;
        size_t low = at;
        while (at < end) {
            bool line_starts = at == low || text[at - 1] == '\n';
            if (line_starts && at != low && fence_mask(&md, at) != at)
                break;
            if (line_starts)
                at = prefix_mask(&md, at, line_end(&md, at));
            if (at < end)
                at = inline_mask(&md, at, low, end);
        }
        if (at <= low)
            at = line_end(&md, low) + 1;
    }
}

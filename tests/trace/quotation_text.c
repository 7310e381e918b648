#include "quotation_text.h"

#include <ctype.h>

enum { MARKS_MAX = 64 };

static bool is_letter(const char *text, size_t at)
{
    return isalpha((unsigned char)text[at]) || (unsigned char)text[at] >= 0xc3;
}

static struct pattern_mark read_bracket(const char *text, uint32_t at, char close)
{
    struct pattern_mark mark = { .kind = NODE_BRACKET, .start = at, .inner_start = at + 1 };
    const char *end = strchr(text + at, close);
    mark.inner_end = (uint32_t)(end - text);
    mark.end = mark.inner_end + 1;
    struct bytes inner = bytes_make(text + mark.inner_start, mark.inner_end - mark.inner_start);
    if (close == ')')
        mark.kind = NODE_PARENTHESIS;
    if (close == '}')
        mark.kind = NODE_GAP;
    if (bytes_is(inner, "sic"))
        mark.kind = NODE_SIC;
    if (bytes_is(inner, "...") || bytes_is(inner, "…"))
        mark.kind = NODE_ELLIPSIS;
    if (close != ']' || mark.kind != NODE_BRACKET)
        return mark;
    if (is_letter(text, mark.end) || (at > 0 && is_letter(text, at - 1))) {
        mark.kind = NODE_CASE;
        while (mark.start > 0 && is_letter(text, mark.start - 1))
            mark.start--;
        while (is_letter(text, mark.end))
            mark.end++;
    }
    return mark;
}

static bool read_mark(const char *text, uint32_t at, struct pattern_mark *mark)
{
    static const char pairs[] = "[](){}";
    const char *pair = text[at] != '\0' ? strchr(pairs, text[at]) : NULL;
    if (pair != NULL && (pair - pairs) % 2 == 0) {
        *mark = read_bracket(text, at, pair[1]);
        return true;
    }
    size_t dots = strncmp(text + at, "...", 3) == 0 || strncmp(text + at, "…", 3) == 0 ? 3
                  : strncmp(text + at, "####", 4) == 0                                 ? 4
                                                                                       : 0;
    *mark = (struct pattern_mark){ .kind = dots == 4 ? NODE_WITHHELD : NODE_ELLIPSIS,
                                   .start = at,
                                   .end = at + (uint32_t)dots };
    return dots > 0;
}

enum status pattern_from_text(const char *text, struct arena *arena, struct pattern *pattern,
                              struct fault *fault)
{
    struct pattern_mark marks[MARKS_MAX];
    size_t count = 0;
    uint32_t len = (uint32_t)strlen(text);
    for (uint32_t at = 0; at < len && count < MARKS_MAX; at++)
        if (read_mark(text, at, &marks[count])) {
            at = marks[count].end - 1;
            count++;
        }
    return pattern_build(bytes_make(text, len), 0, len, marks, count, arena, pattern, fault);
}

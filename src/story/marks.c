#include "story/scan.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { BRACKET_MAX = 400, LETTERS_MAX = 12, WORD_MAX = 64 };

enum status mark_list_add(struct mark_list *list, struct mark mark, struct fault *fault)
{
    if (!GROW(list->at, list->room, list->count))
        return no_memory(fault);
    list->at[list->count++] = mark;
    return OK;
}

static bool is_letter(struct bytes text, uint32_t at, uint32_t end)
{
    if (at >= end)
        return false;
    size_t len = 1;
    uint32_t code = utf8_decode(text, at, &len);
    enum char_class class = char_traits(code).class;
    return class == CHAR_LETTER || class == CHAR_MARK;
}

/* A blank (also the no-break ones) at `at`: its length, or 0. */
static uint32_t blank_len(struct bytes text, uint32_t at, uint32_t end)
{
    if (at >= end)
        return 0;
    size_t len = 1;
    uint32_t code = utf8_decode(text, at, &len);
    return code_is_blank(code) || code == MASKED ? (uint32_t)len : 0;
}

static bool is_ellipsis_sign(struct bytes text, uint32_t at, uint32_t end)
{
    return end - at >= 3 && memcmp(text.at + at, "\xE2\x80\xA6", 3) == 0;
}

/* ... or . . . or a sign with dots beside it: the end of the run, or `at`. */
static uint32_t ellipsis_end(struct bytes text, uint32_t at, uint32_t end)
{
    uint32_t dots = 0, stop = at, here = at;
    bool sign = false;
    while (here < end) {
        bool is_sign = is_ellipsis_sign(text, here, end);
        if (!is_sign && text.at[here] != '.')
            break;
        here += is_sign ? 3 : 1;
        sign = sign || is_sign;
        dots++;
        stop = here;
        here += blank_len(text, here, end);
    }
    return sign || dots >= 3 ? stop : at;
}

static uint32_t bracket_end(struct bytes text, uint32_t at, uint32_t end)
{
    uint8_t open = text.at[at], close = open == '[' ? ']' : ')';
    uint32_t depth = 0;
    for (uint32_t i = at; i < end && i - at < BRACKET_MAX; i++) {
        if (text.at[i] == open)
            depth++;
        else if (text.at[i] == close && --depth == 0)
            return i + 1;
    }
    return at;
}

static bool holds_bars(struct bytes inner)
{
    return bytes_find(inner, bytes_from_string("XXX"), 0) != SIZE_MAX ||
           bytes_find(inner, bytes_from_string("\xE2\x96\x88"), 0) != SIZE_MAX;
}

static bool is_notice(struct bytes inner)
{
    static const char *const notices[] = { "redacted",       "inaudible",      "expletive",
                                           "name withheld",  "name removed",   "withheld",
                                           "unintelligible", "illegible",      "name redacted",
                                           "deleted",        "tachado",        "inaudible]",
                                           "ilegible",       "nombre omitido", "name omitted",
                                           "crosstalk" };
    for (size_t i = 0; i < sizeof notices / sizeof *notices; i++)
        if (bytes_has_prefix_fold(inner, notices[i]))
            return true;
    return holds_bars(inner);
}

static bool is_short_word(struct bytes text, uint32_t start, uint32_t end)
{
    if (end <= start || end - start > LETTERS_MAX)
        return false;
    for (uint32_t at = start; at < end;) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, at, &len);
        if (!code_is_word(code))
            return false;
        at += (uint32_t)len;
    }
    return true;
}

/* The word that bracketed letters belong to: letters and further brackets of letters on both sides.
 */
static void word_around(struct bytes text, uint32_t low, uint32_t high, struct mark *mark)
{
    while (mark->start > low && mark->end - mark->start < WORD_MAX) {
        uint32_t from = mark->start - 1;
        while (from > low && (text.at[from] & 0xC0) == 0x80)
            from--;
        if (!is_letter(text, from, high))
            break;
        mark->start = from;
    }
    while (mark->end < high && mark->end - mark->start < WORD_MAX) {
        size_t len = 1;
        (void)utf8_decode(text, mark->end, &len);
        if (is_letter(text, mark->end, high)) {
            mark->end += (uint32_t)len;
            continue;
        }
        uint32_t close = text.at[mark->end] == '[' ? bracket_end(text, mark->end, high) : mark->end;
        if (close == mark->end || !is_short_word(text, mark->end + 1, close - 1))
            break;
        mark->end = close;
    }
}

static struct mark bracket_mark(struct bytes text, uint32_t at, uint32_t close, uint32_t low,
                                uint32_t high)
{
    struct mark mark = { .kind = text.at[at] == '[' ? MARK_BRACKET : MARK_PARENTHESIS,
                         .start = at,
                         .end = close,
                         .inner_start = at + 1,
                         .inner_end = close - 1 };
    while (blank_len(text, mark.inner_start, mark.inner_end))
        mark.inner_start += blank_len(text, mark.inner_start, mark.inner_end);
    while (mark.inner_end > mark.inner_start && text.at[mark.inner_end - 1] == ' ')
        mark.inner_end--;
    struct bytes inner = bytes_slice(text, mark.inner_start, mark.inner_end - mark.inner_start);
    bool square = mark.kind == MARK_BRACKET;
    if (bytes_equal_fold(inner, bytes_from_string("sic")))
        mark.kind = MARK_SIC;
    else if (inner.len > 0 &&
             ellipsis_end(text, mark.inner_start, mark.inner_end) == mark.inner_end)
        mark.kind = MARK_ELLIPSIS;
    else if ((square && is_notice(inner)) || holds_bars(inner))
        mark.kind = MARK_WITHHELD;
    else if (square && is_short_word(text, at + 1, close - 1) &&
             (is_letter(text, close, high) || code_is_word(code_before(text, at, low)))) {
        mark.kind = MARK_LETTER;
        word_around(text, low, high, &mark);
    }
    return mark;
}

/* f---, s--t, d**n: a letter or two, then dashes or stars for the rest. */
static uint32_t dashed_end(struct bytes text, uint32_t at, uint32_t end, uint32_t low)
{
    if (!is_letter(text, at, end) || text.at[at] >= 0x80 ||
        code_is_word(code_before(text, at, low)))
        return at;
    uint32_t letters = at;
    while (letters < end && letters - at < 3 && is_letter(text, letters, end))
        letters++;
    uint32_t bars = letters;
    uint8_t sign = bars < end ? text.at[bars] : 0;
    while (bars < end && (sign == '-' || sign == '*') && text.at[bars] == sign)
        bars++;
    uint32_t count = bars - letters, stop = bars;
    while (stop < end && stop - bars < 4 && text.at[stop] < 0x80 && is_letter(text, stop, end))
        stop++;
    uint8_t first = text.at[at] | 0x20;
    /* "a---like" is a word and a dash; "a--- tomorrow" a word dashed out. */
    bool is_article = letters - at == 1 && (first == 'a' || first == 'i');
    bool word = is_article && (count < 3 || stop > bars);
    if (letters - at > 2 || count < 2 || word || stop - bars > 3)
        return at;
    return count > 2 || stop > bars ? stop : at;
}

/* XXXX, a row of underscores or of black blocks. */
static uint32_t bars_end(struct bytes text, uint32_t at, uint32_t end)
{
    uint32_t stop = at, count = 0;
    bool block = end - at >= 3 && memcmp(text.at + at, "\xE2\x96\x88", 3) == 0;
    while (stop < end) {
        if (block && end - stop >= 3 && memcmp(text.at + stop, "\xE2\x96\x88", 3) == 0)
            stop += 3;
        else if (!block && text.at[stop] == text.at[at])
            stop++;
        else
            break;
        count++;
    }
    uint8_t byte = text.at[at];
    bool enough = block || (byte == 'X' && count >= 3) || (byte == 'x' && count >= 4) ||
                  (byte == '_' && count >= 3);
    return enough ? stop : at;
}

static bool mark_at(struct bytes text, uint32_t at, uint32_t start, uint32_t end, struct mark *mark)
{
    uint8_t byte = text.at[at];
    uint32_t stop = at;
    if (byte == '[' || byte == '(') {
        stop = bracket_end(text, at, end);
        if (stop != at)
            *mark = bracket_mark(text, at, stop, start, end);
        return stop != at;
    }
    enum mark_kind kind = MARK_ELLIPSIS;
    if (byte == '.' || byte == 0xE2)
        stop = ellipsis_end(text, at, end);
    if (stop == at && (byte == 'X' || byte == 'x' || byte == '_' || byte == 0xE2)) {
        stop = bars_end(text, at, end);
        kind = MARK_WITHHELD;
    }
    if (stop == at) {
        stop = dashed_end(text, at, end, start);
        kind = MARK_DASHED_OUT;
    }
    *mark = (struct mark){ kind, at, stop, at, stop };
    return stop != at;
}

enum status marks_find(struct bytes text, uint32_t start, uint32_t end, struct mark_list *list,
                       struct fault *fault)
{
    uint32_t at = start, brackets = 0;
    while (at < end) {
        struct mark mark;
        /* A bracket that is never closed is looked at to its full length: not ten thousand of them
         * in one quotation. */
        bool bracket = text.at[at] == '[' || text.at[at] == '(';
        if ((bracket && brackets > 2000) || !mark_at(text, at, start, end, &mark)) {
            brackets += bracket;
            at++;
            continue;
        }
        TRY(mark_list_add(list, mark, fault));
        at = mark.end > at ? mark.end : at + 1;
    }
    return OK;
}

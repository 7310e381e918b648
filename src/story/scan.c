#include "story/scan.h"

#include <stdlib.h>

#include "base/grow.h"
#include "text/fold.h"
#include "text/utf8.h"

enum style { STYLE_DOUBLE, STYLE_SINGLE, STYLE_ANGLE, STYLE_ANGLE_IN, STYLE_LOW, STYLE_LOW_SINGLE };
enum glyph { GLYPH_OPENS, GLYPH_CLOSES, GLYPH_STRAIGHT };
enum side { SIDE_BLANK, SIDE_WORD, SIDE_OPENER, SIDE_DASH, SIDE_CLOSER, SIDE_DOT };
enum action { PASS, OPEN, CLOSE };

/* Marks deeper than this are taken for lost ones; and text read again, after a lost mark, is at
 * most so many times its length. */
enum { DEPTH_MAX = 8, AGAIN_MAX = 12 };

struct sign {
    enum style style;
    enum glyph glyph;
    uint32_t at;
    uint32_t len;
    enum side left;
    enum side right;
};

struct level {
    enum style style;
    enum glyph glyph;
    uint32_t outer_start;
    uint32_t start;
    uint32_t nested; /* pieces found before it opened */
};

struct scan {
    struct bytes text;
    struct piece_list *list;
    uint32_t low, high; /* of the paragraph */
    uint32_t paragraph;
    uint32_t at;
    struct level stack[DEPTH_MAX];
    size_t depth;
    uint32_t first_same;  /* where the outer style opened again inside, or 0 */
    uint32_t single_from; /* between these two no mark closes a single one */
    uint32_t single_close;
    uint64_t again; /* bytes read again in this paragraph */
    bool continues;
    struct fault *fault;
};

struct glyph_row {
    const char *bytes;
    enum style style;
    enum glyph glyph;
};
static const struct glyph_row glyphs[] = {
    { "''", STYLE_DOUBLE, GLYPH_CLOSES },
    { "``", STYLE_DOUBLE, GLYPH_OPENS },
    { "\"", STYLE_DOUBLE, GLYPH_STRAIGHT },
    { "'", STYLE_SINGLE, GLYPH_STRAIGHT },
    { "\xE2\x80\x9C", STYLE_DOUBLE, GLYPH_OPENS },
    { "\xE2\x80\x9D", STYLE_DOUBLE, GLYPH_CLOSES },
    { "\xE2\x80\x9F", STYLE_DOUBLE, GLYPH_OPENS },
    { "\xE2\x80\x98", STYLE_SINGLE, GLYPH_OPENS },
    { "\xE2\x80\x99", STYLE_SINGLE, GLYPH_CLOSES },
    { "\xE2\x80\x9B", STYLE_SINGLE, GLYPH_OPENS },
    { "\xE2\x80\x9E", STYLE_LOW, GLYPH_OPENS },
    { "\xE2\x80\x9A", STYLE_LOW_SINGLE, GLYPH_OPENS },
    { "\xC2\xAB", STYLE_ANGLE, GLYPH_OPENS },
    { "\xC2\xBB", STYLE_ANGLE, GLYPH_CLOSES },
    { "\xE2\x80\xB9", STYLE_ANGLE_IN, GLYPH_OPENS },
    { "\xE2\x80\xBA", STYLE_ANGLE_IN, GLYPH_CLOSES },
};

void piece_list_release(struct piece_list *list)
{
    free(list->at);
    free(list->nested);
    *list = (struct piece_list){ 0 };
}

bool code_is_word(uint32_t code)
{
    enum char_class class = code == 0 ? CHAR_OTHER : char_traits(code).class;
    return class == CHAR_LETTER || class == CHAR_DIGIT || class == CHAR_MARK ||
           class == CHAR_IDEOGRAPH;
}

bool code_is_blank(uint32_t code)
{
    return code == 0 || code == ' ' || code == '\t' || code == '\n' || code == '\r' ||
           char_traits(code).class == CHAR_SPACE;
}

bool code_is_dash(uint32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015);
}

static bool code_is_passed_over(uint32_t code)
{
    return code == MASKED || (code >= 0x80 && char_traits(code).class == CHAR_INVISIBLE);
}

uint32_t code_after(struct bytes text, uint32_t at, uint32_t high)
{
    for (int steps = 0; at < high && steps < 8; steps++) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, at, &len);
        if (!code_is_passed_over(code))
            return code;
        at += (uint32_t)len;
    }
    return 0;
}

uint32_t code_before(struct bytes text, uint32_t at, uint32_t low)
{
    for (int steps = 0; at > low && steps < 8; steps++) {
        uint32_t from = at - 1;
        while (from > low && at - from < 4 && (text.at[from] & 0xC0) == 0x80)
            from--;
        size_t len = 1;
        uint32_t code = utf8_decode(text, from, &len);
        if (!code_is_passed_over(code))
            return code;
        at = from;
    }
    return 0;
}

static bool is_straight(uint8_t byte)
{
    return byte == '"' || byte == '\'' || byte == '`';
}

static enum side side_from_code(uint32_t code)
{
    if (code_is_blank(code))
        return SIDE_BLANK;
    if (code_is_dash(code))
        return SIDE_DASH;
    if (code_is_word(code) || (code < 0x80 && strchr("$#@&", (int)code)) || code == 0x20AC ||
        code == 0xA3)
        return SIDE_WORD;
    if (code == '.' || code == 0x2026)
        return SIDE_DOT;
    if (code < 0x80)
        return strchr("([{<", (int)code) ? SIDE_OPENER : SIDE_CLOSER;
    bool opens = code == 0xBF || code == 0xA1 || code == 0xAB || code == 0x201C || code == 0x2018 ||
                 code == 0x201E || code == 0x201A || code == 0x2039;
    return opens ? SIDE_OPENER : SIDE_CLOSER;
}

/* Straight marks beside a mark say nothing: what stands behind them does. */
static enum side side_left(const struct scan *scan, uint32_t at)
{
    for (int steps = 0; steps < 4 && at > scan->low && is_straight(scan->text.at[at - 1]); steps++)
        at--;
    return side_from_code(code_before(scan->text, at, scan->low));
}

static enum side side_right(const struct scan *scan, uint32_t at)
{
    for (int steps = 0; steps < 4 && at < scan->high && is_straight(scan->text.at[at]); steps++)
        at++;
    return side_from_code(code_after(scan->text, at, scan->high));
}

static bool sign_at(const struct scan *scan, uint32_t at, struct sign *sign)
{
    uint8_t lead = scan->text.at[at];
    if (lead != 0xE2 && lead != 0xC2 && !is_straight(lead))
        return false;
    struct bytes rest = bytes_slice(scan->text, at, scan->high - at);
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++) {
        if (!bytes_has_prefix(rest, glyphs[i].bytes))
            continue;
        uint32_t len = (uint32_t)strlen(glyphs[i].bytes);
        *sign = (struct sign){ .style = glyphs[i].style, .glyph = glyphs[i].glyph, .at = at };
        sign->len = len;
        sign->left = side_left(scan, at);
        sign->right = side_right(scan, at + len);
        return true;
    }
    return false;
}

static bool looks_open(const struct sign *sign)
{
    bool free_left =
        sign->left == SIDE_BLANK || sign->left == SIDE_OPENER || sign->left == SIDE_DASH;
    bool held_right = sign->right == SIDE_WORD || sign->right == SIDE_OPENER ||
                      (sign->right == SIDE_DOT && sign->left != SIDE_DASH) ||
                      (sign->right == SIDE_DASH && sign->left == SIDE_BLANK);
    return free_left && held_right;
}

/* 6'2": feet and inches. */
static bool is_measure(const struct scan *scan, uint32_t at)
{
    const uint8_t *text = scan->text.at;
    uint32_t from = at;
    while (from > scan->low && at - from < 3 && text[from - 1] >= '0' && text[from - 1] <= '9')
        from--;
    if (from == at || from <= scan->low + 1)
        return false;
    if (text[from - 1] == ' ')
        from--;
    bool straight = text[from - 1] == '\'';
    bool curly = from > scan->low + 3 && memcmp(text + from - 3, "\xE2\x80\x99", 3) == 0;
    uint32_t feet = straight ? from - 1 : curly ? from - 3 : 0;
    return feet > scan->low && text[feet - 1] >= '0' && text[feet - 1] <= '9';
}

/* Letters that begin a word with something left out: an apostrophe, not a mark. */
static bool is_elision(const struct scan *scan, uint32_t after)
{
    static const char *const known[] = { "em",   "n",     "tis", "twas",  "til",  "till",  "cause",
                                         "bout", "round", "cuz", "twill", "nuff", "neath", "un" };
    const uint8_t *text = scan->text.at;
    uint32_t end = after;
    while (end < scan->high && end - after < 8 &&
           ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z'))
        end++;
    if (end == after)
        return end < scan->high && text[end] >= '0' && text[end] <= '9';
    struct bytes word = bytes_slice(scan->text, after, end - after);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (bytes_equal_fold(word, bytes_from_string(known[i])))
            return true;
    return false;
}

/* The second mark of rock 'n' roll: an n alone between it and another one. */
static bool ends_elision(const struct scan *scan, uint32_t at)
{
    const uint8_t *text = scan->text.at;
    if (at < scan->low + 3 || (text[at - 1] | 0x20) != 'n')
        return false;
    bool curly = at > scan->low + 4 && memcmp(text + at - 4, "\xE2\x80\x99", 3) == 0;
    uint32_t first = curly ? at - 4 : at - 2;
    return (curly || text[first] == '\'') && text[first - 1] == ' ';
}

static bool closes_single(const struct scan *scan, const struct sign *sign)
{
    return sign->style == STYLE_SINGLE && sign->glyph != GLYPH_OPENS && sign->left != SIDE_BLANK &&
           sign->right != SIDE_WORD && !ends_elision(scan, sign->at);
}

/* The next mark that may close a single one; the paragraph's end when there is none. Looked for
 * once. */
static uint32_t next_single_close(struct scan *scan, uint32_t from)
{
    if (scan->single_from <= from && from <= scan->single_close)
        return scan->single_close;
    uint32_t at = from;
    struct sign sign;
    for (; at < scan->high; at++)
        if (sign_at(scan, at, &sign)) {
            if (closes_single(scan, &sign))
                break;
            at += sign.len - 1;
        }
    scan->single_from = from;
    scan->single_close = at;
    return at;
}

/* the students' union: an s' that another, better closing mark follows. */
static bool is_possessive(struct scan *scan, const struct sign *sign)
{
    uint32_t before = code_before(scan->text, sign->at, scan->low);
    uint32_t behind = sign->at + sign->len;
    if ((before | 0x20) != 's' || behind + 1 >= scan->high || scan->text.at[behind] != ' ')
        return false;
    uint8_t next = scan->text.at[behind + 1];
    if (next < 'a' || next > 'z')
        return false;
    uint32_t later = next_single_close(scan, behind);
    return later < scan->high && (code_before(scan->text, later, scan->low) | 0x20) != 's';
}

static bool level_is(const struct level *level, enum style style)
{
    return level->style == style;
}

/* The innermost open level this sign may close, or DEPTH_MAX. */
static size_t level_closed_by(const struct scan *scan, const struct sign *sign)
{
    for (size_t i = scan->depth; i-- > 0;) {
        const struct level *level = &scan->stack[i];
        bool fits = level_is(level, sign->style);
        if (sign->style == STYLE_DOUBLE)
            fits = fits || level_is(level, STYLE_LOW);
        if (sign->style == STYLE_SINGLE)
            fits = fits || level_is(level, STYLE_LOW_SINGLE);
        if (fits)
            return i;
        if (sign->style == STYLE_SINGLE)
            break;
    }
    return DEPTH_MAX;
}

static enum action decide_double(const struct scan *scan, const struct sign *sign)
{
    bool is_open = level_closed_by(scan, sign) != DEPTH_MAX;
    bool open_by_sides = looks_open(sign);
    if (sign->glyph == GLYPH_OPENS) {
        bool low = is_open && level_is(&scan->stack[level_closed_by(scan, sign)], STYLE_LOW);
        if (is_open && (low || (sign->left != SIDE_BLANK && sign->right == SIDE_BLANK)))
            return sign->left == SIDE_BLANK ? OPEN : CLOSE;
        return OPEN;
    }
    if (sign->glyph == GLYPH_CLOSES) {
        if (!is_open)
            return open_by_sides ? OPEN : PASS;
        return sign->left == SIDE_BLANK && sign->right == SIDE_WORD ? OPEN : CLOSE;
    }
    if (is_measure(scan, sign->at))
        return PASS;
    if (is_open)
        return open_by_sides && sign->left != SIDE_DASH ? OPEN : CLOSE;
    return open_by_sides || (sign->left == SIDE_CLOSER && sign->right == SIDE_WORD) ? OPEN : PASS;
}

static enum action decide_single(struct scan *scan, const struct sign *sign)
{
    size_t open = level_closed_by(scan, sign);
    if (open != DEPTH_MAX && level_is(&scan->stack[open], STYLE_LOW_SINGLE))
        return sign->left == SIDE_BLANK || sign->right == SIDE_WORD ? PASS : CLOSE;
    if (open != DEPTH_MAX)
        return closes_single(scan, sign) && !is_possessive(scan, sign) ? CLOSE : PASS;
    if (sign->glyph == GLYPH_CLOSES || !looks_open(sign) || is_elision(scan, sign->at + sign->len))
        return PASS;
    return next_single_close(scan, sign->at + sign->len) < scan->high ? OPEN : PASS;
}

/* Guillemets stand either way round, with or without blanks. */
static enum action decide_angle(const struct scan *scan, const struct sign *sign)
{
    size_t open = level_closed_by(scan, sign);
    if (open != DEPTH_MAX)
        return scan->stack[open].glyph == sign->glyph ? OPEN : CLOSE;
    if (sign->glyph == GLYPH_OPENS)
        return sign->right == SIDE_BLANK && sign->left != SIDE_BLANK ? PASS : OPEN;
    return looks_open(sign) ? OPEN : PASS;
}

static enum action decide(struct scan *scan, const struct sign *sign)
{
    switch (sign->style) {
    case STYLE_DOUBLE:
        return decide_double(scan, sign);
    case STYLE_SINGLE:
        return decide_single(scan, sign);
    case STYLE_ANGLE:
    case STYLE_ANGLE_IN:
        return decide_angle(scan, sign);
    case STYLE_LOW:
    case STYLE_LOW_SINGLE:
        return OPEN;
    }
    return PASS;
}

static uint32_t trim_start(struct bytes text, uint32_t start, uint32_t end)
{
    while (start < end) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, start, &len);
        if (!code_is_blank(code) && code != MASKED)
            break;
        start += (uint32_t)len;
    }
    return start;
}

static uint32_t trim_end(struct bytes text, uint32_t start, uint32_t end)
{
    while (end > start) {
        uint32_t from = end - 1;
        while (from > start && end - from < 4 && (text.at[from] & 0xC0) == 0x80)
            from--;
        size_t len = 1;
        uint32_t code = utf8_decode(text, from, &len);
        if (!code_is_blank(code) && code != MASKED)
            break;
        end = from;
    }
    return end;
}

/* A piece of the outermost level, ended at `end` with its mark up to `outer_end`. */
static enum status piece_add(struct scan *scan, uint32_t end, uint32_t outer_end, bool is_unclosed)
{
    struct piece_list *list = scan->list;
    const struct level *outer = &scan->stack[0];
    struct piece piece = { .outer_start = outer->outer_start, .outer_end = outer_end };
    piece.start = trim_start(scan->text, outer->start, end);
    piece.end = trim_end(scan->text, piece.start, end);
    piece.paragraph = scan->paragraph;
    piece.is_unclosed = is_unclosed;
    piece.continues = scan->continues;
    piece.nested_first = outer->nested;
    piece.nested_count = (uint32_t)list->nested_count - outer->nested;
    scan->continues = false;
    if (is_unclosed)
        piece.outer_end = piece.end;
    if (piece.start >= piece.end)
        return OK;
    if (list->count >= STORY_QUOTATIONS_MAX) {
        list->cut = true;
        return OK;
    }
    if (!GROW(list->at, list->room, list->count))
        return no_memory(scan->fault);
    list->at[list->count++] = piece;
    return OK;
}

static enum status nested_add(struct scan *scan, const struct level *level, const struct sign *sign)
{
    struct piece_list *list = scan->list;
    if (list->cut)
        return OK;
    if (!GROW(list->nested, list->nested_room, list->nested_count))
        return no_memory(scan->fault);
    list->nested[list->nested_count++] =
        (struct mark){ .kind = MARK_NESTED,
                       .start = level->outer_start,
                       .end = sign->at + sign->len,
                       .inner_start = trim_start(scan->text, level->start, sign->at),
                       .inner_end = sign->at };
    return OK;
}

static void level_push(struct scan *scan, const struct sign *sign)
{
    if (scan->depth > 0 && scan->first_same == 0 && level_is(&scan->stack[0], sign->style))
        scan->first_same = sign->at;
    scan->stack[scan->depth++] = (struct level){ .style = sign->style,
                                                 .glyph = sign->glyph,
                                                 .outer_start = sign->at,
                                                 .start = sign->at + sign->len,
                                                 .nested = (uint32_t)scan->list->nested_count };
}

static enum status level_close(struct scan *scan, const struct sign *sign)
{
    size_t which = level_closed_by(scan, sign);
    if (which == DEPTH_MAX)
        return OK;
    scan->depth = which;
    if (which > 0)
        return nested_add(scan, &scan->stack[which], sign);
    scan->first_same = 0;
    return piece_add(scan, sign->at, sign->at + sign->len, false);
}

/* The outer mark is lost. Where its style opened again inside, that one is taken for the next
 * quotation, and the text from there is read again; a single mark was an apostrophe after all. */
static enum status outer_lost(struct scan *scan, uint32_t end, bool *again)
{
    struct level outer = scan->stack[0];
    bool single = level_is(&outer, STYLE_SINGLE);
    uint32_t from = single ? outer.start : scan->first_same;
    *again = from != 0 && scan->again < (uint64_t)AGAIN_MAX * (scan->high - scan->low);
    scan->list->nested_count = *again ? outer.nested : scan->list->nested_count;
    enum status code = OK;
    if (!single)
        code = piece_add(scan, *again ? from : end, end, true);
    scan->depth = 0;
    scan->first_same = 0;
    if (*again) {
        scan->again += end - from;
        scan->at = from;
    }
    return code;
}

static enum status scan_text(struct scan *scan)
{
    struct sign sign;
    while (scan->at < scan->high) {
        if (!sign_at(scan, scan->at, &sign)) {
            scan->at++;
            continue;
        }
        enum action action = decide(scan, &sign);
        bool again = false;
        if (action == OPEN && scan->depth == DEPTH_MAX)
            TRY(outer_lost(scan, scan->at, &again));
        if (again)
            continue;
        if (action == OPEN)
            level_push(scan, &sign);
        if (action == CLOSE)
            TRY(level_close(scan, &sign));
        scan->at = sign.at + sign.len;
    }
    return OK;
}

/* Whether a paragraph opens with a mark of that style. */
static bool paragraph_opens(const struct scan *scan, uint32_t low, uint32_t high, enum style style,
                            struct sign *sign)
{
    struct scan probe = { .text = scan->text, .low = low, .high = high };
    uint32_t at = trim_start(scan->text, low, high);
    if (at >= high || !sign_at(&probe, at, sign))
        return false;
    bool angle = style == STYLE_ANGLE && sign->style == STYLE_ANGLE; /* » opens a Spanish one */
    return angle || (sign->style == style && looks_open(sign));
}

static enum status scan_paragraph(struct scan *scan, const struct story *story, uint32_t index,
                                  bool *carries, enum style *style)
{
    const struct story_paragraph *here = &story->paragraphs[index];
    struct sign sign;
    *scan = (struct scan){ .text = scan->text, .list = scan->list, .fault = scan->fault };
    scan->low = here->start;
    scan->high = here->end;
    scan->at = here->start;
    scan->paragraph = index;
    if (*carries && paragraph_opens(scan, here->start, here->end, *style, &sign)) {
        level_push(scan, &sign);
        scan->stack[0].glyph = GLYPH_OPENS;
        scan->continues = true;
        scan->at = sign.at + sign.len;
    }
    *carries = false;
    TRY(scan_text(scan));
    while (scan->depth > 0) {
        bool next_opens =
            index + 1 < story->paragraph_count && scan->depth == 1 &&
            paragraph_opens(scan, story->paragraphs[index + 1].start,
                            story->paragraphs[index + 1].end, scan->stack[0].style, &sign);
        bool again = false;
        if (next_opens) {
            *carries = true;
            *style = scan->stack[0].style;
            return piece_add(scan, scan->high, scan->high, true);
        }
        TRY(outer_lost(scan, scan->high, &again));
        if (again)
            TRY(scan_text(scan));
    }
    return OK;
}

enum status pieces_find(const struct story *story, struct piece_list *list, struct fault *fault)
{
    struct scan scan = { .text = story->text, .list = list, .fault = fault };
    bool carries = false;
    enum style style = STYLE_DOUBLE;
    for (size_t i = 0; i < story->paragraph_count && !list->cut; i++)
        TRY(scan_paragraph(&scan, story, (uint32_t)i, &carries, &style));
    return OK;
}

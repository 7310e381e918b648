#include "trace/glue.h"

#include "text/fold.h"
#include "text/utf8.h"

struct sign_name {
    uint32_t code;
    enum sign_kind kind;
};

static const struct sign_name names[] = {
    { ',', SIGN_COMMA },     { '.', SIGN_STOP },        { ':', SIGN_COLON },
    { ';', SIGN_SEMICOLON }, { '?', SIGN_QUESTION },    { '!', SIGN_EXCLAMATION },
    { '-', SIGN_HYPHEN },    { 0x2010, SIGN_HYPHEN },   { 0x2011, SIGN_HYPHEN },
    { 0x2012, SIGN_DASH },   { 0x2013, SIGN_DASH },     { 0x2014, SIGN_DASH },
    { 0x2015, SIGN_DASH },   { '"', SIGN_DOUBLE },      { 0x201c, SIGN_DOUBLE },
    { 0x201d, SIGN_DOUBLE }, { 0x201e, SIGN_DOUBLE },   { 0xab, SIGN_DOUBLE },
    { 0xbb, SIGN_DOUBLE },   { '\'', SIGN_SINGLE },     { 0x2018, SIGN_SINGLE },
    { 0x2019, SIGN_SINGLE }, { 0x201a, SIGN_SINGLE },   { '`', SIGN_SINGLE },
    { '(', SIGN_OPEN },      { ')', SIGN_CLOSE },       { '[', SIGN_BRACKET },
    { ']', SIGN_BRACKET },   { 0x2026, SIGN_ELLIPSIS }, { '/', SIGN_SLASH },
    { '%', SIGN_PERCENT },   { '$', SIGN_MONEY },       { 0x20ac, SIGN_MONEY },
    { 0xa3, SIGN_MONEY },    { '*', SIGN_EMPHASIS },    { '_', SIGN_EMPHASIS },
    { 0xfffd, SIGN_DAMAGE }, { '&', SIGN_AND },         { 0xbf, SIGN_QUESTION },
};

static enum sign_kind sign_of(uint32_t code)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].code == code)
            return names[i].kind;
    return SIGN_OTHER;
}

static bool may_follow(enum sign_kind kind)
{
    return kind == SIGN_STOP || kind == SIGN_HYPHEN || kind == SIGN_SINGLE ||
           kind == SIGN_EMPHASIS || kind == SIGN_DASH;
}

/* `...` is one ellipsis, `--` a dash, `''` a double mark; blanks between dots do not part them. */
static bool glue_join(struct glue *glue, enum sign_kind kind, uint32_t start, uint32_t end)
{
    if (glue->count == 0 || !may_follow(kind))
        return false;
    struct sign *last = &glue->at[glue->count - 1];
    if (kind == SIGN_STOP && start - last->end <= 1 &&
        (last->kind == SIGN_STOP || last->kind == SIGN_ELLIPSIS)) {
        last->kind = SIGN_ELLIPSIS;
    } else if (last->end != start || (last->kind != kind && last->kind != SIGN_DASH)) {
        return false;
    } else if (kind == SIGN_HYPHEN && (last->kind == SIGN_HYPHEN || last->kind == SIGN_DASH)) {
        last->kind = SIGN_DASH;
    } else if (kind == SIGN_SINGLE && last->kind == SIGN_SINGLE) {
        last->kind = SIGN_DOUBLE;
    } else if (kind != last->kind || kind == SIGN_SINGLE) {
        return false;
    }
    last->end = end;
    return true;
}

static void glue_put(struct glue *glue, uint32_t code, uint32_t start, uint32_t end)
{
    enum sign_kind kind = sign_of(code);
    if (glue_join(glue, kind, start, end) || glue->count == GLUE_MAX)
        return;
    glue->at[glue->count++] = (struct sign){ kind, start, end, code };
}

/* A lone hyphen with blanks on both sides is a dash; at a line's end between words it parts
 * nothing. */
static void glue_settle(struct glue *glue, struct bytes text)
{
    for (size_t i = 0; i < glue->count; i++) {
        struct sign *sign = &glue->at[i];
        bool before = sign->start > glue->start && text.at[sign->start - 1] <= ' ';
        bool after = sign->end < glue->end && text.at[sign->end] <= ' ';
        if (sign->kind == SIGN_HYPHEN && before && after)
            sign->kind = SIGN_DASH;
    }
}

static bool is_reply_mark(struct bytes text, uint32_t at, uint32_t code)
{
    if (code != '>' && code != '|')
        return false;
    while (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '>'))
        at--;
    return at == 0 || text.at[at - 1] == '\n';
}

void glue_read(struct glue *glue, struct bytes text, uint32_t start, uint32_t end,
               const struct hole *holes, size_t hole_count)
{
    size_t hole = 0, len = 0;
    if (end > text.len)
        end = (uint32_t)text.len;
    glue->count = 0;
    glue->blank = false;
    glue->start = start;
    glue->end = end > start ? end : start;
    for (uint32_t at = start; at < end; at += (uint32_t)len) {
        len = 1;
        while (hole < hole_count && holes[hole].end <= at)
            hole++;
        if (hole < hole_count && holes[hole].start <= at) {
            len = holes[hole].end - at;
            glue->blank = true;
            continue;
        }
        uint32_t code = utf8_decode(text, at, &len);
        enum char_class class = code == UTF8_BAD ? CHAR_OTHER : char_traits(code).class;
        if (code <= ' ' || class == CHAR_SPACE)
            glue->blank = true;
        else if (class != CHAR_INVISIBLE && class != CHAR_MARK && !is_reply_mark(text, at, code))
            glue_put(glue, code, at, at + (uint32_t)len);
    }
    glue_settle(glue, text);
}

bool glue_has(const struct glue *glue, enum sign_kind kind)
{
    for (size_t i = 0; i < glue->count; i++)
        if (glue->at[i].kind == kind)
            return true;
    return false;
}

/* Signs that are one another in another font or habit. */
static bool signs_are_one(const struct sign *a, const struct sign *b)
{
    if (a->kind == SIGN_OTHER && b->kind == SIGN_OTHER)
        return a->code == b->code;
    return a->kind == b->kind;
}

/* What is left of both lists without their common head and tail. */
struct rest {
    const struct sign *story, *source;
    size_t story_count, source_count;
};

static struct rest glue_rest(const struct glue *story, const struct glue *source)
{
    struct rest rest = { story->at, source->at, story->count, source->count };
    while (rest.story_count > 0 && rest.source_count > 0 &&
           signs_are_one(rest.story, rest.source)) {
        rest.story++, rest.story_count--;
        rest.source++, rest.source_count--;
    }
    while (rest.story_count > 0 && rest.source_count > 0 &&
           signs_are_one(&rest.story[rest.story_count - 1], &rest.source[rest.source_count - 1]))
        rest.story_count--, rest.source_count--;
    return rest;
}

static bool glyphs_differ(const struct glue *story, const struct glue *source)
{
    for (size_t i = 0; i < story->count && i < source->count; i++)
        if (story->at[i].code != source->at[i].code ||
            story->at[i].end - story->at[i].start != source->at[i].end - source->at[i].start)
            return true;
    return false;
}

static bool all_are(const struct sign *signs, size_t count, unsigned kinds)
{
    for (size_t i = 0; i < count; i++)
        if ((kinds >> signs[i].kind & 1) == 0)
            return false;
    return true;
}

#define KIND(kind) (1u << (kind))
static const unsigned quotes = KIND(SIGN_DOUBLE) | KIND(SIGN_SINGLE);
static const unsigned lines = KIND(SIGN_DASH) | KIND(SIGN_HYPHEN);
static const unsigned damaged =
    KIND(SIGN_DAMAGE) | KIND(SIGN_AND) | KIND(SIGN_QUESTION) | KIND(SIGN_SINGLE);

/* Our copy writes something else where a mark or dash must have stood. */
static bool rest_is_damage(const struct rest *rest)
{
    if (rest->source_count == 0)
        return false;
    if (all_are(rest->source, rest->source_count, KIND(SIGN_DAMAGE)))
        return true;
    if (rest->story_count == 0)
        return false;
    if (all_are(rest->story, rest->story_count, quotes) &&
        all_are(rest->source, rest->source_count, damaged))
        return true;
    return all_are(rest->story, rest->story_count, lines) &&
           all_are(rest->source, rest->source_count, KIND(SIGN_CLOSE) | KIND(SIGN_DAMAGE));
}

static bool rest_is_pair(const struct rest *rest, unsigned one, unsigned other)
{
    if (rest->story_count > 1 || rest->source_count > 1)
        return false;
    unsigned a = rest->story_count > 0 ? KIND(rest->story->kind) : 0;
    unsigned b = rest->source_count > 0 ? KIND(rest->source->kind) : 0;
    return (a == one && b == other) || (a == other && b == one);
}

static enum difference_class rest_class(const struct rest *rest, bool before_and)
{
    bool is_lost = rest->story_count == 0, is_added = rest->source_count == 0;
    if (rest_is_damage(rest))
        return DIFFERENCE_V8;
    if (!is_lost && !is_added && all_are(rest->story, rest->story_count, quotes) &&
        all_are(rest->source, rest->source_count, quotes) &&
        rest->story_count == rest->source_count)
        return DIFFERENCE_V1;
    if (rest_is_pair(rest, KIND(SIGN_DASH), KIND(SIGN_HYPHEN)))
        return DIFFERENCE_V1;
    if (is_lost && all_are(rest->source, rest->source_count, quotes))
        return DIFFERENCE_P3;
    if (rest_is_pair(rest, KIND(SIGN_COMMA), 0))
        return before_and ? DIFFERENCE_P2 : DIFFERENCE_P1;
    if (rest_is_pair(rest, KIND(SIGN_HYPHEN), 0) ||
        rest_is_pair(rest, KIND(SIGN_DASH), KIND(SIGN_SEMICOLON)))
        return DIFFERENCE_P2;
    if ((is_lost && all_are(rest->source, rest->source_count, KIND(SIGN_EMPHASIS))) ||
        (is_added && all_are(rest->story, rest->story_count, KIND(SIGN_EMPHASIS))))
        return DIFFERENCE_E1;
    if ((is_lost && all_are(rest->source, rest->source_count, KIND(SIGN_MONEY))) ||
        (is_added && all_are(rest->story, rest->story_count, KIND(SIGN_MONEY))) ||
        rest_is_pair(rest, KIND(SIGN_MONEY), KIND(SIGN_PERCENT)))
        return DIFFERENCE_S2;
    return DIFFERENCE_P1;
}

enum glue_answer glue_compare(const struct glue *story, const struct glue *source, bool before_and,
                              enum difference_class *class)
{
    struct rest rest = glue_rest(story, source);
    if (rest.story_count == 0 && rest.source_count == 0) {
        *class = DIFFERENCE_V1;
        return glyphs_differ(story, source) ? GLUE_DIFFERS : GLUE_SAME;
    }
    *class = rest_class(&rest, before_and);
    return GLUE_DIFFERS;
}

enum glue_answer glue_compare_end(const struct glue *story, const struct glue *source,
                                  enum difference_class *class)
{
    size_t same = 0;
    while (same < story->count && same < source->count &&
           signs_are_one(&story->at[same], &source->at[same]))
        same++;
    if (same == story->count)
        return GLUE_SAME;
    const struct sign *printed = &story->at[same];
    bool source_asks = same < source->count && (source->at[same].kind == SIGN_QUESTION ||
                                                source->at[same].kind == SIGN_EXCLAMATION);
    bool prints_asking = printed->kind == SIGN_QUESTION || printed->kind == SIGN_EXCLAMATION;
    bool is_host = printed->kind == SIGN_COMMA || printed->kind == SIGN_STOP;
    *class = prints_asking || (is_host && source_asks) ? DIFFERENCE_P1 : DIFFERENCE_V2;
    return GLUE_DIFFERS;
}

enum glue_answer glue_compare_start(const struct glue *story, const struct glue *source,
                                    enum difference_class *class)
{
    size_t same = 0;
    while (
        same < story->count && same < source->count &&
        signs_are_one(&story->at[story->count - 1 - same], &source->at[source->count - 1 - same]))
        same++;
    if (same == story->count)
        return GLUE_SAME;
    *class = DIFFERENCE_V2;
    return GLUE_DIFFERS;
}

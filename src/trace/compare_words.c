#include "trace/compare_words.h"

#include "text/utf8.h"
#include "trace/distance.h"
#include "trace/variants.h"
#include "trace/words.h"

static struct bytes story_surface(const struct comparison *comparison, const struct node *node)
{
    return bytes_slice(comparison->quote->pattern->story, node->start, node->end - node->start);
}

static struct bytes source_surface(const struct comparison *comparison, uint32_t word)
{
    const struct window_word *at = &comparison->window->words[word];
    return window_bytes(comparison->window, at->start, at->end);
}

static struct word_ruling ruled(enum difference_class class, enum difference_marking marking,
                                uint16_t flags)
{
    return (struct word_ruling){ class, marking, flags, true };
}

bool word_is_withheld(const struct window_word *word)
{
    if (word->state & WORD_WITHHELD)
        return true;
    struct bytes key = word->keys[0];
    if (key.len < 4)
        return false;
    for (size_t i = 0; i < key.len; i++)
        if (key.at[i] != 'x')
            return false;
    return true;
}

/* Whether the words around are capitals too: a cable in capitals, a banner. */
static bool stands_in_capitals(const struct window *window, uint32_t word)
{
    unsigned seen = 0, capitals = 0;
    uint32_t low = word > 3 ? word - 3 : 0;
    for (uint32_t i = low; i < window->count && i <= word + 3; i++) {
        if (i == word || window->words[i].keys[0].len < 3)
            continue;
        seen++;
        capitals += (window->words[i].flags & TOKEN_ALL_CAPS) != 0;
    }
    return seen > 0 && capitals * 2 > seen;
}

static bool is_country(uint16_t flags)
{
    return (flags & (TOKEN_ABBREVIATION | TOKEN_ALL_CAPS)) != 0;
}

/* "us" is a word and a country: told apart by its capitals. */
static bool is_other_us(const struct comparison *comparison, const struct node *node, uint32_t word)
{
    const struct window_word *source = &comparison->window->words[word];
    if (!bytes_is(node->keys[0], "us") || is_country(node->flags) == is_country(source->flags))
        return false;
    return !stands_in_capitals(comparison->window, word);
}

static bool is_upper_at(struct bytes surface)
{
    size_t len;
    uint32_t code = surface.len > 0 ? utf8_decode(surface, 0, &len) : UTF8_BAD;
    return code != UTF8_BAD && char_traits(code).is_upper;
}

/* [e]ncouraging: what the bracket says it changed. */
static struct word_ruling compare_case(const struct comparison *comparison, const struct node *node,
                                       uint32_t word)
{
    struct bytes printed = story_surface(comparison, node);
    struct bytes source = source_surface(comparison, word);
    uint8_t plain[256];
    size_t kept = 0;
    for (size_t i = 0; i < printed.len && kept < sizeof plain; i++)
        if (printed.at[i] != '[' && printed.at[i] != ']')
            plain[kept++] = printed.at[i];
    bool is_same = bytes_equal(bytes_make(plain, kept), source);
    return ruled(DIFFERENCE_V4, is_same ? MARKED_WRONGLY : MARKED, 0);
}

static struct word_ruling compare_surface(const struct comparison *comparison,
                                          const struct node *node, uint32_t word, bool opens)
{
    const struct window_word *at = &comparison->window->words[word];
    struct bytes printed = story_surface(comparison, node);
    struct bytes source = source_surface(comparison, word);
    unsigned capitals = TOKEN_CAPITAL | TOKEN_ALL_CAPS;
    if (node->kind == NODE_CASE)
        return compare_case(comparison, node, word);
    if (bytes_equal(printed, source))
        return (struct word_ruling){ 0 };
    if (is_other_us(comparison, node, word))
        return ruled(DIFFERENCE_S2, UNMARKED, 0);
    if (at->flags & TOKEN_DAMAGED)
        return ruled(DIFFERENCE_V8, UNMARKED, 0);
    if ((at->flags ^ node->flags) & TOKEN_ABBREVIATION)
        return ruled(DIFFERENCE_V5, UNMARKED, 0);
    if ((at->flags & TOKEN_NUMBER) && bytes_find_byte(source, '\n', 0) == SIZE_MAX)
        return ruled(DIFFERENCE_V5, UNMARKED, 0);
    bool case_differs =
        ((at->flags ^ node->flags) & capitals) != 0 || is_upper_at(printed) != is_upper_at(source);
    if (!case_differs)
        return ruled(bytes_equal_fold(printed, source) ? DIFFERENCE_E1 : DIFFERENCE_V1, UNMARKED,
                     0);
    return ruled(opens && !(at->flags & TOKEN_ALL_CAPS) ? DIFFERENCE_V3 : DIFFERENCE_E1, UNMARKED,
                 0);
}

static struct word_ruling compare_joined(const struct comparison *comparison,
                                         const struct step *step)
{
    const struct window *window = comparison->window;
    const struct node *first = &comparison->quote->nodes[step->node];
    const struct node *last = first + step->nodes - 1;
    struct bytes printed =
        bytes_slice(comparison->quote->pattern->story, first->start, last->end - first->start);
    struct bytes source = window_bytes(window, window->words[step->word].start,
                                       window->words[step->word + step->words - 1].end);
    bool is_percent = bytes_is(last->keys[0], "percent") || bytes_is(first->keys[0], "percent") ||
                      bytes_is(window->words[step->word].keys[0], "percent");
    if (is_percent || ((first->flags | window->words[step->word].flags) & TOKEN_NUMBER))
        return ruled(DIFFERENCE_V5, UNMARKED, 0);
    bool has_hyphen =
        bytes_find_byte(printed, '-', 0) != SIZE_MAX || bytes_find_byte(source, '-', 0) != SIZE_MAX;
    bool doubtful = (window->words[step->word].state & WORD_DOUBTFUL) != 0;
    return ruled(doubtful && !has_hyphen ? DIFFERENCE_V8 : DIFFERENCE_P2, UNMARKED, 0);
}

struct word_ruling compare_same(const struct comparison *comparison, const struct step *step,
                                bool opens)
{
    const struct node *node = &comparison->quote->nodes[step->node];
    const struct window_word *word = &comparison->window->words[step->word];
    if (step->kind == STEP_JOINED)
        return compare_joined(comparison, step);
    if (step->kind == STEP_LETTERS)
        return ruled(DIFFERENCE_B2, MARKED, 0);
    if (step->kind == STEP_VARIANT) {
        enum variant_kind kind = variant_between(node->keys[0], word->keys[0]);
        return ruled(kind == VARIANT_FORM ? DIFFERENCE_V5 : DIFFERENCE_V6, UNMARKED, 0);
    }
    return compare_surface(comparison, node, step->word, opens);
}

bool classes_turn(unsigned printed, unsigned source)
{
    unsigned telling = WORD_NEGATION | WORD_MODAL | WORD_QUANTITY | WORD_AGENT;
    printed &= telling;
    source &= telling;
    if ((printed ^ source) & WORD_NEGATION)
        return true;
    return printed != 0 && source != 0 && (printed & source) != 0;
}

/* "he" and "him" are one agent; "him" for "them" is not. */
static bool turns(struct bytes printed, struct bytes source)
{
    unsigned one = word_classes(printed), other = word_classes(source);
    return classes_turn(one, other);
}

static bool is_grammar(struct bytes a, struct bytes b)
{
    static const char *const pairs[][2] = {
        { "them", "they" }, { "theres", "there" }, { "dont", "doesnt" }, { "is", "are" },
        { "was", "were" },  { "me", "i" },         { "has", "have" },
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if ((bytes_is(a, pairs[i][0]) && bytes_is(b, pairs[i][1])) ||
            (bytes_is(a, pairs[i][1]) && bytes_is(b, pairs[i][0])))
            return true;
    return false;
}

static bool is_name_or_number(uint16_t flags)
{
    return (flags & TOKEN_NUMBER) != 0 || ((flags & TOKEN_CAPITAL) && !(flags & TOKEN_SENTENCE));
}

/* The source has a word nobody else uses, one slip from a word that is used. */
static enum status is_source_slip(const struct comparison *comparison, uint32_t node, uint32_t word,
                                  bool *is_slip, struct fault *fault)
{
    struct bytes printed = comparison->quote->nodes[node].keys[0];
    struct bytes source = comparison->window->words[word].keys[0];
    double bits;
    uint64_t occurrences = 0, parts = 0;
    *is_slip = false;
    if (comparison->quote->of[node].occurrences == 0 || source.len < 3 ||
        !distance_is_noise(printed, source) || distance_between(printed, source, 1) > 1)
        return OK;
    TRY(quote_word_bits(comparison->source, source, &bits, &occurrences, &parts, fault));
    *is_slip = occurrences <= 1;
    return OK;
}

enum status compare_unlike(const struct comparison *comparison, uint32_t node, uint32_t word,
                           struct word_ruling *ruling, struct fault *fault)
{
    const struct node *printed = &comparison->quote->nodes[node];
    const struct window_word *source = &comparison->window->words[word];
    uint16_t flags = 0;
    bool is_slip = false;
    if (word_is_withheld(source)) {
        *ruling = ruled(DIFFERENCE_K3, UNMARKED, 0);
        return OK;
    }
    TRY(is_source_slip(comparison, node, word, &is_slip, fault));
    if ((source->state & WORD_DOUBTFUL) && distance_is_noise(printed->keys[0], source->keys[0]))
        flags |= DIFFERENCE_DOUBTFUL;
    if (is_name_or_number(printed->flags) && is_name_or_number(source->flags))
        flags |= DIFFERENCE_NAME_OR_NUMBER;
    unsigned classes = word_classes(printed->keys[0]) & word_classes(source->keys[0]);
    enum difference_class class = DIFFERENCE_S2;
    if (printed->kind == NODE_CASE)
        class = DIFFERENCE_B2;
    else if (is_slip && flags == 0)
        class = DIFFERENCE_V7;
    else if (is_grammar(printed->keys[0], source->keys[0]))
        class = DIFFERENCE_S4;
    else if (turns(printed->keys[0], source->keys[0]))
        class = DIFFERENCE_S3;
    else if (classes & WORD_FUNCTION)
        class = DIFFERENCE_S1;
    *ruling = ruled(class, class == DIFFERENCE_B2 ? MARKED : UNMARKED, flags);
    return OK;
}

#include "trace/compare_words.h"

#include "trace/glue.h"
#include "trace/punctuation.h"
#include "trace/words.h"

enum { FAR_WORDS = 25, SENSE = WORD_NEGATION | WORD_CONDITION | WORD_ATTRIBUTION };

struct reading {
    const struct comparison *of;
    const struct quote *quote;
    const struct window *window;
    const struct step *steps;
    size_t count;
    struct difference_list *list;
};

/* Where a difference stands, in nodes and words; empty runs stand at `end` of what came before. */
struct place_pair {
    uint32_t story_start, story_end;   /* bytes of the story */
    uint32_t source_start, source_end; /* bytes of the window */
};

enum status difference_list_add(struct difference_list *list, struct difference difference,
                                struct fault *fault)
{
    if (list->count == list->room) {
        size_t room = list->room == 0 ? 8 : list->room * 2;
        struct difference *grown = arena_alloc_many(list->arena, room, sizeof *grown);
        if (grown == NULL)
            return no_memory(fault);
        if (list->count > 0)
            memcpy(grown, list->at, list->count * sizeof *grown);
        list->at = grown;
        list->room = room;
    }
    list->at[list->count++] = difference;
    return OK;
}

static enum status report(struct reading *reading, enum difference_class class,
                          enum difference_marking marking, unsigned flags, struct place_pair at,
                          uint32_t words, struct fault *fault)
{
    uint32_t base = reading->window->base;
    struct bytes story = reading->quote->pattern->story;
    struct difference difference = {
        .class = class,
        .marking = marking,
        .flags = (uint16_t)flags,
        .story_start = at.story_start,
        .story_end = at.story_end,
        .source_start = base + at.source_start,
        .source_end = base + at.source_end,
        .passage = reading->of->passage,
        .story_words = bytes_slice(story, at.story_start, at.story_end - at.story_start),
        .source_words = window_bytes(reading->window, at.source_start, at.source_end),
        .words = words,
    };
    return difference_list_add(reading->list, difference, fault);
}

static bool step_is_loose(const struct step *step)
{
    return step->kind == STEP_CHANGED || step->kind == STEP_ADDED || step->kind == STEP_MISSED ||
           step->kind == STEP_FAR;
}

static struct place_pair place_of(const struct reading *reading, size_t from, size_t to)
{
    struct place_pair at = { 0 };
    uint32_t nodes = 0, words = 0;
    for (size_t i = from; i < to; i++) {
        const struct step *step = &reading->steps[i];
        if (step->nodes > 0) {
            if (nodes == 0)
                at.story_start = reading->quote->nodes[step->node].start;
            at.story_end = reading->quote->nodes[step->node + step->nodes - 1].end;
            nodes += step->nodes;
        }
        if (step->words > 0) {
            if (words == 0)
                at.source_start = reading->window->words[step->word].start;
            at.source_end = reading->window->words[step->word + step->words - 1].end;
            words += step->words;
        }
    }
    uint32_t node = reading->steps[from].node, word = reading->steps[from].word;
    if (nodes == 0)
        at.story_start = at.story_end =
            node > 0 ? reading->quote->nodes[node - 1].end : reading->quote->pattern->start;
    if (words == 0)
        at.source_start = at.source_end = word > 0 ? reading->window->words[word - 1].end : 0;
    return at;
}

static bool opens_piece(const struct reading *reading, size_t step)
{
    uint32_t node = reading->steps[step].node;
    if (node == 0)
        return true;
    enum node_kind before = reading->quote->nodes[node - 1].kind;
    return before == NODE_ELLIPSIS || before == NODE_GAP || before == NODE_BRACKET;
}

static enum status read_same(struct reading *reading, size_t i, struct fault *fault)
{
    struct word_ruling ruling =
        compare_same(reading->of, &reading->steps[i], opens_piece(reading, i));
    if (!ruling.differs)
        return OK;
    return report(reading, ruling.class, ruling.marking, ruling.flags, place_of(reading, i, i + 1),
                  0, fault);
}

/* "[sic]" stands behind the word of step `i`. */
static bool has_sic(const struct reading *reading, size_t i)
{
    return i + 1 < reading->count && reading->steps[i + 1].kind == STEP_PASSED &&
           reading->quote->nodes[reading->steps[i + 1].node].kind == NODE_SIC;
}

static enum status read_unlike(struct reading *reading, size_t i, struct fault *fault)
{
    struct word_ruling ruling;
    /* What "[sic]" says of the word is told with it. */
    if (has_sic(reading, i) && !word_is_withheld(&reading->window->words[reading->steps[i].word]))
        return OK;
    TRY(compare_unlike(reading->of, reading->steps[i].node, reading->steps[i].word, &ruling,
                       fault));
    return report(reading, ruling.class, ruling.marking, ruling.flags, place_of(reading, i, i + 1),
                  1, fault);
}

struct tally {
    uint32_t printed, missed, changed;
    unsigned printed_classes, source_classes; /* all classes met */
    unsigned printed_all, source_all;         /* classes that every word has */
    bool doubtful, withheld, far;
};

static void tally_step(struct tally *tally, const struct reading *reading, const struct step *step)
{
    if (step->nodes > 0) {
        unsigned classes = word_classes(reading->quote->nodes[step->node].keys[0]);
        tally->printed++;
        tally->printed_classes |= classes;
        tally->printed_all &= classes;
    }
    if (step->words > 0) {
        const struct window_word *word = &reading->window->words[step->word];
        unsigned classes = word_classes(word->keys[0]);
        tally->missed++;
        tally->source_classes |= classes;
        tally->source_all &= classes;
        tally->doubtful |= (word->state & WORD_DOUBTFUL) != 0;
        tally->withheld |= word_is_withheld(word);
    }
    tally->changed += step->kind == STEP_CHANGED;
    tally->far |= step->kind == STEP_FAR;
}

/* A printed word that doubles its neighbour, or a doubled source word printed once. */
static bool is_doubling(const struct reading *reading, size_t i)
{
    const struct step *step = &reading->steps[i];
    if (step->kind == STEP_ADDED) {
        uint64_t hash = reading->quote->of[step->node].hash;
        return (step->node > 0 && reading->quote->of[step->node - 1].hash == hash) ||
               reading->quote->of[step->node + 1].hash == hash;
    }
    const struct window_word *words = reading->window->words;
    uint64_t hash = words[step->word].hash;
    return (step->word > 0 && words[step->word - 1].hash == hash) ||
           (step->word + 1 < reading->window->count && words[step->word + 1].hash == hash);
}

static bool glue_holds_percent(const struct reading *reading, const struct place_pair *at)
{
    struct bytes story = reading->quote->pattern->story;
    struct bytes after = bytes_slice(story, at->story_end, 3);
    struct bytes source = window_bytes(reading->window, at->source_end, at->source_end + 3);
    return bytes_find_byte(after, '%', 0) != SIZE_MAX ||
           bytes_find_byte(source, '%', 0) != SIZE_MAX;
}

static bool step_is_percent(const struct reading *reading, const struct step *step)
{
    struct bytes key = step->nodes > 0 ? reading->quote->nodes[step->node].keys[0]
                                       : reading->window->words[step->word].keys[0];
    return bytes_is(key, "percent") || bytes_is(key, "pct");
}

/* Whether a paragraph begins between the printed words before these steps and those behind them. */
static bool joins_paragraphs(const struct reading *reading, size_t from, size_t to)
{
    const struct window *window = reading->window;
    const struct step *last = &reading->steps[to - 1];
    uint32_t first = reading->steps[from].word, next = last->word + last->words;
    if (first == 0 || next >= window->count)
        return false;
    for (size_t i = 0; i < window->span_count; i++)
        if (window->spans[i].kind == SPAN_PARAGRAPH &&
            window->spans[i].start >= window->words[first - 1].end &&
            window->spans[i].start <= window->words[next].start)
            return true;
    return false;
}

/* Source words that nobody printed. */
static enum status read_missed(struct reading *reading, size_t from, size_t to,
                               const struct tally *tally, struct fault *fault)
{
    struct place_pair at = place_of(reading, from, to);
    enum difference_class class = DIFFERENCE_O4;
    unsigned flags = tally->doubtful ? DIFFERENCE_DOUBTFUL : 0;
    if (tally->missed == 1 && step_is_percent(reading, &reading->steps[from]) &&
        glue_holds_percent(reading, &at))
        return report(reading, DIFFERENCE_V5, UNMARKED, 0, at, 0, fault);
    if (tally->withheld)
        class = DIFFERENCE_K3;
    else if ((tally->far && tally->missed >= FAR_WORDS) || joins_paragraphs(reading, from, to))
        class = DIFFERENCE_M1;
    else if (tally->missed == 1 && is_doubling(reading, from)) {
        class = DIFFERENCE_M3;
        flags |= DIFFERENCE_DOUBLED_SOURCE;
    } else if (tally->source_classes & WORD_NEGATION)
        class = DIFFERENCE_S3;
    else if (tally->source_all & WORD_FILLER)
        flags |= DIFFERENCE_FILLER;
    return report(reading, class, UNMARKED, flags, at, tally->missed, fault);
}

static enum status read_added(struct reading *reading, size_t from, size_t to,
                              const struct tally *tally, struct fault *fault)
{
    struct place_pair at = place_of(reading, from, to);
    enum difference_class class = DIFFERENCE_I1;
    unsigned flags = 0;
    if (tally->printed == 1 && step_is_percent(reading, &reading->steps[from]) &&
        glue_holds_percent(reading, &at))
        return report(reading, DIFFERENCE_V5, UNMARKED, 0, at, 0, fault);
    if (tally->printed == 1 && is_doubling(reading, from))
        class = DIFFERENCE_M3;
    else if (tally->printed_classes & WORD_NEGATION)
        class = DIFFERENCE_S3;
    else if (tally->printed_all & WORD_FILLER)
        flags |= DIFFERENCE_FILLER;
    return report(reading, class, UNMARKED, flags, at, tally->printed, fault);
}

/* The same words in another order. */
static bool is_reordered(const struct reading *reading, size_t from, size_t to)
{
    uint64_t printed = 0, source = 0;
    for (size_t i = from; i < to; i++) {
        const struct step *step = &reading->steps[i];
        if (step->nodes > 0)
            printed += reading->quote->of[step->node].hash;
        if (step->words > 0)
            source += reading->window->words[step->word].hash;
    }
    return printed == source;
}

static enum status read_loose(struct reading *reading, size_t from, size_t to, struct fault *fault)
{
    struct tally tally = { .printed_all = ~0u, .source_all = ~0u };
    for (size_t i = from; i < to; i++)
        tally_step(&tally, reading, &reading->steps[i]);
    struct place_pair at = place_of(reading, from, to);
    if (tally.printed == 0)
        return read_missed(reading, from, to, &tally, fault);
    if (tally.missed == 0)
        return read_added(reading, from, to, &tally, fault);
    uint32_t words = tally.printed > tally.missed ? tally.printed : tally.missed;
    if (tally.withheld)
        return report(reading, DIFFERENCE_K3, UNMARKED, 0, at, words, fault);
    if (tally.printed == tally.missed && words > 1 && is_reordered(reading, from, to))
        return report(reading, DIFFERENCE_S5, UNMARKED, 0, at, words, fault);
    if (tally.changed == to - from) {
        for (size_t i = from; i < to; i++)
            TRY(read_unlike(reading, i, fault));
        return OK;
    }
    bool turns = ((tally.printed_classes ^ tally.source_classes) & WORD_NEGATION) != 0;
    return report(reading, turns ? DIFFERENCE_S3 : DIFFERENCE_S2, UNMARKED,
                  tally.doubtful ? DIFFERENCE_DOUBTFUL : 0, at, words, fault);
}

/* What lies under an ellipsis, a writer's gap or a withheld notice: steps [from, to) skip, the last
 * passes. */
struct skipped {
    uint32_t words, content;
    bool over_sentence, hides, withheld;
};

static struct skipped skipped_of(const struct reading *reading, size_t from, size_t to)
{
    struct skipped skipped = { 0 };
    bool head = true;
    unsigned tail_sense = 0;
    for (size_t i = from; i < to; i++) {
        const struct step *step = &reading->steps[i];
        if (step->words == 0)
            continue;
        const struct window_word *word = &reading->window->words[step->word];
        unsigned classes = word_classes(word->keys[0]);
        if (bytes_is(word->keys[0], "only"))
            classes |= WORD_CONDITION;
        if (word->flags & TOKEN_SENTENCE) {
            skipped.over_sentence = true;
            head = false;
            tail_sense = 0;
        }
        if (head && (classes & SENSE))
            skipped.hides = true;
        tail_sense |= classes & SENSE;
        skipped.words++;
        skipped.content += (classes & (WORD_FUNCTION | WORD_FILLER)) == 0;
        skipped.withheld |= word_is_withheld(word);
    }
    if (to < reading->count && reading->steps[to].words > 0 &&
        (reading->window->words[reading->steps[to].word].flags & TOKEN_SENTENCE))
        skipped.over_sentence = true;
    else if (tail_sense != 0)
        skipped.hides = true;
    return skipped;
}

static enum status read_withheld(struct reading *reading, const struct node *node,
                                 const struct skipped *skipped, struct place_pair at,
                                 struct fault *fault)
{
    struct bytes story = bytes_slice(reading->quote->pattern->story, at.story_start, 1);
    struct bytes source = window_bytes(reading->window, at.source_start, at.source_start + 1);
    bool is_dashed = skipped->words == 1 && bytes_equal_fold(story, source);
    (void)node;
    if (skipped->withheld)
        return report(reading, DIFFERENCE_K3, MARKED, 0, at, skipped->words, fault);
    if (is_dashed)
        return report(reading, DIFFERENCE_S6, MARKED, 0, at, 1, fault);
    return report(reading, DIFFERENCE_O1, MARKED, 0, at, skipped->words, fault);
}

static enum status read_skipped(struct reading *reading, size_t from, size_t to,
                                struct fault *fault)
{
    const struct node *node = &reading->quote->nodes[reading->steps[to - 1].node];
    struct skipped skipped = skipped_of(reading, from, to);
    struct place_pair at = place_of(reading, from, to);
    if (node->kind == NODE_WITHHELD)
        return read_withheld(reading, node, &skipped, at, fault);
    if (node->kind == NODE_GAP) {
        if (skipped.words == 0)
            return OK;
        unsigned flags = (skipped.content >= 3 ? DIFFERENCE_CONTENT_GAP : 0u) |
                         (skipped.hides ? DIFFERENCE_HIDES_SENSE : 0u);
        return report(reading, DIFFERENCE_O5, UNMARKED, flags, at, skipped.words, fault);
    }
    if (skipped.hides)
        TRY(report(reading, DIFFERENCE_O3, MARKED,
                   DIFFERENCE_HIDES_SENSE | DIFFERENCE_SAME_SENTENCE, at, skipped.words, fault));
    return report(reading, skipped.over_sentence ? DIFFERENCE_O2 : DIFFERENCE_O1, MARKED, 0, at,
                  skipped.words, fault);
}

static bool inner_is_name(const struct quote_node *of)
{
    for (size_t i = 0; i < of->inner_count; i++)
        if (of->inner[i].flags & (TOKEN_NUMBER | TOKEN_CAPITAL))
            return true;
    return false;
}

/* The bracket's initials are the acronym it stands for, or the other way round. */
static bool initials_meet(const struct reading *reading, const struct step *step)
{
    const struct quote_node *of = &reading->quote->of[step->node];
    char inner[16], source[16];
    size_t a = 0, b = 0;
    for (size_t i = 0; i < of->inner_count && a + 1 < sizeof inner; i++)
        if (of->inner[i].key_count > 0)
            inner[a++] = (char)of->inner[i].keys[0].at[0];
    for (uint32_t i = 0; i < step->words && b + 1 < sizeof source; i++)
        source[b++] = (char)reading->window->words[step->word + i].keys[0].at[0];
    inner[a] = source[b] = '\0';
    struct bytes word = reading->window->words[step->word].keys[0];
    /* One letter is no acronym: [Baker] does not stand for Biden. */
    return (step->words == 1 && a > 1 && bytes_has_prefix(word, inner)) ||
           (of->inner_count == 1 && b > 1 && of->inner[0].key_count > 0 &&
            bytes_has_prefix(of->inner[0].keys[0], source));
}

static enum status read_replaced(struct reading *reading, size_t i, struct fault *fault)
{
    const struct step *step = &reading->steps[i];
    const struct quote_node *of = &reading->quote->of[step->node];
    struct place_pair at = place_of(reading, i, i + 1);
    bool shares = false, source_names = false, withheld = false;
    for (uint32_t w = 0; w < step->words; w++) {
        const struct window_word *word = &reading->window->words[step->word + w];
        source_names |= (word->flags & TOKEN_NUMBER) != 0 ||
                        ((word->flags & TOKEN_CAPITAL) && !(word->flags & TOKEN_SENTENCE) &&
                         (word_classes(word->keys[0]) & WORD_FUNCTION) == 0);
        withheld |= word_is_withheld(word);
        for (size_t k = 0; k < of->inner_count; k++)
            shares |=
                of->inner[k].key_count > 0 && bytes_equal(of->inner[k].keys[0], word->keys[0]);
    }
    if (withheld)
        return report(reading, DIFFERENCE_K3, MARKED, 0, at, step->words, fault);
    if (source_names && inner_is_name(of) && !shares && !initials_meet(reading, step))
        return report(reading, DIFFERENCE_B3, MARKED_WRONGLY, DIFFERENCE_NAME_OR_NUMBER, at,
                      step->words, fault);
    return report(reading, DIFFERENCE_B2, MARKED, 0, at, step->words, fault);
}

static uint32_t source_glue_start(const struct reading *reading, size_t i)
{
    uint32_t word = reading->steps[i].word;
    return word > 0 ? reading->window->words[word - 1].end : 0;
}

static uint32_t source_glue_end(const struct reading *reading, size_t i)
{
    uint32_t word = reading->steps[i].word;
    return word < reading->window->count ? reading->window->words[word].start
                                         : (uint32_t)reading->window->text.len;
}

/* Portion marks and the like stand in the source between words, as furniture: the bracket is the
 * source's. */
static bool glue_holds_inner(const struct reading *reading, size_t i)
{
    const struct node *node = &reading->quote->nodes[reading->steps[i].node];
    uint32_t low = source_glue_start(reading, i), high = source_glue_end(reading, i);
    struct bytes inner = bytes_slice(reading->quote->pattern->story, node->inner_start,
                                     node->inner_end - node->inner_start);
    return inner.len > 0 &&
           bytes_find(window_bytes(reading->window, low, high), inner, 0) != SIZE_MAX;
}

static enum status read_passed(struct reading *reading, size_t i, struct fault *fault)
{
    const struct step *step = &reading->steps[i];
    const struct node *node = &reading->quote->nodes[step->node];
    struct place_pair at = place_of(reading, i, i + 1);
    if (node->kind == NODE_SIC) {
        const struct step *before = i > 0 ? &reading->steps[i - 1] : NULL;
        bool stands = before != NULL && before->kind <= STEP_VARIANT;
        if (!stands && before != NULL)
            at = place_of(reading, i - 1, i + 1);
        return report(reading, stands ? DIFFERENCE_K1 : DIFFERENCE_K2,
                      stands ? MARKED : MARKED_WRONGLY, 0, at, 0, fault);
    }
    if (glue_holds_inner(reading, i))
        return OK;
    return report(reading, node->kind == NODE_PARENTHESIS ? DIFFERENCE_B4 : DIFFERENCE_B1, MARKED,
                  0, at, 0, fault);
}

static enum status read_literal(struct reading *reading, size_t i, struct fault *fault)
{
    const struct step *step = &reading->steps[i];
    uint8_t open = reading->quote->pattern->story.at[reading->quote->nodes[step->node].start];
    struct bytes before = window_bytes(reading->window, source_glue_start(reading, i),
                                       reading->window->words[step->word].start);
    if (bytes_find_byte(before, open, 0) != SIZE_MAX)
        return OK;
    return report(reading, DIFFERENCE_B5, MARKED_WRONGLY, 0, place_of(reading, i, i + 1), 0, fault);
}

static bool node_skips(const struct node *node)
{
    return node->kind == NODE_ELLIPSIS || node->kind == NODE_GAP || node->kind == NODE_WITHHELD;
}

/* An ellipsis printed where the source itself has dots and goes on without a gap. */
static bool dots_are_sources(const struct reading *reading, size_t from, size_t to)
{
    const struct node *node = &reading->quote->nodes[reading->steps[to - 1].node];
    struct glue glue;
    if (node->kind != NODE_ELLIPSIS || to - from > 1)
        return false;
    glue_read(&glue, reading->window->text, source_glue_start(reading, from),
              source_glue_end(reading, from), NULL, 0);
    return glue_has(&glue, SIGN_ELLIPSIS);
}

/* One group of steps from `i` on; answers where the next begins. */
static enum status read_group(struct reading *reading, size_t i, size_t *next, struct fault *fault)
{
    const struct step *step = &reading->steps[i];
    size_t end = i + 1;
    *next = end;
    if (step_is_loose(step)) {
        while (end < reading->count && step_is_loose(&reading->steps[end]))
            end++;
        *next = end;
        return read_loose(reading, i, end, fault);
    }
    if (step->kind == STEP_SKIPPED ||
        (step->kind == STEP_PASSED && node_skips(&reading->quote->nodes[step->node]))) {
        end = i;
        while (end < reading->count && reading->steps[end].kind == STEP_SKIPPED)
            end++;
        end += end < reading->count;
        *next = end;
        return dots_are_sources(reading, i, end) ? OK : read_skipped(reading, i, end, fault);
    }
    switch (step->kind) {
    case STEP_NOISE:
        return read_unlike(reading, i, fault);
    case STEP_REPLACED:
        return read_replaced(reading, i, fault);
    case STEP_LITERAL:
        return read_literal(reading, i, fault);
    case STEP_PASSED:
        return read_passed(reading, i, fault);
    case STEP_MATCH:
    case STEP_VARIANT:
    case STEP_LETTERS:
    case STEP_JOINED:
    case STEP_CHANGED:
    case STEP_ADDED:
    case STEP_MISSED:
    case STEP_FAR:
    case STEP_SKIPPED:
        break;
    }
    return read_same(reading, i, fault);
}

static bool is_same_folded(struct bytes a, struct bytes b)
{
    uint8_t one[256], other[256];
    if (a.len == 0 || b.len == 0 || a.len > 128 || b.len > 128)
        return false;
    size_t len_one = fold_text(a, one, sizeof one), len_other = fold_text(b, other, sizeof other);
    return bytes_equal(bytes_make(one, len_one), bytes_make(other, len_other));
}

static void drop_difference(struct difference_list *list, size_t at)
{
    memmove(&list->at[at], &list->at[at + 1], (list->count - at - 1) * sizeof *list->at);
    list->count--;
}

/* Each printed where the other stands: two words changed places. */
static void join_swapped(const struct comparison *comparison, struct difference_list *list,
                         size_t from)
{
    for (size_t i = from; i + 1 < list->count; i++) {
        struct difference *one = &list->at[i], *other = &list->at[i + 1];
        if (one->passage != other->passage ||
            !is_same_folded(one->story_words, other->source_words) ||
            !is_same_folded(other->story_words, one->source_words))
            continue;
        one->class = DIFFERENCE_S5;
        one->story_end = other->story_end;
        one->source_end = other->source_end;
        one->story_words = bytes_slice(comparison->quote->pattern->story, one->story_start,
                                       one->story_end - one->story_start);
        one->source_words.len =
            (size_t)(other->source_words.at + other->source_words.len - one->source_words.at);
        one->words += other->words;
        drop_difference(list, i + 1);
    }
}

/* The same words added here and missing there, near by: their order was changed. */
static void join_reordered(struct difference_list *list, size_t from)
{
    for (size_t i = from; i + 1 < list->count; i++) {
        struct difference *one = &list->at[i], *other = &list->at[i + 1];
        struct difference *added = one->story_words.len > 0 ? one : other;
        struct difference *missed = added == one ? other : one;
        uint8_t a[256], b[256];
        if (added->source_words.len > 0 || missed->story_words.len > 0 ||
            added->story_words.len == 0 || added->story_words.len > 128 ||
            missed->source_words.len > 128)
            continue;
        size_t len_a = fold_text(added->story_words, a, sizeof a);
        size_t len_b = fold_text(missed->source_words, b, sizeof b);
        if (!bytes_equal(bytes_make(a, len_a), bytes_make(b, len_b)))
            continue;
        added->class = DIFFERENCE_S5;
        added->source_start = missed->source_start;
        added->source_end = missed->source_end;
        added->source_words = missed->source_words;
        memmove(missed, missed + 1, (size_t)(list->at + list->count - missed - 1) * sizeof *missed);
        list->count--;
    }
}

enum status classify(const struct comparison *comparison, struct difference_list *list,
                     struct fault *fault)
{
    struct reading reading = { comparison,
                               comparison->quote,
                               comparison->window,
                               comparison->alignment->steps,
                               comparison->alignment->count,
                               list };
    size_t before = list->count;
    for (size_t i = 0; i < reading.count;)
        TRY(read_group(&reading, i, &i, fault));
    join_reordered(list, before);
    join_swapped(comparison, list, before);
    TRY(punctuation_between(comparison, list, fault));
    return punctuation_edges(comparison, list, fault);
}

#include "trace/punctuation.h"

#include "trace/glue.h"
#include "trace/words.h"

enum { CUT_WORDS = 4, NEXT_WORDS = 2 };

struct seam {
    const struct comparison *of;
    struct difference_list *list;
    const struct step *before; /* the last step with words on both sides; NULL at the start */
    size_t before_at;
    bool is_parted; /* something stands on one side only between it and the next */
};

static bool step_is_anchored(const struct step *step)
{
    return step->nodes > 0 && step->words > 0 && step->kind != STEP_SKIPPED;
}

static uint32_t story_end_of(const struct comparison *of, const struct step *step)
{
    return of->quote->nodes[step->node + step->nodes - 1].end;
}

static uint32_t source_end_of(const struct comparison *of, const struct step *step)
{
    return of->window->words[step->word + step->words - 1].end;
}

static void story_glue(struct glue *glue, const struct comparison *of, uint32_t start, uint32_t end)
{
    struct hole holes[HOLES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < of->quote->count && count < HOLES_MAX; i++) {
        const struct node *node = &of->quote->nodes[i];
        if (node->start >= end)
            break;
        if (!node_is_word(node) && node->end > start)
            holes[count++] = (struct hole){ node->start, node->end };
    }
    glue_read(glue, of->quote->pattern->story, start, end, holes, count);
}

static void source_glue(struct glue *glue, const struct window *window, uint32_t start,
                        uint32_t end)
{
    struct hole holes[HOLES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < window->span_count && count < HOLES_MAX; i++) {
        const struct span *span = &window->spans[i];
        if (span->start >= end)
            break;
        if (span->kind == SPAN_FURNITURE && span->end > start)
            holes[count++] = (struct hole){ span->start, span->end };
    }
    glue_read(glue, window->text, start, end, holes, count);
}

static uint32_t word_start(const struct window *window, uint32_t word)
{
    return word < window->count ? window->words[word].start : (uint32_t)window->text.len;
}

static uint32_t word_end_before(const struct window *window, uint32_t word)
{
    return word > 0 ? window->words[word - 1].end : 0;
}

static enum status report(const struct comparison *of, struct difference_list *list,
                          enum difference_class class, unsigned flags, const struct glue *story,
                          const struct glue *source, struct fault *fault)
{
    bool doubtful = window_stands_in(of->window, SPAN_DOUBTFUL, source->start);
    struct difference difference = {
        .class = class,
        .marking = UNMARKED,
        .flags = (uint16_t)(flags | (doubtful ? DIFFERENCE_DOUBTFUL : 0)),
        .story_start = story->start,
        .story_end = story->end,
        .source_start = of->window->base + source->start,
        .source_end = of->window->base + source->end,
        .passage = of->passage,
        .story_words =
            bytes_slice(of->quote->pattern->story, story->start, story->end - story->start),
        .source_words = window_bytes(of->window, source->start, source->end),
    };
    return difference_list_add(list, difference, fault);
}

static bool opens_with_and(const struct comparison *of, uint32_t node)
{
    static const char *const words[] = { "and", "or", "nor", "y", "o", "e", "u" };
    if (!node_is_word(&of->quote->nodes[node]))
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (bytes_is(of->quote->nodes[node].keys[0], words[i]))
            return true;
    return false;
}

static void glue_drop(struct glue *glue, size_t at)
{
    memmove(&glue->at[at], &glue->at[at + 1], (glue->count - at - 1) * sizeof *glue->at);
    glue->count--;
}

/* "U.S." took its stop with it, "US." did not: that stop belongs to the form of the word. */
static void settle_abbreviation(const struct comparison *of, const struct step *before,
                                struct glue *story, struct glue *source)
{
    unsigned printed = of->quote->nodes[before->node + before->nodes - 1].flags;
    unsigned found = of->window->words[before->word + before->words - 1].flags;
    if (((printed | found) & TOKEN_ABBREVIATION) == 0 && before->kind != STEP_VARIANT)
        return;
    bool one = story->count > 0 && story->at[0].kind == SIGN_STOP;
    bool other = source->count > 0 && source->at[0].kind == SIGN_STOP;
    if (one && !other)
        glue_drop(story, 0);
    if (other && !one)
        glue_drop(source, 0);
}

/* Round or square marks around words that the story prints as a bracket of its own. */
static void settle_literal(const struct step *before, const struct step *after, struct glue *source)
{
    if (after->kind == STEP_LITERAL && source->count > 0 &&
        (source->at[source->count - 1].kind == SIGN_OPEN ||
         source->at[source->count - 1].kind == SIGN_BRACKET))
        source->count--;
    if (before->kind == STEP_LITERAL && source->count > 0 &&
        (source->at[0].kind == SIGN_CLOSE || source->at[0].kind == SIGN_BRACKET))
        glue_drop(source, 0);
}

/* Damage taken into a word ("&chicken", "egg8") is told of the word. */
static bool is_told_of_word(const struct comparison *of, const struct step *before,
                            const struct step *after, const struct glue *story)
{
    unsigned flags = of->window->words[before->word + before->words - 1].flags |
                     of->window->words[after->word].flags;
    if ((flags & TOKEN_DAMAGED) == 0)
        return false;
    for (size_t i = 0; i < story->count; i++)
        if (story->at[i].kind != SIGN_DOUBLE && story->at[i].kind != SIGN_SINGLE)
            return false;
    return story->count > 0;
}

/* A "%" that the other side writes as a word. */
static void settle_percent(const struct comparison *of, const struct step *after,
                           struct glue *story, struct glue *source)
{
    (void)of, (void)after;
    if (story->count == 1 && source->count == 0 && story->at[0].kind == SIGN_PERCENT)
        story->count = 0;
    if (source->count == 1 && story->count == 0 && source->at[0].kind == SIGN_PERCENT)
        source->count = 0;
}

static enum status seam_compare(struct seam *seam, const struct step *after, struct fault *fault)
{
    const struct comparison *of = seam->of;
    struct glue story, source;
    enum difference_class class;
    story_glue(&story, of, story_end_of(of, seam->before), of->quote->nodes[after->node].start);
    source_glue(&source, of->window, source_end_of(of, seam->before),
                of->window->words[after->word].start);
    settle_abbreviation(of, seam->before, &story, &source);
    settle_literal(seam->before, after, &source);
    if (glue_compare(&story, &source, opens_with_and(of, after->node), &class) == GLUE_SAME ||
        is_told_of_word(of, seam->before, after, &story))
        return OK;
    return report(of, seam->list, class, 0, &story, &source, fault);
}

static bool parts_piece(const struct node *node)
{
    return node->kind == NODE_ELLIPSIS || node->kind == NODE_GAP;
}

/* The end of a printed piece before a mark, the start of one behind it. */
static enum status piece_end(struct seam *seam, uint32_t story_to, bool is_host,
                             struct fault *fault)
{
    const struct comparison *of = seam->of;
    const struct step *last = seam->before;
    struct glue story, source;
    enum difference_class class;
    story_glue(&story, of, story_end_of(of, last), story_to);
    source_glue(&source, of->window, source_end_of(of, last),
                word_start(of->window, last->word + last->words));
    settle_abbreviation(of, last, &story, &source);
    settle_percent(of, last, &story, &source);
    if (glue_compare_end(&story, &source, &class) == GLUE_SAME ||
        (of->window->words[last->word + last->words - 1].flags & TOKEN_DAMAGED))
        return OK;
    if (class == DIFFERENCE_V2 && !is_host && !glue_has(&story, SIGN_STOP))
        class = DIFFERENCE_P1;
    return report(of, seam->list, class, 0, &story, &source, fault);
}

static enum status piece_start(struct seam *seam, const struct step *first, uint32_t story_from,
                               struct fault *fault)
{
    const struct comparison *of = seam->of;
    struct glue story, source;
    enum difference_class class;
    story_glue(&story, of, story_from, of->quote->nodes[first->node].start);
    source_glue(&source, of->window, word_end_before(of->window, first->word),
                of->window->words[first->word].start);
    if (glue_compare_start(&story, &source, &class) == GLUE_SAME ||
        (of->window->words[first->word].flags & TOKEN_DAMAGED))
        return OK;
    return report(of, seam->list, class, 0, &story, &source, fault);
}

static enum status seam_next(struct seam *seam, const struct step *step, uint32_t *piece_from,
                             struct fault *fault)
{
    const struct comparison *of = seam->of;
    const struct node *node = &of->quote->nodes[step->node];
    if (step_is_anchored(step)) {
        if (*piece_from != 0)
            TRY(piece_start(seam, step, *piece_from, fault));
        else if (seam->before != NULL && !seam->is_parted)
            TRY(seam_compare(seam, step, fault));
        *piece_from = 0;
        seam->before = step;
        seam->is_parted = false;
    } else if (step->kind == STEP_PASSED && parts_piece(node)) {
        if (seam->before != NULL && !seam->is_parted)
            TRY(piece_end(seam, node->start, node->kind == NODE_GAP, fault));
        *piece_from = node->end;
        seam->is_parted = false;
    } else if (step->kind == STEP_ADDED || step->kind == STEP_MISSED || step->kind == STEP_FAR ||
               (step->kind == STEP_SKIPPED && !parts_piece(node))) {
        seam->is_parted = true;
        *piece_from = 0;
    }
    return OK;
}

enum status punctuation_between(const struct comparison *comparison, struct difference_list *list,
                                struct fault *fault)
{
    struct seam seam = { .of = comparison, .list = list };
    const struct alignment *alignment = comparison->alignment;
    uint32_t piece_from = 0;
    for (size_t i = 0; i < alignment->count; i++)
        TRY(seam_next(&seam, &alignment->steps[i], &piece_from, fault));
    return OK;
}

bool passage_cuts_in(const struct window *window, const struct alignment *alignment)
{
    return alignment->first < window->count &&
           (window->words[alignment->first].flags & TOKEN_SENTENCE) == 0;
}

bool passage_cuts_out(const struct window *window, const struct alignment *alignment)
{
    if (alignment->last == 0 || alignment->last >= window->count)
        return false;
    return (window->words[alignment->last].flags & TOKEN_SENTENCE) == 0;
}

/* What a cut word says; the "no" of "No. 4" and "no-fly" denies nothing, and "only" limits what it
 * stands beside. */
static unsigned sense_of(const struct window *window, uint32_t word, bool is_beside)
{
    const struct window_word *at = &window->words[word];
    unsigned sense = word_classes(at->keys[0]);
    if (is_beside && bytes_is(at->keys[0], "only"))
        return sense | WORD_CONDITION;
    if (!bytes_is(at->keys[0], "no") || word + 1 >= window->count)
        return sense;
    struct bytes behind = window_bytes(window, at->end, at[1].start);
    bool is_number = (at[1].flags & TOKEN_NUMBER) != 0 && bytes_find_byte(behind, '.', 0) == 0;
    return is_number || bytes_is(behind, "-") ? sense & ~(unsigned)WORD_NEGATION : sense;
}

/* Words cut at an edge, as one difference without printed words. */
static enum status report_cut(const struct comparison *of, struct difference_list *list,
                              enum difference_class class, unsigned flags, uint32_t story_at,
                              uint32_t low, uint32_t high, struct fault *fault)
{
    const struct window *window = of->window;
    struct glue story = { .start = story_at, .end = story_at };
    struct glue source = { .start = window->words[low].start, .end = window->words[high - 1].end };
    TRY(report(of, list, class, flags, &story, &source, fault));
    list->at[list->count - 1].words = high - low;
    return OK;
}

static enum status cut_before(const struct comparison *of, struct difference_list *list,
                              struct fault *fault)
{
    const struct window *window = of->window;
    uint32_t first = of->alignment->first, low = first;
    unsigned sense = 0;
    if (!passage_cuts_in(window, of->alignment))
        return OK;
    while (low > 0 && first - low < CUT_WORDS) {
        low--;
        sense |= sense_of(window, low, first - low <= NEXT_WORDS);
        if (window->words[low].flags & TOKEN_SENTENCE)
            break;
    }
    if (low == first || (sense & (WORD_NEGATION | WORD_CONDITION)) == 0)
        return OK;
    return report_cut(of, list, DIFFERENCE_O6, DIFFERENCE_HIDES_SENSE, of->quote->pattern->start,
                      low, first, fault);
}

static bool prints_sentence(const struct comparison *of)
{
    const struct pattern *pattern = of->quote->pattern;
    const struct step *last = NULL;
    struct glue story;
    for (size_t i = 0; i < of->alignment->count; i++)
        if (of->alignment->steps[i].nodes > 0)
            last = &of->alignment->steps[i];
    if (last == NULL || of->quote->count == 0 || !node_is_word(&of->quote->nodes[0]))
        return false;
    story_glue(&story, of, story_end_of(of, last), pattern->end);
    return (of->quote->nodes[0].flags & TOKEN_CAPITAL) != 0 && story.count > 0 &&
           story.at[0].kind == SIGN_STOP;
}

static enum status cut_behind(const struct comparison *of, struct difference_list *list,
                              struct fault *fault)
{
    const struct window *window = of->window;
    uint32_t last = of->alignment->last, high = last;
    unsigned sense = 0, opening = 0;
    if (!passage_cuts_out(window, of->alignment))
        return OK;
    while (high < window->count && high - last < CUT_WORDS &&
           (window->words[high].flags & TOKEN_SENTENCE) == 0) {
        bool is_next = high - last < NEXT_WORDS;
        unsigned classes = sense_of(window, high, is_next);
        sense |= classes & (is_next ? WORD_NEGATION | WORD_CONDITION : WORD_CONDITION);
        opening |= is_next ? classes : 0;
        high++;
    }
    if (high == last)
        return OK;
    /* A negation farther off belongs to the next clause. */
    if (sense != 0)
        TRY(report_cut(of, list, DIFFERENCE_O6, DIFFERENCE_HIDES_SENSE, of->quote->pattern->end,
                       last, high, fault));
    if (!prints_sentence(of))
        return OK;
    return report_cut(of, list, DIFFERENCE_O7, opening & WORD_LIMIT ? DIFFERENCE_TAIL_LIMITS : 0,
                      of->quote->pattern->end, last, high, fault);
}

enum status punctuation_edges(const struct comparison *comparison, struct difference_list *list,
                              struct fault *fault)
{
    const struct alignment *alignment = comparison->alignment;
    struct seam seam = { .of = comparison, .list = list };
    const struct step *first = NULL;
    for (size_t i = 0; i < alignment->count; i++) {
        const struct step *step = &alignment->steps[i];
        if (!step_is_anchored(step))
            continue;
        if (first == NULL)
            first = step;
        seam.before = step;
    }
    if (first == NULL)
        return OK;
    bool begins = first->node == 0,
         ends = seam.before->node + seam.before->nodes == comparison->quote->count;
    if (comparison->is_first && begins) {
        TRY(piece_start(&seam, first, comparison->quote->pattern->start, fault));
        TRY(cut_before(comparison, list, fault));
    }
    if (comparison->is_last && ends) {
        TRY(piece_end(&seam, comparison->quote->pattern->end, true, fault));
        TRY(cut_behind(comparison, list, fault));
    }
    return OK;
}

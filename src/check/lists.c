#include "check/lists.h"

#include "check/statements_add.h"
#include "text/tokenize.h"

enum {
    MEMBER_WORDS_MAX = 6,
    SPREAD_MAX = 16,
    PASSAGES_MAX = 32,
    PRESENT_MIN = 2,
    LIKEST = 6,
    LIKE_WORDS = 4
};
static const double context_bits = 6, like_share = 0.5;

static bool is_joint(const struct saying *saying, size_t at)
{
    return said_is_among(saying, at, "and or y o e");
}

static bool is_name_word(const struct said *said)
{
    return (said->flags & TOKEN_CAPITAL) != 0 && (said->flags & TOKEN_SENTENCE) == 0;
}

/* The words at the end of a run that name its member: capitals where it has some, else its last
 * words that are no small ones. */
static struct list_member tail_member(const struct shelf_text *text, size_t first, size_t end)
{
    const struct saying *saying = &text->saying;
    struct list_member member = { end, end };
    bool is_name = end > first && is_name_word(&saying->at[end - 1]);
    while (member.first > first && member.end - member.first < MEMBER_WORDS_MAX &&
           (member.first == end || (saying->at[member.first].gap & GAP_BREAKS) == 0) &&
           (is_name ? is_name_word(&saying->at[member.first - 1])
                    : text->stems[member.first - 1] != 0 && end - member.first < 2))
        member.first--;
    return member;
}

/* The words at the begin of a run: capitals, or up to three words before a small one. */
static struct list_member head_member(const struct shelf_text *text, size_t first, size_t end)
{
    const struct saying *saying = &text->saying;
    while (first < end && said_is_among(saying, first, "the a an el la los las its their his"))
        first++;
    struct list_member member = { first, first };
    bool is_name = first < end && is_name_word(&saying->at[first]);
    while (member.end < end && member.end - first < MEMBER_WORDS_MAX) {
        const struct said *said = &saying->at[member.end];
        if (member.end > first && (said->gap & (GAP_BREAKS | GAP_COMMA)) != 0)
            break;
        bool is_particle = is_name && said_is_among(saying, member.end, "de del la of");
        if (is_name ? !is_name_word(said) && !is_particle
                    : (word_is_small(said->key) && member.end > first &&
                       !said_is_among(saying, member.end, "other")) ||
                          member.end - first >= 3)
            break;
        member.end++;
    }
    return member;
}

/* The run between two separators from word `at`: its end. */
static size_t run_end(const struct saying *saying, size_t at, size_t end)
{
    size_t last = at + 1;
    while (last < end && (saying->at[last].gap & (GAP_COMMA | GAP_BREAKS)) == 0 &&
           !is_joint(saying, last))
        last++;
    return last;
}

bool list_find(const struct shelf_text *text, const struct shelf_sentence *sentence, size_t from,
               struct source_list *list)
{
    const struct saying *saying = &text->saying;
    for (size_t comma = from + 1; comma < sentence->end; comma++) {
        if ((saying->at[comma].gap & GAP_COMMA) == 0 || (saying->at[comma].gap & GAP_BREAKS) != 0 ||
            is_joint(saying, comma))
            continue;
        size_t at = comma;
        bool is_closed = false;
        *list = (struct source_list){ 0 };
        list->at[list->count++] = tail_member(text, from, comma);
        while (at < sentence->end && list->count < LIST_MEMBERS_MAX && !is_closed) {
            is_closed = is_joint(saying, at);
            size_t first = is_closed ? at + 1 : at, end = run_end(saying, first, sentence->end);
            if (first >= sentence->end || (!is_closed && end - first > MEMBER_WORDS_MAX))
                break;
            struct list_member member = head_member(text, first, end);
            bool is_clause =
                !is_closed && member.end != end && !is_name_word(&saying->at[member.first]);
            if (is_clause)
                break;
            list->at[list->count++] = member;
            at = end;
            bool goes_on = at < sentence->end && (saying->at[at].gap & GAP_BREAKS) == 0;
            if (!goes_on)
                break;
        }
        bool is_whole = is_closed && list->count >= 3 &&
                        is_name_word(&saying->at[list->at[0].first]) ==
                            is_name_word(&saying->at[list->at[1].first]);
        for (size_t i = 0; i < list->count; i++)
            is_whole = is_whole && list->at[i].end > list->at[i].first &&
                       (saying->at[list->at[i].first].flags & TOKEN_NUMBER) == 0;
        if (!is_whole)
            continue;
        list->first = list->at[0].first;
        list->end = list->at[list->count - 1].end;
        return true;
    }
    return false;
}

/* Where a member's words stand together in a sentence of the story. */
static bool member_stands(const struct shelf *shelf, const struct shelf_text *source,
                          const struct list_member *member, size_t from, size_t to, size_t *at)
{
    const struct shelf_text *story = &shelf->story;
    size_t len = member->end - member->first;
    for (size_t i = from; i + len <= to; i++) {
        size_t k = 0;
        while (
            k < len &&
            (bytes_equal(story->saying.at[i + k].key, source->saying.at[member->first + k].key) ||
             (story->stems[i + k] != 0 && story->stems[i + k] == source->stems[member->first + k])))
            k++;
        if (k == len &&
            !run_is_quoted(shelf->run, story->saying.at[i].start, story->saying.at[i].end)) {
            *at = i;
            return true;
        }
    }
    return false;
}

/* A list of the source held against a sentence of the story. */
struct held_list {
    struct shelf *shelf;
    const struct shelf_sentence *sentence;
    const struct shelf_part *part;
    const struct shelf_sentence *there;
    struct source_list list;
    bool present[LIST_MEMBERS_MAX];
    size_t present_count, first, last; /* words of the story */
};

static void find_members(struct held_list *held)
{
    held->first = SIZE_MAX;
    for (size_t i = 0; i < held->list.count; i++) {
        size_t at;
        held->present[i] = member_stands(held->shelf, &held->part->text, &held->list.at[i],
                                         held->sentence->first, held->sentence->end, &at);
        if (!held->present[i])
            continue;
        held->present_count++;
        held->first = at < held->first ? at : held->first;
        held->last = at > held->last ? at : held->last;
    }
}

/* The story sets the members beside each other, and does not say that they are only some. */
static bool is_listed(const struct held_list *held)
{
    const struct saying *saying = &held->shelf->story.saying;
    bool is_joined = false;
    for (size_t i = held->first; i < held->last; i++)
        is_joined = is_joined || is_joint(saying, i);
    for (size_t i = held->sentence->first; i < held->sentence->end; i++)
        if (said_is_among(saying, i,
                          "including such among especially particularly like incluso "
                          "entre notably others elsewhere"))
            return false;
    return is_joined && held->last - held->first <= SPREAD_MAX;
}

/* Words outside of the list that both sentences have. */
static double shared_context(const struct held_list *held)
{
    const struct shelf_text *story = &held->shelf->story;
    double bits = 0;
    for (size_t i = held->sentence->first; i < held->sentence->end; i++) {
        bool is_member = false;
        for (size_t k = held->list.first; k < held->list.end; k++)
            is_member = is_member || held->part->text.stems[k] == story->stems[i];
        if (!is_member && shelf_compares(held->shelf, i) &&
            shelf_shares(held->part, held->there, story->stems[i]))
            bits += shelf_word_bits(held->shelf, i);
    }
    return bits;
}

/* A member that stands elsewhere in the paragraph is not dropped. */
static size_t first_dropped(const struct held_list *held)
{
    const struct story_paragraph *paragraph =
        &held->shelf->run->answer->story.paragraphs[held->sentence->paragraph];
    const struct saying *saying = &held->shelf->story.saying;
    size_t from = saying_find(saying, paragraph->start), to = saying_find(saying, paragraph->end);
    size_t at;
    for (size_t i = 0; i < held->list.count; i++)
        if (!held->present[i] &&
            !member_stands(held->shelf, &held->part->text, &held->list.at[i], from, to, &at))
            return i;
    return SIZE_MAX;
}

static enum status add_list(const struct held_list *held, struct fault *fault)
{
    struct arena *arena = held->shelf->run->arena;
    const struct saying *source = &held->part->text.saying;
    const struct saying *story = &held->shelf->story.saying;
    size_t dropped = held->present_count < held->list.count ? first_dropped(held) : SIZE_MAX;
    struct ruled ruled = { .kind = STATEMENT_LIST,
                           .start = story->at[held->first].start,
                           .end = story->at[held->last].end,
                           .verdict = CHECK_COMPLETE,
                           .part = held->part,
                           .source_start = source->at[held->list.first].start,
                           .source_end = source->at[held->list.end - 1].end };
    if (dropped != SIZE_MAX) {
        const struct list_member *member = &held->list.at[dropped];
        ruled.verdict = CHECK_SHORTER;
        ruled.severity = STET_QUERY;
        ruled.is_difference = true;
        ruled.message =
            arena_print(arena, "the source's list has \"%s\" too",
                        ruled_words(arena, held->part->held->shown, source->at[member->first].start,
                                    source->at[member->end - 1].end));
    }
    return ruled_add(held->shelf, &ruled, fault);
}

/* All lists of one sentence of a part; *added when the story's sentence was held against one. */
static enum status hold_sentence(struct held_list *held, bool *added, struct fault *fault)
{
    for (size_t from = held->there->first; from < held->there->end;) {
        if (!list_find(&held->part->text, held->there, from, &held->list))
            return OK;
        from = held->list.end;
        held->present_count = held->last = 0;
        find_members(held);
        if (held->present_count < PRESENT_MIN || !is_listed(held) ||
            shared_context(held) < context_bits)
            continue;
        *added = true;
        return add_list(held, fault);
    }
    return OK;
}

/* Sentences elsewhere in the documents beside that say the same. */
static enum status judge_likest(struct shelf *shelf, const struct shelf_sentence *sentence,
                                struct fault *fault)
{
    struct likeness likest[LIKEST];
    bool added = false;
    size_t count = shelf_likest(shelf, sentence, likest, LIKEST);
    for (size_t i = 0; i < count && !added; i++) {
        struct held_list held = { .shelf = shelf,
                                  .sentence = sentence,
                                  .part = likest[i].part,
                                  .there = likest[i].sentence };
        if (likest[i].is_beside && likest[i].words >= LIKE_WORDS &&
            likest[i].bits >= likest[i].whole * like_share)
            TRY(hold_sentence(&held, &added, fault));
    }
    return OK;
}

/* The paragraphs that quotations of the same or the paragraph before trace to. */
static enum status judge_sentence(struct shelf *shelf, const struct shelf_sentence *sentence,
                                  struct fault *fault)
{
    const struct story *story = &shelf->run->answer->story;
    struct held_passage passages[PASSAGES_MAX];
    if (sentence->paragraph >= story->paragraph_count)
        return OK;
    uint32_t low = sentence->paragraph > 0 ? sentence->paragraph - 1 : 0;
    size_t count =
        held_passages(shelf->run, story->paragraphs[low].start,
                      story->paragraphs[sentence->paragraph].end, passages, PASSAGES_MAX);
    bool added = false;
    for (size_t i = 0; i < count && i < PASSAGES_MAX && !added; i++)
        for (size_t p = 0; p < shelf->part_count && !added; p++) {
            const struct shelf_part *part = &shelf->parts[p];
            uint32_t start, end;
            if (part->held->document != passages[i].document ||
                part->held->part != passages[i].part)
                continue;
            held_paragraph(part->held, passages[i].start, &start, &end);
            for (size_t s = 0; s < part->text.sentence_count && !added; s++) {
                struct held_list held = { .shelf = shelf,
                                          .sentence = sentence,
                                          .part = part,
                                          .there = &part->text.sentences[s] };
                if (held.there->start >= start && held.there->start < end)
                    TRY(hold_sentence(&held, &added, fault));
            }
        }
    return added ? OK : judge_likest(shelf, sentence, fault);
}

enum status lists_judge(struct run *run, struct fault *fault)
{
    struct shelf *shelf = NULL;
    TRY(shelf_open(run, &shelf, fault));
    for (size_t i = 0; i < shelf->story.sentence_count; i++)
        TRY(judge_sentence(shelf, &shelf->story.sentences[i], fault));
    return OK;
}

#include "story/cue.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "text/fold.h"
#include "text/sentence.h"
#include "text/tokenize.h"
#include "text/utf8.h"

enum { GAP_MAX = 300, TERM_WORDS = 4, LOOK_BACK = 3, OPENERS_MAX = 12, LEAD_LONGEST = 2000 };

struct maker {
    struct story *story;
    const struct piece_list *pieces;
    struct mark_list marks; /* of all quotations, one after the other */
    struct quotation *made;
    size_t *mark_starts;
    size_t count;
    uint32_t *sentences; /* where each begins */
    size_t sentence_count;
    size_t sentence_room;
};

static bool is_blank_byte(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == MASKED;
}

size_t words_count(struct bytes text, uint32_t start, uint32_t end, size_t most)
{
    size_t count = 0;
    bool inside = false;
    while (start < end && count < most) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, start, &len);
        bool apostrophe = inside && (code == '\'' || code == 0x2019);
        bool word = code_is_word(code) || apostrophe;
        if (word && !inside)
            count++;
        inside = word;
        start += (uint32_t)len;
    }
    return count;
}

static bool begins_lower(struct bytes text, uint32_t at, uint32_t end)
{
    for (int steps = 0; steps < 8 && at < end; steps++) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, at, &len);
        if (code_is_word(code)) {
            struct char_traits traits = char_traits(code);
            return traits.class == CHAR_LETTER && !traits.is_upper;
        }
        at += (uint32_t)len;
    }
    return false;
}

static bool holds_cue(struct bytes text, uint32_t start, uint32_t end)
{
    return cue_read(text, start, end, NULL, 0, 0).has_cue;
}

static bool ends_sentence(struct bytes text, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if ((text.at[i] == '.' && !sentence_dot_abbreviates(text, i)) || text.at[i] == ';')
            return true;
    return false;
}

/* "A," he said, "b": one utterance. A dash on both sides, or a cue between commas; b in lower case.
 */
static bool is_utterance(struct bytes text, const struct piece *a, const struct piece *b)
{
    uint32_t start = a->outer_end, end = b->outer_start;
    if (b->continues)
        return true;
    if (a->paragraph != b->paragraph || a->is_unclosed || end <= start || end - start > GAP_MAX)
        return false;
    if (!begins_lower(text, b->start, b->end) || words_count(text, start, end, 1) == 0)
        return false;
    while (end > start &&
           (text.at[end - 1] == ' ' || text.at[end - 1] == '\n' || text.at[end - 1] == '\r'))
        end--;
    uint32_t last = code_before(text, end, start), first = code_after(text, start, end);
    if (ends_sentence(text, start, end))
        return false;
    if (code_is_dash(last))
        return code_is_dash(first) || holds_cue(text, start, end);
    uint32_t held = code_before(text, a->end, a->start);
    bool broken = first == ',' || held == ',' || held == '?' || held == '!' || code_is_dash(held);
    return last == ',' && broken && holds_cue(text, start, end);
}

static int mark_order(const void *a, const void *b)
{
    const struct mark *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

static enum status piece_marks(struct maker *maker, const struct piece *piece, struct fault *fault)
{
    size_t first = maker->marks.count;
    TRY(marks_find(maker->story->text, piece->start, piece->end, &maker->marks, fault));
    for (uint32_t i = 0; i < piece->nested_count; i++) {
        struct mark nested = maker->pieces->nested[piece->nested_first + i];
        if (nested.start >= piece->start && nested.end <= piece->end)
            TRY(mark_list_add(&maker->marks, nested, fault));
    }
    if (maker->marks.count > first)
        qsort(maker->marks.at + first, maker->marks.count - first, sizeof *maker->marks.at,
              mark_order);
    return OK;
}

/* Where the sentences of all paragraphs begin: one walk over the story, however many quotations it
 * holds. */
static enum status sentences_find(struct maker *maker, struct fault *fault)
{
    const struct story *story = maker->story;
    FREED struct span *spans = calloc(story->paragraph_count + 1, sizeof *spans);
    if (!spans)
        return no_memory(fault);
    for (size_t i = 0; i < story->paragraph_count; i++)
        spans[i] = (struct span){ .kind = SPAN_PARAGRAPH,
                                  .start = story->paragraphs[i].start,
                                  .end = story->paragraphs[i].end };
    struct tokenizer tokenizer;
    struct token token;
    tokenizer_begin(&tokenizer, story->text, spans, story->paragraph_count);
    while (tokenizer_next(&tokenizer, &token)) {
        if (!(token.flags & TOKEN_SENTENCE) || (token.flags & TOKEN_EXTRA))
            continue;
        if (!GROW(maker->sentences, maker->sentence_room, maker->sentence_count))
            return no_memory(fault);
        uint32_t start = token.start;
        while (start > 0 && token.start - start < OPENERS_MAX &&
               !is_blank_byte(story->text.at[start - 1]))
            start--;
        maker->sentences[maker->sentence_count++] = start;
    }
    return OK;
}

static void sentence_bounds(const struct maker *maker, uint32_t paragraph, uint32_t at,
                            uint32_t *start, uint32_t *end)
{
    const struct story_paragraph *around = &maker->story->paragraphs[paragraph];
    size_t low = 0, high = maker->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (maker->sentences[middle] <= at)
            low = middle + 1;
        else
            high = middle;
    }
    *start = low > 0 && maker->sentences[low - 1] > around->start ? maker->sentences[low - 1]
                                                                  : around->start;
    *end = low < maker->sentence_count && maker->sentences[low] < around->end
               ? maker->sentences[low]
               : around->end;
    while (*end > at && is_blank_byte(maker->story->text.at[*end - 1]))
        --*end;
}

static void lead_find(const struct maker *maker, struct quotation *made, uint32_t last_paragraph)
{
    uint32_t ignored = 0;
    made->lead_start = made->outer_start;
    made->lead_end = made->outer_end;
    sentence_bounds(maker, made->paragraph, made->start, &made->lead_start, &ignored);
    sentence_bounds(maker, last_paragraph, made->end - 1, &ignored, &made->lead_end);
    if (made->lead_start + LEAD_LONGEST < made->outer_start)
        made->lead_start = made->outer_start;
    if (made->lead_end > made->outer_end + LEAD_LONGEST)
        made->lead_end = made->outer_end;
    if (made->lead_start > made->outer_start)
        made->lead_start = made->outer_start;
    if (made->lead_end < made->outer_end)
        made->lead_end = made->outer_end;
}

/* The first piece that may reach into what stands from `at` on. */
static size_t first_piece(const struct maker *maker, size_t from, uint32_t at)
{
    while (from > 0 && maker->pieces->at[from - 1].outer_end > at)
        from--;
    return from;
}

/* Whose words they are: the sentence itself, else up to three before it in the paragraph. */
static void giver_find(const struct maker *maker, size_t piece, struct quotation *made)
{
    const struct story *story = maker->story;
    const struct piece *pieces = maker->pieces->at;
    size_t count = maker->pieces->count;
    uint32_t start = made->lead_start, end = made->lead_end;
    uint32_t low = story->paragraphs[made->paragraph].start;
    for (int back = 0; back <= LOOK_BACK; back++) {
        struct cue_facts facts =
            cue_read(story->text, start, end, pieces, count, first_piece(maker, piece, start));
        made->has_cue = made->has_cue || facts.has_cue;
        made->names_document = facts.gives_document;
        if (facts.gives_document || facts.gives_other || start <= low + 2)
            return;
        end = start;
        uint32_t ignored = 0;
        uint32_t before = end - 2;
        while (before > low &&
               (code_is_blank(story->text.at[before]) || (story->text.at[before] & 0xC0) == 0x80))
            before--;
        sentence_bounds(maker, made->paragraph, before, &start, &ignored);
        if (start >= end)
            return;
    }
}

static void kind_find(const struct maker *maker, size_t first, struct quotation *made)
{
    const struct story *story = maker->story;
    const struct story_paragraph *around = &story->paragraphs[made->paragraph];
    bool beside = cue_ends_before(story->text, around->start, made->outer_start) ||
                  cue_begins_after(story->text, made->outer_end, around->end);
    bool is_short = words_count(story->text, made->start, made->end, TERM_WORDS + 1) <= TERM_WORDS;
    giver_find(maker, first, made);
    if (is_short)
        made->has_cue = beside;
    else
        made->has_cue = made->has_cue || beside;
    made->kind = is_short && !beside ? QUOTATION_TERM : QUOTATION_SPOKEN;
}

static enum status quotation_add(struct maker *maker, size_t first, size_t last,
                                 struct fault *fault)
{
    const struct piece *pieces = maker->pieces->at;
    struct quotation made = { .start = pieces[first].start,
                              .outer_start = pieces[first].outer_start };
    made.end = pieces[last].end;
    made.outer_end = pieces[last].outer_end;
    made.paragraph = pieces[first].paragraph;
    made.is_unclosed = pieces[last].is_unclosed;
    size_t marks = maker->marks.count;
    for (size_t i = first; i <= last; i++) {
        if (i > first) {
            struct mark gap = { MARK_WRITER, pieces[i - 1].end, pieces[i].start,
                                pieces[i - 1].outer_end, pieces[i].outer_start };
            TRY(mark_list_add(&maker->marks, gap, fault));
        }
        TRY(piece_marks(maker, &pieces[i], fault));
    }
    made.mark_count = maker->marks.count - marks;
    lead_find(maker, &made, pieces[last].paragraph);
    kind_find(maker, first, &made);
    maker->mark_starts[maker->count] = marks;
    maker->made[maker->count++] = made;
    return OK;
}

/* Letters and digits, small; what two printings of the same words share. */
static uint64_t words_hash(struct bytes text, const struct quotation *made, struct buffer *scratch)
{
    buffer_clear(scratch);
    for (uint32_t at = made->start; at < made->end;) {
        size_t len = 1;
        uint32_t code = utf8_decode(text, at, &len);
        struct char_traits traits = char_traits(code);
        if (code_is_word(code))
            buffer_append(scratch, traits.fold ? traits.fold : text.at + at, traits.fold_len);
        at += (uint32_t)len;
    }
    return checksum64(buffer_bytes(scratch));
}

struct seen {
    uint64_t hash;
    uint32_t index;
};

static int seen_order(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static enum status repeats_find(struct maker *maker, struct fault *fault)
{
    FREED struct seen *seen = calloc(maker->count + 1, sizeof *seen);
    SCOPED(buffer_release) struct buffer scratch = { 0 };
    size_t count = 0;
    if (!seen)
        return no_memory(fault);
    for (size_t i = 0; i < maker->count; i++) {
        if (maker->made[i].kind == QUOTATION_SPOKEN)
            seen[count++] =
                (struct seen){ words_hash(maker->story->text, &maker->made[i], &scratch),
                               (uint32_t)i };
    }
    qsort(seen, count, sizeof *seen, seen_order);
    for (size_t i = 1, first = 0; i < count; i++) {
        if (seen[i].hash != seen[first].hash) {
            first = i;
            continue;
        }
        maker->made[seen[i].index].kind = QUOTATION_REPEATED;
        maker->made[seen[i].index].same_as = seen[first].index;
    }
    return buffer_check(&scratch, fault);
}

static enum status keep(struct maker *maker, struct arena *arena, struct fault *fault)
{
    struct mark *marks = arena_alloc_many(arena, maker->marks.count + 1, sizeof *marks);
    struct quotation *made = arena_alloc_many(arena, maker->count + 1, sizeof *made);
    if (!marks || !made)
        return no_memory(fault);
    if (maker->marks.count > 0)
        memcpy(marks, maker->marks.at, maker->marks.count * sizeof *marks);
    for (size_t i = 0; i < maker->count; i++) {
        made[i] = maker->made[i];
        made[i].marks = marks + maker->mark_starts[i];
    }
    maker->story->quotations = made;
    maker->story->quotation_count = maker->count;
    return OK;
}

static enum status pieces_join(struct maker *maker, struct fault *fault)
{
    const struct piece_list *pieces = maker->pieces;
    for (size_t first = 0, last = 0; first < pieces->count; first = ++last) {
        while (last + 1 < pieces->count &&
               is_utterance(maker->story->text, &pieces->at[last], &pieces->at[last + 1]))
            last++;
        TRY(quotation_add(maker, first, last, fault));
    }
    return repeats_find(maker, fault);
}

enum status quotations_make(struct story *story, const struct piece_list *pieces,
                            struct arena *arena, struct fault *fault)
{
    struct maker maker = { .story = story, .pieces = pieces };
    FREED struct quotation *made = calloc(pieces->count + 1, sizeof *made);
    FREED size_t *starts = calloc(pieces->count + 1, sizeof *starts);
    if (!made || !starts)
        return no_memory(fault);
    maker.made = made;
    maker.mark_starts = starts;
    enum status code = sentences_find(&maker, fault);
    if (code == OK)
        code = pieces_join(&maker, fault);
    if (code == OK)
        code = keep(&maker, arena, fault);
    free(maker.marks.at);
    free(maker.sentences);
    return code;
}

#include "check/statements_shelf.h"

#include "base/clock.h"
#include "check/citations.h"
#include "check/kinds.h"
#include "check/statements_date.h"
#include "story/cue.h"
#include "text/tokenize.h"

enum {
    BUCKETS = 1 << 14,
    NEAR_PARAGRAPHS = 1,
    STEM_MIN = 3,
    PARTS_READ = 3,
    SENTENCE_WORDS_MAX = 300
};

static size_t cut_ending(struct bytes key)
{
    static const char *const endings[] = { "ingly", "ments", "ation", "ing", "ies", "ied", "ed",
                                           "es",    "ly",    "s",     "e",   "y",   "a",   "o" };
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        size_t len = strlen(endings[i]);
        if (key.len >= len + STEM_MIN && memcmp(key.at + key.len - len, endings[i], len) == 0)
            return key.len - len;
    }
    return key.len;
}

uint32_t shelf_stem(struct bytes key, uint16_t flags)
{
    uint32_t hash = 2166136261u;
    bool is_name = (flags & (TOKEN_ALL_CAPS | TOKEN_ABBREVIATION)) != 0 && key.len == 2;
    if ((flags & TOKEN_NUMBER) != 0 || (word_is_small(key) && !is_name))
        return 0;
    size_t len = key.len > STEM_MIN ? cut_ending(key) : key.len;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ key.at[i]) * 16777619u;
    return hash == 0 ? 1 : hash;
}

static enum status make_sentences(struct shelf_text *text, struct arena *arena, struct fault *fault)
{
    const struct saying *saying = &text->saying;
    size_t count = 0;
    text->stems = arena_alloc_many(arena, saying->count + 1, sizeof *text->stems);
    for (size_t i = 0; i < saying->count; i++)
        count += i == 0 || (saying->at[i].gap & GAP_EDGE) != 0 || i % SENTENCE_WORDS_MAX == 0;
    text->sentences = arena_alloc_many(arena, count + 1, sizeof *text->sentences);
    if (text->sentences == NULL || text->stems == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < saying->count; i++) {
        text->stems[i] = shelf_stem(saying->at[i].key, saying->at[i].flags);
        bool is_long = text->sentence_count > 0 &&
                       i - text->sentences[text->sentence_count - 1].first >= SENTENCE_WORDS_MAX;
        if (i == 0 || (saying->at[i].gap & GAP_EDGE) != 0 || is_long) {
            struct shelf_sentence *made = &text->sentences[text->sentence_count++];
            *made = (struct shelf_sentence){ .first = i, .start = saying->at[i].start };
        }
        struct shelf_sentence *last = &text->sentences[text->sentence_count - 1];
        last->end = i + 1;
        last->stop = saying->at[i].end;
    }
    return figures_find(saying, 0, saying->count, arena, &text->figures, fault);
}

enum status shelf_text_make(struct shelf_text *text, struct bytes bytes, const struct span *spans,
                            size_t span_count, struct arena *arena, struct fault *fault)
{
    TRY(saying_make(bytes, spans, span_count, arena, &text->saying, fault));
    return make_sentences(text, arena, fault);
}

/* Story paragraphs as spans, so that no sentence goes over their edges. */
static enum status story_spans(const struct story *story, struct arena *arena, struct span **spans,
                               struct fault *fault)
{
    *spans = arena_alloc_many(arena, story->paragraph_count + 1, sizeof **spans);
    if (*spans == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < story->paragraph_count; i++) {
        const struct story_paragraph *paragraph = &story->paragraphs[i];
        (*spans)[i] = (struct span){ .kind = paragraph->is_heading ? SPAN_HEADING : SPAN_PARAGRAPH,
                                     .start = paragraph->start,
                                     .end = paragraph->end };
    }
    return OK;
}

static void mark_sentence(const struct run *run, struct shelf_sentence *sentence)
{
    const struct story *story = &run->answer->story;
    struct piece pieces[32];
    size_t count = 0, paragraph = 0;
    while (paragraph + 1 < story->paragraph_count &&
           story->paragraphs[paragraph + 1].start <= sentence->start)
        paragraph++;
    sentence->paragraph = (uint32_t)paragraph;
    for (size_t i = 0; i < story->quotation_count; i++) {
        const struct quotation *quotation = &story->quotations[i];
        if (quotation->outer_start >= sentence->stop || quotation->outer_end <= sentence->start)
            continue;
        sentence->has_quotation = sentence->has_quotation || quotation->kind != QUOTATION_TERM;
        if (count < sizeof pieces / sizeof pieces[0])
            pieces[count++] = (struct piece){ .outer_start = quotation->outer_start,
                                              .start = quotation->start,
                                              .end = quotation->end,
                                              .outer_end = quotation->outer_end };
    }
    struct cue_facts facts =
        cue_read(story->text, sentence->start, sentence->stop, pieces, count, 0);
    sentence->gives_document = facts.gives_document;
    sentence->has_cue = facts.has_cue;
}

static enum status add_story(struct shelf *shelf, struct fault *fault)
{
    struct run *run = shelf->run;
    const struct story *story = &run->answer->story;
    struct span *spans = NULL;
    TRY(story_spans(story, run->arena, &spans, fault));
    TRY(shelf_text_make(&shelf->story, story->text, spans, story->paragraph_count, run->arena,
                        fault));
    for (size_t i = 0; i < shelf->story.sentence_count; i++)
        mark_sentence(run, &shelf->story.sentences[i]);
    shelf->bits = arena_alloc_many(run->arena, shelf->story.saying.count + 1, sizeof *shelf->bits);
    return shelf->bits == NULL ? no_memory(fault) : OK;
}

/* Header lines say who wrote when to whom: no sentence of a story says the same. */
static void leave_out_heads(struct shelf_part *part)
{
    const struct held *held = part->held;
    for (size_t i = 0; i < held->span_count; i++) {
        if (held->spans[i].kind != SPAN_HEAD)
            continue;
        size_t end = saying_find(&part->text.saying, held->spans[i].end);
        for (size_t k = saying_find(&part->text.saying, held->spans[i].start); k < end; k++)
            part->text.stems[k] = 0;
    }
}

static enum status add_part(struct shelf *shelf, const struct held *held, size_t *words,
                            struct fault *fault)
{
    struct shelf_part *part = &shelf->parts[shelf->part_count];
    *part = (struct shelf_part){ .held = held, .first_sentence = shelf->sentence_count };
    if (*words > SHELF_WORDS_MAX)
        return OK;
    TRY(shelf_text_make(&part->text, held->text, held->spans, held->span_count, shelf->run->arena,
                        fault));
    *words += part->text.saying.count;
    leave_out_heads(part);
    shelf->sentence_count += (uint32_t)part->text.sentence_count;
    for (size_t i = 0, at = 0; i < part->text.sentence_count; i++) {
        struct shelf_sentence *sentence = &part->text.sentences[i];
        while (at < held->span_count && held->spans[at].start <= sentence->start) {
            if (held->spans[at].kind == SPAN_PARAGRAPH && held->spans[at].end > sentence->start)
                sentence->paragraph = held->spans[at].start;
            at++;
        }
        if (i > 0 && sentence->paragraph == 0)
            sentence->paragraph = part->text.sentences[i - 1].paragraph;
    }
    shelf->part_count++;
    return OK;
}

static enum status add_document(struct shelf *shelf, uint64_t document, size_t *words,
                                struct fault *fault)
{
    const struct held *held = NULL;
    for (size_t i = 0; i < shelf->part_count; i++)
        if (shelf->parts[i].held->document == document)
            return OK;
    for (uint32_t part = 1; part <= PARTS_READ && shelf->part_count < SHELF_PARTS_MAX; part++) {
        TRY(held_part(shelf->run, document, part, &held, fault));
        if (held == NULL)
            break;
        TRY(add_part(shelf, held, words, fault));
    }
    return OK;
}

/* A number that fits several documents names none. */
static enum status find_named(struct shelf *shelf, struct fault *fault)
{
    struct citation_list list;
    TRY(citations_find(&shelf->story.saying, shelf->run->arena, &list, fault));
    for (size_t i = 0; i < list.count && shelf->named_count < SHELF_NAMED_MAX; i++) {
        uint64_t *ids = NULL;
        size_t count = 0;
        if (list.at[i].kind != CITATION_NUMBER)
            continue;
        TRY(citations_named(shelf->run, &shelf->story.saying, &list.at[i], &ids, &count, fault));
        if (count == 1)
            shelf->named[shelf->named_count++] = (struct shelf_named){ ids[0], list.at[i].start };
    }
    return OK;
}

static enum status add_parts(struct shelf *shelf, struct fault *fault)
{
    uint64_t documents[SHELF_PARTS_MAX];
    size_t count = held_documents(shelf->run, documents, SHELF_PARTS_MAX), words = 0;
    shelf->parts = arena_alloc_many(shelf->run->arena, SHELF_PARTS_MAX, sizeof *shelf->parts);
    if (shelf->parts == NULL)
        return no_memory(fault);
    TRY(find_named(shelf, fault));
    for (size_t i = 0; i < count; i++)
        TRY(add_document(shelf, documents[i], &words, fault));
    for (size_t i = 0; i < shelf->named_count; i++)
        TRY(add_document(shelf, shelf->named[i].document, &words, fault));
    return OK;
}

/* Which sentences a stem stands in: entries grouped by bucket. */
static enum status index_parts(struct shelf *shelf, struct fault *fault)
{
    struct arena *arena = shelf->run->arena;
    size_t total = 0;
    uint32_t *ends = arena_alloc_many(arena, BUCKETS + 1, sizeof *ends);
    if (ends == NULL)
        return no_memory(fault);
    for (size_t p = 0; p < shelf->part_count; p++)
        for (size_t i = 0; i < shelf->parts[p].text.saying.count; i++)
            if (shelf->parts[p].text.stems[i] != 0) {
                ends[shelf->parts[p].text.stems[i] % BUCKETS + 1]++;
                total++;
            }
    for (size_t i = 1; i <= BUCKETS; i++)
        ends[i] += ends[i - 1];
    shelf->entry_stems = arena_alloc_many(arena, total + 1, sizeof *shelf->entry_stems);
    shelf->entry_at = arena_alloc_many(arena, total + 1, sizeof *shelf->entry_at);
    shelf->scores = arena_alloc_many(arena, shelf->sentence_count + 1, sizeof *shelf->scores);
    if (shelf->entry_stems == NULL || shelf->entry_at == NULL || shelf->scores == NULL)
        return no_memory(fault);
    for (size_t p = 0; p < shelf->part_count; p++) {
        const struct shelf_part *part = &shelf->parts[p];
        for (size_t s = 0; s < part->text.sentence_count; s++)
            for (size_t i = part->text.sentences[s].first; i < part->text.sentences[s].end; i++)
                if (part->text.stems[i] != 0) {
                    uint32_t to = ends[part->text.stems[i] % BUCKETS]++;
                    shelf->entry_stems[to] = part->text.stems[i];
                    shelf->entry_at[to] = part->first_sentence + (uint32_t)s;
                }
    }
    shelf->bucket_ends = ends;
    return OK;
}

static bool stem_repeats(const struct shelf_text *text, const struct shelf_sentence *sentence,
                         size_t word)
{
    for (size_t i = sentence->first; i < word; i++)
        if (text->stems[i] == text->stems[word])
            return true;
    return false;
}

/* Who says it and where is the story's own. */
static bool is_of_saying(struct bytes key)
{
    return word_is_among(key, "according cable cables telegram telegrams memo memorandum document "
                              "documents embassy wrote writes reported reports noted notes added "
                              "warned said says e-mail email dispatch assessment asked told");
}

/* Words inside of traced quotations are the alignment's. */
static bool is_compared(const struct shelf *shelf, const struct shelf_sentence *sentence, size_t i)
{
    const struct said *said = &shelf->story.saying.at[i];
    return shelf->story.stems[i] != 0 && !is_of_saying(said->key) &&
           !stem_repeats(&shelf->story, sentence, i) &&
           !(sentence->has_quotation && run_is_quoted(shelf->run, said->start, said->end));
}

static enum status choose_words(struct shelf *shelf, struct fault *fault)
{
    shelf->compared = arena_alloc_many(shelf->run->arena, shelf->story.saying.count + 1, 1);
    if (shelf->compared == NULL)
        return no_memory(fault);
    for (size_t s = 0; s < shelf->story.sentence_count; s++) {
        const struct shelf_sentence *sentence = &shelf->story.sentences[s];
        for (size_t i = sentence->first; i < sentence->end; i++)
            shelf->compared[i] = is_compared(shelf, sentence, i);
    }
    return OK;
}

bool shelf_compares(const struct shelf *shelf, size_t word)
{
    return shelf->compared[word];
}

static enum status add_passages(struct shelf *shelf, struct fault *fault)
{
    size_t count = held_passages(shelf->run, 0, UINT32_MAX, NULL, 0);
    shelf->passages = arena_alloc_many(shelf->run->arena, count + 1, sizeof *shelf->passages);
    if (shelf->passages == NULL)
        return no_memory(fault);
    held_passages(shelf->run, 0, UINT32_MAX, shelf->passages, count);
    shelf->passage_count = count;
    return OK;
}

static enum status date_story(struct shelf *shelf, struct fault *fault)
{
    int year, month, day;
    struct run *run = shelf->run;
    shelf->written_on = story_written_on(run, &shelf->story.saying, &shelf->written_by);
    run->answer->date_from = shelf->written_by;
    if (shelf->written_on == INT32_MIN || run->answer->date.len > 0)
        return OK;
    date_from_days(shelf->written_on, &year, &month, &day);
    const char *date = arena_print(run->arena, "%04d-%02d-%02d", year, month, day);
    if (date == NULL)
        return no_memory(fault);
    run->answer->date = bytes_from_string(date);
    return OK;
}

enum status shelf_open(struct run *run, struct shelf **shelf, struct fault *fault)
{
    if (run->shelf != NULL) {
        *shelf = run->shelf;
        return OK;
    }
    struct shelf *made = arena_alloc(run->arena, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    *made = (struct shelf){ .run = run };
    TRY(add_story(made, fault));
    TRY(choose_words(made, fault));
    TRY(add_parts(made, fault));
    TRY(index_parts(made, fault));
    TRY(add_passages(made, fault));
    TRY(date_story(made, fault));
    run->shelf = made;
    *shelf = made;
    return OK;
}

double shelf_word_bits(struct shelf *shelf, size_t word)
{
    if (shelf->bits[word] == 0 && shelf->story.stems[word] != 0)
        shelf->bits[word] =
            (float)tracer_word_bits(shelf->run->tracer, shelf->story.saying.at[word].key);
    return shelf->bits[word];
}

const struct shelf_sentence *shelf_sentence_at(const struct shelf_text *text, uint32_t at)
{
    size_t low = 0, high = text->sentence_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (text->sentences[middle].stop <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < text->sentence_count ? &text->sentences[low] : NULL;
}

static const struct shelf_part *part_of(const struct shelf *shelf, uint32_t sentence)
{
    size_t at = shelf->part_count;
    while (at > 0 && shelf->parts[at - 1].first_sentence > sentence)
        at--;
    return &shelf->parts[at - 1];
}

static void insert(struct likeness *to, size_t *count, size_t room, struct likeness found)
{
    size_t at = *count < room ? (*count)++ : room;
    for (; at > 0 && to[at - 1].bits < found.bits; at--)
        if (at < room)
            to[at] = to[at - 1];
    if (at < room)
        to[at] = found;
}

static size_t first_passage(const struct shelf *shelf, uint32_t start)
{
    size_t low = 0, high = shelf->passage_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shelf->passages[middle].statement->start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Its document is one that a quotation of this or a neighbouring paragraph traced to. */
static bool is_beside(const struct shelf *shelf, const struct shelf_sentence *sentence,
                      const struct shelf_part *part)
{
    const struct story *story = &shelf->run->answer->story;
    size_t low = sentence->paragraph, high = sentence->paragraph + NEAR_PARAGRAPHS;
    if (sentence->paragraph >= story->paragraph_count)
        return false;
    low = low > NEAR_PARAGRAPHS ? low - NEAR_PARAGRAPHS : 0;
    high = high < story->paragraph_count ? high : story->paragraph_count - 1;
    uint32_t end = story->paragraphs[high].end;
    for (size_t i = first_passage(shelf, story->paragraphs[low].start);
         i < shelf->passage_count && shelf->passages[i].statement->start < end; i++)
        if (shelf->passages[i].document == part->held->document)
            return true;
    for (size_t i = 0; i < shelf->named_count; i++)
        if (shelf->named[i].document == part->held->document &&
            shelf->named[i].at >= story->paragraphs[low].start &&
            shelf->named[i].at < story->paragraphs[high].end)
            return true;
    return false;
}

bool shelf_shares(const struct shelf_part *part, const struct shelf_sentence *sentence,
                  uint32_t stem)
{
    for (size_t i = sentence->first; stem != 0 && i < sentence->end; i++)
        if (part->text.stems[i] == stem)
            return true;
    return false;
}

/* Add the word's bits to every sentence that holds it, once. */
static void score_word(struct shelf *shelf, uint32_t stem, float bits)
{
    uint32_t bucket = stem % BUCKETS, last = UINT32_MAX;
    uint32_t from = bucket == 0 ? 0 : shelf->bucket_ends[bucket - 1];
    for (uint32_t i = from; i < shelf->bucket_ends[bucket]; i++)
        if (shelf->entry_stems[i] == stem && shelf->entry_at[i] != last) {
            last = shelf->entry_at[i];
            shelf->scores[last] += bits;
        }
}

static uint32_t count_shared(const struct shelf *shelf, const struct shelf_sentence *sentence,
                             const struct likeness *likeness)
{
    uint32_t words = 0;
    for (size_t i = sentence->first; i < sentence->end; i++)
        words += shelf_compares(shelf, i) &&
                 shelf_shares(likeness->part, likeness->sentence, shelf->story.stems[i]);
    return words;
}

size_t shelf_likest(struct shelf *shelf, const struct shelf_sentence *sentence, struct likeness *to,
                    size_t room)
{
    size_t count = 0;
    double whole = 0;
    if (shelf->part_count == 0)
        return 0;
    for (size_t i = sentence->first; i < sentence->end; i++)
        if (shelf_compares(shelf, i)) {
            whole += shelf_word_bits(shelf, i);
            score_word(shelf, shelf->story.stems[i], (float)shelf_word_bits(shelf, i));
        }
    for (uint32_t i = 0; i < shelf->sentence_count; i++) {
        if (shelf->scores[i] > 0 && (count < room || shelf->scores[i] > to[room - 1].bits)) {
            const struct shelf_part *part = part_of(shelf, i);
            insert(to, &count, room,
                   (struct likeness){ .part = part,
                                      .sentence = &part->text.sentences[i - part->first_sentence],
                                      .bits = shelf->scores[i],
                                      .whole = whole });
        }
        shelf->scores[i] = 0;
    }
    for (size_t i = 0; i < count; i++) {
        to[i].words = count_shared(shelf, sentence, &to[i]);
        to[i].is_beside = is_beside(shelf, sentence, to[i].part);
    }
    return count;
}

enum status shelf_cite(struct shelf *shelf, const struct shelf_part *part, uint32_t start,
                       uint32_t end, struct cited *cited, struct fault *fault)
{
    return held_cite(shelf->run, part->held, start, end, cited, fault);
}

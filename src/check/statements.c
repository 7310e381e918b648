#include "check/statements.h"

#include "check/statements_add.h"
#include "mention/description.h"
#include "text/tokenize.h"

enum { LIKEST = 16, WORDS_MIN = 5, SHARED_MIN = 3, TICKS_MAX = 14, DESCRIPTION_REACH = 10 };
static const double offered_bits = 26;

/* One sentence, and the paragraph offered for it. */
struct offer {
    struct shelf *shelf;
    const struct shelf_sentence *sentence;
    const struct shelf_part *part;
    uint32_t start, end; /* of the paragraph */
    struct buffer ticked, missing;
};

static void offer_release(struct offer *offer)
{
    buffer_release(&offer->ticked);
    buffer_release(&offer->missing);
}

static void list_word(struct buffer *to, size_t *count, struct bytes word)
{
    if (++*count > TICKS_MAX)
        return;
    if (*count > 1)
        buffer_append_text(to, ", ");
    buffer_append_bytes(to, word);
}

static bool paragraph_holds(const struct offer *offer, uint32_t stem, struct bytes key)
{
    const struct shelf_text *text = &offer->part->text;
    size_t end = saying_find(&text->saying, offer->end);
    for (size_t i = saying_find(&text->saying, offer->start); i < end; i++)
        if ((stem != 0 && text->stems[i] == stem) || bytes_equal(text->saying.at[i].key, key))
            return true;
    return false;
}

/* Words that describe the document say nothing of what stands in it. */
static size_t description_end(const struct offer *offer, size_t at)
{
    const struct saying *saying = &offer->shelf->story.saying;
    struct description said;
    for (size_t noun = at; noun < offer->sentence->end && noun < at + DESCRIPTION_REACH; noun++)
        if (description_read(saying, noun, &said) && said.first <= at && said.last > at)
            return said.last;
    return at;
}

static void tick_words(struct offer *offer)
{
    const struct shelf_text *story = &offer->shelf->story;
    size_t ticked = 0, missing = 0;
    for (size_t i = offer->sentence->first; i < offer->sentence->end; i++) {
        size_t described = description_end(offer, i);
        if (described > i) {
            i = described - 1;
            continue;
        }
        const struct said *said = &story->saying.at[i];
        uint64_t number;
        bool is_number = (said->flags & TOKEN_NUMBER) != 0 && bytes_to_number(said->key, &number);
        if (!is_number && !shelf_compares(offer->shelf, i))
            continue;
        struct bytes word = bytes_slice(story->saying.text, said->start, said->end - said->start);
        if (paragraph_holds(offer, story->stems[i], said->key))
            list_word(&offer->ticked, &ticked, word);
        else
            list_word(&offer->missing, &missing, word);
    }
}

static size_t compared_words(struct shelf *shelf, const struct shelf_sentence *sentence)
{
    size_t words = 0;
    for (size_t i = sentence->first; i < sentence->end; i++)
        words += shelf_compares(shelf, i);
    return words;
}

/* Bits of the sentence's words that stand in the paragraph of a likeness. */
static double paragraph_bits(struct offer *offer)
{
    double bits = 0;
    for (size_t i = offer->sentence->first; i < offer->sentence->end; i++)
        if (shelf_compares(offer->shelf, i) &&
            paragraph_holds(offer, offer->shelf->story.stems[i], (struct bytes){ 0 }))
            bits += shelf_word_bits(offer->shelf, i);
    return bits;
}

static enum status add_offer(struct offer *offer, const struct likeness *best, struct fault *fault)
{
    tick_words(offer);
    TRY(buffer_check(&offer->ticked, fault));
    TRY(buffer_check(&offer->missing, fault));
    const char *said =
        arena_print(offer->shelf->run->arena, "there are %.*s%s%.*s", (int)offer->ticked.len,
                    offer->ticked.len > 0 ? (const char *)offer->ticked.at : "",
                    offer->missing.len > 0 ? "; not there: " : "", (int)offer->missing.len,
                    offer->missing.len > 0 ? (const char *)offer->missing.at : "");
    struct ruled ruled = { .kind = STATEMENT_ATTRIBUTED,
                           .start = offer->sentence->start,
                           .end = offer->sentence->stop,
                           .verdict = CHECK_READ_THIS,
                           .severity = STET_QUERY,
                           .message = said,
                           .part = offer->part,
                           .source_start = best->sentence->start,
                           .source_end = best->sentence->stop };
    return ruled_add(offer->shelf, &ruled, fault);
}

static enum status judge_sentence(struct shelf *shelf, const struct shelf_sentence *sentence,
                                  struct fault *fault)
{
    struct likeness likest[LIKEST];
    const struct likeness *best = NULL;
    double best_bits = 0;
    SCOPED(offer_release) struct offer offer = { .shelf = shelf, .sentence = sentence };
    size_t count = shelf_likest(shelf, sentence, likest, LIKEST);
    for (size_t i = 0; i < count; i++) {
        offer.part = likest[i].part;
        held_paragraph(offer.part->held, likest[i].sentence->start, &offer.start, &offer.end);
        double bits = 2 * paragraph_bits(&offer) + likest[i].bits + (likest[i].is_beside ? 6 : 0);
        if (likest[i].words >= SHARED_MIN && likest[i].bits >= offered_bits && bits > best_bits) {
            best = &likest[i];
            best_bits = bits;
        }
    }
    if (best == NULL)
        return run_add_finding(shelf->run, STATEMENT_ATTRIBUTED, sentence->start, sentence->stop,
                               CHECK_CANNOT_TELL, STET_NONE, "", NULL, fault);
    offer.part = best->part;
    held_paragraph(offer.part->held, best->sentence->start, &offer.start, &offer.end);
    return add_offer(&offer, best, fault);
}

enum status statements_judge(struct run *run, struct fault *fault)
{
    struct shelf *shelf = NULL;
    TRY(shelf_open(run, &shelf, fault));
    for (size_t i = 0; i < shelf->story.sentence_count; i++) {
        const struct shelf_sentence *sentence = &shelf->story.sentences[i];
        if (!sentence->gives_document || sentence->has_quotation ||
            compared_words(shelf, sentence) < WORDS_MIN)
            continue;
        TRY(judge_sentence(shelf, sentence, fault));
    }
    return OK;
}

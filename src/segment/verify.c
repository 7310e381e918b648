#include <stdlib.h>

#include "base/grow.h"
#include "segment/former.h"
#include "segment/inside.h"
#include "segment/order.h"
#include "text/span.h"

/* What a walk over all structures expects next. */
struct audit {
    const struct segment *segment;
    uint32_t *words;     /* of each part, in the body */
    uint32_t *furniture; /* the same, in furniture */
    uint64_t text_at, spans_at, marks_at, all_words;
    uint64_t list_at, positions_at;
    uint32_t *positions;
    size_t room;
};

static void audit_release(struct audit *audit)
{
    free(audit->words);
    free(audit->furniture);
    free(audit->positions);
}

static enum status check_pages(const struct segment *segment, struct fault *fault)
{
    for (uint64_t page = 0; page < segment_pages(segment); page++)
        TRY(segment_check_page(segment, page, fault));
    return OK;
}

static enum status check_spans(struct audit *audit, uint32_t part, struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_span_bytes(audit->segment, part, &record, &bytes, fault));
    struct cursor from = cursor_from_bytes(bytes);
    struct span span;
    uint32_t floor = 0;
    while (cursor_left(&from) > 0) {
        if (!span_decode(&from, record.shape.text_len, &span) || span.start < floor)
            return segment_broken(audit->segment, SECTION_SPANS, record.spans_at,
                                  "spans break their form", fault);
        floor = span.start;
    }
    audit->spans_at += bytes.len;
    return OK;
}

static enum status check_marks(struct audit *audit, uint32_t part, struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_mark_bytes(audit->segment, part, &record, &bytes, fault));
    struct cursor from = cursor_from_bytes(bytes);
    struct text_mark mark = { 0 };
    for (bool found = true; found;)
        TRY(mark_next(audit->segment, &record, &from, &mark, &found, fault));
    audit->marks_at += bytes.len;
    return OK;
}

static enum status check_part(struct audit *audit, uint32_t part, struct fault *fault)
{
    struct part_record record;
    TRY(segment_record(audit->segment, part, &record, fault));
    if (record.text_at != audit->text_at || record.spans_at != audit->spans_at ||
        record.marks_at != audit->marks_at)
        return segment_broken(audit->segment, SECTION_PARTS, (uint64_t)part * PART_RECORD,
                              "a part does not begin where the one before ends", fault);
    TRY(check_spans(audit, part, fault));
    TRY(check_marks(audit, part, fault));
    audit->text_at += record.shape.text_len;
    audit->all_words += record.shape.words;
    audit->words[part] = record.shape.words;
    audit->furniture[part] = record.furniture_words;
    return OK;
}

static enum status check_parts(struct audit *audit, struct fault *fault)
{
    const struct layout *layout = &audit->segment->layout;
    audit->words = calloc((size_t)layout->parts + 1, sizeof *audit->words);
    audit->furniture = calloc((size_t)layout->parts + 1, sizeof *audit->furniture);
    if (audit->words == NULL || audit->furniture == NULL)
        return no_memory(fault);
    for (uint32_t part = 0; part < layout->parts; part++)
        TRY(check_part(audit, part, fault));
    TRY(order_verify(audit->segment, fault));
    if (audit->text_at != layout->text_len || audit->all_words != layout->words ||
        audit->spans_at != layout->sections[SECTION_SPANS].len ||
        audit->marks_at != layout->sections[SECTION_MARKS].len)
        return segment_broken(audit->segment, SECTION_PARTS, 0,
                              "the parts do not add up to the segment", fault);
    return OK;
}

static uint32_t position_bound(const struct audit *audit, struct bytes key, uint32_t part)
{
    if (key.at[0] >= 0x20)
        return audit->words[part];
    return key.at[0] == 1 ? audit->furniture[part] : INT32_MAX;
}

/* The positions of the part where the list stands: in order and inside the part. */
static enum status check_positions(struct audit *audit, struct postings *postings, uint32_t bound,
                                   struct fault *fault)
{
    if (audit->room < postings->count && !grow_items((void **)&audit->positions, &audit->room,
                                                     postings->count, sizeof *audit->positions))
        return no_memory(fault);
    TRY(postings_positions(postings, audit->positions, postings->count, fault));
    if (audit->positions[postings->count - 1] >= bound)
        return segment_broken(audit->segment, SECTION_POSTINGS, postings->term.list_at,
                              "a position behind the end of its part", fault);
    return OK;
}

/* What a list says it can score at most, and what it does. */
struct score {
    uint32_t most, fewest;
    struct impact_tally impacts;
};

static void score_begin(struct score *score)
{
    score->most = 0;
    score->fewest = UINT32_MAX;
    impact_tally_begin(&score->impacts);
}

static bool impacts_hold(const struct postings *postings, struct score *block)
{
    SCOPED(buffer_release) struct buffer made = { 0 };
    impact_tally_put(&block->impacts, &made);
    if (made.failed || made.len != IMPACT_BYTES)
        return false;
    return memcmp(made.at,
                  postings->skips.at + (size_t)(postings->block - 1) * SKIP_RECORD +
                      SKIP_IMPACTS_AT,
                  IMPACT_BYTES) == 0;
}

static bool bounds_hold(const struct postings *postings, struct score *block)
{
    if (postings->term.has_impacts)
        return impacts_hold(postings, block);
    struct postings_skip skip = postings_skip_at(postings, postings->block - 1);
    uint32_t fewest = block->fewest < SKIP_MOST ? block->fewest : SKIP_MOST;
    uint32_t most = block->most < SKIP_MOST ? block->most : UINT32_MAX;
    return skip.most == most && skip.fewest == fewest;
}

/* At the last part of a block: its positions end where its run does, its bounds are those of its
 * parts. */
static enum status check_block_end(struct postings *postings, struct score *block,
                                   struct score *list, struct fault *fault)
{
    enum term_form form = (enum term_form)postings->term.form;
    bool is_good = true;
    if (form == TERM_FORMER) {
        struct cursor rest = postings->former;
        for (uint32_t i = 0; i < postings->count; i++)
            cursor_varint32(&rest);
        is_good = !rest.bad && cursor_left(&rest) == 0;
    } else if (form != TERM_SINGLE) {
        struct rice rest = postings->positions;
        is_good = rice_skip(&rest, postings->count) && run_is_filled(rice_end(&rest), rest.end / 8);
    }
    if (form == TERM_LONG)
        is_good = is_good && bounds_hold(postings, block);
    list->most = block->most > list->most ? block->most : list->most;
    list->fewest = block->fewest < list->fewest ? block->fewest : list->fewest;
    score_begin(block);
    return is_good ? OK
                   : segment_broken(postings->segment, SECTION_POSTINGS, postings->term.list_at,
                                    "a block of postings contradicts its head", fault);
}

static enum status check_parts_of(struct audit *audit, const struct term_walk *walk,
                                  struct score *list, uint64_t *occurrences, uint64_t *parts,
                                  struct fault *fault)
{
    struct postings postings;
    struct score block;
    score_begin(&block);
    TRY(postings_begin(&postings, audit->segment, &walk->term, fault));
    for (;;) {
        TRY(postings_next(&postings, fault));
        if (postings.part == POSTINGS_END)
            return OK;
        ++*parts;
        *occurrences += postings.count;
        TRY(check_positions(audit, &postings, position_bound(audit, walk->key, postings.part),
                            fault));
        uint32_t words = audit->words[postings.part];
        impact_tally_add(&block.impacts, postings.count, words);
        block.most = postings.count > block.most ? postings.count : block.most;
        block.fewest = words < block.fewest ? words : block.fewest;
        if (postings.in_block + 1 == postings.filled)
            TRY(check_block_end(&postings, &block, list, fault));
    }
}

static enum status check_list(struct audit *audit, const struct term_walk *walk,
                              struct fault *fault)
{
    const struct term *term = &walk->term;
    struct score list;
    score_begin(&list);
    uint64_t occurrences = 0, parts = 0;
    bool has_list = term->form != TERM_SINGLE;
    if (has_list && (term->list_at != audit->list_at ||
                     (term->form == TERM_LONG && term->positions_at != audit->positions_at)))
        return segment_broken(audit->segment, SECTION_POSTINGS, audit->list_at,
                              "a list does not begin where the one before ends", fault);
    audit->list_at += term->len;
    audit->positions_at += term->positions_len;
    TRY(check_parts_of(audit, walk, &list, &occurrences, &parts, fault));
    if (occurrences != term->occurrences || parts != term->parts || list.most > term->most ||
        list.fewest < term->fewest ||
        (term->form == TERM_LONG && (list.most != term->most || list.fewest != term->fewest)))
        return segment_broken(audit->segment, SECTION_POSTINGS, has_list ? term->list_at : 0,
                              "a list does not add up to its term", fault);
    return OK;
}

static enum status check_walk(struct audit *audit, struct term_walk *walk, struct fault *fault)
{
    uint8_t last[TERM_KEY_MAX];
    struct bytes before = { last, 0 };
    uint64_t block =
        walk->segment->layout.version == LAYOUT_FORMER ? FORMER_TERM_BLOCK : TERM_BLOCK;
    while (!walk->ended) {
        bool is_last = walk->next % block == 0 || walk->next == walk->limit;
        if (bytes_compare(before, walk->key) >= 0 || (is_last && cursor_left(&walk->rest) > 0))
            return segment_broken(audit->segment, SECTION_TERMS, 0, "terms out of order", fault);
        TRY(check_list(audit, walk, fault));
        memcpy(last, walk->key.at, walk->key.len);
        before.len = walk->key.len;
        TRY(term_walk_next(walk, fault));
    }
    return OK;
}

static enum status check_terms(struct audit *audit, struct fault *fault)
{
    struct term_walk walk;
    const struct extent *sections = audit->segment->layout.sections;
    TRY(term_walk_begin(&walk, audit->segment, (struct bytes){ 0 }, fault));
    TRY(check_walk(audit, &walk, fault));
    TRY(pair_walk_begin(&walk, audit->segment, fault));
    TRY(check_walk(audit, &walk, fault));
    if (audit->list_at != sections[SECTION_POSTINGS].len ||
        audit->positions_at != sections[SECTION_POSITIONS].len)
        return segment_broken(audit->segment, SECTION_POSTINGS, audit->list_at,
                              "postings of no term", fault);
    return OK;
}

static enum status check_text(const struct segment *segment, struct fault *fault)
{
    SCOPED(text_reader_release) struct text_reader reader = { .segment = segment };
    SCOPED(buffer_release) struct buffer text = { 0 };
    for (uint64_t at = 0; at < segment->layout.text_len; at += TEXT_BLOCK) {
        uint64_t left = segment->layout.text_len - at;
        buffer_clear(&text);
        TRY(text_reader_read(&reader, at, left < TEXT_BLOCK ? left : TEXT_BLOCK, &text, fault));
    }
    return OK;
}

enum status segment_verify(const struct segment *segment, bool text, struct fault *fault)
{
    SCOPED(audit_release) struct audit audit = { .segment = segment };
    TRY(check_pages(segment, fault));
    TRY(check_parts(&audit, fault));
    TRY(check_terms(&audit, fault));
    return text ? check_text(segment, fault) : OK;
}

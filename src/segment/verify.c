#include <stdlib.h>

#include "segment/inside.h"
#include "segment/postings.h"
#include "segment/order.h"
#include "text/span.h"

/* What a walk over all structures expects next. */
struct audit {
    const struct segment *segment;
    uint32_t *words;     /* of each part, in the body */
    uint32_t *furniture; /* the same, in furniture */
    uint64_t text_at, spans_at, marks_at, all_words;
    uint64_t list_at;
};

static void audit_release(struct audit *audit)
{
    free(audit->words);
    free(audit->furniture);
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

/* The positions of the part where the list stands: in order, inside the part, and, for the last of
 * a block, to its end. */
static enum status check_positions(struct audit *audit, struct postings *postings, uint32_t bound,
                                   struct fault *fault)
{
    TRY(postings_positions(postings, NULL, 0, fault));
    struct cursor from = postings->positions;
    uint64_t floor = 0;
    for (uint32_t i = 0; i < postings->count && !from.bad && floor <= bound; i++)
        floor += (uint64_t)cursor_varint32(&from) + 1;
    bool is_last = postings->in_block + 1 == postings->filled;
    if (from.bad || floor > bound || (is_last && cursor_left(&from) > 0))
        return segment_broken(audit->segment, SECTION_POSTINGS, postings->at,
                              "positions break their form", fault);
    return OK;
}

static enum status check_list(struct audit *audit, const struct term_walk *walk,
                              struct fault *fault)
{
    struct postings postings;
    uint64_t occurrences = 0;
    if (walk->term.at != audit->list_at)
        return segment_broken(audit->segment, SECTION_POSTINGS, audit->list_at,
                              "a list does not begin where the one before ends", fault);
    audit->list_at += walk->term.len;
    TRY(postings_begin(&postings, audit->segment, &walk->term, fault));
    for (;;) {
        TRY(postings_next(&postings, fault));
        if (postings.part == POSTINGS_END)
            break;
        occurrences += postings.count;
        TRY(check_positions(audit, &postings, position_bound(audit, walk->key, postings.part),
                            fault));
    }
    if (occurrences != walk->term.occurrences)
        return segment_broken(audit->segment, SECTION_POSTINGS, walk->term.at,
                              "a list does not add up to its term", fault);
    return OK;
}

static enum status check_terms(struct audit *audit, struct fault *fault)
{
    struct term_walk walk;
    uint8_t last[TERM_KEY_MAX];
    struct bytes before = { last, 0 };
    TRY(term_walk_begin(&walk, audit->segment, before, fault));
    while (!walk.ended) {
        if (bytes_compare(before, walk.key) >= 0 ||
            (walk.next % TERM_BLOCK == 0 && cursor_left(&walk.rest) > 0))
            return segment_broken(audit->segment, SECTION_TERMS, 0, "terms out of order", fault);
        TRY(check_list(audit, &walk, fault));
        memcpy(last, walk.key.at, walk.key.len);
        before.len = walk.key.len;
        TRY(term_walk_next(&walk, fault));
    }
    if (audit->list_at != audit->segment->layout.sections[SECTION_POSTINGS].len)
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

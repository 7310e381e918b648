#include "search/view_part.h"

#include "base/grow.h"

void view_part_release(struct view_part *part)
{
    buffer_release(&part->text);
    free(part->outlines);
    free(part->hits);
    part->outlines = NULL;
    part->hits = NULL;
}

static bool is_blank(uint8_t letter)
{
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r' || letter == '\f';
}

/* Blank runs make no block, unless they are a paragraph: its number may be cited. */
static enum status add(struct view_part *part, struct view_outline outline, struct fault *fault)
{
    const uint8_t *text = part->text.at;
    while (outline.start < outline.end && is_blank(text[outline.start]))
        outline.start++;
    while (outline.end > outline.start && is_blank(text[outline.end - 1]))
        outline.end--;
    if (outline.start == outline.end && outline.paragraph == NULL)
        return OK;
    if (!GROW(part->outlines, part->outline_room, part->outline_count))
        return no_memory(fault);
    part->outlines[part->outline_count++] = outline;
    return OK;
}

/* Where a run of text that nobody divided is cut: at a blank line, or when it grows long at a line
 * end, or between characters. */
static uint32_t run_end(const struct view_part *part, uint32_t start, uint32_t end)
{
    const uint8_t *text = part->text.at;
    uint32_t line = 0;
    for (uint32_t at = start; at + 1 < end; at++) {
        if (text[at] == '\n' && text[at + 1] == '\n' && at > start)
            return at + 1;
        if (text[at] == '\n')
            line = at + 1;
        if (at - start < VIEW_RUN_MAX)
            continue;
        if (line > start + VIEW_RUN_MAX / 2)
            return line;
        while (at > start + 1 && (text[at] & 0xC0) == 0x80)
            at--;
        return at;
    }
    return end;
}

static enum status add_run(struct view_part *part, enum stet_block_kind kind, uint32_t start,
                           uint32_t end, struct fault *fault)
{
    if (kind != STET_BLOCK_BODY)
        return add(part, (struct view_outline){ kind, start, end, NULL, 0 }, fault);
    while (start < end) {
        uint32_t cut = run_end(part, start, end);
        TRY(add(part, (struct view_outline){ kind, start, cut, NULL, 0 }, fault));
        start = cut;
    }
    return OK;
}

static bool kind_from_span(const struct span *span, enum stet_block_kind *kind)
{
    if (span->kind != SPAN_HEAD && span->kind != SPAN_HEADING && span->kind != SPAN_FURNITURE)
        return false;
    *kind = span->kind == SPAN_HEAD      ? STET_BLOCK_HEAD
            : span->kind == SPAN_HEADING ? STET_BLOCK_HEADING
                                         : STET_BLOCK_FURNITURE;
    return true;
}

/* What stands between paragraphs, by the spans that begin there; neighbours of one kind with
 * nothing but blanks between are one run. */
struct between {
    struct view_part *part;
    size_t next_span;
    enum stet_block_kind kind;
    uint32_t start, end; /* of the run in hand; start == end: none */
};

static enum status end_run(struct between *between, struct fault *fault)
{
    uint32_t start = between->start, end = between->end;
    between->start = between->end;
    return start < end ? add_run(between->part, between->kind, start, end, fault) : OK;
}

static bool is_blank_between(const struct view_part *part, uint32_t start, uint32_t end)
{
    while (start < end && is_blank(part->text.at[start]))
        start++;
    return start == end;
}

static enum status put_run(struct between *between, enum stet_block_kind kind, uint32_t start,
                           uint32_t end, struct fault *fault)
{
    if (start >= end || is_blank_between(between->part, start, end))
        return OK;
    bool goes_on = between->start < between->end && between->kind == kind;
    if (!goes_on) {
        TRY(end_run(between, fault));
        between->start = start;
    }
    between->kind = kind;
    between->end = end;
    return OK;
}

static enum status fill_between(struct between *between, uint32_t start, uint32_t end,
                                struct fault *fault)
{
    struct view_part *part = between->part;
    uint32_t at = start;
    between->start = between->end = start;
    while (between->next_span < part->span_count && part->spans[between->next_span].start < end) {
        const struct span *span = &part->spans[between->next_span++];
        enum stet_block_kind kind;
        uint32_t last = span->end < end ? span->end : end;
        if (!kind_from_span(span, &kind) || span->start < at || last <= at)
            continue;
        TRY(put_run(between, STET_BLOCK_BODY, at, span->start, fault));
        TRY(put_run(between, kind, span->start, last, fault));
        at = last;
    }
    TRY(put_run(between, STET_BLOCK_BODY, at, end, fault));
    return end_run(between, fault);
}

static enum stet_block_kind kind_of_paragraph(const struct view_part *part,
                                              const struct span *paragraph)
{
    if (span_covering(part->spans, part->span_count, SPAN_VOICE, paragraph->start) != NULL)
        return STET_BLOCK_VOICE;
    const struct span *heading =
        span_covering(part->spans, part->span_count, SPAN_HEADING, paragraph->start);
    return heading != NULL && heading->end >= paragraph->end ? STET_BLOCK_HEADING : STET_BLOCK_BODY;
}

static enum status outline(struct view_part *part, struct fault *fault)
{
    struct between between = { .part = part };
    uint32_t at = 0, ordinal = 0, len = (uint32_t)part->text.len;
    for (size_t i = 0; i < part->span_count; i++) {
        const struct span *span = &part->spans[i];
        if (span->kind != SPAN_PARAGRAPH)
            continue;
        ordinal++;
        if (span->start < at || span->end > len)
            continue;
        TRY(fill_between(&between, at, span->start, fault));
        TRY(add(part,
                (struct view_outline){ kind_of_paragraph(part, span), span->start, span->end, span,
                                       ordinal },
                fault));
        at = span->end;
    }
    return fill_between(&between, at, len, fault);
}

enum status view_part_read(const struct segment *segment, uint32_t number, struct view_part *part,
                           struct fault *fault)
{
    TRY(segment_spans(segment, number, part->arena, &part->spans, &part->span_count, fault));
    TRY(segment_text(segment, number, 0, UINT32_MAX, &part->text, fault));
    return outline(part, fault);
}

/* The page printed so, else the page of that ordinal. */
static const struct span *page_of(const struct view_part *part, uint32_t number)
{
    const struct span *ordinal = NULL;
    uint32_t pages = 0;
    for (size_t i = 0; i < part->span_count; i++) {
        const struct span *span = &part->spans[i];
        uint64_t printed;
        if (span->kind != SPAN_PAGE)
            continue;
        if (bytes_to_number(span->value, &printed) && printed == number)
            return span;
        if (++pages == number)
            ordinal = span;
    }
    return ordinal;
}

size_t view_part_asked(const struct view_part *part, const struct address *address)
{
    const struct span *asked = address->kind == ADDRESS_PAGE
                                   ? page_of(part, address->number)
                                   : paragraph_of_address(part->spans, part->span_count, address);
    bool is_page = address->kind == ADDRESS_PAGE;
    for (size_t i = 0; asked != NULL && i < part->outline_count; i++) {
        if (part->outlines[i].paragraph == asked)
            return i;
        if (is_page && part->outlines[i].end > asked->start)
            return i;
    }
    return SIZE_MAX;
}

static bool holds_hit(const struct view_part *part, const struct view_outline *outline_of)
{
    size_t low = 0, high = part->hit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (part->hits[middle].end <= outline_of->start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < part->hit_count && part->hits[low].start < outline_of->end;
}

void view_part_neighbours(const struct view_part *part, size_t first, size_t end, size_t *before,
                          size_t *after)
{
    *before = *after = SIZE_MAX;
    for (size_t i = first; i-- > 0 && *before == SIZE_MAX;)
        if (holds_hit(part, &part->outlines[i]))
            *before = i;
    for (size_t i = end; i < part->outline_count && *after == SIZE_MAX; i++)
        if (holds_hit(part, &part->outlines[i]))
            *after = i;
}

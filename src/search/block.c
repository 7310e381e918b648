#include "search/block.h"

#include "text/clean.h"

enum { FIRST_SHOWN = 4, BARE_BYTES = 1500 };

struct sheet {
    struct arena *arena;
    struct buffer text;
    struct span *spans;
    size_t span_count;
    size_t next_span; /* blocks ascend: spans before it are done */
    struct blocks *blocks;
};

/* The first span that begins at `start` or behind it. */
static size_t spans_from(struct sheet *sheet, uint32_t start)
{
    while (sheet->next_span < sheet->span_count && sheet->spans[sheet->next_span].start < start)
        sheet->next_span++;
    return sheet->next_span;
}

static const char *marking_of(struct sheet *sheet, const struct span *paragraph)
{
    for (size_t i = spans_from(sheet, paragraph->start);
         i < sheet->span_count && sheet->spans[i].start < paragraph->end; i++)
        if (sheet->spans[i].kind == SPAN_PORTION)
            return clean_line(sheet->arena, sheet->spans[i].value);
    return "";
}

/* Text with a note behind every run that somebody withheld. */
static void print_text(struct sheet *sheet, uint32_t start, uint32_t end, struct buffer *to)
{
    struct bytes text = buffer_bytes(&sheet->text);
    struct cleaner cleaner = cleaner_begin(to, false);
    for (size_t i = spans_from(sheet, start); i < sheet->span_count && sheet->spans[i].start < end;
         i++) {
        const struct span *span = &sheet->spans[i];
        if (span->kind != SPAN_WITHHELD || span->start < start || span->end > end)
            continue;
        cleaner_add(&cleaner, bytes_slice(text, start, span->end - start));
        buffer_append_text(to, span->value.len > 0 ? " [withheld: " : " [withheld");
        struct cleaner note = cleaner_begin(to, true);
        cleaner_add(&note, span->value);
        buffer_append_text(to, "]");
        start = span->end;
    }
    if (start < end)
        cleaner_add(&cleaner, bytes_slice(text, start, end - start));
}

static const char *label_of(const struct sheet *sheet, const struct span *paragraph, size_t ordinal)
{
    SCOPED(buffer_release) struct buffer label = { 0 };
    if (paragraph == NULL)
        return "";
    if (paragraph->value.len == 0)
        buffer_print(&label, "n%zu", ordinal);
    else
        paragraph_label(sheet->spans, sheet->span_count, paragraph->start, &label);
    return clean_line(sheet->arena, buffer_bytes(&label));
}

/* The ordinal counts paragraphs from 1; paragraph may be NULL. Blank runs make no block. */
static enum status add_block(struct sheet *sheet, uint32_t start, uint32_t end,
                             const struct span *paragraph, size_t ordinal, bool is_asked,
                             struct fault *fault)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    print_text(sheet, start, end, &text);
    TRY(buffer_check(&text, fault));
    struct bytes trimmed = bytes_trim(buffer_bytes(&text));
    if (trimmed.len == 0 && !is_asked)
        return OK;
    struct block *block = &sheet->blocks->at[sheet->blocks->count++];
    block->text = arena_string(sheet->arena, trimmed);
    block->label = label_of(sheet, paragraph, ordinal);
    block->marking = paragraph != NULL ? marking_of(sheet, paragraph) : "";
    block->is_asked = is_asked;
    return block->text == NULL ? no_memory(fault) : OK;
}

/* The page printed so, else the page of that ordinal. */
static const struct span *page_of(const struct sheet *sheet, uint32_t number)
{
    const struct span *ordinal = NULL;
    uint32_t pages = 0;
    for (size_t i = 0; i < sheet->span_count; i++) {
        const struct span *span = &sheet->spans[i];
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

static size_t paragraphs_of(const struct sheet *sheet, const struct span **paragraphs)
{
    size_t count = 0;
    for (size_t i = 0; i < sheet->span_count; i++)
        if (sheet->spans[i].kind == SPAN_PARAGRAPH)
            paragraphs[count++] = &sheet->spans[i];
    return count;
}

static enum status add_paragraphs(struct sheet *sheet, const struct span **paragraphs, size_t first,
                                  size_t end, const struct span *asked, struct fault *fault)
{
    for (size_t i = first; i < end; i++)
        TRY(add_block(sheet, paragraphs[i]->start, paragraphs[i]->end, paragraphs[i], i + 1,
                      paragraphs[i] == asked, fault));
    return OK;
}

static enum status add_asked(struct sheet *sheet, const struct address *address,
                             const struct span **paragraphs, size_t count, struct fault *fault)
{
    if (address->kind == ADDRESS_PAGE) {
        const struct span *page = page_of(sheet, address->number);
        sheet->blocks->is_found = page != NULL;
        return page != NULL ? add_block(sheet, page->start, page->end, NULL, 0, true, fault) : OK;
    }
    const struct span *asked = paragraph_of_address(sheet->spans, sheet->span_count, address);
    size_t at = 0;
    while (at < count && paragraphs[at] != asked)
        at++;
    sheet->blocks->is_found = at < count;
    if (at == count)
        return OK;
    sheet->blocks->left = count - (at > 0) - 1 - (at + 1 < count);
    return add_paragraphs(sheet, paragraphs, at > 0 ? at - 1 : 0, at + 2 < count ? at + 2 : count,
                          asked, fault);
}

static enum status add_first(struct sheet *sheet, const struct span **paragraphs, size_t count,
                             struct fault *fault)
{
    size_t shown = count < FIRST_SHOWN ? count : FIRST_SHOWN;
    uint32_t len = (uint32_t)sheet->text.len;
    sheet->blocks->left = count - shown;
    if (count > 0)
        return add_paragraphs(sheet, paragraphs, 0, shown, NULL, fault);
    uint32_t end = len < BARE_BYTES ? len : BARE_BYTES;
    while (end < len && end > 0 && (sheet->text.at[end] & 0xC0) == 0x80)
        end--;
    sheet->blocks->left = end < len;
    return add_block(sheet, 0, end, NULL, 0, false, fault);
}

static enum status add_everything(struct sheet *sheet, const struct span **paragraphs, size_t count,
                                  struct fault *fault)
{
    uint32_t at = 0;
    for (size_t i = 0; i < count; i++) {
        if (paragraphs[i]->start < at)
            continue;
        TRY(add_block(sheet, at, paragraphs[i]->start, NULL, 0, false, fault));
        TRY(add_block(sheet, paragraphs[i]->start, paragraphs[i]->end, paragraphs[i], i + 1, false,
                      fault));
        at = paragraphs[i]->end;
    }
    return add_block(sheet, at, (uint32_t)sheet->text.len, NULL, 0, false, fault);
}

static enum status fill_sheet(struct sheet *sheet, enum block_choice choice,
                              const struct address *address, struct fault *fault)
{
    const struct span **paragraphs =
        arena_alloc_many(sheet->arena, sheet->span_count + 1, sizeof *paragraphs);
    sheet->blocks->at =
        arena_alloc_many(sheet->arena, 2 * sheet->span_count + 2, sizeof *sheet->blocks->at);
    if (paragraphs == NULL || sheet->blocks->at == NULL)
        return no_memory(fault);
    size_t count = paragraphs_of(sheet, paragraphs);
    switch (choice) {
    case BLOCKS_ASKED:
        return add_asked(sheet, address, paragraphs, count, fault);
    case BLOCKS_FIRST:
        return add_first(sheet, paragraphs, count, fault);
    case BLOCKS_ALL:
        return add_everything(sheet, paragraphs, count, fault);
    }
    return OK;
}

enum status blocks_make(const struct snapshot *snapshot, uint64_t document, uint32_t part,
                        enum block_choice choice, const struct address *address,
                        struct arena *arena, struct blocks *blocks, struct fault *fault)
{
    struct sheet sheet = { .arena = arena, .blocks = blocks };
    size_t index;
    uint32_t number;
    *blocks = (struct blocks){ 0 };
    TRY(snapshot_locate(snapshot, document, part, &index, &number, fault));
    const struct segment *segment = snapshot_segment(snapshot, index);
    TRY(segment_spans(segment, number, arena, &sheet.spans, &sheet.span_count, fault));
    enum status filled = segment_text(segment, number, 0, UINT32_MAX, &sheet.text, fault);
    if (filled == OK)
        filled = fill_sheet(&sheet, choice, address, fault);
    buffer_release(&sheet.text);
    return filled;
}

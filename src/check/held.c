#include "check/held.h"

#include "check/cite.h"

static enum status open_part(struct run *run, struct held *held, struct fault *fault)
{
    struct span *spans = NULL;
    SCOPED(buffer_release) struct buffer text = { 0 };
    TRY(snapshot_text(run->snapshot, held->segment, held->number, &text, fault));
    TRY(buffer_check(&text, fault));
    held->text = arena_copy(run->arena, buffer_bytes(&text));
    held->shown = arena_copy(run->arena, buffer_bytes(&text));
    if (held->text.at == NULL || held->shown.at == NULL)
        return no_memory(fault);
    TRY(snapshot_spans(run->snapshot, held->segment, held->number, run->arena, &spans,
                       &held->span_count, fault));
    held->spans = spans;
    uint8_t *shown = (uint8_t *)held->shown.at;
    for (size_t i = 0; i < held->span_count; i++)
        if (spans[i].kind == SPAN_FURNITURE && spans[i].end <= held->text.len)
            memset(shown + spans[i].start, ' ', spans[i].end - spans[i].start);
    return OK;
}

enum status held_part(struct run *run, uint64_t document, uint32_t part, const struct held **held,
                      struct fault *fault)
{
    *held = NULL;
    for (const struct held *at = run->held; at != NULL; at = at->next)
        if (at->document == document && at->part == part) {
            *held = at;
            return OK;
        }
    struct held *made = arena_alloc(run->arena, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    *made = (struct held){ .document = document, .part = part };
    enum status located =
        snapshot_locate(run->snapshot, document, part, &made->segment, &made->number, fault);
    if (located == NOT_FOUND)
        return OK;
    TRY(located);
    if (run->held_bytes > HELD_BYTES_MAX) {
        run->held_is_cut = true;
        return OK;
    }
    TRY(open_part(run, made, fault));
    run->held_bytes += made->text.len;
    made->next = run->held;
    run->held = made;
    *held = made;
    return OK;
}

size_t held_passages(const struct run *run, uint32_t start, uint32_t end, struct held_passage *to,
                     size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < run->answer->count; i++) {
        const struct statement *statement = &run->answer->statements[i];
        if (statement->kind != STATEMENT_QUOTATION || statement->start < start ||
            statement->start >= end)
            continue;
        for (size_t k = 0; k < statement->cited_count; k++) {
            const struct cited *cited = &statement->cited[k];
            if (count < room)
                to[count] = (struct held_passage){ cited->document, cited->part, cited->start,
                                                   cited->end, statement };
            count++;
        }
    }
    return count;
}

size_t held_documents(const struct run *run, uint64_t *to, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < run->answer->count; i++) {
        const struct statement *statement = &run->answer->statements[i];
        if (statement->kind != STATEMENT_QUOTATION)
            continue;
        for (size_t k = 0; k < statement->cited_count; k++) {
            size_t at = 0;
            while (at < count && to[at] != statement->cited[k].document)
                at++;
            if (at == count && count < room)
                to[count++] = statement->cited[k].document;
        }
    }
    return count;
}

static bool is_blank_line_at(struct bytes text, size_t at)
{
    if (at + 1 >= text.len || text.at[at] != '\n')
        return false;
    size_t next = at + 1;
    while (next < text.len && (text.at[next] == ' ' || text.at[next] == '\r'))
        next++;
    return next < text.len && text.at[next] == '\n';
}

void held_paragraph(const struct held *held, uint32_t at, uint32_t *start, uint32_t *end)
{
    const struct span *paragraph = span_covering(held->spans, held->span_count, SPAN_PARAGRAPH, at);
    if (paragraph != NULL) {
        *start = paragraph->start;
        *end = paragraph->end;
        return;
    }
    size_t low = at < held->text.len ? at : held->text.len, high = low;
    while (low > 0 && !is_blank_line_at(held->text, low - 1))
        low--;
    while (high < held->text.len && !is_blank_line_at(held->text, high))
        high++;
    *start = (uint32_t)low;
    *end = (uint32_t)high;
}

enum status held_cite(struct run *run, const struct held *held, uint32_t start, uint32_t end,
                      struct cited *cited, struct fault *fault)
{
    struct passage passage = { .document = held->document,
                               .part = held->part,
                               .segment = held->segment,
                               .number = held->number,
                               .start = start,
                               .end = end,
                               .text = bytes_slice(held->text, start, end - start) };
    return cite(run->snapshot, &passage, run->arena, cited, fault);
}

#include "readers/text_part.h"

#include <stdio.h>

#include "record/document.h"

/* How far back from the longest part a better place to cut is looked for. */
enum { LINE_REACH = 1 << 20, BLANK_REACH = 64 << 10 };

static size_t last_byte(struct bytes text, size_t end, size_t reach, uint8_t value)
{
    for (size_t at = end; at > end - reach; at--)
        if (text.at[at - 1] == value)
            return at;
    return 0;
}

static size_t cut_place(struct bytes text)
{
    if (text.len <= PART_MAX)
        return text.len;
    size_t cut = last_byte(text, PART_MAX, LINE_REACH, '\n');
    if (cut == 0)
        cut = last_byte(text, PART_MAX, BLANK_REACH, ' ');
    if (cut > 0)
        return cut;
    cut = PART_MAX;
    while ((text.at[cut] & 0xC0) == 0x80)
        cut--;
    return cut;
}

static enum status begin(struct text_parts *parts, const struct document *document,
                         struct fault *fault)
{
    enum document_kind kind = document->kind == KIND_TEXT ? parts->kind : document->kind;
    TRY(sink_document(parts->sink, kind, (struct bytes){ 0 }, fault));
    for (size_t i = 0; i < document->fields.count; i++)
        TRY(sink_field(parts->sink, &document->fields.at[i], fault));
    for (size_t i = 0; i < parts->field_count; i++)
        if (!field_list_find(&document->fields, parts->fields[i].name))
            TRY(sink_field(parts->sink, &parts->fields[i], fault));
    parts->is_begun = true;
    return OK;
}

/* The markup knows its paragraphs better than blank lines do. */
static enum status replace_paragraphs(struct span_list *spans, const struct span_list *own,
                                      struct fault *fault)
{
    size_t kept = 0;
    for (size_t i = 0; i < spans->count; i++)
        if (spans->at[i].kind != SPAN_PARAGRAPH)
            spans->at[kept++] = spans->at[i];
    spans->count = kept;
    for (size_t i = 0; i < own->count; i++)
        TRY(span_list_add(spans, own->at[i], fault));
    return OK;
}

static enum status send_part(struct text_parts *parts, struct bytes text, struct document *document,
                             struct fault *fault)
{
    if (!parts->is_begun)
        TRY(begin(parts, document, fault));
    if (text.len == 0)
        return OK;
    if (parts->own)
        TRY(replace_paragraphs(&document->spans, parts->own, fault));
    span_list_sort(&document->spans);
    if (document->kind == KIND_SCAN)
        doubt_count(&parts->doubt, text, document->spans.at, document->spans.count);
    return sink_part(parts->sink, (struct bytes){ 0 }, text, document->spans.at,
                     document->spans.count, fault);
}

static enum status read_part(struct text_parts *parts, struct bytes text, struct fault *fault)
{
    struct arena arena = { 0 };
    struct document document = { 0 };
    enum status answer = document_read(text, parts->name, &arena, &document, fault);
    if (answer == OK)
        answer = send_part(parts, text, &document, fault);
    document_release(&document);
    arena_release(&arena);
    return answer;
}

enum status text_parts_flow(struct text_parts *parts, struct fault *fault)
{
    TRY(buffer_check(&parts->pending, fault));
    size_t sent = 0;
    while (parts->pending.len - sent > PART_MAX) {
        struct bytes rest = bytes_slice(buffer_bytes(&parts->pending), sent, SIZE_MAX);
        size_t cut = cut_place(rest);
        TRY(read_part(parts, bytes_slice(rest, 0, cut), fault));
        sent += cut;
        parts->own = NULL;
    }
    if (sent > 0)
        memmove(parts->pending.at, parts->pending.at + sent, parts->pending.len - sent);
    parts->pending.len -= sent;
    return OK;
}

static enum status end_in_doubt(const struct text_parts *parts, struct bytes reason,
                                struct fault *fault)
{
    char words[512];
    const struct doubt *doubt = &parts->doubt;
    int len = snprintf(words, sizeof words, "%.*s%s%llu %% of its words look misread",
                       (int)(reason.len < 256 ? reason.len : 256), (const char *)reason.at,
                       reason.len > 0 ? "; " : "",
                       (unsigned long long)(doubt->doubtful * 100 / doubt->words));
    return sink_document_end(parts->sink, VERDICT_DOUBTFUL, bytes_make(words, (size_t)len), fault);
}

enum status text_parts_end(struct text_parts *parts, enum verdict verdict, struct bytes reason,
                           struct fault *fault)
{
    TRY(text_parts_flow(parts, fault));
    if (parts->pending.len > 0 || !parts->is_begun)
        TRY(read_part(parts, buffer_bytes(&parts->pending), fault));
    if (verdict <= VERDICT_DOUBTFUL && doubt_is_noticeable(&parts->doubt))
        return end_in_doubt(parts, reason, fault);
    return sink_document_end(parts->sink, verdict, reason, fault);
}

void text_parts_release(struct text_parts *parts)
{
    buffer_release(&parts->pending);
}

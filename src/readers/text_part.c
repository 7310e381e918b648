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

/* A file's properties say who printed a cable and when: they speak for plain text alone. */
static bool is_wanted(const struct field *field, const struct document *document)
{
    if (field->name == FIELD_ANOMALY)
        return true;
    if (field_list_find(&document->fields, field->name))
        return false;
    return document->kind == KIND_TEXT || field->basis == BASIS_STATED ||
           field->name == FIELD_CHARSET;
}

static enum status begin(struct text_parts *parts, const struct document *document,
                         struct fault *fault)
{
    enum document_kind kind = document->kind == KIND_TEXT ? parts->kind : document->kind;
    TRY(sink_document(parts->sink, kind, (struct bytes){ 0 }, fault));
    for (size_t i = 0; i < document->fields.count; i++)
        TRY(sink_field(parts->sink, &document->fields.at[i], fault));
    for (size_t i = 0; i < parts->field_count; i++)
        if (is_wanted(&parts->fields[i], document))
            TRY(sink_field(parts->sink, &parts->fields[i], fault));
    parts->is_begun = true;
    return OK;
}

/* What of `from` lies in the bytes from `start` on, counted from there. */
static enum status clip_spans(const struct span_list *from, size_t start, size_t len,
                              struct span_list *to, struct fault *fault)
{
    for (size_t i = 0; i < from->count; i++) {
        struct span span = from->at[i];
        if (span.end <= start || span.start >= start + len)
            continue;
        span.start = span.start > start ? span.start - (uint32_t)start : 0;
        span.end = span.end - start < len ? span.end - (uint32_t)start : (uint32_t)len;
        TRY(span_list_add(to, span, fault));
    }
    return OK;
}

static bool has_kind(const struct span_list *list, enum span_kind kind)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->at[i].kind == kind)
            return true;
    return false;
}

static void drop_kind(struct span_list *spans, enum span_kind kind)
{
    size_t kept = 0;
    for (size_t i = 0; i < spans->count; i++)
        if (spans->at[i].kind != kind)
            spans->at[kept++] = spans->at[i];
    spans->count = kept;
}

/* Spans of one kind must not overlap: furniture that record/ knows already is left to it. Both
 * sorted. */
static void drop_known_furniture(struct span_list *own, const struct span_list *known)
{
    size_t kept = 0, next = 0;
    uint32_t until = 0;
    for (size_t i = 0; i < own->count; i++) {
        for (; next < known->count && known->at[next].start < own->at[i].end; next++)
            if (known->at[next].kind == SPAN_FURNITURE && known->at[next].end > until)
                until = known->at[next].end;
        if (own->at[i].kind != SPAN_FURNITURE || own->at[i].start >= until)
            own->at[kept++] = own->at[i];
    }
    own->count = kept;
}

/* The markup knows its paragraphs better than blank lines do, but not those of a cable. */
static enum status merge_own(const struct text_parts *parts, size_t len, struct document *document,
                             struct fault *fault)
{
    struct span_list own = { 0 };
    enum status answer = clip_spans(parts->own, parts->sent, len, &own, fault);
    if (parts->own_yields && document->kind != KIND_TEXT)
        drop_kind(&own, SPAN_PARAGRAPH);
    else
        drop_kind(&document->spans, SPAN_PARAGRAPH);
    if (has_kind(&own, SPAN_PAGE))
        drop_kind(&document->spans, SPAN_PAGE);
    span_list_sort(&own);
    drop_known_furniture(&own, &document->spans);
    for (size_t i = 0; answer == OK && i < own.count; i++)
        answer = span_list_add(&document->spans, own.at[i], fault);
    span_list_release(&own);
    return answer;
}

static enum status send_part(struct text_parts *parts, struct bytes text, struct document *document,
                             struct fault *fault)
{
    if (!parts->is_begun)
        TRY(begin(parts, document, fault));
    if (text.len == 0)
        return OK;
    if (parts->own)
        TRY(merge_own(parts, text.len, document, fault));
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
        parts->sent += cut;
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

enum status text_parts_rest(struct text_parts *parts, struct fault *fault)
{
    TRY(text_parts_flow(parts, fault));
    if (parts->pending.len > 0 || !parts->is_begun)
        TRY(read_part(parts, buffer_bytes(&parts->pending), fault));
    parts->sent += parts->pending.len;
    buffer_clear(&parts->pending);
    return OK;
}

enum status text_parts_end(struct text_parts *parts, enum verdict verdict, struct bytes reason,
                           struct fault *fault)
{
    TRY(text_parts_rest(parts, fault));
    if (verdict <= VERDICT_DOUBTFUL && doubt_is_noticeable(&parts->doubt))
        return end_in_doubt(parts, reason, fault);
    return sink_document_end(parts->sink, verdict, reason, fault);
}

void text_parts_release(struct text_parts *parts)
{
    buffer_release(&parts->pending);
}

static enum status send_run(struct sink *sink, struct bytes name, struct bytes run, size_t start,
                            const struct span_list *spans, struct fault *fault)
{
    struct span_list clipped = { 0 };
    enum status answer = clip_spans(spans, start, run.len, &clipped, fault);
    if (answer == OK)
        answer = sink_part(sink, name, run, clipped.at, clipped.count, fault);
    span_list_release(&clipped);
    return answer;
}

enum status text_part_send(struct sink *sink, struct bytes name, struct bytes text,
                           const struct span_list *spans, struct fault *fault)
{
    for (size_t start = 0; start < text.len;) {
        struct bytes rest = bytes_slice(text, start, SIZE_MAX);
        size_t len = cut_place(rest);
        TRY(send_run(sink, name, bytes_slice(rest, 0, len), start, spans, fault));
        start += len;
    }
    return OK;
}

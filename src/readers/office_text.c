#include "readers/office_text.h"

static void add_span(struct office_text *to, struct span span)
{
    struct fault fault;
    if (to->failed == OK)
        to->failed = span_list_add(&to->spans, span, &fault);
}

void office_paragraph_begin(struct office_text *to)
{
    to->is_open = true;
    to->start = (uint32_t)to->text.len;
}

void office_paragraph_end(struct office_text *to, enum span_kind mark, struct bytes value)
{
    if (!to->is_open)
        return;
    uint32_t end = (uint32_t)to->text.len, start = to->start;
    while (end > start && to->text.at[end - 1] <= ' ')
        end--;
    while (start < end && to->text.at[start] <= ' ')
        start++;
    if (end > start && mark != SPAN_PARAGRAPH)
        add_span(to, (struct span){ mark, start, end, value });
    if (end > start)
        add_span(to, (struct span){ SPAN_PARAGRAPH, start, end, { 0 } });
    if (to->text.len < OFFICE_TEXT_MAX)
        buffer_u8(&to->text, '\n');
    to->is_open = false;
}

void office_text_append(struct office_text *to, struct bytes text)
{
    if (text.len == 0)
        return;
    if (!to->is_open)
        office_paragraph_begin(to);
    if (text.len > OFFICE_TEXT_MAX || to->text.len > OFFICE_TEXT_MAX - text.len)
        to->is_cut = true;
    else
        buffer_append_bytes(&to->text, text);
}

void office_text_span(struct office_text *to, enum span_kind kind, size_t start, struct bytes value)
{
    if (to->text.len > start)
        add_span(to, (struct span){ kind, (uint32_t)start, (uint32_t)to->text.len, value });
}

void office_text_join(struct office_text *to, const struct office_text *from)
{
    uint32_t base = (uint32_t)to->text.len;
    if (from->text.len > OFFICE_TEXT_MAX - to->text.len) {
        to->is_cut = true;
        return;
    }
    buffer_append_bytes(&to->text, buffer_bytes(&from->text));
    for (size_t i = 0; i < from->spans.count; i++) {
        struct span span = from->spans.at[i];
        span.start += base;
        span.end += base;
        add_span(to, span);
    }
}

void office_text_release(struct office_text *text)
{
    buffer_release(&text->text);
    span_list_release(&text->spans);
}

#include "asked.h"

void asked_read(struct asked *asked, struct bytes text, const char *file_name)
{
    struct fault fault = { 0 };
    *asked = (struct asked){ .text = text };
    assert_int_equal(
        document_read(text, bytes_from_string(file_name), &asked->arena, &asked->document, &fault),
        OK);
    const struct span_list *spans = &asked->document.spans;
    for (size_t i = 0; i < spans->count; i++) {
        assert_true(spans->at[i].start <= spans->at[i].end && spans->at[i].end <= text.len);
        assert_true(i == 0 || spans->at[i - 1].start <= spans->at[i].start);
    }
}

void asked_release(struct asked *asked)
{
    document_release(&asked->document);
    arena_release(&asked->arena);
}

static const char *string(struct asked *asked, struct bytes bytes)
{
    return arena_string(&asked->arena, bytes);
}

static const struct field *field_at(struct asked *asked, enum field_name name, size_t n)
{
    const struct field_list *fields = &asked->document.fields;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->at[i].name == name && n-- == 0)
            return &fields->at[i];
    return NULL;
}

const char *asked_field(struct asked *asked, enum field_name name, size_t n)
{
    const struct field *field = field_at(asked, name, n);
    return field == NULL ? "" : string(asked, field->value);
}

enum field_basis asked_basis(struct asked *asked, enum field_name name)
{
    const struct field *field = field_at(asked, name, 0);
    assert_non_null(field);
    return field->basis;
}

size_t asked_count(struct asked *asked, enum span_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < asked->document.spans.count; i++)
        count += asked->document.spans.at[i].kind == kind;
    return count;
}

static const struct span *span_at(struct asked *asked, enum span_kind kind, size_t n)
{
    for (size_t i = 0; i < asked->document.spans.count; i++)
        if (asked->document.spans.at[i].kind == kind && n-- == 0)
            return &asked->document.spans.at[i];
    return NULL;
}

const char *asked_span(struct asked *asked, enum span_kind kind, size_t n)
{
    const struct span *span = span_at(asked, kind, n);
    return span == NULL
               ? ""
               : string(asked, bytes_slice(asked->text, span->start, span->end - span->start));
}

const char *asked_value(struct asked *asked, enum span_kind kind, size_t n)
{
    const struct span *span = span_at(asked, kind, n);
    return span == NULL ? "(none)" : string(asked, span->value);
}

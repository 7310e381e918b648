#include "record/document.h"

#include "record/blocks.h"
#include "record/record.h"

enum { STUB_MAX = 200 };

static struct bytes stem_of(struct bytes name)
{
    size_t start = name.len, end = name.len;
    while (start > 0 && name.at[start - 1] != '/')
        start--;
    for (size_t i = end; i > start + 1; i--)
        if (name.at[i - 1] == '.') {
            end = i - 1;
            break;
        }
    return bytes_trim(bytes_slice(name, start, end - start));
}

/* What is left of a page whose download failed. */
static bool stub_is(struct bytes text)
{
    static const char *const remnants[] = { "Appears in these articles",
                                            "404 Not Found",
                                            "403 Forbidden",
                                            "Access Denied",
                                            "Page not found",
                                            "502 Bad Gateway",
                                            "503 Service" };
    struct bytes trimmed = bytes_trim(text);
    if (trimmed.len == 0 || trimmed.len > STUB_MAX)
        return false;
    for (size_t i = 0; i < sizeof remnants / sizeof remnants[0]; i++)
        if (text_find_fold(trimmed, remnants[i], 0, trimmed.len) != SIZE_MAX)
            return true;
    return false;
}

static void stub_read(struct record *record)
{
    record_anomaly(record, "nothing but the remnant of a failed download");
    plain_read(record);
}

void plain_read(struct record *record)
{
    struct blocks blocks = { .record = record, .habits = BLOCKS_PLAIN };
    struct line line;
    for (uint32_t at = 0; line_read(record->text, at, &line); at = line.next) {
        if (line_is_empty(&line))
            blocks_blank(&blocks);
        else
            blocks_text(&blocks, &line);
    }
    blocks_break(&blocks);
}

static enum document_kind kind_of(struct bytes text)
{
    if (stub_is(text))
        return KIND_STUB;
    if (email_is(text))
        return KIND_EMAIL;
    if (scan_is(text))
        return KIND_SCAN;
    return cable_is(text) ? KIND_CABLE : KIND_TEXT;
}

static void alias_field(struct record *record)
{
    const struct field *number = field_list_find(&record->document->fields, FIELD_NUMBER);
    if (number == NULL || !bytes_equal(number->value, record->stem))
        record_field_from(record, FIELD_ALIAS, BASIS_FILE_NAME,
                          arena_copy(record->arena, record->stem), "");
}

static void read_kind(struct record *record, enum document_kind kind)
{
    switch (kind) {
    case KIND_CABLE:
        cable_read(record);
        break;
    case KIND_EMAIL:
        email_read(record);
        break;
    case KIND_SCAN:
        scan_read(record);
        break;
    case KIND_STUB:
        stub_read(record);
        break;
    case KIND_TEXT:
    case KIND_HTML:
    case KIND_STORY:
    case KIND_KINDS:
        plain_read(record);
        break;
    }
}

enum status document_read(struct bytes text, struct bytes file_name, struct arena *arena,
                          struct document *document, struct fault *fault)
{
    if (text.len > UINT32_MAX / 2)
        return fail(fault, OVER_LIMIT, "a part of %zu bytes is too long to read", text.len);
    struct document found = { .kind = kind_of(text) };
    struct record record = {
        .text = text, .stem = stem_of(file_name), .arena = arena, .document = &found, .fault = fault
    };
    read_kind(&record, found.kind);
    alias_field(&record);
    if (record.failed != OK) {
        document_release(&found);
        return record.failed;
    }
    span_list_sort(&found.spans);
    *document = found;
    return OK;
}

void document_release(struct document *document)
{
    field_list_release(&document->fields);
    span_list_release(&document->spans);
    *document = (struct document){ 0 };
}

#include "check/cite.h"

#include "search/label.h"
#include "text/place.h"
#include "text/sentence.h"

enum { READING_DIGITS = 12, CITE_AROUND = 400 };

/* Text and spans of a part, opened once for a citation. */
struct opened {
    struct bytes text;
    struct span *spans;
    size_t span_count;
};

static enum status open_part(const struct snapshot *snapshot, const struct passage *passage,
                             struct arena *arena, struct opened *opened, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    TRY(snapshot_text(snapshot, passage->segment, passage->number, &text, fault));
    TRY(buffer_check(&text, fault));
    opened->text = arena_copy(arena, buffer_bytes(&text));
    if (opened->text.at == NULL)
        return no_memory(fault);
    return snapshot_spans(snapshot, passage->segment, passage->number, arena, &opened->spans,
                          &opened->span_count, fault);
}

static enum status label_at(const struct opened *opened, uint32_t at, struct arena *arena,
                            struct bytes *label, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer made = { 0 };
    paragraph_label(opened->spans, opened->span_count, at, &made);
    *label = arena_copy(arena, buffer_bytes(&made));
    return made.failed || label->at == NULL ? no_memory(fault) : OK;
}

/* The portion mark printed at the head of the paragraph that covers `at`. */
static struct bytes marking_at(const struct opened *opened, uint32_t at)
{
    const struct span *paragraph =
        span_covering(opened->spans, opened->span_count, SPAN_PARAGRAPH, at);
    for (size_t i = 0; paragraph != NULL && i < opened->span_count; i++)
        if (opened->spans[i].kind == SPAN_PORTION && opened->spans[i].start >= paragraph->start &&
            opened->spans[i].end <= paragraph->end)
            return opened->spans[i].value;
    return (struct bytes){ 0 };
}

static bool is_furniture(const struct opened *opened, uint32_t at)
{
    return span_covering(opened->spans, opened->span_count, SPAN_FURNITURE, at) != NULL;
}

/* "It", "1." and "Comment:" lead into nothing. */
static bool is_lone(struct bytes words)
{
    return bytes_find_byte(words, ' ', 0) == SIZE_MAX &&
           bytes_find_byte(words, '\n', 0) == SIZE_MAX;
}

/* The words of the sentence before the passage; where it opens its sentence, the sentence before
 * that. */
static void find_lead_in(const struct opened *opened, const struct passage *passage,
                         struct cited *cited)
{
    uint32_t start, end, low = passage->start > 4000 ? passage->start - 4000 : 0;
    const struct span *paragraph =
        span_covering(opened->spans, opened->span_count, SPAN_PARAGRAPH, passage->start);
    if (paragraph != NULL && paragraph->start > low)
        low = paragraph->start;
    while (low < passage->start && is_furniture(opened, low))
        low++;
    sentence_around(opened->text, opened->spans, opened->span_count, low,
                    (uint32_t)opened->text.len, passage->start, &start, &end);
    struct bytes before = bytes_trim(
        bytes_slice(opened->text, start, passage->start > start ? passage->start - start : 0));
    if (is_lone(before) && start > low + 1) {
        sentence_around(opened->text, opened->spans, opened->span_count, low, start, start - 2,
                        &start, &end);
        before = bytes_trim(bytes_slice(opened->text, start, end - start));
        cited->lead_in_is_before = true;
    }
    cited->lead_in = is_lone(before) ? (struct bytes){ 0 } : before;
}

static enum status cite_document(const struct snapshot *snapshot, uint64_t document,
                                 struct arena *arena, struct cited *cited, struct fault *fault)
{
    struct document_row row;
    struct field_list fields;
    struct date_label date;
    const struct catalog *catalog = snapshot_catalog(snapshot);
    TRY(catalog_document(catalog, document, arena, &row, fault));
    TRY(catalog_fields(catalog, document, arena, &fields, fault));
    TRY(date_label_make(snapshot, document, &fields, arena, &date, fault));
    char *reading = arena_alloc(arena, 2 * HASH_LEN + 1);
    if (reading == NULL)
        return no_memory(fault);
    hex_from_bytes(bytes_make(row.text.at, HASH_LEN), reading);
    cited->document = document;
    cited->name = row.name;
    cited->reading = bytes_make(reading, READING_DIGITS);
    cited->date = bytes_from_string(date.text);
    cited->date_is_inferred = date.text[0] == '~';
    if (cited->date_is_inferred)
        cited->date = bytes_slice(cited->date, 1, cited->date.len);
    cited->date_from = bytes_from_string(date.basis);
    cited->origin = bytes_from_string(field_label(&fields, FIELD_ORIGIN, arena));
    if (cited->origin.len == 0)
        cited->origin = bytes_from_string(field_label(&fields, FIELD_FROM, arena));
    cited->class = bytes_from_string(field_label(&fields, FIELD_CLASS, arena));
    return OK;
}

/* The passage as a reader sees it: furniture blanked, every byte in its place. */
static enum status show_passage(const struct opened *opened, const struct passage *passage,
                                struct arena *arena, struct cited *cited, struct fault *fault)
{
    struct bytes literal = bytes_slice(opened->text, passage->start, passage->end - passage->start);
    struct bytes copy = arena_copy(arena, literal);
    if (copy.at == NULL)
        return no_memory(fault);
    uint8_t *shown = (uint8_t *)copy.at;
    for (size_t i = 0; i < opened->span_count; i++) {
        const struct span *span = &opened->spans[i];
        if (span->kind != SPAN_FURNITURE)
            continue;
        for (uint32_t at = span->start; at < span->end; at++)
            if (at >= passage->start && at < passage->end)
                shown[at - passage->start] = ' ';
    }
    cited->shown = copy;
    return OK;
}

static enum status keep(struct arena *arena, struct bytes *text, struct fault *fault)
{
    *text = arena_copy(arena, *text);
    return text->at == NULL ? no_memory(fault) : OK;
}

/* The part is opened in an arena of its own: only what is cited is kept. */
static enum status cite_passage(const struct snapshot *snapshot, const struct passage *passage,
                                struct arena *scratch, struct arena *arena, struct cited *cited,
                                struct fault *fault)
{
    struct opened opened = { 0 };
    TRY(open_part(snapshot, passage, scratch, &opened, fault));
    TRY(label_at(&opened, passage->start, arena, &cited->label, fault));
    cited->marking = marking_at(&opened, passage->start);
    find_lead_in(&opened, passage, cited);
    uint32_t low = passage->start > CITE_AROUND ? passage->start - CITE_AROUND : 0;
    cited->around = bytes_slice(opened.text, low, passage->end - low + CITE_AROUND);
    TRY(keep(arena, &cited->around, fault));
    TRY(keep(arena, &cited->marking, fault));
    TRY(keep(arena, &cited->lead_in, fault));
    return show_passage(&opened, passage, arena, cited, fault);
}

enum status cite(const struct snapshot *snapshot, const struct passage *passage,
                 struct arena *arena, struct cited *cited, struct fault *fault)
{
    SCOPED(arena_release) struct arena scratch = { 0 };
    *cited = (struct cited){ .part = passage->part,
                             .start = passage->start,
                             .end = passage->end,
                             .text = passage->text,
                             .before = passage->before,
                             .after = passage->after };
    TRY(cite_document(snapshot, passage->document, arena, cited, fault));
    return cite_passage(snapshot, passage, &scratch, arena, cited, fault);
}

enum status cite_place(const struct snapshot *snapshot, const struct passage *passage,
                       struct arena *arena, struct bytes *name, struct bytes *label,
                       struct fault *fault)
{
    SCOPED(arena_release) struct arena scratch = { 0 };
    struct opened opened = { 0 };
    struct document_row row;
    TRY(catalog_document(snapshot_catalog(snapshot), passage->document, &scratch, &row, fault));
    *name = row.name;
    TRY(keep(arena, name, fault));
    TRY(open_part(snapshot, passage, &scratch, &opened, fault));
    return label_at(&opened, passage->start, arena, label, fault);
}

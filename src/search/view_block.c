#include <stdlib.h>

#include "search/view_part.h"
#include "text/clean.h"

/* Marks of a block while their places still count in the part's text. */
struct marking {
    const struct view_part *part;
    const struct view_outline *outline;
    struct stet_mark *marks;
    size_t count;
};

static bool mark_from_span(enum span_kind kind, enum stet_mark_kind *mark)
{
    static const struct {
        enum span_kind span;
        enum stet_mark_kind mark;
    } kinds[] = {
        { SPAN_WITHHELD, STET_MARK_WITHHELD }, { SPAN_DOUBTFUL, STET_MARK_DOUBTFUL },
        { SPAN_INSERTED, STET_MARK_INSERTED }, { SPAN_DELETED, STET_MARK_DELETED },
        { SPAN_NOTE, STET_MARK_NOTE },         { SPAN_FURNITURE, STET_MARK_FURNITURE },
        { SPAN_PORTION, STET_MARK_PORTION },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        *mark = kinds[i].mark;
        if (kinds[i].span == kind)
            return true;
    }
    return false;
}

static void add_mark(struct marking *marking, enum stet_mark_kind kind, uint32_t start,
                     uint32_t end, const char *value, size_t ordinal)
{
    const struct view_outline *outline = marking->outline;
    start = start > outline->start ? start : outline->start;
    end = end < outline->end ? end : outline->end;
    if (start < end)
        marking->marks[marking->count++] =
            (struct stet_mark){ kind, start, end, value != NULL ? value : "", ordinal };
}

/* A run of furniture is all furniture: that is its kind. */
static void add_spans(struct marking *marking)
{
    const struct view_part *part = marking->part;
    const struct view_outline *outline = marking->outline;
    for (size_t i = 0; i < part->span_count && part->spans[i].start < outline->end; i++) {
        const struct span *span = &part->spans[i];
        enum stet_mark_kind kind;
        if (span->end <= outline->start || !mark_from_span(span->kind, &kind))
            continue;
        if (kind == STET_MARK_FURNITURE && outline->kind == STET_BLOCK_FURNITURE)
            continue;
        add_mark(marking, kind, span->start, span->end, clean_line(part->arena, span->value), 0);
    }
}

static size_t first_hit(const struct view_part *part, uint32_t start)
{
    size_t low = 0, high = part->hit_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (part->hits[middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int by_start(const void *a, const void *b)
{
    const struct stet_mark *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return (left->kind > right->kind) - (left->kind < right->kind);
}

static size_t count_most(const struct view_part *part, const struct view_outline *outline)
{
    size_t count = 0;
    for (size_t i = 0; i < part->span_count && part->spans[i].start < outline->end; i++)
        count += part->spans[i].end > outline->start;
    for (size_t i = first_hit(part, outline->start);
         i < part->hit_count && part->hits[i].start < outline->end; i++)
        count++;
    return count;
}

static enum status find_marks(struct marking *marking, struct fault *fault)
{
    const struct view_part *part = marking->part;
    const struct view_outline *outline = marking->outline;
    size_t most = count_most(part, outline);
    marking->marks = arena_alloc_many(part->arena, most + 1, sizeof *marking->marks);
    if (marking->marks == NULL)
        return no_memory(fault);
    add_spans(marking);
    for (size_t i = first_hit(part, outline->start);
         i < part->hit_count && part->hits[i].start < outline->end; i++)
        add_mark(marking, STET_MARK_HIT, part->hits[i].start, part->hits[i].end, "", i + 1);
    qsort(marking->marks, marking->count, sizeof *marking->marks, by_start);
    return OK;
}

/* A place in the part's text that must be known in the clean text too. */
struct edge {
    size_t *place;
};

static int by_place(const void *a, const void *b)
{
    size_t left = *((const struct edge *)a)->place, right = *((const struct edge *)b)->place;
    return (left > right) - (left < right);
}

/* Cleaned piece by piece, so that every mark's place moves with what is taken out before it. */
static enum status clean_text(struct marking *marking, struct buffer *to, struct fault *fault)
{
    const struct view_outline *outline = marking->outline;
    struct bytes text = buffer_bytes(&marking->part->text);
    FREED struct edge *edges = calloc(2 * marking->count + 1, sizeof *edges);
    if (edges == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < marking->count; i++) {
        edges[2 * i].place = &marking->marks[i].start;
        edges[2 * i + 1].place = &marking->marks[i].end;
    }
    qsort(edges, 2 * marking->count, sizeof *edges, by_place);
    struct cleaner cleaner = cleaner_begin(to, false);
    size_t at = outline->start;
    for (size_t i = 0; i < 2 * marking->count; i++) {
        size_t place = *edges[i].place;
        cleaner_add(&cleaner, bytes_slice(text, at, place - at));
        *edges[i].place = to->len;
        at = place;
    }
    cleaner_add(&cleaner, bytes_slice(text, at, outline->end - at));
    return buffer_check(to, fault);
}

static const char *label_of(const struct view_part *part, const struct view_outline *outline)
{
    SCOPED(buffer_release) struct buffer label = { 0 };
    if (outline->paragraph == NULL)
        return "";
    if (outline->paragraph->value.len == 0)
        buffer_print(&label, "n%u", outline->ordinal);
    else
        paragraph_label(part->spans, part->span_count, outline->paragraph->start, &label);
    return clean_line(part->arena, buffer_bytes(&label));
}

static const char *marking_of(const struct marking *marking)
{
    for (size_t i = 0; i < marking->count; i++)
        if (marking->marks[i].kind == STET_MARK_PORTION)
            return marking->marks[i].value;
    return "";
}

enum status view_block_make(const struct view_part *part, size_t at, struct stet_block *block,
                            struct fault *fault)
{
    const struct view_outline *outline = &part->outlines[at];
    struct marking marking = { .part = part, .outline = outline };
    SCOPED(buffer_release) struct buffer text = { 0 };
    TRY(find_marks(&marking, fault));
    TRY(clean_text(&marking, &text, fault));
    const struct span *voice =
        span_covering(part->spans, part->span_count, SPAN_VOICE, outline->start);
    *block = (struct stet_block){
        .kind = outline->kind,
        .label = label_of(part, outline),
        .printed =
            outline->paragraph != NULL ? clean_line(part->arena, outline->paragraph->value) : "",
        .marking = marking_of(&marking),
        .who = voice != NULL ? clean_line(part->arena, voice->value) : "",
        .text = arena_string(part->arena, buffer_bytes(&text)),
        .start = outline->start,
        .end = outline->end,
        .marks = marking.marks,
        .mark_count = marking.count,
    };
    return block->text == NULL ? no_memory(fault) : OK;
}

#include "trace/tracer.h"

#include <stdlib.h>

#include "archive/snapshot.h"
#include "segment/postings.h"

enum { SPANS_KEPT = 24 };

/* Spans of the parts that were opened last: several quotations of a story stand in one document. */
struct kept_spans {
    bool is_used;
    size_t segment;
    uint32_t number;
    struct span *spans;
    size_t count;
    struct arena arena;
};

struct snapshot_source {
    struct snapshot *snapshot;
    struct kept_spans kept[SPANS_KEPT];
    size_t next;
};

struct segment_walk {
    struct walk walk; /* first: source.h */
    struct postings postings;
};

static const struct segment *segment_of(void *self, size_t segment)
{
    const struct snapshot_source *source = self;
    return snapshot_segment(source->snapshot, segment);
}

static enum status term_counts(void *self, size_t segment, struct bytes key, uint64_t *occurrences,
                               uint32_t *parts, struct fault *fault)
{
    struct term term;
    *occurrences = 0;
    *parts = 0;
    enum status found = segment_term(segment_of(self, segment), key, &term, fault);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    *occurrences = term.occurrences;
    *parts = term.parts;
    return OK;
}

static void walk_settle(struct segment_walk *walk)
{
    walk->walk.part = walk->postings.part == POSTINGS_END ? WALK_END : walk->postings.part;
    walk->walk.count = walk->postings.count;
}

static enum status walk_begin(void *self, size_t segment, struct bytes key, struct arena *arena,
                              struct walk **walk, struct fault *fault)
{
    struct term term;
    *walk = NULL;
    enum status found = segment_term(segment_of(self, segment), key, &term, fault);
    if (found == NOT_FOUND)
        return OK;
    TRY(found);
    struct segment_walk *made = arena_alloc(arena, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    TRY(postings_begin(&made->postings, segment_of(self, segment), &term, fault));
    TRY(postings_next(&made->postings, fault));
    walk_settle(made);
    *walk = &made->walk;
    return OK;
}

static enum status walk_seek(void *self, struct walk *walk, uint32_t part, struct fault *fault)
{
    struct segment_walk *at = (struct segment_walk *)walk;
    (void)self;
    if (part == walk->part + 1)
        TRY(postings_next(&at->postings, fault));
    else
        TRY(postings_seek(&at->postings, part, fault));
    walk_settle(at);
    return OK;
}

static enum status walk_positions(void *self, struct walk *walk, uint32_t *to, struct fault *fault)
{
    struct segment_walk *at = (struct segment_walk *)walk;
    (void)self;
    return postings_positions(&at->postings, to, walk->count, fault);
}

static bool part_is_seen(void *self, size_t segment, uint32_t part)
{
    const struct snapshot_source *source = self;
    return snapshot_sees(source->snapshot, segment, part);
}

static enum status part_open(void *self, size_t segment, uint32_t number, struct source_part *part,
                             struct fault *fault)
{
    struct part_shape shape;
    TRY(segment_part(segment_of(self, segment), number, &shape, fault));
    *part = (struct source_part){ .document = shape.columns.document,
                                  .part = shape.columns.part,
                                  .date = shape.columns.date == COLUMN_NO_DATE ? INT32_MAX
                                                                               : shape.columns.date,
                                  .words = shape.words,
                                  .text_len = shape.text_len };
    return OK;
}

static enum status part_mark(void *self, size_t segment, uint32_t number, uint32_t position,
                             struct source_mark *mark, struct fault *fault)
{
    struct text_mark found;
    TRY(segment_mark(segment_of(self, segment), number, position, &found, fault));
    *mark = (struct source_mark){ found.byte, found.position, found.furniture_position };
    return OK;
}

static enum status part_text(void *self, size_t segment, uint32_t number, uint32_t start,
                             uint32_t len, struct buffer *to, struct fault *fault)
{
    return segment_text(segment_of(self, segment), number, start, len, to, fault);
}

static enum status part_spans(void *self, size_t segment, uint32_t number,
                              const struct span **spans, size_t *count, struct fault *fault)
{
    struct snapshot_source *source = self;
    struct kept_spans *kept = NULL;
    for (size_t i = 0; i < SPANS_KEPT; i++)
        if (source->kept[i].is_used && source->kept[i].segment == segment &&
            source->kept[i].number == number)
            kept = &source->kept[i];
    if (kept == NULL) {
        kept = &source->kept[source->next++ % SPANS_KEPT];
        arena_clear(&kept->arena);
        kept->is_used = false;
        TRY(segment_spans(segment_of(self, segment), number, &kept->arena, &kept->spans,
                          &kept->count, fault));
        kept->is_used = true;
        kept->segment = segment;
        kept->number = number;
    }
    *spans = kept->spans;
    *count = kept->count;
    return OK;
}

static void snapshot_source_close(void *self)
{
    struct snapshot_source *source = self;
    for (size_t i = 0; i < SPANS_KEPT; i++)
        arena_release(&source->kept[i].arena);
    snapshot_drop(source->snapshot);
    free(source);
}

enum status tracer_new(struct snapshot *snapshot, struct tracer **tracer, struct fault *fault)
{
    struct snapshot_source *own = calloc(1, sizeof *own);
    if (own == NULL)
        return no_memory(fault);
    own->snapshot = snapshot_keep(snapshot);
    struct source source = { .self = own,
                             .words = snapshot_word_total(snapshot),
                             .segments = snapshot_segment_count(snapshot),
                             .term = term_counts,
                             .walk = walk_begin,
                             .seek = walk_seek,
                             .positions = walk_positions,
                             .sees = part_is_seen,
                             .part = part_open,
                             .mark = part_mark,
                             .text = part_text,
                             .spans = part_spans };
    enum status made = tracer_new_over(source, snapshot_source_close, tracer, fault);
    if (made != OK)
        snapshot_source_close(own);
    return made;
}

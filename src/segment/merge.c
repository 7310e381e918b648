#include "segment/merge.h"
#include "segment/order.h"

#include <stdlib.h>

#include "base/grow.h"
#include "segment/inside.h"
#include "segment/postings.h"
#include "segment/term_writer.h"
#include "segment/text_packer.h"

#define DEAD UINT32_MAX

struct source {
    const struct segment *segment;
    uint32_t *numbers; /* of its parts in the merged segment, or DEAD */
    struct term_walk walk;
    struct text_reader reader;
};

struct merge {
    struct source *sources;
    size_t count;
    struct sink sink;
    struct text_packer packer;
    struct term_writer terms;
    struct buffer scratch, frames;
    struct order order;
    uint32_t written;
    uint32_t *positions;
    size_t positions_room;
    uint64_t text_at, spans_at, marks_at; /* of the record that follows */
};

static void merge_release(struct merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        free(merge->sources[i].numbers);
        text_reader_release(&merge->sources[i].reader);
    }
    free(merge->sources);
    free(merge->positions);
    buffer_release(&merge->scratch);
    order_release(&merge->order);
    buffer_release(&merge->frames);
    term_writer_release(&merge->terms);
    text_packer_release(&merge->packer);
    sink_release(&merge->sink);
}

static bool is_dead(const struct merge_input *input, uint32_t part)
{
    return input->dead != NULL && (input->dead[part / 64] >> part % 64 & 1) != 0;
}

static enum status number_parts(struct merge *merge, const struct merge_input *inputs,
                                struct fault *fault)
{
    uint64_t next = 0;
    for (size_t i = 0; i < merge->count; i++) {
        struct source *source = &merge->sources[i];
        uint32_t parts = segment_part_count(inputs[i].segment);
        source->segment = source->reader.segment = inputs[i].segment;
        source->numbers = calloc((size_t)parts + 1, sizeof *source->numbers);
        if (source->numbers == NULL)
            return no_memory(fault);
        for (uint32_t part = 0; part < parts; part++)
            source->numbers[part] = is_dead(&inputs[i], part) ? DEAD : (uint32_t)next++;
        if (next >= INT32_MAX)
            return fail(fault, OVER_LIMIT, "the merged segment would hold too many parts");
    }
    merge->sink.layout.parts = (uint32_t)next;
    return OK;
}

static enum status for_living(struct merge *merge,
                              enum status (*each)(struct merge *merge, struct source *source,
                                                  uint32_t part, struct fault *fault),
                              struct fault *fault)
{
    for (size_t i = 0; i < merge->count; i++) {
        struct source *source = &merge->sources[i];
        for (uint32_t part = 0; part < segment_part_count(source->segment); part++) {
            if (source->numbers[part] != DEAD)
                TRY(each(merge, source, part, fault));
        }
    }
    return OK;
}

static enum status copy_text(struct merge *merge, struct source *source, uint32_t part,
                             struct fault *fault)
{
    struct part_record record;
    TRY(segment_record(source->segment, part, &record, fault));
    buffer_clear(&merge->scratch);
    TRY(text_reader_read(&source->reader, record.text_at, record.shape.text_len, &merge->scratch,
                         fault));
    TRY(text_packer_add(&merge->packer, buffer_bytes(&merge->scratch), &merge->frames, fault));
    sink_drain(&merge->sink, &merge->frames);
    return OK;
}

static enum status copy_spans(struct merge *merge, struct source *source, uint32_t part,
                              struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_span_bytes(source->segment, part, &record, &bytes, fault));
    sink_write(&merge->sink, bytes);
    return OK;
}

static enum status copy_marks(struct merge *merge, struct source *source, uint32_t part,
                              struct fault *fault)
{
    struct part_record record;
    struct bytes bytes;
    TRY(segment_mark_bytes(source->segment, part, &record, &bytes, fault));
    sink_write(&merge->sink, bytes);
    return OK;
}

static enum status copy_record(struct merge *merge, struct source *source, uint32_t part,
                               struct fault *fault)
{
    struct part_record record;
    struct bytes spans, marks;
    TRY(segment_span_bytes(source->segment, part, &record, &spans, fault));
    TRY(segment_mark_bytes(source->segment, part, &record, &marks, fault));
    record.text_at = merge->text_at;
    record.spans_at = merge->spans_at;
    record.marks_at = merge->marks_at;
    merge->text_at += record.shape.text_len;
    merge->spans_at += spans.len;
    merge->marks_at += marks.len;
    merge->sink.layout.words += record.shape.words;
    order_add(&merge->order, &record.shape.columns, merge->written++);
    part_record_encode(&record, &merge->scratch);
    sink_drain(&merge->sink, &merge->scratch);
    return OK;
}

static enum status copy_list(struct merge *merge, const struct source *source, struct fault *fault)
{
    struct postings postings;
    TRY(postings_begin(&postings, source->segment, &source->walk.term, fault));
    for (;;) {
        TRY(postings_next(&postings, fault));
        if (postings.part == POSTINGS_END)
            return OK;
        uint32_t number = source->numbers[postings.part];
        if (number == DEAD)
            continue;
        if (!grow_items((void **)&merge->positions, &merge->positions_room, postings.count,
                        sizeof *merge->positions))
            return no_memory(fault);
        TRY(postings_positions(&postings, merge->positions, postings.count, fault));
        term_writer_part(&merge->terms, number, merge->positions, postings.count);
    }
}

/* The smallest key at which a source stands; empty when all have ended. */
static struct bytes smallest_key(const struct merge *merge)
{
    struct bytes smallest = { 0 };
    for (size_t i = 0; i < merge->count; i++) {
        const struct term_walk *walk = &merge->sources[i].walk;
        if (!walk->ended && (smallest.len == 0 || bytes_compare(walk->key, smallest) < 0))
            smallest = walk->key;
    }
    return smallest;
}

static enum status merge_key(struct merge *merge, struct bytes smallest, struct fault *fault)
{
    uint8_t held[TERM_KEY_MAX];
    memcpy(held, smallest.at, smallest.len);
    struct bytes key = bytes_make(held, smallest.len);
    TRY(term_writer_key(&merge->terms, key, fault));
    for (size_t i = 0; i < merge->count; i++) {
        struct source *source = &merge->sources[i];
        if (source->walk.ended || !bytes_equal(source->walk.key, key))
            continue;
        TRY(copy_list(merge, source, fault));
        TRY(term_walk_next(&source->walk, fault));
    }
    return OK;
}

static enum status merge_terms(struct merge *merge, struct fault *fault)
{
    term_writer_begin(&merge->terms, &merge->sink);
    for (size_t i = 0; i < merge->count; i++) {
        struct source *source = &merge->sources[i];
        TRY(term_walk_begin(&source->walk, source->segment, (struct bytes){ 0 }, fault));
    }
    for (;;) {
        struct bytes key = smallest_key(merge);
        if (key.len == 0)
            return term_writer_finish(&merge->terms, fault);
        TRY(merge_key(merge, key, fault));
    }
}

static enum status merge_text(struct merge *merge, struct fault *fault)
{
    sink_section(&merge->sink, SECTION_TEXT);
    TRY(for_living(merge, copy_text, fault));
    TRY(text_packer_end(&merge->packer, &merge->frames, fault));
    sink_drain(&merge->sink, &merge->frames);
    sink_section(&merge->sink, SECTION_TEXT_TABLE);
    sink_drain(&merge->sink, &merge->packer.table);
    merge->sink.layout.text_len = merge->packer.text_len;
    return OK;
}

static enum status merge_all(struct merge *merge, struct fault *fault)
{
    TRY(merge_text(merge, fault));
    sink_section(&merge->sink, SECTION_SPANS);
    TRY(for_living(merge, copy_spans, fault));
    sink_section(&merge->sink, SECTION_MARKS);
    TRY(for_living(merge, copy_marks, fault));
    sink_section(&merge->sink, SECTION_POSTINGS);
    TRY(merge_terms(merge, fault));
    sink_section(&merge->sink, SECTION_PARTS);
    buffer_clear(&merge->scratch);
    TRY(for_living(merge, copy_record, fault));
    TRY(order_write(&merge->order, &merge->sink, fault));
    if (merge->sink.layout.words > INT32_MAX)
        return fail(fault, OVER_LIMIT, "the merged segment would hold too many words");
    return OK;
}

enum status segment_merge(const struct merge_input *inputs, size_t count, int level, int dir,
                          const char *name, uint64_t *seal, struct fault *fault)
{
    SCOPED(merge_release) struct merge merge = { .sink.fd = -1, .terms.spill = -1 };
    TRY(sink_open(&merge.sink, dir, name, fault));
    TRY(text_packer_begin(&merge.packer, level, fault));
    merge.sources = calloc(count + 1, sizeof *merge.sources);
    if (merge.sources == NULL)
        return no_memory(fault);
    merge.count = count;
    TRY(number_parts(&merge, inputs, fault));
    TRY(merge_all(&merge, fault));
    return sink_finish(&merge.sink, seal, fault);
}

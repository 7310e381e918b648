#include "segment/merge.h"

#include <stdlib.h>

#include "base/grow.h"
#include "segment/inside.h"
#include "segment/order.h"
#include "segment/pairs.h"
#include "segment/text_packer.h"

#define DEAD UINT32_MAX

/* A block of text that holds less is cut anew with what stands around it. */
enum { COPY_LEAST = TEXT_BLOCK / 2 };

struct source {
    const struct segment *segment;
    uint32_t *numbers; /* of its parts in the merged segment, or DEAD */
    struct term_walk walk;
    struct text_reader reader;
    uint64_t run_start, run_end; /* of its text: living and not yet copied */
};

struct merge {
    struct source *sources;
    size_t count;
    struct source **heap; /* those whose walks have not ended, the smallest key first */
    size_t heap_count;
    uint32_t *words; /* body words of each part */
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
    free((void *)merge->heap);
    free(merge->words);
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

typedef enum status copier(struct merge *merge, struct source *source, uint32_t part,
                           struct fault *fault);

static enum status for_living_of(struct merge *merge, struct source *source, copier *each,
                                 struct fault *fault)
{
    for (uint32_t part = 0; part < segment_part_count(source->segment); part++) {
        if (source->numbers[part] != DEAD)
            TRY(each(merge, source, part, fault));
    }
    return OK;
}

static enum status for_living(struct merge *merge, copier *each, struct fault *fault)
{
    for (size_t i = 0; i < merge->count; i++)
        TRY(for_living_of(merge, &merge->sources[i], each, fault));
    return OK;
}

static enum status copy_run(struct merge *merge, struct source *source, struct fault *fault)
{
    while (source->run_start < source->run_end) {
        struct bytes frame;
        uint64_t start, end, stop = source->run_end;
        TRY(segment_text_frame(source->segment, source->run_start, &frame, &start, &end, fault));
        if (start == source->run_start && end <= stop && end - start >= COPY_LEAST) {
            TRY(text_packer_copy(&merge->packer, frame, (size_t)(end - start), &merge->frames,
                                 fault));
        } else {
            end = end < stop ? end : stop;
            buffer_clear(&merge->scratch);
            TRY(text_reader_read(&source->reader, source->run_start, end - source->run_start,
                                 &merge->scratch, fault));
            TRY(text_packer_add(&merge->packer, buffer_bytes(&merge->scratch), &merge->frames,
                                fault));
        }
        source->run_start = end;
        sink_drain(&merge->sink, &merge->frames);
    }
    return OK;
}

/* Texts that follow one another are copied together, so that whole blocks of them are. */
static enum status copy_text(struct merge *merge, struct source *source, uint32_t part,
                             struct fault *fault)
{
    struct part_record record;
    TRY(segment_record(source->segment, part, &record, fault));
    merge->words[source->numbers[part]] = record.shape.words;
    merge->sink.layout.words += record.shape.words;
    if (record.text_at != source->run_end) {
        TRY(copy_run(merge, source, fault));
        source->run_start = record.text_at;
    }
    source->run_end = record.text_at + record.shape.text_len;
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
    order_add(&merge->order, &record.shape.columns, merge->written++);
    part_record_encode(&record, &merge->scratch);
    sink_drain(&merge->sink, &merge->scratch);
    return OK;
}

/* Step to the next living part; its number in the merged segment, or POSTINGS_END. */
static enum status next_living(const struct source *source, struct postings *postings,
                               uint32_t *number, struct fault *fault)
{
    do {
        TRY(postings_next(postings, fault));
        *number = postings->part == POSTINGS_END ? POSTINGS_END : source->numbers[postings->part];
    } while (postings->part != POSTINGS_END && *number == DEAD);
    return OK;
}

static enum status read_positions(struct postings *postings, uint32_t **positions, size_t *room,
                                  struct fault *fault)
{
    if (*room < postings->count &&
        !grow_items((void **)positions, room, postings->count, sizeof **positions))
        return no_memory(fault);
    return postings_positions(postings, *positions, postings->count, fault);
}

static enum status copy_list(struct merge *merge, const struct source *source, struct fault *fault)
{
    struct postings postings;
    uint32_t number;
    TRY(postings_begin(&postings, source->segment, &source->walk.term, fault));
    for (;;) {
        TRY(next_living(source, &postings, &number, fault));
        if (postings.part == POSTINGS_END)
            return OK;
        TRY(read_positions(&postings, &merge->positions, &merge->positions_room, fault));
        TRY(term_writer_part(&merge->terms, number, merge->positions, postings.count, fault));
    }
}

/* By key, then by place among the inputs, so that parts ascend. */
static bool stands_before(const struct source *a, const struct source *b)
{
    int order = bytes_compare(a->walk.key, b->walk.key);
    return order != 0 ? order < 0 : a < b;
}

/* The source at `at` may stand behind those below it. */
static void sink_down(struct merge *merge, size_t at)
{
    struct source **heap = merge->heap, *moved = heap[at];
    for (size_t child; (child = 2 * at + 1) < merge->heap_count; at = child) {
        if (child + 1 < merge->heap_count && stands_before(heap[child + 1], heap[child]))
            child++;
        if (!stands_before(heap[child], moved))
            break;
        heap[at] = heap[child];
    }
    heap[at] = moved;
}

static enum status begin_heap(struct merge *merge, struct fault *fault)
{
    merge->heap_count = 0;
    for (size_t i = 0; i < merge->count; i++) {
        struct source *source = &merge->sources[i];
        TRY(term_walk_begin(&source->walk, source->segment, (struct bytes){ 0 }, fault));
        if (!source->walk.ended)
            merge->heap[merge->heap_count++] = source;
    }
    for (size_t i = merge->heap_count; i-- > 0;)
        sink_down(merge, i);
    return OK;
}

static enum status step_first(struct merge *merge, struct fault *fault)
{
    TRY(term_walk_next(&merge->heap[0]->walk, fault));
    if (merge->heap[0]->walk.ended)
        merge->heap[0] = merge->heap[--merge->heap_count];
    if (merge->heap_count > 0)
        sink_down(merge, 0);
    return OK;
}

static enum status merge_key(struct merge *merge, struct fault *fault)
{
    uint8_t held[TERM_KEY_MAX];
    struct bytes first = merge->heap[0]->walk.key;
    memcpy(held, first.at, first.len);
    struct bytes key = bytes_make(held, first.len);
    TRY(term_writer_key(&merge->terms, key, fault));
    while (merge->heap_count > 0 && bytes_equal(merge->heap[0]->walk.key, key)) {
        TRY(copy_list(merge, merge->heap[0], fault));
        TRY(step_first(merge, fault));
    }
    return OK;
}

/* A frequent word in all sources, one after the other. */
struct source_places {
    struct places places;
    const struct merge *merge;
    struct bytes key;
    size_t next; /* source */
    struct postings postings;
    uint32_t *positions;
    size_t room;
};

static enum status source_places_begin(struct places *places, struct fault *fault)
{
    struct source_places *own = (struct source_places *)places;
    (void)fault;
    own->next = 0;
    own->postings.part = POSTINGS_END;
    return OK;
}

/* The list of the next source that has the word; false in *found when none has. */
static enum status next_source(struct source_places *own, bool *found, struct fault *fault)
{
    struct term term;
    for (*found = false; !*found && own->next < own->merge->count; own->next++) {
        const struct segment *segment = own->merge->sources[own->next].segment;
        enum status looked = segment_term(segment, own->key, &term, fault);
        if (looked == NOT_FOUND)
            continue;
        TRY(looked);
        TRY(postings_begin(&own->postings, segment, &term, fault));
        *found = true;
    }
    return OK;
}

static enum status source_places_next(struct places *places, struct fault *fault)
{
    struct source_places *own = (struct source_places *)places;
    bool found = true;
    while (found) {
        if (own->next > 0)
            TRY(next_living(&own->merge->sources[own->next - 1], &own->postings, &places->part,
                            fault));
        if (own->next > 0 && own->postings.part != POSTINGS_END) {
            TRY(read_positions(&own->postings, &own->positions, &own->room, fault));
            places->count = own->postings.count;
            places->positions = own->positions;
            return OK;
        }
        TRY(next_source(own, &found, fault));
    }
    places->part = POSTINGS_END;
    return OK;
}

struct pair_job {
    struct source_places *own;
    struct places **places;
    size_t count;
};

static void pair_job_release(struct pair_job *job)
{
    for (size_t i = 0; job->own != NULL && i < job->count; i++)
        free(job->own[i].positions);
    free(job->own);
    free((void *)job->places);
}

static enum status merge_pairs(struct merge *merge, struct fault *fault)
{
    SCOPED(pair_job_release) struct pair_job job = { 0 };
    const struct frequent *frequent;
    TRY(term_writer_pairs(&merge->terms, &frequent, &job.count, fault));
    if (job.count == 0)
        return OK;
    job.own = calloc(job.count, sizeof *job.own);
    job.places = calloc(job.count, sizeof *job.places);
    if (job.own == NULL || job.places == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < job.count; i++) {
        struct source_places *own = &job.own[i];
        own->places.begin = source_places_begin;
        own->places.next = source_places_next;
        own->merge = merge;
        own->key = bytes_make(frequent[i].key, frequent[i].key_len);
        job.places[i] = &own->places;
    }
    struct listed_pairs lists = { job.places, job.count, merge->words, merge->sink.layout.parts };
    return pairs_write(&merge->terms, frequent, job.count, pairs_scan_lists, &lists, fault);
}

static enum status merge_terms(struct merge *merge, struct fault *fault)
{
    term_writer_begin(&merge->terms, &merge->sink, merge->words, merge->sink.layout.words);
    TRY(begin_heap(merge, fault));
    while (merge->heap_count > 0)
        TRY(merge_key(merge, fault));
    TRY(merge_pairs(merge, fault));
    return term_writer_finish(&merge->terms, fault);
}

static enum status merge_text(struct merge *merge, struct fault *fault)
{
    sink_section(&merge->sink, SECTION_TEXT);
    for (size_t i = 0; i < merge->count; i++) {
        TRY(for_living_of(merge, &merge->sources[i], copy_text, fault));
        TRY(copy_run(merge, &merge->sources[i], fault));
    }
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
    sink_section(&merge->sink, SECTION_POSITIONS);
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
    SCOPED(merge_release) struct merge merge = { .sink.fd = -1 };
    spill_begin(&merge.terms.postings);
    spill_begin(&merge.terms.terms);
    TRY(sink_open(&merge.sink, dir, name, fault));
    TRY(text_packer_begin(&merge.packer, level, fault));
    merge.sources = calloc(count + 1, sizeof *merge.sources);
    merge.heap = calloc(count + 1, sizeof *merge.heap);
    if (merge.sources == NULL || merge.heap == NULL)
        return no_memory(fault);
    merge.count = count;
    TRY(number_parts(&merge, inputs, fault));
    merge.words = calloc((size_t)merge.sink.layout.parts + 1, sizeof *merge.words);
    if (merge.words == NULL)
        return no_memory(fault);
    TRY(merge_all(&merge, fault));
    return sink_finish(&merge.sink, seal, fault);
}

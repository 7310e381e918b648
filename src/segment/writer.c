#include "segment/writer.h"
#include "segment/order.h"

#include <stdlib.h>

#include "base/grow.h"
#include "segment/dictionary.h"
#include "segment/pairs.h"
#include "segment/text_packer.h"
#include "text/tokenize.h"

enum { AHEAD = 8, INTAKE_LEVEL = 1, VALUE_GAP = 64, WORDS_MAX = INT32_MAX };

struct segment_writer {
    struct dictionary *dictionary;
    struct text_packer packer;
    struct buffer frames, spans, marks, records;
    struct order order;
    uint32_t *part_words; /* body words of each part */
    size_t part_words_room;
    uint64_t words;
    uint32_t parts;
    bool broken; /* an add failed half way */
    bool ended;  /* a seal began: its last block of text is cut */
};

enum status segment_writer_new(struct segment_writer **writer, struct fault *fault)
{
    CLOSED(segment_writer_free) struct segment_writer *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    TRY(dictionary_new(&made->dictionary, fault));
    TRY(text_packer_begin(&made->packer, INTAKE_LEVEL, fault));
    *writer = take(made);
    return OK;
}

static void forget(struct segment_writer *writer)
{
    dictionary_clear(writer->dictionary);
    text_packer_clear(&writer->packer);
    buffer_release(&writer->frames);
    buffer_release(&writer->spans);
    buffer_release(&writer->marks);
    buffer_release(&writer->records);
    order_release(&writer->order);
    free(take(writer->part_words));
    writer->part_words_room = 0;
    writer->words = 0;
    writer->parts = 0;
    writer->broken = writer->ended = false;
}

void segment_writer_free(struct segment_writer *writer)
{
    if (writer == NULL)
        return;
    if (writer->dictionary != NULL)
        forget(writer);
    dictionary_free(writer->dictionary);
    text_packer_release(&writer->packer);
    free(writer);
}

size_t segment_writer_memory(const struct segment_writer *writer)
{
    return sizeof *writer + dictionary_memory(writer->dictionary) + writer->packer.block.room +
           writer->packer.table.room + writer->frames.room + writer->spans.room +
           writer->marks.room + writer->records.room + writer->order.keys.room +
           writer->part_words_room * sizeof *writer->part_words;
}

uint64_t segment_writer_text(const struct segment_writer *writer)
{
    return writer->packer.text_len;
}

uint64_t segment_writer_words(const struct segment_writer *writer)
{
    return writer->words;
}

uint32_t segment_writer_parts(const struct segment_writer *writer)
{
    return writer->parts;
}

static enum status check_part(const struct segment_writer *writer, struct bytes text,
                              const struct span *spans, size_t span_count, struct fault *fault)
{
    if (writer->broken)
        return fail(fault, NO_MEMORY, "the segment was given up when memory ran out");
    if (writer->ended)
        return fail(fault, BUSY, "the segment could not be sealed: seal it again first");
    if (text.len > PART_MAX)
        return fail(fault, BAD_INPUT, "a part holds at most %d bytes of text", PART_MAX);
    /* A word takes a byte at least, so this can only be too careful. */
    if (writer->words + text.len > WORDS_MAX || writer->parts == INT32_MAX)
        return fail(fault, OVER_LIMIT, "the segment is full");
    for (size_t i = 0; i < span_count; i++) {
        const struct span *span = &spans[i];
        if (span->start > span->end || span->end > text.len || span->value.len > SPAN_VALUE_MAX ||
            (i > 0 && span->start < spans[i - 1].start))
            return fail(fault, BAD_INPUT, "span %zu is out of order or outside its text", i);
    }
    return OK;
}

/* Keys of one part on their way to the dictionary, in batches. */
struct batch {
    struct dictionary *dictionary;
    uint32_t part;
    size_t count;
    struct occurrence occurrences[DICTIONARY_BATCH];
    uint8_t keys[DICTIONARY_BATCH][FOLD_KEY_MAX + 1];
};

static enum status batch_send(struct batch *batch, struct fault *fault)
{
    size_t count = batch->count;
    batch->count = 0;
    return dictionary_add(batch->dictionary, batch->part, batch->occurrences, count, fault);
}

static enum status batch_token(struct batch *batch, const struct token *token, struct fault *fault)
{
    if (batch->count == DICTIONARY_BATCH)
        TRY(batch_send(batch, fault));
    uint8_t *key = batch->keys[batch->count];
    size_t len = token->key_len;
    if (token->flags & TOKEN_FURNITURE)
        len = term_key_furniture(token_key(token), key);
    else
        memcpy(key, token->key, len);
    batch->occurrences[batch->count++] = (struct occurrence){ { key, len }, token->position };
    return OK;
}

struct marking {
    struct buffer *to;
    struct text_mark last;
};

static void mark_token(struct marking *marking, const struct token *token, uint32_t furniture)
{
    uint32_t distance = token->position - marking->last.position;
    if (distance < MARK_STEP)
        return;
    buffer_varint(marking->to, token->start - marking->last.byte);
    buffer_varint(marking->to, distance);
    buffer_varint(marking->to, furniture - marking->last.furniture_position);
    marking->last = (struct text_mark){ token->start, token->position, furniture };
}

static enum status add_words(struct segment_writer *writer, struct bytes text,
                             const struct span *spans, size_t span_count,
                             struct part_record *record, struct fault *fault)
{
    struct batch batch;
    batch.dictionary = writer->dictionary;
    batch.part = writer->parts;
    batch.count = 0;
    struct marking marking = { .to = &writer->marks };
    struct tokenizer tokenizer;
    struct token token;
    uint32_t words = 0, furniture = 0;
    tokenizer_begin(&tokenizer, text, spans, span_count);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.key_len == 0)
            continue;
        bool is_body = (token.flags & TOKEN_FURNITURE) == 0;
        if (is_body && (token.flags & TOKEN_EXTRA) == 0)
            mark_token(&marking, &token, furniture);
        uint32_t *space = is_body ? &words : &furniture;
        if (token.position >= *space)
            *space = token.position + 1;
        TRY(batch_token(&batch, &token, fault));
    }
    record->shape.words = words;
    record->furniture_words = furniture;
    return batch_send(&batch, fault);
}

static enum status add_one(struct segment_writer *writer, const uint8_t *key, size_t len,
                           uint32_t position, struct fault *fault)
{
    struct occurrence occurrence = { { key, len }, position };
    return dictionary_add(writer->dictionary, writer->parts, &occurrence, 1, fault);
}

/* A gap between the values of one field: no phrase runs from one into the next. */
static enum status add_value_words(struct segment_writer *writer, const struct field *field,
                                   uint32_t *next, struct fault *fault)
{
    struct tokenizer tokenizer;
    struct token token;
    uint8_t key[TERM_KEY_MAX];
    uint32_t first = *next;
    tokenizer_begin(&tokenizer, field->value, NULL, 0);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.key_len == 0)
            continue;
        size_t len = term_key_field_word(field->name, token_key(&token), key);
        TRY(add_one(writer, key, len, first + token.position, fault));
        *next = first + token.position + VALUE_GAP;
    }
    return OK;
}

static enum status add_fields(struct segment_writer *writer, const struct field *fields,
                              size_t field_count, struct fault *fault)
{
    uint32_t next[FIELD_NAMES] = { 0 }, values[FIELD_NAMES] = { 0 };
    uint8_t key[TERM_KEY_MAX];
    for (size_t i = 0; i < field_count; i++) {
        const struct field *field = &fields[i];
        if (field_is_searched(field->name))
            TRY(add_value_words(writer, field, &next[field->name], fault));
        size_t len = term_key_field_value(field->name, field->value, key);
        TRY(add_one(writer, key, len, values[field->name]++, fault));
    }
    return OK;
}

static enum status add_part(struct segment_writer *writer, struct part_record *record,
                            struct bytes text, const struct span *spans, size_t span_count,
                            struct fault *fault)
{
    record->shape.text_len = (uint32_t)text.len;
    record->text_at = writer->packer.text_len;
    record->spans_at = writer->spans.len;
    record->marks_at = writer->marks.len;
    TRY(add_words(writer, text, spans, span_count, record, fault));
    for (size_t i = 0; i < span_count; i++)
        span_encode(&spans[i], &writer->spans);
    order_add(&writer->order, &record->shape.columns, writer->parts);
    part_record_encode(record, &writer->records);
    TRY(buffer_check(&writer->spans, fault));
    TRY(buffer_check(&writer->marks, fault));
    TRY(buffer_check(&writer->records, fault));
    TRY(buffer_check(&writer->order.keys, fault));
    return text_packer_add(&writer->packer, text, &writer->frames, fault);
}

enum status segment_writer_add(struct segment_writer *writer, const struct columns *columns,
                               struct bytes text, const struct span *spans, size_t span_count,
                               const struct field *fields, size_t field_count, struct fault *fault)
{
    TRY(check_part(writer, text, spans, span_count, fault));
    struct part_record record = { .shape.columns = *columns };
    if (!GROW(writer->part_words, writer->part_words_room, writer->parts))
        return no_memory(fault);
    writer->broken = true;
    TRY(add_part(writer, &record, text, spans, span_count, fault));
    TRY(add_fields(writer, fields, field_count, fault));
    writer->words += record.shape.words;
    writer->part_words[writer->parts++] = record.shape.words;
    writer->broken = false;
    return OK;
}

/* A frequent word of the dictionary, read back once more. */
struct word_places {
    struct places places;
    const struct word *word;
    struct word_walk walk;
};

static enum status word_places_begin(struct places *places, struct fault *fault)
{
    struct word_places *own = (struct word_places *)places;
    return word_walk_begin(&own->walk, own->word, fault);
}

static enum status word_places_next(struct places *places, struct fault *fault)
{
    struct word_places *own = (struct word_places *)places;
    bool found;
    TRY(word_walk_next(&own->walk, &found, fault));
    places->part = found ? own->walk.part : POSTINGS_END;
    places->count = own->walk.count;
    places->positions = own->walk.positions;
    return OK;
}

static const struct word *find_word(const struct word **words, size_t count, struct bytes key)
{
    size_t low = 0;
    while (count > 1) {
        size_t half = count / 2;
        if (bytes_compare(word_key(words[low + half]), key) <= 0)
            low += half;
        count -= half;
    }
    return words[low];
}

struct pair_job {
    struct word_places *own;
    struct places **places;
    size_t count;
};

static void pair_job_release(struct pair_job *job)
{
    for (size_t i = 0; job->own != NULL && i < job->count; i++)
        word_walk_release(&job->own[i].walk);
    free(job->own);
    free((void *)job->places);
}

static enum status write_pairs(const struct segment_writer *writer, struct term_writer *terms,
                               const struct word **words, size_t word_count, struct fault *fault)
{
    SCOPED(pair_job_release) struct pair_job job = { 0 };
    const struct frequent *frequent;
    TRY(term_writer_pairs(terms, &frequent, &job.count, fault));
    if (job.count == 0)
        return OK;
    job.own = calloc(job.count, sizeof *job.own);
    job.places = calloc(job.count, sizeof *job.places);
    if (job.own == NULL || job.places == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < job.count; i++) {
        struct bytes key = bytes_make(frequent[i].key, frequent[i].key_len);
        job.own[i] = (struct word_places){ .places = { .begin = word_places_begin,
                                                       .next = word_places_next },
                                           .word = find_word(words, word_count, key) };
        job.places[i] = &job.own[i].places;
    }
    return pairs_write(terms, frequent, job.places, job.count, writer->part_words, writer->parts,
                       fault);
}

static enum status write_terms(const struct segment_writer *writer, struct sink *sink,
                               struct fault *fault)
{
    FREED const struct word **words = NULL;
    SCOPED(term_writer_release) struct term_writer terms;
    SCOPED(word_walk_release) struct word_walk walk = { 0 };
    size_t count;
    term_writer_begin(&terms, sink, writer->part_words, writer->words);
    TRY(dictionary_sorted(writer->dictionary, &words, &count, fault));
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(words[i + AHEAD < count ? i + AHEAD : i]);
        TRY(term_writer_word(&terms, words[i], &walk, fault));
    }
    TRY(write_pairs(writer, &terms, words, count, fault));
    return term_writer_finish(&terms, fault);
}

static enum status write_sections(struct segment_writer *writer, struct sink *sink,
                                  struct fault *fault)
{
    writer->ended = true;
    TRY(text_packer_end(&writer->packer, &writer->frames, fault));
    sink_section(sink, SECTION_TEXT);
    sink_write(sink, buffer_bytes(&writer->frames));
    sink_section(sink, SECTION_TEXT_TABLE);
    sink_write(sink, buffer_bytes(&writer->packer.table));
    sink_section(sink, SECTION_SPANS);
    sink_write(sink, buffer_bytes(&writer->spans));
    sink_section(sink, SECTION_MARKS);
    sink_write(sink, buffer_bytes(&writer->marks));
    sink_section(sink, SECTION_POSITIONS);
    TRY(write_terms(writer, sink, fault));
    sink_section(sink, SECTION_PARTS);
    sink_write(sink, buffer_bytes(&writer->records));
    TRY(order_write(&writer->order, sink, fault));
    sink->layout.words = writer->words;
    sink->layout.text_len = writer->packer.text_len;
    sink->layout.parts = writer->parts;
    return OK;
}

enum status segment_writer_seal(struct segment_writer *writer, int dir, const char *name,
                                uint64_t *seal, struct fault *fault)
{
    if (writer->broken)
        return fail(fault, NO_MEMORY, "the segment was given up when memory ran out");
    SCOPED(sink_release) struct sink sink;
    TRY(sink_open(&sink, dir, name, fault));
    TRY(write_sections(writer, &sink, fault));
    TRY(sink_finish(&sink, seal, fault));
    forget(writer);
    return OK;
}

#include "segment/writer.h"
#include "segment/order.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "segment/dictionary.h"
#include "segment/pairs.h"
#include "segment/harvest.h"
#include "segment/text_packer.h"
#include "text/tokenize.h"

enum { AHEAD = 12, INTAKE_LEVEL = 1, VALUE_GAP = 64, WORDS_MAX = INT32_MAX };

struct segment_writer {
    struct dictionary *dictionary;
    struct harvest harvest;
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

/* Memory is kept: what comes will need as much again. */
static void forget(struct segment_writer *writer)
{
    dictionary_clear(writer->dictionary);
    harvest_clear(&writer->harvest);
    text_packer_clear(&writer->packer);
    buffer_clear(&writer->frames);
    buffer_clear(&writer->spans);
    buffer_clear(&writer->marks);
    buffer_clear(&writer->records);
    order_release(&writer->order);
    writer->words = 0;
    writer->parts = 0;
    writer->broken = writer->ended = false;
}

static void release(struct segment_writer *writer)
{
    harvest_release(&writer->harvest);
    buffer_release(&writer->frames);
    buffer_release(&writer->spans);
    buffer_release(&writer->marks);
    buffer_release(&writer->records);
    order_release(&writer->order);
    free(take(writer->part_words));
}

void segment_writer_free(struct segment_writer *writer)
{
    if (writer == NULL)
        return;
    release(writer);
    dictionary_free(writer->dictionary);
    text_packer_release(&writer->packer);
    free(writer);
}

/* What was allocated ahead and never touched takes no memory. */
size_t segment_writer_memory(const struct segment_writer *writer)
{
    return sizeof *writer + dictionary_memory(writer->dictionary) +
           harvest_memory(&writer->harvest) + writer->packer.block.room + writer->packer.table.len +
           writer->frames.len + writer->spans.len + writer->marks.len + writer->records.len +
           writer->order.keys.len + writer->parts * sizeof *writer->part_words;
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

/* Words of one part on their way to the dictionary, in batches. */
struct batch {
    struct segment_writer *writer;
    uint32_t words, furniture; /* positions seen in the part */
    size_t count;
    struct token tokens[DICTIONARY_BATCH];
    uint8_t marked[DICTIONARY_BATCH][FOLD_KEY_MAX + 1]; /* keys of furniture */
};

/* The first eight bytes of a key that stands in a token. */
static uint64_t first_of(const struct token *token)
{
    uint64_t first;
    memcpy(&first, token->key, sizeof first);
    return token->key_len >= 8 ? first : first & (((uint64_t)1 << 8 * token->key_len) - 1);
}

/* A body word, and empty places for what it stepped over. */
static void see_body(struct batch *batch, uint32_t number, uint32_t position)
{
    struct harvest *harvest = &batch->writer->harvest;
    uint32_t beside = position < batch->words ? HARVEST_BESIDE : 0;
    for (; batch->words < position; batch->words++)
        harvest->body[harvest->body_count++] = HARVEST_NONE;
    harvest->body[harvest->body_count++] = number | beside;
    batch->words = position + 1;
}

static enum status see_token(struct batch *batch, const struct token *token, uint32_t number,
                             struct fault *fault)
{
    struct segment_writer *writer = batch->writer;
    if (token->flags & TOKEN_FURNITURE) {
        struct told told = { number, writer->parts, token->position };
        batch->furniture = token->position + 1;
        return harvest_tell(&writer->harvest, told) ? OK : no_memory(fault);
    }
    uint32_t stepped = token->position > batch->words ? token->position - batch->words : 0;
    if (!harvest_reserve(&writer->harvest, (size_t)stepped + 1))
        return no_memory(fault);
    see_body(batch, number, token->position);
    return OK;
}

static enum status batch_send(struct batch *batch, struct fault *fault)
{
    struct wanted wanted[DICTIONARY_BATCH];
    uint32_t numbers[DICTIONARY_BATCH];
    for (size_t i = 0; i < batch->count; i++) {
        const struct token *token = &batch->tokens[i];
        wanted[i] = (struct wanted){ token_key(token), first_of(token) };
        if (token->flags & TOKEN_FURNITURE) {
            size_t len = term_key_furniture(wanted[i].key, batch->marked[i]);
            wanted[i].key = bytes_make(batch->marked[i], len);
            wanted[i].first = dictionary_first(wanted[i].key);
        }
    }
    TRY(dictionary_number(batch->writer->dictionary, wanted, batch->count, numbers, fault));
    for (size_t i = 0; i < batch->count; i++)
        TRY(see_token(batch, &batch->tokens[i], numbers[i], fault));
    batch->count = 0;
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
    batch.writer = writer;
    batch.words = batch.furniture = 0;
    batch.count = 0;
    struct marking marking = { .to = &writer->marks };
    struct tokenizer tokenizer;
    uint32_t furniture = 0;
    tokenizer_begin(&tokenizer, text, spans, span_count);
    tokenizer_skip_sentences(&tokenizer);
    for (struct token *token; tokenizer_next(&tokenizer, token = &batch.tokens[batch.count]);) {
        if (token->key_len == 0)
            continue;
        if (token->flags & TOKEN_FURNITURE)
            furniture = token->position + 1;
        else if ((token->flags & TOKEN_EXTRA) == 0)
            mark_token(&marking, token, furniture);
        if (++batch.count == DICTIONARY_BATCH)
            TRY(batch_send(&batch, fault));
    }
    TRY(batch_send(&batch, fault));
    record->shape.words = batch.words;
    record->furniture_words = batch.furniture;
    return OK;
}

static enum status add_one(struct segment_writer *writer, const uint8_t *key, size_t len,
                           uint32_t position, struct fault *fault)
{
    struct bytes bytes = bytes_make(key, len);
    struct wanted wanted = { bytes, dictionary_first(bytes) };
    struct told told = { .part = writer->parts, .position = position };
    TRY(dictionary_number(writer->dictionary, &wanted, 1, &told.number, fault));
    return harvest_tell(&writer->harvest, told) ? OK : no_memory(fault);
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

/* What a seal needs of the words beside where they were seen. */
struct seal {
    const struct segment_writer *writer;
    uint32_t *order; /* numbers of all words by key */
    struct sorted_harvest sorted;
    struct harvest_walk walk;
    uint16_t *frequent; /* of each word: which frequent one it is, plus one, or 0 */
};

static void seal_release(struct seal *seal)
{
    free(seal->order);
    free(seal->frequent);
    sorted_harvest_release(&seal->sorted);
    harvest_walk_release(&seal->walk);
}

enum { BESIDE_MAX = 16 }; /* words at one position */

/* Frequent words at one position. */
struct stand {
    size_t count;
    uint16_t ids[BESIDE_MAX];
};

/* False when it stands there already. */
static bool stand_add(struct stand *stand, uint16_t id)
{
    for (size_t i = 0; i < stand->count; i++) {
        if (stand->ids[i] == id)
            return false;
    }
    assert(stand->count < BESIDE_MAX);
    stand->ids[stand->count++] = id;
    return true;
}

/* Where a further word stands at a position: all of it with all that stood before. */
static void see_beside(struct pairing *pairing, const struct stand *before, struct stand *here,
                       uint16_t id, struct pair_place at)
{
    if (!stand_add(here, id))
        return;
    for (size_t i = 0; i < before->count; i++)
        pairing_see(pairing, before->ids[i] - 1u, id - 1u, at.part, at.position - 1);
}

/* The words of one part from `body` on; answers where the next begins. */
static const uint32_t *scan_part(const struct seal *seal, struct pairing *pairing, uint32_t part,
                                 const uint32_t *body, const uint32_t *end)
{
    struct stand stands[2] = { 0 }, *before = &stands[0], *here = &stands[1];
    uint32_t words = seal->writer->part_words[part], position = UINT32_MAX;
    for (; body < end; body++) {
        uint32_t word = *body & HARVEST_NONE;
        if ((*body & HARVEST_BESIDE) == 0) {
            struct stand *emptied = before;
            if (++position == words)
                return body;
            before = here;
            here = emptied;
            here->count = 0;
        }
        uint16_t id = word == HARVEST_NONE ? 0 : seal->frequent[word];
        if (id != 0)
            see_beside(pairing, before, here, id, (struct pair_place){ part, position });
    }
    return body;
}

static enum status scan_body(void *context, struct pairing *pairing, struct fault *fault)
{
    const struct seal *seal = context;
    const struct harvest *harvest = &seal->writer->harvest;
    const uint32_t *body = harvest->body, *end = body + harvest->body_count;
    (void)fault;
    for (uint32_t part = 0; part < seal->writer->parts; part++)
        body = scan_part(seal, pairing, part, body, end);
    return OK;
}

static uint32_t find_word(const struct dictionary *dictionary, const uint32_t *order,
                          struct bytes key)
{
    size_t low = 0, count = dictionary_count(dictionary);
    while (count > 1) {
        size_t half = count / 2;
        if (bytes_compare(dictionary_key(dictionary, order[low + half]), key) <= 0)
            low += half;
        count -= half;
    }
    return order[low];
}

static enum status write_pairs(struct seal *seal, struct term_writer *terms, struct fault *fault)
{
    const struct frequent *frequent;
    size_t count;
    TRY(term_writer_pairs(terms, &frequent, &count, fault));
    seal->frequent =
        calloc((size_t)dictionary_count(seal->writer->dictionary) + 1, sizeof *seal->frequent);
    if (seal->frequent == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        struct bytes key = bytes_make(frequent[i].key, frequent[i].key_len);
        seal->frequent[find_word(seal->writer->dictionary, seal->order, key)] = (uint16_t)(i + 1);
    }
    return pairs_write(terms, frequent, count, scan_body, seal, fault);
}

static enum status write_word(struct seal *seal, struct term_writer *terms, uint32_t number,
                              size_t before, struct fault *fault)
{
    struct harvest_walk *walk = &seal->walk;
    struct bytes key = dictionary_key(seal->writer->dictionary, number);
    harvest_walk_begin(walk, &seal->sorted, number, key.at[0] >= ' ', before);
    TRY(term_writer_key(terms, key, fault));
    for (;;) {
        TRY(harvest_walk_next(walk, fault));
        if (walk->part == POSTINGS_END)
            return OK;
        TRY(term_writer_part(terms, walk->part, walk->positions, walk->count, fault));
    }
}

/* Words lie anywhere: what the next ones need is asked for from memory before it is read. */
static void expect(const struct seal *seal, uint32_t at, uint32_t count)
{
    uint32_t number = seal->order[at + 2 * AHEAD < count ? at + 2 * AHEAD : at];
    uint32_t sooner = seal->order[at + AHEAD < count ? at + AHEAD : at];
    __builtin_prefetch(&seal->sorted.ends[number]);
    dictionary_expect(seal->writer->dictionary, number, sooner);
}

static enum status write_terms(const struct segment_writer *writer, struct sink *sink,
                               struct fault *fault)
{
    SCOPED(seal_release) struct seal seal = { .writer = writer };
    SCOPED(term_writer_release) struct term_writer terms;
    uint32_t count = dictionary_count(writer->dictionary);
    size_t before = 0;
    term_writer_begin(&terms, sink, writer->part_words, writer->words);
    TRY(dictionary_sorted(writer->dictionary, &seal.order, fault));
    TRY(harvest_sort(&writer->harvest, seal.order, count, writer->part_words, writer->parts,
                     &seal.sorted, fault));
    for (uint32_t i = 0; i < count; i++) {
        expect(&seal, i, count);
        TRY(write_word(&seal, &terms, seal.order[i], before, fault));
        before = seal.sorted.ends[seal.order[i]];
    }
    sorted_harvest_release(&seal.sorted);
    TRY(write_pairs(&seal, &terms, fault));
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

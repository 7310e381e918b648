#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/grow.h"
#include "base/hash.h"
#include "sample.h"
#include "text/tokenize.h"

static int folder_fd = -1;
static char folder_name[] = "/tmp/stet-test-segment-XXXXXX";

int folder_make(void **state)
{
    (void)state;
    if (mkdtemp(folder_name) == NULL)
        return 1;
    folder_fd = open(folder_name, O_RDONLY | O_DIRECTORY);
    return folder_fd < 0 || hash_start(NULL) != OK;
}

int folder_remove(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder_name);
    return close(folder_fd) || system(command);
}

int folder(void)
{
    return folder_fd;
}

static const char *const words[] = {
    "the",       "of",        "and",          "to",     "ministry", "Almagre", "Peñalba", "don't",
    "250,000",   "well-kept", "harb-\nour",   "U.S.",   "silver",   "port",    "envoy",   "said",
    "country's", "customs",   "Verdania",     "salt",   "tribunal", "3.5",     "señor",   "Brill",
    "co-\nast",  "re-elect",  "state-of-war", "PORT,S", "café",     "lorries", "(SBU)",   "quay",
};

static uint32_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static void add_span(struct sample_part *part, enum span_kind kind, size_t start, const char *value)
{
    struct span span = { kind, (uint32_t)start, (uint32_t)part->text.len,
                         bytes_from_string(value) };
    assert_int_equal(span_list_add(&part->spans, span, NULL), OK);
}

static void add_paragraph(struct sample_part *part, uint64_t *seed, uint32_t count)
{
    size_t start = part->text.len;
    buffer_print(&part->text, "ALMAGRE 0000%u 002 OF 003\n", next_random(seed) % 1000);
    add_span(part, SPAN_FURNITURE, start, "");
    start = part->text.len;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t pick = next_random(seed) % 40;
        if (pick < 32)
            buffer_print(&part->text, "%s ", words[(size_t)pick * (pick + 1) / 33]);
        else if (pick < 36)
            buffer_print(&part->text, "hull%u ", next_random(seed) % 5000);
        else
            buffer_print(&part->text, "%s. ", words[next_random(seed) % 32]);
    }
    buffer_append_text(&part->text, "\n\n");
    add_span(part, SPAN_PARAGRAPH, start, count % 3 ? "15" : "");
}

void sample_part_make(uint32_t i, struct sample_part *part)
{
    uint64_t seed = i * 7919u + 17;
    *part = (struct sample_part){ .columns = { .document = i * 10u + 1,
                                               .reading = i + 100u,
                                               .part = 1,
                                               .date = (int32_t)(i * 3) - 40,
                                               .flags = i % 16,
                                               .class_rank = i % 5,
                                               .kind = i % KIND_KINDS,
                                               .language = i % 3 } };
    uint32_t paragraphs = i % 40 == 0 ? 30 : next_random(&seed) % 5 + 1;
    for (uint32_t p = 0; p < paragraphs && i % 20 != 7; p++)
        add_paragraph(part, &seed, i % 40 == 0 ? 150 : next_random(&seed) % 60);
    span_list_sort(&part->spans);
    part->fields[0] =
        (struct field){ .name = FIELD_ORIGIN, .value = bytes_from_string(" Embassy Almagre") };
    part->fields[1] = (struct field){ .name = FIELD_TAG, .value = bytes_from_string("SALT PORT") };
    part->fields[2] =
        (struct field){ .name = FIELD_TAG, .value = bytes_from_string("salt, again") };
    part->fields[3] =
        (struct field){ .name = FIELD_DATE, .value = bytes_from_string("2031-05-02") };
    part->field_count = i % 5;
    assert_false(part->text.failed);
}

void sample_part_release(struct sample_part *part)
{
    buffer_release(&part->text);
    span_list_release(&part->spans);
}

static void see(struct oracle *oracle, const uint8_t *key, size_t len, uint32_t part,
                uint32_t position)
{
    assert_true(GROW(oracle->at, oracle->room, oracle->count));
    struct sighting *sighting = &oracle->at[oracle->count++];
    *sighting = (struct sighting){ .key_len = (uint8_t)len, .part = part, .position = position };
    memcpy(sighting->key, key, len);
}

static void see_text(struct oracle *oracle, const struct sample_part *sample, uint32_t part)
{
    struct tokenizer tokenizer;
    struct token token;
    uint8_t key[TERM_KEY_MAX];
    tokenizer_begin(&tokenizer, buffer_bytes(&sample->text), sample->spans.at, sample->spans.count);
    while (tokenizer_next(&tokenizer, &token)) {
        if (token.flags & TOKEN_FURNITURE)
            see(oracle, key, term_key_furniture(token_key(&token), key), part, token.position);
        else
            see(oracle, token.key, token.key_len, part, token.position);
    }
}

static void see_fields(struct oracle *oracle, const struct sample_part *sample, uint32_t part)
{
    struct tokenizer tokenizer;
    struct token token;
    uint8_t key[TERM_KEY_MAX];
    uint32_t next[FIELD_NAMES] = { 0 }, values[FIELD_NAMES] = { 0 };
    for (size_t i = 0; i < sample->field_count; i++) {
        enum field_name name = sample->fields[i].name;
        size_t len = term_key_field_value(name, sample->fields[i].value, key);
        see(oracle, key, len, part, values[name]++);
        uint32_t first = next[name];
        tokenizer_begin(&tokenizer, sample->fields[i].value, NULL, 0);
        while (field_is_searched(name) && tokenizer_next(&tokenizer, &token)) {
            len = term_key_field_word(name, token_key(&token), key);
            see(oracle, key, len, part, first + token.position);
            next[name] = first + token.position + 64;
        }
    }
}

void oracle_add(struct oracle *oracle, uint32_t of, uint32_t part)
{
    struct sample_part sample;
    sample_part_make(of, &sample);
    see_text(oracle, &sample, part);
    see_fields(oracle, &sample, part);
    sample_part_release(&sample);
}

static int by_sighting(const void *left, const void *right)
{
    const struct sighting *a = left;
    const struct sighting *b = right;
    int keys = bytes_compare(bytes_make(a->key, a->key_len), bytes_make(b->key, b->key_len));
    if (keys != 0)
        return keys;
    if (a->part != b->part)
        return a->part < b->part ? -1 : 1;
    return a->position < b->position ? -1 : a->position > b->position;
}

void oracle_sort(struct oracle *oracle)
{
    size_t kept = 0;
    qsort(oracle->at, oracle->count, sizeof *oracle->at, by_sighting);
    for (size_t i = 0; i < oracle->count; i++) {
        if (i == 0 || by_sighting(&oracle->at[i], &oracle->at[kept - 1]) != 0)
            oracle->at[kept++] = oracle->at[i];
    }
    oracle->count = kept;
}

void oracle_release(struct oracle *oracle)
{
    free(oracle->at);
    *oracle = (struct oracle){ 0 };
}

/* The list of one term from sighting `at` on; answers where the next term begins. */
static size_t check_term(const struct oracle *oracle, size_t at, const struct term_walk *walk)
{
    struct postings postings;
    uint32_t parts = 0;
    size_t start = at;
    assert_int_equal(postings_begin(&postings, walk->segment, &walk->term, NULL), OK);
    for (;;) {
        assert_int_equal(postings_next(&postings, NULL), OK);
        if (postings.part == POSTINGS_END)
            break;
        FREED uint32_t *positions = calloc(postings.count, sizeof *positions);
        assert_int_equal(postings_positions(&postings, positions, postings.count, NULL), OK);
        for (uint32_t i = 0; i < postings.count; i++, at++) {
            const struct sighting *seen = &oracle->at[at];
            assert_true(at < oracle->count);
            assert_true(bytes_equal(walk->key, bytes_make(seen->key, seen->key_len)));
            assert_int_equal(postings.part, seen->part);
            assert_int_equal(positions[i], seen->position);
        }
        parts++;
    }
    assert_int_equal(parts, walk->term.parts);
    assert_int_equal(at - start, walk->term.occurrences);
    return at;
}

void oracle_check(const struct oracle *oracle, const struct segment *segment)
{
    struct term_walk walk;
    size_t at = 0;
    assert_int_equal(term_walk_begin(&walk, segment, (struct bytes){ 0 }, NULL), OK);
    while (!walk.ended) {
        at = check_term(oracle, at, &walk);
        assert_int_equal(term_walk_next(&walk, NULL), OK);
    }
    assert_int_equal(at, oracle->count);
}

uint64_t sample_seal(const char *name, uint32_t first, uint32_t step, uint32_t count)
{
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    struct fault fault;
    uint64_t seal;
    assert_int_equal(segment_writer_new(&writer, &fault), OK);
    for (uint32_t i = 0; i < count; i++) {
        struct sample_part part;
        sample_part_make(first + i * step, &part);
        assert_int_equal(segment_writer_add(writer, &part.columns, buffer_bytes(&part.text),
                                            part.spans.at, part.spans.count, part.fields,
                                            part.field_count, &fault),
                         OK);
        sample_part_release(&part);
    }
    assert_int_equal(segment_writer_parts(writer), count);
    assert_int_equal(segment_writer_seal(writer, folder_fd, name, &seal, &fault), OK);
    assert_int_equal(segment_writer_parts(writer), 0);
    return seal;
}

struct segment *sample_open(const char *name)
{
    struct segment *segment = NULL;
    assert_int_equal(segment_open(folder_fd, name, &segment, NULL), OK);
    return segment;
}

struct buffer sample_file(const char *name)
{
    struct buffer file = { 0 };
    assert_int_equal(file_read(folder_fd, name, 1 << 28, &file, NULL), OK);
    return file;
}

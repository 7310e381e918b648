#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "shelf.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "archive/dating.h"
#include "base/hash.h"
#include "catalog/coverage_words.h"
#include "catalog/lookup.h"
#include "segment/writer.h"

struct document {
    const struct shelf_part *first;
    uint32_t parts;
};

static struct {
    char path[64];
    int dir;
    struct document documents[SHELF_PARTS];
    size_t document_count;
    struct segment *segments[SHELF_SEGMENTS];
    struct shapes *shapes[SHELF_SEGMENTS];
    uint64_t seen[SHELF_SEGMENTS][SHELF_PARTS / 64];
    size_t segment_count;
    uint64_t parts, words;
} shelf;

struct stet_archive *shelf_archive(void)
{
    return (struct stet_archive *)&shelf;
}

const struct snapshot *shelf_snapshot(void)
{
    return (const struct snapshot *)&shelf;
}

static void empty(void)
{
    for (size_t i = 0; i < shelf.segment_count; i++) {
        char name[32];
        shapes_free(shelf.shapes[i]);
        segment_close(shelf.segments[i]);
        snprintf(name, sizeof name, "s%zu", i);
        unlinkat(shelf.dir, name, 0);
    }
    memset(shelf.seen, 0, sizeof shelf.seen);
    shelf.document_count = shelf.segment_count = 0;
    shelf.parts = shelf.words = 0;
}

int shelf_make(void **state)
{
    (void)state;
    strcpy(shelf.path, "/tmp/stet-shelf-XXXXXX");
    assert_non_null(mkdtemp(shelf.path));
    shelf.dir = open(shelf.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return hash_start(NULL) == OK && shelf.dir >= 0 ? 0 : -1;
}

int shelf_remove(void **state)
{
    (void)state;
    empty();
    close(shelf.dir);
    return rmdir(shelf.path);
}

static void fields_read(const char *words, struct arena *arena, struct field_list *fields)
{
    fields->at = arena_alloc_many(arena, 32, sizeof *fields->at);
    while (words != NULL && *words != '\0') {
        size_t len = strcspn(words, ";"), key = strcspn(words, "=");
        struct bytes value = bytes_make(words + key + 1, len - key - 1);
        struct field field = { .value = value };
        assert_true(field_from_word(bytes_make(words, key), &field.name));
        if (value.len > 0 && value.at[0] == '~') {
            field.basis = BASIS_INFERRED;
            field.value = bytes_slice(value, 1, value.len);
            field.from = bytes_from_string("from the declassification date");
        }
        fields->at[fields->count++] = field;
        words += len + (words[len] == ';');
    }
}

/* Paragraphs between blank lines; "## " lines are furniture. */
static void spans_read(struct bytes text, struct span_list *spans)
{
    size_t at = 0, start = SIZE_MAX, line_at = 0;
    struct bytes line;
    while (line_at = at, bytes_next_line(text, &at, &line)) {
        uint32_t end = (uint32_t)(line_at + line.len);
        if (bytes_has_prefix(line, "## "))
            assert_int_equal(
                span_list_add(spans, (struct span){ SPAN_FURNITURE, (uint32_t)line_at, end, { 0 } },
                              NULL),
                OK);
        if (line.len == 0 && start != SIZE_MAX) {
            assert_int_equal(
                span_list_add(
                    spans,
                    (struct span){ SPAN_PARAGRAPH, (uint32_t)start, (uint32_t)line_at, { 0 } },
                    NULL),
                OK);
            start = SIZE_MAX;
        } else if (line.len > 0 && start == SIZE_MAX && !bytes_has_prefix(line, "## ")) {
            start = line_at;
        }
    }
    if (start != SIZE_MAX)
        assert_int_equal(
            span_list_add(
                spans, (struct span){ SPAN_PARAGRAPH, (uint32_t)start, (uint32_t)text.len, { 0 } },
                NULL),
            OK);
    span_list_sort(spans);
}

static void columns_read(const struct field_list *fields, struct columns *columns)
{
    const struct field *date = field_list_find(fields, FIELD_DATE);
    const struct field *class = field_list_find(fields, FIELD_CLASS);
    enum date_precision precision;
    columns->date = COLUMN_NO_DATE;
    columns->class_rank = class != NULL ? class_rank(class->value) : 0;
    if (date == NULL || !date_from_field(date->value, &columns->date, &precision))
        return;
    columns->flags = precision == DATE_MONTH  ? COLUMN_DATE_MONTH
                     : precision == DATE_YEAR ? COLUMN_DATE_YEAR
                                              : 0;
    columns->flags |= date->basis == BASIS_INFERRED ? COLUMN_DATE_INFERRED : 0;
}

static void part_add(struct segment_writer *writer, const struct shelf_part *part)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(span_list_release) struct span_list spans = { 0 };
    struct field_list fields = { 0 };
    struct bytes text = bytes_from_string(part->text);
    struct document *last =
        shelf.document_count > 0 ? &shelf.documents[shelf.document_count - 1] : NULL;
    bool goes_on = last != NULL && strcmp(last->first->name, part->name) == 0;
    if (!goes_on) {
        last = &shelf.documents[shelf.document_count++];
        *last = (struct document){ part, 0 };
    }
    last->parts++;
    fields_read(part->fields, &arena, &fields);
    spans_read(text, &spans);
    struct columns columns = {
        .document = shelf.document_count, .reading = 1, .part = last->parts, .kind = KIND_CABLE
    };
    columns_read(&fields, &columns);
    if (!part->is_dead) {
        uint32_t number = segment_writer_parts(writer);
        shelf.seen[part->segment][number / 64] |= UINT64_C(1) << (number % 64);
    }
    uint64_t before = segment_writer_words(writer);
    assert_int_equal(segment_writer_add(writer, &columns, text, spans.at, spans.count, fields.at,
                                        goes_on ? 0 : fields.count, NULL),
                     OK);
    shelf.parts++;
    shelf.words += segment_writer_words(writer) - before;
}

static void seal(struct segment_writer *writer)
{
    char name[32];
    uint64_t sum;
    snprintf(name, sizeof name, "s%zu", shelf.segment_count);
    assert_int_equal(segment_writer_seal(writer, shelf.dir, name, &sum, NULL), OK);
    size_t i = shelf.segment_count++;
    assert_int_equal(segment_open(shelf.dir, name, &shelf.segments[i], NULL), OK);
    assert_int_equal(shapes_new(shelf.segments[i], &shelf.shapes[i], NULL), OK);
}

void shelf_fill(const struct shelf_part *parts, size_t count)
{
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    empty();
    assert_int_equal(segment_writer_new(&writer, NULL), OK);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && parts[i].segment != parts[i - 1].segment)
            seal(writer);
        part_add(writer, &parts[i]);
    }
    seal(writer);
}

/* archive/snapshot.h */

enum status snapshot_open(struct archive *archive, const struct scope *scope,
                          struct snapshot **snapshot, struct fault *fault)
{
    (void)archive, (void)scope, (void)fault;
    *snapshot = (struct snapshot *)&shelf;
    return OK;
}

void snapshot_drop(struct snapshot *snapshot)
{
    (void)snapshot;
}

const struct catalog *snapshot_catalog(const struct snapshot *snapshot)
{
    return (const struct catalog *)snapshot;
}

size_t snapshot_segment_count(const struct snapshot *snapshot)
{
    (void)snapshot;
    return shelf.segment_count;
}

const struct segment *snapshot_segment(const struct snapshot *snapshot, size_t index)
{
    (void)snapshot;
    return shelf.segments[index];
}

const struct shapes *snapshot_shapes(const struct snapshot *snapshot, size_t index)
{
    (void)snapshot;
    return shelf.shapes[index];
}

const uint64_t *snapshot_seen(const struct snapshot *snapshot, size_t segment)
{
    (void)snapshot;
    return shelf.seen[segment];
}

uint64_t snapshot_part_total(const struct snapshot *snapshot)
{
    (void)snapshot;
    return shelf.parts;
}

uint64_t snapshot_word_total(const struct snapshot *snapshot)
{
    (void)snapshot;
    return shelf.words;
}

enum status snapshot_locate(const struct snapshot *snapshot, uint64_t document, uint32_t part,
                            size_t *segment, uint32_t *number, struct fault *fault)
{
    (void)snapshot;
    for (*segment = 0; *segment < shelf.segment_count; ++*segment) {
        enum status found = segment_find(shelf.segments[*segment], document, part, number, fault);
        if (found != NOT_FOUND)
            return found;
    }
    return NOT_FOUND;
}

/* archive/dating.h: the date 1900-01-01 never stands. */
enum status snapshot_date_stands(const struct snapshot *snapshot, uint64_t document, bool *stands,
                                 struct fault *fault)
{
    (void)snapshot, (void)fault;
    const char *fields = shelf.documents[document - 1].first->fields;
    *stands = strstr(fields, "~1900-01-01") == NULL;
    return OK;
}

/* catalog/ */

enum status catalog_document(const struct catalog *catalog, uint64_t id, struct arena *arena,
                             struct document_row *row, struct fault *fault)
{
    (void)catalog, (void)arena, (void)fault;
    const struct document *document = &shelf.documents[id - 1];
    struct bytes name = bytes_from_string(document->first->name);
    *row = (struct document_row){
        .id = id, .kind = KIND_CABLE, .name = name, .parts = document->parts
    };
    row->text = hash_from_bytes(bytes_from_string(document->first->text));
    return OK;
}

enum status catalog_fields(const struct catalog *catalog, uint64_t document, struct arena *arena,
                           struct field_list *fields, struct fault *fault)
{
    (void)catalog, (void)fault;
    fields_read(shelf.documents[document - 1].first->fields, arena, fields);
    return OK;
}

static enum status ids_named(struct bytes name, enum field_name field, uint64_t except,
                             struct arena *arena, uint64_t **ids, size_t *count)
{
    *ids = arena_alloc_many(arena, shelf.document_count + 1, sizeof **ids);
    *count = 0;
    for (size_t i = 0; i < shelf.document_count; i++) {
        struct field_list fields = { 0 };
        fields_read(shelf.documents[i].first->fields, arena, &fields);
        bool is_named = field == FIELD_NUMBER && bytes_is(name, shelf.documents[i].first->name);
        for (size_t j = 0; j < fields.count; j++)
            is_named |= fields.at[j].name == field && bytes_equal(fields.at[j].value, name);
        if (is_named && i + 1 != except)
            (*ids)[(*count)++] = i + 1;
    }
    return OK;
}

enum status catalog_documents_named(const struct catalog *catalog, struct bytes name,
                                    struct arena *arena, uint64_t **ids, size_t *count,
                                    struct fault *fault)
{
    (void)catalog, (void)fault;
    return ids_named(name, FIELD_NUMBER, 0, arena, ids, count);
}

enum status catalog_referrers(const struct catalog *catalog, uint64_t document, struct arena *arena,
                              uint64_t **ids, size_t *count, struct fault *fault)
{
    (void)catalog, (void)fault;
    return ids_named(bytes_from_string(shelf.documents[document - 1].first->name), FIELD_REF,
                     document, arena, ids, count);
}

enum status catalog_twins(const struct catalog *catalog, uint64_t document, struct arena *arena,
                          uint64_t **ids, size_t *count, struct fault *fault)
{
    (void)catalog, (void)document, (void)arena, (void)fault;
    *ids = NULL;
    *count = 0;
    return OK;
}

enum status catalog_part_names(const struct catalog *catalog, uint64_t document,
                               struct arena *arena, struct bytes **names, size_t *count,
                               struct fault *fault)
{
    (void)catalog, (void)fault;
    *count = shelf.documents[document - 1].parts;
    *names = arena_alloc_many(arena, *count, sizeof **names);
    return OK;
}

enum status catalog_paths(const struct catalog *catalog, uint64_t document, struct arena *arena,
                          struct bytes **paths, size_t *count, struct fault *fault)
{
    (void)catalog, (void)document, (void)fault;
    *count = 1;
    *paths = arena_alloc_many(arena, 1, sizeof **paths);
    **paths = bytes_from_string("cables/cables/one.txt");
    return OK;
}

/* One collection, "cables", holds the documents with even numbers. */
enum status catalog_collections(const struct catalog *catalog, struct arena *arena,
                                struct collection_row **rows, size_t *count, struct fault *fault)
{
    (void)catalog, (void)fault;
    *rows = arena_alloc_many(arena, 1, sizeof **rows);
    **rows = (struct collection_row){ .id = 7, .name = bytes_from_string("cables") };
    *count = 1;
    return OK;
}

enum status catalog_collection_named(const struct catalog *catalog, struct bytes name,
                                     struct arena *arena, struct collection_row *row,
                                     struct fault *fault)
{
    (void)catalog, (void)arena, (void)fault;
    *row = (struct collection_row){ .id = 7, .name = bytes_from_string("cables") };
    return bytes_is(name, "cables") ? OK : NOT_FOUND;
}

enum status catalog_memberships(const struct catalog *catalog, uint64_t document,
                                struct arena *arena, uint64_t **collections, size_t *count,
                                struct fault *fault)
{
    (void)catalog, (void)fault;
    *collections = arena_alloc_many(arena, 1, sizeof **collections);
    **collections = 7;
    *count = document % 2 == 0;
    return OK;
}

enum status catalog_collection_rows(const struct catalog *catalog, struct arena *arena,
                                    struct collection_row **rows, size_t *count,
                                    struct fault *fault)
{
    return catalog_collections(catalog, arena, rows, count, fault);
}

enum status ledger_rows_of(const struct catalog *catalog, const struct hash *original,
                           struct arena *arena, struct ledger_row **rows, size_t *count,
                           struct fault *fault)
{
    (void)catalog, (void)original, (void)fault;
    *rows = arena_alloc_many(arena, 1, sizeof **rows);
    **rows = (struct ledger_row){ .collection = 7, .path = bytes_from_string("one.txt") };
    *count = 1;
    return OK;
}

enum status snapshot_collection(const struct snapshot *snapshot, size_t segment,
                                uint64_t collection, const uint64_t **parts, struct fault *fault)
{
    static uint64_t even[SHELF_PARTS / 64 + 1];
    (void)snapshot, (void)fault;
    assert_int_equal(collection, 7);
    memset(even, 0, sizeof even);
    for (uint32_t i = 0; i < segment_part_count(shelf.segments[segment]); i++) {
        struct part_shape shape;
        assert_int_equal(segment_part(shelf.segments[segment], i, &shape, NULL), OK);
        even[i / 64] |= (uint64_t)(shape.columns.document % 2 == 0) << i % 64;
    }
    *parts = even;
    return OK;
}

enum status catalog_coverage(const struct catalog *catalog, const uint64_t *collections,
                             size_t count, struct coverage *coverage, struct fault *fault)
{
    (void)catalog, (void)collections, (void)count, (void)fault;
    *coverage = (struct coverage){ .documents = shelf.document_count };
    coverage->files[LEDGER_FULL] = shelf.document_count;
    return OK;
}

void coverage_words(const struct coverage *coverage, char *text, size_t room)
{
    snprintf(text, room, "Held: %u files.", (unsigned)coverage->files[LEDGER_FULL]);
}

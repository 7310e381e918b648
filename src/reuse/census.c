#include "reuse/census.h"

#include <stdlib.h>

#include "archive/dating.h"
#include "catalog/lookup.h"
#include "text/fold.h"

static enum status count_parts(struct census *census, struct fault *fault)
{
    size_t segments = snapshot_segment_count(census->snapshot);
    uint64_t parts = 0;
    census->segment_at = calloc(segments + 1, sizeof *census->segment_at);
    if (census->segment_at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < segments; i++) {
        census->segment_at[i] = (uint32_t)parts;
        parts += segment_part_count(snapshot_segment(census->snapshot, i));
    }
    if (parts >= CENSUS_NONE)
        return fail(fault, OVER_LIMIT, "more than four billion parts cannot be compared");
    census->segment_at[segments] = census->part_count = (uint32_t)parts;
    census->parts = calloc(parts + 1, sizeof *census->parts);
    census->documents = calloc(parts + 1, sizeof *census->documents);
    return census->parts == NULL || census->documents == NULL ? no_memory(fault) : OK;
}

static void add_document(struct census *census, const struct part_shape *shape)
{
    const struct columns *columns = &shape->columns;
    struct census_document *document = &census->documents[census->document_count++];
    bool is_dated = columns->date != COLUMN_NO_DATE;
    *document = (struct census_document){ .id = columns->document,
                                          .date = columns->date,
                                          .kind = columns->kind,
                                          .date_flags = columns->flags,
                                          .dating = DATING_NONE };
    if (is_dated)
        document->dating = columns->flags & COLUMN_DATE_INFERRED ? DATING_ASKED : DATING_STATED;
}

/* Every part that is seen; its first part brings the document. */
static enum status see_parts(struct census *census, struct fault *fault)
{
    for (size_t i = 0; i < snapshot_segment_count(census->snapshot); i++)
        for (uint32_t number = 0; census->segment_at[i] + number < census->segment_at[i + 1];
             number++) {
            struct census_part *part = &census->parts[census->segment_at[i] + number];
            struct part_shape shape;
            part->document = CENSUS_NONE;
            if (!snapshot_sees(census->snapshot, i, number))
                continue;
            TRY(segment_part(snapshot_segment(census->snapshot, i), number, &shape, fault));
            part->words = shape.words;
            part->words_at = census->words;
            part->document = 0;
            census->words += shape.words;
            census->text_bytes += shape.text_len;
            if (shape.columns.part == 1)
                add_document(census, &shape);
        }
    return OK;
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t of_a = ((const struct census_document *)a)->id;
    uint64_t of_b = ((const struct census_document *)b)->id;
    return of_a < of_b ? -1 : of_a > of_b;
}

static uint32_t find_document(const struct census *census, uint64_t id)
{
    uint32_t low = 0, high = census->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (census->documents[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < census->document_count && census->documents[low].id == id ? low : CENSUS_NONE;
}

static enum status name_parts(struct census *census, struct fault *fault)
{
    for (size_t i = 0; i < snapshot_segment_count(census->snapshot); i++)
        for (uint32_t at = census->segment_at[i]; at < census->segment_at[i + 1]; at++) {
            struct part_shape shape;
            if (census->parts[at].document == CENSUS_NONE)
                continue;
            TRY(segment_part(snapshot_segment(census->snapshot, i), at - census->segment_at[i],
                             &shape, fault));
            census->parts[at].document = find_document(census, shape.columns.document);
            if (census->parts[at].document != CENSUS_NONE)
                census_of_part(census, at)->words += shape.words;
        }
    return OK;
}

static enum status mark_side(struct census *census, const struct census_scope *scope,
                             enum census_side side, struct fault *fault)
{
    for (uint32_t i = 0; scope->count == 0 && i < census->document_count; i++)
        census->documents[i].sides |= side;
    for (size_t i = 0; i < scope->count; i++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        uint64_t *members;
        size_t count;
        TRY(catalog_members(snapshot_catalog(census->snapshot), scope->collections[i], &arena,
                            &members, &count, fault));
        for (size_t k = 0; k < count; k++) {
            uint32_t document = find_document(census, members[k]);
            if (document != CENSUS_NONE)
                census->documents[document].sides |= side;
        }
    }
    return OK;
}

/* One reason why documents are twins: all with the same value are. A body's value is of its first
 * letters only, so the lengths must fit too. */
struct likeness {
    uint64_t value;
    uint32_t document;
    bool is_body;
};

struct looking {
    struct census *census;
    struct likeness *at; /* two for each document */
    size_t count;
    struct arena arena;
};

static uint64_t value_hash(const struct field_list *fields, enum field_name name)
{
    const struct field *field = field_list_find(fields, name);
    uint8_t folded[256];
    if (field == NULL)
        return 0;
    return checksum64(bytes_make(folded, fold_text(field->value, folded, sizeof folded)));
}

static struct bytes without_replies(struct bytes title)
{
    static const char *const marks[] = { "re:", "fw:", "fwd:", "fvv:", "aw:" };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (bytes_has_prefix_fold(title, marks[i]))
            return without_replies(bytes_trim(bytes_slice(title, strlen(marks[i]), title.len)));
    return title;
}

static uint64_t subject_hash(const struct field_list *fields)
{
    const struct field *title = field_list_find(fields, FIELD_TITLE);
    uint8_t folded[256];
    if (title == NULL)
        return 0;
    struct bytes subject = without_replies(bytes_trim(title->value));
    size_t len = fold_text(subject, folded, sizeof folded);
    return len < 4 ? 0 : checksum64(bytes_make(folded, len));
}

/* The sum of all, so that order does not matter. */
static void add_content(struct hash *sum, const struct hash *text)
{
    unsigned carry = 0;
    for (size_t i = 0; i < HASH_LEN; i++) {
        carry += (unsigned)sum->at[i] + text->at[i];
        sum->at[i] = (uint8_t)carry;
        carry >>= 8;
    }
}

static enum status look(void *context, const struct document_record *record, struct fault *fault)
{
    struct looking *looking = context;
    uint32_t at = find_document(looking->census, record->row.id);
    if (at == CENSUS_NONE)
        return OK;
    struct census_document *document = &looking->census->documents[at];
    struct field_list fields = { 0 };
    arena_clear(&looking->arena);
    add_content(&looking->census->content, &record->row.text);
    TRY(fields_decode(record->fields, &looking->arena, &fields, fault));
    document->subject = subject_hash(&fields);
    document->series = value_hash(&fields, FIELD_ORIGIN) * 31 + document->kind;
    if (record->body != 0)
        looking->at[looking->count++] = (struct likeness){ record->body, at, true };
    looking->at[looking->count++] = (struct likeness){ checksum64(record->row.name), at, false };
    return OK;
}

static int compare_likeness(const void *a, const void *b)
{
    const struct likeness *of_a = a, *of_b = b;
    if (of_a->value != of_b->value)
        return of_a->value < of_b->value ? -1 : 1;
    if (of_a->is_body != of_b->is_body)
        return of_a->is_body ? -1 : 1;
    return of_a->document < of_b->document ? -1 : of_a->document > of_b->document;
}

static int compare_twins(const void *a, const void *b, void *context)
{
    const struct census *census = context;
    uint32_t of_a = *(const uint32_t *)a, of_b = *(const uint32_t *)b;
    uint32_t twin_a = census->documents[of_a].twin, twin_b = census->documents[of_b].twin;
    if (twin_a != twin_b)
        return twin_a < twin_b ? -1 : 1;
    return of_a < of_b ? -1 : of_a > of_b;
}

static enum status list_twins(struct census *census, struct fault *fault)
{
    census->twins = calloc((size_t)census->document_count + 1, sizeof *census->twins);
    if (census->twins == NULL)
        return no_memory(fault);
    for (uint32_t i = 0; i < census->document_count; i++) {
        census->documents[i].twin = census_copies(census, i);
        census->twins[i] = i;
    }
    qsort_r(census->twins, census->document_count, sizeof *census->twins, compare_twins, census);
    return OK;
}

static bool is_alike(const struct census *census, const struct likeness *a,
                     const struct likeness *b)
{
    uint64_t of_a = census->documents[a->document].words;
    uint64_t of_b = census->documents[b->document].words;
    uint64_t most = of_a > of_b ? of_a : of_b, least = of_a > of_b ? of_b : of_a;
    return a->value == b->value && a->is_body == b->is_body &&
           (!a->is_body || 10 * least >= 9 * most);
}

static enum status find_twins(struct census *census, struct fault *fault)
{
    struct looking looking = { .census = census };
    for (uint32_t i = 0; i < census->document_count; i++)
        census->documents[i].copies = i;
    looking.at = calloc(2 * (size_t)census->document_count + 1, sizeof *looking.at);
    enum status looked =
        looking.at == NULL
            ? no_memory(fault)
            : catalog_each_document(snapshot_catalog(census->snapshot), look, &looking, fault);
    if (looked == OK) {
        qsort(looking.at, looking.count, sizeof *looking.at, compare_likeness);
        for (size_t i = 1; i < looking.count; i++)
            if (is_alike(census, &looking.at[i], &looking.at[i - 1]))
                census_join(census, looking.at[i].document, looking.at[i - 1].document);
    }
    free(looking.at);
    arena_release(&looking.arena);
    return looked == OK ? list_twins(census, fault) : looked;
}

enum status census_make(struct snapshot *snapshot, const struct census_scope *from,
                        const struct census_scope *to, struct census *census, struct fault *fault)
{
    *census = (struct census){ .snapshot = snapshot };
    TRY(count_parts(census, fault));
    TRY(see_parts(census, fault));
    qsort(census->documents, census->document_count, sizeof *census->documents, compare_ids);
    TRY(name_parts(census, fault));
    TRY(mark_side(census, from, SIDE_FROM, fault));
    TRY(mark_side(census, to, SIDE_TO, fault));
    for (uint32_t i = 0; i < census->document_count; i++) {
        census->from_documents += (census->documents[i].sides & SIDE_FROM) != 0;
        census->to_documents += (census->documents[i].sides & SIDE_TO) != 0;
    }
    return find_twins(census, fault);
}

void census_release(struct census *census)
{
    free(census->segment_at);
    free(census->parts);
    free(census->documents);
    free(census->twins);
    *census = (struct census){ 0 };
}

void census_place(const struct census *census, uint32_t part, size_t *segment, uint32_t *number)
{
    size_t low = 0, high = snapshot_segment_count(census->snapshot);
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (census->segment_at[middle] <= part)
            low = middle;
        else
            high = middle;
    }
    *segment = low;
    *number = part - census->segment_at[low];
}

bool census_pairs(const struct census *census, uint32_t a, uint32_t b)
{
    const struct census_document *of_a = census_of_part(census, a);
    const struct census_document *of_b = census_of_part(census, b);
    bool has_sides = ((of_a->sides & SIDE_FROM) && (of_b->sides & SIDE_TO)) ||
                     ((of_b->sides & SIDE_FROM) && (of_a->sides & SIDE_TO));
    return has_sides && of_a->twin != of_b->twin;
}

uint32_t census_copies(const struct census *census, uint32_t document)
{
    while (census->documents[document].copies != document)
        document = census->documents[document].copies;
    return document;
}

static void point_to(struct census *census, uint32_t document, uint32_t first)
{
    while (document != first) {
        uint32_t next = census->documents[document].copies;
        census->documents[document].copies = first;
        document = next;
    }
}

void census_join(struct census *census, uint32_t a, uint32_t b)
{
    uint32_t first_a = census_copies(census, a), first_b = census_copies(census, b);
    uint32_t first = first_a < first_b ? first_a : first_b;
    census->documents[first_a].copies = first;
    census->documents[first_b].copies = first;
    point_to(census, a, first);
    point_to(census, b, first);
}

const uint32_t *census_twins(const struct census *census, uint32_t document, uint32_t *count)
{
    uint32_t twin = census->documents[document].twin, low = 0, high = census->document_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (census->documents[census->twins[middle]].twin < twin)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < census->document_count &&
           census->documents[census->twins[low + *count]].twin == twin)
        (*count)++;
    return census->twins + low;
}

enum status census_is_dated(struct census *census, uint32_t document, bool *is_dated,
                            struct fault *fault)
{
    struct census_document *of = &census->documents[document];
    bool stands;
    if (of->dating == DATING_ASKED) {
        TRY(snapshot_date_stands(census->snapshot, of->id, &stands, fault));
        of->dating = stands ? DATING_INFERRED : DATING_NONE;
    }
    *is_dated = of->dating != DATING_NONE;
    return OK;
}

#include "archive/origins.h"

#include "archive/folder.h"
#include "base/grow.h"
#include "base/hash.h"
#include "text/fold.h"

enum { SLOTS_LEAST = 64, FOLDED_ROOM = 1024 };

struct column {
    struct origins origins; /* first: how it is freed */
    struct arena arena;
    uint32_t *numbers;
    struct origin *values;
    size_t room;
    uint32_t *slots; /* of a table by hash: a number, 0 free */
    size_t slot_count;
};

void origins_free(struct origins *origins)
{
    struct column *column = (struct column *)origins;
    if (column == NULL)
        return;
    arena_release(&column->arena);
    free(column->values);
    free(column->slots);
    free(column->numbers);
    free(column);
}

static size_t slot_of(const struct column *column, struct bytes folded)
{
    size_t at = checksum64(folded) & (column->slot_count - 1);
    while (column->slots[at] != 0 &&
           !bytes_equal(column->values[column->slots[at] - 1].folded, folded))
        at = (at + 1) & (column->slot_count - 1);
    return at;
}

static enum status widen(struct column *column, struct fault *fault)
{
    size_t count = column->slot_count > 0 ? column->slot_count * 2 : SLOTS_LEAST;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return no_memory(fault);
    free(column->slots);
    column->slots = slots;
    column->slot_count = count;
    for (size_t i = 0; i < column->origins.count; i++)
        slots[slot_of(column, column->values[i].folded)] = (uint32_t)i + 1;
    return OK;
}

static enum status number_of(struct column *column, struct bytes value, uint32_t *number,
                             struct fault *fault)
{
    uint8_t room[FOLDED_ROOM];
    struct bytes folded = bytes_make(room, fold_text(value, room, sizeof room));
    *number = 0;
    if (folded.len == 0)
        return OK;
    if (2 * column->origins.count >= column->slot_count)
        TRY(widen(column, fault));
    size_t slot = slot_of(column, folded);
    if (column->slots[slot] == 0) {
        if (!GROW(column->values, column->room, column->origins.count))
            return no_memory(fault);
        struct origin origin = { arena_copy(&column->arena, value),
                                 arena_copy(&column->arena, folded) };
        if (origin.value.at == NULL || origin.folded.at == NULL)
            return no_memory(fault);
        column->values[column->origins.count++] = origin;
        column->slots[slot] = (uint32_t)column->origins.count;
    }
    *number = column->slots[slot];
    return OK;
}

/* A document that the catalog does not know any more has dead parts alone. */
static enum status read_document(const struct catalog *catalog, uint64_t document,
                                 struct column *column, uint32_t *number, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct field_list fields = { 0 };
    enum status found = catalog_fields(catalog, document, &arena, &fields, fault);
    const struct field *origin = found == OK ? field_list_find(&fields, FIELD_ORIGIN) : NULL;
    *number = 0;
    if (found != OK && found != NOT_FOUND)
        return found;
    return origin != NULL ? number_of(column, origin->value, number, fault) : OK;
}

static enum status fill(const struct catalog *catalog, const struct segment *segment,
                        struct column *column, struct fault *fault)
{
    uint32_t parts = segment_part_count(segment), number = 0;
    uint64_t before = 0;
    column->numbers = calloc((size_t)parts + 1, sizeof *column->numbers);
    if (column->numbers == NULL)
        return no_memory(fault);
    for (uint32_t part = 0; part < parts; part++) {
        struct part_shape shape;
        TRY(segment_part(segment, part, &shape, fault));
        if (part == 0 || shape.columns.document != before)
            TRY(read_document(catalog, shape.columns.document, column, &number, fault));
        before = shape.columns.document;
        column->numbers[part] = number;
    }
    column->origins.numbers = column->numbers;
    column->origins.at = column->values;
    return OK;
}

enum status origins_make(const struct catalog *catalog, const struct segment *segment,
                         struct origins **origins, struct fault *fault)
{
    struct column *column = calloc(1, sizeof *column);
    if (column == NULL)
        return no_memory(fault);
    enum status filled = fill(catalog, segment, column, fault);
    if (filled == OK)
        *origins = &column->origins;
    else
        origins_free(&column->origins);
    return filled;
}

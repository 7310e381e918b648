#include "search/facets_count.h"

#include "base/clock.h"
#include "base/grow.h"

enum { ROOM_LEAST = 64 };

void tally_release(struct tally *tally)
{
    free(tally->at);
    *tally = (struct tally){ 0 };
}

void facet_counts_release(struct facet_counts *counts)
{
    for (size_t i = 0; i < STET_FACETS; i++)
        tally_release(&counts->tallies[i]);
    free(counts->origins);
    free(counts->numbers);
    counts->origins = NULL;
    counts->numbers = NULL;
}

static struct tally_slot *slot_of(const struct tally *tally, int64_t key)
{
    size_t at = (size_t)((uint64_t)key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (tally->room - 1);
    while (tally->at[at].count > 0 && tally->at[at].key != key)
        at = (at + 1) & (tally->room - 1);
    return &tally->at[at];
}

static enum status widen(struct tally *tally, struct fault *fault)
{
    struct tally wide = { .room = tally->room > 0 ? tally->room * 2 : ROOM_LEAST,
                          .used = tally->used,
                          .without = tally->without };
    wide.at = calloc(wide.room, sizeof *wide.at);
    if (wide.at == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < tally->room; i++)
        if (tally->at[i].count > 0)
            *slot_of(&wide, tally->at[i].key) = tally->at[i];
    free(tally->at);
    *tally = wide;
    return OK;
}

static enum status count(struct tally *tally, int64_t key, uint64_t documents, bool is_inferred,
                         struct fault *fault)
{
    if (documents == 0)
        return OK;
    if (2 * tally->used >= tally->room)
        TRY(widen(tally, fault));
    struct tally_slot *slot = slot_of(tally, key);
    tally->used += slot->count == 0;
    slot->key = key;
    slot->count += documents;
    slot->inferred += is_inferred ? documents : 0;
    return OK;
}

static bool is_wanted(const struct facet_counts *counts, enum stet_facet facet)
{
    return (counts->wanted & 1U << facet) != 0;
}

static enum status count_date(struct facet_counts *counts, int32_t date, uint8_t flags,
                              struct fault *fault)
{
    int year, month, day;
    struct tally *years = &counts->tallies[STET_FACET_YEAR];
    struct tally *months = &counts->tallies[STET_FACET_MONTH];
    bool is_inferred = (flags & COLUMN_DATE_INFERRED) != 0;
    bool has_month = date != COLUMN_NO_DATE && (flags & COLUMN_DATE_YEAR) == 0;
    years->without += date == COLUMN_NO_DATE;
    months->without += !has_month;
    if (date == COLUMN_NO_DATE)
        return OK;
    date_from_days(date, &year, &month, &day);
    TRY(count(years, year, 1, is_inferred, fault));
    return has_month ? count(months, (int64_t)year * 12 + month - 1, 1, is_inferred, fault) : OK;
}

static enum status count_language(struct facet_counts *counts, const struct segment *segment,
                                  uint32_t part, struct fault *fault)
{
    struct part_shape shape;
    struct tally *tally = &counts->tallies[STET_FACET_LANGUAGE];
    TRY(segment_part(segment, part, &shape, fault));
    tally->without += shape.columns.language == 0;
    return shape.columns.language == 0 ? OK : count(tally, shape.columns.language, 1, false, fault);
}

static enum status count_origin(struct facet_counts *counts, uint32_t part, struct fault *fault)
{
    uint32_t number = counts->column->numbers[part];
    struct tally *tally = &counts->tallies[STET_FACET_ORIGIN];
    tally->without += number == 0;
    return number == 0 ? OK : count(tally, counts->numbers[number], 1, false, fault);
}

static enum status count_one(struct facet_counts *counts, const struct segment *segment,
                             const struct window *window, uint32_t at, struct fault *fault)
{
    const struct shape_chunk *chunk = window->chunk;
    if (is_wanted(counts, STET_FACET_KIND))
        TRY(count(&counts->tallies[STET_FACET_KIND], chunk->kinds[at], 1, false, fault));
    if (is_wanted(counts, STET_FACET_CLASS))
        TRY(count(&counts->tallies[STET_FACET_CLASS], chunk->class_ranks[at], 1, false, fault));
    if (is_wanted(counts, STET_FACET_YEAR) || is_wanted(counts, STET_FACET_MONTH))
        TRY(count_date(counts, chunk->dates[at], chunk->flags[at], fault));
    if (is_wanted(counts, STET_FACET_LANGUAGE))
        TRY(count_language(counts, segment, window->base + at, fault));
    return is_wanted(counts, STET_FACET_ORIGIN) ? count_origin(counts, window->base + at, fault)
                                                : OK;
}

/* Membership is a set already: whole words of bits are counted. */
static enum status count_collections(struct facet_counts *counts, size_t segment,
                                     const struct window *window, const uint64_t *heads,
                                     struct fault *fault)
{
    size_t words = (window->chunk->count + (size_t)63) / 64;
    for (size_t i = 0; i < counts->collection_count; i++) {
        const uint64_t *parts;
        if (!viewer_sees_collection(counts->viewer, counts->collections[i].id))
            continue;
        TRY(snapshot_collection(counts->viewer->snapshot, segment, counts->collections[i].id,
                                &parts, fault));
        TRY(count(&counts->tallies[STET_FACET_COLLECTION], (int64_t)i,
                  bits_count_shared(heads, parts + window->base / 64, words), false, fault));
    }
    return OK;
}

static uint32_t known_origin(const struct facet_counts *counts, struct bytes folded)
{
    for (size_t i = 0; i < counts->origin_count; i++)
        if (bytes_equal(counts->origins[i].folded, folded))
            return (uint32_t)i + 1;
    return 0;
}

/* Numbers of origins are a segment's own; one table over all is kept. */
static enum status enter_segment(struct facet_counts *counts, size_t segment, struct fault *fault)
{
    if (counts->segment == segment + 1)
        return OK;
    TRY(snapshot_origins(counts->viewer->snapshot, segment, &counts->column, fault));
    free(counts->numbers);
    counts->numbers = calloc(counts->column->count + 1, sizeof *counts->numbers);
    if (counts->numbers == NULL)
        return no_memory(fault);
    bool is_first = counts->origin_count == 0;
    for (size_t i = 0; i < counts->column->count; i++) {
        uint32_t number = is_first ? 0 : known_origin(counts, counts->column->at[i].folded);
        if (number == 0) {
            if (!GROW(counts->origins, counts->origin_room, counts->origin_count))
                return no_memory(fault);
            counts->origins[counts->origin_count++] = counts->column->at[i];
            number = (uint32_t)counts->origin_count;
        }
        counts->numbers[i + 1] = number;
    }
    counts->segment = segment + 1;
    return OK;
}

enum status facet_counts_add(void *context, size_t segment, const struct window *window,
                             const uint64_t *heads, struct fault *fault)
{
    struct facet_counts *counts = context;
    const struct segment *opened = snapshot_segment(counts->viewer->snapshot, segment);
    if (is_wanted(counts, STET_FACET_ORIGIN))
        TRY(enter_segment(counts, segment, fault));
    if (is_wanted(counts, STET_FACET_COLLECTION))
        TRY(count_collections(counts, segment, window, heads, fault));
    if ((counts->wanted & ~(1U << STET_FACET_COLLECTION)) == 0)
        return OK;
    for (uint32_t at = bits_next(heads, 0, WINDOW); at != BITS_END;
         at = bits_next(heads, at + 1, WINDOW))
        TRY(count_one(counts, opened, window, at, fault));
    return OK;
}

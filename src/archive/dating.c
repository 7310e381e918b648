#include "archive/dating.h"

#include "base/clock.h"
#include "segment/postings.h"

enum { SHARERS_MAX = 256, REACH_MIN = 10, REACH_DAYS = 3 };

bool cable_number_from_name(struct bytes name, struct cable_number *number)
{
    uint64_t year, serial;
    size_t post_end = name.len;
    while (post_end > 2 && name.at[post_end - 1] >= '0' && name.at[post_end - 1] <= '9')
        post_end--;
    if (post_end < 4 || post_end == name.len || !bytes_to_number(bytes_slice(name, 0, 2), &year) ||
        !bytes_to_number(bytes_slice(name, post_end, name.len), &serial))
        return false;
    for (size_t i = 2; i < post_end; i++)
        if (name.at[i] >= '0' && name.at[i] <= '9')
            return false;
    *number = (struct cable_number){ (unsigned)year, bytes_slice(name, 2, post_end - 2), serial };
    return true;
}

uint64_t dating_reach(uint64_t lower_serial, unsigned day_of_year)
{
    uint64_t reach = REACH_DAYS * lower_serial / (day_of_year == 0 ? 1 : day_of_year);
    return reach < REACH_MIN ? REACH_MIN : reach;
}

/* The span of serials of one post and year that share a date. */
struct sharing {
    const struct snapshot *snapshot;
    struct cable_number number;
    uint64_t low, high;
    size_t met;
};

static enum status note_sharer(struct sharing *sharing, uint64_t document, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_row row;
    struct cable_number number;
    TRY(catalog_document(snapshot_catalog(sharing->snapshot), document, &arena, &row, fault));
    sharing->met++;
    if (!cable_number_from_name(row.name, &number) || number.year != sharing->number.year ||
        !bytes_equal_fold(number.post, sharing->number.post))
        return OK;
    sharing->low = number.serial < sharing->low ? number.serial : sharing->low;
    sharing->high = number.serial > sharing->high ? number.serial : sharing->high;
    return OK;
}

static enum status note_segment(struct sharing *sharing, size_t index, struct bytes key,
                                struct fault *fault)
{
    const struct segment *segment = snapshot_segment(sharing->snapshot, index);
    struct term term;
    struct postings postings;
    enum status found = segment_term(segment, key, &term, fault);
    if (found != OK)
        return found == NOT_FOUND ? OK : found;
    TRY(postings_begin(&postings, segment, &term, fault));
    for (;;) {
        struct part_shape shape;
        TRY(postings_next(&postings, fault));
        if (postings.part == POSTINGS_END || sharing->met >= SHARERS_MAX)
            return OK;
        if (!snapshot_sees(sharing->snapshot, index, postings.part))
            continue;
        TRY(segment_part(segment, postings.part, &shape, fault));
        if ((shape.columns.flags & COLUMN_DATE_INFERRED) != 0)
            TRY(note_sharer(sharing, shape.columns.document, fault));
    }
}

static bool is_contradicted(const struct sharing *sharing, int32_t days)
{
    int year, month, day;
    date_from_days(days, &year, &month, &day);
    unsigned of_year = (unsigned)(days - days_from_date(year, 1, 1)) + 1;
    return sharing->high - sharing->low > dating_reach(sharing->low, of_year);
}

enum status snapshot_date_stands(const struct snapshot *snapshot, uint64_t document, bool *stands,
                                 struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_row row;
    struct field_list fields = { 0 };
    struct sharing sharing = { .snapshot = snapshot, .low = UINT64_MAX };
    enum date_precision precision;
    int32_t days;
    *stands = true;
    TRY(catalog_document(snapshot_catalog(snapshot), document, &arena, &row, fault));
    TRY(catalog_fields(snapshot_catalog(snapshot), document, &arena, &fields, fault));
    const struct field *date = field_list_find(&fields, FIELD_DATE);
    bool is_open = date != NULL && date->basis == BASIS_INFERRED &&
                   date_from_field(date->value, &days, &precision) && precision == DATE_DAY &&
                   cable_number_from_name(row.name, &sharing.number);
    if (is_open) {
        uint8_t key[TERM_KEY_MAX];
        size_t len = term_key_field_value(FIELD_DATE, date->value, key);
        for (size_t i = 0; i < snapshot_segment_count(snapshot); i++)
            TRY(note_segment(&sharing, i, bytes_make(key, len), fault));
        *stands = sharing.low == UINT64_MAX || !is_contradicted(&sharing, days);
    }
    return OK;
}

#include "archive/inside.h"

/* The level is that of the text which is cut anew; whole blocks are copied as intake made them. */
enum { RUN_MIN = 4, RUN_MAX = 16, DEAD_SHARE = 30, LEVEL = 3 };

/* The words of a merged segment must stay below 2^31 positions. */
#define WORDS_MAX ((uint64_t)1 << 30)

/* Sizes within a factor of four are alike; all below 256 kB are. */
static unsigned tier_of(const struct segment_record *record)
{
    unsigned tier = 0;
    for (uint64_t size = record->size >> 18; size > 0; size >>= 2)
        tier++;
    return tier;
}

/* The first run of RUN_MIN or more neighbours of one tier or below it. */
static bool find_run(const struct archive_writer *writer, size_t *first, size_t *count)
{
    for (size_t i = 0; i + RUN_MIN <= writer->live_count; i++) {
        unsigned tier = tier_of(&writer->live[i].record);
        uint64_t words = 0;
        size_t end = i;
        while (end < writer->live_count && end - i < RUN_MAX &&
               tier_of(&writer->live[end].record) <= tier &&
               words + writer->live[end].record.words < WORDS_MAX)
            words += writer->live[end++].record.words;
        if (end - i < RUN_MIN)
            continue;
        *first = i;
        *count = end - i;
        return true;
    }
    return false;
}

static bool find_dead(const struct archive_writer *writer, size_t *first, size_t *count)
{
    for (size_t i = 0; i < writer->live_count; i++) {
        const struct segment_record *record = &writer->live[i].record;
        if (record->dead_count * 100 <= (uint64_t)record->parts * DEAD_SHARE)
            continue;
        *first = i;
        *count = 1;
        return true;
    }
    return false;
}

/* One that a former version wrote. */
static enum status find_former(struct archive_writer *writer, size_t *first, size_t *count,
                               struct fault *fault)
{
    *count = 0;
    for (size_t i = 0; i < writer->live_count && *count == 0; i++) {
        struct live_segment *live = &writer->live[i];
        if (live->opened == NULL)
            TRY(archive_segment(writer->archive, &live->record, &live->opened, fault));
        *first = i;
        *count = segment_format(live->opened->segment) != SEGMENT_FORMAT;
    }
    return OK;
}

/* Also the parts of a purged document, alive or dead. */
static enum status mark_purged(const struct live_segment *live, uint64_t purged, uint64_t *dead,
                               struct fault *fault)
{
    memcpy(dead, live->dead, bit_words(live->record.parts) * sizeof *dead);
    for (uint32_t part = 0; purged != 0 && part < live->record.parts; part++) {
        struct part_shape shape;
        TRY(segment_part(live->opened->segment, part, &shape, fault));
        if (shape.columns.document == purged)
            bit_set(dead, part);
    }
    return OK;
}

static enum status open_inputs(struct archive_writer *writer, size_t first, size_t count,
                               uint64_t purged, struct merge_input *inputs, uint64_t *alive,
                               struct fault *fault)
{
    *alive = 0;
    for (size_t i = 0; i < count; i++) {
        struct live_segment *live = &writer->live[first + i];
        if (live->opened == NULL)
            TRY(archive_segment(writer->archive, &live->record, &live->opened, fault));
        uint64_t *dead =
            arena_alloc_many(&writer->arena, bit_words(live->record.parts) + 1, sizeof *dead);
        if (dead == NULL)
            return no_memory(fault);
        TRY(mark_purged(live, purged, dead, fault));
        inputs[i] = (struct merge_input){ live->opened->segment, dead };
        for (uint32_t part = 0; part < live->record.parts; part++)
            *alive += !bit_is_set(dead, part);
    }
    return OK;
}

static enum status write_merged(struct archive_writer *writer, const struct merge_input *inputs,
                                size_t count, struct segment_record *record, struct fault *fault)
{
    CLOSED(segment_close) struct segment *merged = NULL;
    char name[FILE_NAME_ROOM];
    record->commit = writer_commit_number(writer);
    record->number = writer->segment_number++;
    segment_file(record->commit, record->number, name);
    TRY(segment_merge(inputs, count, LEVEL, writer->archive->segments, name, &record->seal, fault));
    TRY(segment_open(writer->archive->segments, name, &merged, fault));
    record->parts = segment_part_count(merged);
    record->words = segment_word_count(merged);
    record->size = segment_size(merged);
    return OK;
}

static enum status remove_live(struct archive_writer *writer, size_t at, struct fault *fault)
{
    struct live_segment *live = &writer->live[at];
    char name[FILE_NAME_ROOM];
    segment_file(live->record.commit, live->record.number, name);
    TRY(writer_unlink_later(writer, GONE_SEGMENTS, name, fault));
    TRY(change_segment_gone(writer->archive->catalog, live->record.id, fault));
    if (live->opened != NULL)
        open_segment_drop(writer->archive, live->opened);
    free(live->dead);
    writer->live_count--;
    memmove(live, live + 1, (writer->live_count - at) * sizeof *live);
    return OK;
}

enum status writer_merge_run(struct archive_writer *writer, size_t first, size_t count,
                             uint64_t purged, struct fault *fault)
{
    struct merge_input inputs[RUN_MAX];
    uint64_t alive;
    TRY(open_inputs(writer, first, count, purged, inputs, &alive, fault));
    struct segment_record record = { .id = writer->live[first].record.id };
    if (alive > 0)
        TRY(write_merged(writer, inputs, count, &record, fault));
    for (size_t i = alive > 0 ? 1 : 0; i < count; i++)
        TRY(remove_live(writer, alive > 0 ? first + 1 : first, fault));
    if (alive == 0)
        return OK;
    /* The merged one takes the place of the first. */
    struct live_segment *live = &writer->live[first];
    char name[FILE_NAME_ROOM];
    segment_file(live->record.commit, live->record.number, name);
    TRY(writer_unlink_later(writer, GONE_SEGMENTS, name, fault));
    if (live->opened != NULL)
        open_segment_drop(writer->archive, live->opened);
    free(live->dead);
    *live = (struct live_segment){ .record = record, .is_changed = true };
    live->dead = calloc(bit_words(record.parts) + 1, sizeof *live->dead);
    return live->dead != NULL ? OK : no_memory(fault);
}

static enum status tally_one(struct archive_writer *writer, uint64_t collection,
                             struct fault *fault)
{
    struct coverage coverage;
    TRY(catalog_coverage(writer->archive->catalog, &collection, collection != 0, &coverage, fault));
    return change_tally(writer->archive->catalog, collection, writer_commit_number(writer),
                        &coverage, fault);
}

static enum status tally_all(struct archive_writer *writer, struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct collection_row *rows = NULL;
    size_t count = 0;
    TRY(catalog_collections(writer->archive->catalog, &arena, &rows, &count, fault));
    TRY(catalog_begin(writer->archive->catalog, fault));
    TRY(tally_one(writer, 0, fault));
    for (size_t i = 0; i < count; i++)
        TRY(tally_one(writer, rows[i].id, fault));
    return OK;
}

/* Sums of the ledger, counted once here so that no question has to; nothing when they stand
 * already. */
static enum status writer_tally(struct archive_writer *writer, struct fault *fault)
{
    if (catalog_is_tallied(writer->archive->catalog))
        return OK;
    TRY(writer_answer(writer, tally_all(writer, fault), fault));
    return archive_writer_commit(writer, fault);
}

enum status archive_writer_merge(struct archive_writer *writer, struct fault *fault)
{
    TRY(archive_writer_commit(writer, fault));
    for (;;) {
        size_t first, count;
        if (!find_run(writer, &first, &count) && !find_dead(writer, &first, &count)) {
            TRY(find_former(writer, &first, &count, fault));
            if (count == 0)
                break;
        }
        TRY(writer_ready(writer, fault));
        TRY(writer_answer(writer, catalog_begin(writer->archive->catalog, fault), fault));
        TRY(writer_answer(writer, writer_merge_run(writer, first, count, 0, fault), fault));
        TRY(archive_writer_commit(writer, fault));
    }
    return writer_tally(writer, fault);
}

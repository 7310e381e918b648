#include "segment/segment.h"

#include <stdatomic.h>

#include "base/hash.h"
#include "segment/inside.h"

static enum status prepare(struct segment *segment, int dir, const char *name, struct fault *fault)
{
    segment->name = strdup(name);
    if (segment->name == NULL)
        return no_memory(fault);
    TRY(file_map(dir, name, &segment->mapping, fault));
    TRY(layout_decode(segment->mapping.bytes, segment->name, &segment->layout, &segment->sums,
                      &segment->seal, fault));
    segment->checked = calloc(segment_pages(segment) / 64 + 1, sizeof *segment->checked);
    segment->spare = calloc(1, sizeof *segment->spare);
    if (segment->checked == NULL || segment->spare == NULL)
        return no_memory(fault);
    TRY(segment_check_page(segment, 0, fault));
    if (!bytes_has_prefix(segment->mapping.bytes, LAYOUT_HEAD_MAGIC))
        return corrupt(fault, segment->name, 0, "it does not begin as a segment begins");
    return OK;
}

enum status segment_open(int dir, const char *name, struct segment **segment, struct fault *fault)
{
    CLOSED(segment_close) struct segment *opened = calloc(1, sizeof *opened);
    if (opened == NULL)
        return no_memory(fault);
    TRY(prepare(opened, dir, name, fault));
    *segment = take(opened);
    return OK;
}

void segment_rest(const struct segment *segment)
{
    mapping_rest(&segment->mapping);
}

void segment_close(struct segment *segment)
{
    if (segment == NULL)
        return;
    mapping_release(&segment->mapping);
    free((void *)segment->checked);
    if (segment->spare != NULL)
        decompressor_free(atomic_load(segment->spare));
    free((void *)segment->spare);
    free(segment->name);
    free(segment);
}

uint32_t segment_part_count(const struct segment *segment)
{
    return segment->layout.parts;
}

uint64_t segment_word_count(const struct segment *segment)
{
    return segment->layout.words;
}

uint64_t segment_seal(const struct segment *segment)
{
    return segment->seal;
}

uint64_t segment_size(const struct segment *segment)
{
    return segment->mapping.bytes.len;
}

uint32_t segment_format(const struct segment *segment)
{
    return segment->layout.version;
}

uint64_t segment_pages(const struct segment *segment)
{
    return (segment->layout.body_len + LAYOUT_PAGE - 1) / LAYOUT_PAGE;
}

enum status segment_broken(const struct segment *segment, enum section section, uint64_t at,
                           const char *why, struct fault *fault)
{
    return corrupt(fault, segment->name, segment->layout.sections[section].at + at, why);
}

enum status segment_check_page(const struct segment *segment, uint64_t page, struct fault *fault)
{
    struct bytes body = bytes_slice(segment->mapping.bytes, 0, segment->layout.body_len);
    struct cursor sum = cursor_from_bytes(bytes_slice(segment->sums, page * 8, 8));
    if (checksum64(bytes_slice(body, page * LAYOUT_PAGE, LAYOUT_PAGE)) != cursor_u64(&sum))
        return corrupt(fault, segment->name, page * LAYOUT_PAGE,
                       "the page's checksum does not match");
    atomic_fetch_or_explicit(&segment->checked[page / 64], (uint64_t)1 << page % 64,
                             memory_order_relaxed);
    return OK;
}

static bool is_checked(const struct segment *segment, uint64_t page)
{
    uint64_t bits = atomic_load_explicit(&segment->checked[page / 64], memory_order_relaxed);
    return bits >> page % 64 & 1;
}

enum status segment_lend(const struct segment *segment, enum section section, uint64_t at,
                         uint64_t len, struct bytes *bytes, struct fault *fault)
{
    const struct extent *extent = &segment->layout.sections[section];
    if (at > extent->len || len > extent->len - at)
        return segment_broken(segment, section, 0, "a reference leads outside its section", fault);
    uint64_t start = extent->at + at;
    for (uint64_t page = start / LAYOUT_PAGE; page * LAYOUT_PAGE < start + len; page++) {
        if (!is_checked(segment, page))
            TRY(segment_check_page(segment, page, fault));
    }
    *bytes = bytes_slice(segment->mapping.bytes, start, len);
    return OK;
}

enum status segment_record(const struct segment *segment, uint32_t part, struct part_record *record,
                           struct fault *fault)
{
    if (part >= segment->layout.parts)
        return fail(fault, BAD_INPUT, "%s has no part %u", segment->name, part);
    struct bytes bytes;
    struct part_record read;
    uint64_t at = (uint64_t)part * PART_RECORD;
    TRY(segment_lend(segment, SECTION_PARTS, at, PART_RECORD, &bytes, fault));
    part_record_decode(bytes, &read);
    if (read.shape.text_len > PART_MAX || read.text_at > segment->layout.text_len ||
        read.shape.text_len > segment->layout.text_len - read.text_at)
        return segment_broken(segment, SECTION_PARTS, at, "the part's text lies outside", fault);
    *record = read;
    return OK;
}

enum status segment_part(const struct segment *segment, uint32_t part, struct part_shape *shape,
                         struct fault *fault)
{
    struct part_record record;
    TRY(segment_record(segment, part, &record, fault));
    *shape = record.shape;
    return OK;
}

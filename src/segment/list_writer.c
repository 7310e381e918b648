#include "segment/list_writer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "segment/inside.h"

/* Bytes over the best so far at which no smaller width is tried. */
enum { PATCHES_HOPELESS = 24 };

void list_writer_begin(struct list_writer *writer)
{
    writer->term = (struct term){ .fewest = UINT32_MAX };
    writer->next_part = writer->block_floor = 0;
    writer->filled = 0;
    impact_tally_begin(&writer->impacts);
    writer->places = 0;
    buffer_clear(&writer->skips);
}

void list_writer_release(struct list_writer *writer)
{
    free(take(writer->distances));
    buffer_release(&writer->skips);
}

static unsigned width_of(uint32_t value)
{
    return value == 0 ? 0 : 32 - (unsigned)__builtin_clz(value);
}

static size_t packed_len(const struct list_writer *writer, unsigned width)
{
    return ((size_t)writer->filled * width + 7) / 8;
}

/* Bytes of the distances that take more than `width` bits, with their number. */
static size_t patches_len(const uint8_t widths[33], unsigned width, unsigned widest)
{
    size_t len = 1;
    for (unsigned more = width + 1; more <= widest; more++)
        len += widths[more] * (1u + (more - width + 6) / 7);
    return len;
}

/* The width that makes the block shortest; *len bytes. */
static unsigned choose_width(const struct list_writer *writer, size_t *len)
{
    uint8_t widths[33] = { 0 };
    for (uint32_t i = 0; i < writer->filled; i++)
        widths[width_of(writer->deltas[i])]++;
    unsigned widest = bits_width(writer->deltas, writer->filled), best = widest;
    *len = packed_len(writer, widest);
    for (unsigned width = widest; width-- > 0;) {
        size_t patched = packed_len(writer, width) + patches_len(widths, width, widest);
        if (patched > *len + PATCHES_HOPELESS)
            break;
        if (patched < *len) {
            *len = patched;
            best = width;
        }
    }
    return best;
}

static void put_patches(const struct list_writer *writer, struct buffer *to, unsigned width)
{
    size_t count_at = to->len;
    uint8_t count = 0;
    buffer_u8(to, 0);
    for (uint32_t i = 0; i < writer->filled; i++) {
        if (width_of(writer->deltas[i]) <= width)
            continue;
        buffer_u8(to, (uint8_t)i);
        buffer_varint(to, writer->deltas[i] >> width);
        count++;
    }
    if (!to->failed)
        to->at[count_at] = count;
}

static void put_distances(struct list_writer *writer, struct buffer *to, size_t head,
                          unsigned width)
{
    struct bit_writer bits = { .to = to };
    bool is_patched = bits_width(writer->deltas, writer->filled) > width;
    uint32_t low[POSTINGS_BLOCK];
    for (uint32_t i = 0; i < writer->filled; i++)
        low[i] = writer->deltas[i] & (uint32_t)(((uint64_t)1 << width) - 1);
    to->at[head + 1] = (uint8_t)(width | (is_patched ? BLOCK_PATCHED : 0));
    bits_put_all(&bits, low, writer->filled, width);
    bits_end(&bits);
    if (is_patched)
        put_patches(writer, to, width);
}

/* A bit for each part where that is smaller than distances. */
static void put_parts(struct list_writer *writer, struct buffer *to, size_t head)
{
    size_t len;
    unsigned width = choose_width(writer, &len);
    uint64_t span = writer->next_part - writer->block_floor;
    if ((span + 7) / 8 >= len) {
        put_distances(writer, to, head, width);
        return;
    }
    uint8_t set[BLOCK_SET_MAX] = { 0 };
    uint64_t at = 0;
    for (uint32_t i = 0; i < writer->filled; i++, at++) {
        at += writer->deltas[i];
        set[at / 8] |= (uint8_t)(1u << at % 8);
    }
    to->at[head + 1] = BLOCK_SET;
    buffer_append(to, set, (span + 7) / 8);
}

static bool has_one_each(const struct list_writer *writer)
{
    return writer->places == writer->filled;
}

static void put_run(struct bit_writer *bits, const uint32_t *values, size_t count,
                    unsigned parameter)
{
    rice_put(bits, values, count, parameter);
}

static void put_block(struct list_writer *writer)
{
    struct buffer *to = writer->postings;
    struct bit_writer bits = { .to = to };
    uint64_t len;
    size_t head = to->len;
    const uint8_t heads[BLOCK_HEAD] = { (uint8_t)(writer->filled - 1), 0, BLOCK_ONES };
    buffer_append(to, heads, sizeof heads);
    if (to->failed)
        return;
    put_parts(writer, to, head);
    if (!has_one_each(writer) && !to->failed) {
        unsigned parameter = rice_parameter(writer->counts, writer->filled, &len);
        to->at[head + 2] = (uint8_t)parameter;
        put_run(&bits, writer->counts, writer->filled, parameter);
        bits_end(&bits);
    }
    unsigned parameter = rice_parameter(writer->distances, writer->places, &len);
    struct bit_writer apart = { .to = writer->positions };
    buffer_u8(writer->positions, (uint8_t)parameter);
    put_run(&apart, writer->distances, writer->places, parameter);
    bits_end(&apart);
}

/* The block becomes one of a long list. */
static enum status end_block(struct list_writer *writer, struct fault *fault)
{
    struct term *term = &writer->term;
    size_t postings = writer->postings->len, positions = writer->positions->len;
    put_block(writer);
    term->len += writer->postings->len - postings;
    term->positions_len += writer->positions->len - positions;
    term->blocks++;
    TRY(buffer_check(writer->postings, fault));
    TRY(buffer_check(writer->positions, fault));
    if (term->len > UINT32_MAX || term->positions_len > UINT32_MAX)
        return fail(fault, OVER_LIMIT, "a posting list is longer than a segment can hold");
    buffer_u32(&writer->skips, (uint32_t)writer->next_part - 1);
    buffer_u32(&writer->skips, (uint32_t)term->len);
    buffer_u32(&writer->skips, (uint32_t)term->positions_len);
    impact_tally_put(&writer->impacts, &writer->skips);
    writer->block_floor = writer->next_part;
    writer->filled = 0;
    writer->places = 0;
    return buffer_check(&writer->skips, fault);
}

static void put_short(struct list_writer *writer)
{
    struct bit_writer bits = { .to = writer->postings };
    uint64_t len;
    bool has_counts = !has_one_each(writer);
    unsigned parts = rice_parameter(writer->deltas, writer->filled, &len);
    unsigned counts = has_counts ? rice_parameter(writer->counts, writer->filled, &len) : 0;
    unsigned places = rice_parameter(writer->distances, writer->places, &len);
    bits_put(&bits, parts, SHORT_BITS);
    if (has_counts)
        bits_put(&bits, counts, SHORT_BITS);
    bits_put(&bits, places, SHORT_BITS);
    put_run(&bits, writer->deltas, writer->filled, parts);
    if (has_counts)
        put_run(&bits, writer->counts, writer->filled, counts);
    put_run(&bits, writer->distances, writer->places, places);
    bits_end(&bits);
}

enum status list_writer_part(struct list_writer *writer, uint32_t part, const uint32_t *positions,
                             uint32_t count, struct fault *fault)
{
    assert(count > 0 && part >= writer->next_part);
    if (writer->filled == POSTINGS_BLOCK || writer->places >= BLOCK_PLACES)
        TRY(end_block(writer, fault));
    if (writer->places_room < writer->places + count &&
        !grow_items((void **)&writer->distances, &writer->places_room, writer->places + count,
                    sizeof *writer->distances))
        return no_memory(fault);
    writer->deltas[writer->filled] = (uint32_t)(part - writer->next_part);
    writer->counts[writer->filled++] = count - 1;
    writer->next_part = (uint64_t)part + 1;
    uint32_t *to = writer->distances + writer->places;
    to[0] = positions[0];
    for (uint32_t i = 1; i < count; i++)
        to[i] = positions[i] - positions[i - 1] - 1;
    writer->places += count;
    writer->term.parts++;
    writer->term.occurrences += count;
    uint32_t words = writer->words[part];
    impact_tally_add(&writer->impacts, count, words);
    writer->term.most = count > writer->term.most ? count : writer->term.most;
    writer->term.fewest = words < writer->term.fewest ? words : writer->term.fewest;
    return OK;
}

enum status list_writer_end(struct list_writer *writer, struct term *term, struct fault *fault)
{
    struct term *made = &writer->term;
    *term = *made;
    if (made->parts == 0)
        return OK;
    if (made->blocks > 0) {
        TRY(end_block(writer, fault));
        buffer_append_bytes(writer->postings, buffer_bytes(&writer->skips));
        made->len += writer->skips.len;
        made->form = TERM_LONG;
        made->has_impacts = true;
    } else if (made->occurrences == 1) {
        made->list_at = writer->next_part - 1;
        made->positions_at = writer->distances[0];
        made->form = TERM_SINGLE;
    } else {
        size_t before = writer->postings->len;
        put_short(writer);
        made->len = writer->postings->len - before;
        made->form = TERM_SHORT;
    }
    *term = *made;
    return buffer_check(writer->postings, fault);
}

#include "segment/postings.h"

#include "segment/former.h"
#include "segment/inside.h"

static void end(struct postings *postings)
{
    postings->part = POSTINGS_END;
    postings->count = 0;
}

static enum status broken(struct postings *postings, const char *why, struct fault *fault)
{
    end(postings);
    return segment_broken(postings->segment, SECTION_POSTINGS, postings->term.list_at, why, fault);
}

static enum status begin_long(struct postings *postings, struct fault *fault)
{
    const struct term *term = &postings->term;
    postings->record = term->has_impacts ? SKIP_RECORD : SKIP_PLAIN;
    uint64_t skips_len = (uint64_t)term->blocks * postings->record;
    if (skips_len > term->len)
        return broken(postings, "a list is shorter than its skip table", fault);
    postings->blocks_len -= skips_len;
    return segment_lend(postings->segment, SECTION_POSTINGS, term->list_at + postings->blocks_len,
                        skips_len, &postings->skips, fault);
}

enum status postings_begin(struct postings *postings, const struct segment *segment,
                           const struct term *term, struct fault *fault)
{
    postings->segment = segment;
    postings->term = *term;
    postings->part = postings->count = 0;
    postings->block = postings->in_block = postings->filled = 0;
    postings->places = postings->before = 0;
    postings->ahead_count = 0;
    postings->is_placed = false;
    postings->skips = (struct bytes){ 0 };
    postings->blocks_len = term->len;
    postings->blocks = term->parts > 0;
    if (term->form != TERM_LONG && term->form != TERM_FORMER)
        return OK;
    postings->blocks = term->blocks;
    return term->form == TERM_LONG ? begin_long(postings, fault) : former_begin(postings, fault);
}

static struct postings_skip skip_with_impacts(struct postings_skip skip, struct bytes bytes)
{
    struct impact impacts[IMPACTS];
    size_t len = bytes.len == IMPACT_BYTES ? impacts_read(bytes.at, impacts) : 0;
    skip.most = len > 0 ? impacts[0].count : UINT32_MAX;
    skip.fewest = len > 0 ? impacts[len - 1].words : 0;
    return skip;
}

struct postings_skip postings_skip_at(const struct postings *postings, uint32_t block)
{
    if (postings->term.form == TERM_FORMER)
        return former_skip(postings, block);
    struct cursor from = cursor_from_bytes(
        bytes_slice(postings->skips, (size_t)block * postings->record, postings->record));
    struct postings_skip skip;
    skip.last = cursor_u32(&from);
    skip.end = cursor_u32(&from);
    skip.positions_end = cursor_u32(&from);
    if (postings->term.has_impacts)
        return skip_with_impacts(skip, cursor_bytes(&from, IMPACT_BYTES));
    skip.most = cursor_u16(&from);
    skip.fewest = cursor_u16(&from);
    if (skip.most == SKIP_MOST)
        skip.most = UINT32_MAX;
    return skip;
}

/* Distances become parts from `floor` on. */
static bool add_up(struct postings *postings, uint64_t floor)
{
    for (uint32_t i = 0; i < postings->filled; i++) {
        floor += postings->parts[i];
        postings->parts[i] = (uint32_t)floor;
        floor++;
    }
    return floor <= postings->segment->layout.parts;
}

/* Counts are stored less one; together they are at most those of the term. */
static bool add_counts(struct postings *postings)
{
    uint64_t places = 0;
    for (uint32_t i = 0; i < postings->filled; i++) {
        places += (uint64_t)postings->counts[i] + 1;
        postings->counts[i]++;
    }
    postings->places = places;
    return places <= postings->term.occurrences && places <= UINT32_MAX;
}

static void set_ones(struct postings *postings)
{
    for (uint32_t i = 0; i < postings->filled; i++)
        postings->counts[i] = 1;
    postings->places = postings->filled;
}

static bool enter_single(struct postings *postings)
{
    postings->filled = 1;
    postings->parts[0] = (uint32_t)postings->term.list_at;
    set_ones(postings);
    return true;
}

static unsigned short_parameter(const uint8_t *at, unsigned i)
{
    uint32_t parameter;
    bits_read_scalar(at, i * SHORT_BITS, SHORT_BITS, &parameter, 1);
    return parameter;
}

static bool enter_short(struct postings *postings, struct bytes bytes)
{
    const struct term *term = &postings->term;
    bool has_counts = term->occurrences > term->parts;
    unsigned heads = has_counts ? 3 : 2;
    struct rice rice;
    postings->filled = term->parts;
    if (bytes.len * 8 < (uint64_t)heads * SHORT_BITS ||
        !rice_begin(&rice, bytes, heads * SHORT_BITS, term->parts, short_parameter(bytes.at, 0)) ||
        !rice_read(&rice, postings->parts, term->parts) || !add_up(postings, 0))
        return false;
    set_ones(postings);
    if (has_counts) {
        if (!rice_begin(&rice, bytes, rice_end(&rice), term->parts, short_parameter(bytes.at, 1)) ||
            !rice_read(&rice, postings->counts, term->parts) || !add_counts(postings))
            return false;
    }
    postings->is_placed = true;
    return postings->places == term->occurrences &&
           rice_begin(&postings->positions, bytes, rice_end(&rice), term->occurrences,
                      short_parameter(bytes.at, heads - 1));
}

/* Parts that are distances from `floor` on, a bit each. */
static bool read_set(struct postings *postings, struct bytes set, uint64_t floor)
{
    uint32_t found = 0;
    for (size_t i = 0; i < set.len; i += sizeof(uint64_t)) {
        uint64_t word = 0;
        size_t len = set.len - i < sizeof word ? set.len - i : sizeof word;
        memcpy(&word, set.at + i, len);
        for (; word != 0; word &= word - 1) {
            if (found == postings->filled)
                return false;
            postings->parts[found++] = (uint32_t)(floor + i * 8) + (unsigned)__builtin_ctzll(word);
        }
    }
    return found == postings->filled &&
           postings->parts[found - 1] < postings->segment->layout.parts;
}

/* Put the high bits of distances that take more than `width`; *used moves behind them. */
static bool patch(struct postings *postings, struct bytes bytes, unsigned width, size_t *used)
{
    struct cursor from = cursor_from_bytes(bytes_slice(bytes, *used, bytes.len));
    unsigned count = cursor_u8(&from);
    for (unsigned i = 0; i < count; i++) {
        uint8_t at = cursor_u8(&from);
        uint64_t high = (uint64_t)cursor_varint32(&from) << width;
        if (from.bad || at >= postings->filled || high > UINT32_MAX)
            return false;
        postings->parts[at] |= (uint32_t)high;
    }
    *used = bytes.len - cursor_left(&from);
    return !from.bad;
}

/* Parts of a block of a long list; *used bytes of it. */
static bool read_parts(struct postings *postings, struct bytes bytes, uint64_t floor, uint32_t last,
                       size_t *used)
{
    unsigned width = bytes.at[1];
    if (width == BLOCK_SET) {
        uint64_t len = last < floor ? 0 : (last - floor + 8) / 8;
        *used = BLOCK_HEAD + len;
        return len <= BLOCK_SET_MAX && *used <= bytes.len &&
               read_set(postings, bytes_slice(bytes, BLOCK_HEAD, len), floor);
    }
    bool is_patched = width >= BLOCK_PATCHED;
    width &= BLOCK_PATCHED - 1;
    *used = BLOCK_HEAD + ((size_t)postings->filled * width + 7) / 8;
    if (width > 32 || *used > bytes.len)
        return false;
    bits_read(bytes.at + BLOCK_HEAD, 0, width, postings->parts, postings->filled);
    return (!is_patched || patch(postings, bytes, width, used)) && add_up(postings, floor);
}

static bool enter_long(struct postings *postings, struct bytes bytes, uint64_t floor, uint32_t last)
{
    size_t used;
    if (bytes.len < BLOCK_HEAD || bytes.at[0] >= POSTINGS_BLOCK)
        return false;
    postings->filled = bytes.at[0] + 1u;
    if (!read_parts(postings, bytes, floor, last, &used))
        return false;
    unsigned parameter = bytes.at[2];
    if (parameter == BLOCK_ONES) {
        set_ones(postings);
        return used == bytes.len;
    }
    postings->is_counted = false;
    return rice_begin(&postings->coded, bytes, used * 8, postings->filled, parameter);
}

/* Counts are decoded when they are asked for: intersections want them of few blocks. */
static enum status count_block(struct postings *postings, struct fault *fault)
{
    if (postings->is_counted)
        return OK;
    struct rice *coded = &postings->coded;
    postings->is_counted = true;
    if (!rice_read(coded, postings->counts, postings->filled) || !add_counts(postings) ||
        !run_is_filled(rice_end(coded), coded->end / 8))
        return broken(postings, "counts of a block break their form", fault);
    return OK;
}

static bool enter(struct postings *postings, struct bytes bytes, uint32_t block, uint64_t floor,
                  uint32_t last)
{
    switch ((enum term_form)postings->term.form) {
    case TERM_SINGLE:
        return enter_single(postings);
    case TERM_SHORT:
        return enter_short(postings, bytes);
    case TERM_LONG:
        return enter_long(postings, bytes, floor, last);
    case TERM_FORMER:
        return former_block(postings, bytes, block, floor);
    }
    return false;
}

/* Only `last` and `end`, which begin a record; the table's length was checked when it was lent. */
static struct postings_skip skip_ends(const struct postings *postings, uint32_t block)
{
    uint32_t ends[2];
    if (postings->term.form == TERM_FORMER)
        return former_skip(postings, block);
    memcpy(ends, postings->skips.at + (size_t)block * postings->record, sizeof ends);
    return (struct postings_skip){ .last = ends[0], .end = ends[1] };
}

static enum status enter_block(struct postings *postings, uint32_t block, struct fault *fault)
{
    struct postings_skip skip = { .end = postings->blocks_len }, before = { 0 };
    struct bytes bytes = { 0 };
    bool has_skips = postings->skips.len > 0;
    if (has_skips)
        skip = skip_ends(postings, block);
    if (block > 0)
        before = skip_ends(postings, block - 1);
    if (before.end > skip.end || skip.end > postings->blocks_len)
        return broken(postings, "a skip table breaks its form", fault);
    if (postings->term.form != TERM_SINGLE) {
        enum status lent =
            segment_lend(postings->segment, SECTION_POSTINGS, postings->term.list_at + before.end,
                         skip.end - before.end, &bytes, fault);
        if (lent != OK) {
            end(postings);
            return lent;
        }
    }
    postings->block = block + 1;
    postings->in_block = 0;
    postings->before = 0;
    postings->ahead_count = 0;
    postings->is_placed = false;
    postings->is_counted = true;
    if (!enter(postings, bytes, block, block > 0 ? (uint64_t)before.last + 1 : 0, skip.last))
        return broken(postings, "a block of postings breaks its form", fault);
    if (has_skips && postings->parts[postings->filled - 1] != skip.last)
        return broken(postings, "a block of postings contradicts its skip table", fault);
    return OK;
}

static void stand(struct postings *postings)
{
    postings->part = postings->parts[postings->in_block];
    postings->count = postings->counts[postings->in_block];
}

enum status postings_next(struct postings *postings, struct fault *fault)
{
    if (postings->part == POSTINGS_END)
        return OK;
    if (postings->count > 0) {
        postings->before += postings->count;
        postings->in_block++;
    }
    if (postings->in_block >= postings->filled) {
        if (postings->block >= postings->blocks) {
            end(postings);
            return OK;
        }
        TRY(enter_block(postings, postings->block, fault));
        TRY(count_block(postings, fault));
    }
    stand(postings);
    return OK;
}

/* Every record begins with it; the table's length was checked when it was lent. */
static uint32_t skip_last(const struct postings *postings, uint32_t block)
{
    uint32_t last;
    memcpy(&last, postings->skips.at + (size_t)block * postings->record, sizeof last);
    return last;
}

/* The first block from the current one on whose last part is >= part; postings->blocks when there
 * is none. */
static uint32_t find_block(const struct postings *postings, uint32_t part)
{
    uint32_t low = postings->block, high = postings->blocks;
    /* Most steps are short ones: double the stride before halving it. */
    for (uint32_t stride = 1; stride < high - low; stride *= 2) {
        if (skip_last(postings, low + stride - 1) >= part) {
            high = low + stride - 1;
            break;
        }
        low += stride;
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (skip_last(postings, middle) < part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool block_reaches(const struct postings *postings, uint32_t part)
{
    return postings->filled > 0 && postings->parts[postings->filled - 1] >= part;
}

enum status postings_seek(struct postings *postings, uint32_t part, struct fault *fault)
{
    if (postings->part == POSTINGS_END || (postings->count > 0 && postings->part >= part))
        return OK;
    if (!block_reaches(postings, part)) {
        uint32_t block = postings->blocks <= 1 ? postings->block : find_block(postings, part);
        if (block >= postings->blocks) {
            end(postings);
            return OK;
        }
        TRY(enter_block(postings, block, fault));
        TRY(count_block(postings, fault));
        if (!block_reaches(postings, part)) {
            end(postings);
            return OK;
        }
    }
    while (postings->parts[postings->in_block] < part)
        postings->before += postings->counts[postings->in_block++];
    stand(postings);
    return OK;
}

/* Of a list of one block: what its term says. */
static void bound_one(const struct postings *postings, uint32_t part, struct posting_bound *bound)
{
    const struct term *term = &postings->term;
    if (postings->part == POSTINGS_END)
        return;
    uint32_t last = postings->segment->layout.parts - 1;
    if (term->form == TERM_SINGLE)
        last = (uint32_t)term->list_at;
    if (postings->filled > 0)
        last = postings->parts[postings->filled - 1];
    if (last >= part)
        *bound = (struct posting_bound){ last, term->most, term->fewest };
}

enum status postings_bound(const struct postings *postings, uint32_t part,
                           struct posting_bound *bound, struct fault *fault)
{
    (void)fault;
    *bound = (struct posting_bound){ POSTINGS_END, UINT32_MAX, 0 };
    if (postings->blocks <= 1) {
        bound_one(postings, part, bound);
        return OK;
    }
    if (postings->part == POSTINGS_END)
        return OK;
    uint32_t block =
        block_reaches(postings, part) ? postings->block - 1 : find_block(postings, part);
    if (block >= postings->blocks)
        return OK;
    struct postings_skip skip = postings_skip_at(postings, block);
    *bound = (struct posting_bound){ skip.last, skip.most, skip.fewest };
    return OK;
}

enum status postings_block(struct postings *postings, uint32_t part, const uint32_t **parts,
                           const uint32_t **counts, size_t *len, struct fault *fault)
{
    TRY(postings_seek(postings, part, fault));
    *len = postings->part == POSTINGS_END ? 0 : postings->filled - postings->in_block;
    *parts = postings->parts + postings->in_block;
    *counts = postings->counts + postings->in_block;
    return OK;
}

enum status postings_enter(struct postings *postings, uint32_t block, const uint32_t **parts,
                           size_t *len, struct fault *fault)
{
    TRY(enter_block(postings, block, fault));
    *parts = postings->parts;
    *len = postings->filled;
    return OK;
}

enum status postings_counts(struct postings *postings, const uint32_t **counts, struct fault *fault)
{
    TRY(count_block(postings, fault));
    *counts = postings->counts;
    return OK;
}

uint32_t postings_last(const struct postings *postings, uint32_t block)
{
    if (postings->skips.len > 0)
        return skip_last(postings, block);
    if (postings->term.form == TERM_SINGLE)
        return (uint32_t)postings->term.list_at;
    return postings->segment->layout.parts - 1;
}

size_t postings_impacts(const struct postings *postings, uint32_t block,
                        struct impact impacts[IMPACTS])
{
    if (postings->term.has_impacts)
        return impacts_read(postings->skips.at + (size_t)block * postings->record + SKIP_IMPACTS_AT,
                            impacts);
    impacts[0] = (struct impact){ postings->term.most, postings->term.fewest };
    if (postings->skips.len > 0) {
        struct postings_skip skip = postings_skip_at(postings, block);
        impacts[0] = (struct impact){ skip.most, skip.fewest };
    }
    return 1;
}

/* The positions of the block, which stand apart. */
static enum status place(struct postings *postings, struct fault *fault)
{
    const struct term *term = &postings->term;
    uint64_t start = 0;
    uint32_t block = postings->block - 1;
    struct bytes run;
    if (block > 0)
        start = postings_skip_at(postings, block - 1).positions_end;
    uint64_t stop = postings_skip_at(postings, block).positions_end;
    if (start >= stop || stop > term->positions_len)
        return broken(postings, "a skip table breaks its form", fault);
    TRY(segment_lend(postings->segment, SECTION_POSITIONS, term->positions_at + start, stop - start,
                     &run, fault));
    if (!rice_begin(&postings->positions, run, 8, postings->places, run.at[0]))
        return broken(postings, "positions break their form", fault);
    postings->is_placed = true;
    return OK;
}

/* To the first position of the current part: without counting when the part before was read. */
static bool step_over(struct postings *postings)
{
    uint64_t before = postings->before;
    postings->before = 0;
    if (before == 0)
        return true;
    if (before != postings->ahead_count)
        return rice_skip(&postings->positions, before);
    postings->positions = postings->ahead;
    return true;
}

/* Distances of the current part. */
static enum status read_distances(struct postings *postings, uint32_t *to, size_t count,
                                  struct fault *fault)
{
    bool is_read;
    if (postings->term.form == TERM_FORMER) {
        is_read = former_positions(postings, to, count);
    } else {
        if (!postings->is_placed)
            TRY(place(postings, fault));
        is_read = step_over(postings);
        postings->ahead = postings->positions;
        is_read = is_read && rice_read(&postings->ahead, to, count);
        postings->ahead_count = count == postings->count ? postings->count : 0;
    }
    return is_read ? OK : broken(postings, "positions break their form", fault);
}

enum status postings_positions(struct postings *postings, uint32_t *to, size_t room,
                               struct fault *fault)
{
    size_t count = room < postings->count ? room : postings->count;
    if (count == 0)
        return OK;
    if (postings->term.form == TERM_SINGLE) {
        to[0] = (uint32_t)postings->term.positions_at;
        return OK;
    }
    TRY(read_distances(postings, to, count, fault));
    uint64_t floor = 0;
    for (size_t i = 0; i < count; i++) {
        floor += to[i];
        to[i] = (uint32_t)floor;
        floor++;
    }
    return floor - 1 <= UINT32_MAX ? OK : broken(postings, "positions break their form", fault);
}

#include "segment/postings.h"

#include "segment/inside.h"

static enum status broken(struct postings *postings, const char *why, struct fault *fault)
{
    postings->part = POSTINGS_END;
    postings->count = 0;
    return segment_broken(postings->segment, SECTION_POSTINGS, postings->at, why, fault);
}

enum status postings_begin(struct postings *postings, const struct segment *segment,
                           const struct term *term, struct fault *fault)
{
    postings->segment = segment;
    postings->part = postings->count = 0;
    postings->at = term->at;
    postings->total = term->parts;
    postings->blocks = term->parts / POSTINGS_BLOCK + (term->parts % POSTINGS_BLOCK != 0);
    postings->block = postings->in_block = postings->filled = 0;
    postings->skips = (struct bytes){ 0 };
    postings->blocks_len = term->len;
    if (postings->blocks <= 1)
        return OK;
    uint64_t skips_len = (uint64_t)postings->blocks * SKIP_RECORD;
    if (skips_len > term->len)
        return broken(postings, "a list is shorter than its skip table", fault);
    postings->blocks_len -= skips_len;
    return segment_lend(segment, SECTION_POSTINGS, term->at + postings->blocks_len, skips_len,
                        &postings->skips, fault);
}

struct skip {
    uint32_t last; /* the last part of the block */
    uint64_t end;  /* where the block ends, from the first on */
};

static struct skip skip_at(const struct postings *postings, uint32_t block)
{
    if (postings->blocks <= 1)
        return (struct skip){ 0, postings->blocks_len };
    struct cursor from =
        cursor_from_bytes(bytes_slice(postings->skips, (size_t)block * SKIP_RECORD, SKIP_RECORD));
    struct skip skip;
    skip.last = cursor_u32(&from);
    skip.end = cursor_u64(&from);
    return skip;
}

/* Part deltas and counts; the positions follow them. */
static bool decode_parts(struct postings *postings, struct cursor *from, uint64_t floor)
{
    uint64_t occurrences = 0;
    for (uint32_t i = 0; i < postings->filled; i++) {
        uint64_t coded = cursor_varint64(from);
        uint64_t count = coded & 1 ? 1 : (uint64_t)cursor_varint32(from) + 2;
        uint64_t part = floor + (coded >> 1);
        if (from->bad || coded >> 1 > UINT32_MAX || part >= postings->segment->layout.parts ||
            count > UINT32_MAX)
            return false;
        postings->parts[i] = (uint32_t)part;
        postings->counts[i] = (uint32_t)count;
        occurrences += count;
        floor = part + 1;
    }
    return occurrences <= cursor_left(from);
}

static enum status enter_block(struct postings *postings, uint32_t block, struct fault *fault)
{
    struct skip skip = skip_at(postings, block);
    struct skip before = { 0 };
    if (block > 0)
        before = skip_at(postings, block - 1);
    if (before.end > skip.end || skip.end > postings->blocks_len)
        return broken(postings, "a skip table breaks its form", fault);
    struct bytes bytes;
    enum status lent = segment_lend(postings->segment, SECTION_POSTINGS, postings->at + before.end,
                                    skip.end - before.end, &bytes, fault);
    if (lent != OK) {
        postings->part = POSTINGS_END;
        return lent;
    }
    uint32_t left = postings->total - block * POSTINGS_BLOCK;
    postings->filled = left < POSTINGS_BLOCK ? left : POSTINGS_BLOCK;
    postings->block = block + 1;
    postings->in_block = 0;
    postings->positions = cursor_from_bytes(bytes);
    postings->positions_before = 0;
    if (!decode_parts(postings, &postings->positions, block > 0 ? (uint64_t)before.last + 1 : 0))
        return broken(postings, "a block of postings breaks its form", fault);
    if (postings->blocks > 1 && postings->parts[postings->filled - 1] != skip.last)
        return broken(postings, "a block of postings contradicts its skip table", fault);
    return OK;
}

static void stand(struct postings *postings)
{
    postings->part = postings->parts[postings->in_block];
    postings->count = postings->counts[postings->in_block];
}

static void end(struct postings *postings)
{
    postings->part = POSTINGS_END;
    postings->count = 0;
}

enum status postings_next(struct postings *postings, struct fault *fault)
{
    if (postings->part == POSTINGS_END)
        return OK;
    if (postings->count > 0) {
        postings->positions_before += postings->count;
        postings->in_block++;
    }
    if (postings->in_block >= postings->filled) {
        if (postings->block >= postings->blocks) {
            end(postings);
            return OK;
        }
        TRY(enter_block(postings, postings->block, fault));
    }
    stand(postings);
    return OK;
}

/* The first block from the current one on whose last part is >= part; postings->blocks when there
 * is none. */
static uint32_t find_block(const struct postings *postings, uint32_t part)
{
    uint32_t low = postings->block, high = postings->blocks;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (skip_at(postings, middle).last < part)
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
        if (!block_reaches(postings, part)) {
            end(postings);
            return OK;
        }
    }
    while (postings->parts[postings->in_block] < part)
        postings->positions_before += postings->counts[postings->in_block++];
    stand(postings);
    return OK;
}

enum status postings_bound(const struct postings *postings, uint32_t part,
                           struct posting_bound *bound, struct fault *fault)
{
    (void)fault;
    *bound = (struct posting_bound){ POSTINGS_END, UINT32_MAX, 0 };
    if (postings->blocks <= 1) {
        if (postings->part != POSTINGS_END)
            bound->last_part = postings->segment->layout.parts - 1;
        return OK;
    }
    uint32_t block =
        block_reaches(postings, part) ? postings->block - 1 : find_block(postings, part);
    if (block < postings->blocks)
        bound->last_part = skip_at(postings, block).last;
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

/* Step over `count` varints, eight bytes at a time. */
static void skip_varints(struct cursor *from, uint64_t count)
{
    while (count >= 8 && cursor_left(from) >= 8) {
        uint64_t eight;
        memcpy(&eight, from->at, sizeof eight);
        count -= (unsigned)__builtin_popcountll(~eight & 0x8080808080808080u);
        from->at += 8;
    }
    while (count > 0 && !from->bad) {
        if (cursor_u8(from) < 0x80)
            count--;
    }
}

enum status postings_positions(struct postings *postings, uint32_t *to, size_t room,
                               struct fault *fault)
{
    skip_varints(&postings->positions, postings->positions_before);
    postings->positions_before = 0;
    struct cursor from = postings->positions;
    uint64_t floor = 0;
    for (size_t i = 0; i < room && i < postings->count; i++) {
        uint64_t position = floor + cursor_varint32(&from);
        if (from.bad || position > UINT32_MAX)
            return broken(postings, "positions break their form", fault);
        to[i] = (uint32_t)position;
        floor = position + 1;
    }
    return from.bad ? broken(postings, "positions break their form", fault) : OK;
}

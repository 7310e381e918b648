#include "segment/former.h"

#include "segment/inside.h"

enum status former_range(const struct segment *segment, int section, uint64_t i,
                         uint64_t end_of_last, uint64_t *start, uint64_t *end, struct fault *fault)
{
    enum section table = (enum section)section;
    uint64_t at = i * FORMER_ENTRY, len = segment->layout.sections[table].len;
    bool is_last = at + FORMER_ENTRY == len;
    struct bytes bytes;
    TRY(segment_lend(segment, table, at, is_last ? FORMER_ENTRY : 2 * FORMER_ENTRY, &bytes, fault));
    struct cursor from = cursor_from_bytes(bytes);
    uint64_t first = cursor_u64(&from);
    uint64_t last = is_last ? end_of_last : cursor_u64(&from);
    if (first > last || last > end_of_last)
        return segment_broken(segment, table, at, "entries out of order", fault);
    *start = first;
    *end = last;
    return OK;
}

static bool former_key(struct term_walk *walk)
{
    bool is_first = walk->next % FORMER_TERM_BLOCK == 0;
    size_t shared = is_first ? 0 : cursor_varint32(&walk->rest);
    struct bytes rest = cursor_string(&walk->rest);
    if (walk->rest.bad || shared > walk->key.len || rest.len > TERM_KEY_MAX - shared ||
        shared + rest.len == 0)
        return false;
    if (!is_first && bytes_compare(rest, bytes_slice(walk->key, shared, walk->key.len)) <= 0)
        return false;
    if (rest.len > 0)
        memcpy(walk->held + shared, rest.at, rest.len);
    walk->key = bytes_make(walk->held, shared + rest.len);
    return true;
}

bool former_step(struct term_walk *walk)
{
    if (!former_key(walk))
        return false;
    uint32_t parts = cursor_varint32(&walk->rest);
    uint64_t more = cursor_varint64(&walk->rest);
    uint64_t len = cursor_varint64(&walk->rest);
    uint64_t all = walk->segment->layout.sections[SECTION_POSTINGS].len;
    if (walk->rest.bad || parts == 0 || parts > walk->segment->layout.parts || more > INT64_MAX ||
        walk->postings_at > all || len > all - walk->postings_at)
        return false;
    walk->term = (struct term){ .occurrences = more + parts,
                                .parts = parts,
                                .most = UINT32_MAX,
                                .list_at = walk->postings_at,
                                .len = len,
                                .blocks = parts / POSTINGS_BLOCK + (parts % POSTINGS_BLOCK != 0),
                                .form = TERM_FORMER };
    walk->postings_at += len;
    return true;
}

enum status former_begin(struct postings *postings, struct fault *fault)
{
    const struct term *term = &postings->term;
    if (postings->blocks <= 1)
        return OK;
    uint64_t skips_len = (uint64_t)postings->blocks * FORMER_SKIP_RECORD;
    if (skips_len > term->len)
        return segment_broken(postings->segment, SECTION_POSTINGS, term->list_at,
                              "a list is shorter than its skip table", fault);
    postings->record = FORMER_SKIP_RECORD;
    postings->blocks_len -= skips_len;
    return segment_lend(postings->segment, SECTION_POSTINGS, term->list_at + postings->blocks_len,
                        skips_len, &postings->skips, fault);
}

struct postings_skip former_skip(const struct postings *postings, uint32_t block)
{
    struct postings_skip skip = { .end = postings->blocks_len, .most = UINT32_MAX };
    if (postings->blocks <= 1)
        return skip;
    struct cursor from = cursor_from_bytes(
        bytes_slice(postings->skips, (size_t)block * FORMER_SKIP_RECORD, FORMER_SKIP_RECORD));
    skip.last = cursor_u32(&from);
    skip.end = cursor_u64(&from);
    return skip;
}

bool former_block(struct postings *postings, struct bytes bytes, uint32_t block, uint64_t floor)
{
    uint32_t left = postings->term.parts - block * POSTINGS_BLOCK;
    struct cursor from = cursor_from_bytes(bytes);
    postings->filled = left < POSTINGS_BLOCK ? left : POSTINGS_BLOCK;
    postings->places = 0;
    for (uint32_t i = 0; i < postings->filled; i++) {
        uint64_t coded = cursor_varint64(&from);
        uint64_t count = coded & 1 ? 1 : (uint64_t)cursor_varint32(&from) + 2;
        uint64_t part = floor + (coded >> 1);
        if (from.bad || coded >> 1 > UINT32_MAX || part >= postings->segment->layout.parts ||
            count > UINT32_MAX)
            return false;
        postings->parts[i] = (uint32_t)part;
        postings->counts[i] = (uint32_t)count;
        postings->places += count;
        floor = part + 1;
    }
    postings->former = from;
    return postings->places <= cursor_left(&from);
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

bool former_positions(struct postings *postings, uint32_t *to, size_t count)
{
    skip_varints(&postings->former, postings->before);
    postings->before = 0;
    struct cursor from = postings->former;
    for (size_t i = 0; i < count; i++)
        to[i] = cursor_varint32(&from);
    return !from.bad;
}

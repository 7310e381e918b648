#include "segment/terms.h"

#include "segment/former.h"
#include "segment/inside.h"

enum { PREFIX_LEN = 8, NIBBLE = 15 };

static uint64_t terms_in_block(const struct segment *segment)
{
    return segment->layout.version == LAYOUT_FORMER ? FORMER_TERM_BLOCK : TERM_BLOCK;
}

static uint64_t block_count(const struct segment *segment)
{
    uint64_t entry = segment->layout.version == LAYOUT_FORMER ? FORMER_ENTRY : TERM_ENTRY;
    return segment->layout.sections[SECTION_TERM_INDEX].len / entry;
}

/* Where block `number` begins, lent with the first bytes of its first key. */
static enum status lend_entry(const struct segment *segment, uint64_t number, struct bytes *prefix,
                              uint64_t *start, struct fault *fault)
{
    struct bytes entry;
    TRY(segment_lend(segment, SECTION_TERM_INDEX, number * TERM_ENTRY, TERM_ENTRY, &entry, fault));
    struct cursor from = cursor_from_bytes(entry);
    *prefix = cursor_bytes(&from, PREFIX_LEN);
    *start = cursor_u32(&from);
    *start |= (uint64_t)cursor_u8(&from) << 32;
    return OK;
}

static enum status block_range(const struct segment *segment, uint64_t number, uint64_t *start,
                               uint64_t *end, struct fault *fault)
{
    struct bytes prefix;
    uint64_t all = segment->layout.sections[SECTION_TERMS].len;
    if (segment->layout.version == LAYOUT_FORMER)
        return former_range(segment, SECTION_TERM_INDEX, number, all, start, end, fault);
    TRY(lend_entry(segment, number, &prefix, start, fault));
    *end = all;
    if (number + 1 < block_count(segment))
        TRY(lend_entry(segment, number + 1, &prefix, end, fault));
    if (*start > *end || *end > all)
        return segment_broken(segment, SECTION_TERM_INDEX, number * TERM_ENTRY,
                              "entries out of order", fault);
    return OK;
}

static enum status enter_block(struct term_walk *walk, uint64_t number, struct fault *fault)
{
    const struct segment *segment = walk->segment;
    uint64_t start, end;
    struct bytes block;
    TRY(block_range(segment, number, &start, &end, fault));
    TRY(segment_lend(segment, SECTION_TERMS, start, end - start, &block, fault));
    walk->rest = cursor_from_bytes(block);
    walk->postings_at = cursor_varint64(&walk->rest);
    if (segment->layout.version != LAYOUT_FORMER)
        walk->positions_at = cursor_varint64(&walk->rest);
    walk->next = number * terms_in_block(segment);
    walk->key = bytes_make(walk->held, 0);
    return OK;
}

static enum status broken_term(struct term_walk *walk, const char *why, struct fault *fault)
{
    const struct segment *segment = walk->segment;
    uint64_t at = segment->layout.sections[SECTION_TERMS].at;
    if (walk->rest.at != NULL)
        at = (uint64_t)(walk->rest.at - segment->mapping.bytes.at);
    walk->ended = true;
    return corrupt(fault, segment->name, at, why);
}

/* The key of the term that follows, put together in walk->held. */
static bool step_key(struct term_walk *walk)
{
    bool is_first = walk->next % TERM_BLOCK == 0;
    uint8_t head = cursor_u8(&walk->rest);
    uint64_t shared = head & NIBBLE, more = (uint64_t)(head >> 4) + 1;
    if (shared == NIBBLE)
        shared += cursor_varint32(&walk->rest);
    if (more == NIBBLE + 1)
        more += cursor_varint32(&walk->rest);
    if (walk->rest.bad || shared > walk->key.len || more > TERM_KEY_MAX - shared)
        return false;
    struct bytes rest = cursor_bytes(&walk->rest, more);
    if (rest.len != more || (is_first && shared > 0))
        return false;
    /* Ascending: behind the shared bytes the new key is greater than the one before. */
    if (!is_first && shared < walk->key.len && rest.at[0] <= walk->held[shared])
        return false;
    memcpy(walk->held + shared, rest.at, more);
    walk->key = bytes_make(walk->held, shared + more);
    return true;
}

static bool step_single(struct term_walk *walk, uint8_t control)
{
    unsigned part_len = (control & 3u) + 1, position_len = (control >> 2 & 3u) + 1;
    struct bytes numbers = cursor_bytes(&walk->rest, part_len + position_len);
    uint32_t part = 0, position = 0;
    if (numbers.len == 0 || control >> 4 != 0)
        return false;
    memcpy(&part, numbers.at, part_len);
    memcpy(&position, numbers.at + part_len, position_len);
    walk->term = (struct term){ .occurrences = 1,
                                .parts = 1,
                                .most = 1,
                                .list_at = part,
                                .positions_at = position,
                                .form = TERM_SINGLE };
    return part < walk->segment->layout.parts;
}

static bool step_short(struct term_walk *walk, uint8_t control)
{
    struct cursor *rest = &walk->rest;
    uint32_t parts = control & 63u;
    if (parts == 0)
        parts = cursor_varint32(rest);
    uint32_t more = cursor_varint32(rest);
    uint64_t len = cursor_varint64(rest);
    walk->term = (struct term){ .occurrences = (uint64_t)parts + more,
                                .parts = parts,
                                .most = more < UINT32_MAX ? more + 1 : more,
                                .list_at = walk->postings_at,
                                .len = len,
                                .form = TERM_SHORT };
    return parts > 0 && parts <= POSTINGS_BLOCK;
}

static bool step_long(struct term_walk *walk, uint8_t control)
{
    struct cursor *rest = &walk->rest;
    struct term *term = &walk->term;
    *term = (struct term){ .parts = cursor_varint32(rest), .form = TERM_LONG };
    uint64_t more = cursor_varint64(rest);
    term->occurrences = term->parts + more;
    term->blocks = cursor_varint32(rest);
    term->most = cursor_varint32(rest);
    term->fewest = cursor_varint32(rest);
    term->list_at = walk->postings_at;
    term->len = cursor_varint64(rest);
    term->positions_at = walk->positions_at;
    term->positions_len = cursor_varint64(rest);
    term->has_impacts = control == TERM_CONTROL_IMPACTS;
    uint64_t record = term->has_impacts ? SKIP_RECORD : SKIP_PLAIN;
    return control <= TERM_CONTROL_IMPACTS && more <= INT64_MAX && term->blocks > 1 &&
           term->blocks <= term->parts && term->blocks * record <= term->len;
}

static bool step_term(struct term_walk *walk)
{
    const struct extent *sections = walk->segment->layout.sections;
    if (walk->segment->layout.version == LAYOUT_FORMER)
        return former_step(walk);
    if (!step_key(walk))
        return false;
    uint8_t control = cursor_u8(&walk->rest);
    bool is_good = control < 0x40   ? step_single(walk, control)
                   : control < 0x80 ? step_short(walk, control)
                                    : step_long(walk, control);
    const struct term *term = &walk->term;
    if (!is_good || walk->rest.bad || term->parts > walk->segment->layout.parts ||
        walk->postings_at > sections[SECTION_POSTINGS].len ||
        term->len > sections[SECTION_POSTINGS].len - walk->postings_at ||
        walk->positions_at > sections[SECTION_POSITIONS].len ||
        term->positions_len > sections[SECTION_POSITIONS].len - walk->positions_at)
        return false;
    walk->postings_at += term->len;
    walk->positions_at += term->positions_len;
    return true;
}

enum status term_walk_next(struct term_walk *walk, struct fault *fault)
{
    if (walk->ended)
        return OK;
    if (walk->next == walk->limit) {
        walk->ended = true;
        walk->key = bytes_make(walk->held, 0);
        return OK;
    }
    uint64_t block = terms_in_block(walk->segment);
    if (walk->next % block == 0)
        TRY(enter_block(walk, walk->next / block, fault));
    if (!step_term(walk))
        return broken_term(walk, "a term breaks its form", fault);
    walk->term.at = walk->next++;
    return OK;
}

/* Whether the first key of a block is <= key. */
static enum status begins_before(struct term_walk *walk, uint64_t number, struct bytes key,
                                 bool *does, struct fault *fault)
{
    uint8_t wanted[PREFIX_LEN] = { 0 };
    struct bytes prefix;
    uint64_t start;
    if (walk->segment->layout.version != LAYOUT_FORMER) {
        memcpy(wanted, key.at, key.len < PREFIX_LEN ? key.len : PREFIX_LEN);
        TRY(lend_entry(walk->segment, number, &prefix, &start, fault));
        int order = memcmp(prefix.at, wanted, PREFIX_LEN);
        *does = order < 0;
        if (order != 0)
            return OK;
    }
    TRY(enter_block(walk, number, fault));
    if (!step_term(walk))
        return broken_term(walk, "a block of terms breaks its form", fault);
    *does = bytes_compare(walk->key, key) <= 0;
    return OK;
}

/* Of blocks [low, high) the last whose first key is <= key, or the first. */
static enum status find_block(struct term_walk *walk, struct bytes key, uint64_t low, uint64_t high,
                              uint64_t *number, struct fault *fault)
{
    while (high - low > 1 && key.len > 0) {
        uint64_t middle = low + (high - low) / 2;
        bool does;
        TRY(begins_before(walk, middle, key, &does, fault));
        if (does)
            low = middle;
        else
            high = middle;
    }
    *number = low;
    return OK;
}

/* Terms or pairs, from the first key >= `from` on. */
static enum status walk_begin(struct term_walk *walk, struct bytes from, uint64_t first_block,
                              uint64_t terms, struct fault *fault)
{
    uint64_t block = terms_in_block(walk->segment), number;
    uint64_t blocks = terms / block + (terms % block != 0);
    walk->key = bytes_make(walk->held, 0);
    walk->term = (struct term){ 0 };
    walk->ended = terms == 0;
    walk->postings_at = walk->positions_at = 0;
    walk->next = first_block * block;
    if (walk->ended)
        return OK;
    TRY(find_block(walk, from, first_block, first_block + blocks, &number, fault));
    walk->limit = first_block * block + terms;
    walk->next = number * block;
    do
        TRY(term_walk_next(walk, fault));
    while (!walk->ended && bytes_compare(walk->key, from) < 0);
    return OK;
}

enum status term_walk_begin(struct term_walk *walk, const struct segment *segment,
                            struct bytes from, struct fault *fault)
{
    walk->segment = segment;
    return walk_begin(walk, from, 0, segment->layout.terms, fault);
}

static enum status pair_walk_from(struct term_walk *walk, const struct segment *segment,
                                  struct bytes from, struct fault *fault)
{
    walk->segment = segment;
    return walk_begin(walk, from, layout_term_blocks(segment->layout.terms), segment->layout.pairs,
                      fault);
}

enum status pair_walk_begin(struct term_walk *walk, const struct segment *segment,
                            struct fault *fault)
{
    return pair_walk_from(walk, segment, (struct bytes){ 0 }, fault);
}

static enum status take_term(const struct term_walk *walk, struct bytes key, struct term *term)
{
    if (walk->ended || !bytes_equal(walk->key, key))
        return NOT_FOUND;
    *term = walk->term;
    return OK;
}

enum status segment_term(const struct segment *segment, struct bytes key, struct term *term,
                         struct fault *fault)
{
    struct term_walk walk;
    if (key.len == 0 || key.len > TERM_KEY_MAX)
        return NOT_FOUND;
    TRY(term_walk_begin(&walk, segment, key, fault));
    return take_term(&walk, key, term);
}

enum status segment_pair(const struct segment *segment, struct bytes first, struct bytes second,
                         struct term *term, struct fault *fault)
{
    struct term_walk walk;
    uint8_t key[TERM_KEY_MAX];
    if (segment->layout.pairs == 0 || first.len > FOLD_KEY_MAX || second.len > FOLD_KEY_MAX)
        return NOT_FOUND;
    struct bytes pair = bytes_make(key, term_key_pair(first, second, key));
    TRY(pair_walk_from(&walk, segment, pair, fault));
    return take_term(&walk, pair, term);
}

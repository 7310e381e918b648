#include "segment/terms.h"

#include "segment/inside.h"

/* Load block `number`: the walk stands before its first term. */
static enum status enter_block(struct term_walk *walk, uint64_t number, struct fault *fault)
{
    const struct segment *segment = walk->segment;
    uint64_t start, end;
    struct bytes block;
    TRY(segment_range(segment, SECTION_TERM_INDEX, number,
                      segment->layout.sections[SECTION_TERMS].len, &start, &end, fault));
    TRY(segment_lend(segment, SECTION_TERMS, start, end - start, &block, fault));
    walk->rest = cursor_from_bytes(block);
    walk->postings_at = cursor_varint64(&walk->rest);
    walk->next = number * TERM_BLOCK;
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
    size_t shared = is_first ? 0 : cursor_varint32(&walk->rest);
    struct bytes rest = cursor_string(&walk->rest);
    if (walk->rest.bad || shared > walk->key.len || rest.len > TERM_KEY_MAX - shared ||
        shared + rest.len == 0)
        return false;
    /* Ascending: behind the shared bytes the new key is greater than the one before. */
    if (!is_first && bytes_compare(rest, bytes_slice(walk->key, shared, walk->key.len)) <= 0)
        return false;
    if (rest.len > 0)
        memcpy(walk->held + shared, rest.at, rest.len);
    walk->key = bytes_make(walk->held, shared + rest.len);
    return true;
}

static enum status step(struct term_walk *walk, struct fault *fault)
{
    if (!step_key(walk))
        return broken_term(walk, "a term's key breaks its form", fault);
    uint32_t parts = cursor_varint32(&walk->rest);
    uint64_t more = cursor_varint64(&walk->rest);
    uint64_t len = cursor_varint64(&walk->rest);
    uint64_t all = walk->segment->layout.sections[SECTION_POSTINGS].len;
    if (walk->rest.bad || parts == 0 || parts > walk->segment->layout.parts || more > INT64_MAX ||
        walk->postings_at > all || len > all - walk->postings_at)
        return broken_term(walk, "a term's numbers break their form", fault);
    walk->term = (struct term){ .occurrences = more + parts,
                                .parts = parts,
                                .most = UINT32_MAX,
                                .at = walk->postings_at,
                                .len = len };
    walk->postings_at += len;
    walk->next++;
    return OK;
}

enum status term_walk_next(struct term_walk *walk, struct fault *fault)
{
    if (walk->ended)
        return OK;
    if (walk->next == walk->segment->layout.terms) {
        walk->ended = true;
        walk->key = bytes_make(walk->held, 0);
        return OK;
    }
    if (walk->next % TERM_BLOCK == 0)
        TRY(enter_block(walk, walk->next / TERM_BLOCK, fault));
    return step(walk, fault);
}

/* The first key of a block, lent from the mapping. */
static enum status first_key(struct term_walk *walk, uint64_t number, struct bytes *key,
                             struct fault *fault)
{
    TRY(enter_block(walk, number, fault));
    *key = cursor_string(&walk->rest);
    if (walk->rest.bad || key->len > TERM_KEY_MAX)
        return broken_term(walk, "a block of terms breaks its form", fault);
    return OK;
}

/* The last block whose first key is <= key, or the first. */
static enum status find_block(struct term_walk *walk, struct bytes key, uint64_t *number,
                              struct fault *fault)
{
    uint64_t low = 0;
    uint64_t high = walk->segment->layout.sections[SECTION_TERM_INDEX].len / TABLE_ENTRY;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        struct bytes first;
        TRY(first_key(walk, middle, &first, fault));
        if (bytes_compare(first, key) <= 0)
            low = middle;
        else
            high = middle;
    }
    *number = low;
    return OK;
}

enum status term_walk_begin(struct term_walk *walk, const struct segment *segment,
                            struct bytes from, struct fault *fault)
{
    walk->segment = segment;
    walk->key = bytes_make(walk->held, 0);
    walk->term = (struct term){ 0 };
    walk->ended = segment->layout.terms == 0;
    walk->next = 0;
    if (walk->ended)
        return OK;
    uint64_t number;
    TRY(find_block(walk, from, &number, fault));
    TRY(enter_block(walk, number, fault));
    do
        TRY(term_walk_next(walk, fault));
    while (!walk->ended && bytes_compare(walk->key, from) < 0);
    return OK;
}

enum status segment_term(const struct segment *segment, struct bytes key, struct term *term,
                         struct fault *fault)
{
    struct term_walk walk;
    if (key.len == 0 || key.len > TERM_KEY_MAX)
        return NOT_FOUND;
    TRY(term_walk_begin(&walk, segment, key, fault));
    if (walk.ended || !bytes_equal(walk.key, key))
        return NOT_FOUND;
    *term = walk.term;
    return OK;
}

enum status segment_pair(const struct segment *segment, struct bytes first, struct bytes second,
                         struct term *term, struct fault *fault)
{
    (void)segment;
    (void)first;
    (void)second;
    (void)term;
    (void)fault;
    return NOT_FOUND;
}

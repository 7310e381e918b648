#include "segment/dictionary.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/hash.h"
#include "base/scoped.h"
#include "segment/terms.h"

enum {
    SLAB = 1 << 20,
    UNIT = 16, /* words begin at multiples of it, so that 32 bits reach 64 GiB */
    UNITS_LOG = 16,
    FIRST_MIN = 6, /* bytes of postings kept with the word */
    CHUNK_MIN_LOG = 5,
    CHUNK_MAX_LOG = 12,
    LINK = sizeof(uint8_t *),
    VARINT_MAX = 10,
    SLOTS_MIN = 1 << 12,
    AHEAD = 8, /* words asked for from memory before they are read */
};

struct word {
    uint8_t *write; /* where the next posting goes */
    uint8_t *end;   /* of the room there */
    uint8_t *chunk; /* the first one; each ends in a link to the next */
    uint32_t last_part;
    uint32_t last_position;
    uint8_t key_len;
    uint8_t first_len;
    uint8_t chunk_log;
    uint8_t key[]; /* then first_len bytes of postings */
};

struct slot {
    uint32_t tag;
    uint32_t where; /* in units; 0: empty */
};

struct dictionary {
    struct slot *slots;
    size_t slot_count; /* a power of two */
    size_t words;
    uint8_t **slabs;
    size_t slab_count, slab_room;
    size_t slab_used; /* bytes of the last slab */
    uint64_t secret[2];
};

CLOSER(dictionary, dictionary_free)

static enum status begin_table(struct dictionary *dictionary, struct fault *fault)
{
    dictionary->slots = calloc(SLOTS_MIN, sizeof *dictionary->slots);
    if (dictionary->slots == NULL)
        return no_memory(fault);
    dictionary->slot_count = SLOTS_MIN;
    return OK;
}

enum status dictionary_new(struct dictionary **dictionary, struct fault *fault)
{
    CLOSED(dictionary_free) struct dictionary *made = calloc(1, sizeof *made);
    if (made == NULL)
        return no_memory(fault);
    random_fill(made->secret, sizeof made->secret);
    *dictionary = take(made);
    return OK;
}

void dictionary_free(struct dictionary *dictionary)
{
    if (dictionary == NULL)
        return;
    dictionary_clear(dictionary);
    free(dictionary->slabs);
    free(dictionary);
}

void dictionary_clear(struct dictionary *dictionary)
{
    free(take(dictionary->slots));
    for (size_t i = 0; i < dictionary->slab_count; i++)
        free(dictionary->slabs[i]);
    dictionary->slot_count = dictionary->words = 0;
    dictionary->slab_count = dictionary->slab_used = 0;
}

size_t dictionary_memory(const struct dictionary *dictionary)
{
    return dictionary->slab_count * SLAB + dictionary->slot_count * sizeof(struct slot);
}

static struct word *word_at(const struct dictionary *dictionary, uint32_t where)
{
    size_t unit = where & ((1u << UNITS_LOG) - 1);
    return (struct word *)(void *)(dictionary->slabs[where >> UNITS_LOG] + unit * UNIT);
}

/* `len` bytes at a multiple of UNIT, not zeroed; NULL: no memory, or the table's 32 bits are used
 * up. */
static uint8_t *slab_alloc(struct dictionary *dictionary, size_t len, uint32_t *where)
{
    len = (len + UNIT - 1) / UNIT * UNIT;
    if (dictionary->slab_count == 0 || len > SLAB - dictionary->slab_used) {
        if (dictionary->slab_count >= 1u << (32 - UNITS_LOG) ||
            !GROW(dictionary->slabs, dictionary->slab_room, dictionary->slab_count))
            return NULL;
        uint8_t *slab = malloc(SLAB);
        if (slab == NULL)
            return NULL;
        dictionary->slabs[dictionary->slab_count++] = slab;
        dictionary->slab_used = dictionary->slab_count == 1 ? UNIT : 0;
    }
    size_t slab = dictionary->slab_count - 1;
    *where = (uint32_t)(slab << UNITS_LOG | dictionary->slab_used / UNIT);
    uint8_t *at = dictionary->slabs[slab] + dictionary->slab_used;
    dictionary->slab_used += len;
    return at;
}

static uint64_t read32(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t read64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t hash_key(const uint64_t secret[2], struct bytes key)
{
    const uint8_t *at = key.at;
    size_t len = key.len;
    uint64_t seed = secret[0], a, b;
    for (; len > 16; at += 16, len -= 16)
        seed = mix(read64(at) ^ secret[1], read64(at + 8) ^ seed);
    if (len >= 8) {
        a = read64(at);
        b = read64(at + len - 8);
    } else if (len >= 4) {
        a = read32(at);
        b = read32(at + len - 4);
    } else {
        a = (uint64_t)at[0] << 16 | (uint64_t)at[len / 2] << 8 | at[len - 1];
        b = 0;
    }
    return mix(secret[1] ^ key.len, mix(a ^ secret[1], b ^ seed));
}

static bool grow_table(struct dictionary *dictionary)
{
    size_t count = dictionary->slot_count * 2;
    struct slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < dictionary->slot_count; i++) {
        struct slot slot = dictionary->slots[i];
        if (slot.where == 0)
            continue;
        size_t at = slot.tag & (count - 1);
        while (slots[at].where != 0)
            at = (at + 1) & (count - 1);
        slots[at] = slot;
    }
    free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
    return true;
}

static struct word *word_new(struct dictionary *dictionary, struct bytes key, uint32_t *where)
{
    size_t head = offsetof(struct word, key) + key.len;
    size_t len = (head + FIRST_MIN + UNIT - 1) / UNIT * UNIT;
    struct word *word = (struct word *)(void *)slab_alloc(dictionary, len, where);
    if (word == NULL)
        return NULL;
    *word = (struct word){ .last_part = UINT32_MAX, .key_len = (uint8_t)key.len };
    memcpy(word->key, key.at, key.len);
    word->first_len = (uint8_t)(len - head);
    word->chunk_log = CHUNK_MIN_LOG - 1;
    word->write = word->key + key.len;
    word->end = word->write + word->first_len;
    return word;
}

/* The word of that key, made if it is new; NULL: no memory. */
static struct word *find(struct dictionary *dictionary, struct bytes key, uint32_t tag)
{
    size_t mask = dictionary->slot_count - 1;
    size_t at = tag & mask;
    for (; dictionary->slots[at].where != 0; at = (at + 1) & mask) {
        if (dictionary->slots[at].tag != tag)
            continue;
        struct word *word = word_at(dictionary, dictionary->slots[at].where);
        if (word->key_len == key.len && memcmp(word->key, key.at, key.len) == 0)
            return word;
    }
    uint32_t where;
    struct word *word = word_new(dictionary, key, &where);
    if (word == NULL)
        return NULL;
    dictionary->slots[at] = (struct slot){ tag, where };
    dictionary->words++;
    return word;
}

static bool word_grow(struct dictionary *dictionary, struct word *word)
{
    uint32_t where;
    uint8_t log = word->chunk_log < CHUNK_MAX_LOG ? word->chunk_log + 1 : CHUNK_MAX_LOG;
    uint8_t *chunk = slab_alloc(dictionary, (size_t)1 << log, &where);
    if (chunk == NULL)
        return false;
    if (word->chunk == NULL)
        word->chunk = chunk;
    else
        memcpy(word->end, &chunk, LINK);
    word->chunk_log = log;
    word->write = chunk;
    word->end = chunk + ((size_t)1 << log) - LINK;
    return true;
}

static size_t encode(uint64_t value, uint8_t *to)
{
    size_t len = 0;
    for (; value >= 0x80; value >>= 7)
        to[len++] = (uint8_t)(value | 0x80);
    to[len++] = (uint8_t)value;
    return len;
}

static bool word_append(struct dictionary *dictionary, struct word *word, uint64_t value)
{
    if (word->end - word->write >= VARINT_MAX) {
        word->write += encode(value, word->write);
        return true;
    }
    uint8_t bytes[VARINT_MAX];
    size_t len = encode(value, bytes);
    for (size_t i = 0; i < len; i++) {
        if (word->write == word->end && !word_grow(dictionary, word))
            return false;
        *word->write++ = bytes[i];
    }
    return true;
}

/* A number per occurrence: distance from the one before, times two; plus one where it is the
 * distance to a new part, and then the position follows. */
bool word_add(struct dictionary *dictionary, struct word *word, uint32_t part, uint32_t position)
{
    if (word->last_part == part) {
        assert(position >= word->last_position);
        uint64_t distance = position - word->last_position;
        word->last_position = position;
        return distance == 0 || word_append(dictionary, word, distance << 1);
    }
    uint64_t distance = (uint32_t)(part - word->last_part);
    word->last_part = part;
    word->last_position = position;
    return word_append(dictionary, word, distance << 1 | 1) &&
           word_append(dictionary, word, position);
}

static enum status make_room(struct dictionary *dictionary, size_t count, struct fault *fault)
{
    if (dictionary->slots == NULL)
        TRY(begin_table(dictionary, fault));
    while ((dictionary->words + count) * 3 > dictionary->slot_count * 2) {
        if (!grow_table(dictionary))
            return no_memory(fault);
    }
    return OK;
}

struct word *dictionary_word(struct dictionary *dictionary, struct bytes key)
{
    if (make_room(dictionary, 1, NULL) != OK)
        return NULL;
    return find(dictionary, key, (uint32_t)hash_key(dictionary->secret, key));
}

enum status dictionary_add(struct dictionary *dictionary, uint32_t part,
                           const struct occurrence *occurrences, size_t count, struct fault *fault)
{
    uint32_t tags[DICTIONARY_BATCH];
    assert(count <= DICTIONARY_BATCH);
    TRY(make_room(dictionary, count, fault));
    size_t mask = dictionary->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        tags[i] = (uint32_t)hash_key(dictionary->secret, occurrences[i].key);
        __builtin_prefetch(&dictionary->slots[tags[i] & mask]);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t where = dictionary->slots[tags[i] & mask].where;
        if (where != 0)
            __builtin_prefetch(word_at(dictionary, where));
    }
    for (size_t i = 0; i < count; i++) {
        struct word *word = find(dictionary, occurrences[i].key, tags[i]);
        if (word == NULL || !word_add(dictionary, word, part, occurrences[i].position))
            return no_memory(fault);
    }
    return OK;
}

struct bytes word_key(const struct word *word)
{
    return bytes_make(word->key, word->key_len);
}

struct sorted {
    uint64_t prefix; /* the first eight bytes of the key, big-endian, zeros behind a shorter one */
    const struct word *word;
};

static uint64_t key_prefix(struct bytes key)
{
    uint64_t prefix = 0;
    for (size_t i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < key.len ? key.at[i] : 0);
    return prefix;
}

static int by_key(const void *left, const void *right)
{
    const struct sorted *a = left;
    const struct sorted *b = right;
    return bytes_compare(word_key(a->word), word_key(b->word));
}

/* One stable pass over byte `byte` of the prefix; false when all are alike there and nothing moved.
 */
static bool radix_pass(const struct sorted *from, struct sorted *to, size_t count, unsigned byte)
{
    size_t starts[256] = { 0 };
    for (size_t i = 0; i < count; i++)
        starts[from[i].prefix >> (8 * byte) & 255]++;
    size_t start = 0;
    for (size_t i = 0; i < 256; i++) {
        size_t of_byte = starts[i];
        if (of_byte == count)
            return false;
        starts[i] = start;
        start += of_byte;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[from[i].prefix >> (8 * byte) & 255]++] = from[i];
    return true;
}

static void sort_alike(struct sorted *items, size_t count)
{
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && items[end].prefix == items[start].prefix)
            end++;
        if (end - start > 1)
            qsort(items + start, end - start, sizeof *items, by_key);
    }
}

/* Words lie anywhere: all are asked for before the first is read. */
static void collect(const struct dictionary *dictionary, struct sorted *items)
{
    size_t filled = 0;
    for (size_t i = 0; i < dictionary->slot_count; i++) {
        if (dictionary->slots[i].where != 0)
            items[filled++].word = word_at(dictionary, dictionary->slots[i].where);
    }
    for (size_t i = 0; i < filled; i++) {
        __builtin_prefetch(items[i + AHEAD < filled ? i + AHEAD : i].word);
        items[i].prefix = key_prefix(word_key(items[i].word));
    }
}

enum status dictionary_sorted(const struct dictionary *dictionary, const struct word ***words,
                              size_t *count, struct fault *fault)
{
    size_t items = dictionary->words;
    FREED struct sorted *here = calloc(items + 1, sizeof *here);
    FREED struct sorted *there = calloc(items + 1, sizeof *there);
    const struct word **sorted = calloc(items + 1, sizeof(const struct word *));
    if (here == NULL || there == NULL || sorted == NULL) {
        free(sorted);
        return no_memory(fault);
    }
    collect(dictionary, here);
    for (unsigned byte = 0; byte < 8 && items > 0; byte++) {
        if (radix_pass(here, there, items, byte)) {
            struct sorted *swapped = here;
            here = there;
            there = swapped;
        }
    }
    sort_alike(here, items);
    for (size_t i = 0; i < items; i++)
        sorted[i] = here[i].word;
    *words = sorted;
    *count = items;
    return OK;
}

static void copy_postings(const struct word *word, struct buffer *to)
{
    const uint8_t *run = word->key + word->key_len;
    if (word->chunk == NULL) {
        buffer_append(to, run, (size_t)(word->write - run));
        return;
    }
    buffer_append(to, run, word->first_len);
    const uint8_t *chunk = word->chunk;
    for (unsigned log = CHUNK_MIN_LOG;; log += log < CHUNK_MAX_LOG) {
        const uint8_t *end = chunk + ((size_t)1 << log) - LINK;
        if (end == word->end)
            break;
        buffer_append(to, chunk, (size_t)(end - chunk));
        memcpy(&chunk, end, LINK);
    }
    buffer_append(to, chunk, (size_t)(word->write - chunk));
}

static uint64_t walk_number(struct word_walk *walk)
{
    uint64_t value = 0;
    for (unsigned shift = 0;; shift += 7) {
        uint8_t byte = *walk->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
}

enum status word_walk_begin(struct word_walk *walk, const struct word *word, struct fault *fault)
{
    buffer_clear(&walk->copy);
    copy_postings(word, &walk->copy);
    TRY(buffer_check(&walk->copy, fault));
    walk->at = walk->copy.at;
    walk->end = walk->at + walk->copy.len;
    walk->count = 0;
    walk->pending = (uint32_t)((walk_number(walk) >> 1) - 1);
    return OK;
}

enum status word_walk_next(struct word_walk *walk, bool *found, struct fault *fault)
{
    *found = walk->at < walk->end;
    if (!*found)
        return OK;
    walk->part = walk->pending;
    walk->count = 0;
    for (uint64_t position = walk_number(walk);;) {
        if (!GROW(walk->positions, walk->room, walk->count))
            return no_memory(fault);
        walk->positions[walk->count++] = (uint32_t)position;
        if (walk->at == walk->end)
            return OK;
        uint64_t next = walk_number(walk);
        if (next & 1) {
            walk->pending = walk->part + (uint32_t)(next >> 1);
            return OK;
        }
        position += next >> 1;
    }
}

void word_walk_release(struct word_walk *walk)
{
    buffer_release(&walk->copy);
    free(walk->positions);
    *walk = (struct word_walk){ 0 };
}

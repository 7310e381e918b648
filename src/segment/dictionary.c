#include "segment/dictionary.h"

#include <assert.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/hash.h"
#include "segment/terms.h"

enum { SLOTS_MIN = 1 << 12, FIRST_LEN = 8, LEN_BITS = 8 };

struct slot {
    uint64_t first;
    uint32_t check;  /* low byte: length of the key; the rest: of its hash */
    uint32_t number; /* plus one; 0: empty */
};

struct dictionary {
    struct slot *slots;
    size_t slot_count; /* a power of two */
    struct buffer keys;
    uint32_t *ends; /* of each key in `keys` */
    size_t count, room;
    uint64_t secret[2];
};

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
    free(dictionary);
}

void dictionary_clear(struct dictionary *dictionary)
{
    free(take(dictionary->slots));
    free(take(dictionary->ends));
    buffer_release(&dictionary->keys);
    dictionary->slot_count = dictionary->count = dictionary->room = 0;
}

size_t dictionary_memory(const struct dictionary *dictionary)
{
    return dictionary->slot_count * sizeof(struct slot) + dictionary->keys.len +
           dictionary->count * sizeof *dictionary->ends;
}

uint32_t dictionary_count(const struct dictionary *dictionary)
{
    return (uint32_t)dictionary->count;
}

struct bytes dictionary_key(const struct dictionary *dictionary, uint32_t number)
{
    uint32_t start = number > 0 ? dictionary->ends[number - 1] : 0;
    return bytes_make(dictionary->keys.at + start, dictionary->ends[number] - start);
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t read64(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint32_t check_of(const struct dictionary *dictionary, const struct wanted *wanted)
{
    const uint64_t *secret = dictionary->secret;
    size_t len = wanted->key.len;
    uint64_t hash = mix(wanted->first ^ secret[0], len ^ secret[1]);
    for (size_t at = FIRST_LEN; at < len; at += FIRST_LEN) {
        /* The last eight bytes may overlap those before. */
        size_t from = at + FIRST_LEN <= len ? at : len - FIRST_LEN;
        hash = mix(hash ^ secret[0], read64(wanted->key.at + from) ^ secret[1]);
    }
    return (uint32_t)(hash >> 32 << LEN_BITS | len);
}

static size_t slot_of(uint32_t check, size_t mask)
{
    return check >> LEN_BITS & mask;
}

static bool grow_table(struct dictionary *dictionary, size_t count)
{
    struct slot *slots = calloc(count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < dictionary->slot_count; i++) {
        struct slot slot = dictionary->slots[i];
        if (slot.number == 0)
            continue;
        size_t at = slot_of(slot.check, count - 1);
        while (slots[at].number != 0)
            at = (at + 1) & (count - 1);
        slots[at] = slot;
    }
    free(dictionary->slots);
    dictionary->slots = slots;
    dictionary->slot_count = count;
    return true;
}

static bool make_room(struct dictionary *dictionary, size_t count)
{
    if (dictionary->slots == NULL && !grow_table(dictionary, SLOTS_MIN))
        return false;
    while ((dictionary->count + count) * 3 > dictionary->slot_count * 2) {
        if (!grow_table(dictionary, dictionary->slot_count * 2))
            return false;
    }
    return true;
}

static bool add_key(struct dictionary *dictionary, const struct wanted *wanted, uint32_t check,
                    struct slot *slot)
{
    if (dictionary->count >= DICTIONARY_MAX ||
        dictionary->keys.len > UINT32_MAX - wanted->key.len ||
        !GROW(dictionary->ends, dictionary->room, dictionary->count))
        return false;
    buffer_append_bytes(&dictionary->keys, wanted->key);
    if (dictionary->keys.failed)
        return false;
    dictionary->ends[dictionary->count++] = (uint32_t)dictionary->keys.len;
    *slot = (struct slot){ wanted->first, check, (uint32_t)dictionary->count };
    return true;
}

static bool is_key(const struct dictionary *dictionary, const struct slot *slot,
                   const struct wanted *wanted)
{
    if (wanted->key.len <= FIRST_LEN)
        return true;
    struct bytes key = dictionary_key(dictionary, slot->number - 1);
    return memcmp(key.at + FIRST_LEN, wanted->key.at + FIRST_LEN, key.len - FIRST_LEN) == 0;
}

static bool find(struct dictionary *dictionary, const struct wanted *wanted, uint32_t check,
                 uint32_t *number)
{
    size_t mask = dictionary->slot_count - 1;
    struct slot *slot = &dictionary->slots[slot_of(check, mask)];
    while (slot->number != 0) {
        if (slot->check == check && slot->first == wanted->first &&
            is_key(dictionary, slot, wanted)) {
            *number = slot->number - 1;
            return true;
        }
        slot = slot == &dictionary->slots[mask] ? dictionary->slots : slot + 1;
    }
    *number = (uint32_t)dictionary->count;
    return add_key(dictionary, wanted, check, slot);
}

enum status dictionary_number(struct dictionary *dictionary, const struct wanted *wanted,
                              size_t count, uint32_t *numbers, struct fault *fault)
{
    uint32_t checks[DICTIONARY_BATCH];
    assert(count <= DICTIONARY_BATCH);
    if (!make_room(dictionary, count))
        return no_memory(fault);
    size_t mask = dictionary->slot_count - 1;
    for (size_t i = 0; i < count; i++) {
        checks[i] = check_of(dictionary, &wanted[i]);
        __builtin_prefetch(&dictionary->slots[slot_of(checks[i], mask)]);
    }
    for (size_t i = 0; i < count; i++) {
        if (!find(dictionary, &wanted[i], checks[i], &numbers[i]))
            return no_memory(fault);
    }
    return OK;
}

struct sorted {
    uint64_t prefix; /* the first eight bytes of the key, big-endian, zeros behind a shorter one */
    uint32_t number;
};

static int by_key(const void *left, const void *right, void *context)
{
    const struct dictionary *dictionary = context;
    const struct sorted *a = left, *b = right;
    return bytes_compare(dictionary_key(dictionary, a->number),
                         dictionary_key(dictionary, b->number));
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

static void sort_alike(const struct dictionary *dictionary, struct sorted *items, size_t count)
{
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && items[end].prefix == items[start].prefix)
            end++;
        if (end - start > 1)
            qsort_r(items + start, end - start, sizeof *items, by_key, (void *)dictionary);
    }
}

/* The slots know the first bytes of all keys. */
static void collect(const struct dictionary *dictionary, struct sorted *items)
{
    for (size_t i = 0; i < dictionary->slot_count; i++) {
        const struct slot *slot = &dictionary->slots[i];
        if (slot->number != 0)
            *items++ = (struct sorted){ __builtin_bswap64(slot->first), slot->number - 1 };
    }
}

enum status dictionary_sorted(const struct dictionary *dictionary, uint32_t **numbers,
                              struct fault *fault)
{
    size_t count = dictionary->count;
    FREED struct sorted *here = malloc((count + 1) * sizeof *here);
    FREED struct sorted *there = malloc((count + 1) * sizeof *there);
    FREED uint32_t *sorted = malloc((count + 1) * sizeof *sorted);
    if (here == NULL || there == NULL || sorted == NULL)
        return no_memory(fault);
    collect(dictionary, here);
    for (unsigned byte = 0; byte < FIRST_LEN && count > 0; byte++) {
        if (radix_pass(here, there, count, byte)) {
            struct sorted *swapped = here;
            here = there;
            there = swapped;
        }
    }
    sort_alike(dictionary, here, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = here[i].number;
    *numbers = take(sorted);
    return OK;
}

void dictionary_expect(const struct dictionary *dictionary, uint32_t number, uint32_t sooner)
{
    __builtin_prefetch(&dictionary->ends[number]);
    __builtin_prefetch(dictionary->keys.at + (sooner > 0 ? dictionary->ends[sooner - 1] : 0));
}

#include "intake/seen.h"

#include <stdlib.h>

static size_t slot_of(const struct seen *seen, const struct hash *hash)
{
    uint64_t first;
    memcpy(&first, hash->at, sizeof first);
    size_t slot = (size_t)first & (seen->room - 1);
    static const struct hash none;
    while (!hash_equal(&seen->slots[slot], &none) && !hash_equal(&seen->slots[slot], hash))
        slot = (slot + 1) & (seen->room - 1);
    return slot;
}

bool seen_has(const struct seen *seen, const struct hash *hash)
{
    return seen->room > 0 && hash_equal(&seen->slots[slot_of(seen, hash)], hash);
}

static enum status widen(struct seen *seen, struct fault *fault)
{
    struct seen wider = { .room = seen->room == 0 ? 1024 : seen->room * 2 };
    static const struct hash none;
    wider.slots = calloc(wider.room, sizeof *wider.slots);
    if (wider.slots == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < seen->room; i++)
        if (!hash_equal(&seen->slots[i], &none))
            wider.slots[slot_of(&wider, &seen->slots[i])] = seen->slots[i];
    wider.count = seen->count;
    free(seen->slots);
    *seen = wider;
    return OK;
}

enum status seen_add(struct seen *seen, const struct hash *hash, struct fault *fault)
{
    if (seen->count * 2 >= seen->room)
        TRY(widen(seen, fault));
    size_t slot = slot_of(seen, hash);
    if (!hash_equal(&seen->slots[slot], hash))
        seen->count++;
    seen->slots[slot] = *hash;
    return OK;
}

void seen_release(struct seen *seen)
{
    free(seen->slots);
    *seen = (struct seen){ 0 };
}

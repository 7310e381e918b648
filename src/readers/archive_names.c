#include "readers/archive_names.h"

#include <stdlib.h>

#include "base/hash.h"

static uint64_t *slot_of(const struct archive_names *names, uint64_t hash)
{
    size_t at = (size_t)hash & (names->room - 1);
    while (names->slots[at] != 0 && names->slots[at] != hash)
        at = (at + 1) & (names->room - 1);
    return &names->slots[at];
}

static enum status widen(struct archive_names *names, struct fault *fault)
{
    struct archive_names wider = { .room = names->room == 0 ? 256 : names->room * 2,
                                   .count = names->count };
    wider.slots = calloc(wider.room, sizeof *wider.slots);
    if (!wider.slots)
        return no_memory(fault);
    for (size_t i = 0; i < names->room; i++)
        if (names->slots[i] != 0)
            *slot_of(&wider, names->slots[i]) = names->slots[i];
    free(names->slots);
    *names = wider;
    return OK;
}

enum status archive_names_add(struct archive_names *names, struct bytes name, bool *met,
                              struct fault *fault)
{
    uint64_t hash = checksum64(name) | 1;
    if (names->count * 2 >= names->room)
        TRY(widen(names, fault));
    uint64_t *slot = slot_of(names, hash);
    *met = *slot != 0;
    names->count += !*met;
    *slot = hash;
    return OK;
}

void archive_names_release(struct archive_names *names)
{
    free(names->slots);
    *names = (struct archive_names){ 0 };
}

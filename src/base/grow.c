#include "base/grow.h"

#include <stdint.h>
#include <stdlib.h>

bool grow_items(void **items, size_t *room, size_t count, size_t size)
{
    if (count <= *room)
        return true;
    size_t wanted = *room > SIZE_MAX / 2 ? SIZE_MAX : *room * 2;
    if (wanted < count)
        wanted = count;
    if (wanted < 8)
        wanted = 8;
    size_t len;
    if (__builtin_mul_overflow(wanted, size, &len) || len > PTRDIFF_MAX)
        return false;
    void *grown = realloc(*items, len);
    if (grown == NULL)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

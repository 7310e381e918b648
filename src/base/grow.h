/* grow.h - one array that grows, for arrays whose owner counts them itself. */
#ifndef BASE_GROW_H
#define BASE_GROW_H

#include <stdbool.h>
#include <stddef.h>

/* Make room for at least `count` items of `size` bytes in *items (heap, or NULL), doubling. False:
 * no memory, nothing changed. */
bool grow_items(void **items, size_t *room, size_t count, size_t size);

/* Make room for one more item behind `count`. */
#define GROW(items, room, count)                                                                   \
    grow_items((void **)&(items), &(room), (count) + 1, sizeof *(items))

#endif

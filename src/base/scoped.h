/* scoped.h - release at the end of a scope, by the compiler.
 *
 *     SCOPED(buffer_release) struct buffer text = { 0 };   value types: released by address
 *     CLOSED(segment_close) struct segment *segment = NULL; handles: closed by value
 *     FREED char *words = ...;                              free()
 *     CLOSED_FD int fd = -1;                                close() unless negative
 *
 * take(x) hands a pointer on and leaves NULL behind.
 */
#ifndef BASE_SCOPED_H
#define BASE_SCOPED_H

#include <stdlib.h>
#include <unistd.h>

#define SCOPED(release) __attribute__((cleanup(release)))

/* Declare, once per handle type and in its header, what CLOSED needs. */
#define CLOSER(type, close)                                                                        \
    __attribute__((unused)) static inline void close##_at(struct type **handle)                    \
    {                                                                                              \
        close(*handle);                                                                            \
    }
#define CLOSED(close) __attribute__((cleanup(close##_at)))

static inline void free_at(void *pointer)
{
    free(*(void **)pointer);
}
#define FREED __attribute__((cleanup(free_at)))

static inline void close_fd_at(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define CLOSED_FD __attribute__((cleanup(close_fd_at)))

#define take(pointer)                                                                              \
    ({                                                                                             \
        __typeof__(pointer) taken_ = (pointer);                                                    \
        (pointer) = NULL;                                                                          \
        taken_;                                                                                    \
    })

#endif

/* shim.h - stands between a program and the kernel's state-changing calls, and spoils the Nth.
 *
 * Linked into a test, it takes the place of write, pwrite, fsync, fdatasync, ftruncate, unlink(at),
 * mkdir(at), rename(at) and of open(at) with O_CREAT, for SQLite and stet alike.
 */
#ifndef TESTS_DURABLE_SHIM_H
#define TESTS_DURABLE_SHIM_H

#include <stdbool.h>
#include <stddef.h>

enum shim_harm {
    SHIM_KILL,  /* the process dies before the call */
    SHIM_TEAR,  /* half of a write is done, then the process dies */
    SHIM_ONCE,  /* the call fails once */
    SHIM_ALWAYS /* this call and all that follow fail */
};

/* From now on count; spoil call `at` (1 is the next; 0: none). `error`: errno of calls that fail.
 */
void shim_arm(size_t at, enum shim_harm harm, int error);
/* Stop; answers the calls counted. */
size_t shim_disarm(void);

#endif

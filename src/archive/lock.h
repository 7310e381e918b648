/* lock.h - the one writer: a lock on writer.lock, which says who holds it. */
#ifndef ARCHIVE_LOCK_H
#define ARCHIVE_LOCK_H

#include "base/fault.h"

/* BUSY, naming the holder, after waiting. The lock ends with the descriptor. `dir`: the archive's
 * folder. */
MUST_USE enum status writer_lock(int dir, uint32_t wait_ms, int *lock, struct fault *fault);

#endif

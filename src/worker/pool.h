/* pool.h - what launch, pool and batch share, inside worker/ only. */
#ifndef WORKER_POOL_H
#define WORKER_POOL_H

#include <sys/types.h>

#include "worker/worker.h"

struct worker_pool {
    int control; /* our end of the zygote's socket, or -1 */
    pid_t pid;
    struct worker_options options; /* program is not kept */
    char *words;                   /* what confinement holds */
};

/* Start the program with `control` as its descriptor 3 and nothing else of ours. NOT_FOUND when
 * there is none. */
MUST_USE enum status launch_program(const char *program, int control, pid_t *pid,
                                    struct fault *fault);

/* How a worker ended, as the ledger says it, appended to `words` (at most `size` with its NUL). */
void ending_words(const struct worker_report *report, uint32_t memory_mib, char *words,
                  size_t size);

#endif

/* jail.h - what may a worker do? Limits, namespaces and the system call filter, entered from
 * inside.
 *
 * The ladder: always no_new_privs, limits, closed descriptors, seccomp that kills;
 * where possible user, net, pid, mount, ipc namespaces and an empty root (on the zygote), Landlock
 * deny-all, MDWE. Each rung is reported. If the filter cannot be loaded the worker must not run:
 * there is no switch.
 */
#ifndef JAIL_JAIL_H
#define JAIL_JAIL_H

#include "base/fault.h"
#include <stdbool.h>

enum jail_rung {
    JAIL_NO_NEW_PRIVILEGES,
    JAIL_LIMITS,
    JAIL_FILTER,
    JAIL_NOT_DUMPABLE,
    JAIL_NAMESPACES,
    JAIL_EMPTY_ROOT,
    JAIL_LANDLOCK,
    JAIL_NO_WRITE_EXECUTE,
    JAIL_RUNGS,
};

struct jail_rungs {
    bool holds[JAIL_RUNGS];
    int detail[JAIL_RUNGS]; /* errno of the refusal, or a version (Landlock's) */
};

/* The number that refused_fd has once confined: a signal handler can be told nothing else. */
enum { JAIL_REFUSED_FD = 63 };

struct jail_limits {
    uint64_t memory;      /* bytes of address space */
    uint32_t processor_s; /* seconds, at least 1 */
    uint64_t file_size;   /* bytes that may be written to a file: 0 */
};

/* Compile the filter once, before forking. */
struct jail_filter;
MUST_USE enum status jail_filter_new(struct jail_filter **filter, struct fault *fault);
void jail_filter_free(struct jail_filter *filter);

/* The zygote's part: namespaces, empty root, Landlock; never fails, says what holds. Where there
 * are namespaces it answers in a child, the init of the new process namespace; the caller's own
 * process waits for it and ends with its exit code. */
void jail_enter_outer(struct jail_rungs *rungs);

/* The worker's part, irreversible: closes every descriptor but keep[0..count), sets limits, loads
 * the filter. A refused call kills (SIGSYS); where it is one a harmless parser might make by
 * accident, the handler ends the process with its number written to `refused_fd` (one of keep, a
 * pipe) as a u32: a hint only, since a hostile worker can lie. */
MUST_USE enum status jail_enter(const struct jail_filter *filter, const struct jail_limits *limits,
                                const int *keep, size_t count, int refused_fd,
                                struct jail_rungs *rungs, struct fault *fault);

const char *jail_rung_words(enum jail_rung rung);

#endif

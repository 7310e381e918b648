#include "jail/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool set_limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) == 0 && hard > now.rlim_max)
        hard = now.rlim_max;
    struct rlimit limit = { soft < hard ? soft : hard, hard };
    return setrlimit((__rlimit_resource_t)resource, &limit) == 0;
}

static enum status set_limits(const struct jail_limits *limits, struct fault *fault)
{
    uint32_t seconds = limits->processor_s > 0 ? limits->processor_s : 1;
    bool holds = set_limit(RLIMIT_AS, limits->memory, limits->memory) &&
                 set_limit(RLIMIT_CPU, seconds, (uint64_t)seconds + 1) &&
                 set_limit(RLIMIT_FSIZE, limits->file_size, limits->file_size) &&
                 set_limit(RLIMIT_CORE, 0, 0) && set_limit(RLIMIT_NPROC, 0, 0) &&
                 set_limit(RLIMIT_MEMLOCK, 0, 0) && set_limit(RLIMIT_MSGQUEUE, 0, 0) &&
                 set_limit(RLIMIT_NOFILE, 0, 0);
    if (!holds)
        return fail_errno(fault, IO_FAILED, "the limits of a worker cannot be set");
    return OK;
}

static int by_number(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

/* The gaps between the kept descriptors, and all above the last. */
static enum status close_others(const int *keep, size_t count, struct fault *fault)
{
    int sorted[16];
    if (count > sizeof sorted / sizeof *sorted)
        return fail(fault, BAD_INPUT, "a worker may keep at most 16 descriptors");
    for (size_t i = 0; i < count; i++)
        sorted[i] = keep[i];
    qsort(sorted, count, sizeof *sorted, by_number);
    unsigned next = 0;
    for (size_t i = 0; i < count; i++) {
        unsigned kept = (unsigned)sorted[i];
        if (kept > next && close_range(next, kept - 1, 0) != 0)
            return fail_errno(fault, IO_FAILED, "descriptors cannot be closed");
        next = kept + 1;
    }
    if (close_range(next, ~0u, 0) != 0)
        return fail_errno(fault, IO_FAILED, "descriptors cannot be closed");
    return OK;
}

static enum status keep_only(const int *keep, size_t count, int refused_fd, struct fault *fault)
{
    int kept[16];
    if (count > 15)
        return fail(fault, BAD_INPUT, "a worker may keep at most 15 descriptors");
    for (size_t i = 0; i < count; i++) {
        if (keep[i] == JAIL_REFUSED_FD && refused_fd != JAIL_REFUSED_FD)
            return fail(fault, BAD_INPUT, "descriptor %d is taken", JAIL_REFUSED_FD);
        kept[i] = keep[i] == refused_fd ? JAIL_REFUSED_FD : keep[i];
    }
    if (refused_fd != JAIL_REFUSED_FD && dup2(refused_fd, JAIL_REFUSED_FD) < 0)
        return fail_errno(fault, IO_FAILED, "no descriptor for refused calls");
    return close_others(kept, count, fault);
}

enum status jail_enter(const struct jail_filter *filter, const struct jail_limits *limits,
                       const int *keep, size_t count, int refused_fd, struct jail_rungs *rungs,
                       struct fault *fault)
{
    TRY(keep_only(keep, count, refused_fd, fault));
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail_errno(fault, IO_FAILED, "privileges cannot be given up");
    rungs->holds[JAIL_NO_NEW_PRIVILEGES] = true;
    rungs->holds[JAIL_NOT_DUMPABLE] = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
    TRY(set_limits(limits, fault));
    rungs->holds[JAIL_LIMITS] = true;
    TRY(jail_filter_load(filter, fault));
    rungs->holds[JAIL_FILTER] = true;
    return OK;
}

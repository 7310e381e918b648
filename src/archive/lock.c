#include "archive/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>

#include "base/bytes.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/scoped.h"

enum { LOCK_TEXT = 256, POLL_MS = 20 };

/* When this process was started, in clock ticks after boot: a pid alone is used again. 0 when the
 * system does not say. */
static uint64_t program_start(void)
{
    char text[1024];
    CLOSED_FD int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t len = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
    if (len <= 0)
        return 0;
    text[len] = '\0';
    char *at = strrchr(text, ')');
    for (int field = 2; at != NULL && field < 22; field++)
        at = strchr(at + 1, ' ');
    return at != NULL ? strtoull(at + 1, NULL, 10) : 0;
}

static enum status sign(int fd, struct fault *fault)
{
    char text[LOCK_TEXT], when[21];
    clock_format(clock_wall(), when);
    int len =
        snprintf(text, sizeof text, "%ld %" PRIu64 " %s\n", (long)getpid(), program_start(), when);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)len, 0) != len)
        return fail_errno(fault, IO_FAILED, "cannot write writer.lock");
    return OK;
}

static enum status say_who(int fd, struct fault *fault)
{
    char text[LOCK_TEXT] = "";
    ssize_t len = pread(fd, text, sizeof text - 1, 0);
    text[len > 0 ? len : 0] = '\0';
    long process = 0;
    char when[32] = "";
    if (sscanf(text, "%ld %*u %31s", &process, when) != 2)
        return fail(fault, BUSY, "another program is writing to this archive");
    return fail(fault, BUSY, "process %ld is writing to this archive since %s", process, when);
}

enum status writer_lock(int dir, uint32_t wait_ms, int *lock, struct fault *fault)
{
    CLOSED_FD int fd = openat(dir, "writer.lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot write to this archive (writer.lock)");
    uint64_t until = clock_monotonic() + (uint64_t)wait_ms * 1000000;
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail_errno(fault, IO_FAILED, "cannot lock writer.lock");
        if (clock_monotonic() >= until)
            return say_who(fd, fault);
        nanosleep(&(struct timespec){ .tv_nsec = POLL_MS * 1000000L }, NULL);
    }
    TRY(sign(fd, fault));
    *lock = fd;
    fd = -1;
    return OK;
}

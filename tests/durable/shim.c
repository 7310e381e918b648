/* Each symbol is defined under its own name. */
#undef _FILE_OFFSET_BITS

#include "shim.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    bool is_armed;
    size_t at, calls;
    enum shim_harm harm;
    int error;
} shim;

void shim_arm(size_t at, enum shim_harm harm, int error)
{
    shim.at = at;
    shim.harm = harm;
    shim.error = error;
    shim.calls = 0;
    shim.is_armed = true;
}

size_t shim_disarm(void)
{
    shim.is_armed = false;
    return shim.calls;
}

static void die(void)
{
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
}

/* Whether the call must fail. */
static bool spoils(void)
{
    if (!shim.is_armed)
        return false;
    shim.calls++;
    bool is_it = shim.calls == shim.at;
    if (is_it && (shim.harm == SHIM_KILL || shim.harm == SHIM_TEAR))
        die();
    if (shim.harm == SHIM_ALWAYS && shim.at != 0)
        is_it = shim.calls >= shim.at;
    if (is_it)
        errno = shim.error;
    return is_it;
}

static bool tears(void)
{
    return shim.is_armed && shim.harm == SHIM_TEAR && shim.calls + 1 == shim.at;
}

ssize_t write(int fd, const void *at, size_t len)
{
    if (tears())
        syscall(SYS_write, fd, at, len / 2);
    return spoils() ? -1 : syscall(SYS_write, fd, at, len);
}

ssize_t pwrite(int fd, const void *at, size_t len, off_t offset)
{
    if (tears())
        syscall(SYS_pwrite64, fd, at, len / 2, offset);
    return spoils() ? -1 : syscall(SYS_pwrite64, fd, at, len, offset);
}

ssize_t pwrite64(int fd, const void *at, size_t len, off64_t offset)
{
    return pwrite(fd, at, len, offset);
}

int fsync(int fd)
{
    return spoils() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return spoils() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int ftruncate(int fd, off_t len)
{
    return spoils() ? -1 : (int)syscall(SYS_ftruncate, fd, len);
}

int ftruncate64(int fd, off64_t len)
{
    return ftruncate(fd, len);
}

int unlinkat(int dir, const char *path, int flags)
{
    return spoils() ? -1 : (int)syscall(SYS_unlinkat, dir, path, flags);
}

int unlink(const char *path)
{
    return unlinkat(AT_FDCWD, path, 0);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
    return spoils() ? -1 : (int)syscall(SYS_mkdirat, dir, path, mode);
}

int mkdir(const char *path, mode_t mode)
{
    return mkdirat(AT_FDCWD, path, mode);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return spoils() ? -1 : (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, 0);
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static mode_t mode_of(int flags, va_list rest)
{
    return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(rest, mode_t) : 0;
}

#define OPENS(name, has_dir)                                                                       \
    {                                                                                              \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode_t mode = mode_of(flags, rest);                                                        \
        va_end(rest);                                                                              \
        if ((flags & O_CREAT) && spoils())                                                         \
            return -1;                                                                             \
        return (int)syscall(SYS_openat, has_dir, path, flags, mode);                               \
    }

int open(const char *path, int flags, ...)
    OPENS(open, AT_FDCWD) int open64(const char *path, int flags, ...)
        OPENS(open64, AT_FDCWD) int openat(int dir, const char *path, int flags, ...)
            OPENS(openat, dir) int openat64(int dir, const char *path, int flags, ...)
                OPENS(openat64, dir)

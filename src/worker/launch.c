#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>

#include "worker/pool.h"

enum { CONTROL_FD = 3 };

/* Where the program may stand beside our own: installed together, or as the build leaves it. */
static const char *const beside[] = { "stet-worker", "../readers/stet-worker" };

static bool is_program(const char *path)
{
    return access(path, X_OK) == 0;
}

/* Never PATH and never the environment: who sets those would choose what reads the documents. */
static enum status find_program(char *path, size_t size, struct fault *fault)
{
    char own[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    if (len < 0)
        return fail_errno(fault, NOT_FOUND, "our own program cannot be found");
    own[len] = '\0';
    char *name = strrchr(own, '/');
    if (name)
        name[1] = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        int written = snprintf(path, size, "%s%s", own, beside[i]);
        if (written > 0 && (size_t)written < size && is_program(path))
            return OK;
    }
    snprintf(path, size, "%s", STET_LIBEXECDIR "/stet-worker");
    if (is_program(path))
        return OK;
    return fail(fault, NOT_FOUND, "the program stet-worker is neither beside stet nor at %s", path);
}

/* Ctrl-C and a stop of the whole group are meant for us: we finish what is in hand, and need the
 * workers for it. They end with us. */
static int spawn(const char *path, int control, pid_t *pid)
{
    char name[] = "stet-worker";
    char zone[] = "TZ=UTC0";
    char locale[] = "LC_ALL=C.UTF-8";
    char threads[] = "OMP_THREAD_LIMIT=1";
    char *const arguments[] = { name, NULL };
    char *const environment[] = { zone, locale, threads, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t all;
    sigset_t blocked;
    sigfillset(&all);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigaddset(&blocked, SIGTERM);
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    int wrong = posix_spawn_file_actions_adddup2(&files, control, CONTROL_FD);
    for (int fd = 0; fd < CONTROL_FD; fd++)
        wrong |= posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    wrong |= posix_spawn_file_actions_addclosefrom_np(&files, CONTROL_FD + 1);
    wrong |= posix_spawnattr_setsigdefault(&attributes, &all);
    wrong |= posix_spawnattr_setsigmask(&attributes, &blocked);
    wrong |= posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (!wrong)
        wrong = posix_spawn(pid, path, &files, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return wrong;
}

enum status launch_program(const char *program, int control, pid_t *pid, struct fault *fault)
{
    char path[PATH_MAX + 32];
    if (program)
        snprintf(path, sizeof path, "%s", program);
    else
        TRY(find_program(path, sizeof path, fault));
    errno = spawn(path, control, pid);
    if (errno != 0)
        return fail_errno(fault, errno == ENOENT ? NOT_FOUND : IO_FAILED, "%s cannot be started",
                          path);
    return OK;
}

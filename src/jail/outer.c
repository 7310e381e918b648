#include "jail/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/scoped.h"

/* Younger than the headers of the oldest system we build on. */
enum { SET_MDWE = 65, MDWE_REFUSE_EXEC_GAIN = 1 };

struct landlock_rules {
    uint64_t access_fs;
    uint64_t access_net; /* from version 4 on */
    uint64_t scoped;     /* from version 6 on */
};

static bool has_written(const char *path, const char *text)
{
    CLOSED_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    return fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);
}

static void note(struct jail_rungs *rungs, enum jail_rung rung, bool holds)
{
    rungs->holds[rung] = holds;
    rungs->detail[rung] = holds ? 0 : errno;
}

/* A child of the first process lives in the new process namespace as its init; the first only waits
 * for it, so that whoever started us sees one process that ends when the work ends. */
static void go_on_in_child(void)
{
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        return;
    }
    if (child < 0)
        _exit(1);
    close_range(0, ~0u, 0);
    int ended = 0;
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        continue;
    _exit(WIFEXITED(ended) ? WEXITSTATUS(ended) : 1);
}

static bool has_own_namespaces(void)
{
    char map[64];
    snprintf(map, sizeof map, "65534 %u 1", (unsigned)geteuid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC |
                CLONE_NEWUTS) != 0)
        return false;
    /* Without a map we are nobody as well: the empty root may then be refused, no more. */
    if (has_written("/proc/self/setgroups", "deny"))
        (void)!has_written("/proc/self/uid_map", map);
    go_on_in_child();
    return true;
}

static bool has_empty_root(void)
{
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("none", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "size=4k,mode=555") ==
               0 &&
           chdir("/tmp") == 0 && syscall(SYS_pivot_root, ".", ".") == 0 &&
           umount2(".", MNT_DETACH) == 0 && chdir("/") == 0 &&
           mount(NULL, "/", NULL,
                 MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0;
}

/* Deny all that this kernel's version knows to deny (include/uapi/linux/landlock.h). */
static void enter_landlock(struct jail_rungs *rungs)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) {
        note(rungs, JAIL_LANDLOCK, false);
        return;
    }
    int rights = version >= 5 ? 16 : version >= 3 ? 15 : version == 2 ? 14 : 13;
    struct landlock_rules rules = { .access_fs = (1u << rights) - 1,
                                    .access_net = version >= 4 ? 3 : 0,
                                    .scoped = version >= 6 ? 3 : 0 };
    size_t size = version >= 6 ? sizeof rules : version >= 4 ? 16 : 8;
    CLOSED_FD int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, size, 0);
    note(rungs, JAIL_LANDLOCK, fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) == 0);
    if (rungs->holds[JAIL_LANDLOCK])
        rungs->detail[JAIL_LANDLOCK] = (int)version;
}

void jail_enter_outer(struct jail_rungs *rungs)
{
    struct rlimit none = { 0, 0 };
    note(rungs, JAIL_NO_NEW_PRIVILEGES, prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
    note(rungs, JAIL_NAMESPACES, has_own_namespaces());
    note(rungs, JAIL_EMPTY_ROOT, rungs->holds[JAIL_NAMESPACES] && has_empty_root());
    enter_landlock(rungs);
    note(rungs, JAIL_NO_WRITE_EXECUTE, prctl(SET_MDWE, MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) == 0);
    note(rungs, JAIL_NOT_DUMPABLE,
         setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0);
}

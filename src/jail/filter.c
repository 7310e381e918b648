#include "jail/filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/scoped.h"

struct jail_filter {
    struct sock_fprog program;
};

/* What a reader needs once it is warm: read its descriptor, write frames, hold memory, end. */
static const int allowed[] = {
    SCMP_SYS(read),  SCMP_SYS(write),  SCMP_SYS(close),      SCMP_SYS(lseek),
    SCMP_SYS(brk),   SCMP_SYS(munmap), SCMP_SYS(mremap),     SCMP_SYS(madvise),
    SCMP_SYS(futex), SCMP_SYS(exit),   SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn),
};

/* What a harmless library might do by accident, or abort() on its way: refused too, but the handler
 * may say which. */
static const int named[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(stat),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(lstat),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(readlink),
    SCMP_SYS(getdents64),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(pread64),
    SCMP_SYS(writev),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(tgkill),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage),
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static int add_rules(scmp_filter_ctx context)
{
    int wrong = 0;
    for (size_t i = 0; i < LENGTH(allowed); i++)
        wrong |= seccomp_rule_add(context, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; i < LENGTH(named); i++)
        wrong |= seccomp_rule_add(context, SCMP_ACT_TRAP, named[i], 0);
    wrong |= seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                              SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS));
    wrong |= seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                              SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
    wrong |= seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    return wrong;
}

static enum status read_program(int fd, struct jail_filter *filter, struct fault *fault)
{
    off_t len = lseek(fd, 0, SEEK_END);
    if (len <= 0 || len % (off_t)sizeof(struct sock_filter) != 0 || lseek(fd, 0, SEEK_SET) != 0)
        return fail(fault, IO_FAILED, "the system call filter could not be compiled");
    filter->program.filter = malloc((size_t)len);
    if (!filter->program.filter)
        return no_memory(fault);
    if (read(fd, filter->program.filter, (size_t)len) != len)
        return fail_errno(fault, IO_FAILED, "the system call filter could not be read");
    filter->program.len = (unsigned short)((size_t)len / sizeof(struct sock_filter));
    return OK;
}

static enum status compile(struct jail_filter *filter, struct fault *fault)
{
    CLOSED_FD int fd = memfd_create("filter", MFD_CLOEXEC);
    if (fd < 0)
        return fail_errno(fault, IO_FAILED, "no memory file for the system call filter");
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!context)
        return no_memory(fault);
    int wrong = add_rules(context) || seccomp_export_bpf(context, fd);
    seccomp_release(context);
    if (wrong)
        return fail(fault, IO_FAILED, "the system call filter could not be compiled");
    return read_program(fd, filter, fault);
}

enum status jail_filter_new(struct jail_filter **filter, struct fault *fault)
{
    struct jail_filter *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(fault);
    enum status answer = compile(made, fault);
    if (answer != OK) {
        jail_filter_free(made);
        return answer;
    }
    *filter = made;
    return OK;
}

void jail_filter_free(struct jail_filter *filter)
{
    if (!filter)
        return;
    free(filter->program.filter);
    free(filter);
}

static void on_refused_call(int signal, siginfo_t *what, void *context)
{
    (void)signal;
    (void)context;
    uint32_t number = (uint32_t)what->si_syscall;
    ssize_t written = write(JAIL_REFUSED_FD, &number, sizeof number);
    _exit(written == (ssize_t)sizeof number ? 99 : 98);
}

enum status jail_filter_load(const struct jail_filter *filter, struct fault *fault)
{
    struct sigaction action = { .sa_sigaction = on_refused_call, .sa_flags = SA_SIGINFO };
    sigset_t unblocked;
    sigemptyset(&action.sa_mask);
    sigemptyset(&unblocked);
    sigaddset(&unblocked, SIGSYS);
    if (sigaction(SIGSYS, &action, NULL) != 0 || sigprocmask(SIG_UNBLOCK, &unblocked, NULL) != 0)
        return fail_errno(fault, IO_FAILED, "no handler for refused system calls");
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter->program) != 0)
        return fail_errno(fault, IO_FAILED, "the kernel refuses the system call filter");
    return OK;
}

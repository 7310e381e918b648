#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>

#include "worker/pool.h"

enum { NOT_CONFINED = 97 };

static const struct {
    int number;
    const char *name;
} call_names[] = {
    { SYS_openat, "openat" },
    { SYS_newfstatat, "newfstatat" },
    { SYS_fstat, "fstat" },
    { SYS_getdents64, "getdents64" },
    { SYS_ioctl, "ioctl" },
    { SYS_fcntl, "fcntl" },
    { SYS_pread64, "pread64" },
    { SYS_getrandom, "getrandom" },
    { SYS_clock_gettime, "clock_gettime" },
    { SYS_sysinfo, "sysinfo" },
    { SYS_uname, "uname" },
    { SYS_getpid, "getpid" },
    { SYS_sched_yield, "sched_yield" },
    { SYS_nanosleep, "nanosleep" },
    { SYS_clock_nanosleep, "clock_nanosleep" },
    { SYS_prlimit64, "prlimit64" },
};

/* abort() on its way out, and so a failed check of the C library or of the program's own. */
static bool is_of_abort(int number)
{
    return number == SYS_tgkill || number == SYS_gettid || number == SYS_getpid ||
           number == SYS_rt_sigprocmask || number == SYS_rt_sigaction || number == SYS_writev;
}

static void refused_words(int number, char *words, size_t size)
{
    if (number < 0) {
        snprintf(words, size, "it made a system call that is refused");
        return;
    }
    if (is_of_abort(number)) {
        snprintf(words, size, "it aborted (refused system call %d)", number);
        return;
    }
    const char *name = "";
    for (size_t i = 0; i < sizeof call_names / sizeof *call_names; i++)
        if (call_names[i].number == number)
            name = call_names[i].name;
    snprintf(words, size, "it made a system call that is refused (%s%s%d)", name, *name ? ", " : "",
             number);
}

static void signal_words(const struct worker_report *report, uint32_t memory_mib, char *words,
                         size_t size)
{
    const char *name = sigdescr_np(report->number);
    uint64_t peak = report->memory_peak >> 20;
    if (report->number == SIGXCPU)
        snprintf(words, size, "it used up its processor time");
    else if (peak >= memory_mib - memory_mib / 4)
        snprintf(words, size, "it used up its memory (%s at %llu MiB of %u)", name ? name : "ended",
                 (unsigned long long)peak, memory_mib);
    else
        snprintf(words, size, "it crashed (%s)", name ? name : "unknown signal");
}

void ending_words(const struct worker_report *report, uint32_t memory_mib, char *words, size_t size)
{
    switch (report->end) {
    case WORKER_DONE:
        snprintf(words, size, "it ended before its work was done");
        return;
    case WORKER_EXITED:
        if (report->number == NOT_CONFINED)
            snprintf(words, size, "it could not be confined");
        else
            snprintf(words, size, "it ended with code %d before its work was done", report->number);
        return;
    case WORKER_SIGNALLED:
        signal_words(report, memory_mib, words, size);
        return;
    case WORKER_REFUSED_CALL:
        refused_words(report->number, words, size);
        return;
    case WORKER_DEADLINE:
        snprintf(words, size, "it ran out of time");
        return;
    case WORKER_ENDS:
        break;
    }
    snprintf(words, size, "it ended in an unknown way");
}

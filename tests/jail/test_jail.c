#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "jail/jail.h"

enum { CALLS = 470, X32 = 0x40000000, SURVIVED = 42, NAMED = 99 };

typedef void deed(long argument);

struct end {
    int signal;
    int code;
    int named; /* the number the handler wrote, or -1 */
};

static void enter(const struct jail_filter *filter, int refused)
{
    struct jail_limits limits = { .memory = 256 << 20, .processor_s = 5 };
    struct jail_rungs rungs = { 0 };
    int keep[] = { refused };
    if (jail_enter(filter, &limits, keep, 1, refused, &rungs, NULL) != OK ||
        !rungs.holds[JAIL_FILTER])
        _exit(1);
}

static struct end run_in_jail(const struct jail_filter *filter, deed *run, long argument)
{
    int ends[2];
    int ended = 0;
    uint32_t named;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        enter(filter, ends[1]);
        run(argument);
        _exit(SURVIVED);
    }
    close(ends[1]);
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    struct end end = { 0, 0, -1 };
    if (read(ends[0], &named, sizeof named) == (ssize_t)sizeof named)
        end.named = (int)named;
    close(ends[0]);
    end.signal = WIFSIGNALED(ended) ? WTERMSIG(ended) : 0;
    end.code = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    return end;
}

static void call(long number)
{
    syscall(number, 0, 0, 0, 0, 0, 0);
}

/* With all arguments zero: these come back, exit, or (rt_sigreturn without a frame) crash. */
static bool is_listed(long number)
{
    static const long listed[] = { SYS_read,        SYS_write,  SYS_close,  SYS_lseek,
                                   SYS_brk,         SYS_munmap, SYS_mremap, SYS_madvise,
                                   SYS_mprotect,    SYS_futex,  SYS_exit,   SYS_exit_group,
                                   SYS_rt_sigreturn };
    for (size_t i = 0; i < sizeof listed / sizeof *listed; i++)
        if (listed[i] == number)
            return true;
    return false;
}

/* The probe trampolines, which kernels exempt from every filter on purpose: useless outside their
 * own pages. */
static bool is_exempt(long number)
{
    return number == 335 || number == 336;
}

static void only_the_listed_calls_survive(void **state)
{
    for (long number = 0; number < CALLS; number++) {
        struct end end = run_in_jail(*state, call, number);
        bool is_refused = end.signal == SIGSYS || (end.code == NAMED && end.named == number);
        if (is_refused == is_listed(number) && !is_exempt(number))
            print_error("call %ld: signal %d code %d\n", number, end.signal, end.code);
        assert_true(is_refused != is_listed(number) || is_exempt(number));
    }
}

static void calls_of_other_machines_are_killed(void **state)
{
    for (long number = 0; number < CALLS; number += 7)
        assert_int_equal(run_in_jail(*state, call, X32 + number).signal, SIGSYS);
}

#ifdef __x86_64__
static void call_as_32_bit(long number)
{
    long answer = number;
    __asm__ volatile("int $0x80" : "+a"(answer) : "b"(0), "c"(0), "d"(0) : "memory");
}

static void calls_by_the_old_gate_are_killed(void **state)
{
    for (long number = 1; number < 30; number += 3)
        assert_int_equal(run_in_jail(*state, call_as_32_bit, number).signal, SIGSYS);
}
#endif

static void map(long what)
{
    int flags = MAP_PRIVATE | (what & 1 ? MAP_ANONYMOUS : 0);
    int access = PROT_READ | (what & 2 ? PROT_EXEC : 0);
    size_t len = what & 4 ? 1u << 30 : 4096;
    if (mmap(NULL, len, access, flags, -1, 0) == MAP_FAILED)
        _exit(errno == ENOMEM ? 7 : 8);
}

static void memory_is_anonymous_never_executable_and_limited(void **state)
{
    assert_int_equal(run_in_jail(*state, map, 1).code, SURVIVED);
    assert_int_equal(run_in_jail(*state, map, 0).signal, SIGSYS);
    assert_int_equal(run_in_jail(*state, map, 3).signal, SIGSYS);
    assert_int_equal(run_in_jail(*state, map, 5).code, 7);
}

static void protect(long access)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(page, 4096, (int)access);
}

static void no_memory_becomes_executable(void **state)
{
    assert_int_equal(run_in_jail(*state, protect, PROT_READ).code, SURVIVED);
    assert_int_equal(run_in_jail(*state, protect, PROT_READ | PROT_EXEC).signal, SIGSYS);
}

static void write_to(long fd)
{
    _exit(write((int)fd, "x", 1) == 1 ? 1 : errno == EBADF ? 7 : 8);
}

static void every_other_descriptor_is_closed(void **state)
{
    int open_one = open("/dev/null", O_RDWR);
    for (long fd = 0; fd <= open_one + 3; fd++)
        assert_int_equal(run_in_jail(*state, write_to, fd).code, 7);
    assert_int_equal(run_in_jail(*state, write_to, JAIL_REFUSED_FD).code, 1);
    close(open_one);
}

static void spin(long argument)
{
    for (volatile long i = argument;; i++)
        continue;
}

static void a_loop_ends_by_its_processor_time(void **state)
{
    int ended = 0;
    pid_t pid = fork();
    if (pid == 0) {
        struct jail_limits limits = { .memory = 256 << 20, .processor_s = 1 };
        struct jail_rungs rungs = { 0 };
        int keep[] = { 2 };
        if (jail_enter(*state, &limits, keep, 1, 2, &rungs, NULL) == OK)
            spin(0);
        _exit(1);
    }
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    assert_true(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGXCPU);
}

static void check_outside(void)
{
    struct jail_rungs rungs = { 0 };
    jail_enter_outer(&rungs);
    bool is_open = open("/etc/passwd", O_RDONLY) >= 0;
    bool may_see = !rungs.holds[JAIL_EMPTY_ROOT] && !rungs.holds[JAIL_LANDLOCK];
    bool has_pid_one = getpid() == 1;
    if (!rungs.holds[JAIL_NO_NEW_PRIVILEGES] || (is_open && !may_see) ||
        has_pid_one != rungs.holds[JAIL_NAMESPACES])
        _exit(1);
    _exit(5);
}

static void the_outer_jail_hides_the_files_and_passes_the_exit_code(void **state)
{
    int ended = 0;
    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        check_outside();
    assert_int_equal(waitpid(pid, &ended, 0), pid);
    assert_true(WIFEXITED(ended));
    assert_int_equal(WEXITSTATUS(ended), 5);
}

static void every_rung_has_words(void **state)
{
    (void)state;
    for (enum jail_rung rung = 0; rung < JAIL_RUNGS; rung++)
        assert_string_not_equal(jail_rung_words(rung), "unknown");
}

static int set_up(void **state)
{
    struct jail_filter *filter = NULL;
    enum status answer = jail_filter_new(&filter, NULL);
    *state = filter;
    return answer == OK ? 0 : -1;
}

static int tear_down(void **state)
{
    jail_filter_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_listed_calls_survive),
        cmocka_unit_test(calls_of_other_machines_are_killed),
#ifdef __x86_64__
        cmocka_unit_test(calls_by_the_old_gate_are_killed),
#endif
        cmocka_unit_test(memory_is_anonymous_never_executable_and_limited),
        cmocka_unit_test(no_memory_becomes_executable),
        cmocka_unit_test(every_other_descriptor_is_closed),
        cmocka_unit_test(a_loop_ends_by_its_processor_time),
        cmocka_unit_test(the_outer_jail_hides_the_files_and_passes_the_exit_code),
        cmocka_unit_test(every_rung_has_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

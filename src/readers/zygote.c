#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/scoped.h"
#include "jail/jail.h"
#include "readers/reading.h"
#include "wire/hello.h"

enum { CONTROL_FD = 3, WORKERS_MAX = 64, BATCH_FDS = 3, NOT_CONFINED = 97 };
enum { NS_PER_MS = 1000000, NS_PER_US = 1000 };

/* A worker that runs. pid 0: a free place. */
struct running {
    pid_t pid;
    int report;        /* the zygote's word goes here; its other end closed means: stop */
    int refused;       /* the number of a refused call comes here */
    uint64_t deadline; /* clock_monotonic */
    bool is_late;
};

struct zygote {
    const struct reader *const *readers;
    struct jail_filter *filter;
    struct jail_rungs rungs;
    int children; /* signalfd of SIGCHLD */
    uint8_t *frame;
    struct running running[WORKERS_MAX];
};

struct batch_fds {
    int input;
    int output;
    int report;
};

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* The first qsort of the C library asks for the size of memory, which the filter refuses. */
static int by_value(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

static void warm_library(void)
{
    int numbers[2048];
    char words[64];
    for (int i = 0; i < 2048; i++)
        numbers[i] = 2048 - i;
    qsort(numbers, 2048, sizeof *numbers, by_value);
    snprintf(words, sizeof words, "%d %.3f", numbers[0], 0.5);
}

static enum status warm(struct zygote *zygote, struct fault *fault)
{
    warm_library();
    for (const struct reader *const *reader = zygote->readers; *reader; reader++)
        if ((*reader)->warm)
            TRY((*reader)->warm(fault));
    return jail_filter_new(&zygote->filter, fault);
}

/* One worker without a task tells whether the rungs that only a worker can climb hold here. */
static void run_trial(struct zygote *zygote, int report)
{
    struct jail_limits limits = { .memory = 1ull << 30, .processor_s = 1 };
    struct fault fault = { 0 };
    int keep[] = { report };
    int code = jail_enter(zygote->filter, &limits, keep, 1, report, &zygote->rungs, &fault);
    ssize_t written =
        code == OK ? write(JAIL_REFUSED_FD, &zygote->rungs, sizeof zygote->rungs) : -1;
    _exit(written == (ssize_t)sizeof zygote->rungs ? 0 : NOT_CONFINED);
}

static enum status try_confinement(struct zygote *zygote, struct fault *fault)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail_errno(fault, IO_FAILED, "no pipe for a trial worker");
    pid_t pid = fork();
    if (pid == 0)
        run_trial(zygote, ends[1]);
    close(ends[1]);
    struct jail_rungs rungs;
    ssize_t len = pid > 0 ? read(ends[0], &rungs, sizeof rungs) : -1;
    close(ends[0]);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    if (len != (ssize_t)sizeof rungs || !rungs.holds[JAIL_FILTER] || !rungs.holds[JAIL_LIMITS])
        return fail(fault, IO_FAILED, "a worker cannot be confined here: no document is read");
    zygote->rungs = rungs;
    return OK;
}

static void describe(const struct zygote *zygote, struct buffer *to)
{
    const struct jail_rungs *rungs = &zygote->rungs;
    for (enum jail_rung rung = 0; rung < JAIL_RUNGS; rung++) {
        buffer_print(to, "%s: ", jail_rung_words(rung));
        if (!rungs->holds[rung])
            buffer_print(to, "not here (%s)", strerror(rungs->detail[rung]));
        else if (rungs->detail[rung] > 0)
            buffer_print(to, "holds (version %d)", rungs->detail[rung]);
        else
            buffer_append_text(to, "holds");
        buffer_u8(to, '\n');
    }
    for (const struct reader *const *reader = zygote->readers; *reader; reader++)
        if ((*reader)->library)
            buffer_print(to, "%s: read with %s\n", (*reader)->name, (*reader)->library);
}

static enum status say_hello(const struct zygote *zygote, enum status confined,
                             const struct fault *why, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer words = { 0 };
    SCOPED(buffer_release) struct buffer frame = { 0 };
    if (confined == OK)
        describe(zygote, &words);
    else
        buffer_append_text(&words, why->words);
    struct worker_hello hello = { .is_ready = confined == OK, .words = buffer_bytes(&words) };
    TRY(worker_hello_encode(&hello, &frame, fault));
    if (send(CONTROL_FD, frame.at, frame.len, MSG_NOSIGNAL) != (ssize_t)frame.len)
        return fail_errno(fault, IO_FAILED, "nobody listens to the worker program");
    return OK;
}

/* False at the end of the socket, or when what came is no request with its descriptors. */
static bool has_received(struct zygote *zygote, struct bytes *frame, struct batch_fds *fds)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(BATCH_FDS * sizeof(int))];
    } control = { 0 };
    struct iovec part = { zygote->frame, MESSAGE_MAX };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
    };
    ssize_t len;
    do {
        len = recvmsg(CONTROL_FD, &message, MSG_CMSG_CLOEXEC);
    } while (len < 0 && errno == EINTR);
    const struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (len <= 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) || !head ||
        head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(BATCH_FDS * sizeof(int)))
        return false;
    memcpy(fds, CMSG_DATA(head), sizeof *fds);
    *frame = (struct bytes){ zygote->frame, (size_t)len };
    return true;
}

static void run_worker(const struct zygote *zygote, const struct batch_request *request,
                       const struct batch_fds *fds, int refused)
{
    struct jail_rungs rungs = zygote->rungs;
    struct jail_limits limits = { .memory = (uint64_t)request->memory_mib << 20,
                                  .processor_s = (request->processor_ms + 999) / 1000 };
    int keep[] = { fds->input, fds->output, refused };
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (jail_enter(zygote->filter, &limits, keep, 3, refused, &rungs, NULL) != OK)
        _exit(NOT_CONFINED);
    _exit(reading_run(zygote->readers, request, fds->input, fds->output));
}

static struct running *free_place(struct zygote *zygote)
{
    for (size_t i = 0; i < WORKERS_MAX; i++)
        if (zygote->running[i].pid == 0)
            return &zygote->running[i];
    return NULL;
}

static enum status start_worker(struct zygote *zygote, struct bytes frame,
                                const struct batch_fds *fds, struct arena *arena,
                                struct fault *fault)
{
    struct batch_request request;
    TRY(batch_request_decode(frame, arena, &request, fault));
    struct running *place = free_place(zygote);
    int refused[2];
    if (!place || pipe2(refused, O_CLOEXEC | O_NONBLOCK) != 0)
        return fail(fault, IO_FAILED, "no room for another worker");
    pid_t pid = fork();
    if (pid == 0)
        run_worker(zygote, &request, fds, refused[1]);
    close(refused[1]);
    if (pid < 0) {
        close(refused[0]);
        return fail_errno(fault, IO_FAILED, "no worker can be started");
    }
    *place = (struct running){ .pid = pid,
                               .report = fds->report,
                               .refused = refused[0],
                               .deadline =
                                   clock_monotonic() + (uint64_t)request.deadline_ms * NS_PER_MS };
    return OK;
}

/* False when the parent is gone. A request that starts no worker closes the batch's sockets, which
 * says enough. */
static bool may_take_request(struct zygote *zygote)
{
    struct bytes frame;
    struct batch_fds fds = { -1, -1, -1 };
    if (!has_received(zygote, &frame, &fds))
        return false;
    SCOPED(arena_release) struct arena arena = { 0 };
    struct fault fault;
    bool is_started = start_worker(zygote, frame, &fds, &arena, &fault) == OK;
    close_fd(&fds.input);
    close_fd(&fds.output);
    if (!is_started)
        close_fd(&fds.report);
    return true;
}

static struct worker_report report_from(const struct running *worker, int ended,
                                        const struct rusage *usage)
{
    struct worker_report report = { .end = WORKER_DONE };
    uint32_t call;
    report.processor_ns =
        (uint64_t)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 * NS_PER_MS +
        (uint64_t)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) * NS_PER_US;
    report.memory_peak = (uint64_t)usage->ru_maxrss << 10;
    bool has_call = read(worker->refused, &call, sizeof call) == (ssize_t)sizeof call;
    if (worker->is_late) {
        report.end = WORKER_DEADLINE;
    } else if (has_call || (WIFSIGNALED(ended) && WTERMSIG(ended) == SIGSYS)) {
        report.end = WORKER_REFUSED_CALL;
        report.number = has_call ? (int32_t)call : -1;
    } else if (WIFSIGNALED(ended)) {
        report.end = WORKER_SIGNALLED;
        report.number = WTERMSIG(ended);
    } else if (WEXITSTATUS(ended) != 0) {
        report.end = WORKER_EXITED;
        report.number = WEXITSTATUS(ended);
    }
    return report;
}

static void report_end(struct running *worker, int ended, const struct rusage *usage)
{
    SCOPED(buffer_release) struct buffer frame = { 0 };
    struct worker_report report = report_from(worker, ended, usage);
    worker_report_encode(&report, &frame);
    /* A parent that closed its end wants to know nothing. */
    ssize_t written = write(worker->report, frame.at, frame.len);
    (void)written;
    close(worker->report);
    close(worker->refused);
    *worker = (struct running){ 0 };
}

static void reap(struct zygote *zygote)
{
    struct signalfd_siginfo signals;
    struct rusage usage;
    int ended;
    pid_t pid;
    while (read(zygote->children, &signals, sizeof signals) > 0)
        continue;
    while ((pid = wait4(-1, &ended, WNOHANG, &usage)) > 0)
        for (size_t i = 0; i < WORKERS_MAX; i++)
            if (zygote->running[i].pid == pid)
                report_end(&zygote->running[i], ended, &usage);
}

static int ms_to_next_deadline(struct zygote *zygote)
{
    uint64_t now = clock_monotonic();
    uint64_t next = UINT64_MAX;
    for (size_t i = 0; i < WORKERS_MAX; i++) {
        struct running *worker = &zygote->running[i];
        if (worker->pid == 0 || worker->is_late)
            continue;
        if (worker->deadline <= now) {
            worker->is_late = true;
            kill(worker->pid, SIGKILL);
        } else if (worker->deadline < next) {
            next = worker->deadline;
        }
    }
    if (next == UINT64_MAX)
        return -1;
    uint64_t ms = (next - now) / NS_PER_MS + 1;
    return ms < 60000 ? (int)ms : 60000;
}

static size_t list_waits(struct zygote *zygote, struct pollfd *waits)
{
    size_t count = 2;
    waits[0] = (struct pollfd){ free_place(zygote) ? CONTROL_FD : -1, POLLIN, 0 };
    waits[1] = (struct pollfd){ zygote->children, POLLIN, 0 };
    for (size_t i = 0; i < WORKERS_MAX; i++)
        if (zygote->running[i].pid != 0)
            waits[count++] = (struct pollfd){ zygote->running[i].report, 0, 0 };
    return count;
}

/* Nobody waits for their report any more. */
static void end_unwanted(struct zygote *zygote, const struct pollfd *waits, size_t count)
{
    for (size_t i = 2; i < count; i++)
        for (size_t k = 0; waits[i].revents & POLLERR && k < WORKERS_MAX; k++)
            if (zygote->running[k].pid != 0 && zygote->running[k].report == waits[i].fd)
                kill(zygote->running[k].pid, SIGKILL);
}

static void serve(struct zygote *zygote)
{
    struct pollfd waits[WORKERS_MAX + 2];
    for (;;) {
        int timeout = ms_to_next_deadline(zygote);
        size_t count = list_waits(zygote, waits);
        if (poll(waits, count, timeout) < 0 && errno != EINTR)
            return;
        end_unwanted(zygote, waits, count);
        if (waits[1].revents)
            reap(zygote);
        if (waits[0].revents && !may_take_request(zygote))
            return;
    }
}

static void end_all(struct zygote *zygote)
{
    for (size_t i = 0; i < WORKERS_MAX; i++)
        if (zygote->running[i].pid != 0)
            kill(zygote->running[i].pid, SIGKILL);
}

static enum status prepare(struct zygote *zygote, struct fault *fault)
{
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    signal(SIGPIPE, SIG_IGN);
    TRY(warm(zygote, fault));
    jail_enter_outer(&zygote->rungs);
    TRY(try_confinement(zygote, fault));
    zygote->frame = malloc(MESSAGE_MAX);
    if (!zygote->frame)
        return no_memory(fault);
    if (sigprocmask(SIG_BLOCK, &children, NULL) != 0)
        return fail_errno(fault, IO_FAILED, "signals cannot be held back");
    zygote->children = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    if (zygote->children < 0)
        return fail_errno(fault, IO_FAILED, "no descriptor for ended workers");
    return OK;
}

int worker_main(const struct reader *const *readers)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct zygote *zygote = calloc(1, sizeof *zygote);
    if (!zygote)
        return 1;
    zygote->readers = readers;
    struct fault why = { 0 };
    struct fault fault = { 0 };
    enum status prepared = prepare(zygote, &why);
    enum status greeted = say_hello(zygote, prepared, &why, &fault);
    if (prepared == OK && greeted == OK)
        serve(zygote);
    end_all(zygote);
    free(zygote->frame);
    jail_filter_free(zygote->filter);
    free(zygote);
    return prepared == OK && greeted == OK ? 0 : 1;
}

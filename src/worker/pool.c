#include "worker/pool.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "wire/hello.h"

enum { HELLO_WAIT_MS = 20000, DEFAULT_MEMORY_MIB = 512 };

static enum status receive_hello(int control, struct buffer *frame, struct fault *fault)
{
    struct pollfd wait = { control, POLLIN, 0 };
    int ready;
    do {
        ready = poll(&wait, 1, HELLO_WAIT_MS);
    } while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        return fail(fault, IO_FAILED, "the worker program says nothing");
    if (!buffer_reserve(frame, MESSAGE_MAX))
        return no_memory(fault);
    ssize_t len = recv(control, frame->at, MESSAGE_MAX, 0);
    if (len <= 0)
        return fail(fault, IO_FAILED, "the worker program ended at once");
    frame->len = (size_t)len;
    return OK;
}

static enum status hear_hello(struct worker_pool *pool, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer frame = { 0 };
    SCOPED(buffer_release) struct buffer words = { 0 };
    struct worker_hello hello;
    TRY(receive_hello(pool->control, &frame, fault));
    TRY(worker_hello_decode(buffer_bytes(&frame), &hello, fault));
    if (!hello.is_ready)
        return fail(fault, IO_FAILED, "%.*s", (int)hello.words.len, (const char *)hello.words.at);
    buffer_append_bytes(&words, hello.words);
    pool->words = buffer_take_string(&words);
    return pool->words ? OK : no_memory(fault);
}

static enum status start(struct worker_pool *pool, const char *program, struct fault *fault)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return fail_errno(fault, IO_FAILED, "no socket for the worker program");
    pool->control = ends[0];
    enum status answer = launch_program(program, ends[1], &pool->pid, fault);
    close(ends[1]);
    TRY(answer);
    return hear_hello(pool, fault);
}

enum status worker_pool_open(const struct worker_options *options, struct worker_pool **pool,
                             struct fault *fault)
{
    CLOSED(worker_pool_close) struct worker_pool *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(fault);
    made->control = -1;
    if (options)
        made->options = *options;
    made->options.program = NULL;
    if (made->options.memory_mib == 0)
        made->options.memory_mib = DEFAULT_MEMORY_MIB;
    TRY(start(made, options ? options->program : NULL, fault));
    *pool = take(made);
    return OK;
}

void worker_pool_close(struct worker_pool *pool)
{
    if (!pool)
        return;
    if (pool->control >= 0)
        close(pool->control);
    if (pool->pid > 0) {
        kill(pool->pid, SIGKILL);
        while (waitpid(pool->pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    free(pool->words);
    free(pool);
}

enum status worker_pool_describe(struct worker_pool *pool, struct buffer *to, struct fault *fault)
{
    buffer_append_text(to, pool->words);
    return buffer_check(to, fault);
}

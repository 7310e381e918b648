#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "worker/pool.h"

enum { NS_PER_MS = 1000000, GRACE_MS = 10000, REPORT_WAIT_MS = 5000, OUTPUT_ROOM = 4 << 20 };

/* A worker may say this much more than eight times what it was given: enough for any text, too
 * little to fill a disk. */
enum { FLOOD_FLOOR = 64 << 20, FLOOD_FACTOR = 8 };

struct worker_batch {
    int output;
    int report_fd;
    uint8_t *packet;   /* MESSAGE_MAX bytes */
    struct bytes rest; /* frames of the packet not yet handed out */
    struct dialogue dialogue;
    uint64_t lens[BATCH_ITEMS_MAX];
    uint64_t may_come; /* bytes the worker may still say */
    uint64_t deadline; /* of ours, in case the zygote's is not kept */
    uint32_t memory_mib;
    struct worker_report report;
    bool is_over;
};

static uint64_t sum_of_lens(const struct batch_item *items, uint32_t count)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < count; i++)
        sum += items[i].len;
    return sum;
}

static uint32_t clamp32(uint64_t value)
{
    return value > INT32_MAX ? INT32_MAX : (uint32_t)value;
}

static struct batch_request request_from(const struct worker_pool *pool,
                                         const struct batch_item *items, uint32_t count,
                                         uint32_t flags)
{
    const struct worker_options *options = &pool->options;
    uint64_t sum = sum_of_lens(items, count);
    struct batch_request request = { .flags = flags,
                                     .memory_mib = options->memory_mib,
                                     .processor_ms = options->processor_ms,
                                     .deadline_ms = options->deadline_ms,
                                     .count = count };
    request.items = (struct batch_item *)(uintptr_t)items;
    if (request.processor_ms == 0)
        request.processor_ms = clamp32(10000 + sum / 4096);
    if (request.deadline_ms == 0)
        request.deadline_ms = clamp32(30000 + sum / 1000);
    return request;
}

static enum status send_request(int control, struct bytes frame, const int fds[3],
                                struct fault *fault)
{
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(3 * sizeof(int))];
    } rights = { 0 };
    struct iovec part = { (void *)(uintptr_t)frame.at, frame.len };
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = &rights, .msg_controllen = sizeof rights
    };
    rights.head.cmsg_level = SOL_SOCKET;
    rights.head.cmsg_type = SCM_RIGHTS;
    rights.head.cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(&rights.head), fds, 3 * sizeof(int));
    ssize_t sent;
    do {
        sent = sendmsg(control, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    if (sent != (ssize_t)frame.len)
        return fail_errno(fault, IO_FAILED, "the worker program takes no more work");
    return OK;
}

/* Its own open file, read-only: two workers on one descriptor would move each other's place. */
static int reopen_for_reading(int fd)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    return open(path, O_RDONLY | O_CLOEXEC);
}

/* Room for a worker to run ahead of us; what the system refuses is not needed. */
static void widen(int output)
{
    int room = OUTPUT_ROOM;
    if (setsockopt(output, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room) != 0)
        (void)!setsockopt(output, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

static enum status start(struct worker_pool *pool, struct worker_batch *batch, int fd,
                         const struct batch_request *request, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer frame = { 0 };
    TRY(batch_request_encode(request, &frame, fault));
    int output[2];
    int report[2];
    CLOSED_FD int input = reopen_for_reading(fd);
    if (input < 0)
        return fail_errno(fault, IO_FAILED, "the batch cannot be opened for a worker");
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, output) != 0)
        return fail_errno(fault, IO_FAILED, "no socket for a worker");
    batch->output = output[0];
    CLOSED_FD int worker_output = output[1];
    if (pipe2(report, O_CLOEXEC) != 0)
        return fail_errno(fault, IO_FAILED, "no pipe for a worker");
    batch->report_fd = report[0];
    CLOSED_FD int worker_report = report[1];
    widen(worker_output);
    int fds[] = { input, worker_output, worker_report };
    return send_request(pool->control, buffer_bytes(&frame), fds, fault);
}

enum status worker_batch_open(struct worker_pool *pool, int fd, const struct batch_item *items,
                              uint32_t count, uint32_t flags, struct worker_batch **batch,
                              struct fault *fault)
{
    CLOSED(worker_batch_close) struct worker_batch *made = calloc(1, sizeof *made);
    if (!made)
        return no_memory(fault);
    made->output = -1;
    made->report_fd = -1;
    struct batch_request request = request_from(pool, items, count, flags);
    made->packet = malloc(MESSAGE_MAX);
    if (!made->packet)
        return no_memory(fault);
    TRY(start(pool, made, fd, &request, fault));
    for (uint32_t i = 0; i < count; i++)
        made->lens[i] = items[i].len;
    made->memory_mib = request.memory_mib;
    made->may_come = FLOOD_FLOOR + FLOOD_FACTOR * sum_of_lens(items, count);
    made->deadline = clock_monotonic() + ((uint64_t)request.deadline_ms + GRACE_MS) * NS_PER_MS;
    dialogue_begin(&made->dialogue, count);
    *batch = take(made);
    return OK;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* To close our ends is also to end the worker: the zygote watches the pipe. */
static void end(struct worker_batch *batch)
{
    close_fd(&batch->output);
    close_fd(&batch->report_fd);
    batch->is_over = true;
}

static bool is_readable(int fd, int ms)
{
    struct pollfd wait = { fd, POLLIN, 0 };
    int ready;
    do {
        ready = poll(&wait, 1, ms);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static bool has_report(struct worker_batch *batch)
{
    uint8_t frame[MESSAGE_HEADER + 64];
    ssize_t len = is_readable(batch->report_fd, REPORT_WAIT_MS)
                      ? read(batch->report_fd, frame, sizeof frame)
                      : -1;
    return len > 0 &&
           worker_report_decode((struct bytes){ frame, (size_t)len }, &batch->report, NULL) == OK;
}

/* The socket is at its end but the work is not. */
static enum status explain_end(struct worker_batch *batch, struct fault *fault)
{
    char words[200] = "the worker program itself ended";
    if (has_report(batch))
        ending_words(&batch->report, batch->memory_mib, words, sizeof words);
    end(batch);
    return fail(fault, BAD_INPUT, "the worker failed: %s", words);
}

static enum status breach(struct worker_batch *batch, const char *why, struct fault *fault)
{
    end(batch);
    return fail(fault, BAD_INPUT, "the worker broke the protocol: %s", why);
}

static enum status receive_packet(struct worker_batch *batch, struct fault *fault)
{
    uint64_t now = clock_monotonic();
    uint64_t left_ms = batch->deadline > now ? (batch->deadline - now) / NS_PER_MS : 0;
    if (!is_readable(batch->output, (int)clamp32(left_ms))) {
        end(batch);
        return fail(fault, BAD_INPUT, "the worker failed: it ran out of time");
    }
    struct iovec part = { batch->packet, MESSAGE_MAX };
    struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
    ssize_t len;
    do {
        len = recvmsg(batch->output, &message, MSG_CMSG_CLOEXEC);
    } while (len < 0 && errno == EINTR);
    if (len <= 0)
        return explain_end(batch, fault);
    if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
        return breach(batch, "a packet larger than one may be", fault);
    if ((uint64_t)len > batch->may_come)
        return breach(batch, "it says far more than its documents hold", fault);
    batch->may_come -= (uint64_t)len;
    batch->rest = (struct bytes){ batch->packet, (size_t)len };
    return OK;
}

/* After the last message only the end may come, and it must be a clean one. */
static enum status finish(struct worker_batch *batch, struct fault *fault)
{
    if (batch->rest.len > 0)
        return breach(batch, "it speaks after the end", fault);
    if (!has_report(batch) || batch->report.end != WORKER_DONE) {
        char words[200] = "it did not end";
        if (batch->report.end != WORKER_DONE)
            ending_words(&batch->report, batch->memory_mib, words, sizeof words);
        end(batch);
        return fail(fault, BAD_INPUT, "the worker failed: %s", words);
    }
    end(batch);
    return OK;
}

enum status worker_batch_next(struct worker_batch *batch, struct message *message,
                              struct fault *fault)
{
    struct bytes frame;
    struct message read;
    struct fault why = { 0 };
    if (batch->is_over)
        return fail(fault, BAD_INPUT, "the batch is over");
    if (batch->rest.len == 0)
        TRY(receive_packet(batch, fault));
    if (!message_split(&batch->rest, &frame))
        return breach(batch, "a frame longer than its packet", fault);
    if (message_decode(frame, &read, &why) != OK ||
        dialogue_take(&batch->dialogue, &read, &why) != OK)
        return breach(batch, why.words, fault);
    if (read.kind == MESSAGE_ITEM_END && read.accounted > batch->lens[read.item])
        return breach(batch, "more bytes accounted for than the item has", fault);
    if (read.kind == MESSAGE_BATCH_END)
        TRY(finish(batch, fault));
    *message = read;
    return OK;
}

const struct worker_report *worker_batch_report(const struct worker_batch *batch)
{
    return &batch->report;
}

void worker_batch_close(struct worker_batch *batch)
{
    if (!batch)
        return;
    end(batch);
    free(batch->packet);
    free(batch);
}

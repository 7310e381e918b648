#include "readers/packet.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum status packet_sink_flush(struct packet_sink *sink, struct fault *fault)
{
    if (sink->packet.len == 0)
        return OK;
    ssize_t written;
    do {
        written = write(sink->fd, sink->packet.at, sink->packet.len);
    } while (written < 0 && errno == EINTR);
    if (written != (ssize_t)sink->packet.len)
        return fail_errno(fault, IO_FAILED, "nobody listens to the worker");
    buffer_clear(&sink->packet);
    return OK;
}

static void remember(struct packet_sink *sink, const struct message *message)
{
    if (message->kind == MESSAGE_DOCUMENT)
        sink->documents++;
    if (message->kind == MESSAGE_DOCUMENT_END && message->verdict > sink->worst) {
        sink->worst = message->verdict;
        snprintf(sink->reason, sizeof sink->reason, "%.*s", (int)message->text.len,
                 (const char *)message->text.at);
    }
    if (message->kind == MESSAGE_ITEM_END) {
        sink->documents = 0;
        sink->worst = VERDICT_FULL;
        sink->reason[0] = '\0';
    }
}

static enum status send_packed(struct sink *to, const struct message *message, struct fault *fault)
{
    struct packet_sink *sink = (struct packet_sink *)to;
    buffer_clear(&sink->frame);
    TRY(message_encode(message, &sink->frame, fault));
    if (sink->packet.len + sink->frame.len > MESSAGE_MAX)
        TRY(packet_sink_flush(sink, fault));
    buffer_append_bytes(&sink->packet, buffer_bytes(&sink->frame));
    TRY(buffer_check(&sink->packet, fault));
    remember(sink, message);
    return sink->packet.len >= PACKET_FULL ? packet_sink_flush(sink, fault) : OK;
}

void packet_sink_begin(struct packet_sink *sink, int fd)
{
    *sink = (struct packet_sink){ .sink = { .send = send_packed }, .fd = fd };
}

void packet_sink_release(struct packet_sink *sink)
{
    buffer_release(&sink->packet);
    buffer_release(&sink->frame);
}

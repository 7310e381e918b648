#include "readers/reading.h"

#include "readers/nest.h"
#include "readers/packet.h"
#include "base/scoped.h"
#include "text/utf8.h"

static const struct reader *find_reader(const struct reader *const *readers, enum format format)
{
    for (; *readers; readers++)
        if ((*readers)->format == format)
            return *readers;
    return NULL;
}

/* What a failed reader left open is ended in its place: the other items of the batch still count. A
 * part cut short cannot be mended: nobody may take half of it for all. */
static enum status end_failed_item(struct packet_sink *sink, struct message *end,
                                   const struct fault *why, struct fault *fault)
{
    if (sink->sink.has_part)
        return fail(fault, IO_FAILED, "a part was cut short: %s", why->words);
    end->verdict = VERDICT_FAILED;
    end->text = bytes_from_string(why->words);
    if (sink->sink.has_document)
        TRY(sink_document_end(&sink->sink, VERDICT_FAILED, end->text, fault));
    return OK;
}

static enum status read_item(const struct reader *const *readers, const struct reader_input *input,
                             enum format format, struct packet_sink *sink, struct arena *arena,
                             struct fault *fault)
{
    struct fault why = { 0 };
    struct message end = { .kind = MESSAGE_ITEM_END, .accounted = input->len };
    const struct reader *reader = find_reader(readers, format);
    if (!reader) {
        end.verdict = VERDICT_UNREAD;
        end.text = bytes_from_string("no reader for this format");
        end.accounted = 0;
    } else if (reader->read(input, &sink->sink, arena, &why) != OK) {
        TRY(end_failed_item(sink, &end, &why, fault));
        end.accounted = 0;
    } else {
        nest_item_verdict(&sink->sink.nest, &sink->worst, sink->reason, sizeof sink->reason);
        end.verdict = sink->worst;
        end.text = bytes_from_string(sink->reason);
        end.accounted -= sink->sink.unread;
    }
    end.documents = sink->documents;
    end.item = sink->sink.item;
    end.sequence = sink->sink.sequence++;
    return sink->sink.send(&sink->sink, &end, fault);
}

static enum status read_items(const struct reader *const *readers,
                              const struct batch_request *request, int fd, struct packet_sink *sink,
                              struct arena *arena, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer name = { 0 };
    for (uint32_t i = 0; i < request->count; i++) {
        const struct batch_item *item = &request->items[i];
        buffer_clear(&name);
        utf8_repair(item->name, &name);
        TRY(buffer_check(&name, fault));
        struct reader_input input = { .fd = fd,
                                      .offset = item->offset,
                                      .len = item->len,
                                      .name = buffer_bytes(&name),
                                      .charset = item->charset,
                                      .flags = request->flags };
        sink->sink.item = i;
        sink->sink.unread = 0;
        sink->sink.nest = (struct nest){ 0 };
        TRY(read_item(readers, &input, item->format, sink, arena, fault));
        arena_clear(arena);
    }
    struct message end = { .kind = MESSAGE_BATCH_END, .sequence = sink->sink.sequence++ };
    TRY(sink->sink.send(&sink->sink, &end, fault));
    return packet_sink_flush(sink, fault);
}

int reading_run(const struct reader *const *readers, const struct batch_request *request, int input,
                int output)
{
    struct packet_sink sink;
    struct arena arena = { 0 };
    struct fault fault;
    packet_sink_begin(&sink, output);
    enum status answer = read_items(readers, request, input, &sink, &arena, &fault);
    packet_sink_release(&sink);
    arena_release(&arena);
    return answer == OK ? 0 : 1;
}

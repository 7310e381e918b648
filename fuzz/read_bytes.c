#include "read_bytes.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/file.h"
#include "wire/dialogue.h"

struct checking_sink {
    struct sink sink; /* first */
    struct dialogue dialogue;
    struct buffer frame;
};

static enum status check(struct sink *to, const struct message *message, struct fault *fault)
{
    struct checking_sink *sink = (struct checking_sink *)to;
    struct message read;
    buffer_clear(&sink->frame);
    if (message_encode(message, &sink->frame, fault) != OK ||
        message_decode(buffer_bytes(&sink->frame), &read, fault) != OK ||
        dialogue_take(&sink->dialogue, &read, fault) != OK)
        abort();
    return OK;
}

/* A container hands what it holds to readers of every format. */
static void warm_all(void)
{
    struct fault fault;
    for (const struct reader *const *reader = readers_all; *reader; reader++)
        if ((*reader)->warm && (*reader)->warm(&fault) != OK)
            abort();
}

int LLVMFuzzerInitialize(int *count, char ***words);

int LLVMFuzzerInitialize(int *count, char ***words)
{
    (void)count, (void)words;
    warm_all();
    return 0;
}

void read_bytes(const struct reader *reader, struct bytes item, uint32_t flags)
{
    struct checking_sink sink = { .sink.send = check };
    struct arena arena = { 0 };
    struct fault fault = { 0 };
    int fd = memfd_create("item", MFD_CLOEXEC);
    dialogue_begin(&sink.dialogue, 1);
    if (fd < 0 || file_write_all(fd, item, "item", &fault) != OK)
        abort();
    struct reader_input input = { .fd = fd, .len = item.len, .flags = flags };
    input.name = bytes_from_string("item");
    enum status answer = reader->read(&input, &sink.sink, &arena, &fault);
    (void)answer;
    arena_release(&arena);
    buffer_release(&sink.frame);
    close(fd);
}

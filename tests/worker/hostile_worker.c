#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/scoped.h"
#include "hostile.h"
#include "readers/packet.h"

typedef void misdeed(const struct reader_input *input, struct packet_sink *sink);

#define UNUSED (void)input, (void)sink

static void open_a_file(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    (void)!open("/etc/passwd", O_RDONLY);
}

static void open_a_socket(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    (void)!socket(AF_INET, SOCK_STREAM, 0);
}

static void run_a_program(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    execl("/bin/true", "true", (char *)NULL);
}

static void fork_itself(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    (void)!fork();
}

static void kill_its_parent(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    kill(1, SIGKILL);
}

static void map_writable_and_executable(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void make_memory_executable(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(at, 4096, PROT_READ | PROT_EXEC);
}

static void loop_for_ever(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    for (volatile unsigned i = 0;; i++)
        continue;
}

static void sleep_for_ever(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    uint32_t never = 0;
    for (;;)
        syscall(SYS_futex, &never, 0, 0, NULL, NULL, 0);
}

static void allocate_without_end(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    for (;;) {
        char *more = malloc(1 << 20);
        memset(more, 1, 1 << 20);
        __asm__ volatile("" : : "r"(more) : "memory");
    }
}

static unsigned deeper(volatile char *above)
{
    volatile char here[4096];
    here[0] = above[0];
    return deeper(here) + (unsigned)here[0];
}

static void recurse_without_end(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    volatile char top[1] = { 1 };
    deeper(top);
}

static void write_to_null(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    volatile char *volatile nowhere = NULL;
    *nowhere = 1;
}

static void abort_itself(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    abort();
}

static void exit_early(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    _exit(0);
}

static void exit_with_code(const struct reader_input *input, struct packet_sink *sink)
{
    UNUSED;
    _exit(7);
}

static void flood_with_text(const struct reader_input *input, struct packet_sink *sink)
{
    static char much[MESSAGE_TEXT_MAX];
    (void)input;
    memset(much, 'x', sizeof much);
    struct bytes text = { (const uint8_t *)much, sizeof much };
    for (;;)
        if (sink_document(&sink->sink, KIND_TEXT, (struct bytes){ 0 }, NULL) != OK ||
            sink_part(&sink->sink, (struct bytes){ 0 }, text, NULL, 0, NULL) != OK ||
            sink_document_end(&sink->sink, VERDICT_FULL, (struct bytes){ 0 }, NULL) != OK)
            _exit(1);
}

static void send_garbage(const struct reader_input *input, struct packet_sink *sink)
{
    (void)input;
    (void)!write(sink->fd, "garbage that is longer than any header of a frame is", 50);
}

static void send_raw(struct packet_sink *sink, struct message message, size_t lie)
{
    buffer_clear(&sink->frame);
    if (message_encode(&message, &sink->frame, NULL) != OK)
        _exit(1);
    sink->frame.at[12] += (uint8_t)lie;
    (void)!write(sink->fd, sink->frame.at, sink->frame.len);
}

static void lie_about_length(const struct reader_input *input, struct packet_sink *sink)
{
    (void)input;
    send_raw(sink, (struct message){ .kind = MESSAGE_DOCUMENT }, 1);
}

static void send_text_first(const struct reader_input *input, struct packet_sink *sink)
{
    (void)input;
    send_raw(sink, (struct message){ .kind = MESSAGE_TEXT, .text = bytes_from_string("x") }, 0);
}

static void skip_a_number(const struct reader_input *input, struct packet_sink *sink)
{
    (void)input;
    send_raw(sink, (struct message){ .kind = MESSAGE_DOCUMENT, .sequence = 1 }, 0);
}

static void send_bad_text(const struct reader_input *input, struct packet_sink *sink)
{
    (void)input;
    send_raw(sink, (struct message){ .kind = MESSAGE_DOCUMENT, .text = bytes_from_string("\xff") },
             0);
}

static void account_for_too_much(const struct reader_input *input, struct packet_sink *sink)
{
    send_raw(sink, (struct message){ .kind = MESSAGE_ITEM_END, .accounted = input->len + 1 }, 0);
}

static void speak_after_the_end(const struct reader_input *input, struct packet_sink *sink)
{
    struct sink *to = &sink->sink;
    struct message end = { .kind = MESSAGE_ITEM_END, .accounted = input->len };
    struct message over = { .kind = MESSAGE_BATCH_END, .sequence = 1 };
    struct message more = { .kind = MESSAGE_DOCUMENT, .sequence = 2 };
    if (to->send(to, &end, NULL) != OK || to->send(to, &over, NULL) != OK ||
        to->send(to, &more, NULL) != OK || packet_sink_flush(sink, NULL) != OK)
        _exit(1);
}

static const struct {
    char letter;
    misdeed *run;
} misdeeds[] = {
#define ROW(letter, run, words) { letter, run },
    HOSTILE(ROW)
#undef ROW
};

/* A well-behaved reader until the first letter tells it otherwise. */
static enum status read_hostile(const struct reader_input *input, struct sink *sink,
                                struct arena *arena, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer raw = { 0 };
    (void)arena;
    TRY(reader_input_read(input, 0, (size_t)input->len, &raw, fault));
    for (size_t i = 0; i < sizeof misdeeds / sizeof *misdeeds; i++)
        if (raw.len > 0 && raw.at[0] == (uint8_t)misdeeds[i].letter)
            misdeeds[i].run(input, (struct packet_sink *)sink);
    if (raw.len > 0 && raw.at[0] == '!')
        return fail(fault, BAD_INPUT, "a reader that gives up");
    TRY(sink_document(sink, KIND_TEXT, (struct bytes){ 0 }, fault));
    TRY(sink_part(sink, (struct bytes){ 0 }, buffer_bytes(&raw), NULL, 0, fault));
    return sink_document_end(sink, VERDICT_FULL, (struct bytes){ 0 }, fault);
}

int main(void)
{
    static const struct reader hostile = { .format = FORMAT_TEXT,
                                           .name = "hostile",
                                           .read = read_hostile };
    static const struct reader *const readers[] = { &hostile, NULL };
    return worker_main(readers);
}

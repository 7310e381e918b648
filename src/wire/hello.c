#include "wire/hello.h"

#include "text/utf8.h"
#include "wire/frame.h"

enum status worker_hello_encode(const struct worker_hello *hello, struct buffer *to,
                                struct fault *fault)
{
    struct frame frame = { .magic = FRAME_HELLO, .kind = hello->is_ready, .body = hello->words };
    return frame_encode(&frame, to, fault);
}

enum status worker_hello_decode(struct bytes from, struct worker_hello *hello, struct fault *fault)
{
    struct frame frame;
    TRY(frame_decode(from, FRAME_HELLO, &frame, fault));
    if (frame.kind > 1 || utf8_valid_prefix(frame.body) != frame.body.len)
        return fail(fault, BAD_INPUT, "the worker program's first word makes no sense");
    *hello = (struct worker_hello){ .is_ready = frame.kind == 1, .words = frame.body };
    return OK;
}

/* hello.h - the zygote's first word: whether confinement can be had, and what holds of it. */
#ifndef WIRE_HELLO_H
#define WIRE_HELLO_H

#include "wire/message.h"

struct worker_hello {
    bool is_ready;      /* false: the words say why no worker may run here */
    struct bytes words; /* UTF-8, one line per rung: "seccomp filter: holds"; lent from the frame */
};

MUST_USE enum status worker_hello_encode(const struct worker_hello *hello, struct buffer *to,
                                         struct fault *fault);
MUST_USE enum status worker_hello_decode(struct bytes from, struct worker_hello *hello,
                                         struct fault *fault);

#endif

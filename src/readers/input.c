#include <errno.h>
#include <unistd.h>

#include "readers/reader.h"

enum status reader_input_read(const struct reader_input *input, uint64_t at, size_t len,
                              struct buffer *to, struct fault *fault)
{
    if (at >= input->len)
        return OK;
    if (len > input->len - at)
        len = (size_t)(input->len - at);
    if (input->memory) {
        buffer_append(to, input->memory + at, len);
        return buffer_check(to, fault);
    }
    if (lseek(input->fd, (off_t)(input->offset + at), SEEK_SET) < 0)
        return fail_errno(fault, IO_FAILED, "the item cannot be read from byte %llu",
                          (unsigned long long)at);
    if (!buffer_reserve(to, len))
        return no_memory(fault);
    while (len > 0) {
        ssize_t more = read(input->fd, to->at + to->len, len);
        if (more < 0 && errno == EINTR)
            continue;
        if (more < 0)
            return fail_errno(fault, IO_FAILED, "the item cannot be read");
        if (more == 0)
            return fail(fault, IO_FAILED, "the item ends %zu bytes early", len);
        to->len += (size_t)more;
        len -= (size_t)more;
    }
    return OK;
}

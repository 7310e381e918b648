#include "readers/mailbox.h"

#include "readers/mail.h"
#include "wire/identify.h"

enum { WINDOW = 1 << 20 };

static enum status refill(struct mailbox *mailbox, struct fault *fault)
{
    buffer_clear(&mailbox->window);
    mailbox->window_at = mailbox->at;
    return reader_input_read(mailbox->input, mailbox->at, WINDOW, &mailbox->window, fault);
}

/* What stands at mailbox->at up to a line end, with it; a longer line comes in pieces, as does one
 * over a window's edge only when it fills a window. Empty at the end. */
static enum status peek_line(struct mailbox *mailbox, struct bytes *line, struct fault *fault)
{
    for (int tries = 0;; tries++) {
        size_t from = (size_t)(mailbox->at - mailbox->window_at);
        struct bytes rest = bytes_slice(buffer_bytes(&mailbox->window), from, SIZE_MAX);
        size_t end = bytes_find_byte(rest, '\n', 0);
        *line = end == SIZE_MAX ? rest : bytes_slice(rest, 0, end + 1);
        bool is_all = mailbox->window_at + mailbox->window.len >= mailbox->input->len;
        if (end != SIZE_MAX || (is_all && tries > 0) || tries > 0)
            return OK;
        TRY(refill(mailbox, fault));
    }
}

static bool is_blank_line(struct bytes line)
{
    return line.len > 0 && line.len <= 2 && line.at[line.len - 1] == '\n' &&
           (line.len == 1 || line.at[0] == '\r');
}

static void keep(struct mailbox *mailbox, struct bytes bytes)
{
    if (mailbox->message.len + bytes.len <= MAIL_MAX) {
        buffer_append_bytes(&mailbox->message, bytes);
        return;
    }
    mailbox->is_cut = true;
    mailbox->left += bytes.len;
}

static bool is_quoted_envelope(struct bytes line)
{
    size_t at = 0;
    while (at < line.len && line.at[at] == '>')
        at++;
    return at > 0 && bytes_has_prefix(bytes_slice(line, at, 5), "From ");
}

/* The number in a Content-Length header; false for other lines. */
static bool is_length(struct bytes line, uint64_t *len)
{
    static const char name[] = "content-length:";
    return bytes_has_prefix_fold(line, name) &&
           bytes_to_number(bytes_trim(bytes_slice(line, sizeof name - 1, SIZE_MAX)), len);
}

/* Whether the file ends at `at`, or a message begins there or behind an empty line. */
static enum status ends_at(struct mailbox *mailbox, uint64_t at, bool *ends, struct fault *fault)
{
    struct buffer ahead = { 0 };
    *ends = at == mailbox->input->len;
    if (at >= mailbox->input->len)
        return OK;
    enum status answer = reader_input_read(mailbox->input, at, 512, &ahead, fault);
    struct bytes line = buffer_bytes(&ahead);
    while (line.len > 0 && (line.at[0] == '\r' || line.at[0] == '\n'))
        line = bytes_slice(line, 1, line.len);
    size_t end = bytes_find_byte(line, '\n', 0);
    *ends = answer == OK && (identify_envelope(bytes_slice(line, 0, end)) ||
                             (line.len == 0 && at + ahead.len == mailbox->input->len));
    buffer_release(&ahead);
    return answer;
}

/* The body as its header measures it. */
static enum status take_measured(struct mailbox *mailbox, uint64_t len, struct fault *fault)
{
    bool ends = false;
    size_t room = mailbox->message.len < MAIL_MAX ? MAIL_MAX - mailbox->message.len : 0;
    if (len > mailbox->input->len - mailbox->at)
        return OK;
    TRY(ends_at(mailbox, mailbox->at + len, &ends, fault));
    if (!ends)
        return OK;
    size_t kept = len < room ? (size_t)len : room;
    TRY(reader_input_read(mailbox->input, mailbox->at, kept, &mailbox->message, fault));
    mailbox->is_cut |= kept < len;
    mailbox->left += len - kept;
    mailbox->at += len;
    mailbox->is_behind_blank = true;
    return refill(mailbox, fault);
}

enum status mailbox_next(struct mailbox *mailbox, bool *ended, struct fault *fault)
{
    bool in_head = true, at_start = true;
    uint64_t len = UINT64_MAX;
    struct bytes line;
    buffer_clear(&mailbox->message);
    mailbox->is_cut = false;
    TRY(peek_line(mailbox, &line, fault));
    *ended = line.len == 0;
    if (identify_envelope(line))
        mailbox->at += line.len;
    for (;;) {
        TRY(peek_line(mailbox, &line, fault));
        bool begins = at_start && mailbox->is_behind_blank && identify_envelope(line);
        if (line.len == 0 || begins)
            return buffer_check(&mailbox->message, fault);
        mailbox->at += line.len;
        mailbox->is_behind_blank = at_start && is_blank_line(line);
        bool is_quoted = at_start && !in_head && is_quoted_envelope(line);
        keep(mailbox, is_quoted ? bytes_slice(line, 1, line.len) : line);
        if (in_head && at_start)
            is_length(line, &len);
        at_start = line.at[line.len - 1] == '\n';
        if (in_head && mailbox->is_behind_blank && len != UINT64_MAX)
            TRY(take_measured(mailbox, len, fault));
        in_head &= !mailbox->is_behind_blank;
    }
}

void mailbox_release(struct mailbox *mailbox)
{
    buffer_release(&mailbox->window);
    buffer_release(&mailbox->message);
}

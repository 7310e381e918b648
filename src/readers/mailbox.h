/* mailbox.h - the messages of an mbox file, one after the other, in every dialect.
 *
 * A message begins with a line "From ", at the file's start or behind an empty line, that looks
 * like an envelope's (a time and a year in it). mboxo and mboxrd write ">From " for such lines
 * inside a message: one ">" is taken off. mboxcl and mboxcl2 say the message's length: it is
 * trusted where a message or the end follows there; a message that then holds "From " lines
 * (mboxcl2) is left as it is.
 */
#ifndef READERS_MAILBOX_H
#define READERS_MAILBOX_H

#include "readers/reader.h"

struct mailbox {
    const struct reader_input *input;
    uint64_t at;          /* of the item: first byte not yet handed out */
    struct buffer window; /* private from here */
    uint64_t window_at;
    struct buffer message; /* without its envelope line */
    bool is_cut;           /* longer than MAIL_MAX: the rest of the message is left */
    uint64_t left;         /* bytes left so */
    bool is_behind_blank;
};

/* The next message into mailbox->message; *ended at the end. */
MUST_USE enum status mailbox_next(struct mailbox *mailbox, bool *ended, struct fault *fault);
void mailbox_release(struct mailbox *mailbox);

#endif

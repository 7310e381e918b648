/* mailbox_reader.c - a file of many messages. */
#include <stdio.h>

#include "base/scoped.h"
#include "readers/mail.h"
#include "readers/mail_reader.h"
#include "readers/mailbox.h"
#include "readers/nest.h"

/* Each message may hold what a file may hold, where the store is no part of a container itself. */
static void renew_limits(struct nest *nest, uint64_t len)
{
    if (nest->depth > 0)
        return;
    nest->item_len = len;
    nest->members = 0;
    nest->out = 0;
    nest->trouble = NULL;
}

static enum status read_message(struct mailbox *mailbox, struct sink *sink, uint64_t number,
                                struct fault *fault)
{
    char name[40];
    struct nest_place place;
    struct fault why = { 0 };
    snprintf(name, sizeof name, "message %llu", (unsigned long long)number);
    renew_limits(&sink->nest, mailbox->message.len);
    TRY(nest_enter(sink, bytes_from_string(name), &place, fault));
    enum status answer =
        mail_read_message(buffer_bytes(&mailbox->message), sink,
                          mailbox->is_cut ? "longer than 64 MiB: the rest is left" : NULL, &why);
    if (answer != OK)
        answer = nest_mend(sink, &why, fault);
    if (answer == OK && sink->nest.trouble)
        answer = nest_refuse(sink, VERDICT_PARTIAL, sink->nest.trouble, fault);
    nest_leave(sink, &place);
    return answer;
}

static enum status read_messages(struct mailbox *mailbox, struct sink *sink, uint64_t *count,
                                 struct fault *fault)
{
    bool ended = false;
    for (*count = 0;; ++*count) {
        TRY(mailbox_next(mailbox, &ended, fault));
        if (ended)
            return OK;
        TRY(read_message(mailbox, sink, *count + 1, fault));
    }
}

static enum status mailbox_read(const struct reader_input *input, struct sink *sink,
                                struct arena *arena, struct fault *fault)
{
    (void)arena;
    char words[80];
    uint64_t count = 0;
    struct mailbox mailbox = { .input = input, .is_behind_blank = true };
    if (!nest_begin(sink, input->len))
        return nest_refuse(sink, VERDICT_FAILED, NEST_TOO_DEEP, fault);
    enum status answer = read_messages(&mailbox, sink, &count, fault);
    sink->unread = mailbox.left;
    mailbox_release(&mailbox);
    TRY(answer);
    snprintf(words, sizeof words, "%llu message%s", (unsigned long long)count,
             count == 1 ? "" : "s");
    return nest_end(sink, VERDICT_FULL, words, fault);
}

const struct reader mailbox_reader = { .format = FORMAT_MAILBOX,
                                       .name = "mailbox",
                                       .read = mailbox_read };

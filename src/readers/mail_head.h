/* mail_head.h - the fields of a mail message's head. */
#ifndef READERS_MAIL_HEAD_H
#define READERS_MAIL_HEAD_H

#include <gmime/gmime.h>

#include "base/arena.h"
#include "text/field.h"

/* From, To, Cc, Subject, Date as printed and as a date; the Message-ID as another name, what it
 * answers as a reference. Values from the arena. */
MUST_USE enum status mail_head_read(GMimeMessage *message, struct arena *arena,
                                    struct field_list *fields, struct fault *fault);

#endif

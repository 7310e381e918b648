/* mail.h - one mail message: its document, then its attachments and attached messages. */
#ifndef READERS_MAIL_H
#define READERS_MAIL_H

#include "readers/reader.h"

enum { MAIL_MAX = 64 << 20, MAIL_MESSAGES_MAX = 100 };

/* Once in a process, before the first message. */
void mail_begin(void);
/* Read the message in `raw` as documents under the sink's place; `words`: what the caller has to
 * say of it (a static string), or NULL. */
MUST_USE enum status mail_read_message(struct bytes raw, struct sink *sink, const char *words,
                                       struct fault *fault);

#endif

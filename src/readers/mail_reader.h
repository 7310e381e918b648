/* mail_reader.h - the readers of FORMAT_MAIL and FORMAT_MAILBOX. */
#ifndef READERS_MAIL_READER_H
#define READERS_MAIL_READER_H

#include "readers/reader.h"

extern const struct reader mail_reader;
extern const struct reader mailbox_reader;

#endif

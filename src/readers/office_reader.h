/* office_reader.h - the readers of word processors' files. */
#ifndef READERS_OFFICE_READER_H
#define READERS_OFFICE_READER_H

#include "readers/reader.h"

/* Either reads both: what the zip holds decides. */
extern const struct reader docx_reader;
extern const struct reader odt_reader;

#endif

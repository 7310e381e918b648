/* archive_reader.h - the reader of FORMAT_ARCHIVE. */
#ifndef READERS_ARCHIVE_READER_H
#define READERS_ARCHIVE_READER_H

#include "readers/reader.h"

extern const struct reader archive_reader;

#endif

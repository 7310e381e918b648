/* rtf_reader.h - the reader of FORMAT_RTF. */
#ifndef READERS_RTF_READER_H
#define READERS_RTF_READER_H

#include "readers/reader.h"

extern const struct reader rtf_reader;

#endif

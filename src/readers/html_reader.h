/* html_reader.h - the reader of FORMAT_HTML. */
#ifndef READERS_HTML_READER_H
#define READERS_HTML_READER_H

#include "readers/reader.h"

extern const struct reader html_reader;

#endif

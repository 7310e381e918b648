/* pdf_reader.h - the reader of FORMAT_PDF. */
#ifndef READERS_PDF_READER_H
#define READERS_PDF_READER_H

#include "readers/reader.h"

extern const struct reader pdf_reader;

#endif

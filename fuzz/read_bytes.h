/* read_bytes.h - a reader over bytes in memory; what it says is held to wire/ and thrown away. */
#ifndef FUZZ_READ_BYTES_H
#define FUZZ_READ_BYTES_H

#include "readers/reader.h"

/* Aborts when the reader breaks the protocol. */
void read_bytes(const struct reader *reader, struct bytes item, uint32_t flags);

#endif

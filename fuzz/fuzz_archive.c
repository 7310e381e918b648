/* fuzz_archive.c - any bytes as an archive, and what it holds as files: what is sent keeps the
 * protocol. */
#include "read_bytes.h"
#include "readers/archive_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    read_bytes(&archive_reader, bytes_make(at, len), 0);
    return 0;
}

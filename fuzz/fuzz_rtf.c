/* fuzz_rtf.c - any bytes as Rich Text: what is sent keeps the protocol. */
#include "read_bytes.h"
#include "readers/rtf_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    read_bytes(&rtf_reader, bytes_make(at, len), len % 2 ? BATCH_KEEP_LINES : 0);
    return 0;
}

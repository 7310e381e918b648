/* fuzz_pdf.c - any bytes as a PDF: what is sent keeps the protocol. */
#include "read_bytes.h"
#include "readers/pdf_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    read_bytes(&pdf_reader, bytes_make(at, len), len % 2 ? BATCH_KEEP_LINES : 0);
    return 0;
}

/* fuzz_mail.c - any bytes as a mail message or a mailbox: what is sent keeps the protocol. */
#include "read_bytes.h"
#include "readers/mail_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    if (len == 0)
        return 0;
    read_bytes(at[0] % 2 ? &mail_reader : &mailbox_reader, bytes_make(at + 1, len - 1), 0);
    return 0;
}

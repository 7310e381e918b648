/* fuzz_record - any bytes as the text of a document: every span lies inside it, in order. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "record/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct arena arena = { 0 };
    struct document document;
    struct fault fault;
    struct bytes text = bytes_make(at, len);
    if (document_read(text, bytes_from_string("09LIMA44.txt"), &arena, &document, &fault) != OK)
        abort();
    for (size_t i = 0; i < document.spans.count; i++) {
        const struct span *span = &document.spans.at[i];
        if (span->start > span->end || span->end > len || span->value.len > SPAN_VALUE_MAX)
            abort();
    }
    document_release(&document);
    arena_release(&arena);
    return 0;
}

/* fuzz_query.c - any bytes as a query: taken or refused in words, never more. */
#include <assert.h>
#include <stdlib.h>

#include "search/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    struct arena arena = { 0 };
    struct buffer line = { 0 };
    struct fault fault = { 0 };
    struct query query;
    enum status parsed =
        query_parse(bytes_make(at, len), len > 0 && at[0] == '!', &arena, &query, &fault);
    if (parsed == OK)
        query_print(&query, &line);
    assert(parsed == OK ? line.len > 0 : fault.words[0] != '\0');
    buffer_release(&line);
    arena_release(&arena);
    return 0;
}

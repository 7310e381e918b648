/* memory_source.h - texts in memory as a source for tracing: the second implementation of
 * trace/source.h, for tests. */
#ifndef TESTS_MEMORY_SOURCE_H
#define TESTS_MEMORY_SOURCE_H

#include "trace/source.h"

struct memory_source;

struct memory_source *memory_source_new(void);
void memory_source_free(void *source);
/* A document of one part; spans sorted, copied. Answers its number, 1 the first. */
uint64_t memory_source_add(struct memory_source *source, const char *text, const struct span *spans,
                           size_t span_count);
struct source memory_source_as_source(struct memory_source *source);

#endif

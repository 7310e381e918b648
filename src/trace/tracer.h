/* tracer.h - a tracer over any source of words: an archive's snapshot, or texts in memory. */
#ifndef TRACE_TRACER_H
#define TRACE_TRACER_H

#include "trace/source.h"
#include "trace/trace.h"

/* The source is lent; `close` (may be NULL) is called with source.self when the tracer is freed. */
MUST_USE enum status tracer_new_over(struct source source, void (*close)(void *self),
                                     struct tracer **tracer, struct fault *fault);

/* What it reads, for whoever looks up words beside tracing. Lent as long as the tracer. */
const struct source *tracer_source(const struct tracer *tracer);

#endif

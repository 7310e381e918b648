/* cite.h - where a traced passage stands, in the words a report cites. */
#ifndef CHECK_CITE_H
#define CHECK_CITE_H

#include "archive/snapshot.h"
#include "check/statement.h"
#include "trace/trace.h"

/* Everything from the arena. */
MUST_USE enum status cite(const struct snapshot *snapshot, const struct passage *passage,
                          struct arena *arena, struct cited *cited, struct fault *fault);
/* Name and paragraph of a place only. */
MUST_USE enum status cite_place(const struct snapshot *snapshot, const struct passage *passage,
                                struct arena *arena, struct bytes *name, struct bytes *label,
                                struct fault *fault);

#endif

/* objects.h - statements as the values of include/stet/statement.h, and those as bytes that are
 * kept in desk.db (docs/FORMAT.md, "Kept check"). */
#ifndef CHECK_OBJECTS_H
#define CHECK_OBJECTS_H

#include <stet/statement.h>

#include "base/buffer.h"
#include "check/statement.h"

/* Everything from the arena; protected names are masked. */
MUST_USE enum status objects_make(const struct check_answer *answer, struct arena *arena,
                                  struct stet_statements *statements, struct fault *fault);

void objects_encode(const struct stet_statements *statements, struct buffer *to);
/* Strings are copied to the arena. CORRUPT when the bytes break the format. */
MUST_USE enum status objects_decode(struct bytes bytes, struct arena *arena,
                                    struct stet_statements *statements, struct fault *fault);

#endif

/* warm.h - run a reader over a built-in sample before the fork: what it loads late is loaded then.
 */
#ifndef READERS_WARM_H
#define READERS_WARM_H

#include "readers/reader.h"

/* What the reader says is dropped. */
MUST_USE enum status warm_over(enum status (*read)(const struct reader_input *, struct sink *,
                                                   struct arena *, struct fault *),
                               struct bytes sample, struct fault *fault);

#endif

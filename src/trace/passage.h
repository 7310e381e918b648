/* passage.h - an alignment as a passage: its literal text, the words around, who speaks there. */
#ifndef TRACE_PASSAGE_H
#define TRACE_PASSAGE_H

#include "trace/align.h"
#include "trace/trace.h"

enum { PASSAGE_AROUND = 12 };

/* All text is copied into the arena. */
MUST_USE enum status passage_make(const struct quote *quote, const struct window *window,
                                  const struct alignment *alignment, struct arena *arena,
                                  struct passage *passage, struct fault *fault);
/* Whether the passage stands inside quotation marks that open before it; the speaker where a verb
 * of saying names one. */
bool passage_is_quoted(const struct window *window, const struct alignment *alignment,
                       struct bytes *speaker);

#endif

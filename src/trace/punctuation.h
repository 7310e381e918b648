/* punctuation.h - what stands between the aligned words, and at the edges of the printed pieces. */
#ifndef TRACE_PUNCTUATION_H
#define TRACE_PUNCTUATION_H

#include "trace/classify.h"

MUST_USE enum status punctuation_between(const struct comparison *comparison,
                                         struct difference_list *list, struct fault *fault);
/* The quotation's own edges: signs of the host sentence, words just cut, a fragment printed as a
 * sentence. */
MUST_USE enum status punctuation_edges(const struct comparison *comparison,
                                       struct difference_list *list, struct fault *fault);
/* Whether the passage begins, ends in mid-sentence of the source. */
bool passage_cuts_in(const struct window *window, const struct alignment *alignment);
bool passage_cuts_out(const struct window *window, const struct alignment *alignment);

#endif

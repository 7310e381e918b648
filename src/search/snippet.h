/* snippet.h - the line of a document that shows why it matches. */
#ifndef SEARCH_SNIPPET_H
#define SEARCH_SNIPPET_H

#include "search/sighting.h"

struct snippet {
    const char *text;    /* one line; matches between \x02 and \x03 */
    const char *address; /* after the document's name: ":2#p15", "" */
};

/* Strings from the arena. */
MUST_USE enum status snippet_make(const struct plan *plan, const struct query *query,
                                  const struct match *match, uint32_t bytes, struct arena *arena,
                                  struct snippet *snippet, struct fault *fault);

#endif

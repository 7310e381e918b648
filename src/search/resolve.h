/* resolve.h - which documents does an address mean, to one who may see some of them? */
#ifndef SEARCH_RESOLVE_H
#define SEARCH_RESOLVE_H

#include "search/viewer.h"
#include "text/place.h"

/* Those of that name and reading; NOT_FOUND, in words, when there are none. From the arena. */
MUST_USE enum status documents_resolve(const struct viewer *viewer, const struct address *address,
                                       struct arena *arena, uint64_t **ids, size_t *count,
                                       struct fault *fault);
/* The one document; BAD_INPUT when several have the name. */
MUST_USE enum status document_resolve(const struct viewer *viewer, const struct address *address,
                                      struct arena *arena, uint64_t *id, struct fault *fault);
/* That the document has no such place. */
MUST_USE enum status refuse_place(const struct address *address, const char *name,
                                  struct fault *fault);

#endif

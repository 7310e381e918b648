/* citations.h - what the story says its words come from: abbreviations, issues, numbers of
 * documents. docs/statements.md. */
#ifndef CHECK_CITATIONS_H
#define CHECK_CITATIONS_H

#include "check/run.h"
#include "mention/citation.h"

MUST_USE enum status citations_judge(struct run *run, struct fault *fault);

/* Documents of the archive that a CITATION_NUMBER names, ascending, its own number first; none
 * where none is held. From the run's arena. */
MUST_USE enum status citations_named(struct run *run, const struct saying *saying,
                                     const struct citation *citation, uint64_t **documents,
                                     size_t *count, struct fault *fault);

#endif

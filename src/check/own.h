/* own.h - documents that hold the story itself: a story must not prove itself.
 *
 * The writer's own sentences are traced; a document in which most of them stand is a copy of the
 * story.
 */
#ifndef CHECK_OWN_H
#define CHECK_OWN_H

#include "check/run.h"

/* Ascending document numbers, from the run's arena. */
MUST_USE enum status own_find(struct run *run, uint64_t **documents, size_t *count,
                              struct fault *fault);

#endif

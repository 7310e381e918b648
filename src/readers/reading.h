/* reading.h - one batch, inside the worker: each item to its reader, and how it ended to the
 * parent. */
#ifndef READERS_READING_H
#define READERS_READING_H

#include "readers/reader.h"

/* Read all items from `input` and speak on `output`. Answers the worker's exit code: 0, or 1 when
 * nobody listens. */
int reading_run(const struct reader *const *readers, const struct batch_request *request, int input,
                int output);

#endif

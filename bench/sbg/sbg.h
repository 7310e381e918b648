/* sbg.h - stet under the protocol of Search Benchmark Game (quickwit-oss on GitHub).
 *
 * Index: lines of JSON, {"id": ..., "text": ...}. Serve: lines "COMMAND<tab>query"; each is
 * answered by one line at once: for COUNT and TOP_10_COUNT (any number) how many documents match,
 * for TOP_10 (any number) 1, as the engines of that benchmark do, and UNSUPPORTED for what is not
 * known here. Queries are `+all +of +these`, `any of these`, `"a phrase"`, and `-not`; a mixture of
 * wanted and merely welcome words is not supported: stet has no word that only raises the rank.
 */
#ifndef SBG_H
#define SBG_H

#include <stdio.h>

#include "base/buffer.h"
#include "base/fault.h"

/* A new archive at `path`, one document a line; their number in *count. BAD_INPUT names the line.
 */
MUST_USE enum status sbg_index(FILE *lines, const char *path, uint64_t *count, struct fault *fault);

/* Answer until the end of `in`. */
MUST_USE enum status sbg_serve(const char *path, FILE *in, FILE *out, struct fault *fault);

/* The query in stet's language; false for what is not supported. */
bool sbg_translate(const char *query, struct buffer *to);

#endif

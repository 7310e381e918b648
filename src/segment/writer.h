/* writer.h - parts in, one immutable segment file out.
 *
 * The writer tokenises (text/tokenize.h) and keeps postings in memory; the owner seals it when
 * writer_memory or writer_text grows past its budget. Same input, same bytes. A segment seals below
 * 2^31 word positions (OVER_LIMIT from add: seal and go on).
 */
#ifndef SEGMENT_WRITER_H
#define SEGMENT_WRITER_H

#include "base/scoped.h"
#include "segment/columns.h"
#include "text/span.h"

struct segment_writer;

MUST_USE enum status segment_writer_new(struct segment_writer **writer, struct fault *fault);
void segment_writer_free(struct segment_writer *writer);
CLOSER(segment_writer, segment_writer_free)

/* Add a part. Spans sorted. Fields (of the document; given with its first part only) become field
 * terms: every word of a searched field's value under its field word, and the whole folded value as
 * one term (segment/terms.h). */
MUST_USE enum status segment_writer_add(struct segment_writer *writer,
                                        const struct columns *columns, struct bytes text,
                                        const struct span *spans, size_t span_count,
                                        const struct field *fields, size_t field_count,
                                        struct fault *fault);
/* Bytes of memory held now; bytes of text added; parts added. */
size_t segment_writer_memory(const struct segment_writer *writer);
uint64_t segment_writer_text(const struct segment_writer *writer);
uint32_t segment_writer_parts(const struct segment_writer *writer);
/* Body words of all parts added since the last seal. */
uint64_t segment_writer_words(const struct segment_writer *writer);

/* Write, fsync and rename the file `name` into directory `dir`; the writer is empty afterwards and
 * can go on. The file's own checksum (of its footer, which covers all) for the catalog in *seal. */
MUST_USE enum status segment_writer_seal(struct segment_writer *writer, int dir, const char *name,
                                         uint64_t *seal, struct fault *fault);

#endif

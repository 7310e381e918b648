/* sink.h - a segment file while it is written: sections in order, a checksum a page, durable at the
 * end.
 *
 * Sticky: the first failure is kept and answered by sink_finish; what is written after it is
 * dropped. Until sink_finish answers OK nothing stands under the file's name; sink_release removes
 * what was begun.
 */
#ifndef SEGMENT_SINK_H
#define SEGMENT_SINK_H

#include "segment/layout.h"

struct sink {
    struct layout layout; /* the owner sets words, text_len, terms and parts */
    int dir;              /* private from here */
    int fd;
    const char *name;
    char *temporary;
    struct buffer page;
    struct buffer sums;
    uint64_t at;
    int section;
    enum status failed;
    struct fault first;
};

/* name is lent until sink_release. */
MUST_USE enum status sink_open(struct sink *sink, int dir, const char *name, struct fault *fault);
void sink_release(struct sink *sink);

/* End the section that stands open and begin this one: each once, in the order of enum section. */
void sink_section(struct sink *sink, enum section section);
void sink_write(struct sink *sink, struct bytes bytes);
/* Write what the buffer holds and clear it; its failure becomes the sink's. */
void sink_drain(struct sink *sink, struct buffer *from);
/* Bytes of the section that stands open. */
uint64_t sink_section_len(const struct sink *sink);

/* A file without a name beside the segment, for what must be kept until its section begins. */
MUST_USE enum status sink_spill_open(const struct sink *sink, int *fd, struct fault *fault);

/* Write the footer, sync, rename, sync the directory. */
MUST_USE enum status sink_finish(struct sink *sink, uint64_t *seal, struct fault *fault);

#endif

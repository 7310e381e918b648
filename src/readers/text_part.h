/* text_part.h - text of any length becomes a document's parts: cut, recognised by record/, sent.
 *
 * What the readers of text share. Feed text as it comes; parts of at most PART_MAX leave on the
 * way, cut at a line end, a blank or a whole character. The first part decides kind and fields.
 */
#ifndef READERS_TEXT_PART_H
#define READERS_TEXT_PART_H

#include "readers/reader.h"
#include "record/doubt.h"

struct text_parts {
    struct sink *sink;
    struct bytes name;       /* the file's, a claim */
    enum document_kind kind; /* what record/ calls plain text, is called this */
    const struct field
        *fields; /* the reader's own, sent after record/'s unless that found one of the name */
    size_t field_count;
    const struct span_list *own; /* spans over the whole text, or NULL: paragraphs and pages in
                                    place of record/'s, the others beside them; values lent */
    bool own_yields;             /* own paragraphs only where record/ finds plain text */
    struct buffer pending;       /* private: valid UTF-8 not yet sent */
    size_t sent;                 /* private: bytes sent before it */
    bool is_begun;               /* private */
    struct doubt doubt;          /* private: of the parts that are scans */
};

/* Text is appended to parts->pending by the caller; this sends what is more than one part. */
MUST_USE enum status text_parts_flow(struct text_parts *parts, struct fault *fault);
/* All of the rest, and no end: other parts may follow. */
MUST_USE enum status text_parts_rest(struct text_parts *parts, struct fault *fault);
/* The rest, and the document's end. A document without text has no part. A full reading of a scan
 * in which more than one word in ten looks misread (record/doubt.h) ends DOUBTFUL, with the share
 * as a reason. */
MUST_USE enum status text_parts_end(struct text_parts *parts, enum verdict verdict,
                                    struct bytes reason, struct fault *fault);
void text_parts_release(struct text_parts *parts);

/* A text that is no document of its own (notes, comments) as parts of that name. Spans sorted. */
MUST_USE enum status text_part_send(struct sink *sink, struct bytes name, struct bytes text,
                                    const struct span_list *spans, struct fault *fault);

#endif

/* listen.h - one document out of a worker's messages, part by part, as the archive's writer pulls
 * it. */
#ifndef INTAKE_LISTEN_H
#define INTAKE_LISTEN_H

#include "archive/writer.h"
#include "worker/worker.h"

/* Listens to one batch; {.batch = ...} is a fresh one. */
struct listener {
    struct worker_batch *batch;
    struct message message; /* the last one taken */
    bool has_failed;        /* the worker failed; `words` say how */
    struct fault words;
    struct arena arena; /* of the document in hand */
    struct field_list fields;
    struct buffer text; /* of the part in hand */
    struct buffer span_bytes;
    struct span_list spans;
    struct bytes part_name;
    bool part_waits;         /* a PART message was taken, its text not yet */
    enum document_kind kind; /* of the document in hand, as the reader says */
    bool has_text;           /* the document in hand has a word outside furniture, and is no stub */
};

/* The next message, skipping nothing. OK; or the worker failed: has_failed is set and BAD_INPUT
 * answered. */
MUST_USE enum status listener_step(struct listener *listener, struct fault *fault);
/* After a MESSAGE_DOCUMENT: prepare `document` to be pulled by the writer. */
MUST_USE enum status listener_document(struct listener *listener, struct new_document *document,
                                       struct fault *fault);
/* After a MESSAGE_DOCUMENT: hear it to its end and forget it. */
MUST_USE enum status listener_pass_over(struct listener *listener, struct fault *fault);
void listener_release(struct listener *listener);

#endif

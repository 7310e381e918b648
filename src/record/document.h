/* document.h - what a reader says of a document beside its text: fields, each with what it was read
 * from.
 *
 * Lives in record/ (who reads fields) and is repeated to the catalog through wire/; values are
 * UTF-8.
 */
#ifndef RECORD_DOCUMENT_H
#define RECORD_DOCUMENT_H

#include "base/arena.h"
#include "text/field.h"
#include "text/span.h"

/* One document as read from plain text. Text and values are lent from the arena or from the input.
 */
struct document {
    enum document_kind kind;
    struct field_list fields;
    struct span_list spans;
};

/* Recognise the kind of `text` (layout kept, valid UTF-8) and read its fields and spans; never
 * fails on content: what is not recognised is KIND_TEXT with paragraphs at blank lines. file_name
 * is a claim: used for aliases only. */
MUST_USE enum status document_read(struct bytes text, struct bytes file_name, struct arena *arena,
                                   struct document *document, struct fault *fault);
void document_release(struct document *document);

#endif

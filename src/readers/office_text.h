/* office_text.h - text in the making out of a word processor's markup: paragraphs one to a line,
 * spans over them.
 *
 * One for the body, one for each kind of text that stands beside it. Failing is sticky.
 */
#ifndef READERS_OFFICE_TEXT_H
#define READERS_OFFICE_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "text/span.h"

/* More text than this of one document is left aside. */
enum { OFFICE_TEXT_MAX = 64 << 20 };

struct office_text {
    struct buffer text;
    struct span_list spans;
    bool is_cut;    /* text was left aside */
    bool is_open;   /* private from here on: a paragraph */
    uint32_t start; /* of the open paragraph */
    enum status failed;
};

void office_paragraph_begin(struct office_text *to);
/* Close the open paragraph: its spans and its line end. An empty one is an empty line. `mark`:
 * SPAN_HEADING, SPAN_FURNITURE, SPAN_NOTE or SPAN_DELETED over it, SPAN_PARAGRAPH for none. */
void office_paragraph_end(struct office_text *to, enum span_kind mark, struct bytes value);
/* Opens a paragraph where none is. */
void office_text_append(struct office_text *to, struct bytes text);
/* `start` to the present end, when that is not empty; the value is lent. */
void office_text_span(struct office_text *to, enum span_kind kind, size_t start,
                      struct bytes value);
/* `from`'s paragraphs behind those of `to`. */
void office_text_join(struct office_text *to, const struct office_text *from);
void office_text_release(struct office_text *text);

#endif

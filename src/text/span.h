/* span.h - what stands over a run of a part's text: one structure for wire, segment and catalog.
 *
 * A part is UTF-8 text of at most PART_MAX bytes; a span names a run of its bytes. Spans of a part
 * are sorted by start, then by descending end, then by kind; spans of different kinds may nest or
 * overlap.
 */
#ifndef TEXT_SPAN_H
#define TEXT_SPAN_H

#include "base/buffer.h"
#include "base/cursor.h"

enum { PART_MAX = 16 << 20 }; /* bytes of text of one part; longer text goes on in the next part */
enum { SPAN_VALUE_MAX = 1024 };

enum span_kind {
    SPAN_PARAGRAPH, /* value: the printed number ("15"), or empty */
    SPAN_PAGE,      /* value: the page's printed number, or its ordinal */
    SPAN_FURNITURE, /* takes no word position: page heads, section lines, banners, printed numbers,
                       anchors */
    SPAN_PORTION,   /* a portion mark inside furniture; value: its canonical form ("SBU", "S/NF") */
    SPAN_HEAD, /* header lines of a document; value: the field's name where one line is one field */
    SPAN_VOICE,    /* who writes or speaks here; value: the name as printed */
    SPAN_WITHHELD, /* X's, bars, bracketed removals; value: the exemption code or the note, or empty
                    */
    SPAN_DOUBTFUL, /* a scan or conversion that may be wrong */
    SPAN_INSERTED,
    SPAN_DELETED,
    SPAN_NOTE, /* an editor's words, not the author's */
    SPAN_LINK, /* value: what it refers to */
    SPAN_HEADING,
    SPAN_KINDS,
};

struct span {
    enum span_kind kind;
    uint32_t start;     /* bytes from the start of the part */
    uint32_t end;       /* one past the last; start <= end */
    struct bytes value; /* UTF-8, at most SPAN_VALUE_MAX bytes, lent */
};

/* An array that grows; values are lent and must outlive it. {0} is empty. */
struct span_list {
    struct span *at;
    size_t count;
    size_t room; /* private */
};

MUST_USE enum status span_list_add(struct span_list *list, struct span span, struct fault *fault);
void span_list_sort(struct span_list *list);
void span_list_release(struct span_list *list);

/* One span as bytes: kind u8, start varint, length varint, value string. Used on the wire and in
 * segments. */
void span_encode(const struct span *span, struct buffer *to);
/* Bad cursor when kind, order or bounds (end <= text_len) break. The value is lent from the
 * cursor's bytes. */
bool span_decode(struct cursor *from, size_t text_len, struct span *span);

const char *span_kind_word(enum span_kind kind);

/* The innermost span of `kind` that covers byte `at`, or NULL. Spans sorted. */
const struct span *span_covering(const struct span *spans, size_t count, enum span_kind kind,
                                 uint32_t at);

#endif

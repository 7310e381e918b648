/* held.h - documents a story was traced to, opened for reading, and places in them to be cited.
 *
 * Parts are opened once a check and kept in the run's arena, up to a bound of bytes.
 */
#ifndef CHECK_HELD_H
#define CHECK_HELD_H

#include "check/run.h"
#include "text/span.h"

enum { HELD_BYTES_MAX = 64 << 20, HELD_DOCUMENTS_MAX = 64 };

/* One part of a document, whole. */
struct held {
    uint64_t document;
    uint32_t part; /* 1 is the first */
    size_t segment;
    uint32_t number;
    struct bytes text; /* literal, furniture and all */
    const struct span *spans;
    size_t span_count;
    struct bytes shown; /* the same bytes with furniture blanked */
    struct held *next;  /* private */
};

/* The part, or *held NULL: not there, not seen, or the bound is reached (then run->held_is_cut). */
MUST_USE enum status held_part(struct run *run, uint64_t document, uint32_t part,
                               const struct held **held, struct fault *fault);

/* A passage of a traced or probable quotation: where the words beside a statement come from. */
struct held_passage {
    uint64_t document;
    uint32_t part;
    uint32_t start, end; /* bytes of the part */
    const struct statement *statement;
};
/* Passages of quotations whose own place in the story lies within [start, end), in story order;
 * answers how many there are, at most `room` are written. The whole story: 0, UINT32_MAX. */
size_t held_passages(const struct run *run, uint32_t start, uint32_t end, struct held_passage *to,
                     size_t room);
/* Different documents among them, in the order of their first passage. */
size_t held_documents(const struct run *run, uint64_t *to, size_t room);

/* The bytes of the paragraph that covers `at`; where there is none, the lines around up to blank
 * ones. */
void held_paragraph(const struct held *held, uint32_t at, uint32_t *start, uint32_t *end);

/* Cite [start, end) of a part that is held. */
MUST_USE enum status held_cite(struct run *run, const struct held *held, uint32_t start,
                               uint32_t end, struct cited *cited, struct fault *fault);

#endif

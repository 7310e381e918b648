/* surface.h - how words stand in the text, for queries that ask for case and accents as typed. */
#ifndef SEARCH_SURFACE_H
#define SEARCH_SURFACE_H

#include "segment/segment.h"

struct surface {
    uint32_t start, end;
};

/* The words of one part at a time. {0} with segment set is empty. */
struct surfaces {
    const struct segment *segment;
    bool is_loaded; /* private from here */
    uint32_t part;
    struct buffer text;
    struct surface *words[2]; /* body, furniture */
    size_t counts[2], rooms[2];
};

MUST_USE enum status surfaces_load(struct surfaces *surfaces, uint32_t part, struct fault *fault);
/* Whether the word at a position of the part loaded is written so: invisible characters, the hyphen
 * of a line end and a possessive aside. */
bool surface_is(const struct surfaces *surfaces, bool is_furniture, uint32_t position,
                struct bytes typed);
void surfaces_release(struct surfaces *surfaces);

#endif

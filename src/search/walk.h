/* walk.h - where words, phrases and NEAR stand: part by part, with positions.
 *
 * A walk is made of a NODE_WORDS, or of a NODE_NEAR or NODE_OR of them, over one segment, in one
 * space: the body (or the words' field), or the furniture.
 */
#ifndef SEARCH_WALK_H
#define SEARCH_WALK_H

#include "search/plan.h"
#include "search/surface.h"
#include "segment/postings.h"

enum walk_space { WALK_BODY, WALK_FURNITURE };
enum { WALK_TERMS_MAX = 4096 };

struct stretch {
    uint32_t first, last; /* word positions, both inclusive */
};

/* A word of a phrase, or two neighbours of which the segment keeps a list. */
struct element {
    struct walk *child;
    uint32_t offset; /* of its word after the first of the phrase */
};

struct walk {
    uint32_t part;             /* where it stands, or POSTINGS_END */
    struct stretch *stretches; /* of the part, after walk_read; ascending by first */
    size_t count;
    size_t room; /* private from here */
    const struct node *node;
    enum walk_space space;
    struct surfaces *surfaces;
    uint32_t *positions; /* of a single word, or of the starts of a phrase */
    size_t position_count, positions_room;
    uint32_t read;          /* stretches are of this part, plus one */
    struct postings *lists; /* of a single word or pair */
    size_t list_count;
    uint64_t parts; /* of all lists */
    struct walk *
        *children; /* distinct words and pairs of a phrase; sides of NEAR; branches of OR */
    size_t child_count;
    struct element *elements; /* of a phrase, those in the fewest parts first */
    size_t element_count;
};

/* *walk is NULL when nothing of it is in the segment. `surfaces` may be NULL when no word is exact.
 * OVER_LIMIT when more than WALK_TERMS_MAX terms would have to be walked side by side, unless
 * `partly`: then the first of them, and no lists of pairs are looked up (for one document). */
MUST_USE enum status walk_new(const struct plan *plan, const struct node *node,
                              enum walk_space space, struct surfaces *surfaces, bool partly,
                              struct walk **walk, struct fault *fault);
void walk_free(struct walk *walk);
CLOSER(walk, walk_free)
/* To the first part >= `part` that may hold it; never back. */
MUST_USE enum status walk_seek(struct walk *walk, uint32_t part, struct fault *fault);
/* Fill stretches for the part where it stands; there may be none. */
MUST_USE enum status walk_read(struct walk *walk, struct fault *fault);
/* Whether there is any: often known by the first positions alone. */
MUST_USE enum status walk_holds(struct walk *walk, bool *holds, struct fault *fault);
/* There are not more than so many in the part where it stands. */
uint32_t walk_count_most(const struct walk *walk);

#endif

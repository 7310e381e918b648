/* sighting.h - where the words of a query stand in one document that matches. */
#ifndef SEARCH_SIGHTING_H
#define SEARCH_SIGHTING_H

#include "search/match.h"

struct sighting {
    uint32_t first, last; /* word positions */
    uint32_t node;        /* id of the query's node */
};

struct sighting_list {
    struct sighting *at; /* by first */
    size_t count;
    size_t room;
    uint32_t part; /* of the segment */
    bool is_furniture;
};

/* In the part of the document that shows most of what was asked; none when only fields or filters
 * matched. */
MUST_USE enum status sighting_list_find(const struct plan *plan, const struct query *query,
                                        const struct match *match, struct sighting_list *sightings,
                                        struct fault *fault);
/* In one part of the plan's segment, its body, else its furniture. */
MUST_USE enum status sighting_list_part(const struct plan *plan, const struct query *query,
                                        uint32_t part, struct sighting_list *sightings,
                                        struct fault *fault);
void sighting_list_release(struct sighting_list *sightings);
/* The run of at most `words` word positions that shows most different nodes, then most sightings.
 */
void sighting_list_window(const struct sighting_list *sightings, const struct query *query,
                          uint32_t words, size_t *first, size_t *count);

#endif

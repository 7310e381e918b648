/* facets_count.h - the documents of a result, counted by what their columns say. */
#ifndef SEARCH_FACETS_COUNT_H
#define SEARCH_FACETS_COUNT_H

#include <stet/facets.h>

#include "archive/origins.h"
#include "search/match.h"
#include "search/viewer.h"
#include "search/window.h"

struct tally_slot {
    int64_t key; /* of kinds, classes, years, months, languages; number of an origin */
    uint64_t count, inferred;
};

/* Counts by key. {0} is empty. */
struct tally {
    struct tally_slot *at; /* heap; a table by hash, count 0: free */
    size_t used, room;
    uint64_t without;
};
void tally_release(struct tally *tally);

struct facet_counts {
    const struct viewer *viewer;
    unsigned wanted; /* a bit per facet */
    struct tally tallies[STET_FACETS];
    const struct collection_row *collections; /* by number in the tally */
    size_t collection_count;
    struct origin *origins; /* heap: over all segments, numbers from 1 */
    size_t origin_count, origin_room;
    size_t segment; /* private: whose origins are in `numbers`, plus one */
    const struct origins *column;
    uint32_t *numbers; /* heap: of the segment's origins, their numbers over all */
};
void facet_counts_release(struct facet_counts *counts);

/* A match_seen, the context being the counts. */
MUST_USE enum status facet_counts_add(void *context, size_t segment, const struct window *window,
                                      const uint64_t *heads, struct fault *fault);

#endif

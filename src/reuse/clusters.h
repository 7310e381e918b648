/* clusters.h - places that are one place, and clusters that are one passage: what stage 4 keeps in
 * memory while it joins them. */
#ifndef REUSE_CLUSTERS_H
#define REUSE_CLUSTERS_H

#include "reuse/inside.h"

#define BETWEEN_DOCUMENTS 0x80000000u

/* By node: 12 bytes each. A value type; {0} is empty. */
struct clusters {
    uint32_t *first;  /* the first node of its cluster, or one nearer to it */
    uint32_t *shared; /* of the first node: the most words that a match of the cluster shares, and
                         BETWEEN_DOCUMENTS, unless all its matches are between copies */
    uint32_t *bits;   /* the same */
    uint32_t count;
};

/* Matches become nodes (two that overlap by half of the longer are one) and nodes clusters;
 * TAPE_NODES is written. OVER_LIMIT when the clusters need more than the budget. */
MUST_USE enum status clusters_make(struct reuse *reuse, struct clusters *clusters,
                                   struct fault *fault);
uint32_t clusters_first(const struct clusters *clusters, uint32_t node);
void clusters_release(struct clusters *clusters);

#endif

/* pair.h - what was said in private and what was said in public, on one query, by date.
 *
 * The side belongs to the membership: a document that stands in a private and in a public
 * collection of the scope is an entry of each side.
 */
#ifndef STET_PAIR_H
#define STET_PAIR_H

#include <stet/search.h>

enum stet_side { STET_PRIVATE, STET_PUBLIC, STET_SIDES };

struct stet_pair_entry {
    enum stet_side side;
    struct stet_hit hit;
};

struct stet_pair {
    uint64_t total[STET_SIDES];
    uint64_t undated[STET_SIDES]; /* of them, without or with only an inferred date: they stand
                                     last */
    bool is_cut;
    const struct stet_pair_entry *at; /* by date; private before public on one day */
    size_t count;
    const char *understood;
};

/* Order, skip and most of the query are of both sides together; STET_BY_RANK is taken as by date.
 */
enum stet_status stet_pair_make(struct stet_archive *archive, const struct stet_query *query,
                                const struct stet_pair **pair, struct stet_fault *fault);
void stet_pair_free(const struct stet_pair *pair);

#endif

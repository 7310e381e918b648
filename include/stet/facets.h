/* facets.h - what a result is made of, and how a query that finds nothing could find something.
 *
 * Counts are of documents, exact, within the query's scope and collections; what a time budget cut
 * short says so. All strings are lent until the answer is freed.
 */
#ifndef STET_FACETS_H
#define STET_FACETS_H

#include <stet/search.h>

enum stet_facet {
    STET_FACET_COLLECTION,
    STET_FACET_KIND,
    STET_FACET_ORIGIN,
    STET_FACET_CLASS, /* by rank: "none" is a value of its own, those that state none */
    STET_FACET_YEAR,  /* stated and inferred dates alike, as date: finds them */
    STET_FACET_MONTH, /* those dated by a year alone count as without */
    STET_FACET_LANGUAGE,
    STET_FACETS,
};

struct stet_facet_value {
    const char *value; /* as people read it: "Embassy Elmira", "2009-10" */
    const char *term;  /* added to the query it finds these: date:2009-10; "" when none does */
    uint64_t count;
    uint64_t inferred; /* of dates: how many rest on an inferred one */
};

struct stet_facet_list {
    const struct stet_facet_value *at; /* the most frequent first; years and months by time */
    size_t count;
    uint64_t distinct; /* values there are, those left out too */
    uint64_t without;  /* documents that have none */
};

struct stet_facets {
    uint64_t total; /* documents of the result */
    bool is_cut;    /* then all counts are "at least" */
    struct stet_facet_list lists[STET_FACETS];
};

/* `wanted`: a bit per facet (1 << STET_FACET_YEAR); others stay empty. `most` values of each,
 * 0: 20; of years and months the most frequent are kept. Query text may be "": all documents. */
enum stet_status stet_facets_make(struct stet_archive *archive, const struct stet_query *query,
                                  unsigned wanted, size_t most, const struct stet_facets **facets,
                                  struct stet_fault *fault);
void stet_facets_free(const struct stet_facets *facets);
/* "collection", "kind", "origin", "class", "year", "month", "language". Static. */
const char *stet_facet_name(enum stet_facet facet);

/* One of the things that a query asks all of. */
struct stet_term {
    const char *words;     /* in the query language */
    const char *said;      /* in words: "dated from 2009-01-01" */
    const char *without;   /* the query without it; "" when nothing is left */
    uint64_t count;        /* documents that have this alone */
    uint64_t if_dropped;   /* documents of the query without it */
    const char *near;      /* a spelling that is there, nearest to a word of it that is not; "" */
    uint64_t near_count;   /* documents that have it */
    const char *with_near; /* the query with that spelling; "" */
};

struct stet_terms {
    const struct stet_term *at; /* as they stand in the query */
    size_t count;
    uint64_t total; /* documents of the query */
    bool is_cut;
    uint64_t without_text; /* documents of the scope that no word can find */
};
/* `counted`: false leaves counts and near spellings out, which costs nothing then. */
enum stet_status stet_terms_make(struct stet_archive *archive, const struct stet_query *query,
                                 bool counted, const struct stet_terms **terms,
                                 struct stet_fault *fault);
void stet_terms_free(const struct stet_terms *terms);

/* Many queries, one line each: how many documents, and the best. */
struct stet_list_line {
    const char *text; /* as given */
    uint64_t total;
    bool is_cut;
    const char *refused;         /* why it could not be taken; "" */
    const struct stet_hit *best; /* NULL: none */
};
typedef int stet_list_told(void *context, const struct stet_list_line *line);
/* Scope, collections, order and budget (of each) are `like`'s. as_phrases: each is words in a row,
 * not the query language. A value other than 0 stops. */
enum stet_status stet_search_list(struct stet_archive *archive, const struct stet_query *like,
                                  bool as_phrases, const char *const *texts, size_t count,
                                  stet_list_told *told, void *context, struct stet_fault *fault);

#endif

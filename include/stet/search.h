/* search.h - which documents answer? */
#ifndef STET_SEARCH_H
#define STET_SEARCH_H

#include <stet/archive.h>
#include <stet/scope.h>

enum stet_order { STET_BY_RANK, STET_BY_DATE, STET_BY_DATE_DOWN };

struct stet_query {
    const char *text;               /* the query language of docs/search.md */
    const char *const *collections; /* NULL: all */
    size_t collection_count;
    enum stet_order order;
    uint64_t skip;          /* for paging: no cap */
    uint32_t most;          /* hits wanted; 0: 10 */
    bool exact;             /* case and accents as typed */
    uint32_t snippet_bytes; /* 0: 240 */
    uint32_t budget_ms;     /* of matching; 0: 5,000 */
    const int *stop; /* matching ends, cut, when another thread makes it not 0; NULL: never */
    struct stet_scope scope; /* what the person who asks may see; {0}: everything */
};

struct stet_hit {
    const char *name;       /* of the document */
    const char *address;    /* of the best paragraph */
    const char *date;       /* "2010-01-29", "~2010-01-29", "" */
    const char *date_basis; /* "" when stated */
    const char *origin, *class_name, *title, *kind;
    const char *file;    /* its file's name, where it has neither number nor title; else "" */
    const char *snippet; /* one line, no control bytes; matches between \x02 and \x03 */
    double score;        /* 0 within a limited scope: it would tell of documents outside */
};

struct stet_answer;
/* STET_BAD_INPUT says in words what is wrong with the query (unknown field, unbalanced quotes,
 * ...). */
enum stet_status stet_search(struct stet_archive *archive, const struct stet_query *query,
                             struct stet_answer **answer, struct stet_fault *fault);
void stet_answer_free(struct stet_answer *answer);

uint64_t stet_answer_total(const struct stet_answer *answer);   /* documents that match, exact */
uint64_t stet_answer_undated(const struct stet_answer *answer); /* of them, without or with only an
                                                                   inferred date; 0 by rank */
size_t stet_answer_count(const struct stet_answer *answer);
const struct stet_hit *stet_answer_hit(const struct stet_answer *answer, size_t index);
/* How the query was understood, in one line; the coverage line of the scope. */
const char *stet_answer_understood(const struct stet_answer *answer);
const char *stet_answer_coverage(const struct stet_answer *answer);
/* True when a time or work budget ended it: the total is then "at least". */
bool stet_answer_is_cut(const struct stet_answer *answer);

#endif

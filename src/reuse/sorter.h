/* sorter.h - sort more records than memory holds: sorted runs on tapes, then one merge.
 *
 * A record is `words` 64-bit numbers, compared by its first `keys`; equal ones keep the order in
 * which they were added, so that the same input sorts to the same bytes. Runs are tapes NAME-0,
 * NAME-1, ... of the folder and outlive the sorter: what was sorted can be merged again after a
 * kill.
 */
#ifndef REUSE_SORTER_H
#define REUSE_SORTER_H

#include "reuse/tape.h"

enum { SORTER_WORDS_MAX = 8, SORTER_RUNS_MAX = 900 };

/* What is sorted, and where its runs stand. */
struct sorting {
    int dir;
    const char *name; /* at most 16 letters */
    uint32_t words, keys;
};

/* A value type; {0} is empty. */
struct sorter {
    struct sorting of;
    uint64_t *at;    /* private */
    uint64_t *spare; /* private: the other half of the memory */
    size_t count, room;
    uint32_t runs; /* written */
};

/* Uses at most `memory` bytes, never less than what a thousand records take. */
MUST_USE enum status sorter_begin(struct sorter *sorter, const struct sorting *of, size_t memory,
                                  struct fault *fault);
MUST_USE enum status sorter_add(struct sorter *sorter, const uint64_t *record, struct fault *fault);
/* The last run; sorter->runs is then what merge_begin needs. OVER_LIMIT above SORTER_RUNS_MAX. */
MUST_USE enum status sorter_end(struct sorter *sorter, struct fault *fault);
void sorter_release(struct sorter *sorter);

/* A value type; {0} is empty. */
struct merge {
    struct sorting of;
    struct tape *runs;   /* private */
    uint64_t *heads;     /* private: the record each run stands at */
    uint32_t *heap;      /* private: runs by their heads */
    uint32_t run_count;  /* private: of all */
    uint32_t heap_count; /* private: of those not at their end */
    uint64_t lent[SORTER_WORDS_MAX];
};

MUST_USE enum status merge_begin(struct merge *merge, const struct sorting *of, uint32_t runs,
                                 struct fault *fault);
/* The next record, lent until the next call; NULL at the end. */
MUST_USE enum status merge_next(struct merge *merge, const uint64_t **record, struct fault *fault);
void merge_release(struct merge *merge);
/* Unlink the runs. */
void sorting_remove(const struct sorting *of, uint32_t runs);

#endif

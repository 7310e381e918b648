/* inside.h - a comparison as its stages see it.
 *
 * Each stage reads tapes of the one before and leaves its own; what a stage used alone is removed
 * when the next has ended. docs/FORMAT.md "Reuse stages" has every record.
 */
#ifndef REUSE_INSIDE_H
#define REUSE_INSIDE_H

#include <stet/reuse.h>

#include "base/hash.h"
#include "reuse/census.h"
#include "reuse/sorter.h"
#include "reuse/winnow.h"

enum reuse_stage { STAGE_NONE, STAGE_SHINGLES, STAGE_HITS, STAGE_MATCHES, STAGE_PASSAGES };

/* Figures that outlive a kill; the order is that of the state file. */
enum reuse_figure {
    FIGURE_STAGE,
    FIGURE_SHINGLE_RUNS,
    FIGURE_SHINGLES,
    FIGURE_HIT_RUNS,
    FIGURE_DROPPED_RUNS,
    FIGURE_FORMULAS,
    FIGURE_FORMULA_PLACES,
    FIGURE_PAIRS,
    FIGURE_MATCHES,
    FIGURE_WEAK,
    FIGURE_ORDER_RUNS,
    FIGURE_FORMULA_RUNS,
    FIGURE_PASSAGES, /* and the two classes behind it */
    FIGURE_IN_COPIES,
    FIGURE_BOILERPLATE,
    FIGURES,
};

#define TAPE_WORDS   "words"   /* u32: hash of each word of each part */
#define TAPE_COUNTS  "counts"  /* u32: rarity */
#define TAPE_MATCHES "matches" /* struct match */
#define TAPE_COPIES  "copies"  /* u32 for each document */
#define TAPE_NODES   "nodes"   /* struct node */
#define TAPE_PLACES  "places"  /* struct node, clusters one after the other */

struct match {
    uint32_t a_part, a_start, a_end;
    uint32_t b_part, b_start, b_end;
    uint32_t shared, differences, bits;
};
struct node {
    uint32_t part, start, end;
};

/* Sorted: name, words of a record, words compared. */
enum reuse_sorting {
    SORT_SHINGLES, /* shingle; part and word */
    SORT_HITS,     /* both parts; both words */
    SORT_DROPPED,  /* part and word; places */
    SORT_PLACES,   /* part and start; end, from the latest; match and side */
    SORT_ENDS,     /* match and side; node */
    SORT_MEMBERS,  /* cluster and part; start and end */
    SORT_ORDER,    /* class and words; name, 16 bytes; part and start; first place; counts; bits */
    SORT_FORMULAS, /* places; part and start; end */
};

struct stet_reuse {
    struct archive *archive;
    struct snapshot *snapshot;
    int dir, lock;
    struct stet_reuse_options options; /* with values in place of zeros */
    struct arena arena;                /* scopes */
    struct census_scope from, to;
    struct census census;
    uint8_t key[HASH_KEY_LEN];
    struct hash moment; /* of snapshot, scopes and options */
    uint64_t figures[FIGURES];
    struct rarity rarity;
    bool went_on, began_again, is_stopped;
    uint64_t touched;        /* bytes of text read since the segments rested */
    struct reading *reading; /* where the report stands, or NULL */
};
#define reuse stet_reuse

/* Asked for bytes that ascend: whether a header line covers them. */
struct head_walk {
    const struct span *spans;
    size_t count, next;
    uint32_t end; /* of the header lines that began */
};
static inline bool head_covers(struct head_walk *walk, uint32_t at)
{
    for (; walk->next < walk->count && walk->spans[walk->next].start <= at; walk->next++)
        if (walk->spans[walk->next].kind == SPAN_HEAD && walk->spans[walk->next].end > walk->end)
            walk->end = walk->spans[walk->next].end;
    return at < walk->end;
}

struct sorting reuse_sorting(const struct reuse *reuse, enum reuse_sorting of);
/* Bytes that a sorter may take while `sorters` of them are open. */
size_t reuse_memory(const struct reuse *reuse, size_t sorters);
/* Tell progress; OVER_LIMIT when asked to stop (reuse->is_stopped). */
MUST_USE enum status reuse_go_on(struct reuse *reuse, const char *stage, uint64_t done,
                                 uint64_t total, struct fault *fault);

/* Count text read from segments; now and then their pages are given back. */
void reuse_touch(struct reuse *reuse, size_t bytes);

/* state.c: the state file; a folder that holds another moment's work, or damaged work, is emptied.
 */
MUST_USE enum status state_load(struct reuse *reuse, struct fault *fault);
MUST_USE enum status state_save(struct reuse *reuse, enum reuse_stage stage, struct fault *fault);
void state_clear(struct reuse *reuse);

/* Stages, one file each. */
MUST_USE enum status stage_shingles(struct reuse *reuse, struct fault *fault);
MUST_USE enum status stage_hits(struct reuse *reuse, struct fault *fault);
MUST_USE enum status stage_matches(struct reuse *reuse, struct fault *fault);
MUST_USE enum status stage_passages(struct reuse *reuse, struct fault *fault);

#endif

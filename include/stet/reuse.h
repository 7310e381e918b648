/* reuse.h - what stands in both? Passages that documents of one scope share with documents of
 * another.
 *
 * Any 8 words in a row that two documents share are found, unless they are formulas that stand in
 * more places than the band allows; those are counted and listed apart. A document is never held
 * against itself or a copy of itself. Works inside the archive's folder `reuse/`, within a budget
 * of memory; when it was ended, the same call goes on from its last finished stage.
 */
#ifndef STET_REUSE_H
#define STET_REUSE_H

#include <stet/archive.h>

struct stet_reuse_progress {
    const char *stage; /* in words */
    uint64_t done, total;
};

enum { STET_REUSE_SHORTEST = 8, STET_REUSE_BAND = 100 };

struct stet_reuse_options {
    const char *const *from; /* names of collections, or `private` and `public`; NULL: everything */
    size_t from_count;
    const char *const *to; /* NULL: the same as from */
    size_t to_count;
    uint32_t min_words; /* shared words of a passage; 0: STET_REUSE_SHORTEST, which is the least */
    uint32_t min_bits;  /* rarity of them; 0: 90 in 10^8 words, 3.3 less for each tenth of that */
    uint32_t band;      /* places above which a formula is not followed; 0: STET_REUSE_BAND */
    uint64_t memory;    /* bytes; 0: 256 MiB */
    void (*progress)(void *context, const struct stet_reuse_progress *progress);
    void *context;
    const volatile int *stop; /* set to end after the document in hand; may be NULL */
};

struct stet_reuse_sum {
    uint64_t from_documents, to_documents, documents, words;
    uint64_t shingles; /* kept of all */
    uint64_t formulas; /* shingles above the band, that both sides hold */
    uint64_t formula_places;
    uint64_t pairs;               /* of parts that share a shingle */
    uint64_t matches;             /* of two places, long and rare enough */
    uint64_t weak;                /* matches that were too short or too common */
    uint32_t min_words, min_bits; /* as asked, or as they are unless asked */
    uint64_t passages, passages_in_copies, boilerplate; /* clusters of places */
    uint64_t copies;  /* documents that are copies of an earlier one: twins, versions, replies */
    bool went_on;     /* from a stage finished earlier */
    bool began_again; /* what was begun earlier belonged to another moment or other options */
    bool stopped;     /* by `stop` */
    char coverage[512];
};

enum stet_reuse_class {
    STET_REUSE_PASSAGE,     /* stands in several documents */
    STET_REUSE_COPIES,      /* only in copies of one document */
    STET_REUSE_BOILERPLATE, /* in many documents of one series */
    STET_REUSE_FORMULA,     /* above the band: not followed, one place shown */
};

struct stet_reuse_place {
    const char *address; /* NAME#p15 */
    const char *name;
    const char *date;       /* "2010-01-29", "~2010-01-29", "" */
    const char *date_basis; /* "" when stated */
    bool is_from, is_to;
    uint32_t words;          /* shared with the first place, word for word */
    uint32_t differences;    /* places between them where they part */
    const char *const *also; /* names of the copies of the document */
    size_t also_count;
};

struct stet_reuse_cluster {
    enum stet_reuse_class class;
    const char *text; /* as at the first place, one line, no control bytes */
    uint32_t words;   /* the most that two places share */
    uint32_t bits;
    uint64_t documents;                    /* copies count as one; of a formula: places */
    const struct stet_reuse_place *places; /* the earliest dated first */
    size_t place_count;
};

struct stet_reuse;

/* STET_NOT_FOUND: a collection that does not exist; STET_BUSY: another comparison runs in this
 * archive. Stopped: STET_OK, sum->stopped, and *reuse NULL. */
enum stet_status stet_reuse_run(struct stet_archive *archive,
                                const struct stet_reuse_options *options, struct stet_reuse **reuse,
                                struct stet_reuse_sum *sum, struct stet_fault *fault);
/* The clusters of the classes asked for (a bit each: 1 << class): passages by words, then those in
 * copies, then boilerplate, then formulas by count; equal ones by address. Lent until the next
 * call; NULL at the end. */
enum stet_status stet_reuse_next(struct stet_reuse *reuse, unsigned classes,
                                 const struct stet_reuse_cluster **cluster,
                                 struct stet_fault *fault);
/* Removes the folder unless `is_kept` (what was found can be asked again without work). */
void stet_reuse_free(struct stet_reuse *reuse, bool is_kept);

#endif

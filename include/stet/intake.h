/* intake.h - files become documents: walk, read in confined workers, commit, ledger. */
#ifndef STET_INTAKE_H
#define STET_INTAKE_H

#include <stet/archive.h>

/* Where intake stands; figures are of this run. */
struct stet_progress {
    uint64_t files_seen, bytes_seen; /* met by the walk so far (all, once walk_ended) */
    uint64_t files_done, bytes_done; /* accounted for in the ledger */
    uint64_t files_unchanged;        /* there already, same bytes */
    uint64_t documents;
    double seconds;
    bool walk_ended;
    const char *path; /* the file in hand, escaped; valid during the call */
};

struct stet_add_options {
    const char *collection; /* NULL: named after the folder of the first path */
    bool is_public;     /* the record side of a collection that is made now; private by default */
    bool retry;         /* also files that were not read in full before */
    bool is_story;      /* every document gets kind:story */
    const char *worker; /* NULL: the installed worker program */
    void (*progress)(void *context, const struct stet_progress *progress);
    void *context;
    const volatile int *stop; /* set to end cleanly after the commit of what is done; may be NULL */
};

struct stet_add_sum {
    uint64_t files, bytes; /* met */
    uint64_t unchanged, unchanged_bytes;
    uint64_t by_outcome[16]; /* rows written by this run, by stet_outcome */
    uint64_t bytes_by_outcome[16];
    uint64_t documents, copies;
    uint64_t workers_failed; /* batches that had to be redone */
    double seconds, processor_seconds, worker_processor_seconds;
    bool stopped; /* by `stop`: go on with the same command */
    char collection[128];
};

/* Take in files and folders, in the order given; links are listed, not followed. Holds the writer
 * lock. STET_IO_FAILED when confinement cannot be had or the disk refuses: nothing is
 * half-committed, and the same command goes on later. */
enum stet_status stet_add(struct stet_archive *archive, const char *const *paths, size_t count,
                          const struct stet_add_options *options, struct stet_add_sum *sum,
                          struct stet_fault *fault);

/* Read every document again from its original with today's readers; `all`: also those read by this
 * version. */
enum stet_status stet_reread(struct stet_archive *archive, bool all, const char *worker,
                             struct stet_add_sum *sum, struct stet_fault *fault);

/* What confinement holds here, one rung a line, into `text` (NUL-terminated). STET_IO_FAILED:
 * intake would refuse to run. */
enum stet_status stet_doctor(const char *worker, char *text, size_t room, struct stet_fault *fault);

#endif

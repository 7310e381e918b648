/* driver.h - the program around one engine: build, ask, find; the clock is here, the engine is not.
 *
 *     DRIVER build PACK INDEX                     make the index
 *     DRIVER ask INDEX QUESTIONS ROUNDS           "asked NUMBER HITS NANOSECONDS DOCUMENT..." a
 * line: the ten best
 *     DRIVER find INDEX QUOTATIONS PACK ROUNDS    "found METHOD NUMBER NANOSECONDS DOCUMENT" a
 * line, or "traced NUMBER NANOSECONDS REACH TEXT"
 *
 * Times are processor time, the thread's where an engine has no clock of its own; of several
 * rounds, after one that is not counted, the median. To add an engine: fill in a struct engine,
 * call driver_main, name it in bench/run.
 */
#ifndef BENCH_DRIVER_H
#define BENCH_DRIVER_H

#include "corpus.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { DOCUMENTS_MAX = 50 };
#define NO_DOCUMENT UINT32_MAX

struct tracing {
    const char *reach;
    struct text passage; /* lent until the next call; empty when nothing was found */
};

struct engine {
    void (*build)(const char *pack, const char *index); /* NULL: built by another program */
    void *(*open)(const char *index);
    void (*close)(void *self);
    /* The best documents by rank, `most` at most; numbered from 0 in the order of the pack, or
     * NO_DOCUMENT where the engine cannot tell. */
    size_t (*best)(void *self, const struct question *question, size_t most, uint32_t *documents);
    /* All that match; timed only where a question asks for nothing else. */
    uint64_t (*count)(void *self, const struct question *question);
    /* An engine that traces quotations itself; NULL: questions and the driver's rescoring. */
    struct tracing (*trace)(void *self, const char *printed);
    /* Processor time spent for us so far, in nanoseconds; NULL: that of the calling thread. */
    uint64_t (*clock)(void *self);
    /* Rounds over everything before the first that is measured: for what compiles as it runs. */
    unsigned warm;
};

/* Nanoseconds of the calling thread. */
uint64_t driver_clock(void);

int driver_main(int count, char **words, const struct engine *engine);

#ifdef __cplusplus
}
#endif
#endif

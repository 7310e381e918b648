/* run.h - from a story and an archive to the answer: read, leave out what holds the story itself,
 * trace twice, judge. */
#ifndef CHECK_RUN_H
#define CHECK_RUN_H

#include "archive/snapshot.h"
#include "check/statement.h"
#include "trace/trace.h"

/* One check under way. The answer and all it lends are the arena's. */
struct held;
struct shelf;
struct run {
    struct archive *archive;
    struct bytes
        raw; /* the story's file as it came: front matter and page heads stand in it alone */
    const struct stet_check_options *options;
    struct arena *arena;
    struct snapshot *snapshot; /* of the scope */
    struct tracer *tracer;
    struct trace *traces; /* per quotation */
    struct trace_support *support;
    size_t support_count;
    double threshold; /* calibrated, or 0 */
    uint64_t began;   /* clock_processor */
    struct check_answer *answer;
    size_t statement_room;                       /* of answer->statements */
    size_t first_placeholder, placeholder_count; /* of answer->statements, until they are sorted */
    struct held *held;                           /* parts opened so far (held.h) */
    uint64_t held_bytes;
    bool held_is_cut;
    struct shelf *shelf; /* sentences of the story and of what it was traced to
                            (statements_shelf.h) */
};

MUST_USE enum status run_check(struct run *run, struct fault *fault);
void run_release(struct run *run);

/* The typed pattern of a quotation. */
MUST_USE enum status pattern_of(const struct story *story, const struct quotation *quotation,
                                struct arena *arena, struct pattern *pattern, struct fault *fault);

#endif

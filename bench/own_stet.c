/* own_stet - stet under the harness: stet_search through the library, tracer_trace below it.
 *
 * The archive is made by the program itself (`stet new`, `stet add`).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <stet/search.h>

#include "archive/snapshot.h"
#include "base/hash.h"
#include "own_query.h"
#include "trace/trace.h"

struct stet {
    struct stet_archive *archive;
    struct snapshot *snapshot;
    struct tracer *tracer;
    struct arena arena; /* of the trace at hand */
};

static void check(enum status code, const struct fault *fault)
{
    if (code != OK)
        stop("stet: %s", fault->words);
}

static void *open_index(const char *index)
{
    struct fault fault;
    struct scope all = { 0 };
    struct stet *stet = calloc(1, sizeof *stet);
    if (stet == NULL)
        stop("no memory");
    check(hash_start(&fault), &fault);
    check(stet_archive_open(index, &stet->archive, &fault), &fault);
    check(snapshot_open(stet->archive, &all, &stet->snapshot, &fault), &fault);
    return stet;
}

static void close_index(void *self)
{
    struct stet *stet = self;
    tracer_free(stet->tracer);
    arena_release(&stet->arena);
    snapshot_drop(stet->snapshot);
    stet_archive_close(stet->archive);
    free(stet);
}

static struct stet_answer *answer(const struct stet *stet, const struct question *question,
                                  size_t most)
{
    char text[OWN_QUERY_MAX];
    struct fault fault;
    struct stet_answer *answer;
    query_from_question(question, text);
    struct stet_query query = { .text = text, .most = (uint32_t)most };
    check(stet_search(stet->archive, &query, &answer, &fault), &fault);
    return answer;
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    struct stet_answer *found = answer(self, question, most);
    size_t count = stet_answer_count(found);
    documents[0] = NO_DOCUMENT; /* it has names, not numbers */
    stet_answer_free(found);
    return count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    struct stet_answer *found = answer(self, question, 1);
    uint64_t count = stet_answer_total(found);
    stet_answer_free(found);
    return count;
}

static const char *const reaches[] = {
    [TRACE_TRACED] = "traced",       [TRACE_PROBABLE] = "probable",
    [TRACE_AMBIGUOUS] = "ambiguous", [TRACE_CANDIDATES_ONLY] = "candidates",
    [TRACE_NOTHING] = "nothing",     [TRACE_TOO_COMMON] = "common",
};

/* A new tracer for each: nothing is kept from the quotation before. */
static struct tracing trace_one(void *self, const char *printed)
{
    struct stet *stet = self;
    struct fault fault;
    struct pattern pattern;
    struct trace trace;
    struct trace_options options = { 0 };
    struct bytes story = { (const uint8_t *)printed, strlen(printed) };
    tracer_free(take(stet->tracer));
    arena_release(&stet->arena);
    check(tracer_new(stet->snapshot, &stet->tracer, &fault), &fault);
    check(pattern_build(story, 0, (uint32_t)story.len, NULL, 0, &stet->arena, &pattern, &fault),
          &fault);
    check(tracer_trace(stet->tracer, &pattern, &options, &stet->arena, &trace, &fault), &fault);
    struct tracing tracing = { .reach = reaches[trace.reach] };
    if (trace.candidate_count > 0) {
        struct bytes text = trace.candidates[0].passages[0].text;
        tracing.passage = (struct text){ (const char *)text.at, text.len, 0 };
    }
    return tracing;
}

static const struct engine engine = {
    .open = open_index, .close = close_index, .best = best, .count = count_all, .trace = trace_one
};

int main(int count, char **words)
{
    return driver_main(count, words, &engine);
}

/* own_match - stet's matching under the harness: query to ranked documents on an open snapshot.
 *
 * What the peers are asked too: numbers of documents, no names, dates, snippets or coverage. The
 * exact total is counted in the time.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "own_query.h"
#include "search/match.h"
#include "search/query.h"

struct matcher {
    struct stet_archive *archive;
    struct snapshot *snapshot;
};

static void check(enum status code, const struct fault *fault)
{
    if (code != OK)
        stop("stet: %s", fault->words);
}

static void *open_index(const char *index)
{
    struct fault fault;
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher == NULL)
        stop("no memory");
    check(hash_start(&fault), &fault);
    check(stet_archive_open(index, &matcher->archive, &fault), &fault);
    check(snapshot_open(matcher->archive, NULL, &matcher->snapshot, &fault), &fault);
    return matcher;
}

static void close_index(void *self)
{
    struct matcher *matcher = self;
    snapshot_drop(matcher->snapshot);
    stet_archive_close(matcher->archive);
    free(matcher);
}

static uint64_t match_all(const struct matcher *matcher, const struct question *question,
                          size_t most, size_t *count)
{
    char text[OWN_QUERY_MAX];
    struct fault fault;
    struct query query;
    struct match_wanted wanted = { .order = STET_BY_RANK, .most = (uint32_t)most };
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(matching_release) struct matching matching = { 0 };
    query_from_question(question, text);
    check(query_parse(bytes_from_string(text), false, &arena, &query, &fault), &fault);
    check(match_query(matcher->snapshot, &query, &wanted, &matching, &fault), &fault);
    *count = matching.count;
    return matching.total;
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    (void)documents; /* stet numbers them itself */
    size_t count;
    match_all(self, question, most, &count);
    return count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    size_t count;
    return match_all(self, question, 1, &count);
}

static const struct engine engine = {
    .open = open_index, .close = close_index, .best = best, .count = count_all
};

int main(int count, char **words)
{
    return driver_main(count, words, &engine);
}

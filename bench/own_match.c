/* own_match - stet's matching under the harness: query to ranked documents on an open snapshot.
 *
 * What the peers are asked too: numbers of documents, no names, dates, snippets or coverage. The
 * exact total is counted in the time; not where STET_ONLY_BEST is set: then only the best are
 * looked for, as by the peers.
 */
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archive/archive.h"
#include "base/file.h"
#include "base/hash.h"
#include "catalog/lookup.h"
#include "own_query.h"
#include "search/bind.h"
#include "search/match.h"
#include "search/query.h"

struct matcher {
    struct stet_archive *archive;
    struct snapshot *snapshot;
    uint32_t *packed; /* of a document's number: its number in the pack, or NO_DOCUMENT */
    uint64_t last;    /* the largest document number */
};

static void check(enum status code, const struct fault *fault)
{
    if (code != OK)
        stop("stet: %s", fault->words);
}

static void map_file(struct matcher *matcher, const char *path, uint32_t number)
{
    struct fault fault;
    struct document_record *records;
    size_t count;
    SCOPED(buffer_release) struct buffer raw = { 0 };
    SCOPED(arena_release) struct arena arena = { 0 };
    check(file_read(AT_FDCWD, path, SIZE_MAX / 2, &raw, &fault), &fault);
    struct hash hash = hash_from_bytes(buffer_bytes(&raw));
    check(catalog_records_of(snapshot_catalog(matcher->snapshot), &hash, &arena, &records, &count,
                             &fault),
          &fault);
    for (size_t i = 0; i < count; i++)
        if (records[i].row.id <= matcher->last)
            matcher->packed[records[i].row.id] = number;
}

static void map_documents(struct matcher *matcher, const char *index)
{
    struct fault fault;
    char path[4096];
    FREED char *copy = strdup(index);
    snprintf(path, sizeof path, "%s/files", dirname(copy));
    FILE *names = fopen(path, "r");
    check(catalog_last_document(snapshot_catalog(matcher->snapshot), &matcher->last, &fault),
          &fault);
    matcher->packed = malloc((matcher->last + 1) * sizeof *matcher->packed);
    if (matcher->packed == NULL)
        stop("no memory");
    memset(matcher->packed, 0xff, (matcher->last + 1) * sizeof *matcher->packed);
    for (uint32_t i = 0; names != NULL && fgets(path, sizeof path, names) != NULL; i++) {
        path[strcspn(path, "\n")] = '\0';
        map_file(matcher, path, i);
    }
    if (names != NULL)
        fclose(names);
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
    map_documents(matcher, index);
    return matcher;
}

static void close_index(void *self)
{
    struct matcher *matcher = self;
    snapshot_drop(matcher->snapshot);
    stet_archive_close(matcher->archive);
    free(matcher->packed);
    free(matcher);
}

/* The total; the best, `most` at most, into `documents` unless that is NULL. */
static uint64_t match_all(const struct matcher *matcher, const struct question *question,
                          size_t most, uint32_t *documents, size_t *count)
{
    char text[OWN_QUERY_MAX];
    struct fault fault;
    struct query query;
    struct match_wanted wanted = { .order = STET_BY_RANK,
                                   .most = (uint32_t)most,
                                   .only_best = most > 0 && getenv("STET_ONLY_BEST") != NULL };
    SCOPED(arena_release) struct arena arena = { 0 };
    SCOPED(matching_release) struct matching matching = { 0 };
    query_from_question(question, text);
    check(query_parse(bytes_from_string(text), false, &arena, &query, &fault), &fault);
    check(query_bind(snapshot_catalog(matcher->snapshot), &query, &fault), &fault);
    check(match_query(matcher->snapshot, &query, &wanted, &matching, &fault), &fault);
    for (size_t i = 0; i < matching.count && documents != NULL; i++)
        documents[i] = matcher->packed[matching.at[i].document];
    *count = matching.count;
    return matching.total;
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    size_t count;
    match_all(self, question, most, documents, &count);
    return count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    size_t count;
    return match_all(self, question, 0, NULL, &count);
}

static const struct engine engine = {
    .open = open_index, .close = close_index, .best = best, .count = count_all
};

int main(int count, char **words)
{
    return driver_main(count, words, &engine);
}

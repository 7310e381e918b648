/* search_peer - is a query slower than the same query of SQLite FTS5 on the same texts?
 *
 *     search_peer FOLDER < NAMES      names of plain texts on standard input, one a line, one
 * document each
 *
 * Builds segments in FOLDER (s0, s1, ... every 64 MiB) and an FTS5 table in memory, then runs each
 * query of each kind by both, the best of five, in microseconds of processor time: top ten and
 * exact total here, top ten by bm25 there.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "search/match.h"
#include "segment/writer.h"
#include "text/utf8.h"

enum { BUDGET = 64 << 20, SEGMENTS_MAX = 64, ROUNDS = 5 };

/* A snapshot of all segments, everything seen. */
struct snapshot {
    struct segment *segments[SEGMENTS_MAX];
    uint64_t *seen[SEGMENTS_MAX];
    size_t count;
    uint64_t parts, words;
};

size_t snapshot_segment_count(const struct snapshot *snapshot)
{
    return snapshot->count;
}

const struct segment *snapshot_segment(const struct snapshot *snapshot, size_t index)
{
    return snapshot->segments[index];
}

const uint64_t *snapshot_seen(const struct snapshot *snapshot, size_t segment)
{
    return snapshot->seen[segment];
}

uint64_t snapshot_part_total(const struct snapshot *snapshot)
{
    return snapshot->parts;
}

uint64_t snapshot_word_total(const struct snapshot *snapshot)
{
    return snapshot->words;
}

static enum status seal(struct segment_writer *writer, int folder, struct snapshot *snapshot,
                        struct fault *fault)
{
    char name[32];
    uint64_t sum;
    snprintf(name, sizeof name, "s%zu", snapshot->count);
    TRY(segment_writer_seal(writer, folder, name, &sum, fault));
    struct segment **segment = &snapshot->segments[snapshot->count];
    TRY(segment_open(folder, name, segment, fault));
    size_t words = segment_part_count(*segment) / 64 + 1;
    snapshot->seen[snapshot->count] = malloc(words * sizeof(uint64_t));
    if (snapshot->seen[snapshot->count] == NULL)
        return no_memory(fault);
    memset(snapshot->seen[snapshot->count++], 0xFF, words * sizeof(uint64_t));
    snapshot->parts += segment_part_count(*segment);
    snapshot->words += segment_word_count(*segment);
    return OK;
}

static enum status add_text(const char *path, uint64_t document, struct segment_writer *writer,
                            sqlite3_stmt *insert, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer raw = { 0 };
    SCOPED(buffer_release) struct buffer text = { 0 };
    struct columns columns = { .document = document, .part = 1, .date = COLUMN_NO_DATE };
    TRY(file_read(AT_FDCWD, path, PART_MAX / 3, &raw, fault));
    utf8_repair(buffer_bytes(&raw), &text);
    TRY(segment_writer_add(writer, &columns, buffer_bytes(&text), NULL, 0, NULL, 0, fault));
    sqlite3_bind_text(insert, 1, (const char *)text.at, (int)text.len, SQLITE_STATIC);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    return OK;
}

static enum status build(const char *path, sqlite3 *base, struct snapshot *snapshot,
                         struct fault *fault)
{
    char line[4096];
    uint64_t document = 0;
    CLOSED(segment_writer_free) struct segment_writer *writer = NULL;
    sqlite3_stmt *insert = NULL;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return fail_errno(fault, NOT_FOUND, "%s", path);
    TRY(segment_writer_new(&writer, fault));
    sqlite3_exec(base, "CREATE VIRTUAL TABLE t USING fts5(x, content='', detail=full); BEGIN", NULL,
                 NULL, NULL);
    sqlite3_prepare_v2(base, "INSERT INTO t(x) VALUES(?)", -1, &insert, NULL);
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        TRY(add_text(line, ++document, writer, insert, fault));
        if (segment_writer_text(writer) >= BUDGET)
            TRY(seal(writer, folder, snapshot, fault));
    }
    sqlite3_finalize(insert);
    sqlite3_exec(base, "COMMIT; INSERT INTO t(t) VALUES('optimize')", NULL, NULL, NULL);
    return segment_writer_parts(writer) > 0 ? seal(writer, folder, snapshot, fault) : OK;
}

static enum status ours(const struct snapshot *snapshot, const char *text, uint64_t *total,
                        uint64_t *spent, struct fault *fault)
{
    for (int round = 0; round < ROUNDS; round++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        SCOPED(matching_release) struct matching matching = { 0 };
        struct match_wanted wanted = { .most = 10 };
        struct query query;
        uint64_t before = clock_processor();
        TRY(query_parse(bytes_from_string(text), false, &arena, &query, fault));
        TRY(match_query(snapshot, &query, &wanted, &matching, fault));
        uint64_t took = clock_processor() - before;
        *spent = round == 0 || took < *spent ? took : *spent;
        *total = matching.total;
    }
    return OK;
}

static uint64_t theirs(sqlite3 *base, const char *text, const char *sql, uint64_t *answer)
{
    uint64_t spent = UINT64_MAX;
    sqlite3_stmt *ask = NULL;
    sqlite3_prepare_v2(base, sql, -1, &ask, NULL);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t before = clock_processor();
        sqlite3_bind_text(ask, 1, text, -1, SQLITE_STATIC);
        while (sqlite3_step(ask) == SQLITE_ROW)
            *answer = (uint64_t)sqlite3_column_int64(ask, 0);
        sqlite3_reset(ask);
        uint64_t took = clock_processor() - before;
        spent = took < spent ? took : spent;
    }
    sqlite3_finalize(ask);
    return spent;
}

static enum status compare(const struct snapshot *snapshot, sqlite3 *base, struct fault *fault)
{
    static const char *const queries[][2] = {
        { "rare", "sinaloa" },
        { "rare", "guano" },
        { "common", "the" },
        { "common", "state" },
        { "and", "military AND police" },
        { "and", "the AND sinaloa" },
        { "and", "the AND of AND state" },
        { "or", "military OR police OR army" },
        { "or", "the OR of OR and" },
        { "phrase", "\"department of state\"" },
        { "phrase", "\"human rights violations\"" },
        { "phrase", "\"to be or not to be\"" },
        { "phrase", "\"one of the\"" },
        { "phrase 12",
          "\"the secretary of state for the western hemisphere and the ambassador to\"" },
        { "prefix", "exerci*" },
        { "prefix", "con*" },
        { "not", "military NOT police" },
    };
    printf("%-10s %-40s %9s %9s %11s %11s %11s\n", "kind", "query", "total", "theirs", "us, all",
           "fts5 top10", "fts5 count");
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        uint64_t total = 0, count = 0, spent = 0, unused;
        const char *text = queries[i][1];
        TRY(ours(snapshot, text, &total, &spent, fault));
        uint64_t top = theirs(
            base, text, "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 10", &unused);
        uint64_t counting = theirs(base, text, "SELECT count(*) FROM t WHERE t MATCH ?", &count);
        printf("%-10s %-40.40s %9lu %9lu %11.1f %11.1f %11.1f%s\n", queries[i][0], text,
               (unsigned long)total, (unsigned long)count, (double)spent / 1e3, (double)top / 1e3,
               (double)counting / 1e3, spent > top ? "  slower" : "");
    }
    return OK;
}

int main(int argc, char **argv)
{
    struct snapshot snapshot = { 0 };
    struct fault fault = { 0 };
    sqlite3 *base = NULL;
    if (argc != 2 || hash_start(&fault) != OK || sqlite3_open(":memory:", &base) != SQLITE_OK)
        return 2;
    enum status done = build(argv[1], base, &snapshot, &fault);
    if (done == OK)
        done = compare(&snapshot, base, &fault);
    if (done != OK)
        fprintf(stderr, "search_peer: %s\n", fault.words);
    sqlite3_close(base);
    return done == OK ? 0 : 2;
}

/* peer_fts5 - SQLite FTS5 under the harness: positions on, text kept, no stemming. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"

enum { MATCH_MAX = 8192 };
#define FOLDER_WORD "zqfolder" /* a word of no text, in a column of its own */

struct fts5 {
    sqlite3 *base;
    sqlite3_stmt *best, *count;
};

static void check(sqlite3 *base, int code)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        stop("fts5: %s", sqlite3_errmsg(base));
}

static void run(sqlite3 *base, const char *words)
{
    check(base, sqlite3_exec(base, words, NULL, NULL, NULL));
}

static sqlite3_stmt *prepared(sqlite3 *base, const char *words)
{
    sqlite3_stmt *statement = NULL;
    check(base, sqlite3_prepare_v3(base, words, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL));
    return statement;
}

static int64_t number(sqlite3 *base, const char *words)
{
    sqlite3_stmt *statement = prepared(base, words);
    check(base, sqlite3_step(statement));
    int64_t answer = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

static void insert_all(sqlite3 *base, const char *pack)
{
    struct stream *stream = stream_open(pack);
    struct text text;
    sqlite3_stmt *insert = prepared(base, "INSERT INTO t(rowid, body, folder) VALUES (?1, ?2, ?3)");
    char folder[32];
    run(base, "BEGIN");
    for (int64_t row = 0; stream_next(stream, &text); row++) {
        sqlite3_bind_int64(insert, 1, row);
        sqlite3_bind_text(insert, 2, text.at, (int)text.len, SQLITE_STATIC);
        snprintf(folder, sizeof folder, FOLDER_WORD "%u", text.folder);
        sqlite3_bind_text(insert, 3, folder, -1, SQLITE_STATIC);
        check(base, sqlite3_step(insert));
        sqlite3_reset(insert);
    }
    run(base, "COMMIT");
    sqlite3_finalize(insert);
    stream_close(stream);
}

static void build(const char *pack, const char *index)
{
    sqlite3 *base;
    check(NULL, sqlite3_open(index, &base));
    run(base, "PRAGMA journal_mode=off; PRAGMA synchronous=off");
    run(base, "CREATE VIRTUAL TABLE t USING fts5(body, folder,"
              " tokenize='unicode61 remove_diacritics 2')");
    insert_all(base, pack);
    clock_t loaded = clock();
    run(base, "INSERT INTO t(t) VALUES ('optimize')");
    printf("settle %.3f\n", (double)(clock() - loaded) / CLOCKS_PER_SEC);
    printf("index %lld\n", (long long)number(base, "SELECT sum(length(block)) FROM t_data"));
    printf("whole %lld\n",
           (long long)((number(base, "PRAGMA page_count") - number(base, "PRAGMA freelist_count")) *
                       number(base, "PRAGMA page_size")));
    sqlite3_close(base);
}

static void *open_index(const char *index)
{
    struct fts5 *fts5 = calloc(1, sizeof *fts5);
    if (fts5 == NULL || sqlite3_open_v2(index, &fts5->base, SQLITE_OPEN_READONLY, NULL) != 0)
        stop("fts5: %s cannot be opened", index);
    run(fts5->base, "PRAGMA mmap_size=8000000000; PRAGMA cache_size=-262144");
    fts5->best =
        prepared(fts5->base, "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT ?2");
    fts5->count = prepared(fts5->base, "SELECT count(*) FROM t WHERE t MATCH ?1");
    return fts5;
}

static void close_index(void *self)
{
    struct fts5 *fts5 = self;
    sqlite3_finalize(fts5->best);
    sqlite3_finalize(fts5->count);
    sqlite3_close(fts5->base);
    free(fts5);
}

static void write_phrases(const struct question *question, char *at, const char *limit)
{
    for (size_t i = 0; i + 2 < question->count; i++) {
        at = text_append(at, limit, i == 0 ? "\"" : " OR \"");
        for (size_t j = i; j < i + 3; j++) {
            at = text_append(at, limit, question->words[j]);
            at = text_append(at, limit, j < i + 2 ? " " : "\"");
        }
    }
}

/* Every word in quotation marks: or, and, near are words here. */
static char *write_words(const struct question *question, char *at, const char *limit)
{
    const char *between = question->form == FORM_PHRASE ? " "
                          : question->form == FORM_ANY  ? "\" OR \""
                                                        : "\" AND \"";
    at = text_append(at, limit, "\"");
    for (size_t i = 0; i < question->count; i++) {
        at = text_append(at, limit, i == 0 ? "" : between);
        at = text_append(at, limit, question->words[i]);
    }
    return text_append(at, limit, question->form == FORM_PREFIX ? "\" *" : "\"");
}

static void write_folder(int folder, char *at, const char *limit)
{
    char words[64];
    snprintf(words, sizeof words, " AND folder:\"" FOLDER_WORD "%d\"", folder);
    text_append(at, limit, words);
}

static void bind_match(const struct fts5 *fts5, sqlite3_stmt *statement,
                       const struct question *question, char match[MATCH_MAX])
{
    const char *limit = match + MATCH_MAX;
    if (question->form == FORM_ANY_THREE) {
        write_phrases(question, match, limit);
    } else {
        char *end = write_words(question, match, limit);
        if (question->folder != EVERY_FOLDER)
            write_folder(question->folder, end, limit);
    }
    check(fts5->base, sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC));
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    const struct fts5 *fts5 = self;
    char match[MATCH_MAX];
    size_t count = 0;
    int code;
    bind_match(fts5, fts5->best, question, match);
    sqlite3_bind_int64(fts5->best, 2, (int64_t)most);
    while ((code = sqlite3_step(fts5->best)) == SQLITE_ROW)
        documents[count++] = (uint32_t)sqlite3_column_int64(fts5->best, 0);
    check(fts5->base, code);
    sqlite3_reset(fts5->best);
    return count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    const struct fts5 *fts5 = self;
    char match[MATCH_MAX];
    bind_match(fts5, fts5->count, question, match);
    check(fts5->base, sqlite3_step(fts5->count));
    uint64_t count = (uint64_t)sqlite3_column_int64(fts5->count, 0);
    sqlite3_reset(fts5->count);
    return count;
}

static const struct engine engine = {
    .build = build, .open = open_index, .close = close_index, .best = best, .count = count_all
};

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "version") == 0) {
        printf("SQLite %s\n", sqlite3_libversion());
        return 0;
    }
    return driver_main(count, words, &engine);
}

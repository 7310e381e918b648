/* peer_postgres - PostgreSQL under the harness: GIN on a tsvector of 'simple', text not kept.
 *
 * The cluster is the index folder: made by initdb, served by this program's child on a Unix socket
 * in it and nowhere else, by the user `postgres` (or `nobody`) when this program is root. Time is
 * that of the server's process and of this one. GIN knows no positions: phrases and ts_rank_cd read
 * the tsvectors, so both count as index. A tsvector holds 1 MB, 256 places of a word and places up
 * to 16,383: longer documents are cut to CUT bytes, and said.
 */
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "driver.h"

enum { TEXT_MAX = 8192, TRIES = 1500 };

struct postgres {
    pid_t server;
    PGconn *link;
    clockid_t clock; /* of the server's process for this link */
};

static const char *const quick[] = {
    "-cfsync=off",         "-csynchronous_commit=off",   "-cfull_page_writes=off",
    "-cwal_level=minimal", "-cmax_wal_senders=0",        "-cautovacuum=off",
    "-cjit=off",           "-cshared_buffers=1GB",       "-cmax_parallel_workers_per_gather=0",
    "-cwork_mem=256MB",    "-cmaintenance_work_mem=1GB", "-cmax_parallel_maintenance_workers=0",
    "-cmax_wal_size=8GB",  "-clogging_collector=off",    "-clog_min_messages=panic",
};
enum { QUICK = sizeof quick / sizeof *quick };

static const struct passwd *server_user(void)
{
    const struct passwd *user = getpwnam("postgres");
    return user != NULL ? user : getpwnam("nobody");
}

/* PostgreSQL refuses to run as root. */
static void leave_root(void)
{
    const struct passwd *user = server_user();
    if (geteuid() != 0)
        return;
    if (user == NULL || setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 ||
        setuid(user->pw_uid) != 0)
        stop("postgres: no user to run the server");
}

static pid_t started(const char *const *words)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    leave_root();
    if (freopen("/dev/null", "w", stdout) != NULL && chdir("/") == 0)
        execv(words[0], (char *const *)words);
    _exit(127);
}

static void run_wait(const char *const *words)
{
    int code;
    pid_t child = started(words);
    if (child < 0 || waitpid(child, &code, 0) != child || code != 0)
        stop("postgres: %s failed", words[0]);
}

static void make_cluster(const char *index)
{
    const struct passwd *user = server_user();
    const char *const words[] = {
        PG_BIN "/initdb",   "-D", index,  "-A", "trust", "-U", "bench", "--no-sync",
        "--locale=C.UTF-8", "-E", "UTF8", NULL
    };
    if (mkdir(index, 0700) != 0)
        stop("postgres: %s cannot be made", index);
    if (geteuid() == 0 && user != NULL && chown(index, user->pw_uid, user->pw_gid) != 0)
        stop("postgres: %s cannot be given away", index);
    run_wait(words);
}

static PGresult *checked(PGconn *link, PGresult *result)
{
    ExecStatusType code = PQresultStatus(result);
    if (code != PGRES_COMMAND_OK && code != PGRES_TUPLES_OK)
        stop("postgres: %s", PQerrorMessage(link));
    return result;
}

static void run(PGconn *link, const char *words)
{
    PQclear(checked(link, PQexec(link, words)));
}

static uint64_t number(PGconn *link, const char *words)
{
    PGresult *result = checked(link, PQexec(link, words));
    uint64_t answer = strtoull(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return answer;
}

static void start(struct postgres *postgres, const char *index)
{
    const char *words[QUICK + 8] = { PG_BIN "/postgres",   "-D", index, "-k", index,
                                     "-clisten_addresses=" };
    char where[4096];
    memcpy(words + 6, quick, sizeof quick);
    snprintf(where, sizeof where, "host='%s' user=bench dbname=postgres", index);
    postgres->server = started(words);
    int tries = 0;
    while (PQping(where) != PQPING_OK && tries++ < TRIES)
        usleep(20000);
    postgres->link = PQconnectdb(where);
    if (PQstatus(postgres->link) != CONNECTION_OK)
        stop("postgres: %s", PQerrorMessage(postgres->link));
    if (clock_getcpuclockid(PQbackendPID(postgres->link), &postgres->clock) != 0)
        stop("postgres: its clock cannot be read");
}

static void finish(struct postgres *postgres)
{
    PQfinish(postgres->link);
    kill(postgres->server, SIGINT);
    waitpid(postgres->server, NULL, 0);
}

static uint64_t spent(void *self)
{
    struct timespec time = { 0 };
    clock_gettime(((struct postgres *)self)->clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec + driver_clock();
}

static const char *const tables =
    "CREATE UNLOGGED TABLE t (id int, folder int, v tsvector);"
    "CREATE TABLE cut (id int);"
    "CREATE FUNCTION words(n int, b text) RETURNS tsvector AS $$ BEGIN"
    " RETURN to_tsvector('simple', b);"
    " EXCEPTION WHEN program_limit_exceeded THEN INSERT INTO cut VALUES (n);"
    " RETURN to_tsvector('simple', left(b, 400000)); END $$ LANGUAGE plpgsql;";

static void insert_all(PGconn *link, const char *pack)
{
    struct stream *stream = stream_open(pack);
    struct text text;
    char id[16], folder[16];
    char *body = NULL;
    run(link, "BEGIN");
    PQclear(checked(link,
                    PQprepare(link, "insert",
                              "INSERT INTO t VALUES ($1::int, $2::int, words($1, $3))", 3, NULL)));
    for (unsigned n = 0; stream_next(stream, &text); n++) {
        body = realloc(body, text.len + 1);
        memcpy(body, text.at, text.len);
        body[text.len] = '\0';
        text_blank(body, text.len); /* else mail addresses, paths, hyphenations stay whole */
        snprintf(id, sizeof id, "%u", n);
        snprintf(folder, sizeof folder, "%u", text.folder);
        const char *values[] = { id, folder, body };
        PQclear(checked(link, PQexecPrepared(link, "insert", 3, values, NULL, NULL, 0)));
    }
    run(link, "COMMIT");
    free(body);
    stream_close(stream);
}

static double children_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_CHILDREN, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void build(const char *pack, const char *index)
{
    struct postgres postgres;
    make_cluster(index);
    double aside = children_seconds();
    start(&postgres, index);
    PGconn *link = postgres.link;
    run(link, tables);
    insert_all(link, pack);
    run(link, "CREATE INDEX gin ON t USING gin (v)");
    run(link, "CREATE INDEX folders ON t (folder)");
    uint64_t before = spent(&postgres);
    run(link, "VACUUM ANALYZE t");
    printf("settle %.3f\n", aside + (double)(spent(&postgres) - before) / 1e9);
    printf("index %llu\n", (unsigned long long)number(link, "SELECT pg_relation_size('gin') + "
                                                            "pg_total_relation_size('t') - "
                                                            "pg_indexes_size('t')"));
    printf("cut %llu\n", (unsigned long long)number(link, "SELECT count(*) FROM cut"));
    finish(&postgres);
}

static void prepare(PGconn *link, const char *name, const char *words)
{
    PQclear(checked(link, PQprepare(link, name, words, 0, NULL)));
}

static void *open_index(const char *index)
{
    struct postgres *postgres = calloc(1, sizeof *postgres);
    if (postgres == NULL)
        stop("no memory");
    start(postgres, index);
    prepare(postgres->link, "best",
            "SELECT id FROM t, to_tsquery('simple', $1) q WHERE v @@ q"
            " ORDER BY ts_rank_cd(v, q) DESC, id LIMIT $2::int");
    prepare(postgres->link, "best in",
            "SELECT id FROM t, to_tsquery('simple', $1) q WHERE v @@ q AND folder = $3::int"
            " ORDER BY ts_rank_cd(v, q) DESC, id LIMIT $2::int");
    prepare(postgres->link, "count", "SELECT count(*) FROM t WHERE v @@ to_tsquery('simple', $1)");
    prepare(postgres->link, "count in",
            "SELECT count(*) FROM t WHERE v @@ to_tsquery('simple', $1) AND folder = $2::int");
    return postgres;
}

static void close_index(void *self)
{
    finish(self);
    free(self);
}

static char *write_joined(char *const *words, size_t count, const char *between, char *at,
                          const char *limit)
{
    for (size_t i = 0; i < count; i++) {
        at = text_append(at, limit, i == 0 ? "" : between);
        at = text_append(at, limit, words[i]);
    }
    return at;
}

static void write_query(const struct question *question, char *at, const char *limit)
{
    static const char *const betweens[] = {
        [FORM_ALL] = " & ", [FORM_ANY] = " | ", [FORM_PHRASE] = " <-> ", [FORM_PREFIX] = ""
    };
    if (question->form != FORM_ANY_THREE) {
        at = write_joined(question->words, question->count, betweens[question->form], at, limit);
        text_append(at, limit, question->form == FORM_PREFIX ? ":*" : "");
        return;
    }
    for (size_t i = 0; i + 2 < question->count; i++) {
        at = text_append(at, limit, i == 0 ? "(" : " | (");
        at = write_joined(question->words + i, 3, " <-> ", at, limit);
        at = text_append(at, limit, ")");
    }
}

/* `values` are the query's words and at most two numbers. */
static PGresult *answer(struct postgres *postgres, const char *name, const char *const *values,
                        int count)
{
    return checked(postgres->link,
                   PQexecPrepared(postgres->link, name, count, values, NULL, NULL, 0));
}

static size_t best(void *self, const struct question *question, size_t most, uint32_t *documents)
{
    char words[TEXT_MAX], limit[16], folder[16];
    bool is_in = question->folder != EVERY_FOLDER;
    write_query(question, words, words + sizeof words);
    snprintf(limit, sizeof limit, "%zu", most);
    snprintf(folder, sizeof folder, "%d", question->folder);
    const char *values[] = { words, limit, folder };
    PGresult *result = answer(self, is_in ? "best in" : "best", values, is_in ? 3 : 2);
    int count = PQntuples(result);
    for (int i = 0; i < count; i++)
        documents[i] = (uint32_t)strtoul(PQgetvalue(result, i, 0), NULL, 10);
    PQclear(result);
    return (size_t)count;
}

static uint64_t count_all(void *self, const struct question *question)
{
    char words[TEXT_MAX], folder[16];
    bool is_in = question->folder != EVERY_FOLDER;
    write_query(question, words, words + sizeof words);
    snprintf(folder, sizeof folder, "%d", question->folder);
    const char *values[] = { words, folder };
    PGresult *result = answer(self, is_in ? "count in" : "count", values, is_in ? 2 : 1);
    uint64_t all = strtoull(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return all;
}

static const struct engine engine = { .build = build,
                                      .open = open_index,
                                      .close = close_index,
                                      .best = best,
                                      .count = count_all,
                                      .clock = spent };

/* The server's, which may be another than libpq's: "postgres (PostgreSQL) 15.8 (Debian ...)". */
static void print_version(void)
{
    char version[32] = "unknown";
    FILE *said = popen(PG_BIN "/postgres --version", "r");
    if (said == NULL || fscanf(said, "postgres (PostgreSQL) %31s", version) != 1)
        stop("postgres: no version");
    pclose(said);
    printf("PostgreSQL %s\n", version);
}

int main(int count, char **words)
{
    if (count == 2 && strcmp(words[1], "version") == 0) {
        print_version();
        return 0;
    }
    return driver_main(count, words, &engine);
}

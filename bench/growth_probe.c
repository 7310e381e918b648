/* growth_probe - what opening an archive and checking a story cost, in processor time.
 *
 *     growth_probe ARCHIVE STORY WORKER ROUNDS     "open NS" and "check NS" a line for each round
 *
 * Opening is the archive and a snapshot of all of it, on this thread. A check is all processes: the
 * story is read in a confined worker.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <stet/check.h>

#include "archive/snapshot.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/scoped.h"

static enum status probe_open(const char *path, struct fault *fault)
{
    uint64_t before = clock_processor();
    CLOSED(stet_archive_close) struct stet_archive *archive = NULL;
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    TRY(stet_archive_open(path, &archive, fault));
    TRY(snapshot_open(archive, NULL, &snapshot, fault));
    printf("open %llu\n", (unsigned long long)(clock_processor() - before));
    return OK;
}

static uint64_t usage_time(int who)
{
    struct rusage usage;
    getrusage(who, &usage);
    return (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000000u +
           (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1000u;
}

static uint64_t all_time(void)
{
    return usage_time(RUSAGE_SELF) + usage_time(RUSAGE_CHILDREN);
}

static enum status probe_check(struct stet_archive *archive, const char *worker, struct bytes story,
                               struct fault *fault)
{
    struct stet_check_options options = { .name = "story.md", .worker = worker };
    struct stet_check *check;
    uint64_t before = all_time();
    TRY(stet_check_run(archive, story.at, story.len, &options, &check, fault));
    stet_check_free(check);
    printf("check %llu\n", (unsigned long long)(all_time() - before));
    return OK;
}

static enum status probe(const char *path, const char *story_path, const char *worker, int rounds,
                         struct fault *fault)
{
    SCOPED(buffer_release) struct buffer story = { 0 };
    CLOSED(stet_archive_close) struct stet_archive *archive = NULL;
    TRY(hash_start(fault));
    TRY(file_read(AT_FDCWD, story_path, 16 << 20, &story, fault));
    for (int i = 0; i < rounds; i++)
        TRY(probe_open(path, fault));
    TRY(stet_archive_open(path, &archive, fault));
    for (int i = 0; i < rounds; i++)
        TRY(probe_check(archive, worker, buffer_bytes(&story), fault));
    return OK;
}

int main(int count, char **words)
{
    struct fault fault = { 0 };
    if (count != 5) {
        fprintf(stderr, "usage: growth_probe ARCHIVE STORY WORKER ROUNDS\n");
        return 2;
    }
    enum status done = probe(words[1], words[2], words[3], atoi(words[4]), &fault);
    if (done != OK)
        fprintf(stderr, "growth_probe: %s\n", fault.words);
    return done == OK ? 0 : 2;
}

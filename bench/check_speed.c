/* check_speed ARCHIVE STORY [TIMES [WORKER]] - processor time of a check, and of what it starts,
 * with one archive kept open: the first, then the median and the worst of the others, in
 * milliseconds. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <stet/check.h>

#include "base/file.h"
#include "base/scoped.h"

enum { TIMES = 20, TIMES_MAX = 1000, STORY_BYTES_MAX = 16 << 20 };

static double spent_by(int whom)
{
    struct rusage use;
    getrusage(whom, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1e3 +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-3;
}

static double spent(void)
{
    return spent_by(RUSAGE_SELF) + spent_by(RUSAGE_CHILDREN);
}

static int compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return left < right ? -1 : left > right;
}

static int drop(void *context, const void *piece, size_t len)
{
    (void)piece;
    *(size_t *)context += len;
    return 0;
}

static enum stet_status check_once(struct stet_archive *archive, struct bytes story,
                                   const char *path, const char *worker, double *took,
                                   struct stet_fault *fault)
{
    struct stet_check *check = NULL;
    struct stet_check_options options = { .name = path, .worker = worker };
    size_t written = 0;
    double from = spent();
    TRY(stet_check_run(archive, story.at, story.len, &options, &check, fault));
    enum stet_status done = stet_check_report(check, STET_REPORT_MEMO, 0, drop, &written, fault);
    stet_check_free(check);
    *took = spent() - from;
    return done;
}

static enum stet_status measure(char **argv, size_t times, const char *worker,
                                struct stet_fault *fault)
{
    static double took[TIMES_MAX];
    SCOPED(buffer_release) struct buffer story = { 0 };
    struct stet_archive *archive = NULL;
    TRY(file_read(AT_FDCWD, argv[2], STORY_BYTES_MAX, &story, fault));
    TRY(stet_archive_open(argv[1], &archive, fault));
    enum stet_status done = OK;
    for (size_t i = 0; i < times && done == OK; i++)
        done = check_once(archive, buffer_bytes(&story), argv[2], worker, &took[i], fault);
    stet_archive_close(archive);
    TRY(done);
    double first = took[0];
    qsort(took + 1, times - 1, sizeof *took, compare);
    printf("first %.1f ms, then median %.1f ms, least %.1f ms, worst %.1f ms of %zu\n", first,
           took[1 + (times - 1) / 2], took[1], took[times - 1], times - 1);
    return OK;
}

int main(int argc, char **argv)
{
    struct stet_fault fault = { 0 };
    size_t times = argc > 3 ? (size_t)atoi(argv[3]) : TIMES;
    if (argc < 3 || times < 2 || times > TIMES_MAX) {
        fputs("check_speed ARCHIVE STORY [TIMES [WORKER]]\n", stderr);
        return 2;
    }
    if (measure(argv, times, argc > 4 ? argv[4] : NULL, &fault) == STET_OK)
        return 0;
    fprintf(stderr, "check_speed: %s\n", fault.words);
    return 2;
}

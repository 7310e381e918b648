#include "check/calibration.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <stet/check.h>

#include "base/file.h"
#include "check/run.h"

enum { CALIBRATION_MAX = 64, SCORES_MAX = 4096, SHARE_PER_MILLE = 997 };
static const char calibration_file[] = "calibration";

double calibration_threshold(const struct archive *archive)
{
    SCOPED(buffer_release) struct buffer text = { 0 };
    if (file_read(archive_directory(archive), calibration_file, CALIBRATION_MAX, &text, NULL) != OK)
        return 0;
    buffer_u8(&text, 0);
    double bits = text.failed ? 0 : strtod((const char *)text.at, NULL);
    return bits > 20 && bits < 1000 ? bits : 0;
}

/* The scores of sentences that cannot come from here. */
struct null_test {
    struct snapshot *snapshot;
    struct tracer *tracer;
    double scores[SCORES_MAX];
    size_t count;
    size_t traced;
};

static enum status score(struct null_test *test, struct bytes text, uint32_t start, uint32_t end,
                         struct fault *fault)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct pattern pattern;
    struct trace trace = { 0 };
    struct trace_options options = { 0 };
    TRY(pattern_build(text, start, end, NULL, 0, &arena, &pattern, fault));
    TRY(tracer_trace(test->tracer, &pattern, &options, &arena, &trace, fault));
    if (test->count < SCORES_MAX)
        test->scores[test->count++] = trace.candidate_count > 0 ? trace.candidates[0].bits : 0;
    test->traced += trace.reach == TRACE_TRACED || trace.reach == TRACE_PROBABLE;
    return OK;
}

/* The whole sentence, and its windows of 6, 9 and 14 words. */
static enum status score_windows(struct null_test *test, struct bytes text, struct fault *fault)
{
    static const size_t widths[] = { 6, 9, 14 };
    uint32_t starts[128], ends[128];
    size_t words = 0;
    for (size_t at = 0; at < text.len && words < 128; words++) {
        while (at < text.len && text.at[at] == ' ')
            at++;
        starts[words] = (uint32_t)at;
        while (at < text.len && text.at[at] != ' ')
            at++;
        ends[words] = (uint32_t)at;
    }
    TRY(score(test, text, 0, (uint32_t)text.len, fault));
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
        for (size_t i = 0; i + widths[w] <= words; i += widths[w])
            TRY(score(test, text, starts[i], ends[i + widths[w] - 1], fault));
    return OK;
}

static int ascending(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static enum status run_null_test(struct null_test *test, struct stet_archive *archive,
                                 struct fault *fault)
{
    TRY(snapshot_open(archive, NULL, &test->snapshot, fault));
    TRY(tracer_new(test->snapshot, &test->tracer, fault));
    for (size_t i = 0; null_sentences[i] != NULL; i++)
        TRY(score_windows(test, bytes_from_string(null_sentences[i]), fault));
    qsort(test->scores, test->count, sizeof *test->scores, ascending);
    return OK;
}

static enum status keep_threshold(struct stet_archive *archive, const struct null_test *test,
                                  char said[1024], struct fault *fault)
{
    double top = test->count > 0 ? test->scores[test->count - 1] : 0;
    double share = test->count > 0 ? test->scores[test->count * SHARE_PER_MILLE / 1000] : 0;
    double middle = test->count > 0 ? test->scores[test->count / 2] : 0;
    snprintf(said, 1024,
             "%zu invented quotations of 6 words and more held against this archive: evidence %.0f "
             "bits in the middle, %.0f at "
             "99.7 %%, %.0f at most; %zu would be traced.",
             test->count, middle, share, top, test->traced);
    if (test->traced * 1000 <= test->count * (1000 - SHARE_PER_MILLE)) {
        unlinkat(archive_directory(archive), calibration_file, 0);
        strncat(said, " The built-in threshold holds.", 1024 - strlen(said) - 1);
        return OK;
    }
    SCOPED(buffer_release) struct buffer text = { 0 };
    buffer_print(&text, "%.1f\n", share + 5);
    TRY(buffer_check(&text, fault));
    TRY(file_write_durably(archive_directory(archive), calibration_file, buffer_bytes(&text),
                           fault));
    size_t len = strlen(said);
    snprintf(said + len, 1024 - len, " The threshold is set to %.0f bits.", share + 5);
    return OK;
}

enum stet_status stet_calibrate(struct stet_archive *archive, char said[1024],
                                struct stet_fault *fault)
{
    struct null_test *test = calloc(1, sizeof *test);
    if (test == NULL)
        return no_memory(fault);
    enum status done = run_null_test(test, archive, fault);
    if (done == OK)
        done = keep_threshold(archive, test, said, fault);
    tracer_free(test->tracer);
    snapshot_drop(test->snapshot);
    free(test);
    return done;
}

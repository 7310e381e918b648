#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>

#include "../archive/fixture.h"
#include "shim.h"

/* At every state-changing call of a small intake: die, tear the write, fail. Then go on as a person
 * would, and compare. */
enum { DOCUMENTS = 20, STRIDE_OF_ERRORS = 7 }; /* tests/durable/full asks for more */

#define CASE(name) static void name(void **state)

struct trial {
    struct fixture fixture;
    size_t documents;
    char empty[80]; /* a made archive, to begin from */
    char expected[65];
};

static enum status intake(const struct trial *trial, struct fault *fault)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    TRY(stet_archive_open(trial->fixture.path, &archive, fault));
    TRY(fixture_add(&trial->fixture, archive, 1, trial->documents + 1, fault));
    TRY(archive_writer_open(archive, 0, &writer, fault));
    return archive_writer_merge(writer, fault);
}

static void print_damage(void *context, const char *damage, uint64_t done, uint64_t total)
{
    (void)context, (void)done, (void)total;
    if (damage != NULL)
        print_error("%s\n", damage);
}

static enum status examine(const char *path, char digest[65], struct fault *fault)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    struct stet_stats stats;
    TRY(stet_archive_open(path, &archive, fault));
    TRY(stet_archive_verify(archive, true, print_damage, NULL, fault));
    TRY(stet_archive_stats(archive, true, &stats, fault));
    memcpy(digest, stats.digest, 65);
    return OK;
}

/* What stands after the harm, before anything is repaired, must be whole too; then the intake is
 * run again. */
static void go_on(const struct trial *trial, size_t at)
{
    struct fault fault = { 0 };
    char digest[65] = "";
    if (examine(trial->fixture.path, digest, &fault) != OK || intake(trial, &fault) != OK ||
        examine(trial->fixture.path, digest, &fault) != OK) {
        print_error("harmed at call %zu: %s\n", at, fault.words);
        assert_true(false);
    }
    assert_string_equal(digest, trial->expected);
}

static int begin(void **state)
{
    struct trial *trial = calloc(1, sizeof *trial);
    struct fault fault;
    fixture_begin(&trial->fixture);
    trial->fixture.large_at = 8;
    const char *documents = getenv("STET_DURABLE_DOCUMENTS");
    trial->documents = documents != NULL ? strtoul(documents, NULL, 10) : DOCUMENTS;
    snprintf(trial->empty, sizeof trial->empty, "%s/empty", trial->fixture.folder);
    if (stet_archive_create(trial->empty, &fault) != OK)
        return -1;
    fixture_copy(trial->empty, trial->fixture.path);
    if (intake(trial, &fault) != OK ||
        examine(trial->fixture.path, trial->expected, &fault) != OK) {
        print_error("%s\n", fault.words);
        return -1;
    }
    *state = trial;
    return 0;
}

static int end(void **state)
{
    struct trial *trial = *state;
    fixture_end(&trial->fixture);
    free(trial);
    return 0;
}

/* Answers whether the child was killed; false when it came to its end. */
static bool dies_at(const struct trial *trial, size_t at, enum shim_harm harm)
{
    fixture_copy(trial->empty, trial->fixture.path);
    pid_t child = fork();
    if (child == 0) {
        struct fault fault;
        shim_arm(at, harm, 0);
        _exit(intake(trial, &fault) == OK ? 0 : 1);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended) || WEXITSTATUS(ended) == 0);
    return WIFSIGNALED(ended);
}

static void die_everywhere(const struct trial *trial, enum shim_harm harm, size_t step)
{
    size_t at = 1;
    for (; dies_at(trial, at, harm); at += step)
        go_on(trial, at);
    print_message("about %zu state-changing calls\n", at - 1);
    assert_in_range(at, 50, 5000);
}

CASE(a_death_at_any_call_loses_and_doubles_nothing)
{
    die_everywhere(*state, SHIM_KILL, 1);
}

CASE(a_torn_write_loses_and_doubles_nothing)
{
    die_everywhere(*state, SHIM_TEAR, 3);
}

static void fail_everywhere(const struct trial *trial, enum shim_harm harm, int error)
{
    size_t calls = SIZE_MAX;
    for (size_t at = 1; at <= calls; at += STRIDE_OF_ERRORS) {
        struct fault fault = { 0 };
        fixture_copy(trial->empty, trial->fixture.path);
        shim_arm(at, harm, error);
        enum status ended = intake(trial, &fault);
        size_t seen = shim_disarm();
        if (seen < at)
            calls = seen;
        if (ended != OK)
            assert_true(ended == IO_FAILED && strlen(fault.words) > 10);
        go_on(trial, at);
    }
}

CASE(a_full_disk_is_said_and_the_intake_goes_on_later)
{
    fail_everywhere(*state, SHIM_ALWAYS, ENOSPC);
}

CASE(one_failed_call_is_said_and_the_intake_goes_on_later)
{
    fail_everywhere(*state, SHIM_ONCE, EIO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_death_at_any_call_loses_and_doubles_nothing),
        cmocka_unit_test(a_torn_write_loses_and_doubles_nothing),
        cmocka_unit_test(a_full_disk_is_said_and_the_intake_goes_on_later),
        cmocka_unit_test(one_failed_call_is_said_and_the_intake_goes_on_later),
    };
    return cmocka_run_group_tests(tests, begin, end);
}

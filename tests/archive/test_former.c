#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>

#include "archive/snapshot.h"
#include "archive/writer.h"
#include "fixture.h"

#define GOLDEN_DIGEST "29df34dea44a5bac05ae880f8cf896cfde596f165f579cfb7dc4fe5c0555c107"

static struct fault fault;

/* Fails with the words of the fault. */
#define MUST(call)                                                                                 \
    do {                                                                                           \
        fault = (struct fault){ 0 };                                                               \
        if ((call) != OK)                                                                          \
            print_error("%s: %s\n", #call, fault.words), _fail(__FILE__, __LINE__);                \
    } while (0)

static int begin(void **state)
{
    struct fixture *fixture = malloc(sizeof *fixture);
    fixture_begin(fixture);
    fixture_copy(GOLDEN "/format-1", fixture->path);
    *state = fixture;
    return 0;
}

static int end(void **state)
{
    fixture_end(*state);
    free(*state);
    return 0;
}

static void print_damage(void *context, const char *damage, uint64_t done, uint64_t total)
{
    (void)context, (void)done, (void)total;
    if (damage != NULL)
        print_message("%s\n", damage);
}

static void check_digest(const char *path)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    struct stet_stats stats;
    MUST(stet_archive_open(path, &archive, &fault));
    MUST(stet_archive_verify(archive, true, print_damage, NULL, &fault));
    MUST(stet_archive_stats(archive, true, &stats, &fault));
    assert_string_equal(stats.digest, GOLDEN_DIGEST);
}

/* How many segments of the archive have that format. */
static unsigned count_format(const char *path, uint32_t format)
{
    char folder[120];
    unsigned count = 0;
    snprintf(folder, sizeof folder, "%s/segments", path);
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        CLOSED(segment_close) struct segment *segment = NULL;
        if (strstr(entry->d_name, ".segment") == NULL)
            continue;
        MUST(segment_open(dirfd(listing), entry->d_name, &segment, &fault));
        count += segment_format(segment) == format;
    }
    closedir(listing);
    return count;
}

static void an_archive_of_format_1_is_read_whole(void **state)
{
    const struct fixture *fixture = *state;
    assert_int_equal(count_format(fixture->path, 1), 2);
    check_digest(fixture->path);
}

static void the_next_merge_rewrites_it_and_loses_nothing(void **state)
{
    const struct fixture *fixture = *state;
    struct hash before, after;
    {
        CLOSED(stet_archive_close) struct archive *archive = NULL;
        CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
        MUST(stet_archive_open(fixture->path, &archive, &fault));
        MUST(fixture_texts(archive, &before, &fault));
        MUST(archive_writer_open(archive, 0, &writer, &fault));
        MUST(archive_writer_merge(writer, &fault));
        MUST(fixture_texts(archive, &after, &fault));
    }
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(count_format(fixture->path, 1), 0);
    assert_true(count_format(fixture->path, 2) > 0);
    check_digest(fixture->path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_archive_of_format_1_is_read_whole, begin, end),
        cmocka_unit_test_setup_teardown(the_next_merge_rewrites_it_and_loses_nothing, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

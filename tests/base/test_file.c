#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/scoped.h"

static int folder = -1;
static char folder_name[] = "/tmp/stet-test-file-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder_name) == NULL)
        return 1;
    folder = open(folder_name, O_RDONLY | O_DIRECTORY);
    return folder < 0 || hash_start(NULL) != OK;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[100];
    snprintf(command, sizeof command, "rm -rf %s", folder_name);
    return close(folder) || system(command);
}

static int count_entries(void)
{
    DIR *listing = opendir(folder_name);
    int count = 0;
    while (readdir(listing) != NULL)
        count++;
    closedir(listing);
    return count - 2;
}

static void a_written_file_is_read_and_mapped(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer read = { 0 };
    SCOPED(mapping_release) struct mapping mapping = { 0 };
    struct fault fault;
    struct bytes content = bytes_from_string("the silver of the mine\n");
    int before = count_entries();
    assert_int_equal(file_write_durably(folder, "a", content, &fault), OK);
    assert_int_equal(count_entries(), before + 1);
    assert_int_equal(file_read(folder, "a", content.len, &read, &fault), OK);
    assert_true(bytes_equal(buffer_bytes(&read), content));
    assert_int_equal(file_map(folder, "a", &mapping, &fault), OK);
    assert_true(bytes_equal(mapping.bytes, content));
}

static void a_second_write_replaces_the_first(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer read = { 0 };
    struct fault fault;
    assert_int_equal(file_write_durably(folder, "b", bytes_from_string("first"), &fault), OK);
    assert_int_equal(file_write_durably(folder, "b", bytes_from_string("2nd"), &fault), OK);
    assert_int_equal(file_read(folder, "b", 100, &read, &fault), OK);
    assert_true(bytes_is(buffer_bytes(&read), "2nd"));
}

static void a_failed_write_leaves_no_trace(void **state)
{
    (void)state;
    struct fault fault;
    assert_int_equal(directory_make(folder, "taken", &fault), OK);
    assert_int_equal(directory_make(folder, "taken/inside", &fault), OK);
    int before = count_entries();
    struct bytes content = bytes_from_string("x");
    assert_int_equal(file_write_durably(folder, "taken", content, &fault), IO_FAILED);
    assert_int_equal(file_write_durably(folder, "nowhere/c", content, &fault), NOT_FOUND);
    assert_int_equal(count_entries(), before);
}

static void reading_stops_at_the_limit(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer read = { 0 };
    struct fault fault;
    assert_int_equal(file_write_durably(folder, "d", bytes_from_string("12345"), &fault), OK);
    assert_int_equal(file_read(folder, "d", 4, &read, &fault), OVER_LIMIT);
    assert_int_equal(read.len, 0);
    assert_int_equal(file_read(AT_FDCWD, "/proc/self/status", 10, &read, &fault), OVER_LIMIT);
    assert_int_equal(read.len, 0);
}

static void what_is_no_plain_file_is_refused(void **state)
{
    (void)state;
    SCOPED(buffer_release) struct buffer read = { 0 };
    struct mapping mapping = { 0 };
    struct fault fault;
    assert_int_equal(file_read(folder, "missing", 9, &read, &fault), NOT_FOUND);
    assert_non_null(strstr(fault.words, "missing"));
    assert_int_equal(file_map(folder, "missing", &mapping, &fault), NOT_FOUND);
    assert_int_equal(file_read(folder, ".", 9, &read, &fault), BAD_INPUT);
    assert_int_equal(mkfifoat(folder, "pipe", 0600), 0);
    assert_int_equal(file_read(folder, "pipe", 9, &read, &fault), BAD_INPUT);
}

static void an_empty_file_maps_to_nothing(void **state)
{
    (void)state;
    struct mapping mapping = { 0 };
    struct fault fault;
    assert_int_equal(file_write_durably(folder, "e", (struct bytes){ 0 }, &fault), OK);
    assert_int_equal(file_map(folder, "e", &mapping, &fault), OK);
    assert_int_equal(mapping.bytes.len, 0);
    mapping_release(&mapping);
}

static void a_read_past_the_end_is_corrupt(void **state)
{
    (void)state;
    struct fault fault;
    char read[4];
    assert_int_equal(file_write_durably(folder, "f", bytes_from_string("12345"), &fault), OK);
    CLOSED_FD int fd = openat(folder, "f", O_RDONLY);
    assert_int_equal(file_read_at(fd, 1, 4, "f", read, &fault), OK);
    assert_memory_equal(read, "2345", 4);
    assert_int_equal(file_read_at(fd, 2, 4, "f", read, &fault), CORRUPT);
    assert_int_equal(file_read_at(fd, UINT64_MAX, 4, "f", read, &fault), CORRUPT);
}

static void faults_of_the_disk_are_told(void **state)
{
    (void)state;
    struct fault fault;
    CLOSED_FD int full = open("/dev/full", O_WRONLY);
    struct bytes content = bytes_from_string("x");
    assert_int_equal(file_write_all(full, content, "disk", &fault), IO_FAILED);
    assert_int_equal(file_sync(-1, "disk", &fault), IO_FAILED);
    assert_int_equal(directory_sync(folder, "folder", &fault), OK);
    assert_int_equal(file_write_durably(folder, "plain", content, &fault), OK);
    assert_int_equal(directory_make(folder, "plain", &fault), IO_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_written_file_is_read_and_mapped),
        cmocka_unit_test(a_second_write_replaces_the_first),
        cmocka_unit_test(a_failed_write_leaves_no_trace),
        cmocka_unit_test(reading_stops_at_the_limit),
        cmocka_unit_test(what_is_no_plain_file_is_refused),
        cmocka_unit_test(an_empty_file_maps_to_nothing),
        cmocka_unit_test(a_read_past_the_end_is_corrupt),
        cmocka_unit_test(faults_of_the_disk_are_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

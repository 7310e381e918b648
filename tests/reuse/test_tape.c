#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <unistd.h>

#include "base/scoped.h"
#include "reuse/sorter.h"

enum { RECORDS = 5000 };

static char folder[64];
static int dir;

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/stet-tape-XXXXXX");
    dir = mkdtemp(folder) != NULL ? open(folder, O_RDONLY | O_DIRECTORY) : -1;
    return dir < 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlinkat(dir, "tape", 0);
    close(dir);
    return rmdir(folder);
}

static uint32_t value_at(uint64_t number)
{
    return (uint32_t)(number * 2654435761u);
}

static void write_tape(uint64_t count)
{
    SCOPED(tape_writer_release) struct tape_writer tape = { .fd = -1 };
    assert_int_equal(tape_create(dir, "tape", 12, &tape, NULL), OK);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t record[3] = { value_at(i), i, 7 };
        assert_int_equal(tape_write(&tape, record, NULL), OK);
    }
    assert_int_equal(tape_end(&tape, NULL), OK);
}

/* Read all; the sum of what was answered. */
static enum status read_all(uint64_t *count)
{
    SCOPED(tape_release) struct tape tape = { .fd = -1 };
    TRY(tape_open(dir, "tape", 12, &tape, NULL));
    for (*count = 0;; ++*count) {
        const void *at;
        TRY(tape_next(&tape, &at, NULL));
        if (at == NULL)
            return OK;
        uint32_t record[3];
        memcpy(record, at, sizeof record);
        assert_int_equal(record[0], value_at(*count));
    }
}

static void what_was_written_is_read(void **state)
{
    (void)state;
    static const uint64_t counts[] = { 0, 1, 1364, 1365, 1366, RECORDS };
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        uint64_t count;
        write_tape(counts[i]);
        assert_int_equal(read_all(&count), OK);
        assert_int_equal(count, counts[i]);
    }
}

static void a_run_of_records_is_read_over_blocks(void **state)
{
    (void)state;
    SCOPED(tape_release) struct tape tape = { .fd = -1 };
    static uint32_t records[3 * RECORDS];
    write_tape(RECORDS);
    assert_int_equal(tape_open(dir, "tape", 12, &tape, NULL), OK);
    assert_int_equal(tape_read(&tape, 1000, 3000, records, NULL), OK);
    for (uint32_t i = 0; i < 3000; i++)
        assert_int_equal(records[3 * i + 1], 1000 + i);
    assert_int_equal(tape_read(&tape, RECORDS - 1, 2, records, NULL), CORRUPT);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    uint64_t count;
    write_tape(100);
    for (off_t len = 100 * 12 + 8 + 32; len-- > 0;) {
        CLOSED_FD int fd = openat(dir, "tape", O_WRONLY);
        assert_int_equal(ftruncate(fd, len), 0);
        assert_int_equal(read_all(&count), CORRUPT);
    }
}

static void every_flipped_byte_is_refused(void **state)
{
    (void)state;
    uint64_t count;
    write_tape(100);
    CLOSED_FD int fd = openat(dir, "tape", O_RDWR);
    for (off_t at = 0; at < 100 * 12 + 8 + 32; at++) {
        uint8_t byte;
        assert_int_equal(pread(fd, &byte, 1, at), 1);
        byte ^= 0x10;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
        assert_int_equal(read_all(&count), CORRUPT);
        byte ^= 0x10;
        assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    }
    assert_int_equal(read_all(&count), OK);
}

static void many_runs_merge_in_order_and_equal_ones_as_they_came(void **state)
{
    (void)state;
    SCOPED(sorter_release) struct sorter sorter = { 0 };
    SCOPED(merge_release) struct merge merge = { 0 };
    struct sorting of = { dir, "run", 2, 1 };
    uint64_t before[2] = { 0, 0 }, count = 0;
    const uint64_t *record;
    assert_int_equal(sorter_begin(&sorter, &of, 1, NULL), OK);
    for (uint64_t i = 1; i <= 10500; i++) {
        uint64_t added[2] = { (uint64_t)value_at(i) % 700 << 30, i };
        assert_int_equal(sorter_add(&sorter, added, NULL), OK);
    }
    assert_int_equal(sorter_end(&sorter, NULL), OK);
    assert_int_equal(sorter.runs, 11);
    assert_int_equal(merge_begin(&merge, &of, sorter.runs, NULL), OK);
    for (;; count++) {
        assert_int_equal(merge_next(&merge, &record, NULL), OK);
        if (record == NULL)
            break;
        assert_true(before[0] < record[0] || (before[0] == record[0] && before[1] < record[1]));
        memcpy(before, record, sizeof before);
    }
    assert_int_equal(count, 10500);
    sorting_remove(&of, sorter.runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(a_run_of_records_is_read_over_blocks),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(every_flipped_byte_is_refused),
        cmocka_unit_test(many_runs_merge_in_order_and_equal_ones_as_they_came),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}

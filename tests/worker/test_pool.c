#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "hostile.h"
#include "worker/pool.h"

struct stage {
    const char *program;
    struct worker_pool *pool;
};

static int file_of(const char *content)
{
    int fd = memfd_create("batch", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, content, strlen(content)), strlen(content));
    return fd;
}

static struct worker_batch *open_one(struct worker_pool *pool, int fd, size_t len)
{
    struct worker_batch *batch = NULL;
    struct fault fault = { 0 };
    struct batch_item item = { FORMAT_TEXT, 0, len, bytes_from_string("a.txt"), { 0 } };
    enum status answer = worker_batch_open(pool, fd, &item, 1, 0, &batch, &fault);
    assert_string_equal(fault.words, "");
    assert_int_equal(answer, OK);
    return batch;
}

/* Listen to the end; the text said, and how it ended in `fault`. */
static enum status hear_all(struct worker_batch *batch, struct buffer *text, struct fault *fault)
{
    struct message message;
    for (;;) {
        enum status answer = worker_batch_next(batch, &message, fault);
        if (answer != OK || message.kind == MESSAGE_BATCH_END)
            return answer;
        if (message.kind == MESSAGE_TEXT && text)
            buffer_append_bytes(text, message.text);
    }
}

static void read_well(struct worker_pool *pool)
{
    struct buffer text = { 0 };
    struct fault fault = { 0 };
    int fd = file_of("The harbour of Sulaco lies still.");
    struct worker_batch *batch = open_one(pool, fd, 33);
    enum status answer = hear_all(batch, &text, &fault);
    assert_string_equal(fault.words, "");
    assert_int_equal(answer, OK);
    assert_true(bytes_is(buffer_bytes(&text), "The harbour of Sulaco lies still."));
    assert_int_equal(worker_batch_report(batch)->end, WORKER_DONE);
    worker_batch_close(batch);
    buffer_release(&text);
    close(fd);
}

static void each_misdeed_ends_its_batch_and_the_next_is_read(void **state)
{
    static const struct {
        char letter;
        const char *words;
    } rows[] = {
#define ROW(letter, run, words) { letter, words },
        HOSTILE(ROW)
#undef ROW
    };
    struct stage *stage = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fault fault = { 0 };
        const char content[] = { rows[i].letter, '\0' };
        int fd = file_of(content);
        struct worker_batch *batch = open_one(stage->pool, fd, 1);
        assert_int_equal(hear_all(batch, NULL, &fault), BAD_INPUT);
        print_message("    %c: %s\n", rows[i].letter, fault.words);
        assert_non_null(strstr(fault.words, rows[i].words));
        struct message message;
        assert_int_equal(worker_batch_next(batch, &message, &fault), BAD_INPUT);
        worker_batch_close(batch);
        close(fd);
        read_well(stage->pool);
    }
}

static void a_reader_that_gives_up_costs_its_item_only(void **state)
{
    struct stage *stage = *state;
    int fd = file_of("!Once");
    struct batch_item items[] = { { .format = FORMAT_TEXT, .len = 1 },
                                  { .format = FORMAT_HTML, .len = 1 },
                                  { .format = FORMAT_TEXT, .offset = 1, .len = 4 } };
    static const enum verdict verdicts[] = { VERDICT_FAILED, VERDICT_UNREAD, VERDICT_FULL };
    struct worker_batch *batch = NULL;
    struct fault fault = { 0 };
    struct message message = { 0 };
    assert_int_equal(worker_batch_open(stage->pool, fd, items, 3, 0, &batch, &fault), OK);
    while (message.kind != MESSAGE_BATCH_END) {
        assert_int_equal(worker_batch_next(batch, &message, &fault), OK);
        if (message.kind == MESSAGE_ITEM_END)
            assert_int_equal(message.verdict, verdicts[message.item]);
        if (message.kind == MESSAGE_TEXT)
            assert_true(bytes_is(message.text, "Once"));
    }
    worker_batch_close(batch);
    close(fd);
}

static void batches_run_at_the_same_time_and_may_be_left(void **state)
{
    struct stage *stage = *state;
    int good = file_of("Once");
    int bad = file_of("z");
    struct worker_batch *batches[8];
    for (size_t i = 0; i < 8; i++)
        batches[i] = i % 2 ? open_one(stage->pool, bad, 1) : open_one(stage->pool, good, 4);
    uint64_t started = clock_monotonic();
    for (size_t i = 0; i < 8; i++) {
        struct buffer text = { 0 };
        if (i % 2 == 0)
            assert_int_equal(hear_all(batches[i], &text, NULL), OK);
        assert_true(bytes_is(buffer_bytes(&text), i % 2 ? "" : "Once"));
        worker_batch_close(batches[i]);
        buffer_release(&text);
    }
    assert_true(clock_monotonic() - started < 1000000000u);
    close(good);
    close(bad);
    read_well(stage->pool);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    DIR *directory = opendir("/proc/self/fd");
    while (readdir(directory))
        count++;
    closedir(directory);
    return count;
}

static void no_descriptor_leaks(void **state)
{
    struct stage *stage = *state;
    size_t before = open_descriptors();
    for (int i = 0; i < 80; i++) {
        int fd = file_of(i % 2 ? "n" : "Once");
        struct worker_batch *batch = open_one(stage->pool, fd, 1);
        assert_int_equal(hear_all(batch, NULL, NULL), i % 2 ? BAD_INPUT : OK);
        worker_batch_close(batch);
        close(fd);
    }
    assert_int_equal(open_descriptors(), before);
}

static void a_stop_of_the_whole_group_leaves_the_worker_program(void **state)
{
    struct stage *stage = *state;
    kill(stage->pool->pid, SIGINT);
    kill(stage->pool->pid, SIGTERM);
    read_well(stage->pool);
}

static void the_filter_and_the_limits_always_hold(void **state)
{
    struct stage *stage = *state;
    struct buffer words = { 0 };
    assert_int_equal(worker_pool_describe(stage->pool, &words, NULL), OK);
    buffer_u8(&words, '\0');
    print_message("%s", (char *)words.at);
    assert_non_null(strstr((char *)words.at, "seccomp filter: holds\n"));
    assert_non_null(
        strstr((char *)words.at, "limits of memory, time, files and processes: holds\n"));
    buffer_release(&words);
}

static void a_program_that_is_not_there_or_is_no_worker_is_refused(void **state)
{
    (void)state;
    struct worker_pool *pool = NULL;
    struct fault fault = { 0 };
    assert_int_equal(worker_pool_open(&(struct worker_options){ .program = "/nowhere/stet-worker" },
                                      &pool, &fault),
                     NOT_FOUND);
    assert_int_equal(
        worker_pool_open(&(struct worker_options){ .program = "/bin/true" }, &pool, &fault),
        IO_FAILED);
    assert_null(pool);
}

/* All who become our children when those between die. */
static bool have_all_ended(void)
{
    for (int i = 0; i < 300; i++) {
        pid_t ended = waitpid(-1, NULL, WNOHANG);
        if (ended < 0 && errno == ECHILD)
            return true;
        if (ended == 0)
            usleep(10000);
    }
    return false;
}

static void pause_after(ssize_t written)
{
    if (written == 1)
        pause();
    _exit(1);
}

static void nobody_outlives_a_parent_that_is_killed(void **state)
{
    struct stage *stage = *state;
    int ends[2];
    char word;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
    pid_t pid = fork();
    if (pid == 0) {
        struct worker_options options = { stage->program, 128, 60000, 60000 };
        struct worker_pool *pool = NULL;
        if (worker_pool_open(&options, &pool, NULL) == OK)
            open_one(pool, file_of("l"), 1);
        word = pool ? 'y' : 'n';
        pause_after(write(ends[1], &word, 1));
    }
    assert_int_equal(read(ends[0], &word, 1), 1);
    assert_int_equal(word, 'y');
    kill(pid, SIGKILL);
    assert_true(have_all_ended());
    close(ends[0]);
    close(ends[1]);
}

static int set_up(void **state)
{
    struct stage *stage = *state;
    struct fault fault = { 0 };
    struct worker_options options = { stage->program, 128, 1000, 1500 };
    enum status answer = worker_pool_open(&options, &stage->pool, &fault);
    assert_string_equal(fault.words, "");
    assert_int_equal(answer, OK);
    return 0;
}

static int tear_down(void **state)
{
    struct stage *stage = *state;
    worker_pool_close(stage->pool);
    return 0;
}

int main(int count, char **words)
{
    struct stage stage = { .program = count > 1 ? words[1] : "tests/worker/stet-hostile-worker" };
#define IN_POOL(function)                                                                          \
    cmocka_unit_test_prestate_setup_teardown(function, set_up, tear_down, &stage)
    const struct CMUnitTest tests[] = {
        IN_POOL(a_stop_of_the_whole_group_leaves_the_worker_program),
        IN_POOL(the_filter_and_the_limits_always_hold),
        IN_POOL(each_misdeed_ends_its_batch_and_the_next_is_read),
        IN_POOL(a_reader_that_gives_up_costs_its_item_only),
        IN_POOL(batches_run_at_the_same_time_and_may_be_left),
        IN_POOL(no_descriptor_leaks),
        cmocka_unit_test_prestate(nobody_outlives_a_parent_that_is_killed, &stage),
        cmocka_unit_test(a_program_that_is_not_there_or_is_no_worker_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

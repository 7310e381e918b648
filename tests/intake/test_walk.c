#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/walk.h"

static char top[64];

static void make_file(const char *path)
{
    char whole[256];
    snprintf(whole, sizeof whole, "%s/%s", top, path);
    int fd = open(whole, O_CREAT | O_WRONLY, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void make_folder(const char *path)
{
    char whole[256];
    snprintf(whole, sizeof whole, "%s/%s", top, path);
    assert_int_equal(mkdir(whole, 0700), 0);
}

static int set_up(void **state)
{
    (void)state;
    snprintf(top, sizeof top, "/tmp/stet-walk-XXXXXX");
    return mkdtemp(top) == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", top);
    return system(command);
}

/* "root/path=trouble;" of every entry. */
static void list(const char *given, int archive, char *out, size_t room)
{
    struct walk *walk = NULL;
    struct walk_entry entry;
    struct fault fault;
    size_t used = 0;
    assert_int_equal(walk_open(&given, 1, archive, &walk, &fault), OK);
    out[0] = 0;
    while (walk_next(walk, &entry, &fault) == OK)
        used += (size_t)snprintf(out + used, room - used, "%.*s=%d;", (int)entry.path.len,
                                 (const char *)entry.path.at, entry.trouble);
    walk_close(walk);
}

static void files_come_in_the_order_of_their_bytes_and_links_are_met_not_followed(void **state)
{
    (void)state;
    char met[512], link[128];
    make_folder("b");
    make_file("b/two");
    make_file("b/One");
    make_file("a");
    make_file("c");
    snprintf(link, sizeof link, "%s/b/loop", top);
    assert_int_equal(symlink("..", link), 0);
    snprintf(link, sizeof link, "%s/pipe", top);
    assert_int_equal(mkfifo(link, 0600), 0);
    list(top, -1, met, sizeof met);
    assert_string_equal(met, "a=0;b/One=0;b/loop=1;b/two=0;c=0;pipe=2;");
}

static void the_archives_own_folder_is_stepped_over(void **state)
{
    (void)state;
    char met[256], inside[128];
    make_folder("own.stet");
    make_file("own.stet/catalog.db");
    make_file("x");
    snprintf(inside, sizeof inside, "%s/own.stet", top);
    int archive = open(inside, O_RDONLY | O_DIRECTORY);
    list(top, archive, met, sizeof met);
    close(archive);
    assert_string_equal(met, "x=0;");
}

static void folders_deeper_than_the_limit_are_told_and_not_entered(void **state)
{
    (void)state;
    char *met = calloc(1, 1 << 16);
    char path[2048] = "d";
    for (int depth = 0; depth <= WALK_DEPTH_MAX + 1; depth++) {
        char whole[2200];
        snprintf(whole, sizeof whole, "%s/%s", top, path);
        assert_int_equal(mkdir(whole, 0700), 0);
        strcat(path, "/d");
    }
    list(top, -1, met, 1 << 16);
    assert_non_null(strstr(met, "=4;"));
    free(met);
}

static void a_path_that_is_not_there_is_named(void **state)
{
    (void)state;
    struct walk *walk = NULL;
    struct fault fault;
    const char *gone = "/tmp/stet-no-such-folder/x";
    assert_int_equal(walk_open(&gone, 1, -1, &walk, &fault), NOT_FOUND);
    assert_non_null(strstr(fault.words, gone));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            files_come_in_the_order_of_their_bytes_and_links_are_met_not_followed, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(the_archives_own_folder_is_stepped_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(folders_deeper_than_the_limit_are_told_and_not_entered,
                                        set_up, tear_down),
        cmocka_unit_test(a_path_that_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

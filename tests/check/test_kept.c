#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "catalog/desk.h"
#include "check/kept.h"
#include "check/objects.h"

static struct stet_fault fault;
static char folder[] = "/tmp/stet-kept-XXXXXX", path[64];
static struct stet_archive *archive;

static int open_archive(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/a.stet", folder);
    return stet_archive_create(path, &fault) != STET_OK ||
           stet_archive_open(path, &archive, &fault) != STET_OK;
}

static int remove_archive(void **state)
{
    char command[96];
    (void)state;
    stet_archive_close(archive);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const struct stet_source source = {
    .name = "26MIRADOR7",
    .address = "26MIRADOR7#p3",
    .part = 1,
    .reading = "0a1b",
    .label = "p3",
    .marking = "C",
    .date = "~2026-02-03",
    .date_basis = "from a line",
    .origin = "Mirador",
    .class_name = "CONFIDENTIAL",
    .start = 10,
    .end = 40,
    .before = "the ",
    .text = "ferry sank",
    .after = " at dusk",
    .lead_in = "Econoff heard that",
};
static const struct stet_difference difference = {
    .code = "O4",
    .marked = "no",
    .severity = STET_FIX,
    .message = "a word is missing",
    .story_text = "",
    .source_text = "old",
    .start = 3,
    .end = 5,
};
static const struct stet_candidate candidate = { "26MIRADOR8", "p1", 71.5 };

static struct stet_statement statement_of(const char *id, const char *text, enum stet_severity at)
{
    return (struct stet_statement){
        .id = id,
        .kind = "quotation",
        .verdict = "altered",
        .rule = "quotation-altered",
        .message = "differs",
        .severity = at,
        .start = 1,
        .end = 9,
        .line = 2,
        .column = 4,
        .text = text,
        .sources = &source,
        .source_count = 1,
        .differences = &difference,
        .difference_count = 1,
        .candidates = &candidate,
        .candidate_count = 1,
        .copies = 2,
        .ruling = STET_STANDS,
        .ruled_by = "Ada",
        .ruled = "2026-03-01",
        .reason = "seen",
        .is_reopened = true,
    };
}

static void encode(struct buffer *to)
{
    static struct stet_statement at[2];
    at[0] = statement_of("aa", "the ferry sank", STET_FIX);
    at[1] = statement_of("bb", "at dusk", STET_NONE);
    struct stet_statements all = { at, 2, "The ferry.", 10 };
    objects_encode(&all, to);
}

static void statements_come_back_as_they_were(void **state)
{
    SCOPED(buffer_release) struct buffer coded = { 0 };
    SCOPED(arena_release) struct arena arena = { 0 };
    struct stet_statements back;
    (void)state;
    encode(&coded);
    assert_int_equal(objects_decode(buffer_bytes(&coded), &arena, &back, &fault), STET_OK);
    assert_int_equal(back.count, 2);
    assert_string_equal(back.story, "The ferry.");
    assert_string_equal(back.at[0].sources[0].lead_in, "Econoff heard that");
    assert_string_equal(back.at[0].differences[0].source_text, "old");
    assert_int_equal(back.at[0].differences[0].severity, STET_FIX);
    assert_true(back.at[0].candidates[0].bits > 71.4 && back.at[0].candidates[0].bits < 71.6);
    assert_int_equal(back.at[1].ruling, STET_STANDS);
    assert_true(back.at[1].is_reopened);
}

static void every_truncation_is_refused(void **state)
{
    SCOPED(buffer_release) struct buffer coded = { 0 };
    (void)state;
    encode(&coded);
    for (size_t len = 0; len < coded.len; len++) {
        SCOPED(arena_release) struct arena arena = { 0 };
        struct stet_statements back;
        char *exact = malloc(len + 1);
        memcpy(exact, coded.at, len);
        assert_int_not_equal(objects_decode(bytes_make(exact, len), &arena, &back, &fault),
                             STET_OK);
        free(exact);
    }
}

static uint64_t keep(const char *story, const char *owner)
{
    uint64_t id = 0;
    struct kept_about about = { .check = { .story_name = story, .story_date = "", .owner = owner },
                                .made = 1700000000 };
    about.check.counts[STET_FIX] = 3;
    assert_int_equal(kept_put(archive, &about, bytes_from_string("found"), &id, &fault), STET_OK);
    return id;
}

static uint64_t total(const char *owner, const char *story)
{
    const struct stet_kept_checks *list;
    assert_int_equal(stet_kept_checks_list(archive, owner, story, 0, 0, &list, &fault), STET_OK);
    uint64_t count = list->total;
    if (count > 0)
        assert_int_equal(list->at[0].counts[STET_FIX], 3);
    stet_kept_checks_free(list);
    return count;
}

static void checks_are_listed_by_owner_and_story_and_deleted_for_good(void **state)
{
    (void)state;
    assert_int_equal(total(NULL, NULL), 0);
    uint64_t first = keep("a.md", "ada"), second = keep("b.md", "ben");
    assert_int_equal(first, 1);
    assert_int_equal(second, 2);
    assert_int_equal(total(NULL, NULL), 2);
    assert_int_equal(total("ada", NULL), 1);
    assert_int_equal(total("ada", "b.md"), 0);
    assert_int_equal(stet_check_delete(archive, second, &fault), STET_OK);
    assert_int_equal(stet_check_delete(archive, second, &fault), STET_NOT_FOUND);
    assert_int_equal(keep("c.md", "ada"), 3);
    assert_int_equal(total(NULL, NULL), 2);
}

static void a_check_that_names_a_purged_document_goes_with_it(void **state)
{
    CLOSED(desk_close) struct desk *desk = NULL;
    int dir = open(path, O_RDONLY | O_DIRECTORY);
    (void)state;
    uint64_t before = total(NULL, NULL);
    assert_int_equal(desk_open(dir, path, true, &desk, &fault), STET_OK);
    assert_int_equal(desk_forget(desk, bytes_from_string("26MIRADOR7"), &fault), STET_OK);
    assert_int_equal(total(NULL, NULL), before);
    assert_int_equal(desk_forget(desk, bytes_from_string("found"), &fault), STET_OK);
    assert_int_equal(total(NULL, NULL), 0);
    close(dir);
}

struct changes {
    int counts[3];
};

static void count_change(void *context, enum stet_change change,
                         const struct stet_statement *before, const struct stet_statement *now)
{
    struct changes *changes = context;
    assert_int_equal(before == NULL, change == STET_CHANGE_NEW);
    assert_int_equal(now == NULL, change == STET_CHANGE_GONE);
    changes->counts[change]++;
}

static void a_later_check_is_held_against_an_earlier_one(void **state)
{
    struct changes changes = { 0 };
    (void)state;
    struct stet_statement old[] = { statement_of("1", "same", STET_NONE),
                                    statement_of("2", "gone", STET_FIX),
                                    statement_of("3", "other", STET_FIX) };
    struct stet_statement new[] = { statement_of("9", "other", STET_NONE),
                                    statement_of("1", "same", STET_NONE),
                                    statement_of("4", "new", STET_QUERY) };
    struct stet_statements before = { old, 3, "", 0 }, now = { new, 3, "", 0 };
    stet_statements_compare(&before, &now, count_change, &changes);
    for (int i = 0; i < 3; i++)
        assert_int_equal(changes.counts[i], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_come_back_as_they_were),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(checks_are_listed_by_owner_and_story_and_deleted_for_good),
        cmocka_unit_test(a_check_that_names_a_purged_document_goes_with_it),
        cmocka_unit_test(a_later_check_is_held_against_an_earlier_one),
    };
    return cmocka_run_group_tests(tests, open_archive, remove_archive);
}

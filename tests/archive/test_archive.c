#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "archive/originals.h"
#include "archive/snapshot.h"
#include "fixture.h"

#define CASE(name) static void name(void **state)

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
    MUST(stet_archive_create(fixture->path, &fault));
    *state = fixture;
    return 0;
}

static int end(void **state)
{
    fixture_end(*state);
    free(*state);
    return 0;
}

static void fill(const struct fixture *fixture, size_t first, size_t last)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    MUST(fixture_add(fixture, archive, first, last, &fault));
}

static void print_damage(void *context, const char *damage, uint64_t done, uint64_t total)
{
    (void)context, (void)done, (void)total;
    if (damage != NULL)
        print_message("%s\n", damage);
}

static void digest_of(const char *path, char digest[65])
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    struct stet_stats stats;
    MUST(stet_archive_open(path, &archive, &fault));
    MUST(stet_archive_verify(archive, true, print_damage, NULL, &fault));
    MUST(stet_archive_stats(archive, true, &stats, &fault));
    memcpy(digest, stats.digest, 65);
}

CASE(what_was_added_is_found_by_any_of_its_names)
{
    const struct fixture *fixture = *state;
    fill(fixture, 1, 12);
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    const char *names[] = { "09PUERTOSALINA7", "09 puerto salina 0007", "harbour/00007.txt" };
    for (size_t i = 0; i < 3; i++) {
        uint64_t *ids;
        size_t count;
        struct document_row row;
        MUST(catalog_documents_named(archive_catalog(archive), bytes_from_string(names[i]), &arena,
                                     &ids, &count, &fault));
        assert_int_equal(count, 1);
        MUST(catalog_document(archive_catalog(archive), ids[0], &arena, &row, &fault));
        assert_true(bytes_is(row.name, "09PUERTOSALINA7"));
        MUST(catalog_referrers(archive_catalog(archive), ids[0], &arena, &ids, &count, &fault));
        assert_int_equal(count, 1);
    }
}

CASE(commits_and_merges_do_not_show_in_the_digest)
{
    struct fixture *fixture = *state;
    char a[65], b[65];
    fill(fixture, 1, 31);
    digest_of(fixture->path, a);
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    struct hash before, after;
    MUST(fixture_texts(archive, &before, &fault));
    {
        CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
        MUST(archive_writer_open(archive, 0, &writer, &fault));
        MUST(archive_writer_merge(writer, &fault));
    }
    MUST(fixture_texts(archive, &after, &fault));
    assert_memory_equal(&before, &after, sizeof before);
    struct stet_stats stats;
    MUST(stet_archive_stats(archive, false, &stats, &fault));
    assert_in_range(stats.segments, 1, 3);
    digest_of(fixture->path, b);
    assert_string_equal(a, b);
}

CASE(a_rebuilt_catalog_answers_as_the_old_one)
{
    struct fixture *fixture = *state;
    char a[65], b[65], said[256], path[128];
    fill(fixture, 1, 31);
    digest_of(fixture->path, a);
    snprintf(path, sizeof path, "%s/catalog.db", fixture->path);
    assert_int_equal(truncate(path, 8192), 0);
    MUST(stet_archive_rebuild(fixture->path, said, &fault));
    digest_of(fixture->path, b);
    assert_string_equal(a, b);
    fill(fixture, 31, 40);
    digest_of(fixture->path, b);
}

CASE(a_large_original_comes_back_as_it_was)
{
    struct fixture *fixture = *state;
    fixture->large_at = 3;
    fill(fixture, 1, 6);
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    SCOPED(arena_release) struct arena arena = { 0 };
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    for (uint64_t id = 1; id < 6; id++) {
        struct document_row row;
        uint64_t len;
        struct stat stat;
        CLOSED_FD int fd = memfd_create("copy", MFD_CLOEXEC);
        MUST(catalog_document(archive_catalog(archive), id, &arena, &row, &fault));
        MUST(original_copy(archive, &row.original, fd, &len, &fault));
        assert_int_equal(fstat(fd, &stat), 0);
        assert_int_equal((uint64_t)stat.st_size, len);
        assert_true(id == 3 ? len > 1000000 : len < 1000);
    }
}

CASE(a_changed_file_replaces_its_document)
{
    struct fixture *fixture = *state;
    fill(fixture, 1, 8);
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    {
        CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
        MUST(archive_writer_open(archive, 0, &writer, &fault));
        MUST(fixture_add_one(writer, 4, "Now he says otherwise.", false, &fault));
        MUST(fixture_add_one(writer, 4, "Then he says no more.", false, &fault));
        MUST(archive_writer_commit(writer, &fault));
    }
    struct stet_stats stats;
    MUST(stet_archive_stats(archive, false, &stats, &fault));
    assert_int_equal(stats.documents, 7);
    CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
    MUST(snapshot_open(archive, NULL, &snapshot, &fault));
    assert_int_equal(snapshot_part_total(snapshot), 7);
    MUST(stet_archive_verify(archive, true, print_damage, NULL, &fault));
}

CASE(a_scope_sees_its_collections_only)
{
    struct fixture *fixture = *state;
    fill(fixture, 1, 8);
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    uint64_t other = 99, without[] = { 2, 3 };
    struct scope scopes[] = { { .collections = &other, .collection_count = 1 },
                              { .without_documents = without, .without_count = 2 },
                              { .without_stories = true } };
    uint64_t seen[] = { 0, 5, 7 };
    for (size_t i = 0; i < 3; i++) {
        CLOSED(snapshot_drop) struct snapshot *snapshot = NULL;
        MUST(snapshot_open(archive, &scopes[i], &snapshot, &fault));
        assert_int_equal(snapshot_part_total(snapshot), seen[i]);
        assert_true(i == 0 ? snapshot_word_total(snapshot) == 0
                           : snapshot_word_total(snapshot) > 100);
    }
}

CASE(a_second_writer_is_told_who_holds_the_archive)
{
    struct fixture *fixture = *state;
    CLOSED(stet_archive_close) struct archive *archive = NULL, *other = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL, *second = NULL;
    char pid[32];
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    MUST(stet_archive_open(fixture->path, &other, &fault));
    MUST(archive_writer_open(archive, 0, &writer, &fault));
    assert_int_equal(archive_writer_open(other, 0, &second, &fault), BUSY);
    snprintf(pid, sizeof pid, "process %d ", (int)getpid());
    assert_non_null(strstr(fault.words, pid));
}

CASE(a_writer_closed_without_commit_leaves_nothing)
{
    struct fixture *fixture = *state;
    char a[65], b[65];
    fill(fixture, 1, 6);
    digest_of(fixture->path, a);
    {
        CLOSED(stet_archive_close) struct archive *archive = NULL;
        CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
        MUST(stet_archive_open(fixture->path, &archive, &fault));
        MUST(archive_writer_open(archive, 0, &writer, &fault));
        MUST(fixture_add_one(writer, 7, "", true, &fault));
        MUST(fixture_add_one(writer, 8, "", false, &fault));
    }
    digest_of(fixture->path, b);
    assert_string_equal(a, b);
}

/* A document that is pulled part by part, and fails before its last. */
static enum status pull(struct new_document *document, struct new_part *part, bool *ended,
                        struct fault *why)
{
    int *left = document->context;
    *ended = *left == 0;
    if (*left < 0)
        return (*why = (struct fault){ BAD_INPUT, "the worker ended" }), BAD_INPUT;
    part->text = bytes_from_string("The pilot of Valdoria signs twice and reads nothing.");
    --*left;
    return OK;
}

CASE(a_pulled_document_that_fails_leaves_nothing_and_the_next_stands)
{
    struct fixture *fixture = *state;
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    int left = -1;
    uint64_t id, collection;
    MUST(stet_archive_open(fixture->path, &archive, &fault));
    MUST(archive_writer_open(archive, 0, &writer, &fault));
    MUST(archive_writer_collection(writer, bytes_from_string("pilots"), true, &collection, &fault));
    struct new_document document = { .collection = collection,
                                     .next_part = pull,
                                     .context = &left };
    assert_int_equal(archive_writer_document(writer, &document, true, &id, &fault), BAD_INPUT);
    left = 3;
    MUST(archive_writer_document(writer, &document, true, &id, &fault));
    MUST(archive_writer_commit(writer, &fault));
    SCOPED(arena_release) struct arena arena = { 0 };
    struct document_row row;
    MUST(catalog_document(archive_catalog(archive), id, &arena, &row, &fault));
    assert_int_equal(row.parts, 3);
    assert_int_equal(row.words, 27);
    assert_int_equal(row.name.len, 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_added_is_found_by_any_of_its_names, begin, end),
        cmocka_unit_test_setup_teardown(commits_and_merges_do_not_show_in_the_digest, begin, end),
        cmocka_unit_test_setup_teardown(a_rebuilt_catalog_answers_as_the_old_one, begin, end),
        cmocka_unit_test_setup_teardown(a_large_original_comes_back_as_it_was, begin, end),
        cmocka_unit_test_setup_teardown(a_changed_file_replaces_its_document, begin, end),
        cmocka_unit_test_setup_teardown(a_scope_sees_its_collections_only, begin, end),
        cmocka_unit_test_setup_teardown(a_second_writer_is_told_who_holds_the_archive, begin, end),
        cmocka_unit_test_setup_teardown(a_writer_closed_without_commit_leaves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(
            a_pulled_document_that_fails_leaves_nothing_and_the_next_stands, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

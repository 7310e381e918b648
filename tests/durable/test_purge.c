#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "../archive/fixture.h"
#include "archive/folder.h"
#include "archive/pack.h"
#include "base/compress.h"
#include "base/file.h"

#define CASE(name) static void name(void **state)

/* Words that stand in the purged document alone. */
static const char secret[] = "Quirinal Vasterbek signed it.";
static const char secret_path[] = "harbour/00007.txt";

static struct fault fault;

#define MUST(call)                                                                                 \
    do {                                                                                           \
        if ((call) != OK)                                                                          \
            print_error("%s: %s\n", #call, fault.words), _fail(__FILE__, __LINE__);                \
    } while (0)

static bool holds(struct bytes in, const char *words)
{
    return bytes_find(in, bytes_from_string(words), 0) != SIZE_MAX;
}

static bool holds_any(struct bytes in)
{
    return holds(in, secret) || holds(in, "asterbek") || holds(in, "ASTERBEK") ||
           holds(in, secret_path);
}

struct hunt {
    int dir;
    size_t files, found;
};

/* Every byte as it stands, and every zstd frame that begins anywhere. */
static enum status hunt_file(void *context, const char *name, struct fault *why)
{
    struct hunt *hunt = context;
    SCOPED(buffer_release) struct buffer content = { 0 };
    if (file_read(hunt->dir, name, 1 << 26, &content, why) != OK)
        return OK;
    hunt->files++;
    struct bytes all = buffer_bytes(&content);
    hunt->found += holds_any(all);
    for (size_t at = 0; at + 4 <= all.len; at++) {
        SCOPED(buffer_release) struct buffer plain = { 0 };
        CLOSED(decompressor_free) struct decompressor *decompressor = NULL;
        bool ended = false;
        if (memcmp(all.at + at, "\x28\xb5\x2f\xfd", 4) != 0)
            continue;
        TRY(decompressor_new(&decompressor, why));
        struct bytes rest = bytes_slice(all, at, all.len);
        (void)!decompressor_feed(decompressor, &rest, &plain, &ended, why);
        hunt->found += holds_any(buffer_bytes(&plain));
    }
    return OK;
}

static size_t hunt_all(const struct archive *archive)
{
    struct hunt hunt = { 0 };
    int dirs[] = { archive->dir, archive->segments, archive->originals };
    for (size_t i = 0; i < 3; i++) {
        hunt.dir = dirs[i];
        MUST(folder_each(dirs[i], "a folder", hunt_file, &hunt, &fault));
    }
    assert_in_range(hunt.files, 4, 100);
    return hunt.found;
}

static void print_damage(void *context, const char *damage, uint64_t done, uint64_t total)
{
    (void)context, (void)done, (void)total;
    if (damage != NULL)
        print_error("%s\n", damage);
}

static void fill(const struct fixture *fixture, struct archive *archive)
{
    CLOSED(archive_writer_close) struct archive_writer *writer = NULL;
    MUST(fixture_add(fixture, archive, 1, 7, &fault));
    MUST(archive_writer_open(archive, 0, &writer, &fault));
    MUST(fixture_add_one(writer, 7, secret, false, &fault));
    MUST(archive_writer_commit(writer, &fault));
    archive_writer_close(take(writer));
    MUST(fixture_add(fixture, archive, 8, 15, &fault));
}

CASE(no_byte_of_a_purged_document_stays_and_the_rest_does)
{
    (void)state;
    struct fixture fixture;
    char said[512];
    struct stet_stats stats;
    struct stet_archive *archive = NULL;
    fixture_begin(&fixture);
    MUST(stet_archive_create(fixture.path, &fault));
    MUST(stet_archive_open(fixture.path, &archive, &fault));
    fill(&fixture, archive);
    assert_true(hunt_all(archive) > 2);
    MUST(stet_archive_purge(archive, "09PUERTOSALINA7", "a court order", true, said, &fault));
    assert_true(hunt_all(archive) > 2);
    MUST(stet_archive_purge(archive, "09PUERTOSALINA7", "a court order", false, said, &fault));
    assert_int_equal(hunt_all(archive), 0);
    MUST(stet_archive_verify(archive, true, print_damage, NULL, &fault));
    MUST(stet_archive_stats(archive, true, &stats, &fault));
    assert_int_equal(stats.documents, 13);
    stet_archive_close(archive);
    MUST(stet_archive_rebuild(fixture.path, said, &fault));
    MUST(stet_archive_open(fixture.path, &archive, &fault));
    struct stet_stats again;
    MUST(stet_archive_stats(archive, true, &again, &fault));
    assert_string_equal(stats.digest, again.digest);
    assert_int_equal(hunt_all(archive), 0);
    stet_archive_close(archive);
    fixture_end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        no_byte_of_a_purged_document_stays_and_the_rest_does) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

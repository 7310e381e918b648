#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

#include "../archive/fixture.h"

enum { FLIPS = 1000, FILES_MAX = 64, DOCUMENTS = 20 };

#define CASE(name) static void name(void **state)

struct flipping {
    struct fixture fixture;
    char files[FILES_MAX][160];
    uint64_t sizes[FILES_MAX], total;
    size_t count;
    char digest[65];
    struct hash texts;
};

static void count_damage(void *context, const char *damage, uint64_t done, uint64_t total)
{
    (void)done, (void)total;
    *(size_t *)context += damage != NULL;
}

static enum status answers(const char *path, char digest[65], struct hash *texts,
                           struct fault *fault)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    struct stet_stats stats;
    TRY(stet_archive_open(path, &archive, fault));
    TRY(stet_archive_stats(archive, true, &stats, fault));
    memcpy(digest, stats.digest, 65);
    return fixture_texts(archive, texts, fault);
}

static bool is_told(const char *path)
{
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    struct fault fault;
    size_t damages = 0;
    if (stet_archive_open(path, &archive, &fault) != OK)
        return true;
    return stet_archive_verify(archive, true, count_damage, &damages, &fault) != OK;
}

static void list(struct flipping *flipping, const char *folder)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", flipping->fixture.path, folder);
    DIR *listing = opendir(path);
    const struct dirent *entry;
    while (listing != NULL && (entry = readdir(listing)) != NULL) {
        struct stat stat;
        bool is_ours = entry->d_name[0] != '.' && strcmp(entry->d_name, "writer.lock") != 0;
        if (!is_ours || fstatat(dirfd(listing), entry->d_name, &stat, 0) != 0 ||
            !S_ISREG(stat.st_mode) || stat.st_size == 0 || flipping->count == FILES_MAX)
            continue;
        snprintf(flipping->files[flipping->count], sizeof *flipping->files, "%.80s/%s/%.60s",
                 flipping->fixture.path, folder, entry->d_name);
        flipping->sizes[flipping->count++] = (uint64_t)stat.st_size;
        flipping->total += (uint64_t)stat.st_size;
    }
    closedir(listing);
}

static int begin(void **state)
{
    struct flipping *flipping = calloc(1, sizeof *flipping);
    struct fault fault;
    CLOSED(stet_archive_close) struct archive *archive = NULL;
    fixture_begin(&flipping->fixture);
    if (stet_archive_create(flipping->fixture.path, &fault) != OK ||
        stet_archive_open(flipping->fixture.path, &archive, &fault) != OK ||
        fixture_add(&flipping->fixture, archive, 1, DOCUMENTS + 1, &fault) != OK ||
        answers(flipping->fixture.path, flipping->digest, &flipping->texts, &fault) != OK)
        return -1;
    stet_archive_close(take(archive));
    list(flipping, "");
    list(flipping, "segments");
    list(flipping, "originals");
    *state = flipping;
    return 0;
}

static int end(void **state)
{
    struct flipping *flipping = *state;
    fixture_end(&flipping->fixture);
    free(flipping);
    return 0;
}

static void flip(const char *path, uint64_t at, uint8_t bit)
{
    uint8_t byte;
    int fd = open(path, O_RDWR);
    assert_int_equal(pread(fd, &byte, 1, (off_t)at), 1);
    byte ^= (uint8_t)(1 << bit);
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

static uint64_t random_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* Half of the flips by bytes, half by files, so that small files are met too. */
static void choose(const struct flipping *flipping, uint64_t *seed, size_t *file, uint64_t *at)
{
    *file = random_number(seed) % flipping->count;
    *at = random_number(seed) % flipping->sizes[*file];
    if (random_number(seed) & 1)
        return;
    *at = random_number(seed) % flipping->total;
    for (*file = 0; *at >= flipping->sizes[*file]; ++*file)
        *at -= flipping->sizes[*file];
}

CASE(a_flipped_bit_is_told_or_changes_no_answer)
{
    struct flipping *flipping = *state;
    uint64_t seed = 0x9e3779b97f4a7c15u, at;
    size_t told = 0, file;
    for (size_t i = 0; i < FLIPS; i++) {
        choose(flipping, &seed, &file, &at);
        uint8_t bit = (uint8_t)(random_number(&seed) % 8);
        flip(flipping->files[file], at, bit);
        bool is_said = is_told(flipping->fixture.path);
        told += is_said;
        char digest[65] = "";
        struct hash texts;
        struct fault fault = { 0 };
        if (!is_said &&
            (answers(flipping->fixture.path, digest, &texts, &fault) != OK ||
             strcmp(digest, flipping->digest) != 0 || !hash_equal(&texts, &flipping->texts))) {
            print_error("%s byte %llu bit %u: not told: %s\n", flipping->files[file],
                        (unsigned long long)at, bit, fault.words);
            assert_true(false);
        }
        flip(flipping->files[file], at, bit);
    }
    print_message("%zu of %d told\n", told, FLIPS);
    assert_false(is_told(flipping->fixture.path));
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(
        a_flipped_bit_is_told_or_changes_no_answer) };
    return cmocka_run_group_tests(tests, begin, end);
}

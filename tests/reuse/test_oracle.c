/* Small random archives against brute force: every run of words that two documents share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "papers.h"
#include "reuse/inside.h"

enum { PAPERS = 14, WORDS_MAX = 400, ROUNDS = 24, PLACES_MAX = 40000 };

struct library {
    uint32_t words[PAPERS][WORDS_MAX];
    uint32_t counts[PAPERS];
    bool is_public[PAPERS];
    uint32_t kinds; /* of words */
};

/* Places of a cluster follow one another. */
struct found {
    struct node places[PLACES_MAX];
    uint32_t clusters[PLACES_MAX]; /* of each place */
    size_t count;
    uint64_t formulas;
};

static uint32_t draw(uint32_t *seed, uint32_t below)
{
    *seed = *seed * 1664525 + 1013904223;
    return (*seed >> 8) % below;
}

static void make_library(struct library *library, uint32_t *seed)
{
    static const uint32_t kinds[] = { 4, 12, 60, 2000 };
    *library = (struct library){ .kinds = kinds[draw(seed, 4)] };
    for (uint32_t i = 0; i < PAPERS; i++) {
        library->counts[i] = 40 + draw(seed, WORDS_MAX - 40);
        library->is_public[i] = draw(seed, 2) == 0;
        for (uint32_t k = 0; k < library->counts[i]; k++)
            library->words[i][k] = draw(seed, library->kinds);
        for (uint32_t runs = draw(seed, 9); i > 0 && runs > 0; runs--) {
            uint32_t from = draw(seed, i), len = 6 + draw(seed, 30);
            uint32_t of = draw(seed, library->counts[from]), at = draw(seed, library->counts[i]);
            for (uint32_t k = 0;
                 k < len && of + k < library->counts[from] && at + k < library->counts[i]; k++)
                library->words[i][at + k] = library->words[from][of + k];
        }
    }
}

static void write_word(uint32_t word, char end, struct buffer *text)
{
    buffer_u8(text, 'q');
    for (uint32_t left = word + 30; left > 0; left /= 26)
        buffer_u8(text, (uint8_t)('a' + left % 26));
    buffer_u8(text, (uint8_t)end);
}

static void add_library(const struct library *library, struct shelf *shelf)
{
    struct paper papers[PAPERS];
    struct buffer texts[PAPERS] = { 0 };
    char numbers[PAPERS][16];
    for (uint32_t i = 0; i < PAPERS; i++) {
        for (uint32_t k = 0; k < library->counts[i]; k++)
            write_word(library->words[i][k], k % 9 == 8 ? '\n' : ' ', &texts[i]);
        buffer_u8(&texts[i], 0);
        snprintf(numbers[i], sizeof numbers[i], "26MARISMA%u", i + 1);
        papers[i] = (struct paper){ .collection = library->is_public[i] ? "press" : "cables",
                                    .is_public = library->is_public[i],
                                    .kind = KIND_TEXT,
                                    .number = numbers[i],
                                    .text = (const char *)texts[i].at };
    }
    shelf_add(shelf, papers, PAPERS / 2);
    shelf_add(shelf, papers + PAPERS / 2, PAPERS - PAPERS / 2);
    for (uint32_t i = 0; i < PAPERS; i++)
        buffer_release(&texts[i]);
}

/* Documents are numbered from 1 in the order they were added. */
static void gather(struct stet_reuse *reuse, struct found *found)
{
    struct sorting order = reuse_sorting(reuse, SORT_ORDER);
    struct merge merge = { 0 };
    struct tape places = { .fd = -1 };
    const uint64_t *record;
    uint32_t cluster = 0;
    found->count = 0;
    found->formulas = reuse->figures[FIGURE_FORMULAS];
    assert_int_equal(merge_begin(&merge, &order, (uint32_t)reuse->figures[FIGURE_ORDER_RUNS], NULL),
                     OK);
    assert_int_equal(tape_open(reuse->dir, TAPE_PLACES, sizeof(struct node), &places, NULL), OK);
    for (; merge_next(&merge, &record, NULL) == OK && record != NULL; cluster++)
        for (uint64_t i = 0; i < record[5] >> 32; i++) {
            struct node *node = &found->places[found->count];
            assert_int_equal(tape_read(&places, record[4] + i, 1, node, NULL), OK);
            node->part = (uint32_t)census_of_part(&reuse->census, node->part)->id - 1;
            found->clusters[found->count++] = cluster;
        }
    merge_release(&merge);
    tape_release(&places);
}

static bool holds(const struct found *found, size_t i, uint32_t paper, uint32_t at, uint32_t len)
{
    return found->places[i].part == paper && found->places[i].start < at + len &&
           found->places[i].end > at;
}

/* Whether one cluster stands at both. */
static bool is_found(const struct found *found, uint32_t a, uint32_t at_a, uint32_t b,
                     uint32_t at_b, uint32_t len)
{
    for (size_t i = 0; i < found->count; i++)
        for (size_t k = i;
             holds(found, i, a, at_a, len) && k-- > 0 && found->clusters[k] == found->clusters[i];)
            if (holds(found, k, b, at_b, len))
                return true;
    for (size_t i = 0; i < found->count; i++)
        for (size_t k = i + 1; holds(found, i, a, at_a, len) && k < found->count &&
                               found->clusters[k] == found->clusters[i];
             k++)
            if (holds(found, k, b, at_b, len))
                return true;
    return false;
}

static uint32_t occurrences(const struct library *library, const uint32_t *shingle)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < PAPERS; i++)
        for (uint32_t k = 0; k + SHINGLE_WORDS <= library->counts[i]; k++)
            count += memcmp(library->words[i] + k, shingle, SHINGLE_WORDS * sizeof *shingle) == 0;
    return count;
}

/* Whether a shingle of the run stands in more places than the band. */
static bool has_formula(const struct library *library, uint32_t paper, uint32_t at, uint32_t len,
                        uint32_t band)
{
    for (uint32_t k = 0; k + SHINGLE_WORDS <= len; k++)
        if (occurrences(library, library->words[paper] + at + k) > band)
            return true;
    return false;
}

static uint32_t run_len(const struct library *library, uint32_t a, uint32_t at_a, uint32_t b,
                        uint32_t at_b)
{
    uint32_t len = 0;
    if (at_a > 0 && at_b > 0 && library->words[a][at_a - 1] == library->words[b][at_b - 1])
        return 0;
    while (at_a + len < library->counts[a] && at_b + len < library->counts[b] &&
           library->words[a][at_a + len] == library->words[b][at_b + len])
        len++;
    return len;
}

/* Runs of two papers that were not found. */
static uint32_t compare(const struct library *library, const struct found *found, uint32_t a,
                        uint32_t b, uint32_t band, uint32_t *runs)
{
    uint32_t missed = 0;
    for (uint32_t i = 0; i < library->counts[a]; i++)
        for (uint32_t k = 0; k < library->counts[b]; k++) {
            uint32_t len = run_len(library, a, i, b, k);
            if (len < FOUND_WORDS)
                continue;
            ++*runs;
            if (!is_found(found, a, i, b, k, len) &&
                !(found->formulas > 0 && has_formula(library, a, i, len, band)))
                missed++;
        }
    return missed;
}

static struct stet_reuse *ask(struct stet_archive *archive, bool across, uint32_t band,
                              struct stet_reuse_sum *sum)
{
    static const char *const from[] = { "private" }, *const to[] = { "public" };
    struct stet_reuse_options options = { .min_bits = 1, .band = band, .memory = 1 };
    struct stet_reuse *reuse = NULL;
    struct fault fault = { 0 };
    if (across) {
        options.from = from;
        options.to = to;
        options.from_count = options.to_count = 1;
    }
    enum status done = stet_reuse_run(archive, &options, &reuse, sum, &fault);
    if (done != OK)
        print_error("%s\n", fault.words);
    assert_int_equal(done, OK);
    return reuse;
}

static void hold(const struct library *library, bool across, uint32_t band, uint32_t *runs)
{
    static struct found found;
    struct shelf shelf;
    struct stet_reuse_sum sum;
    shelf_begin(&shelf);
    add_library(library, &shelf);
    struct stet_archive *archive = shelf_open(&shelf);
    struct stet_reuse *reuse = ask(archive, across, band, &sum);
    gather(reuse, &found);
    for (uint32_t a = 0; a < PAPERS; a++)
        for (uint32_t b = a + 1; b < PAPERS; b++)
            if (!across || library->is_public[a] != library->is_public[b])
                assert_int_equal(compare(library, &found, a, b, band, runs), 0);
    stet_reuse_free(reuse, false);
    assert_false(shelf_has_leavings(&shelf));
    stet_archive_close(archive);
    shelf_end(&shelf);
}

static void every_run_of_eight_words_is_found_or_counted_as_a_formula(void **state)
{
    (void)state;
    static struct library library;
    uint32_t seed = 20, runs = 0;
    for (int i = 0; i < ROUNDS; i++) {
        make_library(&library, &seed);
        bool has_both =
            memchr(library.is_public, 0, PAPERS) && memchr(library.is_public, 1, PAPERS);
        hold(&library, i % 2 == 1 && has_both, i % 3 == 0 ? 6 : 100, &runs);
    }
    print_message("%u runs\n", runs);
    assert_true(runs > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_run_of_eight_words_is_found_or_counted_as_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

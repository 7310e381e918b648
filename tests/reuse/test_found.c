#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stet/reuse.h>

#include "papers.h"

#define QUAY                                                                                       \
    "the harbour master of Marisma has forbidden every freighter without papers to lie at the "    \
    "northern quay after dusk"
#define QUAY_ALTERED                                                                               \
    "the harbour master of Marisma has forbidden each freighter without papers to lie at the "     \
    "northern quay after dusk"
#define CUSTOMS                                                                                    \
    "customs officers counted nineteen crates of dynamo parts where the manifest had listed "      \
    "dried figs and candle wax"
#define OTHER                                                                                      \
    "Whoever reads this ledger by candle light will miss the smallest of its lies, said Ysolde "   \
    "Brackwater, who kept bees and old newspapers behind the mill.\n"

static const struct paper papers[] = {
    { "cables", false, KIND_CABLE, "26MARISMA3", "2026-03-01", "QUAY",
      "1. We hear that " QUAY ".\n2. Nothing else was learned by us.\n" },
    { "press", true, KIND_HTML, "P7", "2026-03-09", NULL,
      "A reader's letter of no weight.\nOfficials say " QUAY_ALTERED ", and sailors laugh.\n" },
    { "press", true, KIND_HTML, "P5", "2026-02-11", NULL, OTHER "In short: " QUAY " again.\n" },
};

struct seen {
    struct stet_archive *archive;
    struct stet_reuse *reuse;
    struct stet_reuse_sum sum;
    struct stet_fault fault;
};

static int begin(void **state)
{
    struct shelf *shelf = calloc(1, sizeof *shelf);
    shelf_begin(shelf);
    *state = shelf;
    return 0;
}

static int end(void **state)
{
    shelf_end(*state);
    free(*state);
    return 0;
}

static enum stet_status ask(const struct shelf *shelf, const char *from, const char *to,
                            struct stet_reuse_options options, struct seen *seen)
{
    *seen = (struct seen){ .archive = shelf_open(shelf) };
    options.from = &from;
    options.to = &to;
    options.from_count = from != NULL;
    options.to_count = to != NULL;
    return stet_reuse_run(seen->archive, &options, &seen->reuse, &seen->sum, &seen->fault);
}

static void leave(struct seen *seen, bool is_kept)
{
    stet_reuse_free(seen->reuse, is_kept);
    stet_archive_close(seen->archive);
}

static const struct stet_reuse_cluster *next(struct seen *seen, unsigned classes)
{
    const struct stet_reuse_cluster *cluster;
    assert_int_equal(stet_reuse_next(seen->reuse, classes, &cluster, &seen->fault), STET_OK);
    return cluster;
}

static void a_passage_stands_once_with_every_place_the_earliest_first(void **state)
{
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, papers, 3);
    assert_int_equal(ask(*state, "private", "public", options, &seen), STET_OK);
    const struct stet_reuse_cluster *cluster = next(&seen, 15);
    assert_non_null(cluster);
    assert_int_equal(cluster->class, STET_REUSE_PASSAGE);
    assert_string_equal(cluster->text, QUAY);
    assert_int_equal(cluster->documents, 3);
    assert_int_equal(cluster->place_count, 3);
    static const char *const addresses[] = { "P5#n2", "26MARISMA3#n1", "P7#n2" };
    static const uint32_t words[] = { 19, 19, 18 }, differences[] = { 0, 0, 1 };
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(cluster->places[i].address, addresses[i]);
        assert_int_equal(cluster->places[i].words, words[i]);
        assert_int_equal(cluster->places[i].differences, differences[i]);
        assert_int_equal(cluster->places[i].is_from, i == 1);
    }
    assert_string_equal(cluster->places[0].date, "2026-02-11");
    assert_null(next(&seen, 15));
    leave(&seen, false);
    assert_false(shelf_has_leavings(*state));
}

static void one_scope_alone_is_held_against_itself(void **state)
{
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, papers, 3);
    assert_int_equal(ask(*state, "press", NULL, options, &seen), STET_OK);
    const struct stet_reuse_cluster *cluster = next(&seen, 15);
    assert_int_equal(cluster->place_count, 2);
    assert_null(next(&seen, 15));
    leave(&seen, false);
}

static void furniture_within_a_passage_is_stepped_over_and_not_shown(void **state)
{
    static const struct paper torn[] = {
        { "cables", false, KIND_CABLE, "26MARISMA9", NULL, NULL,
          "customs officers counted nineteen crates of dynamo parts where\n"
          "|MARISMA 00000009 002 OF 002\n"
          "the manifest had listed dried figs and candle wax\n" },
        { "press", true, KIND_HTML, "P1", NULL, NULL, OTHER CUSTOMS "\x01 \xE2\x80\xAE.\n" },
    };
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, torn, 2);
    assert_int_equal(ask(*state, "private", "public", options, &seen), STET_OK);
    const struct stet_reuse_cluster *cluster = next(&seen, 15);
    assert_string_equal(cluster->text, CUSTOMS);
    assert_int_equal(cluster->places[1].differences, 0);
    leave(&seen, false);
}

static void replies_and_versions_count_as_one_document(void **state)
{
    static const struct paper mail[] = {
        { "mail", false, KIND_EMAIL, "M1", "2026-01-01", "Quay", "Ysolde, " QUAY ".\n" },
        { "mail", false, KIND_EMAIL, "M2", "2026-01-02", "RE: Quay",
          "You do not say so. Who told the baker?\n" QUAY ".\n" },
        { "mail", false, KIND_EMAIL, "M3", "2026-01-03", "Fw: Re: quay",
          "For the file, and burn the first page of it.\n" QUAY ".\n" },
        { "press", true, KIND_HTML, "P1", "2026-02-01", NULL, OTHER QUAY ".\n" },
    };
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, mail, 4);
    assert_int_equal(ask(*state, "mail", NULL, options, &seen), STET_OK);
    assert_null(next(&seen, 1 << STET_REUSE_PASSAGE));
    assert_int_equal(seen.sum.passages_in_copies, 1);
    assert_int_equal(seen.sum.copies, 2);
    leave(&seen, false);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
    const struct stet_reuse_cluster *cluster = next(&seen, 1 << STET_REUSE_PASSAGE);
    assert_int_equal(cluster->documents, 2);
    assert_string_equal(cluster->places[0].name, "M1");
    assert_int_equal(cluster->places[0].also_count, 2);
    assert_string_equal(cluster->places[0].also[0], "M2");
    assert_string_equal(cluster->places[0].also[1], "M3");
    leave(&seen, false);
}

/* As many papers that share a sentence and nothing else. */
static void add_many(struct shelf *shelf, size_t count)
{
    struct paper many[32];
    char numbers[32][16], texts[32][512];
    for (size_t i = 0; i < count; i++) {
        int len = 0;
        for (int word = 0; word < 20; word++)
            len += snprintf(texts[i] + len, sizeof texts[i] - (size_t)len, "q%c%c ", 'a' + (int)i,
                            'a' + word);
        snprintf(texts[i] + len, sizeof texts[i] - (size_t)len, "\n%s\n", CUSTOMS);
        snprintf(numbers[i], sizeof numbers[i], "B%zu", i);
        many[i] = (struct paper){
            .collection = "mail", .kind = KIND_EMAIL, .number = numbers[i], .text = texts[i]
        };
    }
    shelf_add(shelf, many, count);
}

static void what_a_whole_series_repeats_is_boilerplate(void **state)
{
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    add_many(*state, 14);
    shelf_add(*state, papers, 3);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
    assert_string_equal(next(&seen, 15)->text, QUAY);
    const struct stet_reuse_cluster *cluster = next(&seen, 15);
    assert_int_equal(cluster->class, STET_REUSE_BOILERPLATE);
    assert_int_equal(cluster->documents, 14);
    assert_null(next(&seen, 15));
    leave(&seen, false);
}

static void what_stands_in_more_places_than_the_band_is_counted_apart(void **state)
{
    struct seen seen;
    struct stet_reuse_options options = { .band = 3 };
    add_many(*state, 14);
    shelf_add(*state, papers, 3);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
    assert_true(seen.sum.formulas > 0);
    assert_true(seen.sum.formula_places >= 14);
    assert_string_equal(next(&seen, 15)->text, QUAY);
    const struct stet_reuse_cluster *cluster = next(&seen, 15);
    assert_int_equal(cluster->class, STET_REUSE_FORMULA);
    assert_int_equal(cluster->documents, 14);
    assert_non_null(strstr(CUSTOMS, cluster->text));
    leave(&seen, false);
}

static void header_lines_alone_are_no_passage(void **state)
{
    static const struct paper heads[] = {
        { "mail", false, KIND_EMAIL, "M1", NULL, NULL, "=" QUAY "\n" OTHER },
        { "mail", false, KIND_EMAIL, "M2", NULL, NULL, "=" QUAY "\n" CUSTOMS "\n" },
    };
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, heads, 2);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
    assert_null(next(&seen, 15));
    assert_int_equal(seen.sum.weak, 1);
    leave(&seen, false);
}

static void what_cannot_be_asked_is_refused(void **state)
{
    struct seen seen;
    char path[128];
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, papers, 1);
    assert_int_equal(ask(*state, "nowhere", NULL, options, &seen), STET_NOT_FOUND);
    leave(&seen, true);
    assert_int_equal(ask(*state, "private", "public", options, &seen), STET_NOT_FOUND);
    leave(&seen, true);
    options.min_words = 7;
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_BAD_INPUT);
    leave(&seen, true);
    assert_false(shelf_has_leavings(*state));
    options.min_words = 0;
    snprintf(path, sizeof path, "%s/reuse", ((struct shelf *)*state)->path);
    assert_int_equal(mkdir(path, 0700), 0);
    strcat(path, "/lock");
    int lock = open(path, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_BUSY);
    leave(&seen, true);
    close(lock);
}

struct stopping {
    volatile int stop;
    const char *at;
};

static void stop_at(void *context, const struct stet_reuse_progress *progress)
{
    struct stopping *stopping = context;
    stopping->stop = strcmp(progress->stage, stopping->at) == 0;
}

/* Run until a stage, and end there. */
static void run_until(const struct shelf *shelf, const char *stage)
{
    struct seen seen;
    struct stopping stopping = { 0, stage };
    struct stet_reuse_options options = { .progress = stop_at,
                                          .context = &stopping,
                                          .stop = &stopping.stop };
    assert_int_equal(ask(shelf, NULL, NULL, options, &seen), STET_OK);
    assert_true(seen.sum.stopped);
    assert_null(seen.reuse);
    leave(&seen, true);
}

static void after_a_stop_it_goes_on_from_the_last_finished_stage(void **state)
{
    static const struct {
        const char *stage;
        bool went_on;
    } cases[] = { { "reading words", false },
                  { "joining", true },
                  { "comparing", true },
                  { "joining places", true },
                  { "ranking", true } };
    shelf_add(*state, papers, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen;
        struct stet_reuse_options options = { 0 };
        run_until(*state, cases[i].stage);
        assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
        assert_int_equal(seen.sum.went_on, cases[i].went_on);
        assert_false(seen.sum.began_again);
        assert_int_equal(next(&seen, 15)->place_count, 3);
        leave(&seen, false);
        assert_false(shelf_has_leavings(*state));
    }
}

static void what_was_begun_at_another_moment_begins_again(void **state)
{
    struct seen seen;
    struct stet_reuse_options options = { 0 };
    shelf_add(*state, papers, 2);
    run_until(*state, "comparing");
    shelf_add(*state, papers + 2, 1);
    assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
    assert_true(seen.sum.began_again);
    assert_false(seen.sum.went_on);
    assert_int_equal(next(&seen, 15)->place_count, 3);
    leave(&seen, false);
}

static void damage(const struct shelf *shelf, const char *name)
{
    char path[128];
    snprintf(path, sizeof path, "%s/reuse/%s", shelf->path, name);
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "\xFF\x55", 2, 3), 2);
    close(fd);
}

static void damaged_tapes_cost_the_work_and_not_the_answer(void **state)
{
    static const struct {
        const char *stage, *name;
    } cases[] = { { "joining", "shingles-0" }, { "comparing", "hits-0" }, { "comparing", "words" },
                  { "comparing", "counts" },   { "comparing", "state" },  { "ranking", "matches" },
                  { "ranking", "copies" },     { "ranking", "dropped-0" } };
    shelf_add(*state, papers, 3);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen;
        struct stet_reuse_options options = { 0 };
        run_until(*state, cases[i].stage);
        damage(*state, cases[i].name);
        assert_int_equal(ask(*state, NULL, NULL, options, &seen), STET_OK);
        assert_true(seen.sum.began_again);
        const struct stet_reuse_cluster *cluster = next(&seen, 15);
        assert_string_equal(cluster->text, QUAY);
        assert_int_equal(cluster->place_count, 3);
        leave(&seen, false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(name) cmocka_unit_test_setup_teardown(name, begin, end)
        CASE(a_passage_stands_once_with_every_place_the_earliest_first),
        CASE(one_scope_alone_is_held_against_itself),
        CASE(furniture_within_a_passage_is_stepped_over_and_not_shown),
        CASE(replies_and_versions_count_as_one_document),
        CASE(what_a_whole_series_repeats_is_boilerplate),
        CASE(what_stands_in_more_places_than_the_band_is_counted_apart),
        CASE(header_lines_alone_are_no_passage),
        CASE(what_cannot_be_asked_is_refused),
        CASE(after_a_stop_it_goes_on_from_the_last_finished_stage),
        CASE(what_was_begun_at_another_moment_begins_again),
        CASE(damaged_tapes_cost_the_work_and_not_the_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

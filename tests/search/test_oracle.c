/* Answers held against brute force: test_search_oracle [QUERIES [SEED]]; STET_ORACLE_QUERIES. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>

#include "base/clock.h"
#include "search/bind.h"
#include "shelf.h"
#include "world.h"

enum {
    QUERIES_UNLESS_SAID = 320,
    QUERIES_A_WORLD = 100,
    QUERIES_A_LARGE_WORLD = 10,
    LARGE_EVERY = 4,
    LARGE_PARTS = 4500,
    PASSAGES_SHARE = 10,
    LISTS_SHARE = 4,
};

static struct {
    unsigned queries;
    uint64_t seed;
} run;

/* A document for which the query is true. */
struct wanted {
    size_t segment;
    uint32_t head;
    uint64_t document;
    double score;
    bool is_furniture;
    int group;
    int32_t date;
};

struct answer {
    struct wanted *at;
    size_t count;
    uint64_t undated;
};

static int date_group_of(const struct columns *columns)
{
    return columns->date == COLUMN_NO_DATE ? 2 : columns->flags & COLUMN_DATE_INFERRED ? 1 : 0;
}

static struct answer answer_slowly(const struct world *world, const struct query *query)
{
    struct asked asked;
    struct answer answer = { .at =
                                 arena_alloc_many(query->arena, world->count, sizeof *answer.at) };
    asked_begin(&asked, world, query);
    for (size_t first = 0, end; first < world->count; first = end) {
        const struct world_part *part = &world->parts[first];
        for (end = first + 1; end < world->count && world->parts[end].segment == part->segment &&
                              world->parts[end].head == part->head;)
            end++;
        struct truth truth = truth_of(&asked, query->root, first, end);
        if (!truth.is_any)
            continue;
        int group = date_group_of(&part->columns);
        answer.undated += group > 0;
        answer.at[answer.count++] =
            (struct wanted){ part->segment,  part->head, part->columns.document, truth.score,
                             !truth.is_body, group,      part->columns.date };
    }
    asked_release(&asked);
    return answer;
}

static bool is_near(double a, double b)
{
    return fabs(a - b) <= 1e-4 * (1 + fabs(a) + fabs(b));
}

static const struct wanted *find_wanted(const struct answer *answer, const struct match *match)
{
    for (size_t i = 0; i < answer->count; i++)
        if (answer->at[i].segment == match->segment && answer->at[i].head == match->head)
            return &answer->at[i];
    return NULL;
}

static bool fits(const struct wanted *wanted, const struct match *match, bool by_rank)
{
    return wanted != NULL && wanted->document == match->document &&
           wanted->is_furniture == match->is_furniture && wanted->date == match->date &&
           (!by_rank || is_near(wanted->score, match->score));
}

static int by_worth(const void *a, const void *b)
{
    const struct wanted *left = a, *right = b;
    if (left->is_furniture != right->is_furniture)
        return left->is_furniture ? 1 : -1;
    return left->score > right->score ? -1 : left->score < right->score;
}

static int by_date(const void *a, const void *b)
{
    const struct wanted *left = a, *right = b;
    if (left->group != right->group)
        return left->group - right->group;
    if (left->date != right->date)
        return left->date < right->date ? -1 : 1;
    return left->document < right->document ? -1 : 1;
}

struct trial {
    const struct world *world;
    const struct query *query;
    const char *text;
    const struct answer *answer;
};

static void complain(const struct trial *trial, const char *what, size_t at)
{
    printf("seed %llu, %zu parts: %s\n  %s (at %zu)\n", (unsigned long long)run.seed,
           trial->world->count, trial->text, what, at);
    assert_true(false);
}

static struct matching matched(const struct trial *trial, const struct match_wanted *wanted)
{
    struct matching matching;
    struct fault fault = { 0 };
    enum status code = match_query(shelf_snapshot(), trial->query, wanted, &matching, &fault);
    if (code != OK)
        complain(trial, fault.words, 0);
    if (matching.is_cut)
        complain(trial, "cut", 0);
    if (matching.is_least ? matching.total > trial->answer->count
                          : matching.total != trial->answer->count)
        complain(trial, "another total", (size_t)matching.total);
    return matching;
}

/* Sorted by worth beforehand. Equal scores may stand in any order, as rounding has it. */
static void hold_ranked(const struct trial *trial, uint64_t skip, uint32_t most, bool only_best)
{
    struct match_wanted wanted = {
        .order = STET_BY_RANK, .skip = skip, .most = most, .only_best = only_best
    };
    struct matching matching = matched(trial, &wanted);
    const struct answer *answer = trial->answer;
    size_t left = answer->count > skip ? answer->count - (size_t)skip : 0;
    if (most > 0 && matching.count != (left < most ? left : most))
        complain(trial, "another number of hits", matching.count);
    for (size_t i = 0; i < matching.count; i++) {
        const struct match *match = &matching.at[i];
        const struct wanted *place = &answer->at[skip + i];
        if (!fits(find_wanted(answer, match), match, true))
            complain(trial, "a wrong document, score or date", i);
        if (place->is_furniture != match->is_furniture || !is_near(place->score, match->score))
            complain(trial, "not the best", i);
    }
    matching_release(&matching);
}

/* Sorted by date beforehand. */
static void hold_dated(const struct trial *trial, uint64_t skip, uint32_t most)
{
    struct match_wanted wanted = { .order = STET_BY_DATE, .skip = skip, .most = most };
    struct matching matching = matched(trial, &wanted);
    if (matching.undated != trial->answer->undated)
        complain(trial, "another number without a date", (size_t)matching.undated);
    for (size_t i = 0; i < matching.count; i++) {
        const struct match *match = &matching.at[i];
        if (!fits(find_wanted(trial->answer, match), match, false) ||
            match->document != trial->answer->at[skip + i].document)
            complain(trial, "not the first by date", i);
    }
    matching_release(&matching);
}

static void try_query(struct chance *chance, const struct world *world, const char *text)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct query query;
    struct fault fault = { 0 };
    if (query_parse(bytes_from_string(text), false, &arena, &query, &fault) != OK ||
        query_bind(snapshot_catalog(shelf_snapshot()), &query, &fault) != OK) {
        printf("%s: %s\n", text, fault.words);
        assert_true(false);
    }
    struct answer answer = answer_slowly(world, &query);
    struct trial trial = { world, &query, text, &answer };
    uint32_t most = (uint32_t)world->count;
    qsort(answer.at, answer.count, sizeof *answer.at, by_worth);
    hold_ranked(&trial, 0, most, false);
    hold_ranked(&trial, 0, 1 + chance_below(chance, 12), false);
    hold_ranked(&trial, 0, 1 + chance_below(chance, 12), true);
    hold_ranked(&trial, chance_low(chance, most), 1 + chance_below(chance, 12), false);
    hold_ranked(&trial, 0, 0, false);
    qsort(answer.at, answer.count, sizeof *answer.at, by_date);
    hold_dated(&trial, 0, most);
    hold_dated(&trial, chance_low(chance, most), 1 + chance_below(chance, 12));
}

/* Words that follow one another in some part, as a phrase. */
static bool passage(struct chance *chance, const struct world *world, struct buffer *to)
{
    const struct world_part *part = &world->parts[chance_below(chance, (uint32_t)world->count)];
    uint32_t count = 2 + chance_below(chance, 12);
    if (part->words < count)
        return false;
    uint32_t first = chance_below(chance, part->words - count + 1), last = first + count - 1;
    uint32_t start = UINT32_MAX, end = 0;
    for (size_t i = 0; i < part->count; i++) {
        const struct world_word *word = &part->at[i];
        if (word->field != NO_FIELD || word->is_furniture || word->is_extra ||
            word->position < first || word->position > last)
            continue;
        start = word->start < start ? word->start : start;
        end = word->end > end ? word->end : end;
    }
    struct bytes text = bytes_slice(part->text, start, end - start);
    if (start >= end || bytes_find_byte(text, '#', 0) != SIZE_MAX)
        return false;
    buffer_append_text(to, "\"");
    buffer_append_bytes(to, text);
    buffer_append_text(to, "\"");
    return true;
}

static void try_world(struct chance *chance, uint32_t parts, unsigned queries)
{
    SCOPED(arena_release) struct arena arena = { 0 };
    struct world world;
    world_make(chance, parts, &arena, &world);
    for (unsigned i = 0; i < queries; i++) {
        SCOPED(buffer_release) struct buffer text = { 0 };
        bool is_passage = i % PASSAGES_SHARE == 0 && passage(chance, &world, &text);
        if (!is_passage && i % LISTS_SHARE == 1)
            world_list_query(chance, &text);
        else if (!is_passage)
            world_query(chance, 3, &text);
        buffer_append_text(&text, "");
        buffer_append_bytes(&text, bytes_make("", 1));
        try_query(chance, &world, (const char *)text.at);
    }
}

static void every_answer_is_what_brute_force_finds(void **state)
{
    (void)state;
    struct chance chance = { run.seed };
    for (unsigned asked = 0, world = 0; asked < run.queries; world++) {
        bool is_large = world % LARGE_EVERY == LARGE_EVERY - 1;
        unsigned queries = is_large ? QUERIES_A_LARGE_WORLD : QUERIES_A_WORLD;
        try_world(&chance, is_large ? LARGE_PARTS : 3 + chance_below(&chance, 130), queries);
        asked += queries;
    }
    printf("%u queries, seed %llu\n", run.queries, (unsigned long long)run.seed);
}

static uint64_t number(const char *word, uint64_t unless)
{
    uint64_t value;
    return word != NULL && bytes_to_number(bytes_from_string(word), &value) ? value : unless;
}

int main(int count, char **words)
{
    run.queries =
        (unsigned)number(count > 1 ? words[1] : getenv("STET_ORACLE_QUERIES"), QUERIES_UNLESS_SAID);
    run.seed = number(count > 2 ? words[2] : NULL, clock_monotonic() | 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_answer_is_what_brute_force_finds),
    };
    return cmocka_run_group_tests(tests, shelf_make, shelf_remove);
}

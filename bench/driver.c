#include "driver.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_MAX = 101, TOP = 10 };

uint64_t driver_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static int compare_times(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static uint64_t median(uint64_t *times, int count)
{
    qsort(times, (size_t)count, sizeof *times, compare_times);
    return times[count / 2];
}

static int rounds_from_word(const char *word)
{
    int rounds = atoi(word);
    if (rounds < 1 || rounds > ROUNDS_MAX)
        stop("rounds are 1 to %d", ROUNDS_MAX);
    return rounds;
}

static uint64_t spent(const struct engine *engine, void *self)
{
    return engine->clock != NULL ? engine->clock(self) : driver_clock();
}

/* What a question wants: its best documents, or nothing but how many there are. */
static size_t ask(const struct engine *engine, void *self, const struct question *question,
                  uint32_t documents[DOCUMENTS_MAX])
{
    if (!question->is_count)
        return engine->best(self, question, TOP, documents);
    engine->count(self, question);
    return 0;
}

static void ask_one(const struct engine *engine, void *self, const struct question *question,
                    int rounds)
{
    uint64_t times[ROUNDS_MAX];
    uint32_t documents[DOCUMENTS_MAX];
    size_t found = 0;
    for (int round = -1; round < rounds; round++) {
        uint64_t before = spent(engine, self);
        found = ask(engine, self, question, documents);
        if (round >= 0)
            times[round] = spent(engine, self) - before;
    }
    printf(" %llu %llu", (unsigned long long)engine->count(self, question),
           (unsigned long long)median(times, rounds));
    for (size_t i = 0; i < found && documents[i] != NO_DOCUMENT; i++)
        printf(" %u", documents[i]);
    putchar('\n');
}

static void ask_all(const struct engine *engine, void *self, const char *path, int rounds)
{
    size_t count;
    uint32_t documents[DOCUMENTS_MAX];
    const struct question *questions = questions_read(path, &count);
    for (unsigned round = 0; round < engine->warm; round++)
        for (size_t i = 0; i < count; i++)
            ask(engine, self, &questions[i], documents);
    for (size_t i = 0; i < count; i++) {
        printf("asked %zu", i);
        ask_one(engine, self, &questions[i], rounds);
    }
}

/* Two ways to find an edited quotation with a plain engine: ask widely, then look into the texts.
 */
static const struct {
    const char *name;
    enum form form;
    size_t most;
} methods[] = {
    { "phrases", FORM_ANY_THREE, 10 },
    { "words", FORM_ANY, 50 },
};

static long find_one(const struct engine *engine, void *self, const struct quotation *quotation,
                     size_t method, const struct text *texts)
{
    struct question question = quotation->words;
    uint32_t documents[DOCUMENTS_MAX];
    long found = -1;
    unsigned best = 0;
    question.form = methods[method].form;
    size_t count = engine->best(self, &question, methods[method].most, documents);
    for (size_t i = 0; i < count; i++) {
        unsigned pairs = shared_pairs(&question, texts[documents[i]]);
        if (found < 0 || pairs > best) {
            found = documents[i];
            best = pairs;
        }
    }
    return found;
}

static void find_all(const struct engine *engine, void *self, const char *path, const char *pack,
                     int rounds)
{
    size_t count, text_count;
    const struct quotation *quotations = quotations_read(path, &count);
    const struct text *texts = corpus_map(pack, &text_count);
    for (size_t method = 0; method < sizeof methods / sizeof *methods; method++) {
        for (size_t i = 0; i < count && engine->warm > 0; i++)
            find_one(engine, self, &quotations[i], method, texts);
        for (size_t i = 0; i < count; i++) {
            uint64_t times[ROUNDS_MAX];
            long document = -1;
            for (int round = 0; round < rounds; round++) {
                uint64_t before = spent(engine, self);
                document = find_one(engine, self, &quotations[i], method, texts);
                times[round] = spent(engine, self) - before;
            }
            printf("found %s %zu %llu %ld\n", methods[method].name, i,
                   (unsigned long long)median(times, rounds), document);
        }
    }
}

static void print_line(struct text text)
{
    for (size_t i = 0; i < text.len; i++)
        putchar((unsigned char)text.at[i] < 32 ? ' ' : text.at[i]);
    putchar('\n');
}

static void trace_all(const struct engine *engine, void *self, const char *path, int rounds)
{
    size_t count;
    const struct quotation *quotations = quotations_read(path, &count);
    for (size_t i = 0; i < count; i++) {
        uint64_t times[ROUNDS_MAX];
        struct tracing tracing = { .reach = "" };
        for (int round = 0; round < rounds; round++) {
            uint64_t before = spent(engine, self);
            tracing = engine->trace(self, quotations[i].printed);
            times[round] = spent(engine, self) - before;
        }
        printf("traced %zu %llu %s ", i, (unsigned long long)median(times, rounds), tracing.reach);
        print_line(tracing.passage);
    }
}

int driver_main(int count, char **words, const struct engine *engine)
{
    const char *verb = count > 1 ? words[1] : "";
    if (strcmp(verb, "build") == 0 && count == 4 && engine->build != NULL) {
        engine->build(words[2], words[3]);
        return 0;
    }
    bool is_ask = strcmp(verb, "ask") == 0 && count == 5;
    bool is_find = strcmp(verb, "find") == 0 && count == 6;
    if (!is_ask && !is_find)
        stop("usage: %s build PACK INDEX | ask INDEX QUESTIONS ROUNDS |"
             " find INDEX QUOTATIONS PACK ROUNDS",
             words[0]);
    void *self = engine->open(words[2]);
    int rounds = rounds_from_word(words[count - 1]);
    if (is_ask)
        ask_all(engine, self, words[3], rounds);
    else if (engine->trace != NULL)
        trace_all(engine, self, words[3], rounds);
    else
        find_all(engine, self, words[3], words[4], rounds);
    engine->close(self);
    return 0;
}

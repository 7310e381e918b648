#include "reuse/sorter.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/scoped.h"

enum { RECORDS_MIN = 1000, DIGITS = 256 };

static void run_name(const struct sorting *of, uint32_t run, char name[TAPE_NAME])
{
    snprintf(name, TAPE_NAME, "%.16s-%u", of->name, run);
}

enum status sorter_begin(struct sorter *sorter, const struct sorting *of, size_t memory,
                         struct fault *fault)
{
    size_t size = of->words * sizeof(uint64_t);
    *sorter = (struct sorter){ .of = *of, .room = memory / (2 * size) };
    if (sorter->room < RECORDS_MIN)
        sorter->room = RECORDS_MIN;
    sorter->at = malloc(sorter->room * size);
    sorter->spare = malloc(sorter->room * size);
    return sorter->at == NULL || sorter->spare == NULL ? no_memory(fault) : OK;
}

/* Move the records by one byte of one word; false when all have the same there. */
static bool spread(struct sorter *sorter, uint32_t word, uint32_t shift)
{
    size_t counts[DIGITS] = { 0 }, words = sorter->of.words;
    for (size_t i = 0; i < sorter->count; i++)
        counts[sorter->at[i * words + word] >> shift & 0xFF]++;
    if (counts[sorter->at[word] >> shift & 0xFF] == sorter->count)
        return false;
    for (size_t digit = 0, before = 0; digit < DIGITS; digit++) {
        size_t here = counts[digit];
        counts[digit] = before;
        before += here;
    }
    for (size_t i = 0; i < sorter->count; i++) {
        const uint64_t *from = sorter->at + i * words;
        uint64_t *to = sorter->spare + counts[from[word] >> shift & 0xFF]++ * words;
        for (size_t k = 0; k < words; k++)
            to[k] = from[k];
    }
    return true;
}

/* By bytes from the least on: every pass keeps the order of the one before. */
static void sort(struct sorter *sorter)
{
    for (uint32_t word = sorter->of.keys; sorter->count > 0 && word-- > 0;)
        for (uint32_t shift = 0; shift < 64; shift += 8)
            if (spread(sorter, word, shift)) {
                uint64_t *swap = sorter->at;
                sorter->at = sorter->spare;
                sorter->spare = swap;
            }
}

static enum status write_run(struct sorter *sorter, struct fault *fault)
{
    SCOPED(tape_writer_release) struct tape_writer tape = { .fd = -1 };
    uint32_t words = sorter->of.words;
    char name[TAPE_NAME];
    if (sorter->runs == SORTER_RUNS_MAX)
        return fail(fault, OVER_LIMIT, "too many runs to sort: give more --memory");
    sort(sorter);
    run_name(&sorter->of, sorter->runs, name);
    TRY(tape_create(sorter->of.dir, name, words * (uint32_t)sizeof(uint64_t), &tape, fault));
    for (size_t i = 0; i < sorter->count; i++)
        TRY(tape_write(&tape, sorter->at + i * words, fault));
    TRY(tape_end(&tape, fault));
    sorter->runs++;
    sorter->count = 0;
    return OK;
}

enum status sorter_add(struct sorter *sorter, const uint64_t *record, struct fault *fault)
{
    if (sorter->count == sorter->room)
        TRY(write_run(sorter, fault));
    uint64_t *to = sorter->at + sorter->count++ * sorter->of.words;
    for (uint32_t i = 0; i < sorter->of.words; i++)
        to[i] = record[i];
    return OK;
}

enum status sorter_end(struct sorter *sorter, struct fault *fault)
{
    if (sorter->count > 0 || sorter->runs == 0)
        TRY(write_run(sorter, fault));
    uint32_t runs = sorter->runs;
    sorter_release(sorter);
    sorter->runs = runs;
    return OK;
}

void sorter_release(struct sorter *sorter)
{
    free(sorter->at);
    free(sorter->spare);
    *sorter = (struct sorter){ 0 };
}

static bool is_before(const struct merge *merge, uint32_t a, uint32_t b)
{
    const uint64_t *of_a = merge->heads + a * merge->of.words;
    const uint64_t *of_b = merge->heads + b * merge->of.words;
    for (uint32_t i = 0; i < merge->of.keys; i++)
        if (of_a[i] != of_b[i])
            return of_a[i] < of_b[i];
    return a < b;
}

static void sink(struct merge *merge, uint32_t at)
{
    for (;;) {
        uint32_t least = at, left = 2 * at + 1, right = left + 1;
        if (left < merge->heap_count && is_before(merge, merge->heap[left], merge->heap[least]))
            least = left;
        if (right < merge->heap_count && is_before(merge, merge->heap[right], merge->heap[least]))
            least = right;
        if (least == at)
            return;
        uint32_t swap = merge->heap[at];
        merge->heap[at] = merge->heap[least];
        merge->heap[least] = swap;
        at = least;
    }
}

/* The next head of a run; *is_there false at its end. */
static enum status load_head(struct merge *merge, uint32_t run, bool *is_there, struct fault *fault)
{
    const void *record;
    size_t size = merge->of.words * sizeof(uint64_t);
    TRY(tape_next(&merge->runs[run], &record, fault));
    *is_there = record != NULL;
    if (record != NULL)
        memcpy(merge->heads + run * merge->of.words, record, size);
    return OK;
}

enum status merge_begin(struct merge *merge, const struct sorting *of, uint32_t runs,
                        struct fault *fault)
{
    *merge = (struct merge){ .of = *of };
    merge->runs = calloc(runs + 1, sizeof *merge->runs);
    merge->heads = calloc(runs + 1, of->words * sizeof(uint64_t));
    merge->heap = calloc(runs + 1, sizeof *merge->heap);
    if (merge->runs == NULL || merge->heads == NULL || merge->heap == NULL)
        return no_memory(fault);
    for (uint32_t i = 0; i < runs; i++) {
        char name[TAPE_NAME];
        bool is_there;
        run_name(of, i, name);
        merge->runs[i].fd = -1;
        merge->run_count = i + 1;
        TRY(tape_open(of->dir, name, of->words * (uint32_t)sizeof(uint64_t), &merge->runs[i],
                      fault));
        TRY(load_head(merge, i, &is_there, fault));
        if (is_there)
            merge->heap[merge->heap_count++] = i;
    }
    for (uint32_t i = merge->heap_count; i-- > 0;)
        sink(merge, i);
    return OK;
}

enum status merge_next(struct merge *merge, const uint64_t **record, struct fault *fault)
{
    *record = NULL;
    if (merge->heap_count == 0)
        return OK;
    uint32_t run = merge->heap[0];
    bool is_there;
    memcpy(merge->lent, merge->heads + run * merge->of.words, merge->of.words * sizeof(uint64_t));
    TRY(load_head(merge, run, &is_there, fault));
    if (!is_there)
        merge->heap[0] = merge->heap[--merge->heap_count];
    sink(merge, 0);
    *record = merge->lent;
    return OK;
}

void merge_release(struct merge *merge)
{
    for (uint32_t i = 0; i < merge->run_count; i++)
        tape_release(&merge->runs[i]);
    free(merge->runs);
    free(merge->heads);
    free(merge->heap);
    *merge = (struct merge){ 0 };
}

void sorting_remove(const struct sorting *of, uint32_t runs)
{
    for (uint32_t i = 0; i < runs; i++) {
        char name[TAPE_NAME];
        run_name(of, i, name);
        unlinkat(of->dir, name, 0);
    }
}

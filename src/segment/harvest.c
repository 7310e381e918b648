#include "segment/harvest.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"

enum { PART_STEP = 64, OFFSETS_AHEAD = 32, PLACES_AHEAD = 16 };

bool harvest_reserve(struct harvest *harvest, size_t count)
{
    return harvest->body_room - harvest->body_count >= count ||
           grow_items((void **)&harvest->body, &harvest->body_room, harvest->body_count + count,
                      sizeof *harvest->body);
}

bool harvest_tell(struct harvest *harvest, struct told told)
{
    if (harvest->told_count >= UINT32_MAX ||
        !GROW(harvest->told, harvest->told_room, harvest->told_count))
        return false;
    harvest->told[harvest->told_count++] = told;
    return true;
}

size_t harvest_memory(const struct harvest *harvest)
{
    return harvest->body_count * sizeof *harvest->body +
           harvest->told_count * sizeof *harvest->told;
}

void harvest_clear(struct harvest *harvest)
{
    harvest->body_count = harvest->told_count = 0;
}

void harvest_release(struct harvest *harvest)
{
    free(harvest->body);
    free(harvest->told);
    *harvest = (struct harvest){ 0 };
}

void sorted_harvest_release(struct sorted_harvest *sorted)
{
    free(take(sorted->places));
    free(take(sorted->ends));
    free(take(sorted->starts));
    free(take(sorted->parts_at));
}

static uint32_t word_of(uint32_t sighting)
{
    return sighting & HARVEST_NONE;
}

/* Where the places of each word begin, in sorted->ends. */
static void set_starts(const struct harvest *harvest, const uint32_t *order, uint32_t words,
                       struct sorted_harvest *sorted)
{
    size_t *counts = sorted->ends;
    for (size_t i = 0; i < harvest->body_count; i++) {
        uint32_t word = word_of(harvest->body[i]);
        if (word != HARVEST_NONE)
            counts[word]++;
    }
    for (size_t i = 0; i < harvest->told_count; i++)
        counts[harvest->told[i].number]++;
    size_t start = 0;
    for (uint32_t i = 0; i < words; i++) {
        size_t count = counts[order[i]];
        counts[order[i]] = start;
        start += count;
    }
}

/* Words lie anywhere: where they are counted, and where their place goes, is asked for from memory
 * beforehand. */
static void place_body(const struct harvest *harvest, struct sorted_harvest *sorted)
{
    const uint32_t *body = harvest->body;
    size_t *ends = sorted->ends, count = harvest->body_count;
    uint32_t position = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        if (i + OFFSETS_AHEAD < count) {
            uint32_t far = word_of(body[i + OFFSETS_AHEAD]), near = word_of(body[i + PLACES_AHEAD]);
            __builtin_prefetch(&ends[far != HARVEST_NONE ? far : 0]);
            __builtin_prefetch(&sorted->places[ends[near != HARVEST_NONE ? near : 0]], 1);
        }
        position += (body[i] & HARVEST_BESIDE) == 0;
        if (word_of(body[i]) != HARVEST_NONE)
            sorted->places[ends[word_of(body[i])]++] = position;
    }
}

static void index_parts(struct sorted_harvest *sorted, size_t steps)
{
    uint32_t part = 0;
    for (uint32_t i = 0; i < sorted->parts; i++)
        sorted->starts[i + 1] = sorted->starts[i] + sorted->part_words[i];
    for (size_t i = 0; i < steps; i++) {
        while (part + 1 < sorted->parts && sorted->starts[part + 1] <= i * PART_STEP)
            part++;
        sorted->parts_at[i] = part;
    }
}

enum status harvest_sort(const struct harvest *harvest, const uint32_t *order, uint32_t words,
                         const uint32_t *part_words, uint32_t parts, struct sorted_harvest *sorted,
                         struct fault *fault)
{
    size_t all = harvest->body_count + harvest->told_count;
    size_t steps = harvest->body_count / PART_STEP + 1;
    *sorted = (struct sorted_harvest){ .of = harvest, .part_words = part_words, .parts = parts };
    sorted->places = malloc((all + 1) * sizeof *sorted->places);
    sorted->ends = calloc((size_t)words + 1, sizeof *sorted->ends);
    sorted->starts = calloc((size_t)parts + 1, sizeof *sorted->starts);
    sorted->parts_at = calloc(steps, sizeof *sorted->parts_at);
    if (sorted->places == NULL || sorted->ends == NULL || sorted->starts == NULL ||
        sorted->parts_at == NULL) {
        sorted_harvest_release(sorted);
        return no_memory(fault);
    }
    set_starts(harvest, order, words, sorted);
    place_body(harvest, sorted);
    for (size_t i = 0; i < harvest->told_count; i++)
        sorted->places[sorted->ends[harvest->told[i].number]++] = (uint32_t)i;
    index_parts(sorted, steps);
    return OK;
}

void harvest_walk_begin(struct harvest_walk *walk, const struct sorted_harvest *sorted,
                        uint32_t number, bool is_body, size_t before)
{
    walk->of = sorted;
    walk->at = before;
    walk->end = sorted->ends[number];
    walk->is_told = !is_body;
    walk->part = 0;
    walk->count = 0;
}

static void add_once(struct harvest_walk *walk, uint32_t position)
{
    if (walk->count == 0 || walk->positions[walk->count - 1] != position)
        walk->positions[walk->count++] = position;
}

static enum status next_told(struct harvest_walk *walk, struct fault *fault)
{
    const struct told *told = walk->of->of->told;
    const uint32_t *places = walk->of->places;
    size_t start = walk->at;
    walk->part = told[places[start]].part;
    while (walk->at < walk->end && told[places[walk->at]].part == walk->part)
        walk->at++;
    if (walk->room < walk->at - start && !grow_items((void **)&walk->positions, &walk->room,
                                                     walk->at - start, sizeof *walk->positions))
        return no_memory(fault);
    for (size_t i = start; i < walk->at; i++)
        add_once(walk, told[places[i]].position);
    return OK;
}

static enum status next_body(struct harvest_walk *walk, struct fault *fault)
{
    const struct sorted_harvest *of = walk->of;
    const uint32_t *places = of->places;
    size_t start = walk->at;
    uint32_t part = of->parts_at[places[start] / PART_STEP];
    while (of->starts[part + 1] <= places[start])
        part++;
    uint64_t base = of->starts[part], limit = of->starts[part + 1];
    while (walk->at < walk->end && places[walk->at] < limit)
        walk->at++;
    if (walk->room < walk->at - start && !grow_items((void **)&walk->positions, &walk->room,
                                                     walk->at - start, sizeof *walk->positions))
        return no_memory(fault);
    walk->part = part;
    for (size_t i = start; i < walk->at; i++)
        add_once(walk, (uint32_t)(places[i] - base));
    return OK;
}

enum status harvest_walk_next(struct harvest_walk *walk, struct fault *fault)
{
    walk->count = 0;
    if (walk->at == walk->end) {
        walk->part = POSTINGS_END;
        return OK;
    }
    return walk->is_told ? next_told(walk, fault) : next_body(walk, fault);
}

void harvest_walk_release(struct harvest_walk *walk)
{
    free(walk->positions);
    *walk = (struct harvest_walk){ 0 };
}

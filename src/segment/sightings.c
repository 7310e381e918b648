#include "segment/sightings.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"

enum { PART_STEP = 64, OFFSETS_AHEAD = 32, PLACES_AHEAD = 16 };

bool sightings_reserve(struct sightings *sightings, size_t count)
{
    return sightings->body_room - sightings->body_count >= count ||
           grow_items((void **)&sightings->body, &sightings->body_room,
                      sightings->body_count + count, sizeof *sightings->body);
}

bool sightings_tell(struct sightings *sightings, struct told told)
{
    if (sightings->told_count >= UINT32_MAX ||
        !GROW(sightings->told, sightings->told_room, sightings->told_count))
        return false;
    sightings->told[sightings->told_count++] = told;
    return true;
}

size_t sightings_memory(const struct sightings *sightings)
{
    return sightings->body_room * sizeof *sightings->body +
           sightings->told_room * sizeof *sightings->told;
}

void sightings_release(struct sightings *sightings)
{
    free(sightings->body);
    free(sightings->told);
    *sightings = (struct sightings){ 0 };
}

void sorted_sightings_release(struct sorted_sightings *sorted)
{
    free(take(sorted->places));
    free(take(sorted->ends));
    free(take(sorted->starts));
    free(take(sorted->parts_at));
}

static uint32_t word_of(uint32_t sighting)
{
    return sighting & SIGHTING_NONE;
}

/* Where the places of each word begin, in sorted->ends. */
static void set_starts(const struct sightings *sightings, const uint32_t *order, uint32_t words,
                       struct sorted_sightings *sorted)
{
    size_t *counts = sorted->ends;
    for (size_t i = 0; i < sightings->body_count; i++) {
        uint32_t word = word_of(sightings->body[i]);
        if (word != SIGHTING_NONE)
            counts[word]++;
    }
    for (size_t i = 0; i < sightings->told_count; i++)
        counts[sightings->told[i].number]++;
    size_t start = 0;
    for (uint32_t i = 0; i < words; i++) {
        size_t count = counts[order[i]];
        counts[order[i]] = start;
        start += count;
    }
}

/* Words lie anywhere: where they are counted, and where their place goes, is asked for from memory
 * beforehand. */
static void place_body(const struct sightings *sightings, struct sorted_sightings *sorted)
{
    const uint32_t *body = sightings->body;
    size_t *ends = sorted->ends, count = sightings->body_count;
    uint32_t position = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        if (i + OFFSETS_AHEAD < count) {
            uint32_t far = word_of(body[i + OFFSETS_AHEAD]), near = word_of(body[i + PLACES_AHEAD]);
            __builtin_prefetch(&ends[far != SIGHTING_NONE ? far : 0]);
            __builtin_prefetch(&sorted->places[ends[near != SIGHTING_NONE ? near : 0]], 1);
        }
        position += (body[i] & SIGHTING_BESIDE) == 0;
        if (word_of(body[i]) != SIGHTING_NONE)
            sorted->places[ends[word_of(body[i])]++] = position;
    }
}

static void index_parts(struct sorted_sightings *sorted, size_t steps)
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

enum status sightings_sort(const struct sightings *sightings, const uint32_t *order, uint32_t words,
                           const uint32_t *part_words, uint32_t parts,
                           struct sorted_sightings *sorted, struct fault *fault)
{
    size_t all = sightings->body_count + sightings->told_count;
    size_t steps = sightings->body_count / PART_STEP + 1;
    *sorted =
        (struct sorted_sightings){ .of = sightings, .part_words = part_words, .parts = parts };
    sorted->places = malloc((all + 1) * sizeof *sorted->places);
    sorted->ends = calloc((size_t)words + 1, sizeof *sorted->ends);
    sorted->starts = calloc((size_t)parts + 1, sizeof *sorted->starts);
    sorted->parts_at = calloc(steps, sizeof *sorted->parts_at);
    if (sorted->places == NULL || sorted->ends == NULL || sorted->starts == NULL ||
        sorted->parts_at == NULL) {
        sorted_sightings_release(sorted);
        return no_memory(fault);
    }
    set_starts(sightings, order, words, sorted);
    place_body(sightings, sorted);
    for (size_t i = 0; i < sightings->told_count; i++)
        sorted->places[sorted->ends[sightings->told[i].number]++] = (uint32_t)i;
    index_parts(sorted, steps);
    return OK;
}

void sighting_walk_begin(struct sighting_walk *walk, const struct sorted_sightings *sorted,
                         uint32_t number, bool is_body, size_t before)
{
    walk->of = sorted;
    walk->at = before;
    walk->end = sorted->ends[number];
    walk->is_told = !is_body;
    walk->part = 0;
    walk->count = 0;
}

static void add_once(struct sighting_walk *walk, uint32_t position)
{
    if (walk->count == 0 || walk->positions[walk->count - 1] != position)
        walk->positions[walk->count++] = position;
}

static enum status next_told(struct sighting_walk *walk, struct fault *fault)
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

static enum status next_body(struct sighting_walk *walk, struct fault *fault)
{
    const struct sorted_sightings *of = walk->of;
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

enum status sighting_walk_next(struct sighting_walk *walk, struct fault *fault)
{
    walk->count = 0;
    if (walk->at == walk->end) {
        walk->part = POSTINGS_END;
        return OK;
    }
    return walk->is_told ? next_told(walk, fault) : next_body(walk, fault);
}

void sighting_walk_release(struct sighting_walk *walk)
{
    free(walk->positions);
    *walk = (struct sighting_walk){ 0 };
}

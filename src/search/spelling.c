#include "search/spelling.h"

#include "segment/terms.h"

enum { LETTERS_FOR_TWO = 6, LETTERS_FOR_ONE = 3 };

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint32_t spelling_distance(struct bytes a, struct bytes b, uint32_t most)
{
    uint32_t rows[3][FOLD_KEY_MAX + 1];
    if (a.len > FOLD_KEY_MAX || b.len > FOLD_KEY_MAX || a.len > b.len + most ||
        b.len > a.len + most)
        return most + 1;
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (uint32_t)j;
    for (size_t i = 1; i <= a.len; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *second = rows[(i + 1) % 3];
        uint32_t best = row[0] = (uint32_t)i;
        for (size_t j = 1; j <= b.len; j++) {
            row[j] =
                least(above[j - 1] + (a.at[i - 1] != b.at[j - 1]), least(above[j], row[j - 1]) + 1);
            bool is_swapped =
                i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1];
            if (is_swapped)
                row[j] = least(row[j], second[j - 2] + 1);
            best = least(best, row[j]);
        }
        if (best > most)
            return most + 1;
    }
    return rows[a.len % 3][b.len];
}

static bool is_better(const struct spelling *a, const struct spelling *b)
{
    return a->distance != b->distance ? a->distance < b->distance : a->parts > b->parts;
}

static void offer(struct spelling at[SPELLINGS], size_t *count, struct bytes key, uint32_t distance,
                  uint32_t parts)
{
    struct spelling made = { .distance = distance, .parts = parts };
    memcpy(made.word, key.at, key.len);
    for (size_t i = 0; i < *count; i++) {
        if (strcmp(at[i].word, made.word) != 0)
            continue;
        made.parts += at[i].parts;
        memmove(&at[i], &at[i + 1], (*count - i - 1) * sizeof *at);
        --*count;
        break;
    }
    size_t place = *count;
    while (place > 0 && is_better(&made, &at[place - 1]))
        place--;
    if (place == SPELLINGS)
        return;
    size_t behind = (*count < SPELLINGS ? *count : SPELLINGS - 1) - place;
    memmove(&at[place + 1], &at[place], behind * sizeof *at);
    at[place] = made;
    *count += *count < SPELLINGS;
}

static enum status walk_segment(const struct segment *segment, struct bytes key, uint32_t most,
                                struct spelling at[SPELLINGS], size_t *count, struct fault *fault)
{
    struct term_walk walk;
    TRY(term_walk_begin(&walk, segment, bytes_slice(key, 0, 1), fault));
    while (!walk.ended && walk.key.len > 0 && walk.key.at[0] == key.at[0]) {
        uint32_t distance =
            walk.key.len <= FOLD_KEY_MAX ? spelling_distance(key, walk.key, most) : most + 1;
        if (distance > 0 && distance <= most)
            offer(at, count, walk.key, distance, walk.term.parts);
        TRY(term_walk_next(&walk, fault));
    }
    return OK;
}

enum status spellings_near(const struct snapshot *snapshot, struct bytes key,
                           struct spelling at[SPELLINGS], size_t *count, struct fault *fault)
{
    uint32_t most = key.len >= LETTERS_FOR_TWO ? 2 : 1;
    *count = 0;
    if (key.len < LETTERS_FOR_ONE)
        return OK;
    for (size_t i = 0; i < snapshot_segment_count(snapshot); i++)
        TRY(walk_segment(snapshot_segment(snapshot, i), key, most, at, count, fault));
    return OK;
}

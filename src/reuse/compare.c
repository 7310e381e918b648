#include "reuse/compare.h"

#include "base/hash.h"
#include "base/scoped.h"

struct spot {
    uint64_t shingle;
    uint32_t at;
};

struct anchor {
    uint32_t of_a, of_b;
    uint32_t before; /* number of the anchor before it in its row, plus one */
};

static int compare_spots(const void *a, const void *b)
{
    const struct spot *of_a = a, *of_b = b;
    if (of_a->shingle != of_b->shingle)
        return of_a->shingle < of_b->shingle ? -1 : 1;
    return of_a->at < of_b->at ? -1 : of_a->at > of_b->at;
}

static int compare_anchors(const void *a, const void *b)
{
    const struct anchor *of_a = a, *of_b = b;
    return of_a->of_b < of_b->of_b ? -1 : of_a->of_b > of_b->of_b;
}

/* All shingles, sorted; *count of them. NULL: no memory. */
static struct spot *list_spots(const struct stretch *of, uint32_t *count)
{
    struct spot *spots = malloc(((size_t)of->count + 1) * sizeof *spots);
    *count = of->count >= SHINGLE_WORDS ? of->count - SHINGLE_WORDS + 1 : 0;
    for (uint32_t i = 0; spots != NULL && i < *count; i++) {
        uint32_t words[SHINGLE_WORDS];
        for (uint32_t k = 0; k < SHINGLE_WORDS; k++)
            words[k] = of->words[i + k] & ~WORD_IN_HEAD;
        spots[i] = (struct spot){ checksum64(bytes_make(words, sizeof words)), i };
    }
    if (spots != NULL)
        qsort(spots, *count, sizeof *spots, compare_spots);
    return spots;
}

static bool is_single(const struct spot *spots, uint32_t count, uint32_t at)
{
    return (at == 0 || spots[at - 1].shingle != spots[at].shingle) &&
           (at + 1 == count || spots[at + 1].shingle != spots[at].shingle);
}

/* Shingles that stand once in each; where there is none, the first that stands in both. */
static uint32_t list_anchors(const struct spot *a, uint32_t a_count, const struct spot *b,
                             uint32_t b_count, struct anchor *anchors)
{
    uint32_t count = 0;
    struct anchor any = { UINT32_MAX, UINT32_MAX, 0 };
    for (uint32_t i = 0, j = 0; i < a_count && j < b_count;) {
        if (a[i].shingle != b[j].shingle) {
            if (a[i].shingle < b[j].shingle)
                i++;
            else
                j++;
            continue;
        }
        if (is_single(a, a_count, i) && is_single(b, b_count, j))
            anchors[count++] = (struct anchor){ a[i].at, b[j].at, 0 };
        if (b[j].at < any.of_b)
            any = (struct anchor){ a[i].at, b[j].at, 0 };
        j++;
    }
    if (count == 0 && any.of_b != UINT32_MAX)
        anchors[count++] = any;
    qsort(anchors, count, sizeof *anchors, compare_anchors);
    return count;
}

/* The longest row that ascends in a: rows[k] is the anchor with the least end of a row of k + 1.
 * Answers the number of its last anchor, plus one. */
static uint32_t longest_row(struct anchor *anchors, uint32_t count, uint32_t *rows)
{
    uint32_t longest = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t low = 0, high = longest;
        while (low < high) {
            uint32_t middle = low + (high - low) / 2;
            if (anchors[rows[middle]].of_a < anchors[i].of_a)
                low = middle + 1;
            else
                high = middle;
        }
        anchors[i].before = low > 0 ? rows[low - 1] + 1 : 0;
        rows[low] = i;
        longest = low == longest ? longest + 1 : longest;
    }
    return longest > 0 ? rows[longest - 1] + 1 : 0;
}

/* Grow from each anchor of the row that no passage before it holds. */
static void walk_row(const struct stretch *a, const struct stretch *b, const struct anchor *anchors,
                     const uint32_t *row, uint32_t len, uint32_t *shared, uint32_t *differences)
{
    uint32_t end_a = 0, end_b = 0;
    for (uint32_t i = 0; i < len; i++) {
        const struct anchor *at = &anchors[row[i]];
        struct common common;
        if (at->of_a < end_a || at->of_b < end_b)
            continue;
        struct stretch of_a = { a->words + end_a, a->count - end_a };
        struct stretch of_b = { b->words + end_b, b->count - end_b };
        common_grow(&of_a, &of_b, at->of_a - end_a, at->of_b - end_b, NULL, &common);
        *differences += common.differences + (end_b > 0);
        *shared += common.shared;
        end_a += common.a_end;
        end_b += common.b_end;
    }
}

enum status stretches_compare(const struct stretch *a, const struct stretch *b, uint32_t *shared,
                              uint32_t *differences, struct fault *fault)
{
    uint32_t a_count, b_count, count = 0, len = 0;
    FREED struct spot *of_a = list_spots(a, &a_count);
    FREED struct spot *of_b = list_spots(b, &b_count);
    FREED struct anchor *anchors = malloc(((size_t)b->count + 1) * sizeof *anchors);
    FREED uint32_t *rows = malloc(((size_t)b->count + 1) * sizeof *rows);
    *shared = *differences = 0;
    if (of_a == NULL || of_b == NULL || anchors == NULL || rows == NULL)
        return no_memory(fault);
    count = list_anchors(of_a, a_count, of_b, b_count, anchors);
    for (uint32_t at = longest_row(anchors, count, rows); at > 0; at = anchors[at - 1].before)
        rows[len++] = at - 1;
    for (uint32_t i = 0; i < len / 2; i++) {
        uint32_t swap = rows[i];
        rows[i] = rows[len - 1 - i];
        rows[len - 1 - i] = swap;
    }
    walk_row(a, b, anchors, rows, len, shared, differences);
    return OK;
}

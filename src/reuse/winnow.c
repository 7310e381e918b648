#include "reuse/winnow.h"

#include <math.h>

/* Odd numbers without pattern; what is mixed was keyed before. */
static const uint64_t places[SHINGLE_WORDS] = { 0x9E3779B97F4A7C15u, 0xC2B2AE3D27D4EB4Fu,
                                                0x165667B19E3779F9u, 0xD6E8FEB86659FD93u,
                                                0xA0761D6478BD642Fu };

/* The finaliser of MurmurHash3 (Appleby, public domain). */
static uint64_t mix(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 33;
    hash *= 0xC4CEB9FE1A85EC53u;
    return hash ^ hash >> 33;
}

static uint64_t shingle_hash(const uint64_t *words, uint32_t count)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < SHINGLE_WORDS; i++)
        sum += words[(count + i) % SHINGLE_WORDS] * places[i];
    return mix(sum);
}

bool winnow_add(struct winnow *winnow, uint64_t word, uint64_t rank, uint64_t *shingle,
                uint32_t *first)
{
    winnow->words[winnow->count % SHINGLE_WORDS] = word;
    winnow->ranks[winnow->count++ % SHINGLE_WORDS] = rank;
    if (winnow->count < SHINGLE_WORDS)
        return false;
    uint32_t number = winnow->count - SHINGLE_WORDS;
    winnow->shingles[number % WINNOW] = shingle_hash(winnow->words, winnow->count);
    winnow->orders[number % WINNOW] = shingle_hash(winnow->ranks, winnow->count);
    if (number + 1 < WINNOW)
        return false;
    uint32_t least = number;
    for (uint32_t i = number; i-- > number + 1 - WINNOW;)
        if (winnow->orders[i % WINNOW] < winnow->orders[least % WINNOW])
            least = i;
    if (winnow->kept == least + 1)
        return false;
    winnow->kept = least + 1;
    *shingle = winnow->shingles[least % WINNOW];
    *first = least;
    return true;
}

float rarity_bits(const struct rarity *rarity, uint32_t word)
{
    uint32_t count = rarity->counts[word & (RARITY_SLOTS - 1)];
    if (rarity->total == 0)
        return 0;
    return log2f((float)rarity->total / (float)(count > 0 ? count : 1));
}

/* One way from a place: word k stands at at + step * k. */
struct way {
    const struct stretch *of;
    int64_t at;
    int64_t step;
};

static bool is_inside(const struct way *way, int64_t k)
{
    int64_t at = way->at + way->step * k;
    return at >= 0 && at < way->of->count;
}

static bool is_same(const struct way *a, int64_t i, const struct way *b, int64_t j)
{
    if (!is_inside(a, i) || !is_inside(b, j))
        return false;
    uint32_t unlike = a->of->words[a->at + a->step * i] ^ b->of->words[b->at + b->step * j];
    return (unlike & ~WORD_IN_HEAD) == 0;
}

static bool goes_on(const struct way *a, int64_t i, const struct way *b, int64_t j)
{
    for (int64_t k = 0; k < COMMON_AGAIN; k++)
        if (!is_same(a, i + k, b, j + k))
            return false;
    return true;
}

/* Step over the fewest words behind which both go on; false when there are none. */
static bool step_over(const struct way *a, int64_t *i, const struct way *b, int64_t *j)
{
    for (int64_t both = 1; both <= 2 * COMMON_GAP; both++)
        for (int64_t of_a = both > COMMON_GAP ? both - COMMON_GAP : 0;
             of_a <= both && of_a <= COMMON_GAP; of_a++)
            if (goes_on(a, *i + of_a, b, *j + both - of_a)) {
                *i += of_a;
                *j += both - of_a;
                return true;
            }
    return false;
}

static void weigh(const struct way *a, int64_t i, const struct way *b, int64_t j,
                  const struct rarity *rarity, struct common *common)
{
    uint32_t word = a->of->words[a->at + a->step * i];
    if (((word | b->of->words[b->at + b->step * j]) & WORD_IN_HEAD) != 0)
        return;
    common->shared++;
    if (rarity != NULL)
        common->bits += rarity_bits(rarity, word);
}

/* Words passed on both sides until nothing goes on. */
static void grow(struct way *a, struct way *b, const struct rarity *rarity, struct common *common,
                 int64_t *far_a, int64_t *far_b)
{
    int64_t i = 0, j = 0;
    for (;;) {
        for (; is_same(a, i, b, j); i++, j++)
            weigh(a, i, b, j, rarity, common);
        *far_a = i;
        *far_b = j;
        if (!step_over(a, &i, b, &j))
            return;
        common->differences++;
        common->bits -= COMMON_PART_BITS;
    }
}

void common_grow(const struct stretch *a, const struct stretch *b, uint32_t at_a, uint32_t at_b,
                 const struct rarity *rarity, struct common *common)
{
    int64_t far_a, far_b;
    struct way on_a = { a, at_a, 1 }, on_b = { b, at_b, 1 };
    struct way back_a = { a, (int64_t)at_a - 1, -1 }, back_b = { b, (int64_t)at_b - 1, -1 };
    *common = (struct common){ 0 };
    grow(&on_a, &on_b, rarity, common, &far_a, &far_b);
    common->a_end = (uint32_t)(at_a + far_a);
    common->b_end = (uint32_t)(at_b + far_b);
    grow(&back_a, &back_b, rarity, common, &far_a, &far_b);
    common->a_start = (uint32_t)(at_a - far_a);
    common->b_start = (uint32_t)(at_b - far_b);
}

#include "segment/impacts.h"

#include <string.h>

void impact_tally_begin(struct impact_tally *tally)
{
    tally->most = 0;
    memset(tally->fewest, 0xff, sizeof tally->fewest);
}

/* BM25 without its weight, in a segment whose parts have 300 words: to choose by, not to score. */
static uint64_t worth(struct impact impact)
{
    if (impact.count >= IMPACT_COUNT_MAX)
        return 1 << 20;
    return ((uint64_t)impact.count * 1000 << 20) / (impact.count * 1000u + 300 + 3 * impact.words);
}

/* The two neighbours that lose least as one: less than the others over what the block has anyway.
 */
static size_t choose_merge(const struct impact *impacts, size_t len, uint64_t best)
{
    uint64_t least = UINT64_MAX;
    size_t chosen = 0;
    for (size_t i = 0; i + 1 < len; i++) {
        uint64_t merged = worth((struct impact){ impacts[i].count, impacts[i + 1].words });
        uint64_t loss = merged > best ? merged - best : 0;
        if (loss < least) {
            least = loss;
            chosen = i;
        }
    }
    return chosen;
}

static size_t reduce(struct impact *impacts, size_t len)
{
    uint64_t best = 0;
    for (size_t i = 0; i < len; i++)
        best = worth(impacts[i]) > best ? worth(impacts[i]) : best;
    for (; len > IMPACTS; len--) {
        size_t at = choose_merge(impacts, len, best);
        impacts[at].words = impacts[at + 1].words;
        memmove(impacts + at + 1, impacts + at + 2, (len - at - 2) * sizeof *impacts);
    }
    return len;
}

void impact_tally_put(struct impact_tally *tally, struct buffer *to)
{
    struct impact impacts[IMPACT_COUNT_MAX];
    size_t len = 0;
    uint32_t fewest = UINT32_MAX;
    for (uint32_t count = tally->most; count > 0; count--) {
        if (tally->fewest[count] >= fewest)
            continue;
        fewest = tally->fewest[count];
        impacts[len++] = (struct impact){ count, fewest };
    }
    len = reduce(impacts, len);
    for (size_t i = 0; i < IMPACTS; i++) {
        buffer_u8(to, i < len ? (uint8_t)impacts[i].count : 0);
        buffer_u16(to, i < len ? (uint16_t)impacts[i].words : 0);
    }
    impact_tally_begin(tally);
}

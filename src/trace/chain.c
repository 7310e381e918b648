#include "trace/chain.h"

#include <math.h>
#include <stdlib.h>

enum {
    SLACK_WORDS = 14,
    LONG_RUN = 5,
    CELLS_MAX = 200000,
    GROWN_MAX = 400000,
    LOOK_BACK = 64,
    GAP_PAID_MAX = 12
};

struct runs {
    struct anchor at[ANCHORS_MAX];
    size_t count;
    size_t grown;
};

struct node_index {
    uint32_t *heads; /* by hash: 1 + node */
    uint32_t *next;  /* by node: 1 + next node of the same slot */
    size_t mask;
};

static enum status node_index_make(struct node_index *index, const struct quote *quote,
                                   struct arena *arena, struct fault *fault)
{
    size_t room = 32;
    while (room < quote->count * 2)
        room *= 2;
    index->mask = room - 1;
    index->heads = arena_alloc_many(arena, room, sizeof *index->heads);
    index->next = arena_alloc_many(arena, quote->count + 1, sizeof *index->next);
    if (index->heads == NULL || index->next == NULL)
        return no_memory(fault);
    for (size_t i = quote->count; i-- > 0;) {
        if (!node_is_word(&quote->nodes[i]))
            continue;
        uint32_t *head = &index->heads[quote->of[i].canonical & index->mask];
        index->next[i] = *head;
        *head = (uint32_t)i + 1;
    }
    return OK;
}

static bool node_meets(const struct quote *quote, size_t node, const struct window_word *word)
{
    return node < quote->count && node_is_word(&quote->nodes[node]) &&
           quote->of[node].canonical == word->canonical;
}

static void runs_keep(struct runs *runs, struct anchor anchor)
{
    if (runs->count < ANCHORS_MAX) {
        runs->at[runs->count++] = anchor;
        return;
    }
    size_t least = 0;
    for (size_t i = 1; i < runs->count; i++)
        if (runs->at[i].bits < runs->at[least].bits)
            least = i;
    if (runs->at[least].bits < anchor.bits)
        runs->at[least] = anchor;
}

static void runs_grow(struct runs *runs, const struct quote *quote, const struct window *window,
                      uint32_t node, uint32_t word)
{
    if (node > 0 && word > 0 && node_meets(quote, node - 1, &window->words[word - 1]))
        return;
    struct anchor anchor = { .node = node, .word = word };
    while (word + anchor.len < window->count &&
           node_meets(quote, node + anchor.len, &window->words[word + anchor.len])) {
        anchor.bits += quote->of[node + anchor.len].bits;
        anchor.len++;
        runs->grown++;
    }
    if (anchor.len >= 2 || anchor.bits >= 8 || quote->words <= 4)
        runs_keep(runs, anchor);
}

static int by_word(const void *a, const void *b)
{
    const struct anchor *one = a, *other = b;
    if (one->word != other->word)
        return one->word < other->word ? -1 : 1;
    return one->node < other->node ? -1 : one->node > other->node;
}

static double gap_cost(const struct quote *quote, const struct anchor *from,
                       const struct anchor *to)
{
    uint32_t end = from->node + from->len;
    if (quote->of[end].piece != quote->of[to->node].piece)
        return 0;
    double nodes = (double)to->node - end, words = (double)to->word - (from->word + from->len);
    double skipped = fabs(words - nodes);
    if (skipped == 0)
        return 0;
    /* What the alignment will pay for the jump, in bits; a far run of few bits must not draw the
     * band away from the words beside. */
    double paid = skipped < GAP_PAID_MAX ? skipped : GAP_PAID_MAX;
    return 6 * (1 + 0.3 * paid) + 2 * log2(1 + skipped);
}

/* Best chain of runs in the order of both sides; answers how many, in *chain from first to last. */
static size_t runs_chain(const struct quote *quote, const struct runs *runs,
                         struct anchor chain[ANCHORS_MAX])
{
    double best[ANCHORS_MAX];
    int back[ANCHORS_MAX];
    int last = -1;
    for (int j = 0; j < (int)runs->count; j++) {
        const struct anchor *to = &runs->at[j];
        best[j] = to->bits;
        back[j] = -1;
        for (int i = j - 1; i >= 0 && i >= j - LOOK_BACK; i--) {
            const struct anchor *from = &runs->at[i];
            if (from->node >= to->node || from->word >= to->word ||
                from->node + from->len > to->node || from->word + from->len > to->word)
                continue;
            double bits = best[i] + to->bits - gap_cost(quote, from, to);
            if (bits > best[j]) {
                best[j] = bits;
                back[j] = i;
            }
        }
        if (last < 0 || best[j] > best[last])
            last = j;
    }
    size_t count = 0;
    for (int j = last; j >= 0; j = back[j])
        chain[count++] = runs->at[j];
    for (size_t i = 0; i < count / 2; i++) {
        struct anchor swapped = chain[i];
        chain[i] = chain[count - 1 - i];
        chain[count - 1 - i] = swapped;
    }
    return count;
}

static void band_row(struct band *band, uint32_t row, int64_t low, int64_t high, uint32_t words)
{
    if (low < 0)
        low = 0;
    if (high < 0)
        high = 0;
    if (high > (int64_t)words)
        high = words;
    if (low > high)
        low = high;
    band->low[row] = (uint32_t)low;
    band->high[row] = (uint32_t)high;
}

/* Rows between two anchors (either may be missing) see both diagonals and all between. */
static void band_between(struct band *band, const struct quote *quote, uint32_t words,
                         const struct anchor *from, const struct anchor *to, int64_t slack)
{
    uint32_t first = from != NULL ? from->node + from->len : 0;
    uint32_t last = to != NULL ? to->node : (uint32_t)quote->count;
    uint32_t gaps_from = from != NULL ? quote->of[first].piece : quote->of[0].piece;
    for (uint32_t row = first; row <= last; row++) {
        int64_t low, high;
        int64_t behind = (int64_t)(quote->of[last].word - quote->of[row].word);
        int64_t passed = (int64_t)(quote->of[row].word - quote->of[first].word);
        if (from != NULL && to != NULL) {
            int64_t one = from->word + from->len + passed, other = (int64_t)to->word - behind;
            low = (one < other ? one : other) - slack;
            high = (one > other ? one : other) + slack;
        } else if (to != NULL) {
            high = (int64_t)to->word - behind + slack;
            low = quote->of[last].piece != quote->of[row].piece ? 0 : high - 2 * slack - 12;
        } else if (from != NULL) {
            low = from->word + from->len + passed - slack;
            high = quote->of[row].piece != gaps_from ? words : low + 2 * slack + 12;
        } else {
            low = 0;
            high = words;
        }
        band_row(band, row, low, high, words);
    }
}

static void band_along(struct band *band, const struct anchor *anchor, uint32_t words,
                       int64_t slack)
{
    for (uint32_t i = 1; i < anchor->len; i++)
        band_row(band, anchor->node + i, (int64_t)anchor->word + i - slack,
                 (int64_t)anchor->word + i + slack, words);
}

/* A long run is not left but at its ends. */
static int64_t slack_along(const struct anchor *anchor, int64_t slack)
{
    int64_t most = anchor->len >= LONG_RUN ? 3 : 12;
    return slack < most ? slack : most;
}

static size_t band_cells(const struct band *band, size_t rows)
{
    size_t cells = 0;
    for (size_t i = 0; i < rows; i++)
        cells += band->high[i] - band->low[i] + 1;
    return cells;
}

static void band_lay(struct band *band, const struct quote *quote, uint32_t words,
                     const struct anchor *chain, size_t count, int64_t slack)
{
    for (size_t i = 0; i <= count; i++) {
        band_between(band, quote, words, i > 0 ? &chain[i - 1] : NULL, i < count ? &chain[i] : NULL,
                     slack);
        if (i < count)
            band_along(band, &chain[i], words, slack_along(&chain[i], slack));
    }
    band->cells = band_cells(band, quote->count + 1);
}

/* When even the narrow band is too large, cut rows at the same width from their low end. */
static void band_cut(struct band *band, size_t rows)
{
    uint32_t most = (uint32_t)(CELLS_MAX / rows);
    for (size_t i = 0; i < rows; i++)
        if (band->high[i] - band->low[i] > most)
            band->high[i] = band->low[i] + most;
    band->cells = band_cells(band, rows);
}

enum status chain_band(const struct quote *quote, const struct window *window, struct arena *arena,
                       struct band *band, struct fault *fault)
{
    struct node_index index;
    struct runs *runs = arena_alloc(arena, sizeof *runs);
    struct anchor chain[ANCHORS_MAX];
    uint32_t words = (uint32_t)window->count;
    band->low = arena_alloc_many(arena, quote->count + 1, sizeof *band->low);
    band->high = arena_alloc_many(arena, quote->count + 1, sizeof *band->high);
    if (runs == NULL || band->low == NULL || band->high == NULL)
        return no_memory(fault);
    TRY(node_index_make(&index, quote, arena, fault));
    for (uint32_t w = 0; w < words && runs->grown < GROWN_MAX; w++) {
        uint32_t node = index.heads[window->words[w].canonical & index.mask];
        for (; node != 0 && runs->grown < GROWN_MAX; node = index.next[node - 1], runs->grown++)
            if (quote->of[node - 1].canonical == window->words[w].canonical)
                runs_grow(runs, quote, window, node - 1, w);
    }
    qsort(runs->at, runs->count, sizeof *runs->at, by_word);
    size_t count = runs_chain(quote, runs, chain);
    band_lay(band, quote, words, chain, count, SLACK_WORDS);
    if (band->cells > CELLS_MAX)
        band_lay(band, quote, words, chain, count, 8);
    if (band->cells > CELLS_MAX)
        band_cut(band, quote->count + 1);
    return OK;
}

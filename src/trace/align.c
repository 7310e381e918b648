#include "trace/align.h"

#include <float.h>

#include "base/scoped.h"

#include "trace/distance.h"
#include "trace/variants.h"
#include "trace/words.h"

/* Parts a word from its twin with the other initial; far below all that counts. */
static const float cost_recased = 0.01f;
static const float cost_variant = 0.1f, cost_noise = 0.4f, cost_joined = 0.2f, cost_changed = 1.15f;
static const float cost_letters = 0.2f, cost_withheld = 0.3f;
static const float open_missed = 1.0f, more_missed = 0.3f, open_far = 3.0f, more_far = 0.02f;
static const float open_added = 1.2f, more_added = 0.5f;
static const float cost_ellipsis = 0.1f, cost_gap_skip = 0.5f, cost_far_word = 0.0005f;
static const float cost_replaced = 0.2f, more_replaced = 0.05f, cost_inserted = 0.02f;

enum { REPLACED_MAX = 12, STATES = 4 };
enum state { AT_WORD, AT_MISSED, AT_ADDED, AT_SKIP };

struct cell {
    float cost[STATES];
    uint16_t back[STATES]; /* step kind 4 bits, state before 2, nodes 2, words 8 */
};

struct grid {
    const struct quote *quote;
    const struct window *window;
    const struct band *band;
    struct cell *cells;
    size_t *rows;      /* first cell of each row */
    uint64_t *letters; /* of each window word */
    bool *is_percent;  /* of each window word */
};

static struct cell *grid_cell(struct grid *grid, uint32_t row, uint32_t column)
{
    if (row > grid->quote->count || column < grid->band->low[row] || column > grid->band->high[row])
        return NULL;
    return &grid->cells[grid->rows[row] + (column - grid->band->low[row])];
}

struct from {
    uint32_t row, column;
    enum state state;
    float cost;
};

static void relax(struct grid *grid, struct from from, enum step_kind kind, uint32_t nodes,
                  uint32_t words, enum state state, float cost)
{
    struct cell *cell = grid_cell(grid, from.row + nodes, from.column + words);
    if (cell == NULL || from.cost + cost >= cell->cost[state])
        return;
    cell->cost[state] = from.cost + cost;
    cell->back[state] =
        (uint16_t)((unsigned)kind << 12 | (unsigned)from.state << 10 | nodes << 8 | words);
}

static bool keys_meet(const struct node *node, const struct window_word *word)
{
    for (size_t a = 0; a < node->key_count; a++)
        for (size_t b = 0; b < word->key_count; b++)
            if (bytes_equal(node->keys[a], word->keys[b]))
                return true;
    return false;
}

/* want[ed] for "wants": what stands outside the brackets begins or ends the source word. */
static bool letters_meet(const struct quote *quote, const struct node *node,
                         const struct window_word *word)
{
    struct bytes story = quote->pattern->story, key = word->keys[0];
    size_t inner = node->inner_end - node->inner_start, len = node->end - node->start;
    if (inner == 0 || len < inner + 2 || key.len == 0)
        return false;
    uint8_t outside[FOLD_KEY_MAX];
    bool inner_first = node->inner_start == node->start + 1;
    struct bytes rest =
        inner_first ? bytes_slice(story, node->inner_end + 1, node->end - node->inner_end - 1)
                    : bytes_slice(story, node->start, node->inner_start - 1 - node->start);
    size_t kept = fold_text(rest, outside, sizeof outside);
    if (kept < 2 || kept > key.len)
        return false;
    return memcmp(inner_first ? key.at + key.len - kept : key.at, outside, kept) == 0;
}

/* How one printed word meets one source word; the same whatever led there. */
struct meeting {
    enum step_kind kind;
    float cost;
    bool may_join;
};

/* One bit for each byte of a key, whatever its place. */
static uint64_t letters_of(struct bytes key)
{
    uint64_t letters = 0;
    for (size_t i = 0; i < key.len; i++)
        letters |= 1ull << (key.at[i] & 63);
    return letters;
}

/* Words of which more than two letters stand only in the one, or confusable ones, are no noise of
 * each other: the distance is asked of the rest. */
static bool may_be_noise(uint64_t printed, uint64_t source)
{
    return __builtin_popcountll(printed & ~source) <= 4 &&
           __builtin_popcountll(source & ~printed) <= 4;
}

static enum step_kind word_against(const struct grid *grid, uint32_t row, uint32_t column,
                                   uint64_t letters, float *cost)
{
    const struct quote *quote = grid->quote;
    const struct node *node = &quote->nodes[row];
    const struct window_word *word = &grid->window->words[column];
    bool is_recased =
        ((node->flags ^ word->flags) & TOKEN_CAPITAL) != 0 && !(word->flags & TOKEN_ALL_CAPS);
    *cost = is_recased ? cost_recased : 0;
    if (quote->of[row].hash == word->hash)
        return STEP_MATCH;
    if ((node->key_count > 1 || word->key_count > 1) && keys_meet(node, word))
        return STEP_MATCH;
    *cost = cost_variant;
    if (quote->of[row].canonical == word->canonical)
        return STEP_VARIANT;
    *cost = cost_letters;
    if (node->kind == NODE_CASE && letters_meet(quote, node, word))
        return STEP_LETTERS;
    *cost = cost_noise;
    if (word->key_count > 0 && may_be_noise(letters, grid->letters[column]) &&
        distance_is_noise(node->keys[0], word->keys[0]))
        return STEP_NOISE;
    *cost = word->state & WORD_WITHHELD ? cost_withheld : cost_changed;
    return STEP_CHANGED;
}

static size_t append_key(uint8_t *to, size_t len, struct bytes key)
{
    if (len + key.len > 2 * FOLD_KEY_MAX)
        return len;
    memcpy(to + len, key.at, key.len);
    return len + key.len;
}

/* Whether `nodes` printed words, written together, are `words` source words written together. */
static bool joined_meet(const struct grid *grid, struct from from, uint32_t nodes, uint32_t words)
{
    uint8_t one[2 * FOLD_KEY_MAX], other[2 * FOLD_KEY_MAX];
    size_t len_one = 0, len_other = 0;
    if (from.row + nodes > grid->quote->count || from.column + words > grid->window->count)
        return false;
    for (uint32_t i = 0; i < nodes; i++) {
        const struct node *node = &grid->quote->nodes[from.row + i];
        if (!node_is_word(node))
            return false;
        len_one = append_key(one, len_one, node->keys[0]);
    }
    for (uint32_t i = 0; i < words; i++)
        len_other = append_key(other, len_other, grid->window->words[from.column + i].keys[0]);
    struct bytes a = bytes_make(one, len_one), b = bytes_make(other, len_other);
    if (bytes_equal(a, b))
        return true;
    /* Variants begin alike; asking the tables for every cell would cost more than the alignment. */
    return len_one > 6 && b.len > 6 && memcmp(a.at, b.at, 4) == 0 &&
           variant_between(a, b) != VARIANT_NONE;
}

static void relax_joined(struct grid *grid, struct from from)
{
    static const uint8_t shapes[][2] = { { 2, 1 }, { 1, 2 }, { 3, 1 }, { 1, 3 } };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (joined_meet(grid, from, shapes[i][0], shapes[i][1]))
            relax(grid, from, STEP_JOINED, shapes[i][0], shapes[i][1], AT_WORD, cost_joined);
}

/* Joins begin alike; this spares most cells the concatenation. */
static bool may_join(const struct grid *grid, struct from from)
{
    const struct node *node = &grid->quote->nodes[from.row];
    const struct window_word *word = &grid->window->words[from.column];
    if (node->key_count == 0 || word->key_count == 0 || node->keys[0].len == 0 ||
        word->keys[0].len == 0)
        return false;
    uint8_t a = node->keys[0].at[0], b = word->keys[0].at[0];
    return (a == b || (a >= '0' && a <= '9') || (b >= '0' && b <= '9')) &&
           grid->quote->of[from.row].hash != word->hash;
}

/* "5%" for "5 percent": the word is in the sign. */
static bool is_percent_word(struct bytes key)
{
    return bytes_is(key, "percent") || bytes_is(key, "pct");
}

static void relax_word(struct grid *grid, struct from from, bool is_percent,
                       const struct meeting *meeting)
{
    float added = from.state == AT_ADDED ? more_added : open_added;
    relax(grid, from, STEP_ADDED, 1, 0, AT_ADDED, is_percent ? cost_variant : added);
    if (from.column >= grid->window->count)
        return;
    relax(grid, from, meeting->kind, 1, 1, AT_WORD, meeting->cost);
    if (meeting->may_join)
        relax_joined(grid, from);
}

static bool inner_meets(const struct grid *grid, struct from from)
{
    const struct quote_node *of = &grid->quote->of[from.row];
    if (of->inner_count == 0 || from.column + of->inner_count > grid->window->count)
        return false;
    for (size_t i = 0; i < of->inner_count; i++)
        if (!node_is_word(&of->inner[i]) ||
            !keys_meet(&of->inner[i], &grid->window->words[from.column + i]))
            return false;
    return true;
}

/* "[Karzai] said" at an edge of the quotation stands for "he", not for nothing. */
static bool names_pronoun(const struct grid *grid, struct from from)
{
    return from.column < grid->window->count &&
           (word_classes(grid->window->words[from.column].keys[0]) & WORD_AGENT) != 0;
}

static void relax_mark(struct grid *grid, struct from from)
{
    const struct node *node = &grid->quote->nodes[from.row];
    uint32_t inner = (uint32_t)grid->quote->of[from.row].inner_count;
    bool is_inside = from.state == AT_SKIP;
    switch (node->kind) {
    case NODE_ELLIPSIS:
        relax(grid, from, STEP_PASSED, 1, 0, AT_WORD, is_inside ? 0 : cost_ellipsis);
        relax(grid, from, STEP_SKIPPED, 0, 1, AT_SKIP,
              (is_inside ? 0 : cost_ellipsis) + cost_far_word);
        break;
    case NODE_GAP:
        relax(grid, from, STEP_PASSED, 1, 0, AT_WORD, 0);
        relax(grid, from, STEP_SKIPPED, 0, 1, AT_SKIP,
              (is_inside ? 0 : cost_gap_skip) + cost_far_word);
        break;
    case NODE_WITHHELD:
        relax(grid, from, STEP_PASSED, 1, 0, AT_WORD, is_inside ? 0 : cost_ellipsis);
        relax(grid, from, STEP_SKIPPED, 0, 1, AT_SKIP, more_replaced);
        break;
    case NODE_BRACKET:
        if (names_pronoun(grid, from))
            relax(grid, from, STEP_REPLACED, 1, 1, AT_WORD, 0);
        for (uint32_t words = 1; words <= REPLACED_MAX; words++)
            relax(grid, from, STEP_REPLACED, 1, words, AT_WORD,
                  cost_replaced + more_replaced * (float)words);
        __attribute__((fallthrough));
    case NODE_PARENTHESIS:
        if (inner_meets(grid, from))
            relax(grid, from, STEP_LITERAL, 1, inner, AT_WORD, 0);
        relax(grid, from, STEP_PASSED, 1, 0, AT_WORD, cost_inserted);
        break;
    case NODE_SIC:
        relax(grid, from, STEP_PASSED, 1, 0, AT_WORD, 0);
        break;
    case NODE_WORD:
    case NODE_CASE:
        break;
    }
}

static void relax_missed(struct grid *grid, struct from from)
{
    if (from.row == 0 || from.row == grid->quote->count || from.column >= grid->window->count)
        return;
    if (grid->is_percent[from.column])
        relax(grid, from, STEP_MISSED, 0, 1, AT_MISSED, cost_variant);
    else if (from.state == AT_MISSED)
        relax(grid, from, STEP_MISSED, 0, 1, AT_MISSED, more_missed);
    else if (from.state != AT_SKIP)
        relax(grid, from, STEP_MISSED, 0, 1, AT_MISSED, open_missed);
    if (!node_is_word(&grid->quote->nodes[from.row]))
        return;
    if (from.state == AT_SKIP)
        relax(grid, from, STEP_FAR, 0, 1, AT_SKIP, more_far);
    else
        relax(grid, from, STEP_FAR, 0, 1, AT_SKIP, open_far);
}

/* A row of a printed word: what meets there is found once for all states. */
static void grid_fill_word(struct grid *grid, uint32_t row)
{
    struct bytes key = grid->quote->nodes[row].keys[0];
    bool is_percent = is_percent_word(key);
    uint64_t letters = letters_of(key);
    for (uint32_t column = grid->band->low[row]; column <= grid->band->high[row]; column++) {
        struct cell *cell = grid_cell(grid, row, column);
        struct meeting meeting = { 0 };
        bool is_met = column >= grid->window->count;
        for (unsigned s = 0; s < STATES; s++) {
            struct from from = { row, column, (enum state)s, cell->cost[s] };
            if (from.cost >= FLT_MAX / 2)
                continue;
            if (!is_met) {
                meeting.kind = word_against(grid, row, column, letters, &meeting.cost);
                meeting.may_join = may_join(grid, from);
                is_met = true;
            }
            relax_missed(grid, from);
            relax_word(grid, from, is_percent, &meeting);
        }
    }
}

static void grid_fill_mark(struct grid *grid, uint32_t row)
{
    for (uint32_t column = grid->band->low[row]; column <= grid->band->high[row]; column++) {
        struct cell *cell = grid_cell(grid, row, column);
        for (unsigned s = 0; s < STATES; s++) {
            struct from from = { row, column, (enum state)s, cell->cost[s] };
            if (from.cost >= FLT_MAX / 2)
                continue;
            relax_missed(grid, from);
            relax_mark(grid, from);
        }
    }
}

static void grid_fill(struct grid *grid)
{
    for (uint32_t row = 0; row < grid->quote->count; row++)
        if (node_is_word(&grid->quote->nodes[row]))
            grid_fill_word(grid, row);
        else
            grid_fill_mark(grid, row);
}

static enum status grid_words(struct grid *grid, struct arena *arena, struct fault *fault)
{
    size_t count = grid->window->count;
    grid->letters = arena_alloc_many(arena, count + 1, sizeof *grid->letters);
    grid->is_percent = arena_alloc_many(arena, count + 1, sizeof *grid->is_percent);
    if (grid->letters == NULL || grid->is_percent == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < count; i++) {
        grid->letters[i] = letters_of(grid->window->words[i].keys[0]);
        grid->is_percent[i] = is_percent_word(grid->window->words[i].keys[0]);
    }
    return OK;
}

static enum status grid_make(struct grid *grid, struct arena *arena, struct fault *fault)
{
    size_t rows = grid->quote->count + 1, at = 0;
    grid->cells = arena_alloc_many(arena, grid->band->cells, sizeof *grid->cells);
    grid->rows = arena_alloc_many(arena, rows, sizeof *grid->rows);
    if (grid->cells == NULL || grid->rows == NULL)
        return no_memory(fault);
    for (size_t i = 0; i < grid->band->cells; i++)
        for (unsigned s = 0; s < STATES; s++)
            grid->cells[i].cost[s] = FLT_MAX;
    for (size_t row = 0; row < rows; row++) {
        grid->rows[row] = at;
        at += grid->band->high[row] - grid->band->low[row] + 1;
    }
    for (uint32_t column = grid->band->low[0]; column <= grid->band->high[0]; column++)
        grid_cell(grid, 0, column)->cost[AT_WORD] = 0;
    return OK;
}

static float grid_end(struct grid *grid, uint32_t *column, enum state *state)
{
    uint32_t row = (uint32_t)grid->quote->count;
    float best = FLT_MAX;
    for (uint32_t c = grid->band->low[row]; c <= grid->band->high[row]; c++)
        for (unsigned s = 0; s < STATES; s++)
            if (grid_cell(grid, row, c)->cost[s] < best) {
                best = grid_cell(grid, row, c)->cost[s];
                *column = c;
                *state = (enum state)s;
            }
    return best;
}

static size_t grid_trace(struct grid *grid, uint32_t column, enum state state, struct step *to,
                         size_t room)
{
    uint32_t row = (uint32_t)grid->quote->count;
    size_t count = 0;
    while (row > 0 && count < room) {
        unsigned back = grid_cell(grid, row, column)->back[state];
        uint32_t nodes = back >> 8 & 3, words = back & 255;
        row -= nodes;
        column -= words;
        to[count++] = (struct step){ (enum step_kind)(back >> 12), row, nodes, column, words };
        state = (enum state)(back >> 10 & 3);
    }
    for (size_t i = 0; i < count / 2; i++) {
        struct step swapped = to[i];
        to[i] = to[count - 1 - i];
        to[count - 1 - i] = swapped;
    }
    return count;
}

static void alignment_bound(struct alignment *alignment)
{
    bool begun = false;
    for (size_t i = 0; i < alignment->count; i++) {
        const struct step *step = &alignment->steps[i];
        if (step->words == 0)
            continue;
        if (!begun)
            alignment->first = step->word;
        begun = true;
        alignment->last = step->word + step->words;
    }
}

enum status align(const struct quote *quote, const struct window *window, struct arena *arena,
                  struct alignment *alignment, struct fault *fault)
{
    struct band band;
    struct grid grid = { .quote = quote, .window = window, .band = &band };
    uint32_t column = 0;
    enum state state = AT_WORD;
    *alignment = (struct alignment){ 0 };
    if (quote->count == 0 || window->count == 0)
        return OK;
    SCOPED(arena_release) struct arena scratch = { 0 };
    TRY(chain_band(quote, window, &scratch, &band, fault));
    TRY(grid_make(&grid, &scratch, fault));
    TRY(grid_words(&grid, &scratch, fault));
    alignment->cells = band.cells;
    grid_fill(&grid);
    float cost = grid_end(&grid, &column, &state);
    if (cost >= FLT_MAX / 2)
        return OK;
    size_t room = quote->count + window->count + 1;
    struct step *steps = arena_alloc_many(&scratch, room, sizeof *steps);
    if (steps == NULL)
        return no_memory(fault);
    alignment->count = grid_trace(&grid, column, state, steps, room);
    alignment->steps = arena_alloc_many(arena, alignment->count + 1, sizeof *steps);
    if (alignment->steps == NULL)
        return no_memory(fault);
    memcpy(alignment->steps, steps, alignment->count * sizeof *steps);
    alignment->cost = (double)cost;
    alignment->is_found = true;
    alignment_bound(alignment);
    return OK;
}

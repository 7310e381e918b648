#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <regex.h>
#include <stdio.h>

#include "base/clock.h"
#include "text/utf8.h"
#include "world.h"

enum { STRETCHES_MAX = 20000, KEYS_MAX = 64 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment, the whole table. */
static unsigned distance(struct bytes a, struct bytes b)
{
    unsigned table[80][80];
    for (size_t i = 0; i <= a.len; i++)
        for (size_t j = 0; j <= b.len; j++) {
            table[i][j] = (unsigned)(i == 0 ? j : i);
            if (i == 0 || j == 0)
                continue;
            unsigned best = table[i - 1][j - 1] + (a.at[i - 1] != b.at[j - 1]);
            best = least(best, least(table[i - 1][j], table[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a.at[i - 1] == b.at[j - 2] && a.at[i - 2] == b.at[j - 1])
                best = least(best, table[i - 2][j - 2] + 1);
            table[i][j] = best;
        }
    return table[a.len][b.len];
}

static bool has_stem(const struct asked *asked, const struct query_word *word, struct bytes key)
{
    for (int i = 0; i < STEM_LANGUAGES; i++) {
        uint8_t kept[80];
        if (!(word->languages & 1 << i))
            continue;
        struct bytes stem = stemmer_stem(asked->stemmers[i], word->key);
        memcpy(kept, stem.at, stem.len);
        if (bytes_equal(stemmer_stem(asked->stemmers[i], key), bytes_make(kept, stem.len)))
            return true;
    }
    return false;
}

/* By the system's own expressions; \d is written out. */
static bool fits_expression(struct bytes pattern, struct bytes key)
{
    char whole[256], word[128];
    regex_t compiled;
    snprintf(whole, sizeof whole, "^(%.*s)$", (int)pattern.len, (const char *)pattern.at);
    snprintf(word, sizeof word, "%.*s", (int)key.len, (const char *)key.at);
    assert_int_equal(regcomp(&compiled, whole, REG_EXTENDED | REG_NOSUB), 0);
    bool fits = regexec(&compiled, word, 0, NULL, 0) == 0;
    regfree(&compiled);
    return fits;
}

/* 0: it does not. */
static double weight_of_match(const struct asked *asked, const struct query_word *word,
                              struct bytes key)
{
    static const double weights[] = { 1, 0.6, 0.3 };
    unsigned apart;
    switch (word->match) {
    case WORD_PLAIN:
        return bytes_equal(word->key, key);
    case WORD_PREFIX:
        return key.len >= word->key.len && memcmp(key.at, word->key.at, word->key.len) == 0;
    case WORD_FUZZY:
        apart = distance(word->key, key);
        return apart <= word->distance ? weights[apart] : 0;
    case WORD_STEM:
        return has_stem(asked, word, key);
    case WORD_REGEX:
        return fits_expression(word->key, key);
    }
    return 0;
}

static bool is_in_space(const struct world_word *word, int field, bool is_furniture)
{
    return word->field == field && word->is_furniture == is_furniture;
}

/* Whether it is the first of its key at its position: doubles count once. */
static bool is_double(const struct world_part *part, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (part->at[i].position == part->at[at].position &&
            is_in_space(&part->at[i], part->at[at].field, part->at[at].is_furniture) &&
            bytes_equal(part->at[i].key, part->at[at].key))
            return true;
    return false;
}

static uint32_t count_key(const struct world_part *part, const struct world_word *like)
{
    uint32_t count = 0;
    for (size_t i = 0; i < part->count; i++)
        count += is_in_space(&part->at[i], like->field, like->is_furniture) &&
                 bytes_equal(part->at[i].key, like->key) && !is_double(part, i);
    return count;
}

static double bm25(double weight, double count, double words, double average)
{
    return weight * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * words / average));
}

static struct truth truth_of_word(const struct asked *asked, const struct node *node, size_t first,
                                  size_t end)
{
    const struct query_word *word = &node->words[0];
    struct truth truth = { 0 };
    struct bytes keys[KEYS_MAX];
    size_t key_count = 0;
    for (size_t p = first; p < end; p++) {
        const struct world_part *part = &asked->world->parts[p];
        for (size_t i = 0; i < part->count && part->is_seen; i++) {
            const struct world_word *here = &part->at[i];
            double weight = weight_of_match(asked, word, here->key), best = 0;
            if (here->field != node->field || weight == 0)
                continue;
            truth.is_any = true;
            truth.is_body |= !here->is_furniture;
            bool is_known = here->is_furniture;
            for (size_t k = 0; k < key_count; k++)
                is_known |= bytes_equal(keys[k], here->key);
            if (is_known)
                continue;
            assert_true(key_count < KEYS_MAX);
            keys[key_count++] = here->key;
            for (size_t q = first; q < end; q++) {
                const struct world_part *other = &asked->world->parts[q];
                double count = other->is_seen ? count_key(other, here) : 0;
                best = fmax(best, bm25(weight * asked->idf[word->id], count, other->words,
                                       asked->world->average));
            }
            truth.score += best;
        }
    }
    return truth;
}

struct stretches {
    struct stretch at[STRETCHES_MAX];
    size_t count;
};

static void add_stretch(struct stretches *to, uint32_t first, uint32_t last)
{
    for (size_t i = 0; i < to->count; i++)
        if (to->at[i].first == first && to->at[i].last == last)
            return;
    assert_true(to->count < STRETCHES_MAX);
    to->at[to->count++] = (struct stretch){ first, last };
}

/* A word broken at the end of a line is whole. */
static struct bytes unbroken(struct bytes text, uint8_t room[100])
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_break = i + 1 < text.len && text.at[i] == '-' && text.at[i + 1] == '\n';
        if (is_break)
            i++;
        else
            room[len++] = text.at[i];
    }
    return bytes_make(room, len);
}

static bool is_written_so(const struct world_part *part, bool is_furniture, uint32_t position,
                          struct bytes typed)
{
    for (size_t i = 0; i < part->count; i++) {
        const struct world_word *word = &part->at[i];
        if (word->position != position || word->is_extra ||
            !is_in_space(word, NO_FIELD, is_furniture))
            continue;
        uint8_t room[100];
        struct bytes text =
            unbroken(bytes_slice(part->text, word->start, word->end - word->start), room);
        return bytes_equal(text, typed) ||
               (text.len > typed.len && memcmp(text.at, typed.at, typed.len) == 0 &&
                text.at[typed.len] == '\'');
    }
    return false;
}

static bool stands_at(const struct asked *asked, const struct world_part *part,
                      const struct node *node, const struct query_word *word, bool is_furniture,
                      uint32_t position)
{
    for (size_t i = 0; i < part->count; i++)
        if (part->at[i].position == position &&
            is_in_space(&part->at[i], node->field, is_furniture) &&
            weight_of_match(asked, word, part->at[i].key) > 0)
            return !word->is_exact || node->field != NO_FIELD ||
                   is_written_so(part, is_furniture, position, word->typed);
    return false;
}

static void find_phrase(const struct asked *asked, const struct world_part *part,
                        const struct node *node, bool is_furniture, struct stretches *to)
{
    for (size_t i = 0; i < part->count; i++) {
        uint32_t at = part->at[i].position;
        bool stands = is_in_space(&part->at[i], node->field, is_furniture);
        for (size_t j = 0; j < node->word_count && stands; j++)
            stands = stands_at(asked, part, node, &node->words[j], is_furniture,
                               at + node->words[j].offset);
        if (stands)
            add_stretch(to, at, at + node->words[node->word_count - 1].offset);
    }
}

static void find(const struct asked *asked, const struct world_part *part, const struct node *node,
                 bool is_furniture, struct stretches *to);

/* Each of `left` with the next of `right` that begins behind it, near enough. */
static void pair_up(const struct stretches *left, const struct stretches *right, uint32_t near,
                    struct stretches *to)
{
    for (size_t i = 0; i < left->count; i++) {
        const struct stretch *a = &left->at[i], *best = NULL;
        for (size_t j = 0; j < right->count; j++) {
            const struct stretch *b = &right->at[j];
            if (b->first <= a->last || b->first > a->last + near + 1)
                continue;
            if (best == NULL || b->first < best->first ||
                (b->first == best->first && b->last < best->last))
                best = b;
        }
        if (best != NULL)
            add_stretch(to, a->first, best->last);
    }
}

static void find_near(const struct asked *asked, const struct world_part *part,
                      const struct node *node, bool is_furniture, struct stretches *to)
{
    struct stretches *sides = calloc(2, sizeof *sides);
    find(asked, part, node->first, is_furniture, &sides[0]);
    find(asked, part, node->first->next, is_furniture, &sides[1]);
    pair_up(&sides[0], &sides[1], node->near, to);
    pair_up(&sides[1], &sides[0], node->near, to);
    free(sides);
}

static void find(const struct asked *asked, const struct world_part *part, const struct node *node,
                 bool is_furniture, struct stretches *to)
{
    if (node->kind == NODE_WORDS)
        find_phrase(asked, part, node, is_furniture, to);
    else if (node->kind == NODE_NEAR)
        find_near(asked, part, node, is_furniture, to);
    else
        for (const struct node *child = node->first; child != NULL; child = child->next)
            find(asked, part, child, is_furniture, to);
}

static double idf_sum(const struct asked *asked, const struct node *node)
{
    double sum = 0;
    for (size_t i = 0; i < node->word_count; i++)
        sum += asked->idf[node->words[i].id];
    for (const struct node *child = node->first; child != NULL; child = child->next)
        sum += idf_sum(asked, child);
    return sum;
}

static struct truth truth_of_places(const struct asked *asked, const struct node *node,
                                    size_t first, size_t end)
{
    struct truth truth = { 0 };
    static struct stretches found;
    for (size_t p = first; p < end; p++) {
        const struct world_part *part = &asked->world->parts[p];
        for (int furniture = 0; furniture < 2 && part->is_seen; furniture++) {
            found.count = 0;
            find(asked, part, node, furniture == 1, &found);
            truth.is_any |= found.count > 0;
            truth.is_body |= found.count > 0 && furniture == 0;
            if (furniture == 0)
                truth.score = fmax(truth.score, bm25(idf_sum(asked, node), (double)found.count,
                                                     part->words, asked->world->average));
        }
    }
    return truth;
}

static int32_t last_day(const struct columns *columns)
{
    int year, month, day;
    date_from_days(columns->date, &year, &month, &day);
    if (columns->flags & COLUMN_DATE_YEAR)
        return days_from_date(year, 12, 31);
    if (columns->flags & COLUMN_DATE_MONTH)
        return (month == 12 ? days_from_date(year + 1, 1, 1) : days_from_date(year, month + 1, 1)) -
               1;
    return columns->date;
}

static bool filter_is_true(const struct node *node, const struct columns *columns)
{
    bool has_date = columns->date != COLUMN_NO_DATE;
    switch (node->kind) {
    case NODE_DATE:
        if (!has_date || node->is_undated)
            return !has_date && node->is_undated;
        return columns->date <= node->to && last_day(columns) >= node->from;
    case NODE_CLASS:
        return node->is_at_least ? columns->class_rank >= node->rank
                                 : columns->class_rank == node->rank;
    case NODE_KIND:
        return columns->kind == node->document_kind;
    case NODE_COLLECTION:
        return columns->document % 2 == 0;
    case NODE_AND:
    case NODE_OR:
    case NODE_NOT:
    case NODE_NEAR:
    case NODE_WORDS:
        break;
    }
    return false;
}

static struct truth truth_of_list(const struct asked *asked, const struct node *node, size_t first,
                                  size_t end)
{
    bool is_and = node->kind == NODE_AND;
    struct truth truth = { is_and, is_and, 0 };
    for (const struct node *child = node->first; child != NULL; child = child->next) {
        struct truth inner = truth_of(asked, child, first, end);
        truth.is_body = is_and ? truth.is_body && inner.is_body : truth.is_body || inner.is_body;
        truth.is_any = is_and ? truth.is_any && inner.is_any : truth.is_any || inner.is_any;
        bool counts = is_and || child->kind != NODE_AND || inner.is_body;
        truth.score += counts && inner.is_any ? inner.score : 0;
    }
    return truth;
}

struct truth truth_of(const struct asked *asked, const struct node *node, size_t first, size_t end)
{
    bool is_seen = false;
    struct truth truth = { 0 };
    for (size_t p = first; p < end; p++)
        is_seen |= asked->world->parts[p].is_seen;
    if (!is_seen)
        return truth;
    if (node->kind == NODE_AND || node->kind == NODE_OR)
        return truth_of_list(asked, node, first, end);
    if (node->kind == NODE_NOT) {
        bool is_true = !truth_of(asked, node->first, first, end).is_body;
        return (struct truth){ is_true, is_true, 0 };
    }
    if (node->kind == NODE_WORDS && node->word_count == 1 && !node->words[0].is_exact)
        return truth_of_word(asked, node, first, end);
    if (node->kind == NODE_WORDS || node->kind == NODE_NEAR)
        return truth_of_places(asked, node, first, end);
    bool is_true = filter_is_true(node, &asked->world->parts[first].columns);
    return (struct truth){ is_true, is_true, 0 };
}

/* In how many parts each term stands that a word means, added up; the dead count too. */
static double term_parts(const struct asked *asked, const struct node *node,
                         const struct query_word *word)
{
    double sum = 0;
    for (size_t p = 0; p < asked->world->count; p++) {
        const struct world_part *part = &asked->world->parts[p];
        for (size_t i = 0; i < part->count; i++) {
            const struct world_word *here = &part->at[i];
            bool is_first = true;
            if (!is_in_space(here, node->field, false) ||
                weight_of_match(asked, word, here->key) == 0)
                continue;
            for (size_t j = 0; j < i && is_first; j++)
                is_first = !is_in_space(&part->at[j], node->field, false) ||
                           !bytes_equal(part->at[j].key, here->key);
            sum += is_first;
        }
    }
    return sum;
}

static void weigh(struct asked *asked, const struct node *node)
{
    double parts = (double)asked->world->count;
    for (size_t i = 0; i < node->word_count; i++) {
        double with = fmin(parts, term_parts(asked, node, &node->words[i]));
        asked->idf[node->words[i].id] = log(1 + (parts - with + 0.5) / (with + 0.5));
    }
    for (const struct node *child = node->first; child != NULL; child = child->next)
        weigh(asked, child);
}

void asked_begin(struct asked *asked, const struct world *world, const struct query *query)
{
    *asked = (struct asked){ .world = world, .query = query };
    asked->idf = arena_alloc_many(query->arena, query->words + 1, sizeof *asked->idf);
    for (int i = 0; i < STEM_LANGUAGES; i++)
        assert_int_equal(stemmer_new((enum stem_language)i, &asked->stemmers[i], NULL), OK);
    weigh(asked, query->root);
}

void asked_release(struct asked *asked)
{
    for (int i = 0; i < STEM_LANGUAGES; i++)
        stemmer_free(asked->stemmers[i]);
}

/* world.h - a small archive by chance, and what a query means in it, worked out the slow way: every
 * word of every part is looked at, with no index, window or bound.
 */
#ifndef TESTS_SEARCH_WORLD_H
#define TESTS_SEARCH_WORLD_H

#include "search/match.h"

/* Numbers by chance, the same for the same seed (Marsaglia 2003, xorshift64). */
struct chance {
    uint64_t state;
};
uint32_t chance_below(struct chance *chance, uint32_t limit);
/* Small numbers oftener. */
uint32_t chance_low(struct chance *chance, uint32_t limit);

struct world_word {
    struct bytes key;
    int field; /* NO_FIELD: of the text */
    bool is_furniture, is_extra;
    uint32_t position;
    uint32_t start, end; /* of the text */
};

struct world_part {
    size_t segment;
    uint32_t number, head; /* in the segment */
    struct columns columns;
    bool is_seen;
    uint32_t words;
    struct bytes text;
    struct world_word *at;
    size_t count;
};

struct world {
    struct world_part *parts; /* segment by segment, in their order there */
    size_t count;
    double average; /* body words of a part */
    struct arena *arena;
};

/* Put `parts` parts (about) on the shelf and read them all. */
void world_make(struct chance *chance, uint32_t parts, struct arena *arena, struct world *world);
/* A word as one might type it, of those that texts are made of; sometimes one that is nowhere. */
const char *world_typed(struct chance *chance);
/* A word, words with AND and perhaps a collection, words with OR. */
void world_list_query(struct chance *chance, struct buffer *to);
/* The words of a text, as typed, for the search of exact passages. */
void world_query(struct chance *chance, unsigned depth, struct buffer *to);

/* brute.c: what is true of the document that begins with parts[first] and goes on to parts[end - 1]
 * (those of its segment). */
struct truth {
    bool is_body, is_any;
    double score;
};
struct asked {
    const struct world *world;
    const struct query *query;
    double *idf; /* by query_word.id */
    struct stemmer *stemmers[STEM_LANGUAGES];
};
void asked_begin(struct asked *asked, const struct world *world, const struct query *query);
void asked_release(struct asked *asked);
struct truth truth_of(const struct asked *asked, const struct node *node, size_t first, size_t end);

#endif

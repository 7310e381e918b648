/* figure.h - figures of a text: number, unit, what is counted, since when, and how exactly it is
 * said. English and Spanish.
 *
 * No figure: dates, years alone, times, numbers of documents, pages, paragraphs, articles, phones
 * and lists, "G-8". Ordinals are none either.
 */
#ifndef MENTION_FIGURE_H
#define MENTION_FIGURE_H

#include "mention/number.h"
#include "mention/period.h"

enum figure_unit {
    FIGURE_COUNT,
    FIGURE_MONEY,
    FIGURE_PERCENT,
    FIGURE_POINTS, /* percentage points */
    FIGURE_PART,   /* half, two-thirds */
};

enum figure_qualifier {
    FIGURE_PLAIN,
    FIGURE_ABOUT, /* about, some, roughly, nearly, almost */
    FIGURE_OVER,  /* more than, over, at least */
    FIGURE_UNDER, /* less than, up to, at most */
};

enum { FIGURE_THING_WORDS = 4 };

struct figure {
    uint32_t start, end;       /* bytes: qualifier, sign, number, unit */
    size_t first, words;       /* of the saying: number and unit */
    struct quantity low, high; /* equal unless a range */
    struct quantity step;      /* of the last place that is written (mention/number.h) */
    enum figure_unit unit;
    enum figure_qualifier qualifier;
    bool is_spelled;
    bool is_span;     /* counts days, weeks, months, years, hours: a length of time */
    bool is_measured; /* the thing is a measure: kilometres, tons, barrels ... or a span */
    char currency[4]; /* "USD", "EUR", "GBP", or "" for another or none */
    /* What is counted: words of the saying behind the number, small words left out; the head is
     * the last noun of the phrase as far as that can be told. */
    size_t thing[FIGURE_THING_WORDS];
    size_t thing_count;
    size_t head;          /* index in `thing` */
    struct period period; /* "in 2009", "a month" is none; words 0 where none is said */
    bool is_rate;         /* "a month", "per day", "daily" */
};

/* The figure whose number (or sign) begins at word `at`: words taken, or 0. */
size_t figure_read(const struct saying *saying, size_t at, struct figure *figure);

struct figure_list {
    struct figure *at;
    size_t count;
};
/* All figures of words [first, end), in order; periods are stepped over. From the arena. */
MUST_USE enum status figures_find(const struct saying *saying, size_t first, size_t end,
                                  struct arena *arena, struct figure_list *list,
                                  struct fault *fault);

#endif

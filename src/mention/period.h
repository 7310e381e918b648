/* period.h - when, as a story or a document says it: days, months, years, decades, weekdays, and
 * times relative to another ("three days later", "last Tuesday", "the following month").
 *
 * Whole dates are read as mention/date.h reads them; here parts may be missing, and a day that no
 * calendar has (June 31) is read too, so that it can be told. English and Spanish. A bare number of
 * four digits is a year unless things are counted by it.
 */
#ifndef MENTION_PERIOD_H
#define MENTION_PERIOD_H

#include "mention/figure_words.h"

enum period_kind {
    PERIOD_DAY,   /* month and day, the year may be missing */
    PERIOD_MONTH, /* the year may be missing */
    PERIOD_YEAR,
    PERIOD_DECADE,   /* year is its first */
    PERIOD_WEEKDAY,  /* alone: "on Tuesday" */
    PERIOD_RELATIVE, /* count units before or after something */
};
enum period_unit { PERIOD_DAYS, PERIOD_WEEKS, PERIOD_MONTHS, PERIOD_YEARS };

struct period {
    enum period_kind kind;
    uint32_t start, end; /* bytes */
    size_t words;
    int16_t year;    /* 0: not written */
    uint8_t month;   /* 1 to 12, or 0 */
    uint8_t day;     /* 1 to 31, or 0 */
    uint8_t weekday; /* as written beside the date, or alone; 0: none */
    /* RELATIVE */
    int32_t count; /* 0 for "this month" */
    enum period_unit unit;
    int8_t direction;   /* -1 before, ago; 1 after, later */
    bool is_loose;      /* "about", "a little more than", "nearly" */
    bool is_from_story; /* counted from the day of writing: "ago", "last month", "yesterday" */
    bool has_anchor;    /* "before", "after": what it is counted from follows */
};

/* The period that begins at word `at`: words taken, or 0. */
size_t period_read(const struct saying *saying, size_t at, struct period *period);

/* False for June 31 and for February 29 of a year without one. */
bool period_is_possible(const struct period *period);
/* Days since 1970 of a whole day; false where a part is missing or impossible. */
bool period_days(const struct period *period, int32_t *days);

enum period_relation {
    PERIOD_SAME,
    PERIOD_INSIDE, /* one says less than the other, and nothing against it */
    PERIOD_OTHER,
    PERIOD_CANNOT_TELL, /* relative ones, or nothing in common */
};
enum period_relation period_compare(const struct period *a, const struct period *b);

/* The year in which a day or month without a year lies nearest to the day of writing, what is
 * still to come counted as three times as far; it is written into *period. */
void period_complete(struct period *period, int32_t written_on);

#endif

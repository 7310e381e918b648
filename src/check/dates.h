/* dates.h - dates of the story against the calendar, against each other, and against the dates in
 * the sentences that say the same. docs/statements.md. */
#ifndef CHECK_DATES_H
#define CHECK_DATES_H

#include "check/statements_shelf.h"

MUST_USE enum status dates_judge(struct run *run, struct fault *fault);

/* The day of the week that a date has; 0 where its year is not known. Where none is written and the
 * day of writing is known, the nearest year is taken. */
uint8_t dates_weekday(const struct period *date, int32_t written_on);

/* Whether two whole days lie as far apart as a relative period says ("three days after"): a week
 * may be a day off, a month three, a year fifteen; "about" doubles the room and adds two days. */
bool dates_interval_fits(const struct period *relative, int32_t from, int32_t to);

#endif

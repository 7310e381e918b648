/* clock.h - time: the wall, a stopwatch, and the processor's. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Seconds since 1970, UTC. */
int64_t clock_wall(void);
/* Nanoseconds that never go back. */
uint64_t clock_monotonic(void);
/* Nanoseconds of processor time of this process (all threads) so far. */
uint64_t clock_processor(void);
/* "2026-11-05T10:00:00Z" and a NUL. */
void clock_format(int64_t wall, char out[21]);

/* The proleptic Gregorian calendar: days since 1970-01-01. Month 1 to 12, day 1 to 31. */
int32_t days_from_date(int year, int month, int day);
void date_from_days(int32_t days, int *year, int *month, int *day);
/* 0 Sunday to 6 Saturday. */
int weekday_from_days(int32_t days);

#endif

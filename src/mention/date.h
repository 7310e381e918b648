/* date.h - a date at a place in text: what was written, no more.
 *
 * Forms: date-time groups (291958Z JAN 10), 1/29/2010, 2010/01/29 and 2010-01-29, "Friday, 23
 * February 2001, 15:53", "Sunday, December 13, 2009 10:56 AM", "Sun Dec 13 10:54:53 2009", "Jan.
 * 29, 2010", "29 de enero de 2010". Numbers with slashes are read month first. Two-digit years: 66
 * to 99 is 19xx, else 20xx. Does not look for words like "yesterday".
 */
#ifndef MENTION_DATE_H
#define MENTION_DATE_H

#include "base/bytes.h"

enum { DATE_TEXT_MAX = 24 };

struct date {
    int16_t year;
    uint8_t month;   /* 1 to 12 */
    uint8_t day;     /* 1 to 31, or 0 when only the month is written */
    uint8_t weekday; /* as written: 1 Sunday to 7 Saturday, 0 not written */
    bool has_time;
    bool is_group;   /* a date-time group: UTC */
    bool two_digits; /* the year was written with two digits */
    uint8_t hour;
    uint8_t minute;
};

/* The date that begins exactly at byte `at`; answers its length in bytes, or 0 when none begins
 * there. */
size_t date_read(struct bytes text, size_t at, struct date *date);

/* The first date that begins at or after *at and at a word's start; *at moves to its first byte.
 * Answers its length or 0. */
size_t date_find(struct bytes text, size_t *at, struct date *date);

/* The value of a date field: "2010-01-29", "2010-01-29T19:58" or "2010-01", and a NUL. Answers the
 * length. */
size_t date_write(const struct date *date, char out[DATE_TEXT_MAX]);

/* 1 to 12 for the name of a month (English or Spanish, whole or its first three letters), else 0.
 */
uint8_t month_from_word(struct bytes word);

/* 66 to 99 is 19xx, 0 to 65 is 20xx; other years stay. */
int16_t year_from_two_digits(uint32_t year);

#endif

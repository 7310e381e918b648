#include "base/clock.h"

#include <time.h>

static uint64_t nanoseconds(clockid_t which)
{
    struct timespec now = { 0 };
    clock_gettime(which, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int64_t clock_wall(void)
{
    return (int64_t)time(NULL);
}

uint64_t clock_monotonic(void)
{
    return nanoseconds(CLOCK_MONOTONIC);
}

uint64_t clock_processor(void)
{
    return nanoseconds(CLOCK_PROCESS_CPUTIME_ID);
}

static char *write_digits(char *out, int value, int digits, char after)
{
    for (int i = digits - 1; i >= 0; i--) {
        out[i] = (char)('0' + value % 10);
        value /= 10;
    }
    out[digits] = after;
    return out + digits + 1;
}

void clock_format(int64_t wall, char out[21])
{
    const int64_t day_len = 86400, first = -62167219200, last = 253402300799;
    wall = wall < first ? first : wall > last ? last : wall;
    int64_t days = wall / day_len - (wall % day_len < 0);
    int second = (int)(wall - days * day_len);
    int year, month, day;
    date_from_days((int32_t)days, &year, &month, &day);
    out = write_digits(out, year, 4, '-');
    out = write_digits(out, month, 2, '-');
    out = write_digits(out, day, 2, 'T');
    out = write_digits(out, second / 3600, 2, ':');
    out = write_digits(out, second / 60 % 60, 2, ':');
    out = write_digits(out, second % 60, 2, 'Z');
    *out = '\0';
}

/* Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras of 400
 * years. */
int32_t days_from_date(int year, int month, int day)
{
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (int32_t)(era * 146097 + day_of_era - 719468);
}

void date_from_days(int32_t days, int *year, int *month, int *day)
{
    int64_t z = (int64_t)days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t march_month = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1);
    *month = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
}

int weekday_from_days(int32_t days)
{
    int64_t since_sunday = ((int64_t)days + 4) % 7;
    return (int)(since_sunday < 0 ? since_sunday + 7 : since_sunday);
}

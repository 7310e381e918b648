#include "mention/date.h"

#include <stdio.h>

#include "base/cursor.h"
#include "mention/weekday.h"

struct month_word {
    const char *word;
    uint8_t month;
};

static const struct month_word months[] = {
    { "january", 1 },    { "february", 2 },  { "march", 3 },     { "april", 4 },
    { "may", 5 },        { "june", 6 },      { "july", 7 },      { "august", 8 },
    { "september", 9 },  { "october", 10 },  { "november", 11 }, { "december", 12 },
    { "enero", 1 },      { "febrero", 2 },   { "marzo", 3 },     { "abril", 4 },
    { "mayo", 5 },       { "junio", 6 },     { "julio", 7 },     { "agosto", 8 },
    { "septiembre", 9 }, { "setiembre", 9 }, { "octubre", 10 },  { "noviembre", 11 },
    { "diciembre", 12 }, { "sept", 9 },
};

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(uint8_t byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
}

static uint8_t peek(const struct cursor *in)
{
    return in->at < in->end ? *in->at : 0;
}

static size_t skip_blanks(struct cursor *in)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && (*in->at == ' ' || *in->at == '\t'))
        in->at++;
    return (size_t)(in->at - from);
}

static bool skip_byte(struct cursor *in, uint8_t byte)
{
    if (peek(in) != byte)
        return false;
    in->at++;
    return true;
}

/* At most nine digits are taken; answers how many. */
static size_t take_number(struct cursor *in, uint32_t *number)
{
    size_t digits = 0;
    *number = 0;
    while (digits < 9 && is_digit(peek(in))) {
        *number = *number * 10 + (uint32_t)(*in->at++ - '0');
        digits++;
    }
    return digits;
}

/* A word of at most 16 bytes; longer ones are taken short, and then are no month. */
static struct bytes take_word(struct cursor *in)
{
    const uint8_t *from = in->at;
    while (in->at < in->end && in->at - from < 16 && is_letter(*in->at))
        in->at++;
    return bytes_make(from, (size_t)(in->at - from));
}

uint8_t month_from_word(struct bytes word)
{
    if (word.len < 3)
        return 0;
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        struct bytes full = bytes_from_string(months[i].word);
        if (bytes_equal_fold(word, full) ||
            (word.len == 3 && bytes_equal_fold(word, bytes_slice(full, 0, 3))))
            return months[i].month;
    }
    return 0;
}

int16_t year_from_two_digits(uint32_t year)
{
    if (year < 66)
        return (int16_t)(2000 + year);
    return (int16_t)(year < 100 ? 1900 + year : year);
}

static bool is_real(const struct date *date)
{
    static const uint8_t longest[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (date->year < 1700 || date->year > 2199 || date->month < 1 || date->month > 12)
        return false;
    if (date->day > longest[date->month - 1])
        return false;
    bool is_leap = (date->year % 4 == 0 && date->year % 100 != 0) || date->year % 400 == 0;
    return date->month != 2 || date->day < 29 || is_leap;
}

/* Two or four digits, not followed by another digit. A clock time run into the year ("20109:41 PM")
 * ends it after four. */
static bool take_year(struct cursor *in, struct date *date, bool may_be_short)
{
    struct cursor look = *in;
    uint32_t year = 0;
    size_t digits = take_number(&look, &year);
    if ((digits == 5 || digits == 6) && peek(&look) == ':') {
        look = *in;
        year = 0;
        for (int i = 0; i < 4; i++)
            year = year * 10 + (uint32_t)(*look.at++ - '0');
        digits = 4;
    } else if (digits != 4 && !(digits == 2 && may_be_short)) {
        return false;
    }
    date->two_digits = digits == 2;
    date->year = digits == 2 ? year_from_two_digits(year) : (int16_t)(year > 9999 ? 0 : year);
    *in = look;
    return true;
}

static void take_half_day(struct cursor *in, struct date *date)
{
    struct cursor look = *in;
    skip_blanks(&look);
    uint8_t half = peek(&look) | 0x20;
    if (half != 'a' && half != 'p')
        return;
    look.at++;
    skip_byte(&look, '.');
    if ((peek(&look) | 0x20) != 'm')
        return;
    look.at++;
    if (is_letter(peek(&look)) || date->hour < 1 || date->hour > 12)
        return;
    date->hour = (uint8_t)(date->hour % 12 + (half == 'p' ? 12 : 0));
    *in = look;
}

/* [,] [T] hour : minute [: second] [AM | PM]; leaves the cursor where it stood when none follows.
 */
static void take_time(struct cursor *in, struct date *date)
{
    struct cursor look = *in;
    uint32_t hour, minute, second;
    skip_byte(&look, ',');
    if (skip_blanks(&look) == 0)
        skip_byte(&look, 'T');
    size_t digits = take_number(&look, &hour);
    if (digits < 1 || digits > 2 || hour > 23 || !skip_byte(&look, ':'))
        return;
    if (take_number(&look, &minute) != 2 || minute > 59)
        return;
    date->hour = (uint8_t)hour;
    date->minute = (uint8_t)minute;
    date->has_time = true;
    if (peek(&look) == ':') {
        struct cursor seconds = look;
        seconds.at++;
        if (take_number(&seconds, &second) == 2)
            look = seconds;
    }
    take_half_day(&look, date);
    *in = look;
}

/* ddhhmmZ MON yy, the cursor behind the six digits. */
static bool take_group(struct cursor *in, uint32_t digits, struct date *date)
{
    if (!skip_byte(in, 'Z') || skip_blanks(in) == 0)
        return false;
    date->month = month_from_word(take_word(in));
    if (date->month == 0 || skip_blanks(in) == 0 || !take_year(in, date, true))
        return false;
    date->day = (uint8_t)(digits / 10000);
    date->hour = (uint8_t)(digits / 100 % 100);
    date->minute = (uint8_t)(digits % 100);
    date->has_time = true;
    date->is_group = true;
    return date->hour < 24 && date->minute < 60 && date->day > 0 && !is_digit(peek(in));
}

/* The rest of yyyy-mm-dd or yyyy/mm/dd. */
static bool take_year_first(struct cursor *in, uint32_t year, struct date *date)
{
    uint32_t month, day;
    uint8_t mark = peek(in);
    if (mark != '-' && mark != '/')
        return false;
    in->at++;
    size_t digits = take_number(in, &month);
    if (digits < 1 || digits > 2 || !skip_byte(in, mark))
        return false;
    digits = take_number(in, &day);
    if (digits < 1 || digits > 2)
        return false;
    date->year = (int16_t)year;
    date->month = (uint8_t)month;
    date->day = (uint8_t)day;
    take_time(in, date);
    return day > 0;
}

/* The rest of m/d/yyyy. */
static bool take_slashes(struct cursor *in, uint32_t month, struct date *date)
{
    uint32_t day;
    in->at++;
    size_t digits = take_number(in, &day);
    if (digits < 1 || digits > 2 || !skip_byte(in, '/') || !take_year(in, date, true))
        return false;
    date->month = (uint8_t)month;
    date->day = (uint8_t)day;
    take_time(in, date);
    return day > 0;
}

static bool skip_of(struct cursor *in)
{
    if (in->end - in->at < 3 || (in->at[0] | 0x20) != 'd' || (in->at[1] | 0x20) != 'e' ||
        in->at[2] != ' ')
        return false;
    in->at += 3;
    skip_blanks(in);
    return true;
}

/* The rest of "23 February 2001", "29 de enero de 2010", "23 MAY 62". */
static bool take_day_first(struct cursor *in, uint32_t day, struct date *date)
{
    if (skip_blanks(in) == 0)
        return false;
    bool is_spanish = skip_of(in);
    date->month = month_from_word(take_word(in));
    if (date->month == 0)
        return false;
    skip_byte(in, '.');
    skip_byte(in, ',');
    if (skip_blanks(in) == 0)
        return false;
    if (is_spanish)
        (void)(skip_of(in) || ((peek(in) | 0x20) == 'd' && in->end - in->at > 4 && (in->at += 4)));
    date->day = (uint8_t)day;
    if (!take_year(in, date, !is_spanish))
        return false;
    take_time(in, date);
    return day > 0;
}

static bool take_from_digit(struct cursor *in, struct date *date)
{
    uint32_t number;
    size_t digits = take_number(in, &number);
    if (digits == 6)
        return take_group(in, number, date);
    if (digits == 4)
        return take_year_first(in, number, date);
    if (digits < 1 || digits > 2)
        return false;
    if (peek(in) == '/')
        return take_slashes(in, number, date);
    return number < 32 && take_day_first(in, number, date);
}

/* "Dec 13 10:54:53 2009", the cursor behind the day. */
static bool take_mail_form(struct cursor *in, struct date *date)
{
    struct cursor look = *in;
    struct date with_time = *date;
    take_time(&look, &with_time);
    if (!with_time.has_time || skip_blanks(&look) == 0)
        return false;
    /* a zone may stand between: "EST 2009" */
    struct bytes zone = take_word(&look);
    if (zone.len > 0 && (zone.len > 4 || skip_blanks(&look) == 0))
        return false;
    if (!take_year(&look, &with_time, false))
        return false;
    *date = with_time;
    *in = look;
    return true;
}

/* "January 29, 2010", "Jan. 29, 2010", "March 2011"; month already read. */
static bool take_month_first(struct cursor *in, struct date *date)
{
    uint32_t day;
    skip_byte(in, '.');
    if (skip_blanks(in) == 0)
        return false;
    struct cursor look = *in;
    size_t digits = take_number(&look, &day);
    if (digits == 4)
        return take_year(in, date, false);
    if (digits < 1 || digits > 2 || day == 0)
        return false;
    *in = look;
    date->day = (uint8_t)day;
    if (take_mail_form(in, date))
        return true;
    skip_byte(in, ',');
    if (skip_blanks(in) == 0 || !take_year(in, date, false))
        return false;
    take_time(in, date);
    return true;
}

static bool take_from_letter(struct cursor *in, struct date *date)
{
    struct bytes word = take_word(in);
    date->weekday = weekday_from_word(word);
    if (date->weekday != 0) {
        skip_byte(in, '.');
        skip_byte(in, ',');
        if (skip_blanks(in) == 0)
            return false;
        if (is_digit(peek(in)))
            return take_from_digit(in, date);
        word = take_word(in);
    }
    date->month = month_from_word(word);
    return date->month != 0 && take_month_first(in, date);
}

size_t date_read(struct bytes text, size_t at, struct date *date)
{
    if (at >= text.len)
        return 0;
    struct cursor in = cursor_from_bytes(bytes_slice(text, at, 80));
    const uint8_t *from = in.at;
    struct date found = { 0 };
    bool taken = is_digit(peek(&in)) ? take_from_digit(&in, &found) : take_from_letter(&in, &found);
    if (!taken || !is_real(&found))
        return 0;
    *date = found;
    return (size_t)(in.at - from);
}

static bool may_begin(uint8_t byte)
{
    return is_digit(byte) || (byte != 0 && strchr("adefjlmnostvADEFJLMNOSTVwW", byte) != NULL);
}

size_t date_find(struct bytes text, size_t *at, struct date *date)
{
    for (size_t i = *at; i < text.len; i++) {
        bool is_inside = i > 0 && (is_letter(text.at[i - 1]) || is_digit(text.at[i - 1]));
        if (is_inside || !may_begin(text.at[i]))
            continue;
        size_t len = date_read(text, i, date);
        if (len > 0) {
            *at = i;
            return len;
        }
    }
    return 0;
}

size_t date_write(const struct date *date, char out[DATE_TEXT_MAX])
{
    unsigned year = (unsigned)date->year % 10000, month = date->month % 100u,
             day = date->day % 100u;
    int len;
    if (date->day == 0)
        len = snprintf(out, DATE_TEXT_MAX, "%04u-%02u", year, month);
    else if (!date->has_time)
        len = snprintf(out, DATE_TEXT_MAX, "%04u-%02u-%02u", year, month, day);
    else
        len = snprintf(out, DATE_TEXT_MAX, "%04u-%02u-%02uT%02u:%02u", year, month, day,
                       date->hour % 100u, date->minute % 100u);
    return len < 0 ? 0 : (size_t)len;
}

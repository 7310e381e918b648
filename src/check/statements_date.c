#include "check/statements_date.h"

#include "base/clock.h"
#include "mention/date.h"

enum { HEAD_PARAGRAPHS = 4, HEAD_WORDS = 10, HEAD_BYTES = 64 << 10 };

static bool day_of(const char *text, int32_t *days)
{
    enum date_precision precision;
    return date_from_field(bytes_from_string(text), days, &precision) && precision == DATE_DAY;
}

static bool day_written_at(struct bytes text, size_t at, int32_t *days)
{
    struct date date;
    if (date_read(text, at, &date) == 0 || date.day == 0)
        return false;
    *days = days_from_date(date.year, date.month, date.day);
    return true;
}

/* "date: 2026-03-14" between two lines of dashes at the head. */
static bool front_matter_day(struct bytes text, int32_t *days)
{
    size_t at = 0;
    struct bytes line;
    if (!bytes_next_line(text, &at, &line) || !bytes_is(bytes_trim(line), "---"))
        return false;
    while (bytes_next_line(text, &at, &line) && !bytes_is(bytes_trim(line), "---")) {
        if (!bytes_has_prefix_fold(line, "date:"))
            continue;
        struct bytes value = bytes_trim(bytes_slice(line, 5, line.len));
        while (value.len > 0 && (value.at[0] == '"' || value.at[0] == '\''))
            value = bytes_slice(value, 1, value.len);
        return day_written_at(value, 0, days);
    }
    return false;
}

/* <time datetime="2026-03-14">, <meta name="date" content="2026-03-14">. */
static bool page_day(struct bytes text, int32_t *days)
{
    static const char *const names[] = { "published_time\"", "name=\"date\"", "datePublished\"",
                                         "<time " };
    text = bytes_slice(text, 0, HEAD_BYTES);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t at = bytes_find(text, bytes_from_string(names[i]), 0);
        size_t end = at == SIZE_MAX ? SIZE_MAX : bytes_find_byte(text, '>', at);
        for (; at != SIZE_MAX && at < end && at < text.len; at++)
            if (text.at[at] >= '1' && text.at[at] <= '2' && day_written_at(text, at, days))
                return true;
    }
    return false;
}

/* A whole date within the first words of a head paragraph that holds little else ("Port Leone,
 * June 20, 2026"), or before the dash of a dateline. */
static bool head_day(const struct story *story, const struct saying *saying, int32_t *days)
{
    for (size_t p = 0; p < story->paragraph_count && p < HEAD_PARAGRAPHS; p++) {
        size_t first = saying_find(saying, story->paragraphs[p].start);
        size_t end = saying_find(saying, story->paragraphs[p].end);
        for (size_t at = first; at < end && at < first + HEAD_WORDS; at++) {
            struct period period;
            size_t words = period_read(saying, at, &period);
            if (words == 0 || !period_days(&period, days))
                continue;
            bool is_alone = end - first <= HEAD_WORDS && !story->paragraphs[p].is_heading;
            bool is_line = at + words < end && (saying->at[at + words].gap & GAP_PAUSE) != 0;
            if (is_alone || is_line)
                return true;
        }
    }
    return false;
}

int32_t story_written_on(const struct run *run, const struct saying *saying, struct bytes *from)
{
    int32_t days;
    const struct story *story = &run->answer->story;
    if (run->options != NULL && run->options->date != NULL && day_of(run->options->date, &days)) {
        *from = bytes_from_string("--date");
        return days;
    }
    if (front_matter_day(run->raw, &days)) {
        *from = bytes_from_string("front matter");
        return days;
    }
    if (page_day(run->raw, &days)) {
        *from = bytes_from_string("the page's head");
        return days;
    }
    if (head_day(story, saying, &days)) {
        *from = bytes_from_string("its dateline");
        return days;
    }
    *from = (struct bytes){ 0 };
    return INT32_MIN;
}

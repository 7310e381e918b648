#include "check/report_excerpt.h"

size_t excerpt_edge(struct bytes text, size_t at, bool forward)
{
    while (at > 0 && at < text.len && text.at[at] > ' ')
        at = forward ? at + 1 : at - 1;
    return at;
}

static struct excerpt excerpt_of(struct bytes text, size_t low, size_t high, size_t start,
                                 size_t end)
{
    size_t from =
        start > low + EXCERPT_AROUND ? excerpt_edge(text, start - EXCERPT_AROUND, true) : low;
    size_t to =
        end + EXCERPT_AROUND < high ? excerpt_edge(text, end + EXCERPT_AROUND, false) : high;
    from = from > start ? start : from;
    to = to < end ? end : to;
    return (struct excerpt){ bytes_slice(text, from, start - from),
                             bytes_slice(text, start, end - start),
                             bytes_slice(text, end, to - end), from > low, to < high };
}

/* The paragraph around, as far as it reaches. */
static void surroundings(const struct story *story, uint32_t at, uint32_t *low, uint32_t *high)
{
    *low = *high = at;
    for (size_t i = 0; i < story->paragraph_count; i++)
        if (story->paragraphs[i].start <= at && at < story->paragraphs[i].end) {
            *low = story->paragraphs[i].start;
            *high = story->paragraphs[i].end;
        }
}

struct excerpt excerpt_of_story(const struct story *story, const struct statement *statement,
                                const struct finding *finding)
{
    uint32_t low = statement->start, high = statement->end;
    uint32_t start = finding->is_difference ? finding->story_start : statement->start;
    uint32_t end = finding->is_difference ? finding->story_end : statement->start;
    if (statement->kind != STATEMENT_QUOTATION) {
        surroundings(story, statement->start, &low, &high);
        start = finding->story_start;
        end = finding->story_end;
        high = high < end ? end : high;
    }
    return excerpt_of(story->text, low, high, start, end);
}

struct excerpt excerpt_of_source(const struct cited *cited, const struct finding *finding)
{
    size_t len = cited->text.len, start = 0, end = 0;
    if (finding->is_difference && finding->source_start >= cited->start &&
        finding->source_end <= cited->end && finding->source_end >= finding->source_start) {
        start = finding->source_start - cited->start;
        end = finding->source_end - cited->start;
    } else if (finding->is_difference && finding->source_start >= cited->end) {
        start = end = len;
    }
    if (end > len)
        start = end = 0;
    struct excerpt excerpt = excerpt_of(cited->shown, 0, len, start, end);
    excerpt.cut_before = excerpt.cut_before || cited->before.len > 0;
    return excerpt;
}

struct bytes excerpt_source_words(const struct statement *statement, const struct finding *finding)
{
    if (finding->passage >= statement->cited_count)
        return finding->source_words;
    const struct cited *cited = &statement->cited[finding->passage];
    bool is_inside = finding->source_start >= cited->start &&
                     finding->source_end >= finding->source_start &&
                     finding->source_end - cited->start <= cited->shown.len &&
                     finding->source_end - finding->source_start == finding->source_words.len;
    return is_inside ? bytes_slice(cited->shown, finding->source_start - cited->start,
                                   finding->source_words.len)
                     : finding->source_words;
}

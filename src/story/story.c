#include "story/scan.h"

#include "base/scoped.h"
#include "text/utf8.h"

/* So many control bytes per thousand make a text binary. */
enum { CONTROLS_PER_MILLE = 10 };

static enum status text_check(struct bytes text, struct fault *fault)
{
    if (text.len > STORY_MAX)
        return fail(fault, BAD_INPUT, "the story is larger than 16 MiB");
    if (bytes_trim(text).len == 0)
        return fail(fault, BAD_INPUT, "the story is empty");
    if (bytes_find_byte(text, 0, 0) != SIZE_MAX)
        return fail(fault, BAD_INPUT, "the story holds NUL bytes: it is not text");
    if (utf8_valid_prefix(text) != text.len)
        return fail(fault, BAD_INPUT, "the story is not valid UTF-8 at byte %zu",
                    utf8_valid_prefix(text));
    size_t controls = 0;
    for (size_t i = 0; i < text.len; i++)
        controls += text.at[i] < 0x20 && !strchr("\t\n\r\f\v", text.at[i]);
    if (controls * 1000 > text.len * CONTROLS_PER_MILLE)
        return fail(fault, BAD_INPUT, "the story is full of control bytes: it is not text");
    return OK;
}

static enum status lines_find(struct story *story, struct arena *arena, struct fault *fault)
{
    struct bytes text = story->text, line;
    size_t count = 1, at = 0;
    while (bytes_next_line(text, &at, &line))
        count++;
    uint32_t *lines = arena_alloc_many(arena, count + 1, sizeof *lines);
    if (!lines)
        return no_memory(fault);
    at = 0;
    do
        lines[story->line_count++] = (uint32_t)at;
    while (bytes_next_line(text, &at, &line) && at < text.len);
    story->lines = lines;
    return OK;
}

static void masks_to_blanks(uint8_t *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] == MASKED)
            text[i] = ' ';
}

static enum status quotations_find(struct story *story, struct arena *arena, struct fault *fault)
{
    SCOPED(piece_list_release) struct piece_list pieces = { 0 };
    TRY(pieces_find(story, &pieces, fault));
    story->cut = pieces.cut;
    return quotations_make(story, &pieces, arena, fault);
}

enum status story_parse(struct bytes name, struct bytes text, enum story_markup markup,
                        const struct span *spans, size_t span_count, struct arena *arena,
                        struct story *story, struct fault *fault)
{
    *story = (struct story){ 0 };
    TRY(text_check(text, fault));
    struct bytes kept = arena_copy(arena, text);
    story->name = arena_copy(arena, name);
    if (!kept.at || !story->name.at)
        return no_memory(fault);
    uint8_t *own = (uint8_t *)kept.at;
    story->text = kept;
    TRY(lines_find(story, arena, fault));
    if (markup == STORY_MARKDOWN)
        markdown_mask(own, kept.len);
    TRY(paragraphs_cut(kept, markup, spans, span_count, arena, story, fault));
    TRY(quotations_find(story, arena, fault));
    masks_to_blanks(own, kept.len);
    return OK;
}

void story_line_column(const struct story *story, uint32_t at, uint32_t *line, uint32_t *column)
{
    size_t low = 0, high = story->line_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (story->lines[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    uint32_t start = story->line_count > 0 ? story->lines[low] : 0;
    *line = (uint32_t)low + 1;
    *column = (uint32_t)utf8_count(bytes_slice(story->text, start, at - start)) + 1;
}

#include "story/scan.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"

/* A text whose lines are no longer than this is taken to be wrapped by hand: its paragraphs end at
 * blank lines. */
enum { WRAPPED_MAX = 120 };

struct cutter {
    struct bytes text;
    struct story_paragraph *at;
    size_t count;
    size_t room;
};

static bool line_is_empty(struct bytes line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.at[i] != ' ' && line.at[i] != '\t' && line.at[i] != MASKED && line.at[i] != '\r' &&
            line.at[i] != '\f')
            return false;
    return true;
}

static bool is_wrapped(struct bytes text)
{
    struct bytes line;
    size_t at = 0;
    while (bytes_next_line(text, &at, &line))
        if (line.len > WRAPPED_MAX)
            return false;
    return true;
}

static bool line_is_item(struct bytes text, size_t start, struct bytes line)
{
    size_t i = 0;
    while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'))
        i++;
    return i < line.len && text.at[start + i] == MASKED;
}

static enum status paragraph_add(struct cutter *cutter, uint32_t start, uint32_t end, bool heading,
                                 struct fault *fault)
{
    if (!GROW(cutter->at, cutter->room, cutter->count))
        return no_memory(fault);
    cutter->at[cutter->count++] = (struct story_paragraph){ start, end, heading };
    return OK;
}

static enum status lines_cut(struct cutter *cutter, enum story_markup markup, struct fault *fault)
{
    bool wrapped = markup == STORY_MARKDOWN || is_wrapped(cutter->text);
    size_t at = 0, start = 0;
    struct bytes line;
    bool is_open = false;
    while (start = at, bytes_next_line(cutter->text, &at, &line)) {
        bool masked_start = markup == STORY_MARKDOWN && line_is_item(cutter->text, start, line);
        uint32_t end = (uint32_t)(start + line.len);
        if (line_is_empty(line)) {
            is_open = false;
            continue;
        }
        if (is_open && wrapped && !masked_start) {
            cutter->at[cutter->count - 1].end = end;
            continue;
        }
        TRY(paragraph_add(cutter, (uint32_t)start, end, false, fault));
        is_open = true;
    }
    return OK;
}

static enum status spans_cut(struct cutter *cutter, const struct span *spans, size_t count,
                             struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        bool heading = spans[i].kind == SPAN_HEADING;
        if ((!heading && spans[i].kind != SPAN_PARAGRAPH) || spans[i].end > cutter->text.len)
            continue;
        struct story_paragraph *last = cutter->count > 0 ? &cutter->at[cutter->count - 1] : NULL;
        if (last && spans[i].start < last->end) {
            last->is_heading = last->is_heading || heading;
            continue;
        }
        TRY(paragraph_add(cutter, spans[i].start, spans[i].end, heading, fault));
    }
    return OK;
}

enum status paragraphs_cut(struct bytes text, enum story_markup markup, const struct span *spans,
                           size_t span_count, struct arena *arena, struct story *story,
                           struct fault *fault)
{
    struct cutter cutter = { .text = text };
    enum status code = markup == STORY_HTML ? spans_cut(&cutter, spans, span_count, fault) : OK;
    if (code == OK && cutter.count == 0)
        code = lines_cut(&cutter, markup, fault);
    FREED struct story_paragraph *found = cutter.at;
    TRY(code);
    struct story_paragraph *kept = arena_alloc_many(arena, cutter.count + 1, sizeof *kept);
    if (!kept)
        return no_memory(fault);
    if (cutter.count > 0)
        memcpy(kept, found, cutter.count * sizeof *kept);
    story->paragraphs = kept;
    story->paragraph_count = cutter.count;
    return OK;
}

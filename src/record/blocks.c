#include "record/blocks.h"

#include "record/doubt.h"
#include "record/marking.h"

enum { HEADING_MAX = 120, HEADING_LINES_MAX = 3 };

static bool ends_sentence(struct bytes line)
{
    size_t len = line.len;
    while (len > 0 && (strchr("\"')]", line.at[len - 1]) != NULL || line.at[len - 1] >= 0x80))
        len--;
    return len == 0 || strchr(".!?:;", line.at[len - 1]) != NULL;
}

static bool begins_lower(struct bytes line)
{
    return line.len > 0 &&
           (is_lower(line.at[0]) || (line.len > 1 && line.at[0] == '(' && is_lower(line.at[1])));
}

static bool is_bullet(struct bytes line)
{
    if (line.len < 3)
        return false;
    if (line.at[0] == '*' || (line.at[0] == 0xE2 && line.at[1] == 0x80 && line.at[2] == 0xA2))
        return true;
    if (line.at[0] != '-')
        return false;
    size_t at = line.at[1] == '-' ? 2 : 1;
    return line.len > at && line.at[at] != '-';
}

bool line_is_rule(struct bytes line)
{
    if (line.len < 3 || strchr("-=_", line.at[0]) == NULL)
        return false;
    size_t marks = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (strchr("-=_", line.at[i]) != NULL && line.at[i] != 0)
            marks++;
        else if (!is_blank(line.at[i]))
            return false;
    }
    return marks >= 3;
}

static bool is_in_capitals(struct bytes text)
{
    size_t capitals = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (is_lower(text.at[i]))
            return false;
        capitals += is_upper(text.at[i]);
    }
    return capitals >= 4 && text.at[text.len - 1] != '.' && text.at[text.len - 1] != ',';
}

static void open_at(struct blocks *blocks, uint32_t start, uint32_t body, struct bytes number)
{
    blocks->open = true;
    blocks->start = start;
    blocks->body = body;
    blocks->number = number;
    blocks->lines = 0;
    blocks->end = start;
    blocks->before_end = start;
}

static void heading(struct blocks *blocks, uint32_t start, uint32_t end)
{
    record_span(blocks->record, SPAN_HEADING, start, end, bytes_make(NULL, 0));
}

void blocks_break(struct blocks *blocks)
{
    struct record *record = blocks->record;
    if (blocks->open && blocks->end > blocks->start) {
        struct bytes text = bytes_slice(record->text, blocks->start, blocks->end - blocks->start);
        bool is_short = blocks->number.len == 0 && blocks->lines <= 2 && text.len <= HEADING_MAX;
        if ((blocks->habits & BLOCKS_HEADINGS) && is_short && blocks->gap && is_in_capitals(text))
            heading(blocks, blocks->start, blocks->end);
        record_span(record, SPAN_PARAGRAPH, blocks->start, blocks->end, blocks->number);
        if ((blocks->habits & BLOCKS_DOUBT) && text_is_doubtful(text))
            record_span(record, SPAN_DOUBTFUL, blocks->start, blocks->end, bytes_make(NULL, 0));
    }
    blocks->open = false;
    blocks->gap = false;
    blocks->crossed = false;
}

static void add_line(struct blocks *blocks, const struct line *line)
{
    blocks->before_end = blocks->end;
    blocks->last_start = line->start;
    blocks->end = line->end;
    blocks->lines++;
    blocks->gap = false;
    blocks->crossed = false;
    blocks->before_went_on = blocks->may_go_on;
    blocks->may_go_on = !ends_sentence(line_bytes(blocks->record->text, line));
}

void blocks_numbered(struct blocks *blocks, const struct line *line, struct bytes number,
                     uint32_t body)
{
    blocks_break(blocks);
    open_at(blocks, line->start, body, number);
    add_line(blocks, line);
}

/* "... End" and, behind a blank line, "Summary". */
static bool ends_with_end(const struct blocks *blocks)
{
    struct bytes text = blocks->record->text;
    return (blocks->habits & BLOCKS_MARKINGS) && blocks->end > blocks->start + 4 &&
           bytes_equal_fold(bytes_slice(text, blocks->end - 4, 4), bytes_from_string(" end"));
}

static bool goes_on(const struct blocks *blocks, struct bytes line)
{
    if (!blocks->gap)
        return true;
    if (is_bullet(line))
        return blocks->habits & BLOCKS_HEADINGS;
    if (!blocks->may_go_on)
        return false;
    if (ends_with_end(blocks) && line.len < 12)
        return true;
    return begins_lower(line) && (blocks->crossed || (blocks->habits & BLOCKS_JOIN));
}

/* A page edge with no blank line around it, or one where the sentence did not end, joins; otherwise
 * a capital begins anew. */
void blocks_text(struct blocks *blocks, const struct line *line)
{
    struct bytes text = line_bytes(blocks->record->text, line);
    bool is_long =
        blocks->lines > 1 || blocks->number.len > 0 || blocks->end - blocks->start > HEADING_MAX;
    bool is_cut = blocks->crossed && blocks->may_go_on && is_long;
    bool joined = blocks->open && (is_cut || goes_on(blocks, text));
    if (!joined) {
        blocks_break(blocks);
        uint32_t body = line->start;
        if (blocks->habits & BLOCKS_MARKINGS)
            body = marking_span(blocks->record, line->start, line->start, line->end);
        open_at(blocks, line->start, body, bytes_make(NULL, 0));
    }
    add_line(blocks, line);
}

void blocks_blank(struct blocks *blocks)
{
    blocks->gap = true;
}

void blocks_furniture(struct blocks *blocks)
{
    blocks->crossed = true;
}

/* The last line, or the whole short block, becomes a heading; a numbered paragraph keeps it inside.
 */
void blocks_rule(struct blocks *blocks, const struct line *line)
{
    record_span(blocks->record, SPAN_FURNITURE, line->start, line->end, bytes_make(NULL, 0));
    if (!blocks->open || blocks->gap || (blocks->lines > 1 && !blocks->may_go_on)) {
        blocks_break(blocks);
        return;
    }
    bool is_whole =
        blocks->lines == 1 ||
        (blocks->number.len == 0 && blocks->lines <= HEADING_LINES_MAX && blocks->before_went_on);
    uint32_t start = is_whole ? blocks->body : blocks->last_start;
    uint32_t end = blocks->end;
    if (end - start > HEADING_MAX * HEADING_LINES_MAX) {
        blocks_break(blocks);
        return;
    }
    heading(blocks, start, end);
    if (is_whole && blocks->number.len > 0) {
        blocks->may_go_on = true;
        return;
    }
    if (!is_whole) {
        blocks->end = blocks->before_end;
        blocks_break(blocks);
        open_at(blocks, start, start, bytes_make(NULL, 0));
        blocks->end = end;
    }
    blocks_break(blocks);
}

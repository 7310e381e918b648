/* pdf_layout.c - lines of pages become running text. */
#include "readers/pdf_lines.h"

/* A paragraph with fewer letters than this may be a heading: no capital goes on behind it on the
 * next page. An indent or a short last line counts from this share of the letters' size or of the
 * block's width on. */
enum { LONG_PARAGRAPH = 120 };
static const float indent_letters = 0.8f, short_line = 0.75f;

struct layout {
    const struct pdf_lines *lines;
    struct arena *arena;
    struct buffer *text;
    struct span_list *spans;
    enum status failed;
    bool is_open; /* a paragraph */
    uint32_t start;
    uint32_t end;
    const struct pdf_line *last; /* line of the open paragraph */
    float left;                  /* of the present block */
    float right;
    uint32_t block;
    uint32_t page_start;
};

static struct bytes words_of(const struct layout *layout, const struct pdf_line *line)
{
    return bytes_slice(buffer_bytes(&layout->lines->text), line->start, line->end - line->start);
}

static void add_span(struct layout *layout, enum span_kind kind, size_t start, size_t end,
                     struct bytes value)
{
    struct fault fault;
    if (layout->failed == OK && end > start)
        layout->failed = span_list_add(
            layout->spans, (struct span){ kind, (uint32_t)start, (uint32_t)end, value }, &fault);
}

static bool ends_sentence(struct bytes words)
{
    size_t len = words.len;
    while (len > 0 && (strchr("\"')]", words.at[len - 1]) || words.at[len - 1] >= 0x80))
        len--;
    return len == 0 || strchr(".!?:;", words.at[len - 1]) != NULL;
}

static bool begins_lower(struct bytes words)
{
    return words.len > 0 && words.at[0] >= 'a' && words.at[0] <= 'z';
}

static bool goes_on_in_block(const struct layout *layout, const struct pdf_line *line)
{
    if (!ends_sentence(words_of(layout, layout->last)))
        return true;
    bool is_indented = line->box.left - layout->left > line->size * indent_letters;
    bool was_short =
        layout->last->box.right - layout->left < (layout->right - layout->left) * short_line;
    return !is_indented && (!was_short || begins_lower(words_of(layout, line)));
}

static bool goes_on(const struct layout *layout, const struct pdf_line *line)
{
    if (!layout->is_open || line->is_heading || layout->last->is_heading)
        return false;
    if (line->page == layout->last->page && line->block == layout->last->block)
        return goes_on_in_block(layout, line);
    struct bytes before = words_of(layout, layout->last);
    if (ends_sentence(before))
        return false;
    bool is_cut = before.at[before.len - 1] == '-' || begins_lower(words_of(layout, line));
    bool is_long = layout->end - layout->start > LONG_PARAGRAPH;
    return is_cut || (line->page != layout->last->page && is_long);
}

static void close_paragraph(struct layout *layout)
{
    if (layout->is_open)
        add_span(layout, SPAN_PARAGRAPH, layout->start, layout->end, (struct bytes){ 0 });
    layout->is_open = false;
}

static void measure_block(struct layout *layout, size_t at)
{
    const struct pdf_lines *lines = layout->lines;
    const struct pdf_line *first = &lines->at[at];
    layout->left = first->box.left;
    layout->right = first->box.right;
    layout->block = first->block;
    for (; at < lines->count && lines->at[at].block == first->block; at++) {
        const struct pdf_box *box = &lines->at[at].box;
        layout->left = box->left < layout->left ? box->left : layout->left;
        layout->right = box->right > layout->right ? box->right : layout->right;
    }
}

static void close_page(struct layout *layout, uint32_t page)
{
    const char *number = arena_print(layout->arena, "%u", page + 1);
    if (!number)
        layout->failed = NO_MEMORY;
    else
        add_span(layout, SPAN_PAGE, layout->page_start, layout->text->len,
                 bytes_from_string(number));
}

static void turn_pages(struct layout *layout, uint32_t from, uint32_t to)
{
    for (uint32_t page = from; page < to; page++) {
        close_page(layout, page);
        buffer_u8(layout->text, '\f');
        layout->page_start = (uint32_t)layout->text->len;
    }
}

static void add_line(struct layout *layout, const struct pdf_line *line, bool continues)
{
    size_t start = layout->text->len;
    buffer_append_bytes(layout->text, words_of(layout, line));
    size_t end = layout->text->len;
    buffer_u8(layout->text, '\n');
    if (line->is_unreadable)
        add_span(layout, SPAN_DOUBTFUL, start, end, (struct bytes){ 0 });
    if (line->is_furniture) {
        add_span(layout, SPAN_FURNITURE, start, end, (struct bytes){ 0 });
        return;
    }
    if (line->is_heading)
        add_span(layout, SPAN_HEADING, start, end, (struct bytes){ 0 });
    if (!continues)
        layout->start = (uint32_t)start;
    layout->is_open = true;
    layout->end = (uint32_t)end;
    layout->last = line;
}

static void lay_line(struct layout *layout, size_t at, const struct pdf_line *before)
{
    const struct pdf_line *line = &layout->lines->at[at];
    if (!before || line->block != layout->block)
        measure_block(layout, at);
    bool continues = !line->is_furniture && goes_on(layout, line);
    if (!line->is_furniture && !continues)
        close_paragraph(layout);
    if (before && !line->is_furniture && !before->is_furniture && !continues)
        buffer_u8(layout->text, '\n');
    turn_pages(layout, before ? before->page : 0, line->page);
    add_line(layout, line, continues);
}

enum status pdf_lines_lay_out(const struct pdf_lines *lines, unsigned flags, struct arena *arena,
                              struct buffer *text, struct span_list *spans, struct fault *fault)
{
    struct layout layout = { .lines = lines, .arena = arena, .text = text, .spans = spans };
    const struct pdf_line *before = NULL;
    for (size_t i = 0; i < lines->count && layout.failed == OK; i++) {
        if ((flags & PDF_WITHOUT_EDGES) && lines->at[i].is_furniture)
            continue;
        lay_line(&layout, i, before);
        before = &lines->at[i];
    }
    close_paragraph(&layout);
    if (lines->pages > 0) {
        turn_pages(&layout, before ? before->page : 0, lines->pages - 1);
        close_page(&layout, lines->pages - 1);
    }
    if (layout.failed != OK)
        return no_memory(fault);
    span_list_sort(spans);
    return buffer_check(text, fault);
}

#include "readers/pdf_lines.h"

#include <stdlib.h>

#include "base/grow.h"
#include "base/scoped.h"

/* Lines looked at on each edge of a page, and how much of its height is edge. */
enum { EDGE_LINES = 3, EDGE_PERCENT = 15, EDGE_LETTERS_MAX = 200 };

/* What repeats: a line of a page's edge, its words without their numbers. */
struct edge {
    uint64_t key;
    uint32_t line;
    uint32_t page;
    bool is_upper;
    bool comes_again;
};

struct edges {
    struct edge *at;
    size_t count;
    size_t room;
};

static bool is_digit(uint8_t byte)
{
    return byte >= '0' && byte <= '9';
}

/* FNV-1a over the words, capitals folded, every number as one sign. 0: nothing by which to know it
 * again. */
static uint64_t edge_key(struct bytes words, bool is_upper)
{
    uint64_t key = 14695981039346656037u ^ is_upper;
    size_t numbers = 0, letters = 0;
    for (size_t i = 0; i < words.len; i++) {
        uint8_t byte = words.at[i];
        if (byte <= ' ')
            continue;
        if (is_digit(byte)) {
            numbers += i == 0 || !is_digit(words.at[i - 1]);
            if (i > 0 && is_digit(words.at[i - 1]))
                continue;
            byte = '0';
        }
        byte |= byte >= 'A' && byte <= 'Z' ? 0x20 : 0;
        letters += byte >= 0x80 || (byte >= 'a' && byte <= 'z');
        key = (key ^ byte) * 1099511628211u;
    }
    bool is_known = letters > 0 || (numbers > 0 && numbers <= 2);
    return is_known && words.len <= EDGE_LETTERS_MAX ? key : 0;
}

static struct bytes words_of(const struct pdf_lines *lines, const struct pdf_line *line)
{
    return bytes_slice(buffer_bytes(&lines->text), line->start, line->end - line->start);
}

/* The lines of lines->at[first..end) that are outermost, from the edge inwards; fewer than
 * EDGE_LINES when the edge holds fewer. */
static size_t outermost(const struct pdf_lines *lines, size_t first, size_t end, bool is_upper,
                        size_t *found)
{
    size_t count = 0;
    for (size_t i = first; i < end; i++) {
        const struct pdf_box *box = &lines->at[i].box;
        float height = lines->heights[lines->at[i].page];
        float edge = height * EDGE_PERCENT / 100;
        if (is_upper ? box->bottom > edge : box->top < height - edge)
            continue;
        size_t at = count < EDGE_LINES ? count++ : EDGE_LINES;
        while (at > 0) {
            const struct pdf_box *other = &lines->at[found[at - 1]].box;
            if (is_upper ? other->top <= box->top : other->bottom >= box->bottom)
                break;
            if (at < EDGE_LINES)
                found[at] = found[at - 1];
            at--;
        }
        if (at < EDGE_LINES)
            found[at] = i;
    }
    return count;
}

static enum status gather_edges(const struct pdf_lines *lines, size_t first, size_t end,
                                bool is_upper, struct edges *edges, struct fault *fault)
{
    size_t found[EDGE_LINES];
    size_t count = outermost(lines, first, end, is_upper, found);
    for (size_t i = 0; i < count; i++) {
        const struct pdf_line *line = &lines->at[found[i]];
        if (!GROW(edges->at, edges->room, edges->count))
            return no_memory(fault);
        edges->at[edges->count++] = (struct edge){ .key = edge_key(words_of(lines, line), is_upper),
                                                   .line = (uint32_t)found[i],
                                                   .page = line->page,
                                                   .is_upper = is_upper };
    }
    return OK;
}

static int by_key(const void *left, const void *right)
{
    const struct edge *a = *(const struct edge *const *)left,
                      *b = *(const struct edge *const *)right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->page < b->page ? -1 : a->page > b->page;
}

/* On three pages, or on both of two. */
static enum status find_repeated(struct edges *edges, uint32_t pages, struct fault *fault)
{
    uint32_t least = pages < 4 ? 2 : 3;
    FREED struct edge **sorted = malloc((edges->count + 1) * sizeof *sorted);
    if (!sorted)
        return no_memory(fault);
    for (size_t i = 0; i < edges->count; i++)
        sorted[i] = &edges->at[i];
    qsort(sorted, edges->count, sizeof *sorted, by_key);
    for (size_t first = 0, end; first < edges->count; first = end) {
        uint32_t here = 1;
        for (end = first + 1; end < edges->count && sorted[end]->key == sorted[first]->key; end++)
            here += sorted[end]->page != sorted[end - 1]->page;
        for (size_t i = first; i < end; i++)
            sorted[i]->comes_again = sorted[i]->key != 0 && here >= least;
    }
    return OK;
}

/* From the edge inwards, up to the first line that stands on its page alone. */
static void mark_repeated(struct pdf_lines *lines, const struct edges *edges)
{
    bool goes_on = true;
    for (size_t i = 0; i < edges->count; i++) {
        const struct edge *edge = &edges->at[i];
        bool is_next = i > 0 && edges->at[i - 1].page == edge->page &&
                       edges->at[i - 1].is_upper == edge->is_upper;
        goes_on = (goes_on || !is_next) && edge->comes_again;
        if (goes_on)
            lines->at[edge->line].is_furniture = true;
    }
}

static size_t page_end(const struct pdf_lines *lines, size_t first)
{
    size_t end = first;
    while (end < lines->count && lines->at[end].page == lines->at[first].page)
        end++;
    return end;
}

enum status pdf_lines_mark_edges(struct pdf_lines *lines, struct fault *fault)
{
    struct edges edges = { 0 };
    enum status answer = OK;
    for (size_t first = 0, end; answer == OK && first < lines->count; first = end) {
        end = page_end(lines, first);
        answer = gather_edges(lines, first, end, true, &edges, fault);
        if (answer == OK)
            answer = gather_edges(lines, first, end, false, &edges, fault);
    }
    if (answer == OK)
        answer = find_repeated(&edges, lines->pages, fault);
    if (answer == OK)
        mark_repeated(lines, &edges);
    free(edges.at);
    return answer;
}

static bool reads_alike(struct bytes a, struct bytes b)
{
    size_t i = 0, k = 0;
    for (;;) {
        while (i < a.len && a.at[i] <= ' ')
            i++;
        while (k < b.len && b.at[k] <= ' ')
            k++;
        if (i == a.len || k == b.len)
            return i == a.len && k == b.len && a.len > 0;
        uint8_t left = a.at[i++], right = b.at[k++];
        if (left != right && ((left ^ right) != 0x20 || (left | 0x20) < 'a' || (left | 0x20) > 'z'))
            return false;
    }
}

void pdf_lines_mark_heading(struct pdf_lines *lines, uint32_t page, struct bytes title)
{
    size_t low = 0, high = lines->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines->at[middle].page < page)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < lines->count && lines->at[i].page == page; i++)
        if (reads_alike(words_of(lines, &lines->at[i]), title)) {
            lines->at[i].is_heading = true;
            return;
        }
}

void pdf_lines_release(struct pdf_lines *lines)
{
    buffer_release(&lines->text);
    free(lines->at);
    free(lines->heights);
    *lines = (struct pdf_lines){ 0 };
}

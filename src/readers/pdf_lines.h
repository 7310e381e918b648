/* pdf_lines.h - the lines of a PDF's pages, and how they become text: running heads and feet found,
 * paragraphs joined over lines and page edges. No PDF library here.
 */
#ifndef READERS_PDF_LINES_H
#define READERS_PDF_LINES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "text/span.h"

/* Where a line stands on its page: points, from the page's upper left corner. */
struct pdf_box {
    float left, top, right, bottom;
};

struct pdf_line {
    uint32_t start; /* bytes of the lines' text */
    uint32_t end;
    uint32_t page;  /* from 0 */
    uint32_t block; /* lines of one block stand close together */
    struct pdf_box box;
    float size;         /* of its letters */
    bool is_furniture;  /* found by pdf_lines_mark_edges */
    bool is_heading;    /* an entry of the outline */
    bool is_unreadable; /* much of it are signs that the file's fonts give no meaning */
};

struct pdf_lines {
    struct buffer text; /* valid UTF-8 */
    struct pdf_line *at;
    size_t count;
    size_t room; /* private */
    uint32_t pages;
    float *heights;      /* of the pages */
    size_t heights_room; /* private */
};

/* Lines at the upper and lower edge that come again on other pages (numbers apart) are furniture.
 */
MUST_USE enum status pdf_lines_mark_edges(struct pdf_lines *lines, struct fault *fault);
/* The line of `page` that reads `title` (case and blanks apart) is a heading. */
void pdf_lines_mark_heading(struct pdf_lines *lines, uint32_t page, struct bytes title);

enum pdf_layout_flag { PDF_WITHOUT_EDGES = 1 /* furniture is left out of the text */ };

/* The text, one line each, blank lines between what stands apart, a form feed before every page but
 * the first; spans: pages, paragraphs, furniture, headings, doubtful. Values from the arena. */
MUST_USE enum status pdf_lines_lay_out(const struct pdf_lines *lines, unsigned flags,
                                       struct arena *arena, struct buffer *text,
                                       struct span_list *spans, struct fault *fault);
void pdf_lines_release(struct pdf_lines *lines);

#endif

/* docx.h - write a Word document (ECMA-376, WordprocessingML transitional): paragraphs, footnotes,
 * a table, a head on every page. One call for each thing, in the order of reading.
 *
 * Text is of documents and stories: made fit to be shown (text/clean.h), then escaped. No
 * properties, no names of people or programs, no time: the same calls give the same bytes.
 */
#ifndef CHECK_DOCX_H
#define CHECK_DOCX_H

#include "base/buffer.h"

enum docx_style { DOCX_PLAIN, DOCX_HEADING, DOCX_SMALL };

struct docx {
    struct buffer body;  /* private */
    struct buffer notes; /* private */
    struct buffer head;  /* private: of every page; empty: none */
    size_t note_count;
    bool in_note; /* private */
    bool is_wide; /* pages lie on their side */
};

void docx_release(struct docx *docx);

void docx_head(struct docx *docx, const char *text);
void docx_paragraph(struct docx *docx, enum docx_style style);
void docx_paragraph_end(struct docx *docx);
/* Into the open paragraph or footnote. Line ends and runs of blanks are one blank. */
void docx_text(struct docx *docx, struct bytes text);
void docx_strong(struct docx *docx, struct bytes text);
/* A footnote at this place of the open paragraph; what follows stands in it until it ends. */
void docx_note(struct docx *docx);
void docx_note_end(struct docx *docx);
/* Cells of the first row are headings, repeated on every page. `widths`: twentieths of a point. */
void docx_table(struct docx *docx, const uint16_t *widths, size_t columns);
void docx_row(struct docx *docx, const char *const *cells, size_t columns, bool is_heading);
void docx_table_end(struct docx *docx);
/* The whole file. */
MUST_USE enum status docx_write(const struct docx *docx, struct buffer *to, struct fault *fault);

#endif

/* pdf_maker.h - PDFs made in memory for the tests of readers: Courier, one content stream a page.
 */
#ifndef TESTS_READERS_PDF_MAKER_H
#define TESTS_READERS_PDF_MAKER_H

#include "base/buffer.h"

struct pdf_maker {
    struct buffer out;
    size_t offsets[40000]; /* of objects, from 1 */
    size_t objects;
    size_t pages;
};

/* Object 1 is the catalogue (`root`: more of its entries), 2 the pages, 3 the font. */
void pdf_maker_begin(struct pdf_maker *pdf, const char *root);
/* A page of 600 by 800 points with this content, and more entries of its own. */
void pdf_maker_page(struct pdf_maker *pdf, const char *content, const char *more);
/* Any object; answers its number. */
size_t pdf_maker_object(struct pdf_maker *pdf, const char *words);
/* Page tree, table of objects, trailer (`more`: entries of it). */
void pdf_maker_end(struct pdf_maker *pdf, const char *more);

#endif

/* pdf_sample.h - a small PDF for the warming of its reader: built-in and Japanese letters, a form
 * inside a page, an annotation, an outline; its table of objects is wrong, so that the search for
 * them is warmed too. */
#ifndef READERS_PDF_SAMPLE_H
#define READERS_PDF_SAMPLE_H

extern const char pdf_sample[];

#endif

/* pdf.h - one PDF under reading, with MuPDF (text only: no scripts, no pictures, fonts built in).
 *
 * Inside readers/pdf*.c only. MuPDF leaves by long jumps: a function here that calls it either
 * catches them or is named *_throwing.
 */
#ifndef READERS_PDF_H
#define READERS_PDF_H

#include <mupdf/fitz.h>
#include <mupdf/pdf.h>

#include "readers/office_text.h"
#include "readers/pdf_lines.h"
#include "readers/pdf_memory.h"
#include "readers/reader.h"

/* MuPDF 1.24 gave it another name. */
#if FZ_VERSION_MINOR >= 24
#define PDF_ERROR_MEMORY FZ_ERROR_SYSTEM
#else
#define PDF_ERROR_MEMORY FZ_ERROR_MEMORY
#endif

enum { PDF_PAGES_MAX = 20000, PDF_TEXT_MAX = 64 << 20, PDF_WORDS_MAX = 256 };

struct pdf {
    const struct reader_input *input;
    struct arena *arena;
    struct pdf_memory memory;
    fz_context *context;
    pdf_document *document;
    struct pdf_lines lines;
    struct office_text notes; /* what annotations say */
    struct buffer window;     /* private: over the file */
    uint64_t at;
    uint32_t pages;         /* that the file says it has */
    uint32_t bare_pages;    /* without any text */
    uint32_t scanned_pages; /* with a picture, and no text but at the edges */
    uint32_t broken_pages;  /* that could not be read, or not to their end */
    uint32_t attachments;
    uint64_t letters;
    uint64_t unknown; /* of them, without a meaning */
    bool is_repaired;
    bool is_form; /* an XFA form, which is not read */
    bool is_cut;
    bool is_out_of_memory;
    struct bytes title;
    struct bytes author;
    struct bytes created;      /* YYYY-MM-DD */
    char names[PDF_WORDS_MAX]; /* of the attachments, as many as fit */
    char why[PDF_WORDS_MAX];   /* the first trouble, in the library's words */
};

/* Read page `number` (from 0) into lines and notes; trouble is counted. */
void pdf_page_read(struct pdf *pdf, uint32_t number);
/* Properties, attachments, outline. Behind the pages: the outline marks headings among the lines.
 */
void pdf_about_read(struct pdf *pdf);
void pdf_note_trouble(struct pdf *pdf);

#endif

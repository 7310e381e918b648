/* pdf_memory.h - the memory of one PDF under reading: what the library forgets to free dies with
 * the document, and a document may hold only so much.
 */
#ifndef READERS_PDF_MEMORY_H
#define READERS_PDF_MEMORY_H

#include <mupdf/fitz.h>

enum { PDF_MEMORY_MAX = 320 << 20 };

struct pdf_memory {
    fz_alloc_context calls;   /* what MuPDF calls; must stay where it is */
    struct pdf_block *blocks; /* private: all that are held, the last one first */
    size_t held;              /* bytes */
};

void pdf_memory_begin(struct pdf_memory *memory);
/* Free whatever is held still. */
void pdf_memory_release(struct pdf_memory *memory);

#endif

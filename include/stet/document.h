/* document.h - one document, or one paragraph of it, as a reader wants to see it. */
#ifndef STET_DOCUMENT_H
#define STET_DOCUMENT_H

#include <stet/archive.h>

enum stet_show_flag {
    STET_SHOW_ALL = 1 /* the whole text, not the header and first paragraphs */,
    STET_SHOW_COLOUR = 2,
    STET_SHOW_JSON = 4
};

/* What an address names, written piece by piece: header fields with their basis, the paragraph with
 * its neighbours, what it refers to and what refers to it, twins and versions. A name that fits
 * several documents lists them and never picks (STET_OK). */
typedef int stet_show_write(void *context, const void *piece, size_t len);
enum stet_status stet_show(struct stet_archive *archive, const char *address, unsigned flags,
                           stet_show_write *write, void *context, struct stet_fault *fault);

#endif

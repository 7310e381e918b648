/* docx_zip.h - a zip archive with stored members (PKWARE APPNOTE 6.3.3, sections 4.3.7 to 4.3.16),
 * written into a buffer.
 *
 * Nothing is compressed, no time is told: the same members give the same bytes. Names are ASCII.
 */
#ifndef CHECK_DOCX_ZIP_H
#define CHECK_DOCX_ZIP_H

#include "base/buffer.h"

struct docx_zip {
    struct buffer *to;       /* not owned */
    struct buffer directory; /* private: the central directory so far */
    size_t start;            /* private: where the archive begins in `to` */
    uint16_t count;          /* private */
};

static inline struct docx_zip docx_zip_begin(struct buffer *to)
{
    return (struct docx_zip){ .to = to, .start = to->len };
}
void docx_zip_add(struct docx_zip *zip, const char *name, struct bytes content);
/* Write the directory and release what is held. OVER_LIMIT: more than 1 GiB. */
MUST_USE enum status docx_zip_end(struct docx_zip *zip, struct fault *fault);

/* CRC-32 as zip has it (ISO 3309, polynomial EDB88320 reflected). */
uint32_t docx_zip_crc32(struct bytes bytes);

#endif

/* fuzz_office.c - any bytes as a zip, or as the markup inside one: what is sent keeps the protocol.
 */
#include <stdlib.h>

#include <archive.h>
#include <archive_entry.h>

#include "read_bytes.h"
#include "readers/office_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

static const char *const paths[] = { "word/document.xml", "content.xml", "word/footnotes.xml",
                                     "docProps/core.xml", "styles.xml" };

/* A zip of one file that is stored as it is. */
static struct bytes zip_around(const char *path, struct bytes text, uint8_t *room, size_t size)
{
    size_t len = 0;
    struct archive *zip = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    archive_write_set_format_zip(zip);
    archive_write_zip_set_compression_store(zip);
    archive_write_open_memory(zip, room, size, &len);
    archive_entry_set_pathname(entry, path);
    archive_entry_set_size(entry, (la_int64_t)text.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(zip, entry);
    archive_write_data(zip, text.at, text.len);
    archive_entry_free(entry);
    archive_write_close(zip);
    archive_write_free(zip);
    return bytes_make(room, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
    static uint8_t room[1 << 20];
    size_t choices = sizeof paths / sizeof *paths;
    struct bytes item = { at, len };
    if (len > 0 && len < sizeof room / 2 && at[0] < choices)
        item = zip_around(paths[at[0]], bytes_make(at + 1, len - 1), room, sizeof room);
    read_bytes(&docx_reader, item, len % 2 ? BATCH_KEEP_LINES : 0);
    return 0;
}

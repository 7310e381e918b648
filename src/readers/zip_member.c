#include "readers/zip_member.h"

#include <archive.h>
#include <archive_entry.h>

enum status zip_open(struct zip *zip, const struct reader_input *input, struct fault *fault)
{
    bool opened = false;
    *zip = (struct zip){ .input = input };
    TRY(archive_stream_open(&zip->stream, input, ARCHIVE_ZIP, &opened, fault));
    if (!opened)
        zip->trouble = "the zip is damaged";
    return OK;
}

const char *zip_next(struct zip *zip)
{
    struct archive_entry *entry = NULL;
    if (zip->trouble)
        return NULL;
    int answer = archive_read_next_header(zip->stream.open, &entry);
    if (answer == ARCHIVE_EOF)
        return NULL;
    if (answer < ARCHIVE_WARN) {
        zip->trouble = zip->members > 0 ? "the zip is damaged or cut short" : "the zip is damaged";
        return NULL;
    }
    if (++zip->members > ZIP_MEMBERS_MAX) {
        zip->trouble = "the zip holds more than 10,000 files";
        return NULL;
    }
    zip->is_locked = archive_entry_is_encrypted(entry);
    const char *path = archive_entry_pathname(entry);
    return path ? path : "";
}

int zip_read(struct zip *zip, void *to, int len)
{
    if (zip->trouble)
        return -1;
    la_ssize_t got = archive_read_data(zip->stream.open, to, (size_t)len);
    if (got < 0) {
        zip->trouble = zip->is_locked ? "locked with a password" : "a file in the zip is damaged";
        return -1;
    }
    zip->out += (uint64_t)got;
    bool is_bomb = zip->out > ZIP_RATIO_FROM && zip->out / ZIP_RATIO_MAX > zip->input->len;
    if (is_bomb || zip->out > ZIP_OUT_MAX) {
        zip->trouble = is_bomb ? "the zip swells to more than 200 times its size: the rest is left"
                               : "more than 256 MiB of markup: the rest is left";
        return -1;
    }
    return (int)got;
}

void zip_close(struct zip *zip)
{
    archive_stream_close(&zip->stream);
}

#include "readers/zip_member.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>

enum { WINDOW = 64 << 10 };

static la_ssize_t fill(struct archive *archive, void *context, const void **at)
{
    (void)archive;
    struct zip *zip = context;
    struct fault fault;
    buffer_clear(&zip->window);
    if (reader_input_read(zip->input, zip->at, WINDOW, &zip->window, &fault) != OK)
        return ARCHIVE_FATAL;
    zip->at += zip->window.len;
    *at = zip->window.at;
    return (la_ssize_t)zip->window.len;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    (void)archive;
    struct zip *zip = context;
    int64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (int64_t)zip->at
                                        : (int64_t)zip->input->len;
    int64_t to = 0;
    if (__builtin_add_overflow(from, offset, &to) || to < 0 || (uint64_t)to > zip->input->len)
        return ARCHIVE_FATAL;
    zip->at = (uint64_t)to;
    return to;
}

static la_int64_t skip(struct archive *archive, void *context, la_int64_t len)
{
    (void)archive;
    struct zip *zip = context;
    uint64_t left = zip->input->len - zip->at;
    uint64_t step = len < 0 ? 0 : (uint64_t)len < left ? (uint64_t)len : left;
    zip->at += step;
    return (la_int64_t)step;
}

enum status zip_open(struct zip *zip, const struct reader_input *input, struct fault *fault)
{
    *zip = (struct zip){ .input = input, .open = archive_read_new() };
    if (!zip->open || !buffer_reserve(&zip->window, WINDOW)) {
        zip_close(zip);
        return no_memory(fault);
    }
    archive_read_support_format_zip(zip->open);
    archive_read_set_read_callback(zip->open, fill);
    archive_read_set_seek_callback(zip->open, seek);
    archive_read_set_skip_callback(zip->open, skip);
    archive_read_set_callback_data(zip->open, zip);
    if (archive_read_open1(zip->open) != ARCHIVE_OK)
        zip->trouble = "the zip is damaged";
    return OK;
}

const char *zip_next(struct zip *zip)
{
    struct archive_entry *entry = NULL;
    if (zip->trouble)
        return NULL;
    int answer = archive_read_next_header(zip->open, &entry);
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
    la_ssize_t got = archive_read_data(zip->open, to, (size_t)len);
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
    archive_read_free(zip->open);
    buffer_release(&zip->window);
    zip->open = NULL;
}

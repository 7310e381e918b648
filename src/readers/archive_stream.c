#include "readers/archive_stream.h"

#include <archive.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { WINDOW = 64 << 10 };

/* Without a fixed zone the dates in a zip make the C library look for its file at every member;
 * without UTF-8 as the program's own charset, the names in it make it look for a converter. */
enum status archive_stream_prepare(struct fault *fault)
{
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return fail(fault, IO_FAILED, "the locale C.UTF-8 is missing");
    setenv("TZ", "UTC0", 1);
    tzset();
    return OK;
}

static la_ssize_t fill(struct archive *archive, void *context, const void **at)
{
    (void)archive;
    struct archive_stream *stream = context;
    struct fault fault;
    buffer_clear(&stream->window);
    if (reader_input_read(stream->input, stream->at, WINDOW, &stream->window, &fault) != OK)
        return ARCHIVE_FATAL;
    stream->at += stream->window.len;
    *at = stream->window.at;
    return (la_ssize_t)stream->window.len;
}

static la_int64_t seek(struct archive *archive, void *context, la_int64_t offset, int whence)
{
    (void)archive;
    struct archive_stream *stream = context;
    int64_t from = whence == SEEK_SET   ? 0
                   : whence == SEEK_CUR ? (int64_t)stream->at
                                        : (int64_t)stream->input->len;
    int64_t to = 0;
    if (__builtin_add_overflow(from, offset, &to) || to < 0 || (uint64_t)to > stream->input->len)
        return ARCHIVE_FATAL;
    stream->at = (uint64_t)to;
    return to;
}

static la_int64_t skip(struct archive *archive, void *context, la_int64_t len)
{
    (void)archive;
    struct archive_stream *stream = context;
    uint64_t left = stream->input->len - stream->at;
    uint64_t step = len < 0 ? 0 : (uint64_t)len < left ? (uint64_t)len : left;
    stream->at += step;
    return (la_int64_t)step;
}

static void name_kinds(struct archive *open, enum archive_kinds kinds)
{
    if (kinds != ARCHIVE_PACKED)
        archive_read_support_format_zip(open);
    if (kinds == ARCHIVE_ZIP)
        return;
    if (kinds == ARCHIVE_ALL) {
        archive_read_support_format_tar(open);
        archive_read_support_format_7zip(open);
        archive_read_support_format_rar(open);
        archive_read_support_format_rar5(open);
    }
    archive_read_support_format_raw(open);
    archive_read_support_filter_gzip(open);
    archive_read_support_filter_bzip2(open);
    archive_read_support_filter_xz(open);
    archive_read_support_filter_zstd(open);
}

enum status archive_stream_open(struct archive_stream *stream, const struct reader_input *input,
                                enum archive_kinds kinds, bool *opened, struct fault *fault)
{
    *stream = (struct archive_stream){ .input = input, .open = archive_read_new() };
    if (!stream->open || !buffer_reserve(&stream->window, WINDOW)) {
        archive_stream_close(stream);
        return no_memory(fault);
    }
    name_kinds(stream->open, kinds);
    archive_read_set_read_callback(stream->open, fill);
    archive_read_set_seek_callback(stream->open, seek);
    archive_read_set_skip_callback(stream->open, skip);
    archive_read_set_callback_data(stream->open, stream);
    *opened = archive_read_open1(stream->open) == ARCHIVE_OK;
    return OK;
}

void archive_stream_close(struct archive_stream *stream)
{
    archive_read_free(stream->open);
    buffer_release(&stream->window);
    stream->open = NULL;
}

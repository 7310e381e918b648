#include "archive/originals.h"

#include <fcntl.h>
#include <stdio.h>

#include "archive/pack.h"
#include "base/file.h"

enum { STEP = 1 << 20 };

static enum status compress_range(int from, uint64_t offset, uint64_t size, int to,
                                  const char *name, struct hasher *hasher, uint64_t *stored,
                                  struct fault *fault)
{
    CLOSED(compressor_free) struct compressor *compressor = NULL;
    SCOPED(buffer_release) struct buffer in = { 0 }, out = { 0 };
    TRY(compressor_new(1, &compressor, fault));
    if (!buffer_reserve(&in, STEP))
        return no_memory(fault);
    *stored = 0;
    for (uint64_t done = 0; done < size;) {
        size_t len = size - done < STEP ? size - done : STEP;
        TRY(file_read_at(from, offset + done, len, "the file", in.at, fault));
        struct bytes piece = bytes_make(in.at, len);
        hasher_add(hasher, piece);
        done += len;
        buffer_clear(&out);
        TRY(compressor_feed(compressor, piece, done == size, &out, fault));
        TRY(file_write_all(to, buffer_bytes(&out), name, fault));
        *stored += out.len;
    }
    return file_sync(to, name, fault);
}

static enum status write_file(int dir, const char *temporary, int from, uint64_t offset,
                              struct original_record *record, struct fault *fault)
{
    CLOSED_FD int to =
        openat(dir, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (to < 0)
        return fail_errno(fault, IO_FAILED, "cannot make originals/%s", temporary);
    struct hasher hasher;
    struct hash blake;
    hasher_begin(&hasher);
    enum status copied =
        compress_range(from, offset, record->size, to, temporary, &hasher, &record->stored, fault);
    if (copied == CORRUPT)
        return fail(fault, BAD_INPUT, "the file became shorter while it was read");
    TRY(copied);
    hasher_end(&hasher, &blake, NULL);
    if (!hash_equal(&blake, &record->hash))
        return fail(fault, BAD_INPUT, "the file changed while it was read");
    return OK;
}

enum status original_write_alone(int dir, int fd, uint64_t offset, struct original_record *record,
                                 struct fault *fault)
{
    char name[FILE_NAME_ROOM], temporary[FILE_NAME_ROOM + 8];
    original_file(&record->hash, name);
    snprintf(temporary, sizeof temporary, "%s.tmp", name);
    record->pack = record->at = 0;
    enum status written = write_file(dir, temporary, fd, offset, record, fault);
    if (written == OK && renameat(dir, temporary, dir, name) != 0)
        written = fail_errno(fault, IO_FAILED, "cannot name originals/%s", name);
    if (written != OK) {
        unlinkat(dir, temporary, 0);
        return written;
    }
    return directory_sync(dir, "originals", fault);
}

/* Where a stream of an original's bytes goes, and what is known of it. */
struct outflow {
    int fd;
    uint64_t len;
    struct hasher hasher;
};

static enum status flow(struct outflow *out, struct buffer *bytes, struct fault *fault)
{
    hasher_add(&out->hasher, buffer_bytes(bytes));
    out->len += bytes->len;
    if (out->fd >= 0)
        TRY(file_write_all(out->fd, buffer_bytes(bytes), "the original", fault));
    buffer_clear(bytes);
    return OK;
}

static enum status unpack(struct bytes frame, uint64_t limit, struct outflow *out,
                          struct fault *fault)
{
    CLOSED(decompressor_free) struct decompressor *decompressor = NULL;
    SCOPED(buffer_release) struct buffer bytes = { 0 };
    TRY(decompressor_new(&decompressor, fault));
    for (bool ended = false; !ended;) {
        size_t left = frame.len;
        TRY(decompressor_feed(decompressor, &frame, &bytes, &ended, fault));
        if (!ended && bytes.len == 0 && frame.len == left)
            return corrupt(fault, "an original", UINT64_MAX, "it is cut short");
        TRY(flow(out, &bytes, fault));
        if (out->len > limit)
            return corrupt(fault, "an original", UINT64_MAX, "it is longer than the catalog says");
    }
    return frame.len == 0 ? OK
                          : corrupt(fault, "an original", UINT64_MAX, "bytes stand after its end");
}

static enum status unpack_alone(int dir, const struct original_record *record, struct outflow *out,
                                struct fault *fault)
{
    char name[FILE_NAME_ROOM];
    original_file(&record->hash, name);
    if (faccessat(dir, name, F_OK, 0) != 0)
        return corrupt(fault, name, UINT64_MAX, "the original is missing");
    SCOPED(mapping_release) struct mapping mapping = { 0 };
    TRY(file_map(dir, name, &mapping, fault));
    if (mapping.bytes.len != record->stored)
        return corrupt(fault, name, UINT64_MAX, "it has another length than the catalog says");
    return unpack(mapping.bytes, record->size, out, fault);
}

enum status original_stream(int dir, const struct original_record *record, int fd,
                            struct fault *fault)
{
    struct outflow out = { .fd = fd };
    hasher_begin(&out.hasher);
    if (record->pack == 0 && record->size > 0) {
        TRY(unpack_alone(dir, record, &out, fault));
    } else if (record->size > 0) {
        SCOPED(buffer_release) struct buffer frame = { 0 };
        TRY(pack_read(dir, record, &frame, fault));
        TRY(unpack(buffer_bytes(&frame), record->size, &out, fault));
    }
    struct hash blake, sha;
    hasher_end(&out.hasher, &blake, &sha);
    if (out.len != record->size || !hash_equal(&blake, &record->hash) ||
        !hash_equal(&sha, &record->sha256))
        return corrupt(fault, "an original", UINT64_MAX, "its bytes do not fit its hash");
    return OK;
}

enum status original_copy(const struct archive *archive, const struct hash *original, int fd,
                          uint64_t *len, struct fault *fault)
{
    struct original_record record;
    enum status found = catalog_original(archive->catalog, original, &record, fault);
    if (found == NOT_FOUND)
        return fail(fault, NOT_FOUND, "the archive holds no original of this hash");
    TRY(found);
    TRY(original_stream(archive->originals, &record, fd, fault));
    *len = record.size;
    return OK;
}

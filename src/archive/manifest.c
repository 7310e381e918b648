#include "archive/manifest.h"

#include <fcntl.h>

#include "base/compress.h"

#define MAGIC "stetman\n"
enum { VERSION = 1, HEADER = 56, FRAME_HEAD = 16, FRAME_MAX = 1 << 30, IS_BASE = 1 };

/* Each seal covers the one before: no frame can be left out or moved. */
static uint64_t next_seal(uint64_t seal, struct bytes frame, struct buffer *scratch)
{
    buffer_clear(scratch);
    buffer_u64(scratch, seal);
    buffer_append_bytes(scratch, frame);
    return checksum64(buffer_bytes(scratch));
}

enum status manifest_create(struct manifest_writer *writer, int dir, uint64_t commit,
                            uint64_t previous, bool is_base, const uint8_t key[HASH_KEY_LEN],
                            struct fault *fault)
{
    *writer = (struct manifest_writer){ .fd = -1, .dir = dir };
    manifest_file(commit, writer->name);
    writer->fd =
        openat(dir, writer->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (writer->fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot make segments/%s", writer->name);
    struct buffer *head = &writer->frame;
    buffer_append(head, MAGIC, 8);
    buffer_u32(head, VERSION);
    buffer_u32(head, is_base ? IS_BASE : 0);
    buffer_u64(head, commit);
    buffer_u64(head, previous);
    buffer_append(head, key, HASH_KEY_LEN);
    TRY(buffer_check(head, fault));
    writer->seal = checksum64(buffer_bytes(head));
    buffer_u64(head, writer->seal);
    TRY(buffer_check(head, fault));
    return file_write_all(writer->fd, buffer_bytes(head), writer->name, fault);
}

/* A frame: bytes raw u32, bytes stored u32, the seal u64, the stored bytes. Both zero: the end. */
static enum status write_frame(struct manifest_writer *writer, size_t raw, struct bytes stored,
                               struct fault *fault)
{
    SCOPED(buffer_release) struct buffer scratch = { 0 }, head = { 0 };
    writer->seal = next_seal(writer->seal, stored, &scratch);
    buffer_u32(&head, (uint32_t)raw);
    buffer_u32(&head, (uint32_t)stored.len);
    buffer_u64(&head, writer->seal);
    TRY(buffer_check(&scratch, fault));
    TRY(buffer_check(&head, fault));
    TRY(file_write_all(writer->fd, buffer_bytes(&head), writer->name, fault));
    return file_write_all(writer->fd, stored, writer->name, fault);
}

enum status manifest_append(struct manifest_writer *writer, struct bytes records,
                            struct fault *fault)
{
    if (records.len == 0)
        return OK;
    if (records.len > FRAME_MAX)
        return fail(fault, OVER_LIMIT, "one commit changes more than a manifest can hold");
    buffer_clear(&writer->frame);
    TRY(compress_bytes(records, 1, &writer->frame, fault));
    return write_frame(writer, records.len, buffer_bytes(&writer->frame), fault);
}

enum status manifest_finish(struct manifest_writer *writer, uint64_t *seal, struct fault *fault)
{
    TRY(write_frame(writer, 0, (struct bytes){ 0 }, fault));
    TRY(file_sync(writer->fd, writer->name, fault));
    TRY(directory_sync(writer->dir, "segments", fault));
    *seal = writer->seal;
    return OK;
}

void manifest_writer_release(struct manifest_writer *writer)
{
    close_fd_at(&writer->fd);
    writer->fd = -1;
    buffer_release(&writer->frame);
}

static enum status check_header(struct manifest *manifest, uint64_t commit, struct fault *fault)
{
    struct cursor from = cursor_from_bytes(manifest->mapping.bytes);
    struct bytes magic = cursor_bytes(&from, 8);
    uint32_t version = cursor_u32(&from), flags = cursor_u32(&from);
    manifest->commit = cursor_u64(&from);
    manifest->previous = cursor_u64(&from);
    struct bytes key = cursor_bytes(&from, HASH_KEY_LEN);
    manifest->seal = cursor_u64(&from);
    if (from.bad || !bytes_is(magic, MAGIC))
        return corrupt(fault, manifest->name, 0, "no manifest begins so");
    if (checksum64(bytes_slice(manifest->mapping.bytes, 0, HEADER - 8)) != manifest->seal)
        return corrupt(fault, manifest->name, 0, "its head does not fit the checksum");
    if (version != VERSION)
        return fail(fault, BAD_INPUT, "%s has format %u: a newer stet wrote it", manifest->name,
                    version);
    if (manifest->commit != commit)
        return corrupt(fault, manifest->name, 16, "it is the manifest of another commit");
    memcpy(manifest->key, key.at, HASH_KEY_LEN);
    manifest->is_base = flags & IS_BASE;
    return OK;
}

/* Answers NOT_FOUND at the end, which must be the end of the file. */
static enum status next_frame(const struct manifest *manifest, struct cursor *from, uint64_t *seal,
                              struct buffer *scratch, size_t *raw, struct bytes *stored,
                              struct fault *fault)
{
    uint64_t at = (uint64_t)(from->at - manifest->mapping.bytes.at);
    *raw = cursor_u32(from);
    size_t len = cursor_u32(from);
    uint64_t promised = cursor_u64(from);
    *stored = cursor_bytes(from, len);
    if (from->bad)
        return corrupt(fault, manifest->name, at, "it is cut short");
    *seal = next_seal(*seal, *stored, scratch);
    TRY(buffer_check(scratch, fault));
    if (*seal != promised)
        return corrupt(fault, manifest->name, at, "a frame does not fit its checksum");
    bool is_end = *raw == 0 || len == 0;
    if (is_end && (*raw != 0 || len != 0 || cursor_left(from) > 0))
        return corrupt(fault, manifest->name, at, "bytes stand after its end");
    return is_end ? NOT_FOUND : OK;
}

static enum status each_frame(const struct manifest *manifest, struct catalog *catalog,
                              uint64_t *seal, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer scratch = { 0 }, records = { 0 };
    struct bytes all = manifest->mapping.bytes, stored;
    struct cursor from = cursor_from_bytes(bytes_slice(all, HEADER, all.len));
    size_t raw;
    enum status more;
    while ((more = next_frame(manifest, &from, seal, &scratch, &raw, &stored, fault)) == OK) {
        uint64_t at = (uint64_t)(stored.at - all.at);
        buffer_clear(&records);
        TRY(decompress_bytes(stored, raw, manifest->name, at, &records, fault));
        if (records.len != raw)
            return corrupt(fault, manifest->name, at, "a frame has another length than it says");
        if (catalog != NULL)
            TRY(change_replay(catalog, buffer_bytes(&records), manifest->name, fault));
    }
    return more == NOT_FOUND ? OK : more;
}

enum status manifest_open(int dir, uint64_t commit, struct manifest *manifest, struct fault *fault)
{
    *manifest = (struct manifest){ 0 };
    manifest_file(commit, manifest->name);
    if (faccessat(dir, manifest->name, F_OK, 0) != 0)
        return fail(fault, NOT_FOUND, "segments/%s is not there", manifest->name);
    TRY(file_map(dir, manifest->name, &manifest->mapping, fault));
    enum status checked = check_header(manifest, commit, fault);
    if (checked == OK)
        checked = each_frame(manifest, NULL, &manifest->seal, fault);
    if (checked != OK)
        manifest_release(manifest);
    return checked;
}

void manifest_release(struct manifest *manifest)
{
    mapping_release(&manifest->mapping);
}

enum status manifest_replay(const struct manifest *manifest, struct catalog *catalog,
                            struct fault *fault)
{
    struct bytes head = bytes_slice(manifest->mapping.bytes, 0, HEADER - 8);
    uint64_t seal = checksum64(head);
    return each_frame(manifest, catalog, &seal, fault);
}

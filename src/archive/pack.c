#include "archive/pack.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"

#define MAGIC "stetpack"
#define ENTRY "orig"
enum {
    VERSION = 1,
    HEAD = 16,
    ENTRY_HEAD = 52,
    ENTRY_TAIL = 8,
    ROW = 56,
    FOOTER = 32,
    FLUSH = 1 << 20
};

enum status pack_create(struct pack_writer *writer, int dir, uint64_t commit, struct fault *fault)
{
    *writer = (struct pack_writer){ .fd = -1, .dir = dir, .commit = commit };
    pack_file(commit, writer->name);
    writer->fd =
        openat(dir, writer->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (writer->fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot make originals/%s", writer->name);
    buffer_append(&writer->pending, MAGIC, 8);
    buffer_u32(&writer->pending, VERSION);
    buffer_u32(&writer->pending, 0);
    writer->at = HEAD;
    return buffer_check(&writer->pending, fault);
}

static enum status flush(struct pack_writer *writer, struct fault *fault)
{
    TRY(buffer_check(&writer->pending, fault));
    TRY(file_write_all(writer->fd, buffer_bytes(&writer->pending), writer->name, fault));
    buffer_clear(&writer->pending);
    return OK;
}

enum status pack_add(struct pack_writer *writer, struct original_record *record, struct bytes frame,
                     struct fault *fault)
{
    struct buffer *to = &writer->pending;
    size_t start = to->len;
    record->pack = writer->commit;
    record->at = writer->at;
    record->stored = frame.len;
    buffer_append(to, ENTRY, 4);
    buffer_append(to, record->hash.at, HASH_LEN);
    buffer_u64(to, record->size);
    buffer_u64(to, frame.len);
    buffer_append_bytes(to, frame);
    TRY(buffer_check(to, fault));
    buffer_u64(to, checksum64(bytes_make(to->at + start, to->len - start)));
    buffer_append(&writer->table, record->hash.at, HASH_LEN);
    buffer_u64(&writer->table, record->at);
    buffer_u64(&writer->table, record->size);
    buffer_u64(&writer->table, record->stored);
    TRY(buffer_check(&writer->table, fault));
    writer->at += to->len - start;
    writer->count++;
    return to->len > FLUSH ? flush(writer, fault) : OK;
}

enum status pack_finish(struct pack_writer *writer, struct fault *fault)
{
    struct buffer *table = &writer->table;
    buffer_u64(table, writer->at);
    buffer_u64(table, writer->count);
    TRY(buffer_check(table, fault));
    buffer_u64(table, checksum64(buffer_bytes(table)));
    buffer_append(table, MAGIC, 8);
    buffer_append_bytes(&writer->pending, buffer_bytes(table));
    TRY(buffer_check(table, fault));
    TRY(flush(writer, fault));
    TRY(file_sync(writer->fd, writer->name, fault));
    int closing = writer->fd;
    writer->fd = -1;
    if (close(closing) != 0)
        return fail_errno(fault, IO_FAILED, "cannot close originals/%s", writer->name);
    TRY(directory_sync(writer->dir, "originals", fault));
    pack_release(writer);
    return OK;
}

void pack_release(struct pack_writer *writer)
{
    close_fd_at(&writer->fd);
    buffer_release(&writer->pending);
    buffer_release(&writer->table);
    *writer = (struct pack_writer){ .fd = -1 };
}

static enum status open_pack(int dir, uint64_t commit, char name[FILE_NAME_ROOM], int *fd,
                             struct fault *fault)
{
    pack_file(commit, name);
    *fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (*fd < 0 && faccessat(dir, name, F_OK, 0) != 0)
        return corrupt(fault, name, UINT64_MAX, "the pack of originals is missing");
    if (*fd < 0)
        return fail_errno(fault, IO_FAILED, "cannot open originals/%s", name);
    return OK;
}

/* A whole entry stands in `entry`. */
static enum status check_entry(struct bytes entry, const struct original_record *record,
                               const char *name, struct fault *fault)
{
    struct cursor from = cursor_from_bytes(entry);
    struct bytes magic = cursor_bytes(&from, 4), hash = cursor_bytes(&from, HASH_LEN);
    uint64_t size = cursor_u64(&from), stored = cursor_u64(&from);
    struct bytes covered = bytes_slice(entry, 0, entry.len - ENTRY_TAIL);
    struct cursor tail = cursor_from_bytes(bytes_slice(entry, covered.len, ENTRY_TAIL));
    if (checksum64(covered) != cursor_u64(&tail))
        return corrupt(fault, name, record->at, "an original does not fit its checksum");
    if (!bytes_is(magic, ENTRY) || memcmp(hash.at, record->hash.at, HASH_LEN) != 0 ||
        size != record->size || stored != record->stored)
        return corrupt(fault, name, record->at, "another original stands here");
    return OK;
}

enum status pack_read(int dir, const struct original_record *record, struct buffer *frame,
                      struct fault *fault)
{
    char name[FILE_NAME_ROOM];
    CLOSED_FD int fd = -1;
    TRY(open_pack(dir, record->pack, name, &fd, fault));
    if (record->stored > ORIGINAL_ALONE * 2)
        return corrupt(fault, name, record->at, "no original in a pack is that long");
    size_t len = ENTRY_HEAD + record->stored + ENTRY_TAIL;
    SCOPED(buffer_release) struct buffer entry = { 0 };
    if (!buffer_reserve(&entry, len))
        return no_memory(fault);
    TRY(file_read_at(fd, record->at, len, name, entry.at, fault));
    entry.len = len;
    TRY(check_entry(buffer_bytes(&entry), record, name, fault));
    buffer_append(frame, entry.at + ENTRY_HEAD, record->stored);
    return buffer_check(frame, fault);
}

static enum status verify_entries(int dir, uint64_t commit, struct cursor rows, const char *name,
                                  uint64_t table_at, struct fault *fault)
{
    SCOPED(buffer_release) struct buffer frame = { 0 };
    uint64_t at = HEAD;
    while (cursor_left(&rows) > 0) {
        struct original_record record = { .pack = commit };
        memcpy(record.hash.at, cursor_bytes(&rows, HASH_LEN).at, HASH_LEN);
        record.at = cursor_u64(&rows);
        record.size = cursor_u64(&rows);
        record.stored = cursor_u64(&rows);
        if (record.at != at)
            return corrupt(fault, name, at, "an original stands elsewhere than the table says");
        buffer_clear(&frame);
        TRY(pack_read(dir, &record, &frame, fault));
        at += ENTRY_HEAD + record.stored + ENTRY_TAIL;
    }
    return at == table_at ? OK
                          : corrupt(fault, name, at, "bytes stand between originals and table");
}

static enum status check_head(int fd, const char *name, struct fault *fault)
{
    uint8_t head[HEAD];
    TRY(file_read_at(fd, 0, HEAD, name, head, fault));
    struct cursor from = cursor_from_bytes(bytes_make(head, HEAD));
    bool is_pack = bytes_is(cursor_bytes(&from, 8), MAGIC);
    uint32_t version = cursor_u32(&from), flags = cursor_u32(&from);
    if (!is_pack || version != VERSION || flags != 0)
        return corrupt(fault, name, 0, "no pack begins so");
    return OK;
}

enum status pack_verify(int dir, uint64_t commit, bool entries, struct fault *fault)
{
    char name[FILE_NAME_ROOM];
    CLOSED_FD int fd = -1;
    TRY(open_pack(dir, commit, name, &fd, fault));
    TRY(check_head(fd, name, fault));
    struct stat stat;
    if (fstat(fd, &stat) != 0)
        return fail_errno(fault, IO_FAILED, "cannot look at originals/%s", name);
    uint64_t len = (uint64_t)stat.st_size;
    uint8_t footer[FOOTER];
    if (len < HEAD + FOOTER)
        return corrupt(fault, name, len, "it is cut short");
    TRY(file_read_at(fd, len - FOOTER, FOOTER, name, footer, fault));
    struct cursor from = cursor_from_bytes(bytes_make(footer, FOOTER));
    uint64_t table_at = cursor_u64(&from), count = cursor_u64(&from), sum = cursor_u64(&from);
    if (!bytes_is(cursor_bytes(&from, 8), MAGIC) || count > len / ROW || table_at > len ||
        table_at + count * ROW + FOOTER != len)
        return corrupt(fault, name, len - FOOTER, "its footer is broken");
    SCOPED(buffer_release) struct buffer table = { 0 };
    if (!buffer_reserve(&table, count * ROW + 16))
        return no_memory(fault);
    TRY(file_read_at(fd, table_at, count * ROW + 16, name, table.at, fault));
    table.len = count * ROW + 16;
    if (checksum64(buffer_bytes(&table)) != sum)
        return corrupt(fault, name, table_at, "its table does not fit the checksum");
    struct cursor rows = cursor_from_bytes(bytes_make(table.at, count * ROW));
    return entries ? verify_entries(dir, commit, rows, name, table_at, fault) : OK;
}
